"""What each trait of a line speaks for, and what each step between two lines costs: the splitter's constants.

The numbers, in nats, stand in weights/page.json. They were set by hand from what the traits mean and swept on
../shared/data/pages_dev.jsonl and the project's own pages in all their forms (`python -m bench.eval`). A structured
perceptron from that start was tried and left: on own pages held out by folds it began 57 articles wrongly of 255,
the constants as they stood then 43.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from app.domain import BlockKind

Weights = dict[str, float]


class Role(StrEnum):
    """What a line may be.

    The rest of a headline on its next line, and a subhead inside the body (inner), are told by other signs than a
    headline's first line and a subhead under it.
    """

    HEADLINE = "headline"
    REST = "rest"
    SUBHEAD = "subhead"
    INNER = "inner"
    BODY = "body"
    BYLINE = "byline"
    CAPTION = "caption"
    AD = "ad"
    NOTICE = "notice"
    TABLE = "table"
    FURNITURE = "furniture"

    @property
    def kind(self) -> BlockKind:
        """The kind of block that a line of this role belongs to."""
        if self is Role.REST:
            return BlockKind.HEADLINE
        return BlockKind.SUBHEAD if self is Role.INNER else BlockKind(self.value)


@dataclass(frozen=True)
class Table:
    """The constants; the empty name is what a role or a step costs whatever a line shows."""

    roles: dict[str, Weights]
    enter: Weights
    steps: dict[str, Weights]
    ends: Weights


@cache
def table() -> Table:
    """The constants as they were fitted."""
    raw = resources.files("app.text").joinpath("weights", "page.json").read_text(encoding="utf-8")
    return Table(**json.loads(raw))
