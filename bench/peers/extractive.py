"""The usual extractive summarizers, written here from their papers, over the morphemes that ours sees.

Each takes an article's sentences and gives the indices of those it would keep, in the article's order. They
know no captions, no titles and no places, as their papers do not.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from app.summary.salience import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.domain import Sentence

_DAMPING = 0.85
_STEPS = 100
_CLOSE = 1e-6
_THRESHOLD = 0.1  # Cosine from which LexRank draws an edge, as in its paper.


def lead(sentences: Sequence[Sentence], lines: int) -> list[int]:
    """The first sentences."""
    return list(range(min(lines, len(sentences))))


def textrank(sentences: Sequence[Sentence], lines: int) -> list[int]:
    """Mihalcea and Tarau, TextRank: Bringing Order into Texts (EMNLP 2004): shared words over log lengths."""
    words = [content(s.tokens) for s in sentences]
    sets = [frozenset(w) for w in words]
    size = len(words)
    weights = np.zeros((size, size))
    for i in range(size):
        for j in range(i):
            lengths = math.log(max(1, len(words[i]))) + math.log(max(1, len(words[j])))
            if lengths > 0:
                weights[i, j] = weights[j, i] = len(sets[i] & sets[j]) / lengths
    return _best(_stationary(weights), lines)


def lexrank(sentences: Sequence[Sentence], lines: int) -> list[int]:
    """Erkan and Radev, LexRank (JAIR 2004): degrees of the graph of TF-IDF cosines over a threshold."""
    index: dict[str, int] = {}
    words = [content(s.tokens) for s in sentences]
    for found in words:
        for word in found:
            index.setdefault(word, len(index))
    counts = np.zeros((len(words), max(1, len(index))))
    for n, found in enumerate(words):
        for word in found:
            counts[n, index[word]] += 1
    rarity = np.log(max(1, len(words)) / np.maximum((counts > 0).sum(axis=0), 1))
    weighed = counts * rarity
    weighed /= np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-9)
    edges = (weighed @ weighed.T > _THRESHOLD).astype(np.float64)
    np.fill_diagonal(edges, 0)
    return _best(_stationary(edges), lines)


def _stationary(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """PageRank of an undirected weighted graph, by power iteration."""
    size = len(weights)
    if not size:
        return np.zeros(0)
    degree = weights.sum(axis=1, keepdims=True)
    steps = np.where(degree > 0, weights / np.where(degree > 0, degree, 1), 1 / size)
    rank: NDArray[np.float64] = np.full(size, 1 / size)
    for _ in range(_STEPS):
        moved = (1 - _DAMPING) / size + _DAMPING * rank @ steps
        if float(np.abs(moved - rank).sum()) < _CLOSE:
            return moved
        rank = moved
    return rank


def _best(scores: NDArray[np.float64], lines: int) -> list[int]:
    return sorted(np.argsort(-scores, kind="stable")[:lines].tolist())
