"""The last look: lines that deletion or an ending spoilt are told, and true ones are let through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Style
from app.summary.compress import Worth, offers
from app.summary.compress.look import crowded, merged, objectless, overfull
from app.summary.compress.render import surface
from app.summary.compress.roles import subjectless
from app.summary.compress.spelled import strays
from app.summary.compress.tree import parse
from app.text.sentences import sentences
from app.text.splitter import single

SOURCE = "해온시는 주민들이 새 노선을 익히게 하고, 상을 여러 차례 받기도 했으나 아직 확정하지 못하고 있다."


def lines(text: str, style: Style = Style.BRIEF) -> list[str]:
    """All lines of a text of one sentence."""
    found = sentences(text)
    assert len(found) == 1
    return [o.text for o in offers(single(None, text).articles[0], found, (0,), style, Worth(found))]


@pytest.mark.parametrize(
    "line",
    [
        "해온시, 새 노선 익히게하게해",
        "해온시, 상 여러 차례 받기도해",
        "해온시, 아직 확정하지 못하아",
        "해온시, 새 노선표 주민들이 여러 차례 익히게 해",
    ],
)
def test_a_word_that_is_none_of_the_sentence_is_told(line: str) -> None:
    """Glue, an ending left uncontracted, a word of another sentence."""
    assert strays(line, SOURCE)


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("해온시, 주민들이 새 노선 익히게 해", SOURCE),
        ("해온시, 아직 확정하지 못해", SOURCE),
        ("해온시, 상 여러 차례 받기도 해", SOURCE),
        ("서가온 지사, 새 책 펴내", "서가온 지사(52)는 새 책을 펴냈다고 밝혔다."),
        ("누구나 도서관 이용 가능", "누구나 도서관을 이용할 수 있다."),
        ("새봄사는 시장을 넓힐 계획이다.", '새봄사는 시장을 넓히고, 공장을 더 지을 계획"이라고 밝혔다.'),
    ],
)
def test_words_with_another_ending_are_let_through(line: str, source: str) -> None:
    """A particle may go, a predicate end otherwise, a bracket leave its noun."""
    assert not strays(line, source)


@given(st.text(alphabet="가나다 라마하해,.(“”", max_size=40))
def test_a_text_strays_nowhere_from_itself(text: str) -> None:
    """A line that is its sentence has no word of another."""
    assert not strays(text, text)


# A sentence, and what no line of it may be found to say.
SPOILT = [
    ("거래소는 서가온 이사장이 2026년 세계연맹 1차 이사회 참석을 위해 출국했다고 밝혔다.", "2026년 출국"),
    ("총액이 100억원 미만인 소규모 회사에 대해서는 공시 의무를 없애 기업 부담을 완화했다.", "총액이 기업"),
    (
        "서가온 원장이 손님을 만나 6천선을 돌파하며 최고치를 기록 중인 주가 등 시장에 대한 자신감을 피력했다.",
        "원장, 6천선",
    ),
    (
        "센터는 매주 글을 나눠 목록을 제공하고, 9개 조합은 이 가운데 필요한 글을 골라 회원들과 공유하고 있다.",
        "목록 제공, 9개 조합 공유",
    ),
    (
        "경찰은 자력이 생겨 2m 거리에 있던 통을 끌어당겨 나 씨를 눌러 숨지게 한 것으로 파악했다.",
        "경찰, 나 씨",
    ),
    ("앱은 환자의 동선과 본인의 동선을 함께 보여 주는 지도를 이웃에게 무료로 보낸다.", "앱, 동선"),
    ("나래사는 사용자의 공간에는 의자, 아바타의 공간에는 소파를 먼저 놓고 실험했다.", "나래사는 공간"),
    ("상인회는 매출이 줄었거나 줄 것으로 예상되는 지난 15일 이전 문을 연 가게를 돕는다.", "줄었거나 지난"),
    ("단지는 하루 50톤의 폐기물을 처리할 수 있는 새 설비로 조성된다.", "폐기물을 새 설비로"),
    (
        '서가온 의원은 28일, 돌아가는 상황이 심각하다며 나다온 후보에게 "가온을 품어라"라고 조언했다.',
        '상황 "',
    ),
    (
        "나 씨는 지난해 이 조항이 '비슷한 가치'의 기준을 정하지 않아 원칙에 어긋난다며 소송을 냈다.",
        "나 씨, 원칙에",
    ),
    ("산길에서 연락이 끊긴 등산객 두 명이 사흘 만에 숨진 채 발견됐다.", "명 발견"),
    ("여행은 바다와 가까운 지역을 위주로 연휴 초반에 손님이 크게 몰렸다.", "지역을 연휴"),
    (
        "새로 뽑힌 나래사의 경우 매출액이 30억원에서 50억원으로 늘었으며 수출액은 1억원에서 9억원으로 늘었다.",
        "수출액, 1억",
    ),
    (
        "국내 반응을 보면 가온 접종자가 43.3%로 가장 높았고, 나래 접종자는 28.4%로 가장 낮았다.",
        "나래 접종자, 28.4%로",
    ),
    (
        "해온수산청은 주말부터 이어진 추위로 새봄만의 수온이 크게 떨어져 저수온 주의보를 발령했다고 밝혔다.",
        "수온이 저수온",
    ),
    ("새 오염물질의 농도는 어린이와 청소년에게서 상대적으로 높게 나타났다.", "상대적으로 나타"),
    ("유튜버 나다온 전 해온함 함장에 대해 욕을 한 유튜버가 벌금형을 받았다.", "나다온 전 벌금"),
    ("서가온 차관은 재정평가위원회를 열고 대상 사업 선정과 심사 결과 등의 안건을 의결했다.", ", 등 안건"),
    ("광장의 방문객 수를 보면 지난 13일 71명, 14일 59명, 15일 44명, 16일 43명이다.", "보면 43명"),
    ("서가온 환경부 장관은 28일 오후 새봄호 조력발전소를 방문해 이같이 밝혔다.", "밝혀"),
    (
        "꽃 소비 위축으로 상권 분위기는 전반적으로 어려운 상황이지만 지원사업을 통해 임시 가게를 운영하며 접점을 넓혔다.",
        "분위기, ",
    ),
    (
        "서가온 박사는 지금은 노동시간이 너무 길어 준비할 상황이 안되는 경우가 많다고 지적하고, 여력이 늘어나 시장의 유연성도 개선될 수 있다고 내다봤다.",
        "노동시간이 유연성",
    ),
    (
        "새봄관 개관식은 관람객이 처음으로 100만명을 넘어섬에 따라, 성과를 기념하기 위해 마련됐다.",
        "따라, 마련",
    ),
    ("지난달 새 시대가 열리며 투자자들의 거래대금이 4조원 이상 늘어난 것으로 나타났다.", "시대가 열린 것"),
    (
        "해온시에 따르면 해당 사업은 지난 17일 열린 새봄도 도시계획위원회 심의에서 조건부 통과했다.",
        "심의에서 조건부",
    ),
    (
        "가온업체 hy가 해온시청 마당에 설치한 ‘기부하는 건강계단’의 연간 이용인원이 300만명을 넘어섰다.",
        "설치한 연간",
    ),
    ("공동 입장을 발표한 지역 27개 단체는 합의 파기의 필요성을 강조했다.", "단체, 필요성"),
    (
        "나래국은 업계와의 갈등으로 상용화가 늦다는 평가를 받고 있으나 정부가 지원에 나서면서 기업들도 경쟁력 강화에 힘쓰고 있다.",
        "나래국, 기업들도",
    ),
    (
        "차량 전환이 빨라지는 가운데 주행 기술력이 생태계 위에 서는 승자를 결정할 것이라는 예측이 우세하다.",
        "가운데 승자",
    ),
    ("새봄조합은 불법 정황이 포착되면 바로 삭제하는 등 시장과의 협조 체계도 강화하고 있다.", "포착되면 시장"),
    ("해온시는 지원 사업이 마무리되면서 28일 수료식을 갖는다고 밝혔다.", "시 지원 사업"),
    (
        "새봄관 수료식은 바뀐 비대면 업무환경에 적극적으로 적응할 수 있도록 영상으로 진행한다.",
        "수료식, 적극적으로",
    ),
    ("가온사는 매출이 크게 증가하며 지난해에 이어 올해도 성장세를 이어가고 있다.", "증가해 가"),
    ("해온시가 군락지를 마구 훼손해가며 길을 내고 있어 시민들의 눈살을 찌푸리게 하고 있다.", "훼손해 가게"),
    ("가구 증가 규모는 13만6000가구로, 직전 10년 증가폭의 20분의 1 수준에 불과하다.", "20분 1"),
    (
        "선물의 가격대 별 매출 구성비는 5만원 이상 상품이 40%에서 58%로 늘어 고급 선물의 수요가 매년 늘고 있다.",
        "구성비, 고급",
    ),
    ("불황으로 경제난이 지속되며 연말 기부에 대한 사람들의 관심도 크게 줄고 있다.", "경제난이 연말"),
    ("새 규제를 만기 연장에도 동일하게 적용하는 방안이 거론되고 있다.", "규제 동일하게"),
    ("새 나눔은 복지시설 종사자들이 실질적인 도움을 받을 수 있도록 마련됐다.", "나눔은,"),
    ("피해자들은 고령자가 많아 진상규명을 기다릴 시간이 없어 소송을 제기했다.", "시간이 소송"),
    (
        "27일 가온업계와 나래통계청 통계포털에 따르면 지난해 자녀를 둔 가구는 월평균 708원을 지출했다.",
        "업계와 자녀",
    ),
    ("나래사는 새 서비스 ‘하이주문’을 ‘직장인의 하루’를 콘셉트로 선보인다.", "나래사, ‘직장인의"),
    (
        "경찰은 기계가 가동하면서 생긴 자력이 금속 통을 기계로 끌어당겼고, 통이 환자를 압박해 사고가 난 것으로 결론지었다.",
        "경찰, 금속",
    ),
    ("주민 의견이 반영되도록 새봄도가 적극 노력해야 할 것이라고 주장했다.", "새봄도, 적극"),
    (
        "과학자들로 이뤄진 ‘가온 사업단’이 연구 성과를 발표하면서, 관련 업계에서도 관심을 두고 있다.",
        "사업단’ 관심",
    ),
    ("해온지법은 혐의로 기소된 나 군에게 장기 3년, 단기 2년을 선고했다.", "해온지법, 단기"),
    (
        "가온신문은 해온시가 발표한 조사를 인용해 실업률이 전월보다 올랐다고 전했다.",
        "인용해 실업률이 전월보다 올랐다.",
    ),
    ("민감성 시험을 마쳐 환절기 피부에도 안심하고 사용할 수 있다.", "안심 가능"),
    ("나다온은 “전화를 깜빡했다”는 농담을 여러 사람 앞에서 던지기도 했다.", "나다온, 농담"),
    (
        "2021년 새 차 가운데 휘발유차는 4만대로 비중이 74.7%에 달했지만, 지난해에는 7825대로 급감했다.",
        "2021년 휘발유차는 7825대",
    ),
    ("내일은 낮 최고기온이 9도까지 오르겠다.", "9도까지 올라"),
    ("내년부터 기증자 유가족과 수혜자가 온라인에서 소식을 주고 받을 수 있게 된다.", "소식을 줄 수"),
    ("내년부터 기증자 유가족과 수혜자가 온라인에서 소식을 주고 받을 수 있게 된다.", "수혜자가 받을 수"),
    ("물산업 행사는 여러 기업이 모이는 자리로 산업 전반에 활력을 불어 넣을 것으로 기대된다.", "행사, 넣을"),
    ("올해 나래사는 상인들이 온라인에 진출할 수 있도록 모임과 함께 지원할 계획이다.", "나래사는 지원할"),
    (
        "새봄동 가게에서는 귤 (1 개 ) 이 지난해보다 20% 오른 3000원에 거래되며 손님을 놀라게 했다.",
        "에서 이 ",
    ),
    (
        "회의를 통해 절차가 복잡하고 정보 접근이 어려운 구조 속에서 나온 결과라고 보고 등록제 도입을 검토하기로 했다.",
        "접근이 등록제",
    ),
    (
        "새봄구는 세대수를 기준으로 절약 실천이 우수한 공동주택 15개 단지에 상장을 수여했다고 밝혔다.",
        "실천이 상장",
    ),
    ("수익 감소로 생활비가 빠듯해져 어려움을 겪던 나 씨는 연합회의 문을 두드렸다.", "생활비, "),
    ("새 설문에서는 응답자 중 67.9%가 ‘영상 제작’이라고 응답해 최근의 경향을 보여줬다.", "67.9%가 최근"),
    (
        "해온청이 나 의원은 심사 대상이 아니라고 결론 내림에 따라 가온사는 대주주가 되기 위한 문턱을 넘을 것으로 보인다.",
        "해온청, 가온사",
    ),
    (
        "나 장관은 이번 방문에서 가온국이 투자할 뜻이 분명함을 설명하며 나래국이 세금을 올리지 않도록 설득했다.",
        "가온국, 투자",
    ),
    (
        "방송위가 계획 제출을 독촉하고 가온사가 결제를 허용키로 한 것을 계기로 입장에 변화를 보인 것으로 관측된다.",
        "방송위, 계획 제출 독촉한",
    ),
    ("쓰러진 사람을 발견하고도 구호 조치 없이 돈만 훔쳐 간 40대에게 실형이 선고됐다.", "발견하고도 40대"),
    ("해온시의 검사수는 전날 11만건으로 2주간 평균 12만건으로 집계됐다.", "검사수, 11만건으로 2주간"),
    (
        "해온시 확진자는 전날보다 206명 줄었으며 일주일 전인 21일 2805명 보다는 1515명 감소한 수치다.",
        "확진자, 2805명 보다",
    ),
    ("교육원은 심사에서 떨어진 10개교와 새로 신청한 16개교를 대상으로 11개교를 뽑았다.", "교육원, 16개교"),
    ("해온시는 전망치보다 1.9% 높게 목표를 정했다고 설명했다.", "1.9% 목표"),
    ("나 교수는 외환위기와 금융위기 등을 깊이 있게 분석했다.", "등 있게"),
    ("해온항만공사는 내년 물동량 목표를 전년 대비 3.5% 증가한 2350만 개로 설정했다.", "공사, 2350만 개로"),
    ("나 씨는 출산한 뒤 일주일간 병원에 입원한 데 이어 조리원에서 2주를 지내며 매출이 줄었다.", "데 2주"),
    ("새봄국립공원은 탐방객의 이른 시간 입산 통제에 나서기로 했다.", "탐방객의 시간"),
    ('나다온 교육감은 이날 간담회에서 "확진자가 나오고 있다"며 이같이 밝혔다.', '"며 밝'),
    (
        '서가온 대표는 "올해는 성과 창출에 집중할 계획”이라며 "기술을 확보하도록 노력하겠다"고 말했다.',
        '노력하겠다"고 말해',
    ),
    ("전자 업계는 생산성이 떨어져 내년 범띠 경영자에 관심이 쏠린다고 밝혔다.", "관심 쏠려 "),
    ("나 씨가 교전 중 숨졌다는 확인서와 대면조사 결과에 따른 것이다.", "결과에 따라"),
    (
        "갓난아기를 숨지게 한 가온 씨가 과거에는 다른 두 아들을 학대해 검찰에 송치된 것으로 확인됐다.",
        "가온 씨, 검찰에",
    ),
    ("가온 교수가 대학원생들을 동원해 자녀의 대학 입학에 도움을 받은 것으로 드러났다.", "교수, 대학 입학"),
    ("사업은 대학에 인건비 등을 지원하는 제도다.", "사업, 대학"),
    ("문제는 나래전력의 부담이 커지면서 요금 인상으로 이어질 수 있다는 것이다.", "문제, "),
    ("새해부터 해온 시민은 쌀을 시장에서 수량에 관계없이 구매할 수 있다.", "수량에 구매"),
    ("새봄증권은 7조원, 나래증권은 6조원으로 더 가혹한 평가를 내놓았다.", "나래증권은 더"),
    (
        "행사에는 서가온 차관을 비롯해 가온전자, 나래중공업 등 공급기업과 유관기관에서 참석하기로 했다.",
        "비롯해 참석",
    ),
    ("새봄도자기는 1943년 해온에서 시작해 현재 쉰 나라에 그릇을 파는 도자기 회사다.", "새봄도자기, 시작해"),
    ("은행에서 빚을 낸 39세 이하 가운데 40년 상품을 택한 비율은 전체의 24%였다.", "가운데 상품"),
    ("지난해 말 가온대, 나래대에 이어 새봄대까지 학교 곳곳에 붙은 벽보가 잇따라 훼손되고 있다.", "말 이어"),
    ("본지 기자가 직접 28일 어느 업체가 게시판에 공개한 번호로 글을 보내봤다.", "업체가 글"),
    ("가온채널은 해온시 새봄동에서 일어난 버스 승객 사고에 관해 다뤘다.", "가온채널 다뤄"),
    ("인수합병을 추진중인 가온중공업의 주가 향방에 투자자들의 관심이 커지고 있다.", "합병을 투자자"),
    ("의견이 엇갈리며 규정을 바꾼 뒤 손님이 늘지에 관심이 모아진다.", "뒤 관심"),
    ("가온 지도는 신청부터 발급까지 전 과정을 살필 수 있는 최초의 지도 서비스다.", "지도, 최초"),
    ("새 은행 하나가 여러개의 증권사를 세울 수 있게 됐다.", "하나, 증권사"),
    ("문제의 초점은 올해 새봄전자 실적이 얼마나 떨어질 것인지에 맞춰졌다.", "실적이 떨어질"),
    ("나 씨가 낸 해임 금지 신청을 새봄법원이 받아들이지 않았다.", "법원 받"),
    ("서가온 의원이 해온시의 하청 노동자 나다온 씨를 만난 이유다.", "만난 이유"),
    ("쿠폰은 한 사람에 하루 한 번 나눠주며, 모든 상품에 사용할 수 있다.", "나눠줄 수"),
    ("나뭇잎을 모티브로 한 의자를 제작한 나다온 학생의 작품은 이번 대회에서 상을 받았다.", ", 한 의자"),
    (
        "검찰이 보고서를 허위작성하고 언론에 유출한 혐의로 나다온 해온지검 검사를 재판에 넘겼다.",
        "검찰이 언론에 유출",
    ),
    ("시는 시민 29명을 명예 감시원으로 위촉하고 감시와 홍보 활동을 맡겼다.", "시, 감시"),
    ("경관의 보호는 위임받은 관리자로서 당연한 의무라는 점을 짚은 것이다.", "보호, "),
    ("가온원은 마스크용 액세서리 30개 제품의 안전성을 조사한 결과 이같이 나타났다고 밝혔다.", "결과 나타나"),
    (
        "가온대와 나래대 등 10개교가 국고를 지원받고도 개선 노력이 부족한 대학으로 꼽혀 탈락 위기에 놓였다.",
        "개선 노력이 부족한 대학으로 꼽혀 탈락 위기에 놓여",
    ),
    (
        "가온탑은 불법 행위를 하는 것으로 의심되는 계정을 찾아 차단을 하거나, 그런 이용자를 찾아낼 수 있는 기술이다.",
        "행위를 이용자",
    ),
    ("새 발전설비는 탄소중립 실현에도 도움이 될 것으로 기대된다.", "설비, 도움"),
    ("새 유예는 애초 시한인 올해 5월 9일 양도분까지로 종료한다.", "유예, 양도분"),
    ("판결에도 새봄도는 사업 후보 선정 절차를 멈춤 없이 계획대로 진행하고 있다.", "멈춤 진행"),
    ("지난달 취업자 수가 10만명 남짓을 기록하면서 약 1년 만에 최소폭 증가했다.", "만에 증가"),
    (
        "병원에서 촬영을 하던 환자가 통에 머리 등을 부딪쳐 숨진 사건에 대해 경찰이 병원 과실로 인한 사고라고 판단했다.",
        "환자, 경찰",
    ),
    (
        "바닷속을 유영하는 물고기가 건물의 화면을 넘나드는 형태로 구성되어 있어 새로운 광고라는 평가를 받고 있다.",
        "물고기가 새로운",
    ),
    ("3차 접종이 속도를 내고, 지난달부터 강화된 조치가 적용된 데 따른 것으로 보인다.", "속도 낸"),
    ("주민은 온라인에서 신청하면 된다.", "돼"),
    ("해온시는 1월 1일부터 4월 12일 기간 출국 대상 근로자의 체류기간을 1년 연장한다.", "부터 기간"),
    (
        "새봄건설이 비대면 근무가 확대되고 생활도 변화됨에 따라 새봄집의 실내 디자인을 새단장했다고 밝혔다.",
        "생활도 새봄집",
    ),
    ("새봄시를 찾은 가온당 서다온 후보", "후보"),
    (
        "가온노조는 회사가 인상된 요금 가운데 51원만 쓰고, 나머지는 회사의 이익으로 돌렸다고 주장했다.",
        "노조, 나머지",
    ),
    ("주민 10명 중 6명이 하루 만에 해온시를 다녀갔다는 의미다.", "의미"),
    (
        "첫 화면은 주제별로 나눠 이용자가 원하는 정보를 빠르고 편리하게 찾을 수 있도록 구성했다.",
        "화면, 찾을",
    ),
    ("'쌀샀다치고' 적금은 지난달 출시 이후 3개월만에 '가장 빠른 2만좌' 기록을 세웠다.", "적금, '가장"),
    (
        "해온에서는 초등학교에서 학생 1명과 가족 3명이 추가로 확진돼 누계 46명이 됐고, 지인 4명이 확진됐다.",
        "3명, 누계",
    ),
    ("새 발표는 시장의 상황이 얼마나 심각한지 짐작하게 한다.", "상황, 얼마나"),
    ("가온항만공사는 3개 업체를 대상으로 평가를 진행해 이같이 결정했다고 밝혔다.", "진행해 결정"),
    (
        "2017년 서가온 시장이 직접 개념을 제시하며 힘을 실었던 새 정책은 올해까지 눈에 띄는 성과를 낸 것으로 평가된다.",
        "시장, 눈에",
    ),
    (
        "가온시가 지원금을 지급하기 시작했지만, 같은 금액을 주는 방식과 지급 기준을 둘러싸고 불만이 쏟아지고 있다.",
        "기준 둘러싸",
    ),
    (
        "가온대 연구팀은 여러 곳에서 떼기가 가능하며 때를 남기지 않는 새 판 소재 개발에 성공했다.",
        "가능하며 새",
    ),
    ("끼가 넘치나 기기 활용이 어려운 어르신을 돕기 위해 사진기 500대가 제공된다.", "넘치나 사진기"),
    ("탄소중립의 핵심인 숲을 베어 발전단지를 건설하는 정책을 지양했으면 한다.", "했으면 해"),
    ("원가를 줄여야 하는 완성차 업체로서는 희토류의 높은 수입 의존도가 숙제다.", "의존도 숙제"),
    (
        "관세는 무효가 됐지만 새봄 정부는 다른 방식으로 관세를 부과할 가능성이 크고, 품목관세는 판결과 무관하게 유지된다.",
        "부과할 가능성 커",
    ),
    ("새봄 지수는 28일 종가인 1027.44보다 4.47포인트 낮은 1022.97로 추산했다.", "포인트 1022"),
    ("해온에서 으뜸가는 먹거리로 꼽히는 상품은 바로 떡볶이라 할 수 있다.", "상품은 할"),
]


@pytest.mark.parametrize(("text", "words"), SPOILT, ids=[s[1] for s in SPOILT])
def test_no_line_says_what_its_sentence_does_not(text: str, words: str) -> None:
    """A modifier keeps its partner, twins their modifiers, a verb its object, a quotation its speaker."""
    assert all(words not in line and line[0] != "이" for style in Style for line in lines(text, style))


def test_whose_a_figure_is_stays_where_a_day_stands_between() -> None:
    """영국의 이날 확진자: the day may go, the country may not."""
    made = lines(
        "오미크론이 퍼진 뒤 감염자가 쏟아진 나래국의 이날 신규 확진자는 9만8515명으로 전날보다 줄었다."
    )
    assert made
    assert all("나래국" in line for line in made)


def test_an_object_is_not_that_of_what_grew() -> None:
    """목표를 3% 증가한 100만대로 잡았다: what was set stays where the modifier goes."""
    made = lines("해온항만공사는 내년 물동량 목표를 전년 대비 3.5% 증가한 2350만 개로 설정했다.")
    assert made
    assert all("목표" in line for line in made)


def test_verbs_printed_as_one_word_stay_one() -> None:
    """갈아치웠다 is no 갈아 치워."""
    made = lines("해온 증시는 사상 최고 기록을 갈아치웠다.")
    assert made
    assert all(line.endswith("갈아치워") for line in made)


def test_a_quotation_reads_on_where_so_goes() -> None:
    """`…"며 이같이 말했다`: the quotation ends as it does before its verb."""
    made = lines(
        '나다온 교육감은 이날 간담회에서 "확진자가 많이 나오고 있다"며 이같이 밝혔다.', Style.SENTENCE
    )
    assert made
    assert all('"고 밝혔다' in line for line in made)


def test_what_takes_an_object_is_no_adjective() -> None:
    """사업을 유치한 시는: Kiwi reads 유치하다 as childish."""
    made = lines(
        "2019년 증기열을 활용한 민간발전 사업을 유치한 시는 발전기를 설치하는 공사를 최근 마치고 시운전을 하고 있다."
    )
    assert made
    assert all("사업 유치한" in line for line in made if "유치한" in line)


def test_a_desk_line_says_who_or_what() -> None:
    """A deed of nobody, done to nothing, is no line; an example stays with what it is of."""
    assert not lines("지난해부터 시작해 1년에 두 차례씩 선정하고 있다.")
    made = lines("졸업생 대표 연설자로는 서가온 씨와 유학생 나다온 씨가 나섰다.")
    assert made
    assert all("연설자로" in line for line in made)
    made = lines("나다온 국장의 사례에서 보듯이 고위 공직자는 압박을 받는 상황이 번번이 발생한다.")
    assert all("사례에서 보듯이" in line for line in made if "보듯이" in line)


def test_what_is_left_out_is_no_deed() -> None:
    """공장을 제외하고 가동했다: the firm has run the others."""
    made = lines("가온무역은 3분기 해외 일부 공장을 제외하고 생산 공장을 대부분 정상 가동했다.")
    assert made
    assert all(line.endswith("가동") and "제외," not in line for line in made)


def test_what_a_modifier_tells_of_is_not_who_acts() -> None:
    """동화가 주는 메시지에 대해 토론한다: who does, the line does not say."""
    tree = parse(sentences("책을 읽고 동화가 주는 메시지에 대해 토론한다.")[0])
    assert subjectless(tree, frozenset(range(len(tree.phrases))))
    assert not lines("책을 읽고 동화가 주는 메시지에 대해 토론한다.", Style.SENTENCE)
    told = parse(sentences("아이들은 동화가 주는 메시지에 대해 토론한다.")[0])
    assert not subjectless(told, frozenset(range(len(told.phrases))))


def test_a_line_takes_nothing_of_what_it_goes_with() -> None:
    """각각 keeps its two, 기로 했다 what was resolved, 당부했다 what was asked, 같은 혐의 is told nowhere in the line."""
    told = [
        (
            "최근 5년 동안 제조업과 숙박업의 종사자 수가 각각 9만여 명씩 감소한 것으로 나타났다.",
            "각각",
            "제조업과",
        ),
        ("해온시는 새 정책방향을 발표하며 기업의 세금을 모두 줄여 주기로 했다.", "기로", "세금"),
        (
            '나다온 단장은 "확진자가 다수 발생하고 있다"며 "필요한 활동 외에는 집에 머물러 달라"고 당부했다.',
            "당부",
            "머물러",
        ),
        ("가온사는 투자의견을 제시하였고, 아울러 목표주가로는 44만원을 내놓았다.", "아울러", "투자의견"),
        ("같은 혐의를 받는 나 씨에게는 벌금 100만원을 선고했다.", "벌금", "혐의를 받는 가"),
    ]
    for text, word, partner in told:
        made = [line for style in Style for line in lines(text, style)]
        assert all(partner in line for line in made if word in line), made


def test_what_a_number_is_part_of_or_ranked_by_stays() -> None:
    """중 상당수, 원심과 마찬가지로, 장기 3년과 단기 2년, 가장 큰 이유로: none says the same by itself."""
    told = [
        ("기부한 연탄 2만장 중 일부는 직원들이 직접 배달하며 온정을 나눴다.", "일부", "2만장"),
        (
            "해온고법은 나 씨 부자가 낸 소송에서 원심과 마찬가지로 원고 일부 승소 판결했다.",
            "원심과",
            "마찬가지로",
        ),
        ("법원은 기소된 A군에게 장기 3년, 단기 2년을 선고했다고 28일 밝혔다.", "단기", "장기"),
        ("나 씨는 이웃 B씨를 때리려고 시도하고 달아난 혐의를 받는다.", "시도", "때리려고"),
        (
            "바이러스인 가온이 퍼지고 있는 현지 사정을 감안해 아이들에게 방역수칙을 교육했다.",
            "가온이",
            "퍼지고",
        ),
    ]
    for text, word, partner in told:
        made = [line for style in Style for line in lines(text, style)]
        assert all(partner in line for line in made if word in line), made


def test_who_also_does_something_does_it_to_something() -> None:
    """A verb whose object another shares keeps it."""
    made = lines("해온시는 부처 정책으로 묶어 정리하고, 공동 사업도 기획해 내년에 추진한다.")
    assert all(not line.endswith("추진") or "사업" in line for line in made)


def test_what_a_noun_with_a_copula_stands_before_is_no_object_of_it() -> None:
    """플랫폼인 takes no object, 운영 중인 does."""
    made = lines("평가보고서, 미반영 사유서 등을 대국민 공개 플랫폼인 새봄망에서 확인할 수 있다.")
    assert made
    assert all("사유서" in line for line in made)
    made = lines("해온시에서 가온치킨을 운영 중인 나다온 점주는 지난달 교통사고를 목격했다.", Style.SENTENCE)
    assert any("가온치킨을 운영 중인" in line for line in made)


def test_no_desk_line_waits_for_its_end() -> None:
    """An aim that the sentence only makes possible ends no line."""
    made = lines("새 조례는 주민이 도서관을 안전하게 이용할 수 있도록 했다.")
    assert all(not line.endswith("도록") for line in made)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20대 88.6%는 젊은 임원 영입에 대해 긍정적으로 생각한다고 응답했다.", "88.6%"),
        ("가온대학교 새 총장으로 나래대학교 서다온 부총장이 취임한다.", "총장으로"),
    ],
)
def test_who_and_as_what_is_said(text: str, words: str) -> None:
    """A share that Kiwi reads as a verb is a subject; an office is what one comes into."""
    assert all(words in line for style in Style for line in lines(text, style))


def test_who_died_is_said() -> None:
    """A person whom the modifier behind may have taken is kept, or nothing is told of what befell nobody."""
    text = "새봄병원에서 사진을 찍던 환자 나 씨가 갑자기 빨려온 산소통에 머리 부위가 눌려 사망했다."
    assert all("나 씨" in line for style in Style for line in lines(text, style))


def kept(text: str, *words: str) -> tuple[object, frozenset[int]]:
    """The tree of a sentence, and its phrases without those that end in one of `words`."""
    (sentence,) = sentences(text)
    tree = parse(sentence)
    return tree, frozenset(
        n for n in range(len(tree.phrases)) if not surface(tree, n).rstrip(",.").endswith(words)
    )


def test_a_deed_without_what_is_done_is_told() -> None:
    """시는 추진한다 says nothing; 사업이 추진된다 does."""
    assert objectless(*kept("시는 새 사업을 추진한다.", "새", "사업을"))  # type: ignore[arg-type]
    assert not objectless(*kept("새 사업이 추진된다.", "새"))  # type: ignore[arg-type]


def test_twins_are_told_by_what_is_left_of_them() -> None:
    """Of a noun said twice either loses nothing, or the line is none."""
    text = "앱은 환자의 동선과 본인의 동선을 비교한다."
    assert merged(*kept(text, "환자의"))  # type: ignore[arg-type]
    assert not merged(*kept(text, "없음"))  # type: ignore[arg-type]


def test_two_objects_of_one_verb_are_too_many() -> None:
    """The object of a clause that is gone is not its neighbour's."""
    (sentence,) = sentences("법원은 땅값을 결정을 내렸다.")
    tree = parse(sentence)
    assert overfull(tree, frozenset(range(len(tree.phrases))))


