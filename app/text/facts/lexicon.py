"""The words by which Korean news says how sure it is, who says so, and which way a thing goes.

Tables only. Each hedge class is what a line may not lose: an event that is planned, expected, considered, alleged,
asked for or only possible is not one that happened.
"""

from __future__ import annotations


def _table(rows: str) -> dict[str, str]:
    return {
        word: name
        for row in rows.strip().splitlines()
        for name, words in [row.split(":")]
        for word in words.split()
    }


HEDGE_NOUNS = _table("""
plan: 예정 계획 방침 구상 목표 복안 심산 작정 태세 방안
guess: 전망 관측 예상 공산 가능 추정 예측 듯 전망치 우려 기대 조짐 추산 개연
claim: 의혹 혐의 주장 설 소문 의심 논란 정황
whether: 여부
view: 지적 비판 목소리 해석 지론
consider: 검토 논의 협의 저울질 모색 타진
ask: 요구 촉구 제안 건의 요청 신청 청구 호소 구형
try: 추진 시도 준비 도전 채비
""")
"""Nouns that hedge the word before them (착공 예정, 인하 가능성, 수수 혐의), by class."""

CHARGES = frozenset({"혐의", "의혹", "의심"})
"""Nouns that make no fact of what modifies them, nor of what the same person did beside it."""

SUFFERED = frozenset({"받", "당하"})
"""Verbs of one who gets or suffers something: 혐의를 받다, 고발당하다."""

HEDGE_VERBS = _table("""
plan: 계획 예고 약속 공약 구상 목표
guess: 예상 전망 우려 관측 추정 시사 예측 추산 기대
claim: 주장 의심
consider: 검토 논의 협의 저울질 모색 타진 고려
ask: 요구 촉구 제안 건의 요청 신청 청구 호소 구형
try: 추진 시도 준비
""")
"""Verbs of 하다 that hedge their object (도입을 검토하다), by class."""

SEEN_AS = _table("""
guess: 보이 예상 전망 예측 추정 관측 추산 기대 우려 풀이 해석
claim: 알려지 알리 전해지 전하
""")
"""What follows -ㄴ/-ㄹ 것으로, by class; 나타났다, 조사됐다, 확인됐다 say that it is so and hedge nothing."""

REPORTING = _table("""
say: 밝히 말 전하 설명 덧붙이 강조 이야기 언급 답하 답변 발표 소개 거듭 귀띔 토로 당부 약속 다짐
claim: 주장 의혹 항변 강변 폭로 고발
deny: 부인 반박 일축 해명
admit: 인정 시인 자백 확인
blame: 비판 지적 비난 질타 규탄 성토 꼬집 꾸짖
ask: 요구 촉구 호소 요청 제안 건의
guess: 전망 예상 내다보 관측 우려
""")
"""Verbs that carry a quotation, by what they make of it; of `say` one may stand for another."""

_OPPOSITES = """
찬성 반대
가결 부결
증가 감소
늘 줄
늘어나 줄어들
급증 급감
오르 내리
상승 하락
급등 급락
상향 하향
확대 축소
강화 완화
허용 금지
허가 불허
승인 반려
승인 거부
수용 거부
합격 불합격
합격 탈락
유죄 무죄
승소 패소
승리 패배
이기 지
성공 실패
흑자 적자
개선 악화
인상 인하
유지 폐지
시작 종료
참석 불참
동의 거부
인정 부인
합의 결렬
많 적
높 낮
최고 최저
최대 최소
이상 이하
초과 미만
웃돌 밑돌
유입 유출
수입 수출
매수 매도
호황 불황
구속 석방
구속 불구속
인용 기각
당선 낙선
가입 탈퇴
입국 출국
플러스 마이너스
찬성표 반대표
긍정 부정
낙관 비관
호재 악재
가능 불가능
가능 불가
적법 위법
합헌 위헌
안전 위험
충분 부족
충분 불충분
만족 불만
여당 야당
출석 결석
개통 폐쇄
개방 폐쇄
과반 소수
공개 비공개
정규직 비정규직
내국인 외국인
남성 여성
동쪽 서쪽
남쪽 북쪽
국내 해외
전반기 후반기
상승세 하락세
증가세 감소세
강세 약세
오름세 내림세
호조 부진
우세 열세
순유입 순유출
흑자전환 적자전환
중단 재개
중단 계속
앞당기 미루
앞당기 늦추
앞당기 연기
조기 연기
넓 좁
크 작
길 짧
빠르 느리
무겁 가볍
비싸 싸
깊 얕
두껍 얇
가깝 멀
밝 어둡
좋 나쁘
쉽 어렵
높이 낮추
높아지 낮아지
커지 작아지
나아지 나빠지
올라서 내려앉
올리 내리
넓히 좁히
가입 해지
채용 해고
임명 해임
취임 퇴임
입학 졸업
개막 폐막
개장 폐장
개원 폐원
개업 폐업
창간 폐간
체포 석방
유임 교체
잔류 강등
승격 강등
의무 자율
의무 선택
유료 무료
민간 공공
공급 수요
생산 소비
판매 구매
팔 사
매입 매각
임대 임차
금메달 은메달
금메달 동메달
은메달 동메달
우승 준우승
첫째 둘째
선발 교체
홈 원정
"""


