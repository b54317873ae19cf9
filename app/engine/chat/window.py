"""What of an article fits a model's context: whole sentences, counted in tokens without its tokenizer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# A token for every character that is not ASCII, every digit and mark, and every second Latin letter. Vocabularies
# that serve Korean merge Hangul, so real counts are lower; a byte-level one that merged nothing would take three a
# syllable, and the server's own count (`usage`) then corrects the scale from the first answer on.
_WIDE = re.compile(r"[^\x00-\x7f]|[!-@\[-`{-~]")
_LATIN = re.compile(r"[A-Za-z]")
NUMBER_TOKENS = 4
"""What `[12] ` before a sentence, and the line feed after it, add."""
SMALLEST_SCALE = 0.4


def estimate(text: str) -> int:
    """At most about how many tokens `text` is."""
    return len(_WIDE.findall(text)) + (len(_LATIN.findall(text)) + 1) // 2


class Gauge:
    """The estimate's scale, as the server's own counts correct it."""

    def __init__(self) -> None:
        self._ratios: list[float] = []

    @property
    def scale(self) -> float:
        """Tokens for each estimated token: the largest of the last answers, a tenth more; 1 before the first."""
        return max(SMALLEST_SCALE, 1.1 * max(self._ratios)) if self._ratios else 1.0

    def seen(self, text: str, tokens: int | None) -> None:
        """Learn from an answer: `text` was `tokens` tokens, if the server says."""
        estimated = estimate(text)
        if tokens and estimated:
            self._ratios = [*self._ratios[-31:], tokens / estimated]

    def tokens(self, text: str) -> int:
        """At most about how many tokens `text` is to this server's model."""
        return round(self.scale * estimate(text))


def fit(texts: Sequence[str], first: Sequence[int], room: int, gauge: Gauge) -> tuple[int, ...]:
    """Indices of the sentences that fit into `room` tokens, ascending.

    News tells what matters first, so sentences are taken in order; those of `first` (the evidence) go before all
    others, wherever in the article they stand.
    """
    kept: set[int] = set()
    for n in dict.fromkeys([*first, *range(len(texts))]):
        cost = gauge.tokens(texts[n]) + NUMBER_TOKENS
        if cost <= room:
            kept.add(n)
            room -= cost
        elif n not in first:
            break
    return tuple(sorted(kept))
