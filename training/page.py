"""Fits the splitter's constants (app/text/weights/page.json) by a structured perceptron.

    python -m training.page ../shared/data [--folds 4]

It starts from the constants as they stand. For each page the best path is held against the best path that agrees
with the gold (where a subhead stands in a body, or in which part an advertisement interrupts, is left to the path
itself), and the weights move from the one to the other; the result is the average over all pages seen.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.text import lines as text_lines
from app.text import path as text_path
from app.text import traits as text_traits
from app.text.normalize import normalize
from app.text.weights import Role, Table, table
from bench import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

RATE = 0.01
MARGIN = 0.7
SKIPS = {"c": Role.CAPTION, "a": Role.AD, "n": Role.NOTICE, "t": Role.TABLE, "f": Role.FURNITURE}
PARTS = {"h": {"head"}, "+": {"head+", "sub"}, "s": {"sub"}, "b": {"body", "lead", "inner"}, "y": {"by<", "by"}}
PARTS["B"] = PARTS["b"]


class Example(NamedTuple):
    """A page with what its lines show, and for each the states that agree with the gold."""

    name: str
    lines: list[text_lines.Line]
    traits: list[text_traits.Traits]
    allowed: list[frozenset[int]]


def example(page: pages.GoldPage, *, loose: bool) -> Example:
    """A page made ready; `loose` where the gold calls every skipped block that is not a caption an ad."""
    codes: dict[int, str] = {}
    for block in page.blocks:
        codes[block.start] = block.code
    text = normalize(page.text)
    read = text_lines.read(text.text)
    allowed = []
    for line in read:
        code = codes.get(text.starts[line.start])
        if code is None:
            code = codes[max(start for start in codes if start <= text.starts[line.start])]
        allowed.append(_allowed(code, loose=loose))
    return Example(page.name, read, text_traits.measure(read), allowed)


def _allowed(code: str, *, loose: bool) -> frozenset[int]:
    if code in SKIPS:
        roles = {SKIPS[code]}
        if loose and code == "a":
            roles = {Role.AD, Role.NOTICE, Role.TABLE}
        return frozenset(n for n, s in enumerate(text_path.STATES) if s.part.startswith("@") and s.role in roles)
    return frozenset(n for n, s in enumerate(text_path.STATES) if s.part in PARTS[code])


def composed(path: Path) -> Iterator[list[pages.GoldLine]]:
    """The lines of each page of a scored file."""
    codes = {"subhead": "s", "body": "b", "byline": "y", "caption": "c", "ad": "a", "furniture": "f"}
    for raw in path.read_text(encoding="utf-8").splitlines():
        page = json.loads(raw)
        at, found, seen = 0, [], -1
        starts = sorted((b["start"], b["end"], b["kind"], b["article"]) for b in page["blocks"])
        for line in page["text"].split("\n"):
            text = line.strip()
            begin = at + len(line) - len(line.lstrip())
            at += len(line) + 1
            if not text:
                found.append(pages.GoldLine("", ""))
                continue
            kind, start = next((k, s) for s, e, k, _ in reversed(starts) if s <= begin + len(text) - 1)
            if kind == "headline":
                found.append(pages.GoldLine("h" if begin <= start else "+", text))
            else:
                found.append(pages.GoldLine(codes[kind], text))
        del seen
        yield found


def learn(examples: list[Example], epochs: int, seed: int = 0) -> Table:
    """The averaged weights after `epochs` over `examples`."""
    rng = random.Random(seed)
    now = copy.deepcopy(table())
    total, steps = Sums(now), 0
    for _ in range(epochs):
        order = examples[:]
        rng.shuffle(order)
        for one in order:
            update(now, one)
            steps += 1
            if steps % 5 == 0:
                total.add(now)
    return total.mean()


class Sums:
    """Sums of tables, for their average."""

    def __init__(self, like: Table) -> None:
        self.like = copy.deepcopy(like)
        self.sums: dict[tuple[str, str, str], float] = {}
        self.n = 0

    def add(self, weights: Table) -> None:
        """One more table."""
        self.n += 1
        for group in ("roles", "steps"):
            for key, inner in getattr(weights, group).items():
                for name, value in inner.items():
                    at = (group, key, name)
                    self.sums[at] = self.sums.get(at, 0.0) + value
        for key, value in weights.enter.items():
            at = ("enter", key, "")
            self.sums[at] = self.sums.get(at, 0.0) + value

    def mean(self) -> Table:
        """The average table."""
        found = copy.deepcopy(self.like)
        for (group, key, name), value in self.sums.items():
            if group == "enter":
                found.enter[key] = value / self.n
            else:
                getattr(found, group)[key][name] = value / self.n
        return found


def update(weights: Table, one: Example) -> bool:
    """Move `weights` from the path that they prefer toward the one that the gold allows."""
    graph = text_path.lay_out(weights)
    scores = [text_path.emission(t, weights) for t in one.traits]
    gold_scores = [[v if n in ok else v - 1000 for n, v in enumerate(s)] for s, ok in zip(scores, one.allowed, strict=True)]
    plain = [text_path.terms(one.lines, one.traits, i, text_path.Habits()) for i in range(len(scores))]
    gold = text_path.decode(graph, gold_scores, plain)
    habits = text_path.habits_of(gold, one.traits)
    added = [text_path.terms(one.lines, one.traits, i, habits) for i in range(len(scores))]
    gold = text_path.decode(graph, gold_scores, added)
    wide = [[v if n in ok else v + MARGIN for n, v in enumerate(s)] for s, ok in zip(scores, one.allowed, strict=True)]
    guess = text_path.decode(graph, wide, added)
    if guess == gold:
        return False
    for sign, path in ((RATE, gold), (-RATE, guess)):
        other = guess if path is gold else gold
        for i, n in enumerate(path):
            if n == other[i] and (i == 0 or path[i - 1] == other[i - 1]):
                continue
            state = text_path.STATES[n]
            if n != other[i]:
                role = weights.roles[state.role]
                role[""] = role.get("", 0.0) + sign * 0.3
                for name, value in one.traits[i].items():
                    role[name] = role.get(name, 0.0) + sign * value
            source = text_path.STATES[path[i - 1]].part if i else "start"
            step = weights.steps.get(f"{source}>{state.part}")
            if step is not None:
                for name in step:
                    step[name] += sign * added[i][name] * (0.3 if name == "" else 1.0)
            if i and path[i - 1] != n and state.role in weights.enter:
                weights.enter[state.role] += sign * 0.3
    return True


def forms(lines: list[pages.GoldLine], name: str) -> list[pages.GoldPage]:
    """A page in the forms that it is learned in."""
    return [
        pages.build(name, lines),
        pages.build(name, pages.wrapped(lines, 21)),
        pages.build(name, pages.unsigned(lines)),
        pages.build(name, [line for line in lines if line.code]),
        pages.build(name, pages.unsigned(pages.wrapped(lines, 18))),
    ]


def wrong_articles(weights: Table, one: Example) -> tuple[int, int]:
    """How many lines begin an article wrongly or miss doing so, and how many should."""
    graph = text_path.lay_out(weights)
    scores = [text_path.emission(t, weights) for t in one.traits]
    added = [text_path.terms(one.lines, one.traits, i, text_path.Habits()) for i in range(len(scores))]
    habits = text_path.habits_of(text_path.decode(graph, scores, added), one.traits)
    added = [text_path.terms(one.lines, one.traits, i, habits) for i in range(len(scores))]
    path = text_path.decode(graph, scores, added)
    heads = [text_path.STATES[n].part == "head" for n in path]
    should = [any(text_path.STATES[n].part == "head" for n in ok) for ok in one.allowed]
    return sum(a != b for a, b in zip(heads, should, strict=True)), sum(should)


def main(data: Path, folds: int) -> None:
    """Measure by folds over the project's own pages, then fit on everything and write."""
    own = {p.stem: forms(pages.read(p), p.stem) for p in sorted(pages.PAGES.glob("*.page"))}
    own_examples = {name: [example(p, loose=False) for p in made] for name, made in own.items()}
    dev = []
    for n, lines in enumerate(composed(data / "pages_dev.jsonl")):
        made = forms(lines, f"dev-{n}")
        dev += [example(p, loose=True) for p in (made[0], made[1 + n % 4])]
    print(f"{len(dev)} composed pages, {len(own)} own ones in {len(next(iter(own.values())))} forms", flush=True)
    names = sorted(own)
    random.Random(1).shuffle(names)
    before = after = heads = 0
    for fold in range(folds):
        held = set(names[fold::folds])
        fitted = learn(dev + [e for n in names if n not in held for e in own_examples[n]] * 2, epochs=3)
        for name in held:
            for one in own_examples[name]:
                a, n_heads = wrong_articles(table(), one)
                b, _ = wrong_articles(fitted, one)
                before, after, heads = before + a, after + b, heads + n_heads
        print(f"fold {fold}: heads wrong {before} before, {after} after, of {heads}", flush=True)
    fitted = learn(dev + [e for n in names for e in own_examples[n]] * 2, epochs=4)
    rounded = {
        "roles": {k: {n: round(v, 2) for n, v in sorted(w.items()) if abs(v) >= 0.02} for k, w in fitted.roles.items()},
        "enter": {k: round(v, 2) for k, v in fitted.enter.items()},
        "steps": {k: {n: round(v, 2) for n, v in w.items()} for k, w in fitted.steps.items()},
        "ends": fitted.ends,
    }
    target = Path(sys.argv[4]) if len(sys.argv) > 4 else Path(text_path.__file__).parent / "weights" / "page.json"
    target.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 4)
