"""Learns where a space stands at a cut, from press articles; prints its accuracy on articles it has not seen.

python -m training.spacing ../shared/data
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.text.spacing import cut_features, spaced
from training.hashed import Examples, train, write

if TYPE_CHECKING:
    from collections.abc import Iterator

BITS = 19
# Of each article, this share of the character boundaries is sampled.
SHARE = 0.5


def bodies(path: Path) -> list[str]:
    """The bodies of an article file, spaces made single."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [re.sub(r"\s+", " ", json.loads(line)["body"]).strip() for line in lines]


def cuts(body: str, rng: random.Random, share: float) -> Iterator[tuple[str, str, bool]]:
    """Cuts of `body` as a hard wrap makes them: left side, right side, whether a space was lost."""
    for at in range(2, len(body) - 2):
        if rng.random() < share:
            left, right = body[max(0, at - 20) : at], body[at : at + 20]
            space = left.endswith(" ") or right.startswith(" ")
            if left.strip() and right.strip():
                yield left.strip(), right.strip(), space


def main(data: Path) -> None:
    """Train on articles_more and two thirds of articles_dev; measure on the rest of articles_dev."""
    rng = random.Random(0)
    dev = bodies(data / "articles_dev.jsonl")
    rng.shuffle(dev)
    held, learn = dev[: len(dev) // 3], dev[len(dev) // 3 :] + bodies(data / "articles_more.jsonl")
    examples = Examples(BITS)
    for body in learn:
        for left, right, space in cuts(body, rng, SHARE):
            examples.add(cut_features(left, right), float(space))
    with_space = sum(examples.labels) / len(examples)
    print(f"{len(learn)} articles, {len(examples)} cuts, {with_space:.3f} with a space", flush=True)
    write("spacing", train(examples, epochs=3, decay=2e-6, rare=2))
    right_n = all_n = 0
    for body in held:
        for left, right, space in cuts(body, rng, 0.05):
            all_n += 1
            right_n += (spaced(left, right) > 0) == space
    print(f"held-out cuts {all_n}: {right_n / all_n:.4f} right")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
