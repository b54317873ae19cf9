"""The sentences of an article's body, each with its morphemes, from one Kiwi pass.

Kiwi proposes where sentences start; rules of the press correct it. Datelines and bylines that stand before a
paragraph's first word belong to no sentence.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from app.domain import Sentence, Token
from app.text.morphology import tokenize_with_cuts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_OPEN, _CLOSE = "(\\[<〈《「『【〔", ")\\]>〉》」』】〕"
# 옛 기사 붙여쓰기: no space after the full stop. `다.` before Hangul, a capital, a quotation or a list mark.
_GLUED = re.compile(r"(?<=[가-힣][다요죠까][.?!])(?=[가-힣A-Z“‘\"'\[<〈《「『■□◆◇▲△▶▷○●◎※])")
# A sentence's end, then only what opens the next one: `…했다.‘키움 펀드’ | 는 …`, `…했다. ◆ | 전망은`.
_TAIL = re.compile(
    r"(?<=[가-힣][다요죠까][.?!])[”’\"']?\s*(?P<tail>(?:[“‘\"'「『〈《][^“”‘’\"'「」『』〈〉《》]{1,40}[”’\"'」』〉》]\s*)+"
    r"|[■□◆◇▲△▶▷○●◎※━]+\s*)$"
)
# The same, where it already stands alone between two cuts.
_OPENER = re.compile(
    r"\s*(?:[“‘\"'「『〈《][^“”‘’\"'「」『』〈〉《》]{1,40}[”’\"'」』〉》]|[■□◆◇▲△▶▷○●◎※━])\s*"
)
# `…고 말했다` and its kin after a closing quotation mark: the quotation was inside this sentence.
_QUOTED = re.compile(
    r"[”\"]\s?(?:이?라고|고|이?라며|며|이?라면서|면서|이?라는|는|이?라던|[을를이가은])(?![가-힣]{6})"
)
_DATELINE = re.compile(
    rf"\s*(?:[{_OPEN}](?:[^{_OPEN}{_CLOSE}\n]{{0,24}}(?:=|기자|특파원|통신원)[^{_OPEN}{_CLOSE}\n]{{0,24}}"
    rf"|[가-힣]{{2,5}})[{_CLOSE}]\s*)?"
    r"(?:(?:[가-힣]{2,4}(?:[·,]\s?|\s)){1,4}(?:인턴\s?|선임|수습)?(?:기자|특파원|통신원|논설위원)\s*=\s*)?"
)
# No sentence is longer: what comes after reads a sentence's words against each other, and a page without a full stop
# must not take minutes. Of 85,017 stretches up to a `다.` in the press, 32 are longer: lists and tables.
LONGEST = 1000
# Characters between the marks of a name, and of a quotation or a bracket; in the press 1 in 1,000 is longer.
_NAME, _SPEECH = 100, 500
_REACH = 6  # A quotation of more sentences than this stands as sentences of its own.


def sentences(body: str) -> tuple[Sentence, ...]:
    """The sentences of `body`, in order; paragraphs are its lines, and no sentence crosses one."""
    found: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(body.split("\n")):
        if paragraph and not paragraph.isspace():
            tokens, proposed = tokenize_with_cuts(paragraph)
            if tokens:
                cuts = _cuts(paragraph, tokens, proposed)
                # A particle belongs to the word before it: `‘글자를 품은 그림’ | 의 저자` is one sentence.
                particles = {t.start for t in tokens if t.tag.startswith("J")}
                cuts = cuts[:1] + [at for at in cuts[1:] if at not in particles]
                cuts = _bounded(paragraph, tokens, cuts)
                found.extend(
                    Sentence(paragraph[lo:hi], at + lo, at + hi, number, part)
                    for lo, hi, part in _parts(tokens, cuts)
                )
        at += len(paragraph) + 1
    return tuple(found)


def _cuts(line: str, tokens: Sequence[Token], proposed: Iterable[int]) -> list[int]:
    """Where the sentences of `line` start, the first one's start included."""
    cuts = set(proposed)
    glued = {m.start() for m in _GLUED.finditer(line)}
    if glued - cuts:
        depths = _depths(line)
        inside = {lo for t in tokens if t.end - t.start > 1 for lo in range(t.start + 1, t.end)}
        cuts |= {at for at in glued if not depths[at] and at not in inside}
    dateline = _DATELINE.match(line)
    first = dateline.end() if dateline and dateline.end() < len(line) else 0
    ordered = [first, *sorted(at for at in cuts if at > first)]
    return _unquoted(line, _untailed(line, ordered))


