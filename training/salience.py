"""Learn the coefficients of `app/summary/salience.toml` from headlines and subheads as distant labels.

    python -m training.salience [--data ../shared/data] [--out app/summary/salience.toml]

A sentence is wanted as far as it covers words of its article's headline and subhead that the sentences wanted
before it do not (a greedy oracle of three, as in Nallapati et al., SummaRuNNer, AAAI 2017). The coefficients
are a softmax's over an article's sentences: a listwise loss, since what is asked is which of them, not how
many. No text of the scored sets is read.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.summary.eligible import Eligibility
from app.summary.salience import FEATURES, content, features_of
from app.text.morphology import tokenize
from app.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from app.domain import Sentence

FILES = ("articles_dev.jsonl", "articles_more.jsonl")
LINES = 3
HELD_OUT = 10  # Every tenth article is not learned from; the log gives both losses.
RIDGE = 1e-3
STEPS = 400
LIKENESS = ("headline", "subheads")


@dataclass(frozen=True)
class Example:
    """An article's eligible sentences: their features, the share of the label that each has, their words."""

    values: NDArray[np.float64]
    wanted: NDArray[np.float64]
    words: list[frozenset[str]]
    headline: frozenset[str]
    subheads: frozenset[str]


def rows(folder: Path) -> Iterator[dict[str, Any]]:
    """The training articles, in their files' order."""
    for name in FILES:
        with (folder / name).open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def example(row: dict[str, Any]) -> Example | None:
    """A row as an example; None where it is too short, or too little of its headline is in its body."""
    found = sentences(row["body"])
    headline = frozenset(content(tokenize(row["title"] or "")))
    subheads = frozenset(content(tokenize(row["subtitle"] or "")))
    made = features_of(found, frozenset(), frozenset())
    kept = [n for n, e in enumerate(made.eligible) if e == Eligibility.SENTENCE]
    if len(kept) <= LINES + 1 or len(headline | subheads) < LINES:
        return None
    words = [words_of(found[n]) for n in kept]
    wanted = oracle(words, headline | subheads)
    return Example(made.values[kept], wanted, words, headline, subheads) if wanted.any() else None


def words_of(sentence: Sentence) -> frozenset[str]:
    """The content words of a sentence."""
    return frozenset(content(sentence.tokens))


def oracle(words: list[frozenset[str]], target: frozenset[str]) -> NDArray[np.float64]:
    """The label: how much of `target` each sentence adds, for the three that add most; sums to 1, or all 0.

    Gains are not divided by the sentence's length: swept as gain / (words + 8)^a for a = 0, 0.25, 0.5, 0.75,
    the development references' hit fell from 0.66 to 0.60.
    """
    left, gains = set(target), np.zeros(len(words))
    for _ in range(LINES):
        best = max((n for n in range(len(words)) if not gains[n]), key=lambda n: len(words[n] & left))
        gains[best] = len(words[best] & left)
        if not gains[best]:
            break
        left -= words[best]
    shares: NDArray[np.float64] = gains / max(1.0, float(gains.sum()))
    return shares


