"""One line from the sentences of an evidence group."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from app.domain import Style
from app.summary.compress.drops import rule_of
from app.summary.compress.frames import frames
from app.summary.compress.openings import body_at
from app.summary.compress.phrases import Kind
from app.summary.compress.prune import prune
from app.summary.compress.references import carried_in, dangling
from app.summary.compress.styles import MANNERS
from app.summary.compress.torn import torn
from app.summary.compress.tree import SUBJECTS, parse
from app.summary.compress.worth import Worth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain import Article, Sentence
    from app.summary.compress.frames import Frame
    from app.summary.compress.styles import Manner
    from app.summary.compress.tree import Tree

# A picture's credit: what holds it is a caption.
_CREDIT = re.compile(r"[(\[](?:사진|이미지|자료|그래픽|영상|제공)\s*[=:]|(?:재판매|무단전재) 및|제공[)\]]")
# What a character beyond the aim of a style costs, in worth.
_OVER = 0.2


def shorten(
    article: Article, sentences: tuple[Sentence, ...], group: tuple[int, ...], style: Style
) -> str | None:
    """One line from the sentences of `group`, or None where they cannot stand alone."""
    worth = Worth(article, sentences)
    headline = article.headline or ""
    found = [
        line
        for n in group
        for line in _lines(
            carried_in(sentences, n, headline, under_headline=style is Style.BRIEF), worth, MANNERS[style]
        )
        if not torn(line[1], sentences[n].text)
    ]
    return max(found)[1] if found else None


def _lines(sentence: Sentence, worth: Worth, manner: Manner) -> Iterator[tuple[float, str]]:
    """The lines that one sentence may give, each with its score."""
    at = body_at(sentence.text)
    tokens = tuple(t for t in sentence.tokens if t.start >= at)
    if not tokens or _CREDIT.search(sentence.text):
        return
    for frame in frames(parse(replace(sentence, tokens=tokens))):
        found = _line(frame, worth, manner)
        least = min(manner.measure.shortest, len(sentence.text) // 2)
        if found is not None and least <= len(found[1]) <= manner.measure.longest:
            yield found


def _line(frame: Frame, worth: Worth, manner: Manner) -> tuple[float, str] | None:
    """The best line of a frame and its score; None where it points out of its sentence."""
    tree, measure = frame.tree, manner.measure
    sizes = manner.sizes(frame)
    losses = [None if n == tree.root else rule_of(tree, n).loss for n in range(len(tree.phrases))]
    away = dangling(tree)
    values = [sum(map(worth.of, phrase.tokens)) for phrase in tree.phrases]
    kept = prune(
        tree,
        tree.root,
        values.__getitem__,
        losses.__getitem__,
        sizes.__getitem__,
        price=measure.price,
        limit=measure.aim,
        barred=frame.barred | _holders(tree, away, losses),
    )
    if kept & away or _lost_subject(tree, kept):
        return None
    text = manner.write(frame, sorted(kept))
    if text is None:
        return None
    over = max(0, len(text) - measure.aim)
    return sum(values[n] for n in kept) - measure.price * len(text) - _OVER * over, text


def _lost_subject(tree: Tree, kept: frozenset[int]) -> bool:
    """Whether someone acts in the sentence, and nobody in what is kept of it."""
    acts = any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[tree.root])
    actors = {n for n, phrase in enumerate(tree.phrases) if phrase.kind in SUBJECTS}
    return acts and bool(actors) and not actors & kept


def _holders(tree: Tree, away: frozenset[int], losses: list[float | None]) -> frozenset[int]:
    """For each phrase that points away, the nearest phrase above it that may go."""
    found = set()
    for n in away:
        while n != tree.root and losses[n] is None:
            n = tree.heads[n]  # noqa: PLW2901
        if n != tree.root:
            found.add(n)
    return frozenset(found)
