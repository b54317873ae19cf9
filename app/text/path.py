"""The best path through a page: which role each line has, given what it shows and what may follow what.

A state is a role and where in an article it stands. Viterbi's algorithm finds the path whose scores add up
highest; it runs twice, the second time knowing whether the page signs its articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from app.text.weights import Role, Table, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import BlockKind
    from app.text.lines import Line
    from app.text.shows import Traits

SKIPPED: Final = (Role.CAPTION, Role.AD, Role.NOTICE, Role.TABLE, Role.FURNITURE)

# Where a line stands in an article. What is skipped stands in its head (before the first finished sentence), open
# (inside a sentence), mid (between two of its paragraphs) or out (between articles). "lead" is a body that has not
# finished a sentence yet: an article without one is none, so no path ends there.
PARTS: Final = {
    "head": (Role.HEADLINE,),
    "head+": (Role.REST,),
    "sub": (Role.SUBHEAD,),
    "by<": (Role.BYLINE,),
    "lead": (Role.BODY,),
    "body": (Role.BODY,),
    "inner": (Role.INNER,),
    "by": (Role.BYLINE,),
    "@head": SKIPPED,
    "@open": SKIPPED,
    "@mid": SKIPPED,
    "@out": SKIPPED,
}
# What announces an article: the name of a column or of a series.
LABELS: Final = frozenset({"label", "corner", "bracket only", "series"})
IMPOSSIBLE: Final = -30.0


class State(NamedTuple):
    """A role, and the part of an article in which it stands."""

    role: Role
    part: str


STATES: Final = tuple(State(role, part) for part, roles in PARTS.items() for role in roles)


_MEMBERS: Final = tuple(tuple(n for n, s in enumerate(STATES) if s.part == part) for part in PARTS)
_ROLE_OF: Final = tuple(list(Role).index(state.role) for state in STATES)


class Graph(NamedTuple):
    """The table of weights, laid out for the search; parts go by their numbers in PARTS."""

    steps: tuple[tuple[int, tuple[tuple[str, float], ...]], ...]
    """Which lines a step may lead to (1: that finish a sentence, -1: that do not, 0: any), and its weights."""
    moves: tuple[tuple[tuple[int, int], ...], ...]
    """For each part the parts before it, each with the number of the step."""
    stays: tuple[int | None, ...]
    """For each part the step from it to itself."""
    starts: tuple[int | None, ...]
    """For each part the step that begins a page with it."""
    opens: tuple[int | None, ...]
    """For each part the step to it from a headline, which begins a text that is one article's body."""
    enter: tuple[float, ...]
    """What it costs each state to be entered from another one."""
    ends: tuple[float, ...]
    base: tuple[float, ...]
    """What each role scores whatever a line shows."""
    speaks: dict[str, tuple[tuple[int, float], ...]]
    """For each trait the roles that it speaks for or against, by their numbers."""


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
    why: tuple[str, ...]


def lay_out(weights: Table) -> Graph:
    """The graph of states that `weights` allow."""
    moves: list[list[tuple[int, int]]] = [[] for _ in _MEMBERS]
    starts: list[int | None] = [None] * len(_MEMBERS)
    stays: list[int | None] = [None] * len(_MEMBERS)
    opens: list[int | None] = [None] * len(_MEMBERS)
    parts = list(PARTS)
    for number, name in enumerate(weights.steps):
        source, to = name.rsplit(">", 1)
        target = parts.index(to)
        if source == "start":
            starts[target] = number
            continue
        moves[target].append((parts.index(source), number))
        if source == to:
            stays[target] = number
        if source == "head":
            opens[target] = number
    speaks: dict[str, list[tuple[int, float]]] = {}
    for role_number, role in enumerate(Role):
        for name, weight in weights.roles[role].items():
            if name and weight:
                speaks.setdefault(name, []).append((role_number, weight))
    return Graph(
        tuple(
            (gate(name), tuple((n, w) for n, w in added.items() if w))
            for name, added in weights.steps.items()
        ),
        tuple(tuple(each) for each in moves),
        tuple(stays),
        tuple(starts),
        tuple(opens),
        tuple(weights.enter.get(state.role, 0.0) for state in STATES),
        tuple(weights.ends.get(state.part, IMPOSSIBLE) for state in STATES),
        tuple(weights.roles[role].get("", 0.0) for role in Role),
        {name: tuple(each) for name, each in speaks.items()},
    )


def gate(step: str) -> int:
    """Which lines a step may lead to: 1 those that finish a sentence, -1 those that do not, 0 any."""
    source, to = step.rsplit(">", 1)
    if to == "lead":
        return -1
    return int(to == "body" and source not in ("body", "inner", "@mid", "@open"))


@cache
def _graph() -> Graph:
    return lay_out(table())


def emission(traits: Traits, graph: Graph) -> list[float]:
    """The score of every state for a line that shows `traits`."""
    scores = list(graph.base)
    for name, value in traits.items():
        for role, weight in graph.speaks.get(name, ()):
            scores[role] += weight * value
    return [scores[role] for role in _ROLE_OF]


