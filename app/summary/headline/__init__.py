"""A headline for an article that came without one, from its own words."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from app.domain import Style
from app.summary.compress import shorten
from app.summary.eligible import Eligibility
from app.summary.headline.compose import LONGEST, candidates
from app.summary.headline.words import chances
from app.summary.salience import features, salience

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Article, Sentence

# Sentences that a headline is sought in, the most salient first.
_SOUGHT = 4
_SOUGHT_AT_WORST = 12  # Where those give none.
_TRIED = 6  # Candidates that grounding may refuse, one after another.
# What else tells a better candidate, in expected F1, by least squares on the candidates of 700 training articles
# (their own headlines as the reference).
_BEST_SENTENCE = 0.03
_SALIENCE = 0.027
_NAMED_IN_MARKS = 0.05
_SUBJECT_SET_OFF = 0.03
_LENGTH = -0.06
_MARKS = ("'", "‘", "“", '"')
_HEAD = 18


def headline(
    article: Article, sentences: tuple[Sentence, ...], holds: Callable[[str], bool] = lambda _: True
) -> str | None:
    """A headline of at most 44 characters, every word of it from the article; None where none is found.

    `holds` says whether the article supports a text: the best that it does is taken.
    """
    found = features(article, sentences)
    scores = salience(found)
    able = [n for n, e in enumerate(found.eligible) if e == Eligibility.SENTENCE]
    chosen = sorted(able, key=lambda n: -scores[n])[:_SOUGHT_AT_WORST]
    ranked: list[tuple[float, str]] = []
    for group in (chosen[:_SOUGHT], chosen[_SOUGHT:]):
        likely = chances(sentences, sorted(group))
        for n in group:
            mine = {i: chance for (m, i), chance in likely.items() if m == n}
            for candidate in candidates(sentences[n], mine):
                place = _SALIENCE * float(scores[n] - scores[chosen[0]])
                place += _BEST_SENTENCE if n == chosen[0] else 0.0
                worth = candidate.score + place + _manner(candidate.text)
                ranked.append((worth, candidate.text))
        best = next((text for _, text in islice(sorted(ranked, reverse=True), _TRIED) if holds(text)), None)
        if best is not None:
            return best
    whole = (sentences[n].text for n in chosen if len(sentences[n].text) <= LONGEST)
    lines = (shorten(article, sentences, (n,), Style.BRIEF) for n in chosen)
    short = chain(whole, (line for line in lines if line and len(line) <= LONGEST))
    return next((text for text in short if holds(text)), None)


def _manner(text: str) -> float:
    """What a candidate's form is worth: a name in quotation marks, a subject set off, brevity."""
    speech = text.endswith("”")
    named = _NAMED_IN_MARKS if not speech and any(mark in text for mark in _MARKS) else 0.0
    return named + (_SUBJECT_SET_OFF if "," in text[:_HEAD] else 0.0) + _LENGTH * len(text) / LONGEST
