"""The quality gate: the splitter on the project's own pages, held to floors that no change lowers unsaid.

python -m bench.eval                      measure, and fail where a figure is under its floor
python -m bench.eval --update             raise the floors to what was measured
python -m bench.eval --update --allow-regression
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from app.text.splitter import split
from bench import pages

if TYPE_CHECKING:
    from app.domain import Split
    from bench.pages import GoldPage

FLOORS = Path(__file__).parent / "floors.json"
# An article is right when it shares nine tenths of its characters with the gold one.
RIGHT = 0.9
# Half of what one article more or less moves a form's figure by.
SLACK = 0.004


@dataclass(slots=True)
class Tally:
    """What was counted over some pages."""

    gold: int = 0
    found: int = 0
    right: int = 0
    heads: int = 0
    held: int = 0
    held_of: int = 0
    leaked: int = 0
    leaked_of: int = 0

    def add(self, other: Tally) -> None:
        """Count `other` too."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> dict[str, float]:
        """The figures, each the better the higher; `clean` is the share of skipped characters kept out."""
        return {
            "article_f1": 2 * self.right / max(1, self.gold + self.found),
            "headline": self.heads / max(1, self.gold),
            "coverage": self.held / max(1, self.held_of),
            "clean": 1 - self.leaked / max(1, self.leaked_of),
        }


def _letters(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", text or "")


def _characters(text: str, start: int, end: int) -> set[int]:
    return {i for i in range(start, end) if not text[i].isspace()}


def tally(page: GoldPage, found: Split) -> Tally:
    """How well `found` agrees with a page's gold; spaces and bylines count on neither side."""
    gold: dict[int, set[int]] = {}
    skipped: set[int] = set()
    ignored: set[int] = set()
    for block in page.blocks:
        characters = _characters(page.text, block.start, block.end)
        if block.kind == "byline":
            ignored |= characters
        elif block.article is None:
            skipped |= characters
        else:
            gold.setdefault(block.article, set()).update(characters)
    sets = [
        set().union(*(_characters(page.text, s.start, s.end) for s in article.spans)) - ignored
        for article in found.articles
    ]
    pairs = sorted(
        ((len(g & s) / max(1, len(g | s)), gi, si) for gi, g in gold.items() for si, s in enumerate(sets)),
        reverse=True,
    )
    matched: dict[int, tuple[int, float]] = {}
    for overlap, gi, si in pairs:
        if overlap and gi not in matched and si not in {s for s, _ in matched.values()}:
            matched[gi] = (si, overlap)
    every = set().union(*sets) if sets else set()
    articles = set().union(*gold.values()) if gold else set()
    heads = sum(
        SequenceMatcher(
            None, _letters(page.headlines[gi]), _letters(found.articles[si].headline), autojunk=False
        ).ratio()
        >= RIGHT
        for gi, (si, _) in matched.items()
    )
    right = sum(overlap >= RIGHT for _, overlap in matched.values())
    return Tally(
        len(gold),
        len(sets),
        right,
        heads,
        len(articles & every),
        len(articles),
        len(skipped & every),
        len(skipped),
    )


def measure() -> tuple[dict[str, dict[str, float]], list[str]]:
    """The figures of every form of the pages, and the pages that came out wrong."""
    forms: dict[str, Tally] = {}
    wrong: list[str] = []
    own = (each for path in sorted(pages.PAGES.glob("*.page")) for each in pages.variants(path))
    unseen = (
        ("unseen", pages.build(path.stem, pages.read(path))) for path in sorted(pages.UNSEEN.glob("*.page"))
    )
    for form, page in chain(own, unseen):
        one = tally(page, split(page.text))
        forms.setdefault(form, Tally()).add(one)
        if one.right < max(one.gold, one.found):
            wrong.append(f"{page.name} ({form}): {one.right} of {one.gold} articles right, {one.found} found")
    return {form: total.figures() for form, total in forms.items()}, wrong


def under(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """The figures that are under their floors, in words."""
    return [
        f"{form} {name} {figures.get(form, {}).get(name, 0.0):.3f} is under its floor {floor:.3f}"
        for form, names in floors.items()
        for name, floor in names.items()
        if figures.get(form, {}).get(name, 0.0) < floor - SLACK
    ]


def update(figures: dict[str, dict[str, float]], floors: dict[str, dict[str, float]], *, lower: bool) -> None:
    """Write new floors; refuse to lower one unless `lower`."""
    fallen = under(figures, floors)
    if fallen and not lower:
        raise SystemExit("no floor is lowered without --allow-regression:\n  " + "\n  ".join(fallen))
    new = {form: {name: round(value, 3) for name, value in names.items()} for form, names in figures.items()}
    FLOORS.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")


def main(argv: list[str] | None = None) -> None:
    """Print the figures; exit with 1 where one is under its floor."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--allow-regression", action="store_true", help="let --update lower a floor")
    asked = parser.parse_args(sys.argv[1:] if argv is None else argv)
    figures, wrong = measure()
    for form, names in figures.items():
        print(f"{form:11s}", "  ".join(f"{name} {value:.3f}" for name, value in names.items()))
    for line in wrong:
        print(" ", line)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if asked.update:
        update(figures, floors, lower=asked.allow_regression)
        return
    fallen = under(figures, floors)
    if fallen:
        raise SystemExit("\n".join(fallen))


if __name__ == "__main__":
    main()