def _bounded(line: str, tokens: Sequence[Token], cuts: list[int]) -> list[int]:
    """The cuts, and more of them where a sentence would be too long: at a space if there is one, else at a morpheme."""
    if len(line) <= LONGEST:
        return cuts
    kept = cuts[:1]
    after = sorted({*cuts[1:], len(line)})
    starts = iter([t.start for t in tokens if t.start > kept[0]])
    start = next(starts, len(line))
    for end in after:
        while end - kept[-1] > LONGEST:
            spaced = last = 0
            while start < end and start - kept[-1] <= LONGEST:
                last = start
                spaced = start if line[start - 1].isspace() else spaced
                start = next(starts, len(line))
            at = spaced or last
            if not at:  # one morpheme is longer than a sentence may be
                at, start = start, next(starts, len(line))
            if at >= end:
                break
            kept.append(at)
        if end < len(line):
            kept.append(end)
    return kept


def _untailed(line: str, cuts: list[int]) -> list[int]:
    """The cuts, each moved before a quoted name or a list mark that opens its sentence."""
    moved = cuts[:1]
    for at in cuts[1:]:
        before = line[moved[-1] : at]
        if _OPENER.fullmatch(before):
            continue
        tail = _TAIL.search(before.rstrip())
        moved.append(moved[-1] + tail.start("tail") if tail else at)
    return moved


def _unquoted(line: str, cuts: list[int]) -> list[int]:
    """The cuts without those inside a quotation that its sentence goes on after."""
    kept: list[int] = []
    n = 0
    bounds = [*cuts, len(line)]
    while n < len(cuts):
        kept.append(cuts[n])
        n += 1
        mark = _left_open(line[kept[-1] : bounds[n]])
        if mark is None:
            continue
        for ahead in range(n, min(n + _REACH, len(cuts))):
            piece = line[bounds[ahead] : bounds[ahead + 1]]
            closing = piece.find(mark)
            if closing >= 0:
                if _QUOTED.match(piece, closing):
                    n = ahead + 1
                break
    return kept


def _left_open(text: str) -> str | None:
    """The mark that would close the quotation that `text` leaves open."""
    if text.rfind("“") > text.rfind("”"):
        return "”"
    return '"' if text.count('"') % 2 else None


def _depths(line: str) -> list[int]:
    """How many brackets and quotations are open before each character of `line`.

    One that is closed far behind, or never, was closed by another mark (‘새 이름', and sentences after): it holds nothing.
    """
    opened: list[int] = []
    steps = [0] * (len(line) + 1)
    quoted = None
    for at, char in enumerate(line):
        if char in "([「『〈《【〔“‘":
            opened.append(at)
        elif char in ")]」』〉》】〕”’" and opened:
            first = opened.pop()
            if at - first <= (_NAME if line[first] == "‘" else _SPEECH):
                steps[first + 1] += 1
                steps[at + 1] -= 1
        elif char == '"':
            if quoted is not None and at - quoted <= _SPEECH:
                steps[quoted + 1] += 1
                steps[at + 1] -= 1
            quoted = at if quoted is None else None
    return list(itertools.accumulate(steps))[: len(line)]


def _parts(tokens: Sequence[Token], cuts: Sequence[int]) -> Iterable[tuple[int, int, tuple[Token, ...]]]:
    """Start, end and morphemes of each sentence; a morpheme that straddles a cut stays with the earlier one."""
    n = 0
    while n < len(tokens) and tokens[n].start < cuts[0]:
        n += 1
    for until in [*cuts[1:], None]:
        first = n
        while n < len(tokens) and (until is None or tokens[n].start < until):
            n += 1
        if n > first:
            part = tokens[first:n]
            lo, hi = part[0].start, max(t.end for t in part)
            yield lo, hi, tuple(Token(t.form, t.tag, t.start - lo, t.end - lo) for t in part)
