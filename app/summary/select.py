"""Which sentences carry an article: the most salient, none of them saying another's over again, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.eligible import Eligibility
from app.summary.salience import features, salience

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Article, Sentence
    from app.summary.salience import Features

# Logits that full likeness to a sentence already taken costs. Swept 0 to 2 on the development references:
# hit is flat to 0.5 and falls after 1 (people, too, pick sentences that share their subject).
_REDUNDANCY = 0.5
# Of two sentences that share this much of the shorter one's words, the second says nothing new.
_SAME = 0.9


def rank(article: Article, sentences: tuple[Sentence, ...]) -> tuple[float, ...]:
    """How well each sentence would stand for the article; higher is better."""
    return tuple(salience(features(article, sentences)).tolist())


def select(
    article: Article,
    sentences: tuple[Sentence, ...],
    lines: int,
    stands: Callable[[tuple[int, ...]], bool] = lambda _: True,
) -> tuple[tuple[int, ...], ...]:
    """At most `lines` groups of sentence indices, in the article's order.

    `stands` is asked whether a line can be made of a group; where it cannot, the next best is tried: first
    sentences by themselves, then a sentence with the one before it that it leans on.
    """
    found = features(article, sentences)
    scores = salience(found).tolist()
    taken: list[tuple[int, ...]] = []
    for lowest in (Eligibility.SENTENCE, Eligibility.STUB):
        for pairs in (False, True):
            _take(taken, found, scores, lines, lowest, stands, pairs=pairs)
    return tuple(sorted(taken))


def _take(
    taken: list[tuple[int, ...]],
    found: Features,
    scores: list[float],
    lines: int,
    lowest: Eligibility,
    stands: Callable[[tuple[int, ...]], bool],
    *,
    pairs: bool,
) -> None:
    """Add to `taken`, best first, until it holds `lines` groups or nothing is left to try."""
    left = {n for n, e in enumerate(found.eligible) if e >= lowest} - {n for group in taken for n in group}
    if pairs:
        left = {n for n in left if n - 1 in left}
    used = [n for group in taken for n in group]
    cost = [max((found.likeness[n, m] for m in used), default=0.0) for n in range(len(scores))]
    while left and len(taken) < lines:
        best = max(left, key=lambda n: (scores[n] - _REDUNDANCY * cost[n], -n))
        left.discard(best)
        group = (best - 1, best) if pairs else (best,)
        if set(group) & set(used) or any(found.overlap[best, m] >= _SAME for m in used) or not stands(group):
            continue
        taken.append(group)
        used.extend(group)
        for n in left:
            cost[n] = max(cost[n], *(found.likeness[n, m] for m in group))
