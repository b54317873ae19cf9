"""A cut body made whole: which lines are one paragraph, and whether a space stands where they were cut."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from app.domain import Traced
from app.text import signs
from app.text.spacing import spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Span


def join(page: Traced, parts: Sequence[Span], breaks: Sequence[bool]) -> Traced:
    """The parts of `page` as one text: a line feed where `breaks` says so, else a space or nothing."""
    text: list[str] = []
    starts, ends = array("I"), array("I")
    tail = ""
    for n, part in enumerate(parts):
        piece = page.slice(part.start, part.end)
        glue = ""
        if n:
            glue = "\n" if breaks[n] else between(tail, piece.text)
        if glue:
            text.append(glue)
            at = ends[-1] if len(ends) else 0
            starts.append(at)
            ends.append(at)
        text.append(piece.text)
        starts.extend(piece.starts)
        ends.extend(piece.ends)
        tail = (tail + glue + piece.text)[-40:]
    return Traced("".join(text), page.source, starts, ends)


def between(left: str, right: str) -> str:
    """What stands between two halves of a cut text: a space or nothing."""
    if not left or not right:
        return ""
    return " " if spaced(left, right) > 0 else ""


def ends_paragraph(text: str, *, full: bool) -> bool:
    """Whether a line ends its paragraph: with a finished sentence, and room left where the page is hard-wrapped."""
    return not full and signs.FULL_STOP.search(text[-60:]) is not None
