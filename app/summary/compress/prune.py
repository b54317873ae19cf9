"""Which phrases of a tree stay: the most worth for the length, and never a head without what it needs.

Choosing under a limit of length is a knapsack on a tree; a price per character turns it into one pass from
the leaves to the root (Lagrangian relaxation), and the lowest price whose line fits is found by halving.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.summary.compress.tree import Tree

# Halvings of the price: the seventh moves it by three hundredths, and what that leaves unused is filled up.
_STEPS = 7
_DEAREST = 4.0
_CHEAP = 0.05


@dataclass(frozen=True, slots=True)
class Costs:
    """What each phrase of a tree is worth, what the sentence loses with it, and the characters that it takes.

    A loss of None says that a phrase may not go without its head.
    """

    worth: Sequence[float]
    loss: Sequence[float | None]
    size: Sequence[int]
    barred: frozenset[int] = frozenset()
    """The phrases that do not stay."""


def prune(tree: Tree, costs: Costs, *, price: float, limit: int) -> frozenset[int]:
    """The phrases that stay under the root: those whose worth outweighs `price` for each of their characters.

    The price rises until the line is within `limit` characters, or nothing more may go.
    """
    best = _under(tree, tree.root, _staying(tree, costs, price))
    if _length(costs, best) <= limit:
        return best
    low, high = price, _DEAREST
    best = _under(tree, tree.root, _staying(tree, costs, high))
    for _ in range(_STEPS):
        middle = (low + high) / 2
        kept = _under(tree, tree.root, _staying(tree, costs, middle))
        if _length(costs, kept) <= limit:
            best, high = kept, middle
        else:
            low = middle
    return _refilled(tree, costs, best, limit)


def _length(costs: Costs, kept: frozenset[int]) -> int:
    return sum(costs.size[n] for n in kept) + len(kept) - 1


def _staying(tree: Tree, costs: Costs, price: float) -> list[bool]:
    """For each phrase, whether it stays where its head does: heads come last, so one pass from the first phrase on."""
    net = [worth - price * (size + 1) for worth, size in zip(costs.worth, costs.size, strict=True)]
    staying = [True] * len(net)
    for n, head in enumerate(tree.heads[:-1]):
        loss = costs.loss[n]
        if n in costs.barred:
            staying[n] = False
        elif loss is None or net[n] + loss > 0:
            net[head] += net[n]
        else:
            net[head] -= loss
            staying[n] = False
    return staying


def _under(tree: Tree, top: int, staying: Sequence[bool]) -> frozenset[int]:
    """`top` and what stays of what hangs on it."""
    kept = {top}
    for n in range(top - 1, -1, -1):
        if staying[n] and tree.heads[n] in kept:
            kept.add(n)
    return frozenset(kept)


def _refilled(tree: Tree, costs: Costs, kept: frozenset[int], limit: int) -> frozenset[int]:
    """What one price for all leaves unused of the limit, given to the dropped phrases that are worth most."""
    room = limit - _length(costs, kept)
    by_price = [_staying(tree, costs, price) for price in (_CHEAP, 4 * _CHEAP, _DEAREST)]
    offers: list[tuple[float, frozenset[int]]] = []
    for n, head in enumerate(tree.heads):
        if n in kept or head not in kept or n in costs.barred:
            continue
        for staying in by_price:
            taken = _under(tree, n, staying)
            offers.append((sum(costs.worth[i] for i in taken) + (costs.loss[n] or 0.0), taken))
    for gain, more in sorted(offers, key=lambda offer: -offer[0]):
        length = _length(costs, more) + 1
        if gain > 0 and length <= room and not more & kept:
            kept |= more
            room -= length
    return kept
