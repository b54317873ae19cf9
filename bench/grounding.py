"""Grounding measured: lies caught and true lines flagged, by kind, on the development articles."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from random import Random

from app.domain import Article, Traced
from app.summary.grounding import ground, unsupported
from app.text.facts.reading import read
from app.text.morphology import tokenize
from app.text.sentences import sentences
from app.text.splitter import single
from bench.lies import WAYS, Page

SHARED = Path("../shared/data")
OWN = Path(__file__).parent.parent / "tests" / "data" / "true_lines.txt"
PER_WAY = 250


def main() -> None:
    """Print both tables: lies by kind and way, and true lines."""
    show = set(sys.argv[1:])
    per_way = next((int(a) for a in show if a.isdigit()), PER_WAY)
    random = Random(20261123)  # noqa: S311 - the same lies on every run, not secrets
    rows = _rows()
    random.shuffle(rows)
    strangers = _strangers(rows[:60])
    made: dict[tuple[str, str], list[tuple[bool, bool]]] = defaultdict(list)
    true = [0, 0, 0]
    for row in rows:
        if all(len(v) >= per_way for v in made.values()) and len(made) >= len(WAYS):
            break
        article = single(row["title"], row["body"]).articles[0]
        found = sentences(article.body.text)[:60]
        if len(found) < 4:
            continue
        source = ground(article, found)
        page = Page(found, [read(s.text, s.tokens) for s in found], random.sample(strangers, 8))
        for n in random.sample(range(len(found)), min(6, len(found))):
            if len(found[n].text) < 20 or len(found[n].text) > 220:
                continue
            with_, without = (
                bool(unsupported(found[n].text, source, (found[n],))),
                bool(unsupported(found[n].text, source)),
            )
            true = [true[0] + 1, true[1] + with_, true[2] + without]
            if (with_ or without) and "true" in show:
                print(
                    "TRUE",
                    found[n].text,
                    unsupported(found[n].text, source, (found[n],)) or unsupported(found[n].text, source),
                )
            for make in WAYS:
                mutant = make(page, n, random)
                if mutant is None or mutant.text == found[n].text or len(made[mutant[:2]]) >= per_way:
                    continue
                caught = bool(unsupported(mutant.text, source, (found[n],)))
                blind = bool(unsupported(mutant.text, source))
                made[mutant[:2]].append((caught, blind))
                if not caught and (mutant.kind in show or "all" in show):
                    print(f"MISS {mutant.kind}/{mutant.way}\n  {found[n].text}\n  {mutant.text}")
    _print(made, true)
    _print_own()


def _print_own() -> None:
    """The 200 true lines of our own that the tests hold, and what grounding costs beside one Kiwi pass."""
    lines = flagged = 0
    kiwi = spent = 0.0
    tokenize("분석기를 먼저 올린다.")
    for block in OWN.read_text(encoding="utf-8").split("# ")[1:]:
        headline, *rows = block.strip().split("\n")
        body = "\n".join(row for row in rows if row and not row.startswith("- "))
        article = Article(headline, Traced.whole(body))
        started = time.process_time()
        found = sentences(article.body.text)
        kiwi += time.process_time() - started
        started = time.process_time()
        source = ground(article, found)
        results = [bool(unsupported(row[2:], source)) for row in rows if row.startswith("- ")]
        # Ten lines stand under each article; a page publishes three and a headline.
        spent += (time.process_time() - started) * 4 / len(results)
        lines, flagged = lines + len(results), flagged + sum(results)
    print(
        f"true lines of our own flagged: {flagged} of {lines}; four lines cost {spent / kiwi:.2f} Kiwi passes of these short articles"
    )


def _print(made: dict[tuple[str, str], list[tuple[bool, bool]]], true: list[int]) -> None:
    kinds: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for (kind, way), results in made.items():
        kinds[kind] += results
        print(
            f"  {kind:12s} {way:26s} {sum(a for a, _ in results) / len(results):.3f} {sum(b for _, b in results) / len(results):.3f} n={len(results)}"
        )
    print("caught, by kind: with the evidence, and without it")
    for kind, results in kinds.items():
        print(
            f"  {kind:12s} {sum(a for a, _ in results) / len(results):.3f} {sum(b for _, b in results) / len(results):.3f} n={len(results)}"
        )
    print(
        f"true sentences flagged: {true[1] / true[0]:.4f} with, {true[2] / true[0]:.4f} without, n={true[0]}"
    )


def _rows() -> list[dict[str, str]]:
    return [
        json.loads(row)
        for file in ("articles_dev.jsonl", "articles_more.jsonl")
        for row in (SHARED / file).read_text(encoding="utf-8").splitlines()
    ]


def _strangers(rows: list[dict[str, str]]) -> list[str]:
    """Names of people and places, to put where they do not belong."""
    names = set()
    for row in rows:
        names |= {t.form for t in tokenize(row["body"][:400]) if t.tag == "NNP" and 2 <= len(t.form) <= 4}
    return sorted(names)


if __name__ == "__main__":
    main()
