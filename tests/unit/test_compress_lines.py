"""What a line may never be: the classes of torn lines that editors found, each with a sentence that invites it."""

from __future__ import annotations

import pytest

from app.domain import Style
from app.summary.compress import Offer, Worth, offers
from app.summary.compress.render import surface
from app.summary.compress.tree import parse
from app.text.sentences import sentences
from app.text.splitter import single


def lines(text: str, style: Style) -> tuple[Offer, ...]:
    """All lines of a text of one sentence."""
    found = sentences(text)
    assert len(found) == 1
    return offers(single(None, text).articles[0], found, (0,), style, Worth(found))


# A sentence, and pairs of words: no line has the first without the second.
TOGETHER: list[tuple[str, tuple[tuple[str, str], ...]]] = [
    ("해온시가 30년 넘게 쓴 상수도관 120㎞를 2029년까지 새 관으로 모두 바꾼다.", (("넘게", "30년"),)),
    ("해온시는 교통 분야에서 2년 연속 최상위 등급을 받아 시민과 함께 기념행사를 연다.", (("연속", "2년"),)),
    (
        "새봄병원은 평일에는 오후 11시까지, 휴일에는 오후 9시까지 어린이를 위해 진료실의 문을 연다.",
        (("9시까지", "휴일"), ("11시까지", "평일")),
    ),
    (
        "회사 대표로 나가온 부장, 근로자 대표로는 서다온 대리가 첫 회의에서 위원으로 선출됐다.",
        (("회사 대표", "나가온"), ("서다온", "근로자 대표")),
    ),
    (
        "정비 대상은 1994년 이전에 묻은 관으로, 시 전체 상수도관 1840㎞의 6.5%에 해당한다.",
        (("관으로", "묻은"), ("6.5%", "상수도관")),
    ),
    (
        "가온구 시내버스 요금은 지난달 1200원에서 이달 1300원으로 100원이 한꺼번에 올랐다.",
        (("1300원", "1200원"),),
    ),
    (
        "전시는 초기작을 모은 1부와 항구 연작을 모은 2부, 유족이 기증한 원판을 보여 주는 3부로 꾸몄다.",
        (("2부", "1부"), ("3부", "2부")),
    ),
    (
        "새봄페이는 해온보증공사와 전세 보증금 반환 보증 서비스 구축 및 활성화를 위한 업무 협약을 체결했다고 밝혔다.",
        (("협약", "해온보증공사"),),
    ),
    (
        "10년 넘게 일한 직원에게는 금 10돈과 휴가 5일, 5년 넘게 일한 직원은 금 5돈과 휴가 3일을 지급했다.",
        (("직원은", "직원에게"),),
    ),
    ("해온시 조례는 땅을 몰래 파는 등의 행위를 개발이라고 규정했다.", (("행위", "파는"),)),
    (
        "해온 지역 물가 지수는 열 달 만에 가장 크게 떨어지며 지난해 봄과 동일하게 나타났다.",
        (("나타", "동일하게"),),
    ),
    (
        "해온시는 강도 높은 시정혁신을 추진한 점이 좋은 평가를 받은 것으로 알려졌다.",
        (("강도", "높은"), ("높은", "강도")),
    ),
    ("청원인의 아버지는 지난 4월 해온병원에서 새 백신을 접종받았다.", (("아버지", "청원인"),)),
    ("해온 지역의 전력 수요는 지난주 내내 안정적인 수급을 보였다.", (("수급", "안정적인"),)),
    ("해담시 아파트 거래량은 지난해 같은 달보다 12.4%포인트 낮았다.", (("낮", "지난해 같은 달보다"),)),
]


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "pairs"), TOGETHER, ids=[c[0][:24] for c in TOGETHER])
def test_what_belongs_together_goes_or_stays_together(
    text: str, pairs: tuple[tuple[str, str], ...], style: Style
) -> None:
    """A measure keeps its measuring word, a pair its halves, a head the modifier that it cannot stand without."""
    for offer in lines(text, style):
        for word, other in pairs:
            assert word not in offer.text or other in offer.text, offer.text


