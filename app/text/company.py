"""What a line that may head something has for company: whether the topic goes on past it, and what else heads the page.

An inner subhead stands between two halves of one story, which share their rare words; the headline of a brief stands
in a row of its like, each over a sentence or two, often with the same mark and under the name of a column of briefs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from app.text import signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.lines import Line
    from app.text.shows import Traits

_STEM = re.compile(r"(?<![가-힣])[가-힣]{2}|[A-Za-z]{2,}|[一-龥]{2}")
# How much of the page on each side of a line tells its topic, in characters and in lines.
REACH, LINES = 420, 24
LONGEST = 60
# A brief is a sentence or two.
BRIEF = 230
# How far the name of a column of briefs reaches.
COLUMN = 1500
FEWEST = 3
# How far the word that says what follows is an advertisement reaches; a headline below it tells itself by other traits.
AD = 500
# Of the pages' own inner subheads most are above, of their headlines most below.
AKIN = 0.28
_SIGNED = frozenset({"byline", "author", "closing"})


def accompany(lines: Sequence[Line], found: Sequence[Traits], glued: Sequence[str]) -> None:
    """Add to every line that may head something what its company says."""
    may = [
        i
        for i, (line, t) in enumerate(zip(lines, found, strict=True))
        if t.get("loose", 0.0) > 0.5 and line.end - line.start <= LONGEST  # noqa: PLR2004
    ]
    _kin(may, found, glued)
    _row(lines, may, found)
    _marks(lines, may, found)
    _column(lines, found)
    _voice(may, found)
    _ended(found)
    _advertised(lines, found)


def _kin(may: Sequence[int], found: Sequence[Traits], glued: Sequence[str]) -> None:
    """How many of the page's rarer words stand on both sides of a line."""
    stems = [set(_STEM.findall(text)) for text in glued]
    on = Counter(stem for each in stems for stem in each)
    rare = {stem: math.log(1 + len(glued) / n) for stem, n in on.items()}
    for i in may:
        before = _within(stems, glued, range(i - 1, max(-1, i - LINES), -1))
        after = _within(stems, glued, range(i + 1, min(len(glued), i + LINES)))
        both = before & after
        least = min(math.fsum(map(rare.__getitem__, before)), math.fsum(map(rare.__getitem__, after)))
        if least:
            found[i]["kin"] = min(1.0, 4 * math.fsum(map(rare.__getitem__, both)) / least)
            found[i]["no kin"] = 1.0 if not both else 0.0
            found[i]["akin"] = 1.0 if found[i]["kin"] > AKIN else 0.0


def _within(stems: Sequence[set[str]], glued: Sequence[str], at: range) -> set[str]:
    """The words of the lines `at`, as far as the topic reaches."""
    words: set[str] = set()
    left = REACH
    for k in at:
        words |= stems[k]
        left -= len(glued[k])
        if left < 0:
            break
    return words


def _row(lines: Sequence[Line], may: Sequence[int], found: Sequence[Traits]) -> None:
    """Which of them stand in a row, each over a sentence or two; lines right under each other stand together."""
    runs: list[list[int]] = []
    for i in may:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    over = [
        lines[b[0]].start - lines[a[0]].start < BRIEF and any("said" in t for t in found[a[-1] + 1 : b[0]])
        for a, b in pairwise(runs)
    ]
    for k, run in enumerate(runs):
        share = sum(over[max(0, k - 2) : k + 2]) / 4
        for i in run:
            if share:
                found[i]["in a row"] = share
            if k < len(over) and over[k]:
                found[i]["over a brief"] = 1.0
            if k and over[k - 1]:
                found[i]["under a brief"] = 1.0


def _marks(lines: Sequence[Line], may: Sequence[int], found: Sequence[Traits]) -> None:
    """Which of them carry a mark that others carry too, each over something said."""
    marked: dict[str, list[int]] = {}
    for i in may:
        mark = _mark(lines[i], found[i])
        if mark and i + 1 < len(lines) and _mark(lines[i + 1], found[i + 1]) != mark:
            marked.setdefault(mark, []).append(i)
    for each in marked.values():
        if len(each) < FEWEST:
            continue
        signed = sum(any(_SIGNED & found[k].keys() for k in range(i, j)) for i, j in pairwise(each))
        for i in each:
            found[i]["same mark"] = 1.0
            found[i]["same mark, signed"] = signed / (len(each) - 1)


def _mark(line: Line, t: Traits) -> str:
    if "marker" in t:
        return line.text[0]
    return "*" if line.bold else "#" * line.level


def _column(lines: Sequence[Line], found: Sequence[Traits]) -> None:
    """Which lines stand under the name of a column of briefs."""
    left = 0
    for line, t in zip(lines, found, strict=True):
        if t.keys() & {"label", "corner", "section"} or (line.end - line.start <= 12 and "cut" in t):  # noqa: PLR2004
            if signs.BRIEFS.search(line.text):
                left = COLUMN
                continue
            left = 0 if "label" in t else left
        left -= line.end - line.start
        if "byline" in t:
            left = 0
        if left > 0 and "loose" in t:
            t["in briefs"] = 1.0


def _voice(may: Sequence[int], found: Sequence[Traits]) -> None:
    """Whether what stands under a line speaks politely and what stands over it does not, or the other way round."""
    voices = [(i, float("polite" in t)) for i, t in enumerate(found) if t.keys() & {"polite", "plain -다."}]
    if not any(polite for _, polite in voices):
        return
    at = 0
    for i in may:
        while at < len(voices) and voices[at][0] <= i:
            at += 1
        before = [polite for _, polite in voices[max(0, at - 2) : at]]
        after = [polite for _, polite in voices[at : at + 2]]
        if before and after:
            found[i]["voice shifts"] = abs(sum(before) / len(before) - sum(after) / len(after))


def _ended(found: Sequence[Traits]) -> None:
    """Which lines stand under a note that the article before goes on elsewhere."""
    ended = False
    for t in found:
        if "jump" in t and "jump from" not in t:
            ended = True
        elif ended and "loose" in t:
            t["gone elsewhere"] = 1.0
        elif ended and "said" in t and not t.keys() & {"credit", "reporter credit", "weak credit"}:
            ended = False


def _advertised(lines: Sequence[Line], found: Sequence[Traits]) -> None:
    """Which line says that what follows is an advertisement, and how near under it the next ones stand."""
    left = 0
    for line, t in zip(lines, found, strict=True):
        if signs.AD_LABEL.fullmatch(line.text):
            t["ad label"] = 1.0
            left = AD
            continue
        if t.keys() & {"byline", "label", "issue", "page number"}:
            left = 0
        if left > 0:
            t["under an ad label"] = left / AD
        left -= line.end - line.start
