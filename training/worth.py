"""Learn the coefficients of `app/summary/compress/worth.toml`: which words of a body its desk says again in the subheads.

    python -m training.worth [--data ../shared/data] [--out app/summary/compress/worth.toml]

A logistic regression over each content word of each article that has subheads, by Newton's method. Tried beside it and
left out: the features and single words of `app/summary/headline/words.py` (40 features, 200 to 600 words) raise the
area under the curve on held-out articles from 0.771 to 0.779 at most.
"""

from __future__ import annotations

import argparse
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.summary.compress.worth import CONTENT, FEATURES, features
from app.text.morphology import tokenize
from app.text.sentences import sentences
from training.salience import HELD_OUT, rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEPS = 12
RIDGE = 1e-6


def gather(data: Path) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.intp]]:
    """Features, labels and articles of the content words of every article with subheads, each word of an article once."""
    values: list[tuple[float, ...]] = []
    labels: list[float] = []
    articles: list[int] = []
    for number, row in enumerate(row for row in rows(data) if (row["subtitle"] or "").strip()):
        found = sentences(row["body"].removeprefix(row["subtitle"]))
        said = {t.form for t in tokenize(row["subtitle"])}
        often = Counter(t.form for s in found for t in s.tokens if t.tag in CONTENT)
        tags = {t.form: t.tag for s in found for t in s.tokens if t.tag in CONTENT}
        early = features(found)
        for form in often:
            values.append((*early(form), float(tags[form] == "SN")))
            labels.append(float(form in said))
            articles.append(number)
    return np.array(values), np.array(labels), np.array(articles)


def fit(values: NDArray[np.float64], labels: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights that make the labels likeliest."""
    weights = np.zeros(values.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(values @ weights)))
        slope = values.T @ (labels - chance) - RIDGE * weights
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def area(scores: NDArray[np.float64], labels: NDArray[np.float64]) -> float:
    """The area under the curve: how often a word that was said again scores over one that was not."""
    order = np.empty(len(scores))
    order[np.argsort(scores)] = np.arange(len(scores))
    said = labels > 0
    first = order[said].sum() - said.sum() * (said.sum() - 1) / 2
    return float(first / (said.sum() * (~said).sum()))


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("app/summary/compress/worth.toml"))
    args = parser.parse_args()
    values, labels, articles = gather(args.data)
    held = articles % HELD_OUT == 0
    weights = fit(values[~held], labels[~held])
    learned = len(set(articles[~held].tolist()))
    print(f"words: {int((~held).sum())} of {learned} articles, {labels[~held].mean():.3f} said again")
    print(
        f"area under the curve: learned {area(values[~held] @ weights, labels[~held]):.3f}, "
        f"held out {area(values[held] @ weights, labels[held]):.3f}"
    )
    lines = [f"{name} = {weight:.3f}\n" for name, weight in zip(FEATURES, weights, strict=True)]
    args.out.write_text(
        "# Written by training/worth.py; not by hand.\n[card]\n"
        'what = "logistic weights: does a content word of the body stand in the subheads"\n'
        f'learned_from = "{learned} articles of articles_dev and articles_more, those with subheads"\n'
        f'method = "logistic regression by Newton\'s method, ridge {RIDGE}, {STEPS} steps"\n'
        f'analyser = "kiwipiepy_model {version("kiwipiepy_model")}"\n\n[weights]\n' + "".join(lines),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
