"""One line from the sentences of an evidence group."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app.summary.compress.drops import rule_of
from app.summary.compress.frames import frames
from app.summary.compress.openings import body_at
from app.summary.compress.prune import prune
from app.summary.compress.references import dangling
from app.summary.compress.render import line, surface
from app.summary.compress.tree import parse
from app.summary.compress.worth import Worth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain import Article, Sentence, Style
    from app.summary.compress.frames import Frame
    from app.summary.compress.tree import Tree

LONGEST = 100
# Where a finished line is meant to end; 60 characters on average is what the desk allows.
_SENTENCE = 62
_PRICE = 0.12
_OVER = 0.2
_FINISHED = re.compile(r"[다요까죠][.?!”’\"']*$")


def shorten(
    article: Article, sentences: tuple[Sentence, ...], group: tuple[int, ...], style: Style
) -> str | None:
    """One line from the sentences of `group`, or None where they cannot stand alone."""
    del style
    worth = Worth(article, sentences)
    found = [line for n in group for line in _lines(sentences[n], worth)]
    return max(found)[1] if found else None


def _lines(sentence: Sentence, worth: Worth) -> Iterator[tuple[float, str]]:
    """The lines that one sentence may give, each with its score."""
    at = body_at(sentence.text)
    tokens = tuple(t for t in sentence.tokens if t.start >= at)
    if not tokens:
        return
    for frame in frames(parse(replace(sentence, tokens=tokens))):
        found = _line(frame, worth)
        if found is not None and len(found[1]) <= LONGEST:
            yield found


def _line(frame: Frame, worth: Worth) -> tuple[float, str] | None:
    """The best line of a frame and its score; None where it points out of its sentence."""
    tree = frame.tree
    texts = [frame.reads.get(n) or surface(tree, n) for n in range(len(tree.phrases))]
    if frame.finish is not None:
        texts[tree.root] = frame.finish
    losses = [None if n == tree.root else rule_of(tree, n).loss for n in range(len(tree.phrases))]
    away = dangling(tree)
    barred = frame.barred | _holders(tree, away, losses)

    def value(n: int) -> float:
        return sum(worth.of(t) for t in tree.phrases[n].tokens)

    kept = prune(
        tree,
        tree.root,
        value,
        lambda n: losses[n],
        lambda n: len(texts[n]),
        price=_PRICE,
        limit=_SENTENCE,
        barred=barred,
    )
    if kept & away:
        return None
    text = line(texts[n] for n in sorted(kept))
    if not _FINISHED.search(text):
        return None
    return sum(map(value, kept)) - _PRICE * len(text) - max(0, len(text) - _SENTENCE) * _OVER, text


def _holders(tree: Tree, away: frozenset[int], losses: list[float | None]) -> frozenset[int]:
    """For each phrase that points away, the nearest phrase above it that may go."""
    found = set()
    for n in away:
        while n != tree.root and losses[n] is None:
            n = tree.heads[n]  # noqa: PLW2901
        if n != tree.root:
            found.add(n)
    return frozenset(found)
