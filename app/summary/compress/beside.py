"""What stands beside its like, or between two ends, so that neither goes without the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.phrases import Kind
from app.summary.compress.valency import numbered

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree


def elliptic(tree: Tree, n: int) -> bool:
    """갑이 3건, 을이 2건: an amount that has a subject of its own."""
    phrase = tree.phrases[n]
    kinds = {tree.phrases[c].kind for c in tree.children[n]}
    return (
        phrase.comma
        and phrase.kind in {Kind.LIST, Kind.TIME}
        and not phrase.predicate
        and bool(kinds & {Kind.TOPIC, Kind.SUBJECT, Kind.ALSO, Kind.OBLIQUE})
    )


def parallel(tree: Tree, n: int) -> bool:
    """평일은 11시까지, 주말은 9시까지; 주민 대표로 갑, 회사 대표로 을: of two that stand beside each other, both.

    갑에 대해서는 기소의견으로, 을에 대해서는 무혐의 의견으로: what is set against its like, too.
    """
    beside = tree.children[tree.heads[n]]
    kinds = {Kind.OBLIQUE, Kind.OBJECT}
    if tree.phrases[n].mark in {"은", "는"}:
        kinds = {*kinds, Kind.POSTPOSED}
    return any(
        first <= n <= second
        and tree.phrases[first].kind is tree.phrases[second].kind
        and tree.phrases[first].kind in kinds
        and _particle(tree.phrases[first]) == _particle(tree.phrases[second])
        and any(tree.phrases[i].comma for i in range(first, second))
        for place, first in enumerate(beside)
        for second in beside[place + 1 :]
    )


def from_and_to(tree: Tree, n: int) -> bool:
    """5만원에서 4만원으로: neither without the other."""
    phrase = tree.phrases[n]
    # "줄고 있다"에서 "늘고 있다"로: side by side without a number too.
    for first in (n - 1, n):
        if 0 <= first < len(tree.phrases) - 1 and tree.heads[first] == tree.heads[first + 1]:
            pair = (tree.phrases[first], tree.phrases[first + 1])
            if all(p.kind is Kind.OBLIQUE for p in pair) and [_particle(p) for p in pair] == ["에서", "로"]:
                return True
    ends = {"에서", "부터", "로", "으로", "까지"}
    if phrase.kind is not Kind.OBLIQUE or _particle(phrase) not in ends or not numbered(phrase):
        return False
    beside = [tree.phrases[c] for c in tree.children[tree.heads[n]] if c != n]
    return any(
        p.kind is Kind.OBLIQUE and numbered(p) and _particle(p) in ends - {_particle(phrase)} for p in beside
    )


def _particle(phrase: Phrase) -> str:
    form = next((t.form for t in phrase.core[-2:] if t.tag.startswith("JK")), phrase.mark)
    return {"으로": "로", "을": "를"}.get(form, form)
