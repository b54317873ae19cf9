"""The states of a page's lines, and the table of weights laid out for the search of the best path through them.

A state is a role and where in an article it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.text.weights import Role, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.intp]

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
IMPOSSIBLE: Final = -30.0


class State(NamedTuple):
    """A role, and the part of an article in which it stands."""

    role: Role
    part: str


STATES: Final = tuple(State(role, part) for part, roles in PARTS.items() for role in roles)


class Graph(NamedTuple):
    """The table of weights, laid out for the search; parts, steps, roles and states go by their numbers."""

    terms: tuple[str, ...]
    """What adds to the steps."""
    steps: Numbers
    """What each term adds to each step, steps by terms."""
    gates: Places
    """Which lines each step may lead to: 1 those that finish a sentence, -1 those that do not, 0 any."""
    to: Places
    """Where in `moves` those to each part begin; they are in the parts' order."""
    moves: Places
    """A part and the step from it, for every step between two lines."""
    stays: Places
    """For each state the step from its part to itself; one beyond the last where there is none."""
    starts: Places
    """For each state the step that begins a page with it, likewise."""
    opens: Places
    """For each state the step to it from a headline, which begins a text that is one article's body, likewise."""
    enter: Numbers
    """What it costs each state to be entered from another one."""
    ends: Numbers
    base: Numbers
    """What each state scores whatever a line shows."""
    traits: dict[str, int]
    """The number of every trait that speaks for or against a state."""
    speaks: Numbers
    """What each trait adds to each state, traits by states."""


def lay_out(weights: Table) -> Graph:
    """The graph of states that `weights` allow."""
    import numpy as np

    parts, none = list(PARTS), len(weights.steps)
    moves: list[list[tuple[int, int]]] = [[] for _ in parts]
    stays, starts, opens = [none] * len(parts), [none] * len(parts), [none] * len(parts)
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
    of = [parts.index(state.part) for state in STATES]
    traits = list(dict.fromkeys(name for role in Role for name in weights.roles[role] if name))
    terms = tuple(dict.fromkeys(term for added in weights.steps.values() for term in added))
    return Graph(
        terms,
        np.array([[added.get(term, 0.0) for term in terms] for added in weights.steps.values()]),
        np.array([gate(name) for name in weights.steps]),
        np.cumsum([0, *map(len, moves[:-1])]),
        np.array([move for each in moves for move in each]),
        np.array(stays)[of],
        np.array(starts)[of],
        np.array(opens)[of],
        np.array([weights.enter.get(state.role, 0.0) for state in STATES]),
        np.array([weights.ends.get(state.part, IMPOSSIBLE) for state in STATES]),
        np.array([weights.roles[state.role].get("", 0.0) for state in STATES]),
        {name: n for n, name in enumerate(traits)},
        np.array([[weights.roles[state.role].get(name, 0.0) for state in STATES] for name in traits]),
    )


def gate(step: str) -> int:
    """Which lines a step may lead to: 1 those that finish a sentence, -1 those that do not, 0 any."""
    source, to = step.rsplit(">", 1)
    if to == "lead":
        return -1
    return int(to == "body" and source not in ("body", "inner", "@mid", "@open"))