def _pairs(rows: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows.strip().splitlines():
        one, other = row.split()
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _pairs(_OPPOSITES)
"""Words of which one cannot stand for the other."""

SAME = {
    "늘어나": "늘",
    "늘리": "늘",
    "증가": "늘",
    "줄어들": "줄",
    "줄이": "줄",
    "감소": "줄",
    "상승": "오르",
    "하락": "내리",
    "떨어지": "내리",
    "개최": "열",
    "열리": "열",
    "맺": "체결",
    "다치": "부상",
    "숨지": "사망",
    "뽑히": "선정",
}
"""Verbs and the nouns that desks put for them, under one name."""

_GRAVE = """
숨지 사망 별세 타계 순직 사망자: 숨 사망 별세 타계 희생 목숨 순직 죽 살해 유명 운명 사상 시신 변사
다치 부상 중상 경상 부상자: 다치 다쳐 다쳤 다친 다칠 부상 중상 경상 화상 골절 사상 상처 부러
구속 수감: 구속 수감 영장
체포 검거 붙잡: 체포 검거 붙잡 붙들 잡혔 덜미
기소: 기소 재판 공판
실형: 실형 징역 금고
유죄: 유죄 징역 벌금 금고 실형
무죄: 무죄
탄핵: 탄핵
파면 해임 경질 해고 면직: 파면 해임 경질 해고 면직 해촉 물러
사퇴 사임 퇴진: 사퇴 사임 사직 물러 퇴진 사의 하차 그만
당선 당선자 당선인: 당선 뽑 선출 승리
낙선: 낙선 패배 패했 졌다
파산 부도: 파산 부도 도산 회생
우승: 우승 정상 1위 금메달 제패 왕좌
준우승: 준우승 2위 은메달
금메달: 금메달 金 우승
은메달: 은메달 銀 준우승
동메달: 동메달 銅
붕괴: 붕괴 무너
침몰: 침몰 가라앉
추락: 추락 떨어
폭발: 폭발 터져 터졌 터진
폭행: 폭행 때리 때려 때렸 때린 구타 주먹
성폭행 성폭력: 성폭행 성폭력 강간
자살: 자살 극단 투신
사과: 사과 송구 죄송 미안 사죄
자백 시인: 자백 시인 인정 자수 털어놓
가결: 가결 통과 의결
부결: 부결
철회 취소: 철회 취소 거두 거둬 백지화
"""
GRAVE = tuple(
    (frozenset(said.split()), tuple(told.split()))
    for said, told in (row.split(":") for row in _GRAVE.strip().splitlines())
)
"""What a line may say came about only where its article tells of it, by one of the words beside it."""

NEGATING_PREFIXES = frozenset({"불", "비", "무", "미", "부"})

DEMONSTRATIVES = frozenset(
    {"이", "그", "저", "해당", "동", "같", "이런", "그런", "이번", "양", "두", "세", "각", "본", "당"}
)
"""What makes a noun point back: 이 회사, 해당 업체, 양측."""

_POINTING = """
그 그녀 그들 이들 그것 이것 이곳 그곳 여기 저 나 우리 저희 자신 본인 양측 양국 양사 두 둘 모두 이
누구 당사자 전자 후자 일부 일각 회사 업체 기업 기관 측 당국 관계자 협회 위원회 단체 재단 조합 학교
대학 병원 은행 그룹 시 도 군 구 법인 공사 공단 센터 경찰 사업 행사 대회 축제 협약 제도 조치 계획
제품 서비스 작품 영화 책 팀 선수 대표 시장 군수 의원 장관 대통령 교수 감독
"""
POINTING = frozenset(_POINTING.split())
"""Nouns by which an article names again what it has named before."""
