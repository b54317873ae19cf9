"""Lies about values: another digit, number, unit, magnitude, date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text.facts.quantities import quantities
from bench.lies.made import Mutant, Page

if TYPE_CHECKING:
    from random import Random


def digit(page: Page, n: int, random: Random) -> Mutant | None:
    """One digit of a number becomes another."""
    text = page.sentences[n].text
    places = [
        q
        for q in quantities(text)
        if any(c.isdigit() for c in text[q.start : q.end]) and q.unit not in {"년", "월", "일", "시", "분"}
    ]
    if not places:
        return None
    place = random.choice(places)
    at = random.choice([i for i in range(place.start, place.end) if text[i].isdigit()])
    new = random.choice([d for d in "123456789" if d != text[at]])
    return Mutant("digit", "another digit", text[:at] + new + text[at + 1 :])


def swapped_number(page: Page, n: int, random: Random) -> Mutant | None:
    """A number becomes another of its unit that stands elsewhere in the article."""
    text = page.sentences[n].text
    mine = [q for q in quantities(text) if q.unit and q.unit not in {"년", "월", "일", "시", "분"}]
    pairs = [
        (q, other.text[o.start : o.end])
        for q in mine
        for other in page.sentences
        for o in quantities(other.text)
        if o.unit == q.unit and o.value != q.value and o.bound == q.bound
    ]
    if not pairs:
        return None
    place, put = random.choice(pairs)
    return Mutant("digit", "a number of the article", text[: place.start] + put + text[place.end :])


_UNITS = ["%", "%p", "명", "건", "개", "원", "달러", "㎞", "m", "t", "㎏", "㎡", "가구", "곳", "대", "회"]
_MAGNITUDES = {"조": "억", "억": "만", "만": "억", "천": "백"}


def unit(page: Page, n: int, random: Random) -> Mutant | None:
    """A unit becomes another."""
    text = page.sentences[n].text
    places = [
        (m.start(1), m.end(1))
        for m in re.finditer(
            r"\d\s?(%p|%|명|건|개|원|달러|㎞|km|m|톤|t|㎏|kg|㎡|가구|곳|대|회)(?![가-힣A-Za-z]|p)", text
        )
    ]
    places += [
        (m.start(1), m.end(1))
        for m in re.finditer(r"\d(?:명|건|개|원|곳|대|회)?(명|건|원|곳)(?=[이을은의에으])", text)
    ]
    if not places:
        return None
    start, end = random.choice(places)
    put = random.choice(
        [
            u
            for u in _UNITS
            if u != text[start:end] and {u, text[start:end]} not in ({"㎞", "km"}, {"t", "톤"}, {"㎏", "kg"})
        ]
    )
    return Mutant("unit", "another unit", text[:start] + put + text[end:])


def magnitude(page: Page, n: int, random: Random) -> Mutant | None:
    """만 becomes 억, 억 becomes 만."""
    text = page.sentences[n].text
    places = [m.end() - 1 for m in re.finditer(r"\d[조억만천](?=[\s\d원명달여개])", text)]
    if not places:
        return None
    at = random.choice(places)
    return Mutant("unit", "another magnitude", text[:at] + _MAGNITUDES[text[at]] + text[at + 1 :])


_RELATIVE = ["올해", "내년", "지난해", "이달", "지난달", "다음 달", "상반기", "하반기", "오전", "오후"]


def date(page: Page, n: int, random: Random) -> Mutant | None:
    """A year, month, day or hour becomes another."""
    text = page.sentences[n].text
    places = [q for q in quantities(text) if q.unit in {"년", "월", "일", "시"} and text[q.start].isdigit()]
    if not places:
        return None
    place = random.choice(places)
    digits = re.match(r"\d+", text[place.start :])
    assert digits is not None
    limit = {"월": 12, "일": 28, "시": 12}.get(place.unit, 2030)
    value = int(digits.group())
    near = [v for v in range(max(1, value - 6), min(limit, value + 6) + 1) if v != value]
    if not near:
        return None
    new = random.choice(near)
    return Mutant(
        "date", "another number", text[: place.start] + str(new) + text[place.start + digits.end() :]
    )


def relative_date(page: Page, n: int, random: Random) -> Mutant | None:
    """올해 becomes 내년, 오전 becomes 오후, 지난달 27일 becomes 27일."""
    text = page.sentences[n].text
    places = [
        (m.start(), m.end())
        for m in re.finditer(
            r"(?<![가-힣])(?:올해|내년|지난해|작년|이달|지난달|다음 달|내달|상반기|하반기|오전|오후)", text
        )
    ]
    if not places:
        return None
    start, end = random.choice(places)
    kin = [
        set(_RELATIVE[:3]) | {"작년"},
        set(_RELATIVE[3:6]) | {"내달"},
        set(_RELATIVE[6:8]),
        set(_RELATIVE[8:]),
    ]
    (own,) = [k for k in kin if text[start:end] in k]
    same = {"작년": "지난해", "내달": "다음 달"}.get(text[start:end])
    put = random.choice(sorted(own - {text[start:end], same, "작년", "내달"} | set()))
    if same and put == same:
        return None
    return Mutant("date", "another relative date", text[:start] + put + text[end:])
