"""What each line of a page shows: its wording, endings, signs of the trade, and how it stands to its neighbours.

A trait is a number, mostly 0 or 1; `app.text.weights` says what each speaks for.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.text import signs
from app.text.company import accompany
from app.text.cuts import full_width, glued_of, onward_of
from app.text.neighbours import add_neighbours
from app.text.seats import SEATS, model, seats
from app.text.shows import Traits, own_traits, share_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.context import Panel
    from app.text.lines import Line

__all__ = ["AS", "Traits", "measure", "without_seats"]

HEADLIKE = -2.0
# The log-probability under which a seat is as good as ruled out.
FAINTEST = -6.0
AS = tuple(f"as {name}" for name in SEATS)
# The traits that an advertisement, a notice, a table and a caption spread over several lines.
TRADES = {
    "ad": ("phone", "web", "price", "ad words", "polite call"),
    "notice": ("notice label", "obituary", "posts", "moves", "field", "colon field", "formal"),
    "table": (
        "columns",
        "rate",
        "weather",
        "horoscope",
        "auction",
        "produce",
        "market",
        "broadcast",
        "score",
        "table label",
        "row",
        "digits",
    ),
    "caption": ("credit", "caption words", "caption head", "photo news", "reporter credit", "weak credit"),
}


def measure(lines: Sequence[Line], by: Panel | None = None) -> list[Traits]:
    """The traits of every line of a page; `by` is another model of seats than the one that is kept."""
    found = without_seats(lines)
    _seats(lines, found, by or model())
    return found


def without_seats(lines: Sequence[Line]) -> list[Traits]:
    """The traits but for those that a model of seats tells from them."""
    onward = onward_of(lines)
    width = full_width(lines, onward)
    found = [own_traits(line, width) for line in lines]
    glued = glued_of(lines, onward)
    share_units(lines, found, onward, glued)
    add_neighbours(lines, found, onward, width, glued)
    accompany(lines, found, glued)
    _around(lines, found)
    return found


def _seats(lines: Sequence[Line], found: list[Traits], by: Panel) -> None:
    """For each line the log-probability of every seat, and how likely the line below it is a headline."""
    for line, t, row in zip(lines, found, seats(lines, found, by), strict=True):
        if "rule" not in t and not signs.LONE_STOP.fullmatch(line.text):
            for name, sure in zip(AS, row, strict=True):
                t[name] = max(FAINTEST, sure)
    for t, following in pairwise(found):
        if (chance := following.get("as head", FAINTEST)) > HEADLIKE:
            t["head below"] = 1 - chance / HEADLIKE


def _around(lines: Sequence[Line], found: list[Traits]) -> None:
    """What the lines around a line show of a trade, and where on the page it stands."""
    shares = {
        name: [min(1.0, sum(t.get(sign, 0.0) > 0 for sign in signs_of) / 2) for t in found]
        for name, signs_of in TRADES.items()
    }
    for name, share in shares.items():
        if not any(share):
            continue
        for i, t in enumerate(found):
            above, below = share[max(0, i - 3) : i], share[i + 1 : i + 4]
            if any(above):
                t[f"{name} above"] = sum(above) / 3
            if any(below):
                t[f"{name} below"] = sum(below) / 3
    for i, t in enumerate(found[:4]):
        t["top"] = 1.0 - i / 4
    for i, t in enumerate(found[-3:][::-1]):
        t["bottom"] = 1.0 - i / 3
    dialogue = [bool(signs.DIALOGUE.match(line.text)) for line in lines]
    if sum(dialogue) > 2:
        for i, t in enumerate(found):
            if dialogue[i]:
                t["dialogue"] = 1.0
            elif i and dialogue[i - 1]:
                t["after dialogue"] = 1.0
