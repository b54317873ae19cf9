"""The best path through a page: which kind each line is, given what it shows and what may follow what.

A state is a kind and where in an article it stands. Viterbi's algorithm finds the path whose emissions
(`app.text.weights`) and transitions (here) add up highest; it runs twice, the second time knowing whether the
page signs its articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from app.domain import BlockKind
from app.text.weights import BASE, ENTER, KINDS, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.lines import Line
    from app.text.traits import Traits

SKIPPED: Final = (BlockKind.CAPTION, BlockKind.AD, BlockKind.NOTICE, BlockKind.TABLE, BlockKind.FURNITURE)


class State(NamedTuple):
    """A kind of block and the part of an article that it stands in or interrupts."""

    name: str
    kind: BlockKind


def _states() -> dict[str, State]:
    own = {
        "head": BlockKind.HEADLINE,
        "head+": BlockKind.HEADLINE,
        "sub": BlockKind.SUBHEAD,
        "by<": BlockKind.BYLINE,
        "lead": BlockKind.BODY,
        "body": BlockKind.BODY,
        "inner": BlockKind.SUBHEAD,
        "by": BlockKind.BYLINE,
    }
    found = {name: State(name, kind) for name, kind in own.items()}
    for kind in SKIPPED:
        for part in ("head", "open", "mid", "out"):
            found[f"{kind}@{part}"] = State(f"{kind}@{part}", kind)
    return found


STATES: Final = _states()


class Step(NamedTuple):
    """A transition: its cost, and the terms of the page that it takes on."""

    to: str
    cost: float
    terms: tuple[str, ...] = ()


# What may follow what. Terms are worked out for each pair of lines by `_terms`.
_FLOW: Final[dict[str, tuple[Step, ...]]] = {
    "start": (
        Step("head", 0.0),
        Step("body", -5.0, ("said", "continued", "wire")),
        Step("lead", -5.0, ("unsaid", "continued", "wire")),
        Step("by<", -9.0),
        Step("@out", 0.0),
    ),
    "head": (
        Step("head+", -1.8, ("apart",)),
        Step("sub", -0.6),
        Step("by<", -0.3),
        Step("body", 0.0, ("said", "lead", "anew", "wire", "unsigned head")),
        Step("lead", 0.0, ("unsaid", "lead", "anew", "wire", "unsigned head")),
        Step("@head", -0.8),
    ),
    "head+": (
        Step("head+", -2.5, ("apart",)),
        Step("sub", -0.6),
        Step("by<", -0.3),
        Step("body", 0.0, ("said", "lead", "anew", "wire", "unsigned head")),
        Step("lead", 0.0, ("unsaid", "lead", "anew", "wire", "unsigned head")),
        Step("@head", -0.8),
    ),
    "sub": (
        Step("sub", -0.9, ("far",)),
        Step("by<", -0.3),
        Step("body", 0.0, ("said", "lead", "anew", "wire", "unsigned head")),
        Step("lead", 0.0, ("unsaid", "lead", "anew", "wire", "unsigned head")),
        Step("@head", -0.8),
    ),
    "by<": (
        Step("by<", -0.7),
        Step("sub", -2.5),
        Step("body", 0.0, ("said", "lead", "wire")),
        Step("lead", 0.0, ("unsaid", "lead", "wire")),
        Step("@head", -0.8),
    ),
    "@head": (
        Step("@head", 0.0),
        Step("sub", -1.0),
        Step("by<", -0.8),
        Step("body", 0.0, ("said", "lead", "wire")),
        Step("lead", 0.0, ("unsaid", "lead", "wire")),
    ),
    # The first sentence is not finished yet: an article without one is none.
    "lead": (
        Step("lead", 0.0, ("unsaid", "flow", "not wire")),
        Step("body", 0.0, ("said", "flow", "not wire")),
        Step("@head", -2.0, ("midway",)),
    ),
    "body": (
        Step("body", 0.0, ("flow", "not lead", "not wire", "signed")),
        Step("inner", -3.2, ("broken", "signed")),
        Step("by", 0.0, ("broken by",)),
        Step("head", 0.0, ("broken", "unsigned", "end")),
        Step("@open", -1.2, ("midway",)),
        Step("@mid", -1.2, ("broken",)),
        Step("@out", -1.0, ("broken", "unsigned", "end")),
    ),
    "inner": (
        Step("inner", -2.5, ("apart",)),
        Step("body", 0.0, ("not lead", "not wire")),
        Step("@mid", -2.0),
    ),
    "@open": (
        Step("@open", 0.0),
        Step("body", 0.5, ("not wire",)),
    ),
    "@mid": (
        Step("@mid", 0.0),
        Step("body", 0.0, ("not lead", "not wire")),
        Step("inner", -3.2),
        Step("by", 0.0),
    ),
    "by": (
        Step("by", -0.7),
        Step("head", 0.0),
        Step("@out", -0.2),
        Step("body", -7.0, ("said", "wire")),
    ),
    "@out": (
        Step("@out", 0.0),
        Step("head", 0.0),
        Step("body", -6.0, ("said", "continued", "wire")),
        Step("lead", -6.0, ("unsaid", "continued", "wire")),
    ),
}
# A page may end anywhere but in the head of an article that has no body.
_ENDS: Final = {"body": 0.0, "by": 1.0, "mid": -1.0, "out": 0.5, "open": -4.0}


class Edge(NamedTuple):
    """A transition between two states, by their numbers."""

    source: int
    cost: float
    terms: tuple[str, ...]


_NAMES: Final = tuple(STATES)
_NUMBER: Final = {name: n for n, name in enumerate(_NAMES)}


def _part(name: str) -> str:
    return "@" + name.split("@")[1] if "@" in name else name


def _members(name: str) -> list[str]:
    return [n for n in _NAMES if _part(n) == name]


def _edges() -> tuple[list[list[Edge]], list[Edge]]:
    """For each state the edges that lead to it, and the edges from a page's start."""
    into: list[list[Edge]] = [[] for _ in _NAMES]
    starts: list[Edge] = []
    for source, steps in _FLOW.items():
        for step in steps:
            for target in _members(step.to):
                enter = step.cost + ENTER.get(STATES[target].kind, 0.0)
                if source == "start":
                    starts.append(Edge(_NUMBER[target], enter, step.terms))
                    continue
                for origin in _members(source):
                    cost = 0.0 if origin == target and "@" in origin else enter
                    into[_NUMBER[target]].append(Edge(_NUMBER[origin], cost, step.terms))
    return into, starts


