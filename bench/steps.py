"""Steps of every pattern on doubling inputs: `python -m bench steps`. A linear pattern takes twice as many for twice.

Seconds depend on the machine, steps do not: this walks a pattern's parse tree as a backtracking engine does, and
counts. The inputs are made of the pattern itself: for each part that may repeat without end, a way to it, many
repeats and an end that matches nothing; and the same beginning again and again, since a search starts over.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import app

# The engine's own parse tree has no public name, and mypy knows it for some versions of Python alone.
op: Any = importlib.import_module("re._constants")
parser: Any = importlib.import_module("re._parser")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Node = tuple[Any, Any]
    Then = Callable[[int], bool]

LENGTH = 64
# Twice the input may take this much more. Linear patterns stay under 2.1 here; what is quadratic comes near 4.
MOST_GROWTH = 2.6
_TOO_MANY = 300_000
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# Ends an input: no pattern of a newspaper matches it but by its complement.
_END = "\x00"
# Patterns that see a window of a line or of a paragraph and never more, and where its length is said.
WINDOWS = {
    "app.text.signs": "app.text.cuts:HEAD",
    "app.text.bylines": "app.text.bylines:LONGEST",
    "app.engine.desk": "app.engine.desk:_LONGEST",
}
_WINDOW_STEPS = 250_000
# Called by `match` alone, through a table in which this cannot be seen.
_MATCHED = {"app.summary.compress.openings"}
# Reads our own page and nothing else.
_OURS = {"app.api.docs"}
_USUAL = ' 가a1.,·"”(\n'


class Exploded(Exception):
    """More steps than any linear pattern takes."""


class Walker:
    """A pattern's parse tree, walked by backtracking; `steps` counts characters tried and ways taken."""

    def __init__(self, pattern: str, flags: int) -> None:
        tree = parser.parse(pattern, flags)
        self.nodes: list[Node] = list(tree)
        self.flags = tree.state.flags
        self.steps = 0
        self._text = ""
        self._groups: dict[int, tuple[int, int]] = {}

    def count(self, text: str, *, anchored: bool = False) -> int:
        """The steps of a search through all of `text`, or of a match at its start.

        Raises:
            Exploded: they are beyond any linear pattern's.
        """
        self.steps, self._text = 0, text
        start = 0
        while start <= len(text):
            self._groups = {}
            end = start
            found: list[int] = []
            if self._run(self.nodes, 0, start, lambda p, found=found: not found.append(p)):  # type: ignore[misc]
                end = found[-1]
            start = max(start + 1, end)  # as finditer goes on: the costliest use
            if anchored:
                break
        return self.steps

    def _step(self) -> None:
        self.steps += 1
        if self.steps > _TOO_MANY:
            raise Exploded

    def _run(self, nodes: Sequence[Node], index: int, at: int, then: Then) -> bool:  # noqa: PLR0911 - a node a line
        if index == len(nodes):
            return then(at)
        kind, value = nodes[index]
        rest: Then = lambda p: self._run(nodes, index + 1, p, then)  # noqa: E731 - a continuation
        self._step()
        if kind in _REPEATS:
            return self._repeat(kind, value, at, rest)
        if kind is op.BRANCH:
            return any(self._run(list(way), 0, at, rest) for way in value[1])
        if kind is op.SUBPATTERN:
            return self._group(value, at, rest)
        if kind in (op.ASSERT, op.ASSERT_NOT):
            return self._look(value, at) == (kind is op.ASSERT) and rest(at)
        if kind is op.ATOMIC_GROUP:
            found: list[int] = []
            return self._run(list(value), 0, at, lambda p: not found.append(p)) and rest(found[-1])  # type: ignore[func-returns-value]
        if kind is op.AT:
            return self._place(value, at) and rest(at)
        if kind is op.GROUPREF:
            start, end = self._groups.get(value, (0, 0))
            same = self._text.startswith(self._text[start:end], at)
            return same and rest(at + end - start)
        return at < len(self._text) and accepts((kind, value), self._text[at], self.flags) and rest(at + 1)

    def _group(self, value: Any, at: int, rest: Then) -> bool:  # noqa: ANN401 - the parser's own tuples
        number, _, _, inner = value

        def closed(end: int) -> bool:
            before = self._groups.get(number)
            self._groups[number] = (at, end)
            if rest(end):
                return True
            if before is not None:
                self._groups[number] = before
            return False

        return self._run(list(inner), 0, at, closed if number is not None else rest)

    def _repeat(self, kind: Any, value: Any, at: int, rest: Then) -> bool:  # noqa: ANN401
        least, most, body = value[0], value[1], list(value[2])
        if len(body) == 1 and single(body[0]):
            reach = at
            while reach - at < most and reach < len(self._text):
                self._step()
                if not accepts(body[0], self._text[reach], self.flags):
                    break
                reach += 1
            ends: Iterator[int] | range = range(reach, at + least - 1, -1)
            if kind is op.MIN_REPEAT:
                ends = range(at + least, reach + 1)
            if kind is op.POSSESSIVE_REPEAT:
                ends = range(reach, max(reach - 1, at + least - 1), -1)
            return any(self._try(rest, end) for end in ends)

        def again(done: int, here: int) -> bool:
            def more(end: int) -> bool:
                return end > here and again(done + 1, end)

            if done < least:
                return self._run(body, 0, here, lambda end: again(done + 1, end))
            if kind is op.MIN_REPEAT:
                return self._try(rest, here) or (done < most and self._run(body, 0, here, more))
            return (done < most and self._run(body, 0, here, more)) or self._try(rest, here)

        return again(0, at)

    def _try(self, rest: Then, at: int) -> bool:
        self._step()
        return rest(at)

    def _look(self, value: Any, at: int) -> bool:  # noqa: ANN401
        direction, inner = value
        if direction > 0:
            return self._run(list(inner), 0, at, lambda _: True)
        width = inner.getwidth()[0]
        return at >= width and self._run(list(inner), 0, at - width, lambda end: end == at)

    def _place(self, place: Any, at: int) -> bool:  # noqa: ANN401
        text, last = self._text, len(self._text)
        if place in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            lines = self.flags & re.MULTILINE and place is op.AT_BEGINNING
            return at == 0 or bool(lines and text[at - 1] == "\n")
        if place in (op.AT_END, op.AT_END_STRING):
            lines = self.flags & re.MULTILINE and place is op.AT_END
            before_break = place is op.AT_END and at == last - 1 and text[at] == "\n"
            return at == last or before_break or bool(lines and text[at] == "\n")
        inside = (at > 0 and is_word(text[at - 1])) != (at < last and is_word(text[at]))
        return inside == (place is op.AT_BOUNDARY)