# A sentence, whose it is, and subjects of clauses inside it.
ACTORS = [
    (
        "해온시는 중앙정부에 지원을 건의해 남구 새봄동 등 6개 동이 특별재난구역으로 선포되도록 해 총 복구비 682억원을 확보했다.",
        "해온시",
        ("새봄동", "6개 동"),
    ),
    (
        "가온심판위원회가 회원 자격으로 일하다 숨진 나 씨의 자녀가 유족으로 인정해 달라는 신청을 거부한 해온청의 처분을 취소했다고 3일 밝혔다.",
        "가온심판위원회",
        ("자녀", "해온청이"),
    ),
    (
        "나래유통은 해온에서 운영하는 새봄마트의 매출이 처음 진출한 2016년부터 올해까지 해마다 20.1% 늘었다고 28일 밝혔다.",
        "매출",
        (),
    ),
    (
        "해온의 나가온은 맹타로 자리를 굳힌 반면 새봄의 서다온은 개막전에서 빠진 뒤 좀처럼 반등을 하지 못하고 있다.",
        "서다온",
        (),
    ),
    (
        "나 교수는 실험 결과를 바탕으로 제자들에게 논문을 쓰게 해 딸이 학술지에 논문을 실을 수 있게 했다.",
        "나 교수",
        (),
    ),
]


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "actor", "others"), ACTORS, ids=[a[1] for a in ACTORS])
def test_nobody_does_what_another_did(text: str, actor: str, others: tuple[str, ...], style: Style) -> None:
    """The main clause's own subject stays in every line, and no clause's subject leads one in its place."""
    for offer in lines(text, style):
        assert actor in offer.text, offer.text
        assert not offer.text.startswith(others) if others else True, offer.text


# A sentence, a phrase of it, and the phrase that it hangs on.
HEADS = [
    ("구청이 신청한 사업이 심사를 통과했다.", "구청이", "신청한"),
    ("시는 공사가 완료된 구간을 개방했다.", "공사가", "완료된"),
    ("조직을 바꾼 점이 좋은 점수를 얻었다.", "점이", "얻었다"),
    ("비가 그치자 시는 도로를 열었다.", "비가", "그치자"),
    ("시는 주민이 원하면 예산을 늘린다.", "시는", "늘린다"),
    ("수출은 늘고 수입은 줄었다.", "수출은", "늘고"),
    ("시는 자료를 모은다고 밝혔다.", "자료를", "모은다고"),
    ("재단은 새봄동 매출이 늘었다고 밝혔다.", "매출이", "늘었다고"),
    ("큰 피해를 막대한 비용으로 줄였다.", "피해를", "줄였다"),
    ("재판이 진행 중인 사건과 심사는 모두 미뤄졌다.", "재판이", "중인"),
    ("책이 3편, 글이 2편 나왔으나 모두 묻혔다.", "책이", "3편"),
    ("구는 장비를 새로 지정된 곳에 모아 관리한다.", "장비를", "모아"),
    ("시는 나래와 ‘새봄’ 등 새 업체의 운행을 막았다.", "나래와", "등"),
    ("새봄차는 길을 넓히고, 새 문을 열기 위해 사업을 추진했다.", "넓히고", "열기 위해"),
    ("서가온 의원은 상황이 심각하다며 나 후보를 도왔다.", "상황이", "심각하다며"),
    ("가게는 매출이 줄었거나 앞으로 줄 이웃을 도왔다.", "줄었거나", "줄"),
    ("나래가 대주주로 올라설 것이라는 전망에 기대감이 커졌다.", "나래가", "올라설 것이라는"),
    ("주민들은 비가 오면 차로 40분 넘게 갔다.", "주민들은", "갔다"),
    ("나래사는 아직은 작은 규모지만 새 길을 냈다고 밝혔다.", "아직은", "작은"),
    ("나래사는 아직은 작은 규모지만 새 길을 냈다고 밝혔다.", "규모지만", "냈다고"),
]


