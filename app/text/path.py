"""The best path through a page: which role each line has, given what it shows and what may follow what.

The path whose scores add up highest is searched twice, the second time knowing whether the page signs its articles.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from app.text.graph import STATES, Graph, lay_out
from app.text.viterbi import decode, emissions
from app.text.weights import Role, Table, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain import BlockKind
    from app.text.lines import Line
    from app.text.shows import Traits

# What announces an article: the name of a column or of a series.
LABELS: Final = frozenset({"label", "corner", "bracket only", "series"})
# A page that signs so many of its articles signs all; a first reading takes an inner subhead or two for headlines.
ALWAYS: Final = 0.75


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


@cache
def _graph() -> Graph:
    return lay_out(table())


def find(lines: Sequence[Line], traits: Sequence[Traits], *, one: bool = False) -> list[Placed]:
    """The best roles for a page's lines; with `one` they are the body of one article, whose headline came apart."""
    if not lines:
        return []
    weights, graph = table(), _graph()
    scores = emissions(graph, traits)
    added = [terms(lines, traits, i, Habits()) for i in range(len(lines))]
    habits = habits_of(decode(graph, scores, added, one=one), traits)
    added = [each | _signing(each, habits) for each in added]
    states = decode(graph, scores, added, one=one)
    placed: list[Placed] = []
    for n, line, shows in zip(states, lines, traits, strict=True):
        role, part = STATES[n]
        # A block gives the reasons of its first line; the others' are not asked for.
        begins = line.gap > 0 or not placed or role.kind is not placed[-1].kind or part == "head"
        placed.append(Placed(role.kind, part, _why(shows, role, weights) if begins else ()))
    return placed


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
    found = {
        "": 1.0,
        "gap": 1.0 if lines[i].gap else 0.0,
        "unfinished": 1.0 if unfinished else 0.0,
        "finished": 0.0 if unfinished else 1.0,
        "runs on": now.get("runs on", 0.0),
        "lead": lead,
        "fresh lead": 0.0 if unfinished else lead,
        "wire": 1.0 if "opening" in now else 0.0,
        "closed": 1.0 if "closing" in before else 0.0,
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
    return found | _signing(found, habits)


def _signing(found: Mapping[str, float], habits: Habits) -> dict[str, float]:
    """What the page's habits add to the steps before a line, of which `found` tells whether a byline stands there."""
    closed = found["closed"] > 0
    return {
        "signed": 0.0 if closed else habits.signed - 0.5,
        "always signed": 0.0 if closed else max(0.0, habits.signed - ALWAYS) / (1 - ALWAYS),
        "opened": 0.0 if found["wire"] else max(0.0, habits.opened - 0.5),
    }


def _why(traits: Traits, role: Role, weights: Table) -> tuple[str, ...]:
    """The traits that spoke loudest for `role`, with what each added."""
    speaks = weights.roles[role]
    said = [(name, speaks.get(name, 0.0) * value) for name, value in traits.items()]
    loud = sorted((s for s in said if abs(s[1]) >= 0.3), key=lambda s: -abs(s[1]))  # noqa: PLR2004
    return tuple(f"{name} {value:+.1f}" for name, value in loud[:4])
