"""A headline for an article that came without one, from its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain import Article, Sentence


def headline(article: Article, sentences: tuple[Sentence, ...]) -> str | None:
    """A headline of at most about 40 characters, every word of it from the article; None where none is found."""
    del article
    return sentences[0].text[:40] if sentences else None
