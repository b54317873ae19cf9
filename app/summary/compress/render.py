"""The kept phrases as a line again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.compress.marks import unglossed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.summary.compress.tree import Tree

_SPACES = re.compile(r"\s+")
_STRAY_COMMA = re.compile(r"^[,·\s]+|\s+(?=[,.])")


def surface(tree: Tree, n: int, *, glossed: bool = False) -> str:
    """A phrase as printed, without the brackets that only repeat or gloss unless `glossed`."""
    phrase = tree.phrases[n]
    text = tree.text[phrase.start : phrase.end]
    return text if glossed else unglossed(text)


def line(pieces: Iterable[str]) -> str:
    """Phrases put together, single spaces between them."""
    return _STRAY_COMMA.sub("", _SPACES.sub(" ", " ".join(p for p in pieces if p))).strip()
