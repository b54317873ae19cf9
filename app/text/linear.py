"""A linear model over hashed character features; its weights are numbers in a file beside the package.

The feature texts themselves are nowhere kept: a feature is the CRC of its UTF-8, folded to the table's size.
"""

from __future__ import annotations

import math
from array import array
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable


class Linear:
    """Weights for hashed features, as one signed byte each, in units of `scale`; the first is the bias."""

    def __init__(self, weights: bytes, scale: float) -> None:
        if len(weights) & (len(weights) - 1):
            raise ValueError(f"a table holds a power of two of weights, not {len(weights)}")
        self._weights = array("b", weights)
        self._mask = len(weights) - 1
        self._scale = scale

    def score(self, features: Iterable[str]) -> float:
        """The log-odds that `features` give."""
        weights, mask = self._weights, self._mask
        return (weights[0] + sum([weights[crc32(f.encode()) & mask] for f in features])) * self._scale


@cache
def load(name: str) -> Linear:
    """The model that training wrote under `name`: four bytes of scale (millionths), then the weights."""
    raw = resources.files("app.text").joinpath("weights", f"{name}.bin").read_bytes()
    return Linear(raw[4:], int.from_bytes(raw[:4], "little") / 1_000_000)


def probability(log_odds: float) -> float:
    """The probability that `log_odds` stands for."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))
