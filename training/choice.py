"""Learn the coefficients of `app/summary/headline/choice.toml`: which candidate shares most with the press's headline.

    python -m training.choice [--data ../shared/data] [--out app/summary/headline/choice.toml] [--sample N]

Least squares on the candidates of the training articles, features and labels centred within each article, since what is
asked is which of one article's. The label is the F1 of a candidate's longest common subsequence with the article's own
headline, in morphemes (ROUGE-L: Lin, ACL Workshop 2004). No text of the scored sets is read.
"""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.summary.headline.choice import FEATURES, described, sought
from app.summary.salience import features, salience
from app.text.morphology import tokenize
from app.text.sentences import sentences
from app.text.splitter import single
from training.headline import sampled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SAMPLE = 1500
FOLDS = 5
RIDGE = 0.1  # Of 1e-5 to 0.1 the most: 0.2970 on folds left out, 0.2956 with the least.


class Example(NamedTuple):
    """An article's candidates: their features, and what each shares with the press's headline."""

    values: NDArray[np.float64]
    shared: NDArray[np.float64]


def example(row: dict[str, str]) -> Example | None:
    """A row as an example; None where it gives no candidate."""
    article = single(None, row["body"]).articles[0]
    found = sentences(article.body.text)
    known = features(article, found)
    scores = salience(known).tolist()
    first, _ = sought(known, scores)
    if not first:
        return None
    made = described(found, first, scores)
    headline = [t.form for t in tokenize(row["title"] or "")]
    texts = {c.text: _shared([t.form for t in tokenize(c.text)], headline) for c, _ in made}
    return (
        Example(np.array([v for _, v in made]), np.array([texts[c.text] for c, _ in made])) if made else None
    )


def _shared(text: Sequence[str], headline: Sequence[str]) -> float:
    """The F1 of the longest common subsequence of two texts' morphemes."""
    row = [0] * (len(headline) + 1)
    for form in text:
        before = row
        row = [0]
        for n, other in enumerate(headline):
            row.append(before[n] + 1 if form == other else max(before[n + 1], row[-1]))
    return 2 * row[-1] / max(1, len(text) + len(headline))


def fit(examples: Sequence[Example]) -> NDArray[np.float64]:
    """The weights, by least squares within the articles."""
    values = np.concatenate([e.values - e.values.mean(axis=0) for e in examples])
    shared = np.concatenate([e.shared - e.shared.mean() for e in examples])
    spread = values.std(axis=0) + 1e-9
    scaled = values / spread
    bend = scaled.T @ scaled + RIDGE * len(values) * np.eye(values.shape[1])
    weights: NDArray[np.float64] = np.linalg.solve(bend, scaled.T @ shared) / spread
    return weights


def chosen(examples: Sequence[Example], weights: NDArray[np.float64]) -> float:
    """What the candidates that the weights choose share with the press's headlines, the mean over articles."""
    return float(np.mean([e.shared[int(np.argmax(e.values @ weights))] for e in examples]))


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("app/summary/headline/choice.toml"))
    parser.add_argument("--sample", type=int, default=SAMPLE)
    args = parser.parse_args()
    examples = [e for row in sampled(args.data, args.sample) if (e := example(row)) is not None]
    learn_from(examples, args.out)


def learn_from(examples: Sequence[Example], out: Path) -> None:
    """Fit, report, and write the coefficients to `out`."""
    folds = [[e for i, e in enumerate(examples) if i % FOLDS == k] for k in range(FOLDS)]
    unseen = [
        chosen(folds[k], fit([e for j in range(FOLDS) if j != k for e in folds[j]])) for k in range(FOLDS)
    ]
    best = float(np.mean([e.shared.max() for e in examples]))
    by_share = chosen(examples, np.eye(len(FEATURES))[0])
    weights = fit(examples)
    print(f"articles: {len(examples)}, candidates: {sum(len(e.shared) for e in examples)}")
    print(
        f"shared by the chosen: {np.mean(unseen):.4f} on folds left out, {by_share:.4f} by the words alone, {best:.4f} at best"
    )
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:18s} {weight:7.4f}")
    out.write_text(
        "# Written by training/choice.py; not by hand.\n[card]\n"
        'what = "linear weights: what a headline candidate shares with the press\'s own headline, within its article"\n'
        f'learned_from = "{len(examples)} of the articles of articles_dev and articles_more"\n'
        f'labels = "F1 of the longest common subsequence with the article\'s own headline"\n'
        f'method = "least squares centred within articles, ridge {RIDGE} of the spread"\n'
        f'analyser = "kiwipiepy_model {version("kiwipiepy_model")}"\n\n[weights]\n'
        + "".join(f"{name} = {weight:.4f}\n" for name, weight in zip(FEATURES, weights, strict=True)),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
