"""Whether a line is about its article at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.text.facts import Fact
from app.text.facts.reading import NOMINAL
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain import Token
    from app.summary.grounding.source import Ground
    from app.text.facts.reading import Reading

# Of the content morphemes of a line, what its article must hold. Of 289 lines that people wrote for the development
# articles one holds less, of 200 headlines of the press two; of those lines set against other articles 94% do.
_LEAST = 1 / 3


def unrelated(line: Reading, source: Ground) -> Iterator[Fact]:
    """The whole of a line of which the article has fewer words than any line of its own; no fact need be in it."""
    held = [form in source.words or _inside(line.tokens[n], source) for form, n in line.contents]
    if held and sum(held) < _LEAST * len(held):
        yield Fact("words", line.text, 0, len(line.text))


def _inside(token: Token, source: Ground) -> bool:
    """Whether a noun stands inside a longer word of the article; a syllable or a verb's stem stands in any."""
    return len(token.form) > 1 and base(token) in NOMINAL and token.form in source.text
