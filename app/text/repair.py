"""A cut body made whole: which lines are one paragraph, and whether a space stands where they were cut."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from app.domain import Traced
from app.text import signs
from app.text.spacing import spaced

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.domain import Span


# Where the model is unsure, a word that stands whole elsewhere on the page joins its halves. Swept by bench.joins
# on articles_dev: (4, 3), (4, 4) and (6, 6) are within 0.1 points of each other. Halves that are words of the page
# by themselves say nothing: taking them for a space cost 2 points, since a cut page holds its halves as words.
UNDECIDED, TOGETHER = 4.0, 3.0


def join(page: Traced, parts: Sequence[Span], breaks: Sequence[bool], words: Collection[str]) -> Traced:
    """The parts of `page` as one text: a line feed where `breaks` says so, else a space or nothing."""
    text: list[str] = []
    starts, ends = array("I"), array("I")
    tail = ""
    for n, part in enumerate(parts):
        piece = page.slice(part.start, part.end)
        glue = ""
        if n:
            glue = "\n" if breaks[n] else between(tail, piece.text, words)
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


def between(left: str, right: str, words: Collection[str] = frozenset()) -> str:
    """What stands between two halves of a cut text: a space or nothing; `words` are those of the page around it."""
    if not left or not right:
        return ""
    odds = spaced(left, right)
    if abs(odds) < UNDECIDED:
        word, rest = left[left.rfind(" ") + 1 :], right.split(" ", 1)[0]
        if word + rest in words:
            odds -= TOGETHER
    return " " if odds > 0 else ""


def ends_paragraph(text: str, *, full: bool) -> bool:
    """Whether a line ends its paragraph: with a finished sentence, and room left where the page is hard-wrapped."""
    return not full and signs.FULL_STOP.search(text[-60:]) is not None
