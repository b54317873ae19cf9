"""A word that belongs to another stays with it, and nothing is given to a verb that is not its own."""

from __future__ import annotations

import pytest

from app.domain import Style
from app.summary.compress import Worth, offers
from app.text.sentences import sentences
from app.text.splitter import single

# A sentence, and what no line of it may say.
SPOILT = [
    (
        "새벽에 공장 경보기가 울려 둘레를 살피던 경비원이 창고에서 불이 난 것을 보고 119에 신고했다.",
        "경보기가 119에",
    ),
    (
        "해온의 경우 나래국이 산지이지만 섬에 자리해 이웃 나라로부터 쌀을 수입하는 것이 값에서 유리하다고 평가된다.",
        "나래국이 쌀",
    ),
    (
        "위원회는 계약 해지 규정을 업자가 멋대로 넓게 해석하고 적용한 사례를 고쳤다는 점에서 의의가 있다고 평가했다.",
        "규정을 의의",
    ),
    (
        "새봄 조선사 중 가장 실적이 좋은 가온조선은 지난해 15척의 선박을 수주해 2030년까지 물량을 확보했다.",
        "가장 가온",
    ),
    (
        "제2기 몸도 마음도 새봄 교실은 초등학교 아동 50명을 선발해 3월을 시작으로 30회 진행되며 매주 일요일 체육관에서 운영된다.",
        "마음도 3월",
    ),
    (
        "새봄양행 나다온 사장 역시 “이번 협약으로 새 기술 개발에 기여할 것으로 기대한다”고 밝혔다.",
        "서가온",
    ),
    ("가온마트의 가격 경쟁력 역시 나래몰이 가져갔다.", "경쟁력 나래몰"),
    ("연구회는 이용자의 권리를 균형 있게 보기 위한 방안을 마련하도록 노력한 것으로 알려졌다.", "회 노력한"),
    ("가온나노 주가가 28일 상승하며 장중 신고가를 다시 썼다.", "상승,"),
    ("가온 의장은 심사 대상이 아니라는 법률 해석이 나왔기 때문이다.", "때문"),
    (
        "위원회는 가온이 신청한 안건을 심사하면서 서 의장의 적격성도 심사해야 하는지에 대해 처에 법령해석을 신청한 바 있다.",
        "적격성도 처에",
    ),
    ("새봄기금은 과학 분야 특화 기금으로, 기술 기업 등에 중점 투자하기 위해 조성됐다.", "기금으로, 조성"),
    ("가온이 새봄의 최대주주에 오르면 법을 고친 새 은행법 시행 이후 첫 사례가 된다.", "오르면 첫"),
    ("행사는 작년에도 감염병 여파로 온라인 방식으로 진행됐다.", "행사, 감염병"),
    ("새봄센터는 지하 5층, 연면적 16만㎡ 규모로 건설되며, 2031년 하반기 준공 예정이다.", "센터, 준공"),
    (
        "가온항공을 이용하는 고객은 운송 서약서, 신청서 등 그간 종이에 쓰던 각종 서류를 휴대전화, 태블릿PC 등 다양한 기기로 언제 어디서나 작성할 수 있다.",
        "고객, 언제",
    ),
    ("서가온 회장은 세계적 기업 가온그룹의 자동차부문 최고책임자다.", "회장, 자동차부문"),
    (
        "부당한 일을 겪었다는 응답은 1.2%로 전년에 비해 0.2%포인트 내렸지만 온라인몰은 2.6%로 마트와 편의점에 비해 높게 나타났다.",
        "온라인몰, 2.6%",
    ),
    (
        "판매한 선풍기의 경우, 주문이 있기 전 생산이 끝난 상품으로, 기성품과 차이가 없다는 것이다.",
        "없다는 것",
    ),
    ("우선 탄소를 줄이기 위해 새 에너지로 전환을 가속화하고 핵심기술 개발을 추진한다.", ", 전환 가속"),
    ("소방장은 함께 일하는 후배에게 “일을 잘 하지 못한다”며 꾸중을 한 것으로 전해졌다.", "소방장 “"),
    (
        "‘새봄상품권’은 기존 40억 원에서 60억 원으로 확대되며, 5% 할인된 금액으로 한 사람에 20만 원 한도 내에서 구매할 수 있다.",
        "확대, 구매",
    ),
    (
        "통장을 내놓고 이를 바탕으로 소액 상품도 선보이며 새 터전을 구축해 수익 창출로 잇는다는 계획이다.",
        "상품도 새",
    ),
    ("승객 한 명이 뒷자리로 옮기는 과정에서 균형을 잡지 못하고 뒤로 쓰러져 부상을 당했다.", "잡지 못해"),
    ("나 씨는 가짜 사이트를 통해 “투자하면 큰 수익을 올릴 수 있다”며 투자를 유도했다.", "나 씨 “"),
    ("정부는 28일 경제관계장관회의를 열고 '설 민생대책'을 발표했다.", "회의 열어"),
    ("위원회는 9월말 기준 등록된 업체가 제출한 자료를 분석에 이같이 밝혔다.", "밝혀"),
    ("사전 등록은 28일부터 정식 공개 전까지 진행되고, 등록 사이트에서 누구나 신청할 수 있다.", "진행 가능"),
    ("가온 측은 매년 각 사를 순회하며 개최해 안전 역량을 지속적으로 강화시켜 나간다는 방침이다.", "순회해"),
    ("상생경영, 디지털, 소비자보호", "상생"),
]

