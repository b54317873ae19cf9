"""Whether a value of a line begins or ends what its article has it begin or end: 20일부터, 25%에서 15%로."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from app.text.facts import Fact
from app.text.facts.dates import GROUPS
from app.text.facts.quantities import quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

_AFTER = re.compile(
    r"(?:\([^()]{1,20}\))?\s?(?:(?P<since>부터)|(?P<until>까지)|(?P<out>에서)(?!도)|(?P<into>으?로)(?![가-힣])|(?P<span>[~∼〜～→]))"
)
_BEFORE = re.compile(r"[~∼〜～→]\s?(?:[가-힣]+\s|\d+[년월]\s?){0,2}$")
_WORD = re.compile(rf"(?<![가-힣])(?:{'|'.join(sorted(GROUPS, key=len, reverse=True))})")
_OPPOSITE = {"since": "until", "until": "since", "out": "into", "into": "out"}
_REACH = 14


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
