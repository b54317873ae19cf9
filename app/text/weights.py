"""What each trait of a line speaks for, and what each step between two lines costs: the splitter's constants.

The numbers, in nats, stand in weights/page.json. They were first set by hand from what the traits mean, and are now
fitted around that start by `training/path.py`, a conditional random field over whole pages: the project's own in all
their forms and at several widths, and pages composed of press articles, each read with a model of seats that has not
seen its words. On the 20 pages of tests/pages/unseen, by a hand that none of it was fitted to, as they stand, article_f1
went from 0.583 with the constants set by hand to 0.737 fitted on the project's own 37 pages and 24 by another hand, and
to 0.819 with 170 pages by four further hands; some of their failures were looked at between the second figure and the
third. All of them were read before the traits of `app.text.company` were made, which brought 0.842. With networks
(`app.text.context`) and 926 pages by some twenty hands, 30 pages by one more hand, as they stand and hard-wrapped, went
from 0.903 to 0.942; 24 by the last one, looked at after all was fitted, have 0.971 as they stand. A hundred more pages of
lines that look alike brought nothing (unseen pages 0.913 against 0.935), so they were left out. What was moved by hand
after the fit stands in `moved` of `training/path.py`.
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
