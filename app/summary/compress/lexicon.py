"""Word lists as they are best read and amended: words between spaces, by what they do in a sentence."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


# Endings and nouns that state a condition: without it the claim is another one.
CONDITIONS = words(
    "면 으면 다면 는다면 ᆫ다면 라면 이라면 더라도 어도 아도 ᆯ수록 을수록 거든 어야 려면 으려면 거나 든 든지 자마자 면서도 라도 되"
)
CONDITION_NOUNS = words("경우 때 시 한 이상 이하 미만 초과 제외 조건 대상 중")
LIMITING_ADVERBS = words(
    "안 못 아직 거의 불과 겨우 고작 약 최소 최대 총 무려 단 미처 결코 전혀 별로 채 차마 더 덜 가장 다시 또 모두 각각 서로 함께 같이 "
    "처음 이미 곧 가까이 일부 반드시 추가로 제일 오히려 평균 스스로 직접 대체로 전반적으로 사실상 달리 얼마나 왜 어떻 어떻게 및 또는 혹은 내지 겸"
)
# Endings of clauses that stand beside the next one; others stand under it.
COORDINATE = words("고 며 으며 지만 으나 나 는데 ᆫ데 은데")
MEASURING = words("넘 이르 달하 걸치 그치 웃돌 밑돌 육박하 미치 연속 이상 이하 미만")
LIMITING_PARTICLES = words("만 밖에 뿐 조차 마저 씩 이나 나 까지 부터")
# Nouns that mean little without what modifies them.
EMPTY_NOUNS = words(
    "것 수 바 데 점 줄 등 때 뒤 후 전 중 결과 가운데 경우 사실 계획 방침 방안 내용 혐의 의혹 사고 이유 과정 상황 상태 입장 취지 "
    "의견 지적 목소리 우려 전망 주장 판단 분석 평가 가능성 필요성 방식 방법 문제 사람 자 곳 측면 정도 만큼 채 뿐 때문 듯 셈 "
    "이후 당시 동안 직후 도중 이래 상황 모습 추세 움직임 분위기 관계자 생각 느낌 뜻 말 질문 요구 요청 제안 신고 소식 발표 "
    "설명 예정 목표 목적 일환 차원 기준 조건 대책 조치 역할 기능 효과 영향 수준 규모 비율 비중 절반 대부분 일부 하나 나머지 "
    "상당 가량 특징 장점 단점 원인 배경 근거 기회 능력 권리 의무 책임 행위 사례 현상 사태 날 해 지 가지 명 개 건 원 수치 구조 "
    "사이 관계 격차 차이 주제 셈 대가 반면 한편 대신 만 뒤 끝 이 적 리 터 은 이들 사항 기업 업체 학생 환자 주민 시민 국민 노동자 가구 여성 남성 씨 아이 사람들 출생자 조항 농담 소감 메시지 환경 여건 기반 노하우 확률 원동력 부분 분야 지역 곳곳 아버지 어머니 부모 아들 딸 자녀 남편 아내 부인 배우자 가족 유족 동생 형 누나 언니 측 폭 속도 방향 쪽 순 공로 용도 가치 발길 문턱 국면 대열 수순 행보 면모 시선 과제 업종 장벽 시각 품목 상품 제품 값 가격 금액 액수 날짜 시점 시기 시간 기간 수요 발언 손상 정의 설비 위치 자금 공간 대목 장면 단체 업무 인물 군 계기 토대 발판 창구"
)
ARGUMENT_PARTICLES = words(
    "에 으로 로 와 과 에게 라고 이라고 께 처럼 같이 로부터 으로부터 에게서 만큼 으로서 로서"
)
# With whom and to whom: what is done with or to someone is not done without.
PARTNERS = words("와 과 에게 한테 께 에게서")
ASIDES = words("비롯 포함")
AGENTS = words("의하 대하 관하 비하 두")
NOW = words("이날 최근 현재 당시 오늘 어제 전날 그동안 지금")
RESUMING = words("또 우선 먼저 한편 특히 아울러 이어 앞서 다만 이후 이에 이로써")
# Verbs that say nothing without the particle's phrase: 공사에 착수했다, 위원으로 선임됐다.
GOVERNING = {
    "에": words(
        "포함 참여 참가 참석 동참 나서 들어가 돌입 착수 위치 이르 달하 힘쓰 기여 도전 속하 해당 집중 머물 그치 처하 직면 성공 실패 합의 "
        "대응 대비 따르 앞장서 지나 가깝 놓이 빠지 오르 담기 실리 반영 적용 넘겨지 회부 주력 몰두 미달 찍히 올리 보내 전달 제출 넣 담 부과 가하 미치 맡기 붙이 적응 대처 부응 합류 복귀 진입 안착 정착 투자 매진 기탁 접속 도달 도착 입주 응모 등록 응답 선고 반대 찬성 동의 불과 들 "
        "예정되 내정 임명 선임 선출 발탁 위촉 배치 추대 기용 취임 부임 지명 배정 등재 편입 방문 쏠리 몰리 모으 모아지 선정 당선 합격 입상 출마 불참 가입 탑재 장착"
    ),
    "에서": words("나오 집중 주목 이뤄지 이루어지 비롯되 기인 벗어나 탈피 벗어"),
    "로": words(
        "취임 부임 나서 선정 지정 변경 전환 이뤄지 나뉘 구성 나누 이어지 바뀌 바꾸 변하 분류 전락 꼽히 알려지 나타나 보이 평가 기소 송치 임명 선임 위촉 승진 "
        "이전 개편 조정 격상 늘 줄 오르 내리 늘리 줄이 올리 낮추 인상 인하 진행 출시 확대 축소 집계 조사 추산 의무화 발전 거듭나 삼 "
        "등록 활용 사용 이용 규정 간주 대체 교체 통합 재편 편입 채택 발령 추천 추대 선출 내정 발탁 지명 기용 배정 배치 인정 신고 명명 "
        "드러나 설정 탈바꿈 개조 복원 송환 이관 취급 오인 꼽 판단 보도 해석 결정 확정 낙점 이끌 돌리 돌려보내 넘기 채우 "
        "잡 정하 되 이루어지 분산 운영 실시 개명 고도화 도약 불리 일컫 부르"
    ),
}
# Verbs that are empty without what says of which kind their object is: 안정적인 수급을 보였다.
LIGHT_VERBS = words(
    "보이 덜 더하 보태 쏟 기울이 나타내 기록 거두 얻 갖 가지 띠 이루 펼치 내 내놓 벌이 치르 맞 겪 하 두 주 남기 올리 다하 선보이"
)
# Verbs that say nothing without how: 동일하게 나타났다.
SEEMING = words("나타나 보이 느끼 여기 만들 하")
# Nouns whose clause says all of what they are, so that its verb keeps its own subject: 시민이 책을 읽는 모임.
CLAUSAL_NOUNS = words(
    "것 수 바 데 점 줄 등 때 뒤 후 전 중 결과 가운데 경우 사실 계획 방침 방안 내용 혐의 의혹 사고 이유 과정 상황 상태 입장 취지 "
    "의견 지적 목소리 우려 전망 주장 판단 분석 평가 가능성 필요성 방식 방법 사건 만큼 채 때문 듯 셈 이후 당시 동안 직후 도중 이래 "
    "모습 추세 움직임 분위기 소식 문제 조치 제도 행사 실험 연구 사업 일 현상 사태 사례 광경 장면 기간 시점 시기 시간 날 곳 공간 구조 형식 형태 "
    "체계 모델 프로그램 캠페인 정책 대책 공사 작업 활동 방향 시스템 서비스 기술"
)
# 얼마나 심각한지: endings of what is asked.
WHETHER = words("는지 은지 ᆫ지 을지 ᆯ지")
# 더 많은 예산: words that compare.
COMPARING = words("더 덜 가장 제일 훨씬 더욱 보다 추가로 한층")
# 할 방침이다: nouns that a plan or a saying ends in.
PLANNED = words("예정 계획 방침 전망 지적 평가 입장 분석 설명 주장 관측 셈")
LAWS = ("법", "법률", "법률안", "조례", "조례안", "규칙", "규정", "협약", "시행령")
# 가온연대에 따르면: who claims where an authority states; told by the last word of a name too.
CLAIMANTS = words(
    "연대 노조 노동조합 단체 시민단체 협회 연합회 총연맹 연맹 유족 유가족 측 씨 의원 의원실 변호사 업체 회사 대표 관계자 모임 주민 시민 당 정당 "
    "야당 여당 대책위 대책위원회 비대위 피해자 목격자 피의자 변호인 변호인단 캠프 후보 제보자 누리꾼 학부모 학생 직원 임직원 조합원 점주 네티즌 "
    "포럼 본부장 외신 매체 언론 보도 소식통 전문가 교수 박사 지인 이웃 참여연대 경실련 민주노총 한국노총 총학생회 학생회"
)
# Who bears such a name and states what its office knows.
OFFICES = words("경찰 소방 검찰 법원 당국 통계청 정부")
# Nouns of verbs that say nothing without what is done.
ACTING = words(
    "추진 제공 지원 운영 실시 개최 마련 발표 공인 다루 체결 제기 적용 수립 조성 도입 구축 개발 공개 출시 보유 강화 제작 판매 생산 수행 제시 제출 요청 "
    "요구 촉구 검토 시행 지급 공급 처리 설치 관리 제안 선보이 밝히 내놓 펼치 벌이 갖추 마치 열 맺 짓 만들 늘리 줄이 높이 낮추 넓히 모으 "
    "거두 겪 받 보이 얻 맡 찾 이끌 돕 막 지키 바꾸 세우 내리 올리 던지 기록 차지 달성 획득 확보 유치 접수 발급 발간 발행 반영 부과 감축 "
    "유기 체포 구속 폭행 살해 감금 협박 납치 학대 추행 성폭행 압수 회수 인수 매수 공유 배포 해명 논의 협의 조사 수사 반박 항의 사과 질의 점검"
)
# Nouns that keep the 의 before them where the desk leaves it out: 노력의 일환.
WITH_GENITIVE = words("일환 날 밤 집 하나 것 때문 뜻 경우 덕분 탓 몫 대상 첫 해")
