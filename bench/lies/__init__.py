"""Lies made of true sentences: one fact changed, or one thing left out that a reader needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.lies.claims import condition, hedge, negation, opposite, subject
from bench.lies.made import Mutant, Page
from bench.lies.names import name, reporting, speaker, stranger_speaks, swapped_name
from bench.lies.values import date, digit, magnitude, relative_date, swapped_number, unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

__all__ = ["WAYS", "Mutant", "Page"]

WAYS: list[Callable[[Page, int, Random], Mutant | None]] = [
    digit,
    swapped_number,
    unit,
    magnitude,
    name,
    swapped_name,
    date,
    relative_date,
    speaker,
    stranger_speaks,
    reporting,
    negation,
    opposite,
    condition,
    hedge,
    subject,
]
"""Every way of lying: a page, the index of one of its sentences and a source of chance to a lie, where it finds one."""
