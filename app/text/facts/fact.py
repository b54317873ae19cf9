"""What a fact of a text is: its kind, its normal form and where it stands."""

from __future__ import annotations

from typing import NamedTuple


class Fact(NamedTuple):
    """A fact of a text: its kind, its normal form, and where it stands."""

    kind: str
    value: str
    start: int
    end: int
