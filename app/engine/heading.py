"""Which of several headlines is most like what the press would print: of those that agree, the likeliest words.

Each candidate is weighed by how much it has in common with the others (what all of them say is what the article is
about), by the chances of its words, and by its form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.summary.headline.likeness import Likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Sentence, Token

FEATURES: Final = (
    "with_written", "with_extracted", "words", "likely", "written", "length", "set_off", "marked",
)  # fmt: skip
# The fit of `training/heading.py` on 180 training articles, none of which taught the adapter, made of answers that were
# kept. These choose what shares 0.298 with the press's headline on folds left out. Tried beside them: pairs of morphemes
# (0.299), the rank of an extracted headline (0.302) or of a written one (0.297), likeness to the lead (0.295), the likeliest
# weighing most among the written (0.298); ten extracted headlines for five (0.296).
WEIGHTS: Final = (0.108, 0.024, 0.742, -0.032, 0.004, -0.062, 0.034, 0.028)
_LONGEST = 44
_HEAD = 18
# The first extracted headline is the best of them: it counts as much as three others.
_FIRST = 3
_MARKS = ("'", "‘", "“", '"')


class Head(NamedTuple):
    """A headline that may be."""

    text: str
    tokens: tuple[Token, ...]
    score: float | None
    """The logarithm of its likelihood, by its length, where a model wrote it."""


def best(heads: Sequence[Head], sentences: Sequence[Sentence]) -> list[Head]:
    """The headlines, the one of most worth first."""
    rows = features(heads, sentences)
    worth = [sum(w * x for w, x in zip(WEIGHTS, row, strict=True)) for row in rows]
    return [heads[n] for n in sorted(range(len(heads)), key=lambda n: -worth[n])]


def features(heads: Sequence[Head], sentences: Sequence[Sentence]) -> list[tuple[float, ...]]:
    """What is known of each headline; the values of `FEATURES`."""
    likeness = Likeness(sentences)
    forms = [[t.form for t in head.tokens] for head in heads]
    common = [[overlap(one, other) for other in forms] for one in forms]
    wrote = [float(head.score is not None) for head in heads]
    first = next((n for n, head in enumerate(heads) if head.score is None), None)
    took = [0.0 if w else float(_FIRST if n == first else 1) for n, w in enumerate(wrote)]
    return [
        (
            _mean(common[n], wrote, n),
            _mean(common[n], took, n),
            likeness.of(head.tokens),
            head.score or 0.0,
            wrote[n],
            len(head.text) / _LONGEST,
            float("," in head.text[:_HEAD]),
            float(any(mark in head.text for mark in _MARKS)),
        )
        for n, head in enumerate(heads)
    ]


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The F1 of the longest common subsequence of two texts."""
    before = [0] * (len(other) + 1)
    for x in one:
        row = [0]
        for n, y in enumerate(other):
            row.append(before[n] + 1 if x == y else max(before[n + 1], row[-1]))
        before = row
    return 2 * before[-1] / max(1, len(one) + len(other))


def _mean(values: Sequence[float], weights: Sequence[float], but: int) -> float:
    """The weighted mean of what is not one's own."""
    others = [(v, w) for n, (v, w) in enumerate(zip(values, weights, strict=True)) if n != but]
    return sum(v * w for v, w in others) / max(1.0, sum(w for _, w in others))
