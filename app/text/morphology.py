"""Korean morphemes by Kiwi, behind one function; the only place that imports kiwipiepy."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.domain import Token

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiwipiepy import Kiwi

_lock = threading.Lock()
# A line that a model wrote is read by each of the checks that it passes: of 125 readings an article four in five were of a
# text that had been read. A sentence of the press is shorter; a whole body is read once.
_SHORT = 200
_REMEMBERED = 256


@lru_cache(maxsize=1)
def _build() -> Kiwi:
    from kiwipiepy import Kiwi

    # num_workers=0 would break glue(). The workers do what `_analyse` waits for without the interpreter's lock.
    return Kiwi(num_workers=min(4, os.cpu_count() or 1))


def kiwi() -> Kiwi:
    """The analyser of this process, built on first use; safe to call from many threads."""
    with _lock:
        return _build()


def _analyse(text: str) -> Iterable[Any]:
    """Kiwi's tokens of `text`, got without holding the interpreter's lock.

    Asked for a text, Kiwi keeps the lock until it is done: a server's event loop stood still for 15 to 70 ms an
    article. Asked for a list, it waits for its workers without the lock (1 to 2 ms, on the same 51 articles).
    """
    return next(iter(kiwi().tokenize([text])))


def tokenize(text: str) -> tuple[Token, ...]:
    """The morphemes of `text`, with code point offsets into it."""
    return tokenize_with_cuts(text)[0]


def tokenize_with_cuts(text: str) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """The morphemes of `text`, and where in it Kiwi would start each sentence but the first, in one pass."""
    return _remembered(text) if len(text) <= _SHORT else _read(text)


def _read(text: str) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    tokens: list[Token] = []
    cuts: list[int] = []
    position = 0
    for t in _analyse(text):
        start = t.start
        if t.sent_position != position:
            position = t.sent_position
            if tokens:
                cuts.append(start)
        tokens.append(Token(t.form, t.tag, start, t.end))
    return tuple(tokens), tuple(cuts)


_remembered = lru_cache(maxsize=_REMEMBERED)(_read)


def likelihoods(texts: Iterable[str]) -> tuple[float, ...]:
    """How likely each text is, read as Kiwi reads it best; log-probabilities, to be compared among like texts."""
    return tuple(float(found[0][1]) for found in kiwi().analyze(list(texts)))


def join(morphemes: Iterable[tuple[str, str]]) -> str:
    """The surface of `morphemes` (form and tag), conjugated: 늘/VV 었/EP 다/EF is 늘었다; costs microseconds."""
    return str(kiwi().join(list(morphemes)))
