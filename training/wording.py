"""Learns how headlines are worded, from the headlines and bodies of press articles.

    python -m training.wording ../shared/data

Each headline is set against pieces of a body of its own length (one from a sentence's start, one cut anywhere),
whole and as the halves that a narrow column makes of it, so that only the wording is learned.
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.text.wording import headlike, wording_features
from training.hashed import Examples, train, write

if TYPE_CHECKING:
    from collections.abc import Iterator

BITS = 17


def articles(path: Path) -> list[dict[str, str]]:
    """The articles of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def pairs(article: dict[str, str], rng: random.Random) -> Iterator[tuple[str, bool]]:
    """Headline wordings and body pieces of the same lengths."""
    heads = [t for t in (article["title"], article["subtitle"]) if t and len(t) > 4]
    body = re.sub(r"\s+", " ", article["body"])
    starts = [0, *[m.end() for m in re.finditer(r"다\. ", body)]]
    pieces = []
    for head in (re.sub(r"\s+", " ", h).strip() for h in heads):
        pieces.append(head)
        if len(head) > 14:
            width = rng.randint(8, 22)
            pieces += [p for p in (head[:width].strip(), head[width:].strip()) if len(p) > 4]
    for piece in pieces:
        n = len(piece)
        yield piece, True
        at = rng.choice(starts)
        for begin in (at, rng.randrange(max(1, len(body) - n))):
            text = body[begin : begin + n].strip()
            # A piece may run on to its sentence's end.
            if rng.random() < 0.3:
                end = body.find("다.", begin + n)
                text = body[max(0, end + 2 - n) : end + 2].strip()
            if len(text) > 3:
                yield text, False


def main(data: Path) -> None:
    """Train on articles_more and most of articles_dev; measure on 300 articles of articles_dev."""
    rng = random.Random(0)
    dev = articles(data / "articles_dev.jsonl")
    rng.shuffle(dev)
    held, learn = dev[:300], dev[300:] + articles(data / "articles_more.jsonl")
    examples = Examples(BITS)
    for _ in range(3):
        for article in learn:
            for text, head in pairs(article, rng):
                examples.add(wording_features(text), float(head))
    print(f"{len(learn)} articles, {len(examples)} lines", flush=True)
    write("wording", train(examples, epochs=3, decay=2e-4, rare=3))
    right = {True: [0, 0], False: [0, 0]}
    for article in held:
        for text, head in pairs(article, rng):
            right[head][0] += (headlike(text) > 0) == head
            right[head][1] += 1
    for head, (good, all_n) in right.items():
        print(f"{'headlines' if head else 'body pieces'} held out: {good / all_n:.4f} of {all_n}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
