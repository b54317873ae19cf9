"""Torn lines are told by their marks, and whole ones are let through."""

from __future__ import annotations

import pytest

from app.summary.compress.torn import TEARS, torn

EXAMPLES = [(tear.name, example) for tear in TEARS for example in tear.examples]


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[e[1] for e in EXAMPLES])
def test_each_tear_is_told_by_its_examples(name: str, line: str) -> None:
    """The row's pattern finds each of its examples."""
    (tear,) = [tear for tear in TEARS if tear.name == name]
    assert tear.pattern.search(line)


@pytest.mark.parametrize(
    "line",
    [
        "해온시, 30년 넘게 쓴 상수도관 교체",
        "주민들, 차로 40분 넘게 이동",
        "시는 2년 연속 최상위 등급으로 평가받았다.",
        "시와 의회는 예산과 인력을 늘리고, 도서관 및 체육관을 짓는다.",
        "시는 ▲도서관 ▲체육관 ▲수영장을 짓는다.",
    ],
)
def test_whole_lines_are_let_through(line: str) -> None:
    """A line that holds the same words whole is not torn."""
    assert not torn(line, line)


def test_three_words_of_a_long_sentence_say_nothing() -> None:
    """What is left of a long sentence needs four words; a short sentence is a sentence."""
    source = (
        "사직도서관은 다음 달 18일부터 20일까지 초등학생 15명을 대상으로 그림책을 만드는 프로그램을 진행한다."
    )
    assert torn("사직도서관, 프로그램 진행", source)
    assert not torn("도서관이 문을 열었다.", "도서관이 문을 열었다.")
