"""Learns how an article's first paragraph differs from its others.

python -m training.leads ../shared/data
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from app.text.bylines import opening
from app.text.leads import lead_features, leadlike
from training.hashed import Examples, train, write

if TYPE_CHECKING:
    from collections.abc import Iterator

BITS = 16
_SENTENCE = re.compile(r"(?<=다\.)\s+|(?<=[?!][\"”’'])\s+")


def sentences(body: str) -> list[str]:
    """The body's sentences of some length, wire openings and captions left out."""
    found = []
    for paragraph in body.split("\n"):
        for part in _SENTENCE.split(paragraph.strip()):
            wire = opening(part)
            text = part[wire.end :].strip() if wire else part.strip()
            if len(text) > 25 and text.endswith(("다.", "요.", "까?")):
                found.append(text)
    return found


def examples_of(body: str, rng: random.Random) -> Iterator[tuple[str, bool]]:
    """The first sentence, and three of the others."""
    found = sentences(body)
    if len(found) > 4:
        yield found[0], True
        for text in rng.sample(found[1:], 3):
            yield text, False


def main(data: Path) -> None:
    """Train on articles_more and most of articles_dev; measure on 300 articles of articles_dev."""
    rng = random.Random(0)

    def bodies(name: str) -> list[str]:
        return [json.loads(x)["body"] for x in (data / name).read_text(encoding="utf-8").splitlines()]

    dev = bodies("articles_dev.jsonl")
    rng.shuffle(dev)
    examples = Examples(BITS)
    for _ in range(3):
        for body in dev[300:] + bodies("articles_more.jsonl"):
            for text, lead in examples_of(body, rng):
                examples.add(lead_features(text, text), float(lead))
    print(f"{len(examples)} sentences", flush=True)
    write("leads", train(examples, epochs=3, decay=2e-4, rare=12))
    good = {True: [0, 0], False: [0, 0]}
    for body in dev[:300]:
        for text, lead in examples_of(body, rng):
            good[lead][0] += (leadlike(text, text) > 0) == lead
            good[lead][1] += 1
    for lead, (right, n) in good.items():
        print(f"{'leads' if lead else 'others'} held out: {right / n:.4f} of {n}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
