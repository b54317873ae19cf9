"""What an article says, set out once so that each of its lines can be looked up in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.text.directives import addresses_machine
from app.text.facts.dates import Moment, hours, moments
from app.text.facts.latin import latin
from app.text.facts.quantities import Quantity, quantities
from app.text.facts.quotations import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain import Article, Sentence


@dataclass(frozen=True, slots=True)
class Ground:
    """What an article supports, worked out once for all of its lines."""

    sentences: tuple[Sentence, ...]
    text: str = field(repr=False)
    """Body, headline and subheads, a line each."""
    squeezed: str = field(repr=False)
    """The same without spaces and marks: what quotations and names are looked up in."""
    numbers: Mapping[str, frozenset[tuple[str, str]]] = field(repr=False)
    """The units and bounds with which each number stands."""
    dates: frozenset[tuple[str, ...]] = field(repr=False)
    minutes: frozenset[int] = field(repr=False)
    """The times of day, in minutes after midnight."""
    latin: frozenset[str] = field(repr=False)


def ground(article: Article, sentences: tuple[Sentence, ...]) -> Ground:
    """What `article` supports: its body, its headline and its subheads, but nothing in them that speaks to a machine."""
    heads = [head for head in (article.headline, *article.subheads) if head and not addresses_machine(head)]
    text = "\n".join([_told(article.body.text, sentences), *heads])
    found = quantities(text)
    numbers: dict[str, set[tuple[str, str]]] = {}
    for quantity in found:
        numbers.setdefault(quantity.value, set()).add((quantity.unit, quantity.bound))
    return Ground(
        sentences=sentences,
        text=text,
        squeezed=squeeze(text),
        numbers={value: frozenset(ways) for value, ways in numbers.items()},
        dates=_dates(text, found),
        minutes=frozenset(minute for hour in hours(text, found) for minute in hour.minutes),
        latin=frozenset(word.word for word in latin(text)),
    )


def _told(body: str, sentences: tuple[Sentence, ...]) -> str:
    """The body without what lies between its sentences and speaks to a machine: orders are no evidence."""
    kept: list[str] = []
    at = 0
    for start, end in (*((s.start, s.end) for s in sentences), (len(body), len(body))):
        between = body[at:start]
        kept.append("\n" if addresses_machine(between) else between)
        kept.append(body[start:end])
        at = end
    return "".join(kept)


def _dates(text: str, found: tuple[Quantity, ...]) -> frozenset[tuple[str, ...]]:
    """The dates of `text`; one that leaves out its year or month in a row also with that of the date before it."""
    dates: set[tuple[str, ...]] = set()
    last: Moment | None = None
    for moment in moments(text, found):
        dates.add(moment.parts)
        if last is not None and not _breaks(text, last.end, moment.start):
            kept = tuple(p for p in last.parts if _rank(p) < _rank(moment.parts[0]))
            dates.add((*kept, *moment.parts))
            moment = moment._replace(parts=(*kept, *moment.parts))  # noqa: PLW2901 - carried on along the row
        last = moment
    return frozenset(dates)


def _breaks(text: str, start: int, end: int) -> bool:
    return "\n" in text[start:end] or ". " in text[start:end]


def _rank(part: str) -> int:
    """How fine a part of a date is: years before months before days."""
    if part[0] in "YMD" and part[1:].isdigit():
        return "YMD".index(part[0])
    if part in {"올해", "내년", "지난해", "재작년"}:
        return 0
    if part in {"이달", "다음달", "지난달"}:
        return 1
    return 3
