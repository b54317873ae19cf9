"""Which of an article's headline candidates the press would have: the F1 expected with its own, by learned coefficients.

The coefficients are read from `choice.toml` beside this module, whose card says how they were learned
(`training/choice.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from app.summary.eligible import Eligibility
from app.summary.headline.compose import LONGEST, Candidate, candidates
from app.summary.headline.words import LEXICAL, best_anywhere, chances, tag
from app.summary.learned import learned

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from app.domain import Sentence
    from app.summary.salience import Features

FEATURES: Final = (
    "share", "best_of_sentence", "salience", "lead", "length", "overlong", "named_in_marks", "spoken",
    "subject_set_off", "opens_with_name", "mean_chance", "morphemes", "said_anywhere",
)  # fmt: skip
"""What is known of a candidate, in the order of the coefficients."""

# Sentences that a headline is sought in, the most salient first, and where those give none.
SOUGHT, SOUGHT_AT_WORST = 6, 12
_LONG = 36  # Characters that most of the press's headlines stay under.
_MARKS = ("'", "‘", "“", '"')
_HEAD = 18
_USUAL = 20  # Morphemes.
_MANY = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate comes from."""

    lead: bool
    salience: float
    """Its sentence's, less that of the most salient one."""
    best: float
    """The share of its sentence's best candidate: a sentence that says much says it in its others, too."""


def sought(found: Features, scores: Sequence[float]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The sentences that a headline is sought in, and those where it is sought if they give none."""
    able = [n for n, e in enumerate(found.eligible) if e == Eligibility.SENTENCE]
    order = sorted(able, key=lambda n: -scores[n])
    return tuple(order[:SOUGHT]), tuple(order[SOUGHT:SOUGHT_AT_WORST])


def described(
    sentences: Sequence[Sentence], group: Sequence[int], scores: Sequence[float]
) -> list[tuple[Candidate, tuple[float, ...]]]:
    """The candidates of a group of sentences, each with its features; `scores` are all sentences' salience."""
    top = max(scores)
    likely = chances(sentences, sorted(group))
    anywhere = best_anywhere(sentences, likely)
    made: list[tuple[Candidate, tuple[float, ...]]] = []
    for n in group:
        mine = {i: chance for (m, i), chance in likely.items() if m == n}
        here = list(candidates(sentences[n], mine))
        place = Place(n == 0, scores[n] - top, max((c.share for c in here), default=0.0))
        made += [(candidate, _features(candidate, place, anywhere)) for candidate in here]
    return made


def _features(candidate: Candidate, place: Place, anywhere: Mapping[str, float]) -> tuple[float, ...]:
    text = candidate.text
    spoken = text.endswith(("”", '"'))
    words = dict.fromkeys(t.form for t in candidate.tokens if tag(t) in LEXICAL)
    said = sum(anywhere.get(word, 0.0) for word in words)
    first = candidate.tokens[0].tag if candidate.tokens else ""
    return (
        candidate.share,
        place.best,
        place.salience,
        float(place.lead),
        len(text) / LONGEST,
        max(0, len(text) - _LONG) / 10,
        float(not spoken and any(mark in text for mark in _MARKS)),
        float(spoken),
        float("," in text[:_HEAD]),
        float(first == "NNP"),
        said / max(1, len(words)),
        len(candidate.tokens) / _USUAL,
        said / _MANY,
    )


@lru_cache(maxsize=1)
def coefficients() -> NDArray[np.float64]:
    """The learned coefficients that come with the package.

    Raises:
        ModelError: the file does not have a weight for each feature.
    """
    weights, _ = learned("app.summary.headline", "choice.toml", FEATURES, "training.choice")
    return np.array(weights)


def expected(values: Sequence[tuple[float, ...]]) -> NDArray[np.float64]:
    """How much each candidate is expected to share with the press's headline, but for what the article's all share."""
    return np.array(values) @ coefficients()
