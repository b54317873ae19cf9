"""Phrases as the desk prints them: particles go where word order says the same, a topic gets a comma."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.compress.actors import alive
from app.summary.compress.desk import desk
from app.summary.compress.endings import predicate
from app.summary.compress.lexicon import WITH_GENITIVE
from app.summary.compress.marks import unglossed
from app.summary.compress.morphemes import timely
from app.summary.compress.phrases import Kind
from app.summary.compress.render import surface
from app.summary.compress.valency import equates, intransitive, undergoes

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_BEFORE_YEAR = re.compile(r"^(?:지난|오는) (?=[12]\d{3}년)")
_JOINED = frozenset({"고", "며", "으며"})


def piece(  # noqa: C901, PLR0911 -- a table by the kind of the phrase
    tree: Tree, n: int, *, first: bool, beside_head: bool, clear: bool = True, listed: bool = False
) -> str:
    """A phrase of a desk line.

    `first` where nothing stands before it, `beside_head` where its head is next, `clear` where without its
    particle it would not run into the noun behind it, `listed` where other commas of the line are a list's.
    """
    phrase = tree.phrases[n]
    match phrase.kind:
        # A comma lifts a subject to the whole line's: one of a clause inside it keeps its particle.
        # 올해는, 지난달은: no one to set apart with a comma.
        case Kind.TOPIC if timely(phrase.core[:-1]):
            # 올해는 지난해 뽑힌 회원들이 나선다.
            before_time = tree.phrases[n + 1].kind is Kind.TIME
            return surface(tree, n) if before_time else _bare(tree, phrase)
        case Kind.TOPIC | Kind.SUBJECT if tree.doubtful(n) or tree.heads[n] != tree.root or _asked(tree, n):
            return surface(tree, n)
        # 신청을 법원이 받아들이지 않아, 9월부터 가온부가 의무화: who acts, behind other words.
        case Kind.SUBJECT if beside_head and (_named(tree, n) or (not first and _acts_on(tree, n))):
            return surface(tree, n)
        # 돕는 것이 중요하다.
        case Kind.SUBJECT if beside_head and phrase.before.form == "것":
            return surface(tree, n)
        case Kind.TOPIC | Kind.SUBJECT if beside_head or (first and not listed):
            short = _bare(tree, phrase)
            # 나눔은 keeps its particle, and then no comma.
            return short + ("" if (beside_head and not _named(tree, n)) or short == surface(tree, n) else ",")
        case Kind.OBJECT if clear:
            return _bare(tree, phrase)
        case Kind.GENITIVE if (
            beside_head
            and _plain_genitive(tree, n)
            and phrase.before.tag
            in {
                "NNG",
                "NNP",
                "NNB",
                "XSN",
                "SL",
            }
        ):
            return _bare(tree, phrase)
        case Kind.OBLIQUE if phrase.before.tag == "JKB" and phrase.mark in {"는", "은"}:
            return _bare(tree, phrase)
        # 오는 2030년까지, 지난 2011년부터: the year tells by itself.
        case Kind.TIME | Kind.OBLIQUE:
            return _BEFORE_YEAR.sub("", surface(tree, n))
        case Kind.POSTPOSED | Kind.ADNOMINAL:
            return _without_object_mark(tree, phrase)
        case Kind.CLAUSE if phrase.mark in _JOINED and tree.heads[n] == tree.root:
            found = predicate(tree.text, phrase.core)
            noun = (
                desk(found)
                if found is not None and found.morphemes[0][1] == "XSV" and not found.before.endswith("제외")
                else None
            )
            return noun + "," if noun else surface(tree, n)
        case _:
            return surface(tree, n)


def _asked(tree: Tree, n: int) -> bool:
    """상황이 얼마나 심각한지 짐작하게 해: whether it is what is asked of."""
    return tree.phrases[n].kind is Kind.SUBJECT and tree.phrases[n + 1].core[0].form in _ASKING


_ASKING = frozenset({"얼마나", "왜", "어떻", "어떻게"})


def _named(tree: Tree, n: int) -> bool:
    """오류는 일상이다, 의존도가 숙제다: whether it stands right before what it is, a noun."""
    return equates(tree.phrases[tree.heads[n]], names=True)


def _acts_on(tree: Tree, n: int) -> bool:
    """Whether one who acts stands before a verb that acts on something."""
    head = tree.phrases[tree.heads[n]]
    return alive(tree.phrases[n]) and not (undergoes(head) or intransitive(head))


def _plain_genitive(tree: Tree, n: int) -> bool:
    """Whether 의 may go: 시의 예산 → 시 예산, and not 노력의 일환."""
    head = tree.phrases[tree.heads[n]]
    # 새봄의 새봄뱅크.
    if head.tokens[0].form.startswith(tree.phrases[n].core[0].form):
        return False
    return len(tree.phrases[n].core) > 1 and head.tokens[0].form not in WITH_GENITIVE


def _bare(tree: Tree, phrase: Phrase) -> str:
    """A phrase without its last particle; one that shares a syllable with its noun stays: 걸, 게, 함을."""
    before = phrase.core[-2] if len(phrase.core) > 1 else phrase.core[-1]
    if before.end > phrase.core[-1].start or (before.tag == "ETN" and before.form != "기"):
        return unglossed(tree.text[phrase.start : phrase.core[-1].end])
    return unglossed(tree.text[phrase.start : phrase.core[-1].start])


def _without_object_mark(tree: Tree, phrase: Phrase) -> str:
    """개선을 위해 → 개선 위해."""
    mark = next((t for t in phrase.core[:-1] if t.tag == "JKO"), None)
    if mark is None:
        return unglossed(tree.text[phrase.start : phrase.end])
    return unglossed(tree.text[phrase.start : mark.start] + tree.text[mark.end : phrase.end])


def bare(tree: Tree, n: int) -> str:
    """A phrase without its last particle."""
    return _bare(tree, tree.phrases[n])