def test_two_topics_of_one_verb_are_too_many() -> None:
    """One predicate, one topic; each of two clauses may have its own."""
    assert crowded(*kept("연구팀은 올해 이익은 추정했다.", "없음"))  # type: ignore[arg-type]
    assert not crowded(*kept("수출은 늘었고 수입은 줄었다.", "없음"))  # type: ignore[arg-type]


def test_a_modifier_that_retells_goes_and_its_noun_stays() -> None:
    """이런 기능을 갖춘 says what the sentence before it said: the line stands without it."""
    (line, *_) = lines("나래 연구팀은 이런 기능을 갖춘 ‘새싹’이라는 작은 컴퓨터를 개발했다.", Style.SENTENCE)
    assert line == "나래 연구팀은 ‘새싹’이라는 작은 컴퓨터를 개발했다."


@pytest.mark.parametrize("style", list(Style))
def test_a_clause_keeps_the_theme_that_it_shares(style: Style) -> None:
    """Who laughs most is not who is most."""
    assert all(
        "웃는 얼굴" in line
        for line in lines("웃는 얼굴은 해온 사람이 가장 많았고 새봄 사람이 가장 적었다.", style)
    )


@pytest.mark.parametrize("style", list(Style))
def test_an_object_stays_with_its_verb(style: Style) -> None:
    """What tells how something is takes no object."""
    for line in lines("지난 9월, 꿀밤을 때리는 것으로 시작된 직원의 폭력 행위는 갈수록 대담해졌다.", style):
        assert "꿀밤" not in line or "때리는" in line


