"""The lines of a page: where each stands, what Markdown left on it, and how many blank lines precede it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_HEADING = re.compile(r"(#{1,6})\s*(?=[^\s#])")
_RULE = re.compile(r"[\s\-=_*~·•.─━═—–+|＊■□◆◇]+")
_STOPS = re.compile(r"[.·…]{1,2}")
_BOLD = re.compile(r"\*\*|__")
_ITALIC = re.compile(r"[*_]([^*_]+)[*_]")
# Tabs part the columns of a table and stay.
_SPACES = re.compile(r" {2,}")
_QUOTE = re.compile(r">\s?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, its outer spaces left out."""

    start: int
    end: int
    text: str
    """What it says, without heading, bold and italic marks, its inner spaces single."""
    gap: int
    """How many blank lines stand before it."""
    level: int = 0
    """The level of its Markdown heading; 0 where it is none."""
    bold: bool = False
    rule: bool = False
    """Whether it is drawn, not written: a row of dashes or stars."""


def read(page: str) -> list[Line]:
    """The lines of a normalised page, in order."""
    lines: list[Line] = []
    last = 0
    for m in _LINE.finditer(page):
        raw = m.group()
        text = raw.strip()
        if not text:
            continue
        start = m.start() + len(raw) - len(raw.lstrip())
        gap = page.count("\n", last, m.start()) - 1 if lines else 0
        last = m.end()
        lines.append(_line(start, text, max(0, gap)))
    return lines


def _line(start: int, text: str, gap: int) -> Line:
    end = start + len(text)
    # A lone full stop is a cut line's rest, not a drawn rule.
    if _RULE.fullmatch(text) and not _STOPS.fullmatch(text):
        return Line(start, end, text, gap, rule=True)
    said, level = text, 0
    heading = _HEADING.match(said)
    if heading is not None:
        level = len(heading[1])
        said = said[heading.end() :].rstrip("# ")
    quote = _QUOTE.match(said)
    if quote is not None:
        said = said[quote.end() :]
    bold = said.startswith(("**", "__")) and said.endswith(("**", "__"))
    if "**" in said or "__" in said:
        said = _BOLD.sub("", said)
    italic = _ITALIC.fullmatch(said)
    if italic is not None:
        said = italic[1]
    return Line(start, end, _SPACES.sub(" ", said).strip() or text, gap, level, bold)
