"""A cut body made whole: which lines are one paragraph, and whether a space stands where they were cut."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from app.domain import Traced
from app.text import signs
from app.text.morphology import likelihoods
from app.text.spacing import spaced

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from app.domain import Span


# Where the model is unsure, a word that stands whole elsewhere on the page joins its halves. Swept by bench.joins
# on articles_dev: (4, 3), (4, 4) and (6, 6) are within 0.1 points of each other. Halves that are words of the page
# by themselves say nothing: taking them for a space cost 2 points, since a cut page holds its halves as words.
UNDECIDED, TOGETHER = 4.0, 3.0
# Where a column ends, of which a page has few, Kiwi is asked too when the model is this unsure: which of the two texts is
# likelier, over so many characters on either side. Of 3,102 breaks in articles_dev 0.9645 become 0.9684; with 1 to 2 for
# 1.5 and 0.1 to 0.5 for 0.2 it is 0.966 to 0.968. A short line below is of a hard-wrapped page, where it would cost.
UNSURE, KIWI, AROUND, COLUMN = 1.5, 0.2, 25, 60
# Desks break headlines between words; only a line as wide as the page's was cut wherever it ended. Of 180 breaks of own
# headlines at short lines, 13 at odds under -4 are 8 inside words; of 330 at full lines, 12 of 23 from -2 to 0 are.
APART, APART_FULL = -4.0, -1.0


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
    if abs(odds) < UNSURE and len(right) > COLUMN:
        apart, whole = likelihoods(left[-AROUND:] + glue + right[:AROUND] for glue in (" ", ""))
        odds += KIWI * (apart - whole)
    return " " if odds > 0 else ""


def between_heads(left: str, right: str, *, full: bool) -> str:
    """What stands between two lines of a headline; `full` says that the first one is as wide as the page's lines."""
    if not left or not right:
        return ""
    return " " if spaced(left, right) > (APART_FULL if full else APART) else ""


def ends_paragraph(text: str, *, full: bool) -> bool:
    """Whether a line ends its paragraph: with a finished sentence, and room left where the page is hard-wrapped."""
    return not full and signs.FULL_STOP.search(text[-60:]) is not None
