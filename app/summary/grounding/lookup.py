"""Facts that hold or fail by themselves: is this number, date, quotation or Latin word anywhere in the article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text.facts import Fact
from app.text.facts.dates import NEUTRAL, Hour, Moment, hours, moments
from app.text.facts.latin import KOREAN, latin
from app.text.facts.quantities import Quantity, quantities
from app.text.facts.quotations import pieces, quotations, squeeze, unclosed
from app.text.facts.units import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.summary.grounding.source import Ground

# Digits from which on a number is told without its unit: 3만, 300억.
_LARGE = 5
_COUNTED = re.compile(r"(?<![가-힣])(?P<numeral>두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s(?P<noun>[가-힣]{2,})")
_TORN = re.compile(r"(?<!\d)(?P<under>\d+|[이삼사오])분\s(?P<over>\d+|[일이삼사])(?![\d가-힣])")
UNITS = frozenset(NAMES.values())


def missing(line: str, source: Ground) -> tuple[Fact, ...]:
    """The numbers, dates, times, quotations and Latin words of `line` that stand nowhere in its article."""
    numbers = quantities(line)
    dates, times = moments(line, numbers), hours(line, numbers)
    told = [*((m.start, m.end) for m in dates), *((h.start, h.end) for h in times)]
    return (
        *_numbers([n for n in numbers if not any(a <= n.start and n.end <= b for a, b in told)], source),
        *_dates(dates, source),
        *_times(line, times, source),
        *_quotations(line, source),
        *_latin(line, source),
        *_counted(line, source),
        *_fractions(line, source),
    )


def _numbers(numbers: Iterable[Quantity], source: Ground) -> Iterator[Fact]:
    for number in numbers:
        if not has_number(number, source):
            yield Fact("number", f"{number.value}{number.unit}", number.start, number.end)


def has_number(number: Quantity, source: Ground) -> bool:
    """Whether the article has this number with this unit, bounded no less than the line bounds it."""
    ways = source.numbers.get(number.value, frozenset())
    if not number.unit and len(number.value) >= _LARGE:
        ways |= {("", bound) for _, bound in ways}  # 300억 for 300억 원
    return any(same_unit(number.unit, unit) and same_bound(number.bound, bound) for unit, bound in ways)


def same_unit(line: str, article: str) -> bool:
    """One unit, whatever particle or ending is glued to it."""
    if line == article:
        return True
    if line and not article and line not in UNITS:
        return True  # a word that is no unit, glued to a number where a parenthesis between them is gone
    # A word glued to a number keeps its ending where the list of particles does not know it.
    return len(line) > 1 and len(article) > 1 and (line.startswith(article) or article.startswith(line))


def same_bound(line: str, article: str) -> bool:
    """A bound is kept as it is; 약 may be added, never taken away."""
    return line == article or (line == "about" and not article)


def _dates(dates: tuple[Moment, ...], source: Ground) -> Iterator[Fact]:
    for date in dates:
        if not any(same_date(date.parts, parts) for parts in source.dates):
            yield Fact("date", " ".join(date.parts), date.start, date.end)


def same_date(line: tuple[str, ...], article: tuple[str, ...]) -> bool:
    """Whether the article's date says the line's: nothing added, nothing coarser dropped, finer parts may go."""
    said = set(line) - NEUTRAL
    if not said <= set(article) or (
        {"오는", "지난"} & set(line) and {"오는", "지난"} & set(article) - set(line)
    ):
        return False
    if set(line) & NEUTRAL - {"오는", "지난"} - set(article) and not said:
        return False
    dropped = [n for n, part in enumerate(article) if part not in said and part not in NEUTRAL]
    last = max((n for n, part in enumerate(article) if part in said), default=len(article))
    return all(n > last for n in dropped)


def _times(line: str, times: Iterable[Hour], source: Ground) -> Iterator[Fact]:
    for hour in times:
        if not set(hour.minutes) & source.minutes:
            yield Fact("time", line[hour.start : hour.end], hour.start, hour.end)


def _quotations(line: str, source: Ground) -> Iterator[Fact]:
    for quotation in (*quotations(line), *unclosed(line)):
        if not all(piece in source.squeezed for piece in pieces(quotation.text)):
            yield Fact("quotation", quotation.text, quotation.start, quotation.end)


def _counted(line: str, source: Ground) -> Iterator[Fact]:
    """Nouns that are their own counters, with another numeral than in the article: 두 자매, 세 자매."""
    for m in _COUNTED.finditer(line):
        theirs = {t["numeral"] for t in _COUNTED.finditer(source.text) if t["noun"][:2] == m["noun"][:2]}
        if theirs and m["numeral"] not in theirs:
            yield Fact("number", m.group(), m.start(), m.end())


def _fractions(line: str, source: Ground) -> Iterator[Fact]:
    """Fractions that lost what makes them fractions: 3분 2 for 3분의 2."""
    for m in _TORN.finditer(line):
        if re.search(rf"{m['under']}\s?분의\s?{m['over']}", source.text):
            yield Fact("number", m.group(), m.start(), m.end())


def _latin(line: str, source: Ground) -> Iterator[Fact]:
    for word in latin(line):
        if word.word not in source.latin and not any(
            squeeze(name) in source.squeezed for name in KOREAN.get(word.word, ())
        ):
            yield Fact("latin", word.word, word.start, word.end)