def find(lines: Sequence[Line], traits: Sequence[Traits], *, one: bool = False) -> list[Placed]:
    """The best roles for a page's lines; with `one` they are the body of one article, whose headline came apart."""
    if not lines:
        return []
    weights, graph = table(), _graph()
    scores = [emission(t, graph) for t in traits]
    states = decode(graph, scores, [terms(lines, traits, i, Habits()) for i in range(len(lines))], one=one)
    habits = habits_of(states, traits)
    states = decode(graph, scores, [terms(lines, traits, i, habits) for i in range(len(lines))], one=one)
    return [
        Placed(STATES[n].role.kind, STATES[n].part, _why(t, STATES[n].role, weights))
        for n, t in zip(states, traits, strict=True)
    ]


def habits_of(states: Sequence[int], traits: Sequence[Traits]) -> Habits:
    """How the articles of a first reading were signed; half an article is added for the page that has none."""
    parts = [STATES[n].part for n in states]
    heads = parts.count("head")
    ends = sum(
        (part == "by" and parts[i - 1] != "by") or (part == "body" and "closing" in traits[i])
        for i, part in enumerate(parts)
    )
    opens = sum(
        (part == "by<" and parts[i - 1] != "by<") or (part in ("lead", "body") and "opening" in traits[i])
        for i, part in enumerate(parts)
    )
    return Habits(min(1.0, (ends + 0.5) / (heads + 1)), min(1.0, opens / (heads + 1)))


def terms(lines: Sequence[Line], traits: Sequence[Traits], i: int, habits: Habits) -> dict[str, float]:
    """What line `i` and the one before it add to the steps between them."""
    now, before = traits[i], traits[i - 1] if i else {}
    unfinished = "cut" in before
    lead = now.get("lead", 0.0)
    closed = 1.0 if "closing" in before else 0.0
    return {
        "": 1.0,
        "gap": 1.0 if lines[i].gap else 0.0,
        "unfinished": 1.0 if unfinished else 0.0,
        "finished": 0.0 if unfinished else 1.0,
        "runs on": now.get("runs on", 0.0),
        "lead": lead,
        "fresh lead": 0.0 if unfinished else lead,
        "wire": 1.0 if "opening" in now else 0.0,
        "closed": closed,
        "signed": 0.0 if closed else habits.signed - 0.5,
        "opened": 0.0 if "opening" in now else max(0.0, habits.opened - 0.5),
        "continued": 1.0 if "jump from" in before else 0.0,
        "said": 1.0 if "said" in now else 0.0,
        "unsaid": 0.0 if "said" in now else 1.0,
        "labelled": 1.0 if before.keys() & LABELS else 0.0,
        "label": 1.0 if now.keys() & LABELS else 0.0,
        "loose": before.get("loose", 0.0),
        "full": 1.0 if "full" in before else 0.0,
        "not full": 0.0 if "full" in before else 1.0,
        "onset": now.get("as head", 0.0),
    }


def decode(
    graph: Graph,
    scores: Sequence[Sequence[float]],
    added: Sequence[dict[str, float]],
    *,
    one: bool = False,
) -> list[int]:
    """Viterbi's best path: the number of each line's state."""
    none = float("-inf")
    best = [none] * len(STATES)
    values = _values(graph, added)
    for step, members in zip(graph.opens if one else graph.starts, _MEMBERS, strict=True):
        if step is not None:
            for n in members:
                best[n] = values[0][step] + graph.enter[n] + scores[0][n]
    back: list[list[int]] = []
    for i in range(1, len(scores)):
        best, links = _advance(graph, best, values[i], scores[i])
        back.append(links)
    ends = [value + end for value, end in zip(best, graph.ends, strict=True)]
    path = [max(range(len(ends)), key=ends.__getitem__)]
    for links in reversed(back):
        path.append(links[path[-1]])
    return path[::-1]


def _advance(
    graph: Graph, best: list[float], values: list[float], scores: Sequence[float]
) -> tuple[list[float], list[int]]:
    """The best score of every state one line on, and the state that it came from."""
    top = [max(members, key=best.__getitem__) for members in _MEMBERS]
    now, links = [0.0] * len(best), [0] * len(best)
    for moves, stay, members in zip(graph.moves, graph.stays, _MEMBERS, strict=True):
        value, link = max([(best[top[source]] + values[step], top[source]) for source, step in moves])
        for n in members:
            reached, source = value + graph.enter[n], link
            if stay is not None and (kept := best[n] + values[stay]) >= reached:
                reached, source = kept, n
            now[n], links[n] = reached + scores[n], source
    return now, links


def _values(graph: Graph, added: Sequence[dict[str, float]]) -> list[list[float]]:
    """What each step costs before every line."""
    import numpy as np

    steps = [dict(each) for _, each in graph.steps]
    weights = np.array([[each.get(name, 0.0) for name in added[0]] for each in steps])
    gates = np.array([gate for gate, _ in graph.steps])
    terms_of = np.array([list(each.values()) for each in added])
    barred = np.where([each["said"] > 0 for each in added], -1, 1)[:, None] == gates
    found: list[list[float]] = (terms_of @ weights.T + barred * IMPOSSIBLE).tolist()
    return found


def _why(traits: Traits, role: Role, weights: Table) -> tuple[str, ...]:
    """The traits that spoke loudest for `role`, with what each added."""
    speaks = weights.roles[role]
    said = [(name, speaks.get(name, 0.0) * value) for name, value in traits.items()]
    loud = sorted((s for s in said if abs(s[1]) >= 0.3), key=lambda s: -abs(s[1]))  # noqa: PLR2004
    return tuple(f"{name} {value:+.1f}" for name, value in loud[:4])
