"""A lie, what it is made from, and the cutting that all ways of lying share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Sentence
    from app.text.facts.reading import Reading, Word


class Mutant(NamedTuple):
    """A sentence with one lie in it, the kind of the lie and how it was made."""

    kind: str
    way: str
    text: str


class Page(NamedTuple):
    """What a lie is made from: an article's sentences, read, and names of other articles."""

    sentences: Sequence[Sentence]
    readings: Sequence[Reading]
    strangers: Sequence[str]


def cut(text: str, start: int, end: int, put: str = "") -> str:
    """`text` with `put` for what stands from `start` to `end`, spaces closed up."""
    return re.sub(r"\s{2,}", " ", text[:start] + put + text[end:]).strip()


def batchim(word: str) -> bool:
    """Whether a word ends in a consonant, so that another with the same ending takes its particle."""
    return (ord(word[-1]) - 0xAC00) % 28 != 0


def phrase(reading: Reading, word: Word) -> tuple[int, int]:
    """A noun phrase: a word and the bare nouns before it."""
    at = reading.words.index(word)
    start = word.start
    while at > 0 and reading.words[at - 1].role == "" and not re.search(r"\d", reading.words[at - 1].stem):
        before = reading.words[at - 1]
        if any(
            base(t) in {"SP", "SF", "SSO", "SSC", "EC", "ETM", "MAG"}
            for t in reading.tokens[before.first + len(before.parts) : word.first]
        ):
            break
        at, start = at - 1, before.start
    return start, word.end