@pytest.mark.parametrize(("text", "word", "head"), HEADS, ids=[f"{h[1]} → {h[2]}" for h in HEADS])
def test_each_phrase_hangs_on_what_it_speaks_of(text: str, word: str, head: str) -> None:
    """Subjects, topics and objects find their predicate."""
    (sentence,) = sentences(text)
    tree = parse(sentence)
    found = {surface(tree, n).rstrip(",."): n for n in range(len(tree.phrases))}
    assert surface(tree, tree.heads[found[word]]).rstrip(",.") == head


@pytest.mark.parametrize(
    "text",
    [
        "이 사업은 해온전력이 대학에 새 설비를 투자해 구축하고, 학교는 비용을 줄여 투자비를 갚는 상생 모델이다.",
        "일각에서는 확진 사례가 곳곳에서 나오고 있고 환자가 줄지 않는 점을 감안하면 거리두기 연장이 불가피하다는 전망이 나온다.",
    ],
)
@pytest.mark.parametrize("style", list(Style))
def test_a_part_of_what_is_defined_or_foreseen_is_no_line(text: str, style: Style) -> None:
    """What a definition or a forecast is about stays: neither a member's part nor its ground stands for it."""
    for offer in lines(text, style):
        assert not offer.text.startswith("학교"), offer.text
        assert "곳곳" not in offer.text or "전망" in offer.text, offer.text


def test_who_is_quoted_is_told() -> None:
    """A quotation without a speaker is no line of the desk's."""
    assert not lines('그러면서 "나가온 처장은 모든 책임을 지고 즉각 사퇴하라"고 거듭 촉구했다.', Style.BRIEF)


def test_what_is_known_before_a_deed_is_not_planned() -> None:
    """선행을 직감하고 쌀을 전달할 계획이다: only the second is a plan."""
    text = "새봄면 직원들은 기부자의 선행을 직감하고, 그가 두고 간 쌀 60포대를 이웃들에게 전달할 계획이다."
    assert all("직감 계획" not in offer.text for offer in lines(text, Style.BRIEF))


def test_a_particle_that_shares_a_syllable_with_its_noun_stays() -> None:
    """걸 is 것 and its particle: without it the verb would modify whatever comes next."""
    made = lines(
        "새봄투자는 아파트를 활용해 연금을 받고 남은 자산으로 부동산에 투자하는 걸 추천한다.", Style.BRIEF
    )
    assert made
    assert all("투자하는 추천" not in offer.text for offer in made)


def test_a_topic_among_the_commas_of_a_list_keeps_its_particle() -> None:
    """Of two commas none says which is the topic's."""
    made = lines("해온대, 새봄대, 가온대는 오는 9월 나라에서 처음으로 해양 대학원을 개설한다.", Style.BRIEF)
    assert made
    assert all("가온대는" in offer.text for offer in made)


def test_a_headline_before_a_byline_is_no_part_of_the_sentence() -> None:
    """What stands before `기자 =` is a headline that the page ran together with its article."""
    text = "해온 공장서 3명 다쳐(해온=가온통신) 나가온 기자 = 28일 해온의 한 공장에서 가스가 새어 나와 직원 3명이 다쳤다."
    made = lines(text, Style.SENTENCE)
    assert made
    assert all("기자" not in offer.text for offer in made)


def test_a_quotation_that_leans_on_another_is_no_line() -> None:
    """What goes on from what was said before cannot be read alone."""
    text = '나가온 연구원은 "이에 따라 지역 상권의 매출도 함께 늘어날 것"이라고 덧붙여 말했다.'
    assert not lines(text, Style.BRIEF)


@pytest.mark.parametrize("style", list(Style))
def test_of_two_sentences_taken_for_one_the_last_is_read(style: Style) -> None:
    """Where a page lost the space between two sentences, no line is made across them."""
    text = "이런 일은 처음이다.27일 해온시는 새 도서관을 열어 책 3만 권을 갖췄다고 밝혔다."
    found = sentences(text)
    made = offers(single(None, text).articles[0], found, (len(found) - 1,), style, Worth(found))
    assert made
    assert all("처음" not in offer.text for offer in made)