@pytest.mark.parametrize("style", list(Style))
def test_of_two_who_act_neither_loses_its_verb(style: Style) -> None:
    """Who sued did not rule."""
    for line in lines(
        "해온상사의 나가온 회장이 세금 부과를 취소해달라며 낸 소송의 항소심 재판부도 일부를 받아들였다.",
        style,
    ):
        assert "회장" not in line or "낸" in line


STAYS = [
    ("먹고살기 바쁜 가게 주인들한테 손님 관리는 먼 일이다.", "먹고살기", "바쁜"),
    ("말도 못 할 나이에 떠난 아이가 보내온 편지가 공개됐다.", "말도", "못"),
    ("해온 지역 외식비가 10년 새 두 배가량 뛰었다.", " 새 ", "10년"),
    ("해온사는 기존 방식에서 벗어나 새 길을 찾는 전시회를 연다.", "벗어나", "방식에서"),
    ("해온전자는 새 제품을 늘려 시장에서 앞선 자리를 공고히 할 예정이다.", "예정", "공고히"),
    ("협업 인재란 주민 불편을 힘을 모아 해결하는 데 앞장선 직원을 뜻한다.", "뜻", "인재"),
    ("다만 이번 기온 회복은 오래 가지 못하고 오는 31일 다시 강력 한파가 찾아올 전망이다.", "회복", "못하고"),
    (
        "여객선 회사인 해온고속이 15년 동안 함께 해 온 하역업체에 대해 계약해지를 통보하자, 하역업체 측이 갈등을 빚고 있다.",
        "통보하자",
        "해온고속",
    ),
    (
        "해온경찰서는 올해 4월 나씨에 대해서는 기소의견으로, 서씨에 대해서는 무혐의 의견으로 검찰에 송치했다.",
        "서씨에",
        "나씨에",
    ),
    ("서 교수는 값을 논문에 싣도록 대학원생들에게 지시한 것으로 해온청 조사에서 드러났다.", "지시", "싣도록"),
    ("나씨는 지난 6월 친구를 살해한 뒤 상자에 넣어 보름 넘게 유기했다.", "유기", "친구"),
    (
        "산 능선을 따라 내려앉은 구름을 물들이며 피어나는 아침 해는 다른 곳에서는 볼 수 없는 장관이다.",
        "볼 수 없는",
        "다른",
    ),
    ("해온 자원 시설은 하루 575t의 폐기물을 처리할 수 있는 설비로 조성된다.", "설비로", "처리할 수 있는"),
]


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "one", "other"), STAYS, ids=[s[1] for s in STAYS])
def test_one_does_not_stay_without_the_other(text: str, one: str, other: str, style: Style) -> None:
    """What is bound to the next word, what is defined, a topic's own clause, who did what another answered."""
    assert all(other in line for line in lines(text, style) if one in line)


