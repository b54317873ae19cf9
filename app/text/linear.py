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


class Classes:
    """Weights for hashed features, a column for each of several classes."""

    def __init__(self, tables: bytes, number: int, scale: float) -> None:
        import numpy as np

        self._weights = np.frombuffer(tables, np.int8).reshape(number, -1).T.astype(np.int32)
        self._mask = len(self._weights) - 1
        self._scale = scale

    def log_probabilities(self, each: Iterable[Iterable[str]]) -> list[list[float]]:
        """For each list of features the log-probability of every class."""
        import numpy as np

        mask = self._mask
        rows, starts = array("q"), array("q")
        for features in each:
            starts.append(len(rows))
            rows.append(0)
            rows.extend([crc32(feature.encode()) & mask for feature in features])
        if not starts:
            return []
        sums = np.add.reduceat(self._weights[np.frombuffer(rows, np.int64)], np.frombuffer(starts, np.int64))
        scores = sums * self._scale
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return [[float(score) for score in row] for row in scores]


def read_classes(raw: bytes, number: int) -> Classes:
    """A model of `number` classes as training writes it: four bytes of scale (millionths), then the weights."""
    return Classes(raw[4:], number, int.from_bytes(raw[:4], "little") / 1_000_000)


@cache
def classes(name: str, number: int) -> Classes:
    """The model of `number` classes that training wrote under `name`."""
    raw = resources.files("app.text").joinpath("weights", f"{name}.bin").read_bytes()
    return read_classes(raw, number)


@cache
def load(name: str) -> Linear:
    """The model that training wrote under `name`: four bytes of scale (millionths), then the weights."""
    raw = resources.files("app.text").joinpath("weights", f"{name}.bin").read_bytes()
    return Linear(raw[4:], int.from_bytes(raw[:4], "little") / 1_000_000)


def probability(log_odds: float) -> float:
    """The probability that `log_odds` stands for."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))