# A sentence, a word of it, and what stands with that in every line.
STAYS = [
    (
        "개정안에서는 '새 대출'을 받을 수 있는 학생의 범위를 일반 과정과 전문 과정을 이수하는 사람으로 명시했다.",
        "명시",
        "개정안에서",
    ),
    (
        "축제를 앞두고 모교인 해온 서구 가온동 나래초등학교 외벽에 높이 2m·길이 33m 크기의 초대형 벽화 설치가 한창이다.",
        "33m",
        "높이",
    ),
    (
        "수출의 30%를 차지하는 반도체 산업조차 메모리를 제외한 설계, 장비 등 비메모리 분야에서는 나래국이 우위를 보이는 것으로 평가됐다.",
        "우위",
        "분야에서",
    ),
    (
        "가온 52시간제와 달리 주 40시간제는 2031년 7월부터 기업 규모에 따라 단계적으로 시행됐다.",
        "40시간제",
        "주 40",
    ),
    (
        "직원들이 일을 많이 하는 이유로는 '업무가 많아서'가 46.4%로 가장 많고 '소득을 위해'가 27.8%로 나타났다.",
        "많아서",
        "이유로",
    ),
    (
        "서가온 새봄대 도시계획학과 교수가 위원장을 맡은 개혁위는 28일 해온 당사에서 출범식을 열고 활동을 시작했다.",
        "위원장",
        "교수가",
    ),
    ("보증상품으로, 기존에는 대부분의 신청이 오프라인에서 이뤄져왔다.", "신청", "오프라인"),
]


def lines(text: str, style: Style) -> list[str]:
    """All lines of a text of one sentence."""
    found = sentences(text)
    return [o.text for o in offers(single(None, text).articles[0], found, (0,), style, Worth(found))]


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "words"), SPOILT, ids=[s[1] for s in SPOILT])
def test_nothing_is_given_to_a_verb_that_is_not_its_own(text: str, words: str, style: Style) -> None:
    """A thing does not do what someone did; what is so is not what is done."""
    assert all(words not in line for line in lines(text, style))


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "word", "other"), STAYS, ids=[s[1] for s in STAYS])
def test_no_word_is_left_alone(text: str, word: str, other: str, style: Style) -> None:
    """How much goes with of what, what is so with where it is."""
    assert all(other in line for line in lines(text, style) if word in line)
