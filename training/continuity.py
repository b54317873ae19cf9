"""Learns whether a line runs on into the next, from press articles.

python -m training.continuity ../shared/data
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.text.continuity import break_features, continues
from training.hashed import Examples, train, write

if TYPE_CHECKING:
    from collections.abc import Iterator

BITS = 17
_SENTENCE = re.compile(r"(?<=다\.)\s+")


def breaks(article: dict[str, str], rng: random.Random) -> Iterator[tuple[str, str, bool]]:
    """Line breaks inside a sentence, and after a headline or a subhead."""
    body = re.sub(r"\s+", " ", article["body"]).strip()
    heads = [re.sub(r"\s+", " ", t).strip() for t in (article["title"], article["subtitle"]) if t]
    starts = _SENTENCE.split(body)
    for _ in range(4):
        at = rng.randrange(20, max(21, len(body) - 20))
        left, right = body[:at].rstrip()[-40:], body[at:].lstrip()[:40]
        if left and right and not left.endswith((".", "?", "!")):
            yield left, right, True
    for head in heads:
        yield head, starts[0][:40], False
        yield head, rng.choice(starts)[:40], False
    if len(heads) > 1:
        yield heads[0], heads[1][:40], False
    # A headline after a line that lost its full stop, or after a caption's or an advertisement's last words.
    yield rng.choice(heads), rng.choice(heads)[:40], False


def main(data: Path) -> None:
    """Train on articles_more and most of articles_dev; measure on 300 articles of articles_dev."""
    rng = random.Random(0)

    def articles(name: str) -> list[dict[str, str]]:
        return [json.loads(x) for x in (data / name).read_text(encoding="utf-8").splitlines()]

    dev = articles("articles_dev.jsonl")
    rng.shuffle(dev)
    examples = Examples(BITS)
    for _ in range(3):
        for article in dev[300:] + articles("articles_more.jsonl"):
            for left, right, runs_on in breaks(article, rng):
                examples.add(break_features(left, right), float(runs_on))
    print(f"{len(examples)} breaks", flush=True)
    write("continuity", train(examples, epochs=3, decay=2e-4, rare=3))
    good = {True: [0, 0], False: [0, 0]}
    for article in dev[:300]:
        for left, right, runs_on in breaks(article, rng):
            good[runs_on][0] += (continues(left, right) > 0) == runs_on
            good[runs_on][1] += 1
    for runs_on, (right_n, n) in good.items():
        print(f"{'cut sentences' if runs_on else 'ends'} held out: {right_n / n:.4f} of {n}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
