"""Learn the weights of `app/engine/heading.py`: which of several headlines shares most with the press's own.

    python -m training.heading [--data ../shared/data] [--card gemma-desk] [--first 2400] [--articles 200]

The card's model writes its likeliest headlines for training articles that its adapter has not seen (`training.pairs`
took the first of the same order), and the extracted ones stand beside them. Least squares on the F1 with the
article's own headline, each article's candidates centred, since only their order matters. No scored text is read.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from app.domain import Options
from app.engine.cards import read_cards
from app.engine.choice import heads_of
from app.engine.heading import FEATURES, features, overlap
from app.engine.local import build
from app.engine.writing import Written
from app.settings import Settings
from app.summary.assign import assign
from app.text.morphology import tokenize
from app.text.splitter import single
from training.salience import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from app.domain import Assignment

SEED = 1
RIDGE = 30.0
TITLE = range(12, 46)
BODY = 300
TOGETHER = 16
Candidates = tuple["NDArray[np.float64]", "NDArray[np.float64]"]
"""The features of an article's candidates, and how much each shares with its own headline."""


def articles(data: Path, first: int, count: int) -> list[tuple[str, Assignment]]:
    """Training articles with the press's headline."""
    press = list(rows(data))
    random.Random(SEED).shuffle(press)
    chosen = [
        row
        for row in press[first : first + count]
        if len(row["title"] or "") in TITLE and len(row["body"]) > BODY
    ]
    return [(row["title"], assign(single(None, row["body"]).articles[0], Options())) for row in chosen]


def candidates(found: list[tuple[str, Assignment]], card: str) -> Iterator[Candidates]:
    """What is known of each article's candidates."""
    settings = Settings(engine=card)
    engine = build(read_cards(settings.models_dir)[card], settings)
    for n in range(0, len(found), TOGETHER):
        part = found[n : n + TOGETHER]
        for (title, assignment), answers in zip(part, engine.answers([a for _, a in part]), strict=True):
            answer = answers[-1] if answers else None
            if isinstance(answer, Written):
                heads = heads_of(assignment, answer)
                own = [t.form for t in tokenize(title)]
                shared = [overlap([t.form for t in head.tokens], own) for head in heads]
                yield np.array(features(heads, assignment.sentences)), np.array(shared)


def fit(every: list[Candidates]) -> NDArray[np.float64]:
    """The weights, by least squares with a penalty that knows each feature's spread."""
    x = np.vstack([f - f.mean(0) for f, _ in every])
    y = np.concatenate([s - s.mean() for _, s in every])
    spread = x.std(0) + 1e-9
    x /= spread
    weights: NDArray[np.float64] = np.linalg.solve(x.T @ x + RIDGE * np.eye(x.shape[1]), x.T @ y) / spread
    return weights


@click.command()
@click.option("--data", default=Path("../shared/data"), type=click.Path(path_type=Path))
@click.option("--card", default="gemma-desk", show_default=True)
@click.option("--first", default=2400, show_default=True)
@click.option("--articles", "count", default=200, show_default=True)
def main(data: Path, card: str, first: int, count: int) -> None:
    """제목 후보를 고르는 가중치를 배워 찍습니다."""
    every = list(candidates(articles(data, first, count), card))
    for name, weight in zip(FEATURES, fit(every), strict=True):
        print(f"{name:15s} {weight:7.3f}")
    print(f"{len(every)} articles")


if __name__ == "__main__":
    main()
