"""Numbers, dates, times, quotations and Latin words, each in one normal form."""

from __future__ import annotations

import pytest

from app.text.facts.dates import hours, moments
from app.text.facts.latin import latin
from app.text.facts.quantities import quantities
from app.text.facts.quotations import quotations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3억5천만원", ("350000000", "원", "")),
        ("350,000,000원", ("350000000", "원", "")),
        ("3억5000만 원", ("350000000", "원", "")),
        ("1조2천억원", ("1200000000000", "원", "")),
        ("20만3220명", ("203220", "명", "")),
        ("1.5t", ("1.5", "t", "")),
        ("5만㎡에", ("50000", "㎡", "")),
        ("12㎞", ("12", "km", "")),
        ("절반", ("50", "%", "")),
        ("50퍼센트", ("50", "%", "")),
        ("3.5%포인트", ("3.5", "%p", "")),
        ("3.5%p", ("3.5", "%p", "")),
        ("두 배로", ("2", "배", "")),
        ("2배", ("2", "배", "")),
        ("세 명", ("3", "명", "")),
        ("세 사람", ("3", "명", "")),
        ("3인", ("3", "명", "")),
        ("첫 번째", ("1", "번째", "")),
        ("3분의 1", ("1/3", "", "")),
        ("십여 명", ("10", "명", "about")),
        ("2만여 명", ("20000", "명", "about")),
        ("약 300곳", ("300", "곳", "about")),
        ("최대 300억 원", ("30000000000", "원", "most")),
        ("100명 이상", ("100", "명", "least")),
        ("100명을 넘어", ("100", "명", "over")),
        ("100명 미만", ("100", "명", "under")),
        ("수십만 명", ("수100000", "명", "")),
        ("두세 곳", ("2~3", "곳", "")),
        ("2대 1로", ("2:1", "", "")),
        ("스물다섯 살", ("25", "살", "")),
        ("3대를", ("3", "대", "")),
        ("(-6.67%)", ("-6.67", "%", "")),
        ("$300", ("300", "달러", "")),
        ("23필지를", ("23", "필지", "")),
    ],
)
def test_a_number_has_one_form(text: str, expected: tuple[str, str, str]) -> None:
    """However the press writes a number, its value, unit and bound are the same."""
    (found,) = quantities(text)
    assert (found.value, found.unit, found.bound) == expected


def test_a_range_shares_its_unit() -> None:
    """The first number of a range has the unit of the second."""
    assert [(q.value, q.unit) for q in quantities("3~5명, 10·29일")] == [
        ("3", "명"),
        ("5", "명"),
        ("10", "일"),
        ("29", "일"),
    ]


@pytest.mark.parametrize("text", ["이사 두렵다", "한 시민이", "구조를 만사", "천사가 백신을"])
def test_words_are_not_numbers(text: str) -> None:
    """Syllables that are numerals elsewhere stay words."""
    assert quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("27일", [("D27",)]),
        ("지난달 27일", [("지난달", "D27")]),
        ("2026년 3월 27일", [("Y2026", "M3", "D27")]),
        ("내달 초", [("다음달",)]),
        ("다음 달", [("다음달",)]),
        ("작년 3월", [("지난해", "M3")]),
        ("오는 27일(금)", [("오는", "D27", "금요일")]),
        ("3월 말", [("M3", "하순")]),
        ("지난 5년간", []),
    ],
)
def test_a_date_is_its_parts(text: str, expected: list[tuple[str, ...]]) -> None:
    """A date keeps what it is relative to."""
    assert [m.parts for m in moments(text, quantities(text))] == expected


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("오후 9시", (21 * 60,)),
        ("21시", (21 * 60,)),
        ("밤 9시 30분", (21 * 60 + 30,)),
        ("9시", (9 * 60, 21 * 60)),
        ("0시", (0,)),
        ("자정", (0,)),
        ("정오에", (12 * 60,)),
        ("밤 12시", (0,)),
        ("21:30", (21 * 60 + 30,)),
    ],
)
def test_an_hour_is_minutes_after_midnight(text: str, minutes: tuple[int, ...]) -> None:
    """오후 9시 is 21:00 and not 0시."""
    (found,) = hours(text, quantities(text))
    assert found.minutes == minutes


def test_latin_words_and_quotations() -> None:
    """Latin words keep their hyphens; units are no words; every shape of mark quotes."""
    assert [w.word for w in latin("AI·K-pop, 5km를 LG전자")] == ["ai", "k-pop", "lg"]
    assert [q.text for q in quotations('“하나”와 ‘둘’, "셋"')] == ["하나", "둘", "셋"]


@pytest.mark.parametrize("pump", ["1", "1만", "만", "9조", "1,000", "0.1", "수", "일", "³", "١"])
def test_numbers_of_any_length_are_read(pump: str) -> None:
    """A run of thousands of digits or magnitudes is a number that is no date and no hour, and never an error."""
    for unit in ("년", "시", ""):
        text = f"시는 {pump * 4_400}{unit} 9시 {pump * 4_400}분 밝혔다"
        found = quantities(text)
        assert all(len(m.parts) < 9 for m in moments(text, found))
        assert hours(text, found)