def single(node: Node) -> bool:
    """Whether a node is one character."""
    return node[0] in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)


def is_word(char: str) -> bool:
    r"""Whether `\w` matches."""
    return char.isalnum() or char == "_"


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    op.CATEGORY_WORD: is_word,
    op.CATEGORY_NOT_WORD: lambda char: not is_word(char),
}


def accepts(node: Node, char: str, flags: int) -> bool:
    """Whether a node of one character matches `char`."""
    kind, value = node
    cases = {char, char.lower(), char.upper()} if flags & re.IGNORECASE else {char}
    if kind is op.ANY:
        return char != "\n" or bool(flags & re.DOTALL)
    if kind is op.LITERAL:
        return chr(value) in cases
    if kind is op.NOT_LITERAL:
        return chr(value) not in cases
    if kind is not op.IN:
        return False
    negated = value[0][0] is op.NEGATE
    return any(_in(item, case) for item in value[negated:] for case in cases) != negated


def _in(item: Node, char: str) -> bool:
    kind, value = item
    if kind is op.LITERAL:
        return ord(char) == int(value)
    if kind is op.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    return _CATEGORIES[value](char)


class Repeat(NamedTuple):
    """A part that may repeat without end, and a text that leads to it."""

    lead: str
    body: list[Node]


def characters(nodes: Sequence[Node]) -> str:
    """Characters that occur in a pattern, and usual ones."""
    found = dict.fromkeys(_USUAL)
    for kind, value in walk(nodes):
        if kind in (op.LITERAL, op.NOT_LITERAL):
            found[chr(value)] = None
        elif kind is op.IN:
            for what, item in value:
                if what is op.LITERAL:
                    found[chr(item)] = None
                elif what is op.RANGE:
                    found[chr(item[0])] = None
    return "".join(found)


