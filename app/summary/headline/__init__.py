"""A headline for an article that came without one, from its own words."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from app.domain import Style
from app.summary.compress import shorten
from app.summary.headline.choice import described, expected, sought
from app.summary.headline.compose import LONGEST
from app.summary.salience import features, salience

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Article, Sentence

_TRIED = 6  # Candidates that grounding may refuse, one after another.
_KEPT = 4  # Others that are handed on: an engine that writes headlines weighs them beside its own.


def headline(
    article: Article, sentences: tuple[Sentence, ...], holds: Callable[[str], bool] = lambda _: True
) -> str | None:
    """The best of `headlines`; None where there is none."""
    return next(iter(headlines(article, sentences, holds)), None)


def headlines(
    article: Article, sentences: tuple[Sentence, ...], holds: Callable[[str], bool] = lambda _: True
) -> tuple[str, ...]:
    """Headlines of at most 44 characters, every word of them from the article, the best first.

    `holds` says whether the article supports a text: the best that it does comes first. Nobody has asked of the others.
    """
    found = features(article, sentences)
    scores = salience(found).tolist()
    first, second = sought(found, scores)
    for group in filter(None, (first, second)):
        tried = _ranked(sentences, group, scores)
        best = next((text for text in tried[:_TRIED] if holds(text)), None)
        if best is not None:
            return best, *[text for text in tried if text != best][:_KEPT]
    chosen = (*first, *second)
    whole = (sentences[n].text for n in chosen if len(sentences[n].text) <= LONGEST)
    lines = (shorten(article, sentences, (n,), Style.BRIEF) for n in chosen)
    short = chain(whole, (line for line in lines if line and len(line) <= LONGEST))
    return tuple(islice((text for text in short if holds(text)), 1))


def _ranked(sentences: tuple[Sentence, ...], group: tuple[int, ...], scores: list[float]) -> tuple[str, ...]:
    """The candidates of a group of sentences, each text once, those that the press would have first."""
    made = described(sentences, group, scores)
    if not made:
        return ()
    likely = expected([values for _, values in made]).tolist()
    order = sorted(zip(likely, (candidate.text for candidate, _ in made), strict=True), reverse=True)
    return tuple(dict.fromkeys(text for _, text in order))
