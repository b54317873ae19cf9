"""Whether each number, date and name of a line stands where its article has it, and not another's in its place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from app.summary.grounding.clauses import aside_of, particle
from app.text.facts import Fact
from app.text.facts.dates import GROUPS, small
from app.text.facts.latin import KOREAN
from app.text.facts.lexicon import OPPOSITES, POINTING
from app.text.facts.names import HANJA, one_name, surname
from app.text.facts.quantities import quantities
from app.text.facts.quotations import squeeze
from app.text.facts.tails import base
from app.text.facts.units import NAMES as UNITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain import Token
    from app.summary.grounding.source import Ground
    from app.text.facts.reading import Reading


class Slot(NamedTuple):
    """A fact in its place: what it is, its value, the words on either side of it, nearest first, and its role."""

    kind: str
    value: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    role: str
    at: int


# How alike two places must be before one fact in the other's place is a lie. Numbers and dates that the evidence does
# not have are rarely brought in from elsewhere; names often are (a subject carried in), so they need more.
_FOREIGN = {"number": 2, "date": 1, "name": 3, "negation": 3}
_MARGIN = 3


def misplaced(line: Reading, sources: Sequence[Reading]) -> Iterator[Fact]:
    """Facts of `line` that stand where the sentences behind it have another of their kind."""
    theirs = [slot for reading in sources for slot in reading.once(slots)]
    mine = line.once(slots)
    have, had = (Counter((s.kind, s.value) for s in group) for group in (mine, theirs))
    for slot in mine:
        same = max((_fit(slot, other) for other in theirs if _alike(slot, other)), default=-1)
        if same < 0 and slot.kind == "name" and _written(slot.value, sources):
            continue  # the same letters, analysed otherwise
        if slot.kind == "name" and _carried_in(line, slot, sources):
            continue
        rivals = [o for o in theirs if o.kind == slot.kind and not _alike(slot, o)]
        if slot.kind == "name":
            rivals = [o for o in rivals if len(o.value) > 1]  # a surname says too little of its place
        if not rivals:
            continue
        rival = max(rivals, key=lambda o: _fit(slot, o))
        other, gone = _fit(slot, rival), have[rival.kind, rival.value] < had[rival.kind, rival.value]
        kind = slot.kind.split(" ")[0]
        twice = have[slot.kind, slot.value] > had[slot.kind, slot.value]
        # Where the rival was only left out, what remains closes up: its place says nothing unless its role says so too.
        moved = twice or not gone or slot.role == rival.role != ""
        if (same < 0 and gone and other >= _FOREIGN[kind]) or (
            same >= 0 and moved and other >= same + _MARGIN - twice
        ):
            token = line.tokens[slot.at]
            yield Fact(kind, slot.value, token.start, token.end)


def _carried_in(line: Reading, slot: Slot, sources: Sequence[Reading]) -> bool:
    """Whether a line begins with the whole name of whom its source only points to: 온나루시는 for 시는."""
    first = line.words[0]
    return first.first <= slot.at < first.first + len(first.parts) and any(
        w.stem in POINTING and w.role in {"topic", "subject"} and first.stem.endswith(w.stem)
        for r in sources
        for w in r.words[:1]
    )


def _written(name: str, sources: Sequence[Reading]) -> bool:
    """Whether a name stands in the sources after all: analysed otherwise there, or in Korean (AI, 인공지능)."""
    text = squeeze("".join(r.text for r in sources))
    cut = (
        [name[:-1]] if len(name) > _SHORT and name[-1] in "의은는이가을를도" else []
    )  # 에어(A:IR)의 → 에어의
    forms = [name, *cut, *KOREAN.get(name.casefold(), ()), *HANJA.get(name, ())]
    return any(squeeze(form) in text for form in forms)


_RUN = 5
_SHORT = 2


def replaced(line: Reading, sources: Sequence[Reading], source: Ground) -> Iterator[Fact]:
    """Names, and nouns that the article does not have, between two words that have other nouns between them there."""
    known = frozenset().union(*(r.forms for r in sources)) if sources else frozenset()
    edged = [("", -1), *line.contents, ("", -1)]
    at = 1
    while at < len(edged) - 1:
        end = at
        while end < len(edged) - 1 and edged[end][0] not in known and _nominal(line, edged[end][1]):
            end += 1
            if end < len(edged) - 1 and _parted(line, edged[end - 1][1], edged[end][1]):
                break
        if end == at:
            at += 1
            continue
        run = [n for _, n in edged[at:end]]
        said = line.text[line.tokens[run[0]].start : line.tokens[run[-1]].end]
        if _written(said, sources) or said in UNITS or any(line.tokens[n].form in GROUPS for n in run):
            at = end
            continue  # the same letters, analysed otherwise
        there = _between(edged[at - 1][0], edged[end][0], sources)
        carried_in = _role(line, run[-1]) in {"topic", "subject"}
        if there is not None and not (carried_in and there.aside) and _instead(line, run, there, source):
            yield Fact(
                "name",
                line.text[line.tokens[run[0]].start : line.tokens[run[-1]].end],
                line.tokens[run[0]].start,
                line.tokens[run[-1]].end,
            )
        at = end


def _parted(line: Reading, one: int, other: int) -> bool:
    """Whether a mark stands between two tokens."""
    return any(base(t) == "SP" for t in line.tokens[one + 1 : other])


def _nominal(reading: Reading, n: int) -> bool:
    return base(reading.tokens[n]) in {"NNP", "NNG", "SL", "SH", "XR"}


class _There(NamedTuple):
    """The nouns that sources have in a place, and whether a clause goes on behind them whoever its subject is: 이외에도."""

    tokens: list[Token]
    aside: bool
    reading: Reading
    points: bool
    """Whether they begin with one that only points and acts: 시는 올해."""
    marks: frozenset[str]
    """The tag of the mark behind them: in a row of nouns none is a predicate."""


def _role(reading: Reading, n: int) -> str:
    return next((w.role for w in reading.words if w.first <= n < w.first + len(w.parts)), "")


def _between(left: str, right: str, sources: Sequence[Reading]) -> _There | None:
    """The nouns that stand between two words somewhere in the sources, nothing else among them."""
    for reading in sources:
        edged = [("", -1), *reading.contents, ("", -1)]
        for at, (form, _) in enumerate(edged):
            if form != left:
                continue
            for end in range(at + 2, min(at + _RUN, len(edged))):
                if edged[end][0] == right and all(_nominal(reading, n) for _, n in edged[at + 1 : end]):
                    tokens = [reading.tokens[n] for _, n in edged[at + 1 : end]]
                    last = edged[end - 1][1]
                    marks = frozenset({base(t) for t in reading.tokens[last + 1 : last + 2]} & {"SP"})
                    first = edged[at + 1][1]
                    points = tokens[0].form in POINTING and _role(reading, first) in {"topic", "subject"}
                    return _There(tokens, _role(reading, last) == "at", reading, points, marks)
    return None


def _instead(line: Reading, run: list[int], place: _There, source: Ground) -> bool:
    """Whether nouns of the line stand for others of the evidence that they do not name."""
    there = place.tokens
    mine = "".join(line.tokens[n].form for n in run)
    theirs = "".join(t.form for t in there if t.form not in GROUPS)  # 시는 올해
    following = base(line.tokens[run[-1] + 1]) if run[-1] + 1 < len(line.tokens) else "SF"
    if following in {"XSV", "XSA", "SF", "SE", "SP"} - place.marks and base(line.tokens[run[-1]]) == "NNG":
        return False  # a predicate in other words: 불참 for 참여하지 않는다
    if any(surname(line.tokens[n].form, t.form) for n in run for t in there):
        return False  # 김 의장, 김범수 의장
    if (
        any(t.form in POINTING for t in there)
        or one_name(mine, theirs)
        or all(_still(line, t, place) for t in there)
    ):
        return False
    if any(line.tokens[n].form not in source.squeezed for n in run):
        return True
    named = any(base(line.tokens[n]) in {"NNP", "SL", "SH"} for n in run)
    return named or any(base(t) in {"NNP", "SL", "SH"} for t in there)


def _still(line: Reading, token: Token, place: _There) -> bool:
    """Whether a line has a noun as often as the sentence that it was replaced in."""
    have, had = ([form for form, _ in r.contents].count(token.form) for r in (line, place.reading))
    return have >= had > 0


def slots(reading: Reading) -> list[Slot]:
    """The numbers, dates, names and turning words of a sentence, each with its neighbours."""
    found = []
    roles = {n: particle(reading, w) for w in reading.words for n in range(w.first, w.first + len(w.parts))}
    numbers = {q.start: q for q in quantities(reading.text)}
    spans = [(q.start, q.end) for q in numbers.values()]
    aside = aside_of(reading)
    for k, (form, n) in enumerate(reading.contents):
        # What stands in parentheses is no neighbour of what stands outside: lines drop it.
        contents = [c for c in reading.contents if c[1] == n or (c[1] in aside) == (n in aside)]
        k = contents.index((form, n))  # noqa: PLW2901 - the place among its own kind of neighbours
        token = reading.tokens[n]
        if token.start in numbers:
            number = numbers[token.start]
            kind = ("date " if number.unit in {"년", "월", "일", "시"} else "number ") + number.unit
            value, end = number.value + number.bound, number.end
            if number.unit == "시" and (hour := small(number)) is not None:
                value = str(hour % 12)  # 21시 is 오후 9시; the half of the day is a slot of its own
        elif any(a < token.start < b for a, b in spans):
            continue
        else:
            kind, value, end = _kind(form, base(token)), form, token.end
        if not kind:
            continue
        left = tuple(f for f, _ in reversed(contents[max(0, k - 3) : k]))
        right = tuple(f for f, m in contents[k + 1 : k + 7] if reading.tokens[m].start >= end)[:3]
        found.append(Slot(kind, value, left, right, roles.get(n, ""), n))
    return found


def _kind(form: str, tag: str) -> str:
    if tag in {"NNP", "SL", "SH"}:
        return "name"
    if form in GROUPS:
        return "date " + GROUPS[form]
    if form in OPPOSITES:
        return "negation " + min(form, *OPPOSITES[form])
    return ""


def _alike(slot: Slot, other: Slot) -> bool:
    return slot.kind == other.kind and (
        slot.value == other.value
        or (slot.kind == "name" and (one_name(slot.value, other.value) or surname(slot.value, other.value)))
    )


def _fit(slot: Slot, other: Slot) -> int:
    """How alike the neighbours of two slots are: the nearest count most."""
    fit = int(bool(slot.role) and slot.role == other.role)
    for mine, theirs in ((slot.left, other.left), (slot.right, other.right)):
        if mine and theirs:
            fit += 2 * (mine[0] == theirs[0])
            fit += len(set(mine[1:]) & set(theirs)) + (mine[0] != theirs[0] and mine[0] in theirs)
        fit += not mine and not theirs
    return fit