def children(node: Node) -> list[list[Node]]:
    """The sequences inside a node."""
    kind, value = node
    if kind in _REPEATS:
        return [list(value[2])]
    if kind is op.BRANCH:
        return [list(way) for way in value[1]]
    if kind is op.SUBPATTERN:
        return [list(value[3])]
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [list(value[1])]
    return [list(value)] if kind is op.ATOMIC_GROUP else []


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Every node, the outer first."""
    for node in nodes:
        yield node
        for inner in children(node):
            yield from walk(inner)


def sample(nodes: Sequence[Node], pool: str, flags: int, *, more: int = 0) -> str:
    """A short text that the nodes match, places and lookarounds aside; `more` repeats beyond the least."""
    text = ""
    for kind, value in nodes:
        if kind in _REPEATS:
            text += sample(list(value[2]), pool, flags) * min(value[1], value[0] + more)
        elif kind is op.BRANCH:
            text += sample(list(value[1][-1 if more else 0]), pool, flags, more=more)
        elif kind is op.SUBPATTERN:
            text += sample(list(value[3]), pool, flags, more=more)
        elif kind is op.ATOMIC_GROUP:
            text += sample(list(value), pool, flags, more=more)
        elif single((kind, value)):
            text += next((char for char in pool if accepts((kind, value), char, flags)), "")
    return text


def repeats(nodes: Sequence[Node], pool: str, flags: int, lead: str = "") -> Iterator[Repeat]:
    """Every part that may repeat without end."""
    for index, node in enumerate(nodes):
        here = lead + sample(nodes[:index], pool, flags)
        if node[0] in _REPEATS and node[1][1] >= op.MAXREPEAT:
            yield Repeat(here, list(node[1][2]))
        if node[0] is not op.ASSERT_NOT:
            for inner in children(node):
                yield from repeats(inner, pool, flags, here)


def bait(walker: Walker) -> Iterator[tuple[str, str]]:
    """Beginnings and pumps for inputs that a pattern would backtrack over."""
    pool, flags = characters(walker.nodes), walker.flags
    found = list(repeats(walker.nodes, pool, flags))
    ones = [repeat.body[0] for repeat in found if len(repeat.body) == 1 and single(repeat.body[0])]
    # What several parts match can be shared out among them in many ways: those characters first.
    shared = sorted(pool, key=lambda char: -sum(accepts(node, char, flags) for node in ones))
    seen = set()
    for lead, body in found:
        if len(body) == 1 and single(body[0]):
            pumps = [char for char in shared if accepts(body[0], char, flags)][:3]
        else:
            pumps = [sample(body, pool, flags), sample(body, pool, flags, more=1)]
        for pump in pumps:
            for pair in ((lead, pump), ("", pump), ("", lead + pump)):
                if pair[1] and pair not in seen:
                    seen.add(pair)
                    yield pair


def growth(pattern: str, flags: int = 0, *, anchored: bool = False, window: int = 0) -> tuple[float, str]:
    """How many times the steps of the worst input grow when it is twice as long, and what it is made of.

    In a window an input has an end: few steps over all of it are enough.
    """
    walker = Walker(pattern, flags)
    worst = (1.0, "")
    for lead, pump in bait(walker):
        most = max(8, (window // 2 or LENGTH) // len(pump))
        try:
            many = walker.count(lead + pump * (2 * most) + _END, anchored=anchored)
            if window and many < _WINDOW_STEPS:
                continue
            found = many / walker.count(lead + pump * most + _END, anchored=anchored)
        except (Exploded, RecursionError):
            found = float("inf")
        worst = max(worst, (found, f"{lead!r} + n × {pump!r}"))
    return worst


class Found(NamedTuple):
    """A pattern and where it is compiled."""

    place: str
    pattern: str
    flags: int
    anchored: bool
    """Whether it is only ever tried at one place, by `match` or `fullmatch`, and never searched for."""


@cache
def _methods(path: str) -> tuple[dict[int, str], dict[str, set[str]]]:
    """In a source file: the name that a pattern of each line is given, and the methods called on each name."""
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    named: dict[int, str] = {}
    called: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named |= dict.fromkeys(range(node.lineno, (node.end_lineno or 0) + 1), node.targets[0].id)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            called.setdefault(node.id, set()).add("?")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            called.setdefault(node.value.id, set()).add(node.attr)
    counts = Counter(n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
    used = Counter(
        n.value.id for n in ast.walk(tree) if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)
    )
    for name, methods in called.items():
        if counts[name] == used[name]:  # it is never handed on as a value
            methods.discard("?")
    return named, called


def anchored(module: str, path: str, line: int) -> bool:
    """Whether the pattern that a line compiles is called by `match` and `fullmatch` alone."""
    if module in _MATCHED:
        return True
    named, called = _methods(path)
    name = named.get(line)
    return name is not None and called.get(name, set()) <= {"match", "fullmatch"} and name in called


def patterns() -> list[Found]:
    """Every pattern that the modules of app compile when they are imported, which must not have happened yet."""
    early = [name for name in sys.modules if name.startswith("app.") and name != "app"]
    if early:
        raise RuntimeError(f"{early[0]} is imported already; its patterns would be missed")
    found: dict[Found, None] = {}
    compile_ = re.compile

    def noted(pattern: Any, flags: Any = 0) -> Any:  # noqa: ANN401 - re.compile's own
        frame = sys._getframe(1)  # noqa: SLF001 - who compiles is the question
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("app.") and module not in _OURS and isinstance(pattern, str):
            tried = anchored(module, frame.f_code.co_filename, frame.f_lineno)
            found[Found(f"{module}:{frame.f_lineno}", pattern, int(flags), tried)] = None
        return compile_(pattern, flags)

    re.compile = noted
    try:
        for module in pkgutil.walk_packages(app.__path__, "app."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    finally:
        re.compile = compile_
    return list(found)


def _window(module: str) -> int:
    where, _, name = WINDOWS.get(module, "").partition(":")
    said = getattr(importlib.import_module(where), name) if where else 0
    return max(said.values()) if isinstance(said, dict) else int(said)


def measured() -> list[tuple[float, str, Found]]:
    """Every pattern that may repeat without end, by how fast its steps grow, the fastest first."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        found = []
        for one in patterns():
            window = _window(one.place.partition(":")[0])
            times, made_of = growth(one.pattern, one.flags, anchored=one.anchored, window=window)
            found.append((times, made_of, one))
    finally:
        sys.setrecursionlimit(limit)
    return sorted(found, key=lambda of: -of[0])


def main() -> None:
    """Prints the patterns that grow fastest; the exit code is 1 where one grows faster than its input."""
    found = measured()
    bad = [one for one in found if one[0] > MOST_GROWTH]
    print(
        f"{len(found)} patterns; {len(bad)} grow faster than their input"
        + ("" if bad else "; the five worst:")
    )
    for times, made_of, pattern in bad or found[:5]:
        print(f"{times:6.2f}  {pattern.place:36} {made_of[:40]:40} {pattern.pattern[:60]!r}")
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
