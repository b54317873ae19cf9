"""What a line shows beside its neighbours: what came before, what follows, and how alike the two are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text import signs
from app.text.cuts import HEAD, TAIL, WINDOW, cut_of, cuts_paragraphs, hangs, narrowest_of
from app.text.leads import leadlike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.lines import Line
    from app.text.shows import Traits

_FINISHED = frozenset({"sentence", "stop", "exclaims", "closing", "credit", "reporter credit", "byline"})
# Leads were one in four of the sentences that the model was trained on; evidence has no such prior.
ODDS_OF_LEADS = 1.1
_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,}")
_FIRST_END = re.compile(r"(?:[다요까죠]\.|[?!])")


def add_neighbours(
    lines: Sequence[Line],
    found: list[Traits],
    onward: Sequence[float],
    width: int,
    glued: Sequence[str],
) -> None:
    """Traits that need the page: what follows a line, what came before, and how alike the two are."""
    unfinished = [not t.keys() & _FINISHED and "rule" not in t for t in found]
    narrowest = narrowest_of(lines, onward, width)
    if width:
        _captions(lines, found, onward)
    whole = not width and not cuts_paragraphs(lines, unfinished)
    head_marks = _head_marks(lines, found)
    for i, (line, t) in enumerate(zip(lines, found, strict=True)):
        if "rule" in t:
            continue
        if width and i and unfinished[i - 1] and line.gap == 0:
            # The rest of a cut line is short for no reason of its own.
            t.pop("tiny", None)
            t.pop("under 14", None)
        if "marker" in t and line.text[0] in head_marks:
            t["head mark"] = 1.0
        if i + 1 < len(lines) and lines[i + 1].gap == 0 and "credit line" in found[i + 1]:
            t["above a credit"] = 1.0
        text = line.text
        n = len(text)
        call = (
            "exclaims" in t
            and not t.keys() & {"polite", "ad words"}
            and signs.VERBAL_CALL.search(text[-TAIL:])
        )
        if "sentence" in t or "closing" in t or call:
            t["said"] = 1.0
        if width and n >= max(narrowest, width * 0.8):
            t["full"] = 1.0
        apart = line.gap > 0 and (i + 1 == len(lines) or lines[i + 1].gap > 0)
        opens = i == 0 or bool(found[i - 1].keys() & {"byline", "author", "label"})
        if (
            (apart or (opens and n <= 20))
            and n <= 28
            and not unfinished[i]
            and ("sentence" in t or "exclaims" in t)
            and not signs.DIALOGUE.match(text)
            and not signs.QUOTED_SENTENCE.search(text)
        ):
            t["short sentence alone"] = 1.0
        if unfinished[i]:
            t["cut"] = cut_of(
                lines,
                i,
                onward[i] - (2.0 if whole and n <= 60 and not hangs(text) else 0.0),
                0 if apart else width,
                narrowest,
            )
            t["loose"] = 1 - t["cut"]
            t["alone"] = 1.0 if apart and n <= 70 else 0.0
            after_end = i == 0 or not unfinished[i - 1] or line.gap > 0
            t["stands out"] = (
                1.0
                if whole and after_end and n <= 70 and t["cut"] < 0.5 and t.get("wording", 0.0) > -5
                else 0.0
            )
        if i and width and not unfinished[i - 1]:
            before = lines[i - 1].end - lines[i - 1].start
            t["after a full line" if before >= max(narrowest, width * 0.85) else "after a short line"] = 1.0
        if line.gap > 1:
            t["far below"] = 1.0
        if i and unfinished[i - 1]:
            # Where paragraphs come whole, a line that stands apart runs on into nothing.
            t["runs on"] = max(-5.0, min(5.0, onward[i - 1] - (2.0 if whole and line.gap else 0.0)))
        if n <= 120 and "sentence" not in t and t.get("wording", 0.0) > -4:
            t["echo"] = _echo(text, "".join(glued[i + 1 : i + 24])[:WINDOW]) - 0.35
            t["echo before"] = _echo(text, "".join(glued[max(0, i - 23) : i])[-WINDOW:]) - 0.35
        if n > 14:
            paragraph = text if n > 60 else "".join(glued[i : i + 6])[:300].strip()
            end = _FIRST_END.search(paragraph, 20)
            upto = paragraph[: end.end()] if end else paragraph[:HEAD]
            t["lead"] = max(-3.0, min(3.0, leadlike(paragraph, upto) + ODDS_OF_LEADS))


def _captions(lines: Sequence[Line], found: list[Traits], onward: Sequence[float]) -> None:
    """On a hard-wrapped page a caption's credit is on its last line; all its lines are told by it."""
    start = 0
    for i, last in enumerate(found):
        if i and (lines[i].gap or onward[i - 1] <= 0):
            start = i
        if start < i < start + 9 and not last.keys() & {"byline", "author"} and last.keys() & _FINISHED:
            text = "".join(line.text for line in lines[start : i + 1])[-TAIL:]
            below = found[i + 1] if i + 1 < len(lines) and lines[i + 1].gap == 0 else {}
            if "weak credit" in below and len(lines[i + 1].text) <= 16 and signs.PROGRESSIVE.search(text):
                below["of a caption"] = 1.0
            credit = "credit" in last or "of a caption" in below or signs.CREDIT.search(text)
            if credit or (signs.PROGRESSIVE.search(text) and signs.CAPTION_WORDS.search(text)):
                for k in range(start, i + 1):
                    found[k]["of a caption"] = 1.0 if credit else 0.6


def _head_marks(lines: Sequence[Line], found: Sequence[Traits]) -> set[str]:
    """The marks (■, ▲…) that headlines carry on this page: those that follow a label, a byline or nothing."""
    marks = set()
    for i, (line, t) in enumerate(zip(lines, found, strict=True)):
        before = found[i - 1] if i else {"label": 1.0}
        opens = "notice label" not in before and before.keys() & {
            "label",
            "corner",
            "section",
            "byline",
            "author",
            "issue",
            "page number",
        }
        if (
            "marker" in t
            and opens
            and not t.keys() & {"sentence", "notice label", "label", "obituary", "posts"}
        ):
            marks.add(line.text[0])
    return marks


def _echo(line: str, after: str) -> float:
    """The share of a line's character pairs that the text after it has too."""
    pairs = {w[i : i + 2] for w in _WORD.findall(line) for i in range(len(w) - 1)}
    if not pairs:
        return 0.0
    return sum(1 for p in pairs if p in after) / len(pairs)
