"""How a page's lines are cut: which line runs on into the next, how wide a full line is, what lies between two halves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text import signs
from app.text.continuity import continues
from app.text.linear import probability
from app.text.spacing import spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.lines import Line

# A long line shows what it is at its ends; so a page of one line costs no more than its length.
HEAD, TAIL = 400, 160
WINDOW = 420
_PLAIN_END = re.compile(r"(?<!니)다\. ")


def onward_of(lines: Sequence[Line]) -> list[float]:
    """For each line how surely it runs on into the next one, in log-odds; 0 where it ends with a full stop."""
    found = []
    for i, line in enumerate(lines):
        ended = i + 1 == len(lines) or line.rule or signs.FULL_STOP.search(line.text[-TAIL:])
        left = line.text[-40:]
        if i and line.gap == 0 and len(left) < 8 and not signs.FULL_STOP.search(lines[i - 1].text[-TAIL:]):
            # The rest of a cut line says little by itself.
            left = lines[i - 1].text[-40:] + left
        found.append(0.0 if ended else continues(left, lines[i + 1].text[:40]))
    return found


def full_width(lines: Sequence[Line], onward: Sequence[float]) -> int:
    """The length of a full line where the page is hard-wrapped; 0 where it is not.

    A page is hard-wrapped where one line in twelve surely runs on into the next one.
    """
    sure = _sure(lines, onward)
    if len(sure) < max(4, len(lines) * 0.08):
        return 0
    return sure[int(len(sure) * 0.85)]


def _sure(lines: Sequence[Line], onward: Sequence[float]) -> list[int]:
    """The lengths of the short lines that surely run on into the line right below, ascending."""
    return sorted(
        n
        for i, (n, runs_on) in enumerate(zip((line.end - line.start for line in lines), onward, strict=True))
        if runs_on > 2.5 and n <= 60 and lines[i + 1].gap == 0
    )


def narrowest_of(lines: Sequence[Line], onward: Sequence[float], width: int) -> int:
    """The length under which an unfinished line was not cut by the page's width; 0 where nothing is wrapped."""
    sure = _sure(lines, onward)
    return max(int(width * 0.6), sure[len(sure) // 20] - 1) if width else 0


def glued_of(lines: Sequence[Line], onward: Sequence[float]) -> list[str]:
    """Each line's text with what stands between it and the one before: a space, or nothing inside a word."""
    found = [lines[0].text[:WINDOW]] if lines else []
    for i in range(1, len(lines)):
        left, right = lines[i - 1], lines[i]
        joined = onward[i - 1] and right.gap == 0 and spaced(left.text[-12:], right.text[:12]) <= 0
        found.append(("" if joined else " ") + right.text[:WINDOW])
    return found


def cuts_paragraphs(lines: Sequence[Line], unfinished: Sequence[bool]) -> bool:
    """Whether the page's long paragraphs are cut at column ends: more than one in twenty ends unfinished."""
    long = [cut for line, cut in zip(lines, unfinished, strict=True) if line.end - line.start > 80]
    return sum(long) > len(long) * 0.05


def cut_of(lines: Sequence[Line], i: int, onward: float, width: int, narrowest: int) -> float:
    """How likely an unfinished line was cut and goes on: in the next line, or after what stands between."""
    text = lines[i].text
    n = len(text)
    runs_on = onward
    if n > 40:
        later = (continues(text[-40:], lines[k].text[:40]) - 1 for k in range(i + 2, min(i + 6, len(lines))))
        runs_on = max(runs_on, *later, -5.0)
    if width:
        runs_on += 1.8 if narrowest <= n <= width * 1.3 else -3.0
    else:
        runs_on += 1.0 if n > 100 else 0.0 if n > 50 else -1.5
    if _PLAIN_END.search(text[:HEAD]):
        # A sentence that ends inside the line was followed by another one: no headline does that.
        runs_on += 3.0
    if hangs(text):
        runs_on += 3.5
    return probability(runs_on)


def hangs(text: str) -> bool:
    """Whether a line breaks off inside a quotation, or at a particle that no headline ends with."""
    hanging = signs.HANGING.search(text[-TAIL:])
    return _open_quote(text) or (hanging is not None and (len(text) > 11 or text[-1] in "'\"‘“("))


def _open_quote(text: str) -> bool:
    """Whether a quotation that begins in `text` does not end in it."""
    pairs = (("“", "”"), ("‘", "’"), ("(", ")"))
    return text.count('"') % 2 == 1 or any(text.rfind(a) > text.rfind(b) for a, b in pairs)
