"""The facts of a text: numbers with their unit, dates, quotations, names, Latin words."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = re.compile(r"\d[\d,.]*")


class Fact(NamedTuple):
    """A fact of a text: its kind, its normal form, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


def facts(text: str) -> tuple[Fact, ...]:
    """The facts of `text`, in order."""
    return tuple(Fact("number", m.group().strip(".,"), m.start(), m.end()) for m in _NUMBER.finditer(text))
