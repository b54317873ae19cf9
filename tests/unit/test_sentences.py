"""Sentences of press text: where they start, where they end, and what belongs to none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.sentences import LONGEST, sentences


def texts(body: str) -> list[str]:
    """The sentences of `body`, as text."""
    return [sentence.text for sentence in sentences(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "가람전자의 실적이 개선됐다.나루화재는 3.5% 올랐다.",
            ["가람전자의 실적이 개선됐다.", "나루화재는 3.5% 올랐다."],
        ),
        ("공장을 새로 연다고 밝혔다.AI 설비도 들인다.", ["공장을 새로 연다고 밝혔다.", "AI 설비도 들인다."]),
        (
            "행사는 이틀 동안 열린다.‘나루 우산’은 3900원에 살 수 있다.",
            ["행사는 이틀 동안 열린다.", "‘나루 우산’은 3900원에 살 수 있다."],
        ),
        (
            "매출이 크게 늘었다. ◆ 하반기 전망도 밝은 편이다.",
            ["매출이 크게 늘었다.", "◆ 하반기 전망도 밝은 편이다."],
        ),
        (
            '김하늘 군수는 "예산은 넉넉하다. 사업을 서두르겠다"고 말했다. 한편 군은 공모를 연다.',
            ['김하늘 군수는 "예산은 넉넉하다. 사업을 서두르겠다"고 말했다.', "한편 군은 공모를 연다."],
        ),
        (
            "박 의장은 “의결이 있으면 된다. 그렇다.”며 “다음 달에 한다”고 말했다.",
            ["박 의장은 “의결이 있으면 된다. 그렇다.”며 “다음 달에 한다”고 말했다."],
        ),
        (
            "나루대 서가온 대표는 ‘새 판사' 이야기를 했다.가람대 이하늘 교수가 앱을 만들었다.시는 ‘새 길’을 연다.",
            [
                "나루대 서가온 대표는 ‘새 판사' 이야기를 했다.",
                "가람대 이하늘 교수가 앱을 만들었다.",
                "시는 ‘새 길’을 연다.",
            ],
        ),
        ("성장률은 2.5%다. 지난해는 1.9%였다.", ["성장률은 2.5%다.", "지난해는 1.9%였다."]),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(body: str, expected: list[str]) -> None:
    """Glued sentences part; quotations, decimals and names in quotation marks stay whole."""
    assert texts(body) == expected


@pytest.mark.parametrize(
    "head",
    [
        "[서울=한빛뉴스] 이가람 기자 = ",
        "(부산=한빛뉴스) 이가람 기자 = ",
        "[한빛일보 이가람 기자] ",
        "【창원=이가람 기자】 ",
        "[옥천]",
        "이가람·박나루 기자 = ",
    ],
)
def test_a_dateline_belongs_to_no_sentence(head: str) -> None:
    """What stands before a paragraph's first word is not in its first sentence."""
    assert texts(f"{head}시가 28일 도서관을 연다.") == ["시가 28일 도서관을 연다."]


def test_no_sentence_crosses_a_line() -> None:
    """A line break ends a sentence, whatever it says."""
    body = "군은 축제를 앞두고\n◇사흘간 열리는 축제\n안전 점검을 마쳤다."
    assert [s.paragraph for s in sentences(body)] == [0, 1, 2]


def test_an_empty_body_has_none() -> None:
    """Nothing but white space is no sentence."""
    assert sentences(" \n\n\t") == ()


@given(
    st.text(alphabet=st.sampled_from(list("가나다라했다. \n“”\"'◆[]=기자3.5A?")), max_size=80),
)
@settings(max_examples=150, deadline=None)
def test_offsets_say_where_the_text_is(body: str) -> None:
    """Each sentence is its slice of the body, in order, and its morphemes lie inside it."""
    at = 0
    for sentence in sentences(body):
        assert body[sentence.start : sentence.end] == sentence.text
        assert sentence.start >= at
        assert "\n" not in sentence.text
        assert all(0 <= t.start <= t.end <= len(sentence.text) for t in sentence.tokens)
        at = sentence.end


@pytest.mark.parametrize("piece", ["가나다라 ", "가", "『가", "1", "도시는 "])
def test_no_sentence_is_longer_than_any_of_the_press(piece: str) -> None:
    """A stretch without a full stop is cut at spaces where it has any; a morpheme stays whole, nothing is lost."""
    body = f"시는 예산을 늘렸다. {piece * (5_000 // len(piece))} 시는 다리를 놓았다."
    found = sentences(body)
    longest_morpheme = max(t.end - t.start for s in found for t in s.tokens)
    assert max(len(s.text) for s in found) <= LONGEST + longest_morpheme
    assert found[0].text == "시는 예산을 늘렸다."
    assert "".join("".join(s.text for s in found).split()) == "".join(body.split())