def fit(examples: list[Example]) -> NDArray[np.float64]:
    """The weights of all features but the likenesses, by gradient descent (Adam) on the listwise loss."""
    values = np.concatenate([e.values for e in examples])
    wanted = np.concatenate([e.wanted for e in examples])
    starts = np.cumsum([0, *(len(e.values) for e in examples)])
    mean, spread = values.mean(axis=0), values.std(axis=0)
    learned = np.array([name not in LIKENESS for name in FEATURES]) & (spread > 1e-6)
    spread[spread <= 1e-6] = 1
    scaled = (values - mean) / spread * learned
    weights, first, second = (np.zeros(len(FEATURES)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = scaled.T @ (softmax(scaled @ weights, starts) - wanted) / len(examples) + RIDGE * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= 0.03 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    unscaled: NDArray[np.float64] = weights / spread
    return unscaled


def softmax(scores: NDArray[np.float64], starts: NDArray[np.intp]) -> NDArray[np.float64]:
    """Each article's scores as shares of 1; `starts` are the articles' first rows, and the end."""
    sizes = np.diff(starts)
    top = np.maximum.reduceat(scores, starts[:-1])
    powers = np.exp(scores - np.repeat(top, sizes))
    shares: NDArray[np.float64] = powers / np.repeat(np.add.reduceat(powers, starts[:-1]), sizes)
    return shares


def loss(examples: list[Example], weights: NDArray[np.float64]) -> float:
    """The mean listwise loss, in nats."""
    total = 0.0
    for e in examples:
        shares = softmax(e.values @ weights, np.array([0, len(e.values)]))
        total -= float(e.wanted @ np.log(np.maximum(shares, 1e-12)))
    return total / len(examples)


def likeness_weight(examples: list[Example], weights: NDArray[np.float64], name: str) -> float:
    """The weight of one likeness, the others held, on the articles that have a subhead.

    The headline is known when an article is summarized and its lines must cover it, so it stays in the label.
    Of the subhead, one half of the words is the feature and only the other is in the label, else it would
    learn that the answer is the answer.
    """
    rng = np.random.default_rng(4)
    column = FEATURES.index(name)
    made = []
    for e in examples:
        if not e.subheads:
            continue
        known, target = e.headline, e.headline | e.subheads
        if name == "subheads":
            shuffled = rng.permutation(sorted(e.subheads)).tolist()
            half = len(shuffled) // 2
            known, target = frozenset(shuffled[:half]), frozenset(shuffled[half:])
        wanted = oracle(e.words, target)
        if known and wanted.any():
            values = e.values.copy()
            values[:, column] = [len(found & known) / len(known) for found in e.words]
            made.append(Example(values, wanted, e.words, e.headline, e.subheads))
    tried = np.arange(0, 4.01, 0.25)
    losses = []
    for weight in tried:
        moved = weights.copy()
        moved[column] = weight
        losses.append(loss(made, moved))
    best = int(np.argmin(losses))
    print(
        f"{name}: {len(made)} articles, weight {tried[best]:.2f}, loss {losses[0]:.4f} -> {losses[best]:.4f}"
    )
    return float(tried[best])


def card(learned_from: int) -> str:
    """What the coefficients' file says of itself."""
    return "\n".join(
        [
            "# Written by training/salience.py; not by hand.",
            "[card]",
            "what = \"weights of the features of app/summary/salience.py: a sentence's logit among its article's\"",
            f'learned_from = "{learned_from} of the articles of articles_dev and articles_more"',
            'labels = "words of headline and subhead that a sentence covers, greedily, three sentences an article"',
            f'method = "listwise softmax, ridge {RIDGE}, {STEPS} steps; likenesses on the articles with a subhead"',
            f'analyser = "kiwipiepy_model {version("kiwipiepy_model")}"',
            "",
        ]
    )


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("app/summary/salience.toml"))
    args = parser.parse_args()
    examples = [e for row in rows(args.data) if (e := example(row)) is not None]
    learn = [e for n, e in enumerate(examples) if n % HELD_OUT]
    held = [e for n, e in enumerate(examples) if not n % HELD_OUT]
    weights = fit(learn)
    even = np.zeros(len(FEATURES))
    print(f"articles: {len(learn)} learned from, {len(held)} held out")
    print(
        f"loss: learned {loss(learn, weights):.4f}, held out {loss(held, weights):.4f}, even {loss(held, even):.4f}"
    )
    for name in LIKENESS:
        weights[FEATURES.index(name)] = likeness_weight(learn, weights, name)
    spread = np.concatenate([e.values for e in learn]).std(axis=0)
    for n in sorted(range(len(FEATURES)), key=lambda n: -abs(weights[n] * spread[n])):
        print(f"{FEATURES[n]:16s} {weights[n]:7.3f}  per standard deviation {weights[n] * spread[n]:7.3f}")
    lines = [f"{name} = {weight:.4f}" for name, weight in zip(FEATURES, weights, strict=True)]
    args.out.write_text(card(len(learn)) + "\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
