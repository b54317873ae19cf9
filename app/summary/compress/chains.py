"""Clauses in a chain: what a clause that is gone leaves without its doer, its own topic, or its reason."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.bereft import has_object
from app.summary.compress.lexicon import COORDINATE, words
from app.summary.compress.morphemes import tag
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS
from app.summary.compress.valency import numbered, undergoes

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree


def doubled(tree: Tree, kept: frozenset[int]) -> bool:
    """온도탑이 69도를 나타내는 등 열기가 달아오른다: of two subjects the first is that of what is gone."""
    subjects = [n for n in sorted(kept) if tree.phrases[n].kind is Kind.SUBJECT]
    return any(
        n not in kept and _and_so_on(tree.phrases[n])
        for first, second in pairwise(subjects)
        for n in range(first, min(second, tree.heads[first]))
    )


def bereaved(tree: Tree, kept: frozenset[int]) -> bool:
    """요구가 꾸준했고, 시가 용역에 착수, 계획에 이르렀다: who did it is in the clause that is gone."""
    own = tree.own(kept)
    if any(tree.phrases[n].kind in SUBJECTS for n in own):
        return False
    told = [n for n in own if _goes_on(tree.phrases[n]) and any(c in kept for c in _subjects(tree, n))]
    return bool(told) and _others_did(tree, kept, told[-1])


def outlived(tree: Tree, kept: frozenset[int]) -> bool:
    """물량은 수익원이 됐고, 상품이 개발되는 등 도전을 계속한다: the topic is that of a clause that is gone."""
    clauses = [n for n in tree.children[tree.root] if _goes_on(tree.phrases[n])]
    own = [
        next((n for n in clauses if n > topic), tree.root)
        for topic in tree.own(kept)
        if tree.phrases[topic].kind is Kind.TOPIC
    ]
    return any(n not in kept and _others_did(tree, kept, n) for n in own)


def lent(tree: Tree, kept: frozenset[int]) -> bool:
    """모든 학교가 동참했고 다른 도시들에도 확산했다: a verb right behind its subject has it for itself."""
    return not has_object(tree, tree.root) and any(
        tree.phrases[n].kind is Kind.SUBJECT and n + 1 not in kept and _of_root(tree, n + 1)
        for n in tree.own(kept)
    )


def credited(tree: Tree, kept: frozenset[int]) -> bool:
    """방한은 무산됐지만 관심을 드러냈다: what was done to it is told, and who did the other not."""
    return has_object(tree, tree.root) and any(
        tree.phrases[n].kind in SUBJECTS and n + 1 in kept and _goes_on(behind) and undergoes(behind)
        for n in tree.own(kept)
        for behind in [tree.phrases[n + 1]]
    )


def unreasoned(tree: Tree, kept: frozenset[int]) -> bool:
    """학원에 가려면 백신을 맞아야 했기 때문에 맞았다: what would be is said of a reason that is gone."""
    beside = tree.children[tree.root]
    return any(
        n in kept
        and tree.phrases[n].kind is Kind.CLAUSE
        and tree.phrases[n].mark in _IF
        and any(m > n and m not in kept and _reasons(tree.phrases[m]) for m in beside)
        for n in beside
    )


def respective(tree: Tree, kept: frozenset[int]) -> bool:
    """두 시장에서 9460억원, 9027억원을: the amounts of two that are gone; or one alone of those that did so 각각."""
    each = any(tree.phrases[n].core[0].form == "각각" for n in kept)
    if each and any(n not in kept and phrase.kind is Kind.LIST for n, phrase in enumerate(tree.phrases)):
        return True
    both = any(
        n + 1 in kept
        and tree.phrases[n].kind is Kind.LIST
        and numbered(tree.phrases[n])
        and numbered(tree.phrases[n + 1])
        for n in kept
        if n + 1 < len(tree.phrases)
    )
    return both and any(
        n not in kept and any(t.tag == "JC" or t.form == "및" for t in phrase.tokens)
        for n, phrase in enumerate(tree.phrases)
    )


def contrasted(tree: Tree, kept: frozenset[int]) -> bool:
    """기관이 사들인 반면, 외국인은 팔았다 → 사들인 반면, 외국인은 팔았다: what the one did is left to nobody."""
    return any(
        tree.phrases[n].core[0].form == "반면"
        and n - 1 in kept
        and not any(i < n and tree.phrases[i].kind in SUBJECTS for i in kept)
        for n in kept
    )


def unled(tree: Tree, kept: frozenset[int]) -> bool:
    """A씨가 기계를 끄면 속도를 높였다: whom it was done to is named, and who did it is not."""
    own = tree.own(kept)
    if not any(tree.phrases[n].kind is Kind.OBJECT for n in own) or any(
        tree.phrases[n].kind in SUBJECTS | {Kind.SOURCE} for n in own
    ):
        return False
    return any(
        tree.phrases[n].kind is Kind.CLAUSE
        and tree.phrases[n].mark in _WHEN
        and any(c in kept for c in _subjects(tree, n))
        for n in own
    )


def unfed(tree: Tree, kept: frozenset[int]) -> bool:
    """4억원을 받아 자금으로 쓴다 → 자금으로 쓴다: what it uses is the object of a clause that is gone."""
    uses = tree.phrases[tree.root].core[0].form in _USES
    told = any(tree.phrases[n].kind in {Kind.OBJECT, Kind.SUBJECT, Kind.ALSO} for n in tree.own(kept))
    return (
        uses
        and not told
        and any(
            n not in kept and tree.phrases[n].kind is Kind.CLAUSE and has_object(tree, n)
            for n in tree.children[tree.root]
        )
    )


def misjoined(tree: Tree, kept: frozenset[int]) -> bool:
    """위성을 8기나 수용할 수 있는 센터다 → 위성을 센터: an object of what is gone, beside a noun."""
    root = tree.phrases[tree.root].core
    is_one = len(root) > 1 and root[0].tag in {"NNG", "NNP"} and tag(root[1]) == "VCP"
    return is_one and any(tree.phrases[n].kind is Kind.OBJECT for n in tree.own(kept))


def itemized(tree: Tree, kept: frozenset[int]) -> bool:
    """△하나 △둘 △셋 세 가지다: some of what is listed, as if it were all."""
    marked = [n for n, phrase in enumerate(tree.phrases) if any(t.form in "△▲◇▷" for t in phrase.tokens)]
    if len(marked) < 2:  # noqa: PLR2004 -- a list is of two at least
        return False
    inside = range(marked[0], tree.root)
    return any(n in kept for n in inside) and not all(n in kept for n in marked)


def nameless(tree: Tree, kept: frozenset[int]) -> bool:
    """한두 개가 아니다: what is not is said, and not of what."""
    root = tree.phrases[tree.root].core
    own = any(tree.phrases[n].kind in SUBJECTS for n in tree.own(kept))
    return any(tag(t) == "VCN" for t in root) and not own


def _and_so_on(phrase: Phrase) -> bool:
    """나타내는 등, 개발되는 등."""
    return phrase.mark == "등" and phrase.before.tag == "ETM"


def _goes_on(phrase: Phrase) -> bool:
    return phrase.kind is Kind.CLAUSE and phrase.mark in COORDINATE


def _subjects(tree: Tree, n: int) -> list[int]:
    return [c for c in tree.children[n] if tree.phrases[c].kind in SUBJECTS]


def _of_root(tree: Tree, n: int) -> bool:
    return _goes_on(tree.phrases[n]) and tree.heads[n] == tree.root


def caused(tree: Tree, kept: frozenset[int]) -> bool:
    """위원회가 결정을 하게 해 명예를 훼손했다 → 위원회가 명예 훼손: who was made to do one thing did not do the next."""
    made = [n for n, phrase in enumerate(tree.phrases) if n not in kept and _made_to(phrase)]
    return any(
        n in kept and n < verb and tree.phrases[n].kind is Kind.SUBJECT and tree.heads[n] != verb
        for verb in made
        for n in range(verb)
    )


def _made_to(phrase: Phrase) -> bool:
    forms = [token.form for token in phrase.core]
    return phrase.kind is Kind.CLAUSE and "게" in forms and "하" in forms[forms.index("게") :]


def misdated(tree: Tree, kept: frozenset[int]) -> bool:
    """지난해 2월 첫 환자가 나온 이후 올해도 확산했다 → 지난해 2월 올해도 확산했다: a time without what happened then."""
    return any(
        tree.phrases[n].kind is Kind.TIME
        and any(
            m not in kept
            and tree.phrases[m].core[-1].form in _THEREAFTER
            and any(tree.phrases[child].kind is Kind.ADNOMINAL for child in tree.children[m])
            for m in tree.children[tree.heads[n]]
            if m > n
        )
        for n in tree.own(kept)
    )


_THEREAFTER = words("이후 후 뒤 다음 이래")


def _others_did(tree: Tree, kept: frozenset[int], after: int) -> bool:
    """Whether one of another clause behind `after` acts and is gone: not the root's own, nor whose a modifier is."""
    return any(
        tree.phrases[n].kind is Kind.SUBJECT
        and n not in kept
        and tree.heads[n] != tree.root
        and tree.phrases[tree.heads[n]].kind is not Kind.ADNOMINAL
        for n in range(after + 1, tree.root)
    )


def _reasons(phrase: Phrase) -> bool:
    return phrase.core[0].form == "때문" or phrase.mark in _SINCE


_IF = words("면 으면 려면 으려면 라면 다면")
_USES = words("활용 사용 이용 투입 쓰 충당 공급 제공 전달 기부")
_WHEN = words("면 으면 자 을까 ᆯ까 어도 아도")
_SINCE = words("므로 으므로 니까 으니까")
