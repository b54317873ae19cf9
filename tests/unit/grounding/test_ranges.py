"""One end of a range is no value."""

from __future__ import annotations

import pytest

from app.domain import Article, Traced
from app.summary.grounding import Ground, ground, unsupported
from app.text.facts.quantities import quantities
from app.text.facts.ranges import ranges
from app.text.sentences import sentences

BODY = (
    "가람은행은 예금 금리를 0.01~4.15%로 정했다. 상담 창구마다 직원 3~5명을 둔다. "
    "창구는 오전 10시~오후 4시에 열고 행사는 6월 10일부터 12일까지 한다. 지점 7곳에서 9곳 사이를 더 연다. "
    "대상은 15~64세이고 나눔재단은 지난해 2~6월에 8억원을 냈다. 올해 6월에는 2억원을 낸다."
)


@pytest.fixture(scope="module")
def source() -> Ground:
    """What the article supports."""
    return ground(Article(None, Traced.whole(BODY)), sentences(BODY))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("금리는 0.01~4.15%다", ("0.01%", "4.15%")),
        ("직원 3～5명", ("3명", "5명")),
        ("오전 10시∼오후 4시", ("10시", "4시")),
        ("오전 9시 30분~11시 20분", ("9시30분", "11시20분")),
        ("10일부터 12일까지", ("10일", "12일")),
        ("7곳에서 9곳 사이", ("7곳", "9곳")),
    ],
)
def test_both_ends_are_read(text: str, ends: tuple[str, str]) -> None:
    """Whatever joins them, and whether or not both have their unit."""
    ((low, high),) = ranges(text, quantities(text))
    assert tuple("".join(q.value + q.unit for q in end) for end in (low, high)) == ends


@pytest.mark.parametrize(
    "text", ["30%에서 20%로 내렸다", "3명, 5명", "3명과 5명", "10일부터 3명이", "2-1로 이겼다"]
)
def test_what_changes_or_is_listed_is_no_range(text: str) -> None:
    """A change has a value before and one after."""
    assert ranges(text, quantities(text)) == ()


@pytest.mark.parametrize(
    "line",
    [
        "가람은행, 예금 금리 0.01%로 정해",
        "가람은행은 예금 금리를 4.15%로 정했다.",
        "상담 창구마다 직원 5명",
        "상담 창구마다 직원 3명을 둔다.",
        "창구는 오후 4시에 연다.",
        "행사는 6월 12일 한다.",
        "지점 9곳을 더 연다.",
        "대상은 64세다.",
        "지난해 2월에 8억원 내",
        "상담 창구마다 직원 최대 3명",
        "상담 창구마다 직원 5명 이상",
    ],
)
def test_one_end_is_no_value(line: str, source: Ground) -> None:
    """A line that gives one end as the value is a lie."""
    assert unsupported(line, source)


@pytest.mark.parametrize(
    "line",
    [
        "가람은행, 예금 금리 0.01~4.15%",
        "상담 창구마다 직원 5명까지",
        "창구는 오전 10시부터 연다.",
        "행사는 6월 12일까지 한다.",
        "행사 6월 10일 시작",
        "대상은 15∼64세",
        "올해 6월에는 2억원",
    ],
)
def test_both_ends_or_one_said_to_be_an_end_are_true(line: str, source: Ground) -> None:
    """An end may be told as an end; a value that also stands alone is a value."""
    assert unsupported(line, source) == ()