def test_a_desks_line_says_who() -> None:
    """What stands in a court is nobody's news."""
    text = "서가온 해온사 대표가 28일 새봄지법에서 열린 첫 공판에 출석했다."
    assert all("대표" in line for line in lines(text))


def test_what_was_not_done_is_said() -> None:
    """That something was not heeded, and not what, is no reason."""
    text = (
        "해온청은 이번 반려에 공원 부지라 위치를 바꾸라고 요청했지만 반영되지 않은 점을 구체적 사유로 들었다."
    )
    assert all("요청" in line for line in lines(text) if "반영되지 않은 점" in line)


def test_a_clause_is_more_than_its_subject_and_its_verb() -> None:
    """Two words between two commas say nothing."""
    text = "지난해 말 시청 앞에서 1인 시위를 벌이면서 해온의 모든 학교가 동참했고 다른 도시들에도 확산했다."
    assert not [line for line in lines(text) if "학교, 동참," in line]


def test_appointments_are_not_inside() -> None:
    """인사를 냈다 ends in what was done: 인사 내 reads as a place."""
    found = lines("해온경찰청은 28일 나가온 단장을 보내는 등 경무관급 48명에 대한 전보 내정 인사를 냈다.")
    assert [line for line in found if line.endswith("전보 내정 인사")]
    assert not [line for line in found if line.endswith("내")]


