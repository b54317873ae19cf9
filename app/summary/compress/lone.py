"""Words of a finished line that are left without the word they belong to, or have been given to another verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.actors import alive
from app.summary.compress.lexicon import COORDINATE, PLANNED, WHETHER, words
from app.summary.compress.morphemes import timely
from app.summary.compress.phrases import Kind
from app.summary.compress.roles import own_verb
from app.summary.compress.tree import SUBJECTS
from app.summary.compress.valency import equates, numbered, themes

if TYPE_CHECKING:
    from app.summary.compress.tree import Tree


def supplanted(tree: Tree, kept: frozenset[int]) -> bool:
    """경보기가 울려 둘러보던 경비원이 119에 신고했다 → 경보기가 신고: a thing stands where someone acted."""
    return any(
        tree.phrases[n].kind is Kind.SUBJECT
        and not alive(tree.phrases[n])
        and (verb := own_verb(tree, n)) not in kept
        and any(
            m not in kept and tree.phrases[m].kind is Kind.SUBJECT and alive(tree.phrases[m])
            for m in range(verb + 1, tree.root)
        )
        for n in tree.own(kept)
    )


def overtopped(tree: Tree, kept: frozenset[int]) -> bool:
    """몸도 마음도 새봄 교실은 3월에 연다 → 몸도 마음도 3월에 연다: what is spoken of is gone, and what also is stands there."""
    return any(
        tree.phrases[n].kind is Kind.ALSO
        and any(m not in kept and tree.phrases[m].kind is Kind.TOPIC for m in _ahead(tree, n))
        for n in tree.own(kept)
    )


def _ahead(tree: Tree, n: int) -> range:
    """What stands between a phrase and the next clause."""
    end = next((m for m in range(n + 1, tree.root) if tree.phrases[m].kind is Kind.CLAUSE), tree.root)
    return range(n + 1, end)


def equated(tree: Tree, kept: frozenset[int]) -> bool:
    """해온이 산지이지만 쌀을 사 오는 것이 유리하다 → 해온이 사 오는 것: who is something did not do what comes next."""
    return any(
        tree.phrases[n].kind is Kind.SUBJECT
        and n + 1 not in kept
        and tree.phrases[n + 1].kind is Kind.CLAUSE
        and any(t.tag.startswith("VC") for t in tree.phrases[n + 1].core)
        for n in tree.own(kept)
        if n + 1 < tree.root
    )


def unacted(tree: Tree, kept: frozenset[int]) -> bool:
    """규정을 넓게 해석한 사례를 고쳐 의의가 있다 → 규정을 의의가 있다: nothing is done to an object by being there."""
    return any(
        tree.phrases[n].kind is Kind.OBJECT
        and tree.phrases[tree.heads[n]].core[0].form in {"있", "없"}
        and tree.heads[n] in kept
        for n in kept
        if n != tree.root
    )


def unthemed(tree: Tree, kept: frozenset[int]) -> bool:
    """개정안에서는 이수하는 사람으로 명시했다 → 이수하는 사람으로 명시: what says so is gone, and nobody says it."""
    own = tree.own(kept)
    if any(tree.phrases[n].kind in SUBJECTS for n in own):
        return False
    return any(
        n not in kept
        and themes(phrase)
        and not timely(phrase.core[:-2])
        and tree.phrases[tree.heads[n]].kind in {Kind.CLAUSE, Kind.FINAL}
        for n, phrase in enumerate(tree.phrases)
    )


def unsurpassed(tree: Tree, kept: frozenset[int]) -> bool:
    """가장 실적이 좋은 회사는 배를 지었다 → 가장 회사는: most, and not what."""
    return any(
        "".join(t.form for t in tree.phrases[n].core) in _MOST and n + 1 not in kept
        for n in kept
        if n != tree.root
    )


def unsized(tree: Tree, kept: frozenset[int]) -> bool:
    """높이 2m 벽화 → 2m 벽화: how much, and not of what."""
    return any(
        n not in kept and n + 1 in kept and phrase.core[-1].form in _SIZES and numbered(tree.phrases[n + 1])
        for n, phrase in enumerate(tree.phrases)
    )


def unasked(tree: Tree, kept: frozenset[int]) -> bool:
    """적격성도 심사해야 하는지에 대해 해석을 신청했다 → 적격성도 신청: what was asked of it is gone."""
    return any(
        n + 1 not in kept
        and tree.phrases[n].kind in {Kind.ALSO, Kind.SUBJECT, Kind.OBJECT}
        and tree.phrases[n + 1].kind is Kind.POSTPOSED
        and any(t.form in WHETHER for t in tree.phrases[n + 1].core)
        for n in kept
        if n != tree.root
    )


def unprecedented(tree: Tree, kept: frozenset[int]) -> bool:
    """법을 고친 이후 첫 사례가 된다 → 첫 사례가 된다: the first, and not of what."""
    return any(
        tree.phrases[n].core[0].form == "첫"
        and n - 1 not in kept
        and tree.phrases[n + 1].core[0].form in _CASES
        for n in kept
        if 0 < n < tree.root
    )


def aimless(tree: Tree, kept: frozenset[int]) -> bool:
    """방안을 마련하도록 노력했다 → 노력했다: that someone took pains, and not for what."""
    toils = tree.phrases[tree.root].core[0].form in _TOILS
    return toils and not any(
        tree.phrases[n].kind in {Kind.CLAUSE, Kind.POSTPOSED, Kind.OBLIQUE, Kind.OBJECT}
        for n in tree.own(kept)
    )


def because(tree: Tree, kept: frozenset[int]) -> bool:
    """해석이 나왔기 때문이다: a reason, and what it is one of is in the sentence before."""
    root = tree.phrases[tree.root].core
    reason = root[0].form == "때문" and any(tree.phrases[n].mark == "기" for n in tree.own(kept))
    told = (tree.phrases[n] for n in tree.own(kept) if tree.phrases[n].kind is Kind.TOPIC)
    return reason and not any(t.form in _TOLD for phrase in told for t in phrase.core)


def claimantless(tree: Tree, kept: frozenset[int]) -> bool:
    """차이가 없다는 것이다: what someone says, and who stood in the sentence before."""
    root = [t.form for t in tree.phrases[tree.root].core]
    claims = any(
        a.endswith(("다는", "라는")) and (b, c) == ("것", "이")
        for a, b, c in zip(root, root[1:], root[2:], strict=False)
    )
    return claims and not any(tree.phrases[n].kind is Kind.TOPIC for n in tree.own(kept))


def handless(tree: Tree, kept: frozenset[int]) -> bool:
    """서류를 휴대전화, 태블릿 등으로 작성한다 → 작성한다: its object was hung on a list that is gone."""
    own = tree.own(kept)
    return not any(tree.phrases[n].kind in {Kind.OBJECT, Kind.ALSO, Kind.QUOTED} for n in own) and any(
        n not in kept and phrase.kind is Kind.OBJECT and tree.phrases[tree.heads[n]].kind is Kind.LIST
        for n, phrase in enumerate(tree.phrases)
    )


def unmetered(tree: Tree, kept: frozenset[int]) -> bool:
    """응답은 1.2%로 내렸지만 온라인은 2.6%로 높았다 → 온라인은 2.6%로 높았다: of what is in the clause that is gone."""
    return any(tree.phrases[n].kind is Kind.TOPIC for n in tree.own(kept)) and any(
        n not in kept
        and tree.phrases[n].mark in {"지만", "으나"}
        and any(tree.phrases[c].kind in SUBJECTS and not alive(tree.phrases[c]) for c in tree.children[n])
        and any(numbered(tree.phrases[c]) for c in tree.children[n])
        for n in tree.children[tree.root]
    )


def unscheduled(tree: Tree, kept: frozenset[int]) -> bool:
    """2031년 하반기 준공 예정이다 → 준공 예정: that it is due, and not when."""
    due = tree.phrases[tree.root].core[0].form == "예정"
    return (
        due
        and all(tree.phrases[n].kind in SUBJECTS | {Kind.NOUN} for n in tree.own(kept))
        and any(n not in kept and tree.phrases[n].kind is Kind.TIME for n in tree.children[tree.root])
    )


def bald(tree: Tree, kept: frozenset[int]) -> bool:
    """한도가 늘며, 할인된 금액으로 살 수 있다 → 한도가 늘며, 살 수 있다: that one can, and not on what terms."""
    root = [t.form for t in tree.phrases[tree.root].core]
    own = tree.own(kept)
    return (
        "수" in root
        and any(tree.phrases[n].kind is Kind.CLAUSE for n in own)
        and all(tree.phrases[n].kind in SUBJECTS | {Kind.CLAUSE} for n in own)
        and any(n not in kept and tree.phrases[n].kind is Kind.OBLIQUE for n in tree.children[tree.root])
    )


def unshown(tree: Tree, kept: frozenset[int]) -> bool:
    """상품도 선보이며 터전을 닦는다 → 상품도 터전을 닦는다: what is done to it, too, is gone."""
    return any(
        tree.phrases[n].kind is Kind.ALSO
        and n + 1 < tree.root
        and n + 1 not in kept
        and tree.phrases[n + 1].kind is Kind.CLAUSE
        and tree.phrases[n + 1].mark in COORDINATE
        and tree.subject(n + 1) is None
        and any(tree.phrases[c].kind is Kind.OBJECT for c in kept)
        for n in kept
    )


def unheld(tree: Tree, kept: frozenset[int]) -> bool:
    """서 교수가 위원장을 맡은 위원회 → 위원장을 맡은 위원회: who holds the office is gone."""
    return any(
        tree.phrases[n].kind is Kind.ADNOMINAL
        and n != tree.root
        and tree.children[n]
        and (first := tree.children[n][0]) > 0
        and tree.phrases[first].kind is Kind.OBJECT
        and first - 1 not in kept
        and tree.phrases[first - 1].kind is Kind.SUBJECT
        and alive(tree.phrases[first - 1])
        for n in kept
    )


def sizeless(tree: Tree, kept: frozenset[int]) -> bool:
    """규모가 60조원에 이른다: how much, and of what it is stood in the sentence before."""
    return any(
        tree.phrases[n].kind in SUBJECTS
        and tree.phrases[n].core[0].form in _MEASURES
        and len(tree.phrases[n].core) == 2  # noqa: PLR2004 -- the noun and its particle
        and not any(c in kept for c in tree.children[n])
        for n in tree.own(kept)
    )


def unlike(tree: Tree, kept: frozenset[int]) -> bool:
    """회사가 영업을 시작하면서 양강 구도가 서는 모양새다 → 회사, … 모양새: what it looks like is not what it is."""
    looks = tree.phrases[tree.root].core[0].form in _LOOKS
    return looks and any(
        tree.phrases[n].kind is Kind.SUBJECT and own_verb(tree, n) not in kept for n in tree.own(kept)
    )


def stranded(tree: Tree, kept: frozenset[int]) -> bool:
    """안전에 중점을 두고 운영한다 → 안전에 운영한다: what an object and its verb were put to, without both."""
    return any(
        tree.phrases[n].mark == "에"
        and n + 1 < tree.root
        and n + 1 not in kept
        and (
            (
                tree.phrases[n + 1].kind is Kind.POSTPOSED
                and any(t.form == "두" for t in tree.phrases[n + 1].core)
            )
            or (
                tree.phrases[n + 1].kind is Kind.OBJECT
                and tree.heads[n + 1] == n + 2 != tree.root
                and n + 2 not in kept
            )
        )
        for n in kept
    )


def undefined(tree: Tree, kept: frozenset[int]) -> bool:
    """인재를 기르기 위해 여는 교육이다: what something is, and not what."""
    del kept  # It is so whatever is kept: its sentence does not say either.
    root = tree.phrases[tree.root]
    told = any(phrase.kind in SUBJECTS | {Kind.SOURCE} for phrase in tree.phrases)
    return equates(root) and root.core[0].form not in PLANNED and not told


_MEASURES = words("규모 금액 액수 비율 비중 가격 수치 수준 인원 건수 총액")
_LOOKS = words("모양새 상황 국면 형국 구도 분위기 추세 양상")
_CASES = words("사례 경우 일")
_TOILS = words("노력 힘쓰 애쓰 매진 최선")
_TOLD = words("것 이유 배경 까닭 원인 건")
_MOST = words("가장 제일 비교적 상대적 매우 아주 무척")
_SIZES = words("높이 길이 넓이 깊이 너비 폭 두께 면적 무게 지름 반지름 둘레 키 나이 시속 주 월 연 하루")
