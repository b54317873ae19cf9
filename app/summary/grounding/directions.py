"""Whether a value of a line begins or ends what its article has it begin or end: 20일부터, 25%에서 15%로."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from app.text.facts import Fact
from app.text.facts.dates import GROUPS
from app.text.facts.quantities import quantities
from app.text.facts.ranges import ranges

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.summary.grounding.source import Ground
    from app.text.facts.quantities import Quantity

_AFTER = re.compile(
    r"(?:\([^()]{1,20}\))?\s?(?:(?P<since>부터)|(?P<until>까지)|(?P<out>에서)(?!도)|(?P<into>으?로)(?![가-힣])|(?P<span>[~∼〜～→]))"
)
_BEFORE = re.compile(r"[~∼〜～→]\s?(?:[가-힣]+\s|\d+[년월]\s?){0,2}$")
_WORD = re.compile(rf"(?<![가-힣])(?:{'|'.join(sorted(GROUPS, key=len, reverse=True))})")
_OPPOSITE = {"since": "until", "until": "since", "out": "into", "into": "out"}
_REACH = 14


# By what a line says that a value is but the one end: 최대 5명, 5명까지; of days and hours also by what begins or ends.
_ENDS = {
    "low": (
        re.compile(r"(?:최소|최저|적어도|적게는|이르면|빠르면|짧게는|낮게는)\s?(?:\S{1,6}\s)?$"),
        re.compile(r"(?:\([^()]{1,9}\))?\s?(?:부터|에서|이상|[~∼〜～–])"),
        re.compile(r"부터|시작|개막|개시|착수|돌입|출발|들어[가간갔]|개장|개원|막\s?올"),
    ),
    "high": (
        re.compile(r"(?:최대|최고|최장|최다|많게는|늦어도|늦으면|길게는|높게는|[~∼〜～–])\s?(?:\S{1,6}\s)?$"),
        re.compile(r"(?:\([^()]{1,9}\))?\s?(?:까지|이하|이내)"),
        re.compile(r"까지|마감|폐막|종료|끝|마[치친쳤]|마무리|완료|완공|준공|폐장"),
    ),
}
Ends = list[tuple[str, frozenset[tuple[str, str]]]]
"""Of each range that a value ends: which end it is, and what the other end is."""
_TIMED = frozenset({"년", "월", "일", "시", "분"})


class _Directed(NamedTuple):
    value: tuple[str, str]
    way: str
    start: int
    end: int


def misdirected(line: str, article: str) -> Iterator[Fact]:
    """Values that `line` has at the other end of a change or a period than `article` has them."""
    mine = [d for d in _directed(line) if d.way in _OPPOSITE]
    if not mine:
        return
    theirs: dict[tuple[str, str], set[str]] = {}
    for found in _directed(article):
        theirs.setdefault(found.value, set()).add(found.way)
    for found in mine:
        ways = theirs.get(found.value, set())
        if _OPPOSITE[found.way] in ways and found.way not in ways:
            yield Fact("bound", line[found.start : found.end], found.start, found.end)


def halved(line: str, source: Ground) -> Iterator[Fact]:
    """Values of `line` that the article has only as one end of a range: 4.15% of 0.01~4.15%."""
    numbers = quantities(line) if source.ends else ()
    told = {(n.value, n.unit) for n in numbers}
    for number in numbers:
        ends = source.ends.get((number.value, number.unit), [])
        if ends and not any(others & told or says_end(line, number, end) for end, others in ends):
            yield Fact("bound", line[number.start : number.end], number.start, number.end)


def says_end(line: str, number: Quantity, end: str) -> bool:
    """Whether a line says that a value is the lower or the upper end of a range."""
    before, after, about = _ENDS[end]
    return (
        before.search(line, max(0, number.start - _REACH), number.start) is not None
        or after.match(line, number.end) is not None
        or (number.unit in _TIMED and about.search(line) is not None)
    )


def one_end(text: str, numbers: Sequence[Quantity]) -> dict[tuple[str, str], Ends]:
    """The values that a text has only in ranges: at which end of each, and the values of its other end."""
    found: dict[tuple[str, str], Ends] = {}
    within: set[int] = set()
    for low, high in ranges(text, numbers):
        for end, mine, others in (("low", low, high), ("high", high, low)):
            told = frozenset((q.value, q.unit) for q in others)
            for q in mine:
                within.add(q.start)
                found.setdefault((q.value, q.unit), []).append((end, told))
    for q in numbers:
        if q.start not in within:
            found.pop((q.value, q.unit), None)
    return found


def _directed(text: str) -> Iterator[_Directed]:
    """The values of a text with the particle after each; a range says both particles of both its ends."""
    values = [((q.unit, q.value), q.start, q.end) for q in quantities(text)]
    values += [((GROUPS[m.group()], m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]
    for value, start, end in values:
        after = _AFTER.match(text, end)
        way = (after.lastgroup or "") if after else ""
        if way == "span":
            yield _Directed(value, "since", start, end)
            yield _Directed(value, "out", start, end)
            continue
        if _BEFORE.search(text, max(0, start - _REACH), start):
            yield _Directed(value, "until", start, end)
            yield _Directed(value, "into", start, end)
        if way:
            yield _Directed(value, way, start, end)
