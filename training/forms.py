"""The own pages in many forms, and pages with gold spans, line by line: what the splitter is fitted to beside composed ones."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING

from app.text import lines
from app.text.normalize import normalize
from bench import pages
from bench.pages import GoldLine
from training import compose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.text.lines import Line


def paired(page: Sequence[GoldLine]) -> tuple[list[Line], list[GoldLine]] | None:
    """A page's lines as the splitter reads them, and the gold line of each; None where they don't pair."""
    found = lines.read(normalize("\n".join(line.text for line in page)).text)
    gold = [line for line in page if line.text.strip()]
    return (found, gold) if len(found) == len(gold) else None


def own(paths: Sequence[Path], rng: random.Random) -> Iterator[list[GoldLine]]:
    """Own pages in the forms of the gate, and hard-wrapped at other widths, signed and not."""
    for each in paths:
        page = pages.read(each)
        bare = pages.unsigned(page)
        dense = [line for line in page if line.code]
        yield page
        yield pages.columns(page)
        yield bare
        yield dense
        yield [line for line in bare if line.code]
        for source in (page, page, bare):
            yield pages.wrapped(source, rng.randint(14, 26))
        h = compose.Habits(
            gaps=rng.choice(("none", "articles", "heads")),
            width=rng.randint(15, 26),
            by_word=rng.random() < 0.5,
            heads=rng.choice(("same", "wide", "whole")),
        )
        yield compose.spaced(compose.wrap(rng.choice((page, bare)), h), h)


def annotated(files: Iterable[Path]) -> Iterator[list[GoldLine]]:
    """The pages of files with gold spans, line by line."""
    codes = {kind: code for code, kind in pages.KINDS.items() if code not in "+B"}
    for raw in (line for each in files for line in each.read_text(encoding="utf-8").splitlines()):
        page = json.loads(raw)
        found: list[GoldLine] = []
        at, owner = 0, None
        for block in sorted(page["blocks"], key=lambda b: b["start"]):
            if "\n\n" in page["text"][at : block["start"]].replace(" ", ""):
                found.append(GoldLine("", ""))
            for k, text in enumerate(page["text"][block["start"] : block["end"]].split("\n")):
                code = codes[block["kind"]]
                if code == "h" and (
                    k or (owner == block["article"] and found and found[-1].code in ("h", "+"))
                ):
                    code = "+"
                if code == "b" and block["article"] != owner:
                    code = "B"
                owner = owner if block["article"] is None else block["article"]
                found.append(GoldLine(code if text.strip() else "", text))
            at = block["end"]
        yield found
