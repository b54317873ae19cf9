"""Whether a line says only what its article says: a pure function over facts, which never sees an engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.text.facts import Fact, facts

if TYPE_CHECKING:
    from app.domain import Article, Sentence


@dataclass(frozen=True, slots=True)
class Ground:
    """What an article supports, worked out once for all of its lines."""

    values: frozenset[str]


def ground(article: Article, sentences: tuple[Sentence, ...]) -> Ground:
    """What `article` supports: its body, its headline and its subheads."""
    del sentences
    text = "\n".join([article.body.text, article.headline or "", *article.subheads])
    return Ground(frozenset(fact.value for fact in facts(text)))


def unsupported(line: str, source: Ground, evidence: tuple[Sentence, ...] = ()) -> tuple[Fact, ...]:
    """The facts of `line` that its article does not support; `evidence` is what it was written from."""
    del evidence
    return tuple(fact for fact in facts(line) if fact.value not in source.values)