_INTO, _STARTS = _edges()


@dataclass(frozen=True, slots=True)
class Habits:
    """How a page signs its articles, as shares of them."""

    signed: float = 0.5
    """Those that end with a byline."""
    opened: float = 0.0
    """Those that begin with one."""


class Placed(NamedTuple):
    """What a line was found to be, and why."""

    kind: BlockKind
    part: str
    """head, head+, sub, by<, body, inner, by; for what is skipped: head, open, mid, out."""
    why: tuple[str, ...]


def emission(traits: Traits) -> dict[BlockKind, float]:
    """The score of every kind for a line that shows `traits`."""
    scores = dict(BASE)
    for name, value in traits.items():
        for kind, weight in WEIGHTS[name].items():
            scores[kind] += weight * value
    return scores


def find(lines: Sequence[Line], traits: Sequence[Traits]) -> list[Placed]:
    """The best kinds for a page's lines."""
    if not lines:
        return []
    scores = [emission(t) for t in traits]
    names = _decode(lines, traits, scores, Habits())
    names = _decode(lines, traits, scores, _habits(names, traits))
    return [
        Placed(STATES[n].kind, n.split("@")[-1], _why(t, STATES[n].kind))
        for n, t in zip(names, traits, strict=True)
    ]


def _habits(names: Sequence[str], traits: Sequence[Traits]) -> Habits:
    """How the articles of a first reading were signed."""
    heads = sum(name == "head" for name in names)
    if heads < 2:  # noqa: PLR2004
        return Habits()
    ends = sum(
        (name == "by" and names[i - 1] != "by") or (name == "body" and "closing" in traits[i])
        for i, name in enumerate(names)
    )
    opens = sum(
        (name == "by<" and names[i - 1] != "by<") or (name == "body" and "opening" in traits[i])
        for i, name in enumerate(names)
    )
    return Habits(min(1.0, ends / heads), min(1.0, opens / heads))


