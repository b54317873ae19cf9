"""A headline for an article that came without one, from its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.eligible import Eligibility
from app.summary.headline.compose import LONGEST, candidates
from app.summary.headline.words import chances
from app.summary.salience import features, salience

if TYPE_CHECKING:
    from app.domain import Article, Sentence

# Sentences that a headline is sought in, the most salient first.
_SOUGHT = 4
# What a step down in salience costs a candidate, in expected F1.
_STEP = 0.02


def headline(article: Article, sentences: tuple[Sentence, ...]) -> str | None:
    """A headline of at most 40 characters, every word of it from the article; None where none is found."""
    found = features(article, sentences)
    scores = salience(found)
    able = [n for n, e in enumerate(found.eligible) if e == Eligibility.SENTENCE]
    chosen = sorted(able, key=lambda n: -scores[n])[:_SOUGHT]
    likely = chances(sentences, sorted(chosen))
    best = None
    for rank, n in enumerate(chosen):
        mine = {i: chance for (m, i), chance in likely.items() if m == n}
        for candidate in candidates(sentences[n], mine):
            scored = (candidate.score - _STEP * rank, candidate.text)
            best = scored if best is None else max(best, scored)
    if best is not None:
        return best[1]
    return next((sentences[n].text for n in chosen if len(sentences[n].text) <= LONGEST), None)
