"""Learn the coefficients of `app/summary/headline/words.toml`: which words of a body its headline takes.

    python -m training.headline [--data ../shared/data] [--out app/summary/headline/words.toml] [--sample N]

A logistic regression over the words of an article's first four sentences; the label is whether the word stands
in the article's own headline. The commonest words have a weight of their own, so that 체결 and 선정 are known
to be headline words, and 경우 and 관계자 not to be. No text of the scored sets is read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from app.summary.eligible import Eligibility, eligibility
from app.summary.headline.words import FEATURES, occurrences
from app.text.morphology import tokenize
from app.text.sentences import sentences
from training.salience import rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

SENTENCES = 4
# Words with a weight of their own, and the articles that each must stand in. Of 400 to 4,000 words, the loss of the
# articles held out goes from 0.3457 to 0.3332; past 2,500 (0.3345) it gains little.
WORDS = 2500
FEWEST = 10
OWN = ("NNG", "VV", "VA", "MAG")  # Names would only tell what the training articles happen to be about.
RIDGE, WORD_RIDGE = 1e-5, 1e-5  # Of words, 1e-4, 3e-5 and 1e-5 tried: the least is the best.
STEPS = 300
HELD_OUT = 10


def sampled(data: Path, size: int | None) -> list[dict[str, str]]:
    """The articles to learn from: all, or so many of them by the same chance on every run."""
    found = list(rows(data))
    if size is None:
        return found
    Random(11).shuffle(found)
    return found[:size]


def gather(
    found_rows: list[dict[str, str]],
) -> tuple[NDArray[np.float64], list[str], NDArray[np.float64], NDArray[np.intp]]:
    """Features, words and labels of all occurrences, and which article each is of."""
    values: list[list[tuple[int, float]]] = []
    words: list[str] = []
    labels: list[float] = []
    articles: list[int] = []
    for number, row in enumerate(found_rows):
        found = sentences(row["body"])
        chosen = [n for n, s in enumerate(found) if eligibility(s) == Eligibility.SENTENCE][:SENTENCES]
        headline = {t.form for t in tokenize(row["title"] or "")}
        for n, i, word, features in occurrences(found, chosen):
            values.append(features)
            words.append(word if found[n].tokens[i].tag in OWN else "")
            labels.append(float(word in headline))
            articles.append(number)
    dense = np.zeros((len(values), len(FEATURES)))
    for n, features in enumerate(values):
        for k, value in features:
            dense[n, k] = value
    return dense, words, np.array(labels), np.array(articles)


def fit(
    values: NDArray[np.float64], own: NDArray[np.intp], labels: NDArray[np.float64], size: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights of the features and of `size` words by themselves (`own` is -1 where a word has none)."""
    weights, words = np.zeros(values.shape[1]), np.zeros(size + 1)
    state = [np.zeros_like(weights), np.zeros_like(weights), np.zeros_like(words), np.zeros_like(words)]
    for step in range(1, STEPS + 1):
        error = (1 / (1 + np.exp(-(values @ weights + words[own]))) - labels) / len(labels)
        slopes = (
            values.T @ error + RIDGE * weights,
            np.bincount(own % (size + 1), weights=error, minlength=size + 1) + WORD_RIDGE * words,
        )
        for k, (target, slope) in enumerate(zip((weights, words), slopes, strict=True)):
            state[2 * k] = 0.9 * state[2 * k] + 0.1 * slope
            state[2 * k + 1] = 0.999 * state[2 * k + 1] + 0.001 * slope**2
            moved = state[2 * k] / (1 - 0.9**step)
            np.subtract(
                target, 0.05 * moved / (np.sqrt(state[2 * k + 1] / (1 - 0.999**step)) + 1e-10), out=target
            )
        words[-1] = 0
    return weights, words[:-1]


def loss(chance: NDArray[np.float64], labels: NDArray[np.float64]) -> float:
    """The mean logistic loss, in nats."""
    return float(-np.mean(labels * np.log(chance) + (1 - labels) * np.log(1 - chance)))


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("app/summary/headline/words.toml"))
    parser.add_argument("--sample", type=int, default=None)
    args = parser.parse_args()
    learn_from(gather(sampled(args.data, args.sample)), args.out)


def learn_from(
    gathered: tuple[NDArray[np.float64], list[str], NDArray[np.float64], NDArray[np.intp]], out: Path
) -> None:
    """Fit, report, and write the coefficients to `out`."""
    values, words, labels, articles = gathered
    learn = articles % HELD_OUT > 0
    spread = Counter({w: len(a) for w, a in _articles_of(words, articles, learn).items()})
    common = [word for word, count in spread.most_common(WORDS) if count >= FEWEST]
    place = {word: n for n, word in enumerate(common)}
    own = np.array([place.get(word, -1) for word in words])
    weights, by_word = fit(values[learn], own[learn], labels[learn], len(common))
    chance = 1 / (1 + np.exp(-(values @ weights + np.append(by_word, 0)[own])))
    base = np.full(int((~learn).sum()), labels[learn].mean())
    print(f"words: {int(learn.sum())} learned from in {len(set(articles[learn].tolist()))} articles")
    print(
        f"loss: learned {loss(chance[learn], labels[learn]):.4f}, held out {loss(chance[~learn], labels[~learn]):.4f}, "
        f"share alone {loss(base, labels[~learn]):.4f}"
    )
    for n in np.argsort(-np.abs(weights)):
        print(f"{FEATURES[n]:20s} {weights[n]:7.3f}")
    order = np.argsort(by_word)
    print("least:", " ".join(common[n] for n in order[:30]))
    print("most:", " ".join(common[n] for n in order[::-1][:30]))
    out.write_text(
        "# Written by training/headline.py; not by hand.\n[card]\n"
        'what = "logistic weights: does a word of the body stand in the headline"\n'
        f'learned_from = "{len(set(articles[learn].tolist()))} of the articles of articles_dev and articles_more"\n'
        f'labels = "the articles\' own headlines, over the words of their first {SENTENCES} sentences"\n'
        f'method = "logistic regression, ridge {RIDGE} ({WORD_RIDGE} for single words), {STEPS} steps"\n'
        f'analyser = "kiwipiepy_model {version("kiwipiepy_model")}"\n\n[weights]\n'
        + "".join(f"{name} = {weight:.3f}\n" for name, weight in zip(FEATURES, weights, strict=True))
        + "\n[words]\n"
        + "".join(f'"{word}" = {weight:.2f}\n' for word, weight in zip(common, by_word, strict=True)),
        encoding="utf-8",
    )


def _articles_of(
    words: list[str], articles: NDArray[np.intp], learn: NDArray[np.bool_]
) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for word, article, mine in zip(words, articles.tolist(), learn.tolist(), strict=True):
        if mine and len(word) > 1:
            found.setdefault(word, set()).add(article)
    return found


if __name__ == "__main__":
    main()