def _terms(line: Line, traits: Traits, before: Traits, habits: Habits) -> dict[str, float]:
    """What a pair of neighbouring lines adds to the transitions between them."""
    done = "cut" not in before
    runs_on = traits.get("runs on", 0.0)
    said = "said" in traits
    lead = traits.get("lead", 0.0)
    wire = 1.0 if "opening" in traits else 0.0
    closed = "closing" in before
    return {
        "apart": (-1.5 if line.gap else 0.0) + 0.3 * runs_on,
        "far": -0.4 if line.gap else 0.0,
        "anew": -0.5 * runs_on,
        "lead": 0.3 * lead,
        "not lead": -0.3 * lead if done else 0.0,
        "wire": 3.0 * wire,
        "not wire": -9.0 * wire,
        "flow": 0.7 * runs_on,
        "broken": 0.0 if done else -1.0 - 0.7 * runs_on,
        "broken by": 0.0 if done else -0.5 - 0.2 * runs_on,
        "midway": -3.0 if done else -0.3 * runs_on,
        "said": 0.0 if said else -20.0,
        "unsaid": -20.0 if said else 0.0,
        "unsigned": -3.0 - 3.0 * (habits.signed - 0.5) if not closed else 0.0,
        "unsigned head": -1.5 * max(0.0, habits.opened - 0.5) if not wire else 0.0,
        "end": 1.0 if closed else 0.0,
        "signed": -6.0 if closed else 0.0,
        "continued": 3.0 if "jump from" in before else 0.0,
    }


def _decode(
    lines: Sequence[Line], traits: Sequence[Traits], scores: Sequence[dict[BlockKind, float]], habits: Habits
) -> list[str]:
    """Viterbi's best path: the name of each line's state."""
    none = float("-inf")
    kinds = [STATES[name].kind for name in _NAMES]
    best = [none] * len(_NAMES)
    first = _terms(lines[0], traits[0], {}, habits)
    for edge in _STARTS:
        best[edge.source] = edge.cost + sum(first[t] for t in edge.terms) + scores[0][kinds[edge.source]]
    back: list[list[int]] = []
    for i in range(1, len(lines)):
        terms = _terms(lines[i], traits[i], traits[i - 1], habits)
        score = scores[i]
        now, links = [], []
        for target, edges in enumerate(_INTO):
            top, link = none, 0
            for source, cost, added in edges:
                value = best[source] + cost
                for name in added:
                    value += terms[name]
                if value > top:
                    top, link = value, source
            now.append(top + score[kinds[target]])
            links.append(link)
        best = now
        back.append(links)
    ends = [
        value + _ENDS.get(_part(_NAMES[n]).lstrip("@") if _NAMES[n] != "by<" else "", -30.0)
        for n, value in enumerate(best)
    ]
    at = max(range(len(ends)), key=ends.__getitem__)
    names = [_NAMES[at]]
    for links in reversed(back):
        at = links[at]
        names.append(_NAMES[at])
    return names[::-1]


def _why(traits: Traits, kind: BlockKind) -> tuple[str, ...]:
    """The three traits that spoke loudest for `kind`, with what each added."""
    said = [(name, WEIGHTS[name].get(kind, 0.0) * value) for name, value in traits.items()]
    loud = sorted((s for s in said if abs(s[1]) >= 0.3), key=lambda s: -abs(s[1]))  # noqa: PLR2004
    return tuple(f"{name} {value:+.1f}" for name, value in loud[:4])


__all__ = ["KINDS", "Habits", "Placed", "emission", "find"]
