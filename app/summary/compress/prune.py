"""Which phrases of a tree stay: the most worth for the length, and never a head without what it needs.

Choosing under a limit of length is a knapsack on a tree; a price per character turns it into one pass from
the leaves to the root (Lagrangian relaxation), and the lowest price whose line fits is found by halving.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.summary.compress.tree import Tree

# Halvings of the price: the seventh moves it by three hundredths, and what that leaves unused is filled up.
_STEPS = 7
_DEAREST = 4.0
_CHEAP = 0.05


def prune(
    tree: Tree,
    root: int,
    worth: Callable[[int], float],
    loss: Callable[[int], float | None],
    size: Callable[[int], int],
    *,
    price: float,
    limit: int,
    barred: frozenset[int] = frozenset(),
) -> frozenset[int]:
    """The phrases that stay under `root`: those whose worth outweighs `price` for each of their characters.

    `loss` is what dropping a phrase costs the sentence beside its worth, None where it may not go without its
    head. The price rises until the line is within `limit` characters, or nothing more may go.
    """

    def at(price: float) -> frozenset[int]:
        kept: set[int] = set()
        _visit(tree, root, worth, loss, size, price, barred, kept)
        return frozenset(kept)

    def length(kept: frozenset[int]) -> int:
        return sum(size(n) + 1 for n in kept) - 1

    best: frozenset[int] = at(price)
    if length(best) <= limit:
        return best
    low, high = price, _DEAREST
    best = at(high)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        kept = at(middle)
        if length(kept) <= limit:
            best, high = kept, middle
        else:
            low = middle
    return _refilled(tree, best, worth, loss, size, limit, barred)


def _refilled(
    tree: Tree,
    kept: frozenset[int],
    worth: Callable[[int], float],
    loss: Callable[[int], float | None],
    size: Callable[[int], int],
    limit: int,
    barred: frozenset[int],
) -> frozenset[int]:
    """What one price for all leaves unused of the limit, given to the dropped phrases that are worth most."""
    room = limit - sum(size(n) + 1 for n in kept) + 1
    offers: list[tuple[float, frozenset[int]]] = []
    for n, head in enumerate(tree.heads):
        if n in kept or head not in kept or n in barred:
            continue
        cost = loss(n) or 0.0
        for price in (_CHEAP, 4 * _CHEAP, _DEAREST):
            taken: set[int] = set()
            _visit(tree, n, worth, loss, size, price, barred, taken)
            offers.append((sum(map(worth, taken)) + cost, frozenset(taken)))
    for gain, more in sorted(offers, key=lambda offer: -offer[0]):
        length = sum(size(n) + 1 for n in more)
        if gain > 0 and length <= room and not more & kept:
            kept |= more
            room -= length
    return kept


def _visit(
    tree: Tree,
    n: int,
    worth: Callable[[int], float],
    loss: Callable[[int], float | None],
    size: Callable[[int], int],
    price: float,
    barred: frozenset[int],
    kept: set[int],
) -> float:
    """The net worth of the best subtree under `n`, whose phrases are added to `kept`."""
    total = worth(n) - price * (size(n) + 1)
    kept.add(n)
    for child in tree.children[n]:
        if child in barred:
            continue
        mine: set[int] = set()
        gain = _visit(tree, child, worth, loss, size, price, barred, mine)
        cost = loss(child)
        if cost is None or gain + cost > 0:
            total += gain
            kept |= mine
        else:
            total -= cost
    return total
