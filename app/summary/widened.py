"""Whether what is left of a sentence speaks of more than it did: without what said which one, or of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.phrases import Kind
from app.summary.turned import REPORTING

if TYPE_CHECKING:
    from app.summary.left import Left

_TERMS = words("전 현 전직 차기 신임 초대")


def promoted(left: Left) -> bool:
    """전 해온청 국장 → 해온청 국장: without what says that somebody no longer is, or not yet."""
    said = {pair.source.start for pair in left.pairs}
    phrases = left.tree.phrases
    return any(
        token.tag in {"MM", "NNG"} and token.form in _TERMS and token.start not in said
        for n in left.kept
        for m in (n, *left.tree.children[n])
        if m == n or phrases[m].kind in {Kind.DETERMINER, Kind.NOUN}
        for token in phrases[m].core
    )


def untitled(left: Left) -> bool:
    """발명가라는 호칭을 받았다 → 호칭: a noun without what it is told to say."""
    phrases = left.tree.phrases
    return any(
        phrases[child].kind is Kind.ADNOMINAL
        and child not in left.kept
        and phrases[child].mark.endswith(REPORTING)
        for n in left.kept
        for child in left.tree.children[n]
    )


def overstated(left: Left) -> bool:
    """한국에서는 많고 일본에서는 적었다 → 적었다: without of whom, where another clause says the contrary of another."""
    tree = left.tree
    topics = [n for n, phrase in enumerate(tree.phrases) if phrase.mark in {"은", "는"}]
    return len(topics) > 1 and any(
        tree.phrases[n].before.form in {"에서", "에게"} and n not in left.kept and tree.heads[n] == left.root
        for n in topics
    )
