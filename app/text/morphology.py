"""Korean morphemes by Kiwi, behind one function; the only place that imports kiwipiepy."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain import Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiwipiepy import Kiwi

_lock = threading.Lock()


@lru_cache(maxsize=1)
def _build() -> Kiwi:
    from kiwipiepy import Kiwi

    # num_workers=0 would break glue(); one worker is enough, since callers bring their own threads.
    return Kiwi(num_workers=1)


def kiwi() -> Kiwi:
    """The analyser of this process, built on first use; safe to call from many threads."""
    with _lock:
        return _build()


def tokenize(text: str) -> tuple[Token, ...]:
    """The morphemes of `text`, with code point offsets into it."""
    return tuple(Token(t.form, t.tag, t.start, t.end) for t in kiwi().tokenize(text))


def tokenize_sentences(text: str) -> Iterable[tuple[Token, ...]]:
    """The morphemes of `text`, sentence by sentence, in one pass."""
    sentence: list[Token] = []
    position = 0
    for t in kiwi().tokenize(text):
        if t.sent_position != position and sentence:
            yield tuple(sentence)
            sentence = []
        position = t.sent_position
        sentence.append(Token(t.form, t.tag, t.start, t.end))
    if sentence:
        yield tuple(sentence)


def join(morphemes: Iterable[tuple[str, str]]) -> str:
    """The surface of `morphemes` (form and tag), conjugated: 늘/VV 었/EP 다/EF is 늘었다; costs microseconds."""
    return str(kiwi().join(list(morphemes)))
