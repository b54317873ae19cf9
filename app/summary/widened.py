"""Whether what is left of a sentence speaks of more than it did: without what said which one, or of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.joins import TITLES
from app.summary.compress.lexicon import words
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS
from app.summary.turned import REPORTING

if TYPE_CHECKING:
    from app.summary.left import Left

_PERSONS = TITLES | words("함장 여사 옹 피해자 피의자 피고인")
_TERMS = words("전 현 전직 차기 신임 초대")


def promoted(left: Left) -> bool:
    """전 해온청 국장 → 해온청 국장: without what says that somebody no longer is, or not yet."""
    phrases = left.tree.phrases
    return any(
        token.tag in {"MM", "NNG"} and token.form in _TERMS and token.start not in left.sources
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


def mistaken(left: Left) -> bool:
    """최 함장을 모욕한 혐의 → 최 함장 모욕 혐의: whom something was done to, alone and without its particle, is taken for who did it."""
    tree = left.tree
    if any(tree.phrases[n].kind in SUBJECTS for n in left.kept):
        return False
    return any(
        place is not None
        and tree.phrases[place].kind is Kind.OBJECT
        and pair.source.form in _PERSONS
        and (after := left.following[pair.said.start]) is not None
        and after.tag[0] == "N"
        for pair, place in zip(left.pairs, left.places, strict=True)
    )
