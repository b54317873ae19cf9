"""Which sentences are chosen: ours beside Lead-3, TextRank and LexRank, in one run, on the same morphemes.

    python -m bench quality

The references are the development summaries whose human taggers marked sentences; nothing is learned here.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.domain import Article, Options, Traced
from app.summary.assign import assign
from app.summary.select import select
from app.text.sentences import sentences
from bench.peers.extractive import lead, lexrank, textrank

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Sentence

    Chooser = Callable[[Article, tuple[Sentence, ...]], list[int]]

REFERENCES = Path("../shared/data/summaries_dev.jsonl")
LINES = 3


@dataclass
class Tally:
    """Sentences chosen, those that people chose too, and the seconds that choosing took."""

    chosen: int = 0
    hits: int = 0
    seconds: float = 0.0


def ours(article: Article, found: tuple[Sentence, ...]) -> list[int]:
    """The learned selection alone, before a line is made of anything."""
    return [n for group, _ in select(article, found, LINES) for n in group]


def assigned(article: Article, found: tuple[Sentence, ...]) -> list[int]:
    """The learned selection as it runs: sentences that give no line of their own are passed over."""
    del found
    return [n for e in assign(article, Options(lines=LINES)).evidence for n in e.sentences]


CHOOSERS: dict[str, Chooser] = {
    "lead-3": lambda _, found: lead(found, LINES),
    "textrank": lambda _, found: textrank(found, LINES),
    "lexrank": lambda _, found: lexrank(found, LINES),
    "sejul, selection alone": ours,
    "sejul, with its lines": assigned,
}


def measure(rows: list[dict[str, Any]]) -> dict[str, Tally]:
    """Each chooser over all references that have marked sentences."""
    tallies = {name: Tally() for name in CHOOSERS}
    for row in rows:
        article = Article(row["title"], Traced.whole(row["body"]))
        found = sentences(row["body"])
        for name, choose in CHOOSERS.items():
            started = time.process_time()
            chosen = {found[n].paragraph for n in choose(article, found)}
            tally = tallies[name]
            tally.seconds += time.process_time() - started
            tally.chosen += len(chosen)
            tally.hits += len(chosen & set(row["gold_idx"]))
    return tallies


def main() -> None:
    """Print the share of chosen sentences that people chose too."""
    with REFERENCES.open(encoding="utf-8") as lines:
        rows = [row for line in lines if "gold_idx" in (row := json.loads(line))]
    print(
        f"{len(rows)} references with marked sentences; hit is the share of chosen sentences that people chose"
    )
    for name, tally in measure(rows).items():
        share = tally.hits / max(1, tally.chosen)
        print(
            f"{name:24s} hit {share:.3f} ({tally.hits}/{tally.chosen})  {1000 * tally.seconds / len(rows):6.1f} ms"
        )


if __name__ == "__main__":
    main()
