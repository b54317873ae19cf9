"""Ranges and their two ends: 0.01~4.15%, 3~5명, 오전 10시~오후 4시, 10일부터 12일까지, 3명에서 5명 사이."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.facts.quantities import Quantity


class Range(NamedTuple):
    """A range: the quantities of its lower end and of its upper one (시 and 분 are two of one end)."""

    low: tuple[Quantity, ...]
    high: tuple[Quantity, ...]


_HALF = r"\s?(?:(?:오전|오후|새벽|아침|낮|저녁|밤|다음\s?달|내달|이듬해|다음\s?날|최대|많게는)\s?)?"
_TILDE = re.compile(rf"(?:\([^()]{{1,9}}\))?\s?[~∼〜～–]{_HALF}")
_WORDS = re.compile(rf"(?:\([^()]{{1,9}}\))?(?:부터|에서){_HALF}")
_WORDS_END = re.compile(r"(?:\([^()]{1,9}\))?(?:까지|\s사이)")
_ONE_DATE = frozenset({("년", "월"), ("월", "일"), ("시", "분")})
_CLOSE = 1


def ranges(text: str, numbers: Sequence[Quantity]) -> tuple[Range, ...]:
    """The ranges of `text`, in order; `numbers` are its quantities."""
    found = []
    for n, (low, high) in enumerate(pairwise(numbers)):
        upper = [high]
        for more in numbers[n + 2 : n + 4]:
            if not _one(upper[-1], more):
                break
            upper.append(more)
        told = _WORDS.fullmatch(text, low.end, high.start) and _WORDS_END.match(text, upper[-1].end)
        if not told and _TILDE.fullmatch(text, low.end, high.start) is None:
            continue
        hour = n and low.unit == "분" and _one(numbers[n - 1], low)
        found.append(Range((numbers[n - 1], low) if hour else (low,), tuple(upper)))
    return tuple(found)


def _one(this: Quantity, following: Quantity) -> bool:
    """Whether two quantities are of one date or of one time of day."""
    return (this.unit, following.unit) in _ONE_DATE and following.start - this.end <= _CLOSE
