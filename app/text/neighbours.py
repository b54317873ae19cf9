"""What a line shows beside its neighbours: what came before, what follows, and how alike the two are."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's lines as they stand to one another."""

    lines: Sequence[Line]
    onward: Sequence[float]
    """How surely each line runs on into the next, in log-odds."""
    unfinished: Sequence[bool]
    """Whether each line ends in the middle of something."""
    glued: Sequence[str]
    width: int
    """The length of a full line where the page is hard-wrapped; 0 where it is not."""
    narrowest: int
    """The length under which an unfinished line was not cut by the page's width."""
    whole: bool
    """Whether paragraphs come whole, neither hard-wrapped nor cut at a column's end."""

    def apart(self, i: int) -> bool:
        """Whether blank lines stand on both sides of a line."""
        return self.lines[i].gap > 0 and (i + 1 == len(self.lines) or self.lines[i + 1].gap > 0)


def add_neighbours(
    lines: Sequence[Line],
    found: list[Traits],
    onward: Sequence[float],
    width: int,
    glued: Sequence[str],
) -> None:
    """Traits that need the page: what follows a line, what came before, and how alike the two are."""
    unfinished = [not t.keys() & _FINISHED and "rule" not in t for t in found]
    if width:
        _captions(lines, found, onward)
    whole = not width and not cuts_paragraphs(lines, unfinished)
    page = _Page(lines, onward, unfinished, glued, width, narrowest_of(lines, onward, width), whole)
    head_marks = _head_marks(lines, found)
    for i, t in enumerate(found):
        if "rule" in t:
            continue
        if "marker" in t and lines[i].text[0] in head_marks:
            t["head mark"] = 1.0
        if i + 1 < len(lines) and lines[i + 1].gap == 0 and "credit line" in found[i + 1]:
            t["above a credit"] = 1.0
        if lines[i].gap > 1:
            t["far below"] = 1.0
        _after(page, i, t)
        _says(page, i, t)
        opens = i == 0 or bool(found[i - 1].keys() & {"byline", "author", "label"})
        _short_sentence(page, i, t, opens=opens)
        if unfinished[i]:
            _goes_on(page, i, t)
        _topic(page, i, t)


def _after(page: _Page, i: int, t: Traits) -> None:
    """What the line before says of this one."""
    if not i:
        return
    line, before = page.lines[i], page.lines[i - 1]
    if page.unfinished[i - 1]:
        if page.width and line.gap == 0:
            # The rest of a cut line is short for no reason of its own.
            t.pop("tiny", None)
            t.pop("under 14", None)
        # Where paragraphs come whole, a line that stands apart runs on into nothing.
        t["runs on"] = max(-5.0, min(5.0, page.onward[i - 1] - (2.0 if page.whole and line.gap else 0.0)))
    elif page.width:
        full = before.end - before.start >= max(page.narrowest, page.width * 0.85)
        t["after a full line" if full else "after a short line"] = 1.0


def _says(page: _Page, i: int, t: Traits) -> None:
    """Whether a line ends a sentence, and whether it fills the page's width."""
    text = page.lines[i].text
    call = (
        "exclaims" in t and not t.keys() & {"polite", "ad words"} and signs.VERBAL_CALL.search(text[-TAIL:])
    )
    if "sentence" in t or "closing" in t or call:
        t["said"] = 1.0
    if page.width and len(text) >= max(page.narrowest, page.width * 0.8):
        t["full"] = 1.0


def _short_sentence(page: _Page, i: int, t: Traits, *, opens: bool) -> None:
    """A short finished sentence by itself, as some headlines are."""
    text = page.lines[i].text
    n = len(text)
    if (
        (page.apart(i) or (opens and n <= 20))
        and n <= 28
        and not page.unfinished[i]
        and ("sentence" in t or "exclaims" in t)
        and not signs.DIALOGUE.match(text)
        and not signs.QUOTED_SENTENCE.search(text)
    ):
        t["short sentence alone"] = 1.0


def _goes_on(page: _Page, i: int, t: Traits) -> None:
    """How likely an unfinished line was cut, or stands for itself."""
    text = page.lines[i].text
    n = len(text)
    apart = page.apart(i)
    less = 2.0 if page.whole and n <= 60 and not hangs(text) else 0.0
    t["cut"] = cut_of(page.lines, i, page.onward[i] - less, 0 if apart else page.width, page.narrowest)
    t["loose"] = 1 - t["cut"]
    t["alone"] = 1.0 if apart and n <= 70 else 0.0
    after_end = i == 0 or not page.unfinished[i - 1] or page.lines[i].gap > 0
    heads = after_end and n <= 70 and t["cut"] < 0.5 and t.get("wording", 0.0) > -5
    t["stands out"] = 1.0 if page.whole and heads else 0.0


def _topic(page: _Page, i: int, t: Traits) -> None:
    """How much of a line's words stands around it, and how much the text from it on sounds like a lead."""
    text = page.lines[i].text
    n = len(text)
    if n <= 120 and "sentence" not in t and t.get("wording", 0.0) > -4:
        t["echo"] = _echo(text, "".join(page.glued[i + 1 : i + 24])[:WINDOW]) - 0.35
        t["echo before"] = _echo(text, "".join(page.glued[max(0, i - 23) : i])[-WINDOW:]) - 0.35
    if n > 14:
        paragraph = text if n > 60 else "".join(page.glued[i : i + 6])[:300].strip()
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
