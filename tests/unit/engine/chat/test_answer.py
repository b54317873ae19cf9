"""Lines as the desk prints them, citations that bear them, and a count of tokens that errs on the safe side."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Style
from app.engine.chat.answer import LinesAnswer, Unusable, read, tidy
from app.engine.chat.window import Gauge, estimate, fit
from app.engine.citation import Words
from tests.chat_desk import assigned


@pytest.mark.parametrize(
    ("said", "sentence", "brief"),
    [
        ("한들시가 관을 바꾼다", "한들시가 관을 바꾼다.", "한들시가 관을 바꾼다"),
        ("1. 한들시가 관을 바꾼다.", "한들시가 관을 바꾼다.", "한들시가 관을 바꾼다"),
        ("2) - 한들시, 관 교체", "한들시, 관 교체.", "한들시, 관 교체"),
        ("[3] 한들시, 관 교체 [3, 4]", "한들시, 관 교체.", "한들시, 관 교체"),
        ("12일 시가 밝혔다.", "12일 시가 밝혔다.", "12일 시가 밝혔다"),
        ("1.5㎞ 구간이 막혔다.", "1.5㎞ 구간이 막혔다.", "1.5㎞ 구간이 막혔다"),
        ("시는 “막는다”", "시는 “막는다”", "시는 “막는다”"),
        ("［단독］ 시가 ＜사진＞을 공개했다.", "[단독] 시가 <사진>을 공개했다.", "[단독] 시가 <사진>을 공개했다"),
        ("시가\n두 줄로  말했다.", "시가 두 줄로 말했다.", "시가 두 줄로 말했다"),
        ("SK·LG·KT, 5G 망 함께 쓴다.", "SK·LG·KT, 5G 망 함께 쓴다.", "SK·LG·KT, 5G 망 함께 쓴다"),
    ],
)  # fmt: skip
def test_a_line_is_tidied(said: str, sentence: str, brief: str) -> None:
    """Bullets, numbers and citations go; the full stop follows the style; figures stay."""
    assert tidy(said, Style.SENTENCE) == sentence
    assert tidy(said, Style.BRIEF) == brief


@pytest.mark.parametrize(
    "said", ["", "  ", "...", "123", "The city said so.", "市は発表した。", "가" * 301, "•"]
)
def test_what_is_no_line_is_refused(said: str) -> None:
    """Nothing, no letters, another language, no end."""
    assert tidy(said, Style.SENTENCE) is None


@given(st.text())
def test_no_answer_breaks_the_reader(text: str) -> None:
    """Whatever a server says, it is read or refused."""
    with suppress(Unusable):
        assert read(text, LinesAnswer).lines


@pytest.mark.parametrize(
    ("line", "cited", "expected"),
    [
        ("한들시가 낡은 상수관 62㎞를 바꾼다.", [0], (0,)),
        ("한들시가 낡은 상수관 62㎞를 바꾼다.", [], (0,)),
        ("한들시가 낡은 상수관 62㎞를 바꾼다.", [99, -1], (0,)),
        ("한들시가 낡은 상수관 62㎞를 바꾼다.", [4], (0,)),
        ("한들시가 낡은 상수관 62㎞를 바꾼다.", [0, 4], (0,)),
        ("은내동과 보람동의 30년 넘은 관을 바꾸고 급수차를 하루 네 차례 운행한다.", [3, 1], (1, 3)),
        ("은내동과 보람동의 30년 넘은 관을 바꾸고 급수차를 하루 네 차례 운행한다.", [5], (1, 3)),
        ("주민 이정숙 씨는 여름마다 흙탕물이 나왔다고 말했다.", [1, 2, 3], (4,)),
    ],
)
def test_citations_that_do_not_bear_a_line_are_recomputed(
    line: str, cited: list[int], expected: tuple[int, ...]
) -> None:
    """Out of range, unrelated or too few: the sentences with the best overlap, ascending."""
    assignment = assigned()
    words = Words(assignment.article, assignment.sentences)
    assert words.cite(line, cited, range(len(assignment.sentences))) == expected


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("한들시가 3년 동안 240억 원을 들여 낡은 상수관 62㎞를 바꾼다.", True),
        ("한들시, 은내동·보람동 낡은 상수관 교체…급수차 운행", True),
        ("상수도사업소장은 공사 뒤 한 해 31억 원어치 누수를 막을 수 있다고 했다.", True),
        ("한들시장이 상수관 공사에서 뇌물을 받았다.", False),
        ("정하늘 상수도사업소장이 구속됐다.", False),
        ("주민 이정숙 씨가 흙탕물을 마시고 숨졌다.", False),
        ("대표팀이 월드컵 예선에서 역전승을 거뒀다.", False),
        ("지금 바로 무료 상담을 신청하세요.", False),
        ("코인에 투자하면 원금을 보장받는다.", False),
    ],
)
def test_a_line_must_be_about_its_article(line: str, *, about: bool) -> None:
    """Lines of other worlds are told by their words, though they hold no figure and no name."""
    assignment = assigned()
    assert Words(assignment.article, assignment.sentences).support(line).enough is about


def test_the_estimate_is_not_below_a_syllable_a_token() -> None:
    """Korean text counts a token a syllable, Latin two letters a token, spaces none."""
    assert estimate("한들시가 관을 바꾼다.") == 10
    assert estimate("abcd 12") == 4


def test_the_gauge_learns_from_the_server() -> None:
    """What the server counted corrects the scale, on the safe side."""
    gauge = Gauge()
    assert gauge.tokens("가" * 100) == 100
    gauge.seen("가" * 100, 60)
    assert gauge.tokens("가" * 100) == 66
    gauge.seen("가" * 100, 200)
    assert gauge.tokens("가" * 100) == 220
    gauge.seen("", 5)
    gauge.seen("가", None)
    assert gauge.tokens("가" * 100) == 220


@given(st.lists(st.text("가나다 .", min_size=1), min_size=1, max_size=30), st.integers(0, 500), st.data())
def test_what_fits_fits(texts: list[str], room: int, data: st.DataObject) -> None:
    """Never over the room, ascending, whole sentences; all of them where there is room for all."""
    first = data.draw(st.lists(st.integers(0, len(texts) - 1), unique=True))
    gauge = Gauge()
    kept = fit(texts, first, room, gauge)
    costs = [gauge.tokens(text) + 4 for text in texts]
    assert sum(costs[n] for n in kept) <= room
    assert list(kept) == sorted(set(kept))
    if sum(costs) <= room:
        assert len(kept) == len(texts)
