"""Pairs for a writer of our own: what it is to read, and the headline or line that a desk made of it.

    python -m training.pairs OUT [--data ../shared/data] [--own training/lines.jsonl] [--newsroom PAIRS.jsonl]

From press articles come headlines (lead and evidence, as serving picks them) and subheads (the sentence that each
was taken from); from `training/lines.jsonl`, our own writing, the two styles; from a newsroom's own file whatever
it holds (docs/finetune.md). A target with a fact that its source lacks is left out: a model that learns it learns
to invent. No scored text is read.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from app.domain import Article, Options, Style, Traced
from app.engine.local import gist
from app.engine.whole import attribute
from app.summary.assign import assign
from app.summary.grounding import ground, unsupported
from app.text.morphology import tokenize
from app.text.sentences import sentences
from app.text.splitter import single
from training.laid import laid
from training.salience import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.domain import Assignment
    from app.engine.cards import Task

TASKS: tuple[Task, ...] = ("headline", "sentence", "brief")
HEADLINE = range(12, 43)
BRIEF = range(9, 41)
SENTENCE = range(28, 63)
# Words of a target that its source must hold: every name, number and Latin word, and most of the others.
EXACT = {"NNP", "SN", "SL", "SH"}
WORDS = EXACT | {"NNG", "NR", "XR", "VV", "VA"}
ENOUGH = 0.6
# A line that stands in for a press sentence is worth learning from only where it says it much shorter.
SHORTER = 0.75

_TAG = re.compile(
    r"^\s*[\[<【〈(][^\]>】〉)]{1,25}[\]>】〉)]\s*|\s*[\[<【〈(][^\]>】〉)]{1,25}[\]>】〉)]\s*$|\s*\((?:종합|상보|1보|2보|속보|영상)\d?보?\)"
)
_NO_SUBHEAD = re.compile(
    r"사진|제공|ⓒ|©|기자|=|@|https?:|뉴스1|연합뉴스|뉴시스|모습|편집자|[.!]$|다$|^[\[(<【]"
)
_MARKS = (("“", "”"), ("‘", "’"), ("(", ")"), ("[", "]"), ("<", ">"))
_LAST = {"NNG", "NNP", "XSN", "NNB", "SW", "SN", "SL", "NR", "XR", "ETN", "EF"}
_POINTING = re.compile(r"(?:이번|이날|이는|이에|그|해당|또|한편)")
_SAID = re.compile(r"[다요죠][.?!]?[”\"’']?$")


class Pair(NamedTuple):
    """A source, and what a desk made of it."""

    task: Task
    source: str
    target: str
    origin: str
    """`press`, `shortened` (a press sentence that our own rules shortened), `laid` (by the desk's words), `own`, `newsroom`."""

    @classmethod
    def read(cls, row: Mapping[str, str]) -> Pair:
        """The pair of an object of a JSONL file."""
        if row["task"] not in TASKS:
            raise ValueError(f"no task is called {row['task']!r}")
        return cls(row["task"], row["source"], row["target"], row["origin"])


def of_article(row: Mapping[str, str | None]) -> Iterator[Pair]:
    """The pairs of one press article (`title`, `subtitle`, `body`)."""
    body = row["body"] or ""
    opening = list(_opening(body))
    # A subhead or a caption above the story would be read as its lead, and be copied.
    (article,) = single(None, "\n".join(body.split("\n")[len(opening) :])).articles
    made = assign(article, Options(lines=3, style=Style.SENTENCE))
    title = _TAG.sub("", _TAG.sub("", row["title"] or "")).strip()
    source = " ".join(made.sentences[n].text for n in gist(made))
    if len(title) in HEADLINE and _carried(title, source) and _grounded(title, made):
        yield Pair("headline", source, title, "press")
    texts = {n: s.text for n, s in enumerate(made.sentences) if len(s.text) > BRIEF.stop}
    subheads = [line for text in opening if not _NO_SUBHEAD.search(line := text.strip(" -·▲△■◆"))]
    lines = [*subheads, *_parted(row["subtitle"] or "", texts)]
    for line in dict.fromkeys(lines):
        if len(line) in BRIEF and line != row["title"]:
            yield from _subhead(line, texts, made)
    for source, line in laid(made, [*lines, *([title] if len(title) in HEADLINE else [])], texts, BRIEF):
        yield Pair("brief", source, line, "laid")
    yield from _shortened(made)


def _subhead(line: str, texts: dict[int, str], made: Assignment) -> Iterator[Pair]:
    """A subhead with the sentence or two that say the same in other words."""
    found = attribute(line, texts)
    source = " ".join(texts[n] for n in found)
    copied = _bare(line) in _bare(source)
    if found and not copied and _ends(line) and _carried(line, source) and _grounded(line, made, found):
        yield Pair("brief", source, line, "press")


def _shortened(made: Assignment) -> Iterator[Pair]:
    """One sentence of the evidence as the rules shorten it: they only delete, so its facts stay."""
    for evidence in made.evidence:
        source = " ".join(made.sentences[n].text for n in evidence.sentences)
        # A third of the articles: more, and the model learns nothing but to delete.
        if hashlib.sha256(source.encode()).digest()[1] % 3:
            continue
        line = evidence.extracted
        if (
            len(line) in SENTENCE
            and len(line) <= SHORTER * len(source)
            and not _POINTING.match(line)
            and "기자]" not in line
        ):
            yield Pair("sentence", source, line, "shortened")
            return


def _opening(body: str) -> Iterator[str]:
    """The lines above a story's first sentence: subheads, captions, a tag."""
    lines = body.split("\n")
    for text in lines[:6]:
        if len(text) > BRIEF.stop or _SAID.search(text.strip()):
            return
        yield text


def _parted(subtitle: str, texts: dict[int, str]) -> list[str]:
    """The subheads of a field that joins them with spaces: parted where each part has a sentence of its own."""
    words = _TAG.sub("", subtitle).split()
    if len(" ".join(words)) in range(9, 31):
        return [" ".join(words)]
    pairs = [_pairs(text) for text in texts.values()]

    def worth(lo: int, hi: int) -> float:
        part = " ".join(words[lo:hi])
        if not 12 <= len(part) <= 34 or not pairs:
            return -1e9
        mine = _pairs(part)
        return len(mine) * max(len(mine & other) / max(1, len(mine)) for other in pairs) - 4

    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for hi in range(1, len(words) + 1):
        best.append(
            max((best[lo][0] + worth(lo, hi), [*best[lo][1], hi]) for lo in range(max(0, hi - 14), hi))
        )
    cuts = [0, *best[-1][1]]
    parts = [" ".join(words[lo:hi]) for lo, hi in itertools.pairwise(cuts)]
    return [part for part in parts if 12 <= len(part) <= 34 and _ends(part)]


def _ends(part: str) -> bool:
    """Whether a line may end here: in a noun or a mark that desks end lines with, its own marks closed."""
    tokens = tokenize(part.rstrip("\"'”’…?!"))
    closed = all(part.count(a) == part.count(b) for a, b in _MARKS) and not any(
        part.count(m) % 2 for m in "\"'"
    )
    return closed and bool(tokens) and tokens[-1].tag in _LAST


def _bare(text: str) -> str:
    return "".join(text.split())


def _pairs(text: str) -> set[str]:
    bare = _bare(text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def _carried(target: str, source: str) -> bool:
    """Whether the words of a target stand in its source: every name and number, and most of the rest."""
    there = {t.form for t in tokenize(source)}
    bare = _bare(source)
    words = [t for t in tokenize(target) if t.tag in WORDS]
    held = [t.form in there or t.form in bare for t in words]
    exact = all(ok for t, ok in zip(words, held, strict=True) if t.tag in EXACT)
    return bool(words) and exact and sum(held) >= ENOUGH * len(words)


def _grounded(target: str, made: Assignment, group: tuple[int, ...] = ()) -> bool:
    source = ground(made.article, made.sentences)
    return not unsupported(target, source, tuple(made.sentences[n] for n in group))


def of_own(row: dict[str, str]) -> Iterator[Pair]:
    """The pairs of one entry of `training/lines.jsonl`: `evidence`, and lines by task, those that grounding supports.

    It takes 314 of 320: what it refuses at work is not taught, be it true (a model would write it in vain).
    """
    read = sentences(row["evidence"])
    source = ground(Article(None, Traced.whole(row["evidence"])), read)
    for task in TASKS:
        target = row.get(task)
        if target and not unsupported(target, source, () if task == "headline" else read):
            yield Pair(task, row["evidence"], target, "own")


def of_newsroom(row: dict[str, object]) -> Iterator[Pair]:
    """The pairs of a newsroom's article (`body`, `lines`, perhaps `headline`); a line's ending tells its style."""
    (article,) = single(None, str(row["body"])).articles
    made = assign(article, Options(lines=3))
    texts = {n: s.text for n, s in enumerate(made.sentences)}
    lines = row.get("lines")
    for line in map(str, lines if isinstance(lines, list) else []):
        found = attribute(line, texts)
        if found and _grounded(line, made, found):
            task: Task = "sentence" if _SAID.search(line) else "brief"
            yield Pair(task, " ".join(texts[n] for n in found), line, "newsroom")
    headline = str(row.get("headline") or "")
    if headline and _grounded(headline, made):
        yield Pair("headline", " ".join(texts[n] for n in gist(made)), headline, "newsroom")


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    """The objects of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def write(pairs: Iterable[Pair], out: Path) -> Counter[str]:
    """Write pairs as JSONL and count them by task and origin."""
    counts: Counter[str] = Counter()
    with out.open("w", encoding="utf-8") as file:
        for pair in pairs:
            counts[f"{pair.task} {pair.origin}"] += 1
            file.write(json.dumps(pair._asdict(), ensure_ascii=False) + "\n")
            if counts.total() % 50 == 0:
                file.flush()
    return counts


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=None)
@click.option("--own", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None)
@click.option("--newsroom", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None)
@click.option("--articles", type=int, default=None, help="기사 몇 건까지 (기본은 모두)")
@click.option("--seed", default=1, show_default=True)
def main(
    out: Path, data: Path | None, own: Path | None, newsroom: Path | None, articles: int | None, seed: int
) -> None:
    """기사에서 학습용 짝을 만들어 OUT(JSONL)에 씁니다."""

    def every() -> Iterator[Pair]:
        if own:
            for row in read_lines(own):
                yield from of_own(row)
        if newsroom:
            for row in read_lines(newsroom):
                yield from of_newsroom(dict(row))
        if data:
            press = list(rows(data))
            random.Random(seed).shuffle(press)
            for row in press[:articles]:
                yield from of_article(row)

    for name, count in sorted(write(every(), out).items()):
        print(f"{name:20s} {count}")


if __name__ == "__main__":
    main()
