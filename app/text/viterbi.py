"""The best path through the states of a page's lines (Viterbi 1967), all states of a line at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.text.graph import IMPOSSIBLE, PARTS, STATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.text.graph import Graph, Numbers
    from app.text.shows import Traits

_OF: Final = tuple(list(PARTS).index(state.part) for state in STATES)
"""The part of each state."""
_FIRST: Final = tuple(_OF.index(part) for part in range(len(PARTS)))
"""The first state of each part; those of one part stand together."""


def emissions(graph: Graph, traits: Sequence[Traits]) -> Numbers:
    """The score of every state for every line, by the traits that the lines show."""
    import numpy as np

    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    known = graph.traits
    for i, shows in enumerate(traits):
        for name, value in shows.items():
            if name in known:
                rows.append(i)
                columns.append(known[name])
                values.append(value)
    shown = np.zeros((len(traits), len(known)))
    shown[rows, columns] = values
    found: Numbers = shown @ graph.speaks + graph.base
    return found


def decode(
    graph: Graph, scores: Numbers, added: Sequence[Mapping[str, float]], *, one: bool = False
) -> list[int]:
    """The number of each line's state; `added` is what each line adds to the steps before it, by term.

    With `one` the lines are the body of one article, whose headline came apart.
    """
    import numpy as np

    values = _values(graph, added)
    sources, steps = graph.moves.T
    of, first = np.array(_OF), np.array(_FIRST)
    best = values[0][graph.opens if one else graph.starts] + graph.enter + scores[0]
    steps_back: list[tuple[Numbers, Numbers, Numbers]] = []
    for value, score in zip(values[1:], scores[1:], strict=True):
        tops = np.maximum.reduceat(best, first)
        entered = np.maximum.reduceat(tops[sources] + value[steps], graph.to)[of] + graph.enter
        stayed = best + value[graph.stays]
        steps_back.append((best, value, stayed >= entered))
        best = np.maximum(entered, stayed) + score
    state = int((best + graph.ends).argmax())
    path = [state]
    for before, value, stays in reversed(steps_back):
        if not stays[state]:
            state = _origin(graph, state, before, value)
        path.append(state)
    return path[::-1]


def _origin(graph: Graph, state: int, before: Numbers, value: Numbers) -> int:
    """The state of another part, or another role, from which `state` is entered best."""
    part = _OF[state]
    ends = graph.to[part + 1] if part + 1 < len(graph.to) else len(graph.moves)
    moves = graph.moves[graph.to[part] : ends].tolist()
    reached = [(_top(before, source), step) for source, step in moves]
    origin, _ = max(reached, key=lambda each: float(before[each[0]] + value[each[1]]))
    return origin


def _top(scores: Numbers, part: int) -> int:
    """The state of `part` that scores highest."""
    end = _FIRST[part + 1] if part + 1 < len(_FIRST) else len(STATES)
    return _FIRST[part] + int(scores[_FIRST[part] : end].argmax())


def _values(graph: Graph, added: Sequence[Mapping[str, float]]) -> Numbers:
    """What each step costs before every line; one more, which cannot be taken, comes last."""
    import numpy as np

    terms = np.array([[each[term] for term in graph.terms] for each in added])
    barred = np.where([each["said"] > 0 for each in added], -1, 1)[:, None] == graph.gates
    values = terms @ graph.steps.T + barred * IMPOSSIBLE
    return np.concatenate([values, np.full((len(values), 1), -np.inf)], axis=1)