def test_a_part_of_nothing_is_no_line() -> None:
    """Of what it is a part is said in the sentence before."""
    for style in Style:
        assert not lines("회장들이 청년들에게 보내는 영상을 공개한 부분이다.", style)
        assert not lines("28일 하루 동안 개인이 시장에서 주식을 팔아치운 액수다.", style)
        assert not lines("나가온 전 대통령을 ‘새 각하’로 지칭했다는 것.", style)


def test_what_was_said_beside_something_else_ends_no_line() -> None:
    """“…”며 waits for what follows."""
    text = "두 시장이 “(이번 만남이) 두 도시의 길을 넓힐 기회가 됐다”며 “새 노선을 두 도시가 함께 늘리기로 했다”고 소개했다."
    assert not [line for line in lines(text) if "”며" in line]


CHAINS = [
    ("광장에 놓인 새봄 온도탑이 69도를 나타내는 등 연말을 맞아 나눔 열기가 달아오르고 있다.", "온도탑"),
    (
        "재개발 요구가 꾸준했고 해온시가 지난해 관련 용역에 착수, 자문 등을 거쳐 이번 계획안에 이르렀다.",
        "꾸준했고",
    ),
    ("이야기부터 기술 관련 내용까지 한두 개가 아니다.", "아니"),
    (
        "해온시 통신 판매 물량은 새 수익원이 됐고, 이후에는 다양한 상품이 개발되는 등 선사들이 살아남기 위한 도전을 계속하고 있다.",
        "물량, 도전",
    ),
    ("나씨는 병이 있었지만 학원을 다녀야 하려면 접종을 해야 했기 때문에 지난달 접종을 마쳤다.", "하려면"),
    ("해온차는 3일(현지 시각) 지난 1월 해온 판매량이 2% 증가했다고 밝혔다.", "3일 지난"),
    ("서씨는 이를 두고 '새봄 의혹'은 밝혀져야 한다고 요구했다.", "의혹', 밝혀져야"),
    ("시장이 직접 장관에게 해제를 촉구하고 나선 것이다.", "촉구, 나서"),
    ("해온부는 28일 2022년 업무계획을 대통령에 보고했다.", "대통령 보고"),
    ("새봄전자는 빛의 아름다움을 널리 알리기 위해 이번 광고를 마련했다.", "전자는 이번"),
    ("시의원 60명의 통신 자료를 조회한 사실이 추가로 드러났다.", "조회"),
    (
        "해온기증원은 나씨가 지난 21일 새봄병원에서 눈과 이 밖의 조직을 기증하고 숨졌다고 27일 밝혔다.",
        "기증원, 조직",
    ),
    ("서가온 교수는 ‘새 길’이라는 제목의 특별 강연을 오는 5일 학술대회에서 진행한다.", "교수 진행"),
    (
        "기관이 6만주를 순매수한 반면, 외국인은 1만주를 순매도했고, 개인들도 5만주를 순매도했다.",
        "6만주 순매수한 반면",
    ),
    ("새봄면 새터에 제막…선열의 숭고한 얼 기리고 나라 사랑 함양 위해", "함양 위해"),
    (
        "지난해 말 시청 앞에서 시위를 벌이면서 해온의 모든 학교가 동참했고 다른 도시들에도 확산했다.",
        "학교, 다른",
    ),
    (
        "해온시는 지난 15일부터 현재까지 760여 개의 가게가 신청한 것으로 집계됐다고 28일 밝혔다.",
        "현재까지 가게",
    ),
    (
        "해온 센터는 2t급 실용위성을 최대 8기나 수용할 수 있는 국내 최대 규모의 민간 우주센터다.",
        "실용위성을 민간",
    ),
    (
        "새봄사는 이번 지원으로 4억원을 대출 받아 해온 기업 물품을 구매하는 자금으로 활용할 계획이다.",
        "사, 해온 기업",
    ),
    (
        "전문가들은 정류장을 봉우리를 잇는 능선과 이어지지 않는 위치로 재검토할 필요가 있다고 판단했다.",
        "전문가들, 위치로",
    ),
    (
        "올해 해온대상은 경영대상에 나가온 대표, 기술대상에 서새봄 상무, 안전대상에 유하늘 전무가 각각 선정됐다.",
        "전무가 각각",
    ),
    ("감염병 여파로 방문은 무산됐지만 새해 인사를 통해 해온 시장에 대한 높은 관심을 드러냈다.", "방문"),
    ("서 후보자는 “그렇다”고 답했다.", "“그렇다”"),
    ("새봄 빵 신제품은 △밤을 넣은 ‘밤봄’ △딸기를 넣은 ‘딸봄’ △콩을 넣은 ‘콩봄’ 총 3종이다.", "신제품, "),
    (
        "회사가 보고서를 내기 전 주식을 샀다가 보고서 공표 후 파는 수법으로 1억원을 얻은 혐의로 나가온 대표가 재판에 넘겨졌다.",
        "파, ",
    ),
    ("작년 하반기 해온 및 새봄 시장에서 매도 금액은 9460억원, 9027억원을 기록했다.", "9460억원, 9027"),
]


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "wrong"), CHAINS, ids=[wrong for _, wrong in CHAINS])
def test_what_a_lost_clause_had_stays_not_behind(text: str, wrong: str, style: Style) -> None:
    """Its doer, its topic, its condition, the two that its amounts were of: none without it."""
    for line in lines(text, style):
        assert wrong not in line or any(
            word in line for word in ("때문", "및", "착수", "나타내", "기관이", "경영대상")
        )


def test_whom_it_was_done_to_stands_not_for_who_did_it() -> None:
    """Of a beating that begins with the sentence before, the victim is no doer."""
    body = "서씨의 폭력 행위는 점점 심해졌다. 나씨가 달리기 기계를 끄면 기계의 속도를 가장 높게 올렸다."
    for style in Style:
        found = sentences(body)
        made = offers(single(None, body).articles[0], found, (1,), style, Worth(found))
        assert not [one.text for one in made if "서씨" not in one.text and "올" in one.text]
