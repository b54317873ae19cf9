"""Which sentences carry an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain import Article, Sentence


def rank(article: Article, sentences: tuple[Sentence, ...]) -> tuple[float, ...]:
    """How well each sentence would stand for the article; higher is better."""
    return tuple(-float(n) for n, _ in enumerate(sentences)) if article else ()


def select(article: Article, sentences: tuple[Sentence, ...], lines: int) -> tuple[tuple[int, ...], ...]:
    """At most `lines` groups of sentence indices, in the article's order."""
    scores = rank(article, sentences)
    best = sorted(range(len(sentences)), key=lambda n: -scores[n])[:lines]
    return tuple((n,) for n in sorted(best))
