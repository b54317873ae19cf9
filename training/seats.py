"""Learns what a line is by its words and its neighbours', from pages composed of press articles and own ones.

    python -m training.seats ../shared/data [PAGES…]

The own pages and blocks are parted in FOLDS: `training/path.py` fits the path on pages whose words the model that it
asks has not seen.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.text import lines
from app.text.linear import read_classes
from app.text.normalize import normalize
from app.text.seats import SEATS, seat_features, seats
from training import compose
from training.hashed import WEIGHTS, Examples, train, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.text.linear import Classes
    from app.text.lines import Line
    from bench.pages import GoldLine

BITS = 17
PAGES = 7000
FOLDS = 3
KEPT_APART = Path(__file__).parent / "folds"
CODES = {"h": "head", "+": "rest", "s": "sub", "b": "body", "B": "body", "y": "byline", "c": "caption", "a": "ad", "n": "notice", "t": "table", "f": "furniture"}  # fmt: skip


def read(page: Sequence[GoldLine]) -> tuple[list[Line], list[str]]:
    """A page's lines as the splitter reads them, and the code of each."""
    text = "\n".join(line.text for line in page)
    codes = [line.code for line in page if line.text.strip()]
    return lines.read(normalize(text).text), codes


def seats_of(codes: Sequence[str]) -> list[int]:
    """The seat of each line."""
    found: list[int] = []
    opened = False
    for code in codes:
        seat = CODES[code]
        if code in ("h", "+"):
            opened = True
        if code == "b" and opened:
            seat, opened = "lead", False
        found.append(SEATS.index(seat))
    return found


def examples(
    source: Sequence[compose.Article], bank: compose.Bank, number: int, rng: random.Random
) -> Iterator[tuple[list[Line], int, int]]:
    """The lines of composed pages with their seats; one in four of the body's."""
    for _ in range(number):
        found, codes = read(compose.page(source, bank, rng))
        if len(found) != len(codes):
            continue
        for i, seat in enumerate(seats_of(codes)):
            if SEATS[seat] != "body" or rng.random() < 0.25:
                yield found, i, seat


def inside(fold: int) -> Callable[[int], bool]:
    """Whether a page or block, by its number, is of `fold`."""
    return lambda k: k % FOLDS == fold


def outside(fold: int) -> Callable[[int], bool]:
    """Whether a page or block, by its number, is of another fold."""
    return lambda k: k % FOLDS != fold


def of_fold(fold: int) -> Classes:
    """The model that has not seen the own pages and blocks of `fold`."""
    return read_classes((KEPT_APART / f"seats-{fold}.bin").read_bytes(), len(SEATS))


def learn(
    source: Sequence[compose.Article], bank: compose.Bank, number: int, name: str, folder: Path = WEIGHTS
) -> None:
    """Train on composed pages and write the model."""
    found = Examples(BITS)
    for page, i, seat in examples(source, bank, number, random.Random(0)):
        found.add(seat_features(page, i), float(seat))
    print(f"{len(found)} lines", flush=True)
    write(name, train(found, epochs=3, decay=1e-4, rare=4, classes=len(SEATS)), folder)


def main(data: Path, more: Sequence[Path]) -> None:
    """Train on articles_more and most of articles_dev; measure on 300 articles of articles_dev and a fold."""
    source, held = compose.articles(data)
    for fold in range(FOLDS):
        learn(
            source,
            compose.bank(more, outside(fold)),
            PAGES // 2,
            f"seats-{fold}",
            KEPT_APART,
        )
    learn(source, compose.bank(more), PAGES, "seats")
    rng, by = random.Random(1), of_fold(0)
    table = [[0] * len(SEATS) for _ in SEATS]
    for page, i, seat in examples(held, compose.bank(more, inside(0)), 200, rng):
        scores = seats(page, by)[i]
        table[seat][scores.index(max(scores))] += 1
    print("rows: what it is; columns: what it was taken for", *SEATS)
    for name, row in zip(SEATS, table, strict=True):
        print(f"{name:5s}", *row)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
