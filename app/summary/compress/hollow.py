"""A finished line that tells nothing by itself: what it is told of, or who says it, is in another sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.compress.actors import GENERIC, actor, alive
from app.summary.compress.bereft import has_object
from app.summary.compress.lexicon import words
from app.summary.compress.morphemes import tag
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS
from app.summary.compress.valency import intransitive

if TYPE_CHECKING:
    from app.summary.compress.tree import Tree


def voiceless(tree: Tree, kept: frozenset[int]) -> bool:
    """보호는 의무라는 점을 짚은 것이다: what is told of the sentence before, and by whom it does not say."""
    forms = [t.form for t in tree.phrases[tree.root].core]
    return (
        "것" in forms
        and forms[forms.index("것") + 1 : forms.index("것") + 2] == ["이"]
        and not any(
            tree.phrases[n].kind in SUBJECTS and (alive(tree.phrases[n]) or not has_object(tree, tree.root))
            for n in kept
        )
    )


def unvoiced(tree: Tree, kept: frozenset[int]) -> bool:
    """의혹은 밝혀져야 한다고 요구했다: the topic is what is spoken of, and who demands it is not said."""
    if tree.phrases[tree.root].core[0].form not in _DEMANDS:
        return False
    own = [tree.phrases[n] for n in tree.own(kept)]
    topics = [phrase for phrase in own if phrase.kind in SUBJECTS]
    said = any(phrase.kind is Kind.QUOTED for phrase in own)
    return said and bool(topics) and not any(alive(phrase) or actor(phrase) for phrase in topics)


_DEMANDS = words("요구 촉구 호소 요청 당부 항의 반발 반박 토로 다짐 약속 자신 비난")


def mute(tree: Tree, kept: frozenset[int]) -> bool:
    """“그렇다”고 답했다: what it answers is in another sentence."""
    quoted = (tree.text[tree.phrases[n].start : tree.phrases[n].end] for n in kept if tree.phrases[n].quotes)
    return any(_ANSWER.match(text) for text in quoted)


_ANSWER = re.compile(r"[“\"‘'](?:그렇|아니|맞|네|예|글쎄|모르|없)\S{0,5}[”\"’']")


def clipped(tree: Tree, kept: frozenset[int]) -> bool:
    """후 파는 수법: a syllable that Kiwi takes for a noun and its particle is no topic; a town or a party is."""
    return any(
        tree.phrases[n].kind is Kind.TOPIC
        and len(tree.phrases[n].core) == 2  # noqa: PLR2004 -- the noun and its particle
        and len(tree.phrases[n].core[0].form) == 1
        and tree.phrases[n].core[0].tag == "NNG"
        and (tree.phrases[n].core[0].form not in GENERIC or (n and tree.phrases[n - 1].mark in _AFTER))
        and not any(c in kept for c in tree.children[n])
        for n in kept
    )


_AFTER = words("후 뒤")


def boundless(tree: Tree, kept: frozenset[int]) -> bool:
    """이사장을 뽑는 농협은 가온, 새봄 등이다 → 농협은 가온, 새봄 등이다: which some of them are is told of all."""
    return tree.phrases[tree.root].core[0].form == "등" and any(
        tree.phrases[n].kind is Kind.TOPIC
        and not any(c in kept for c in tree.children[n])
        and any(tree.phrases[c].kind is Kind.ADNOMINAL for c in tree.children[n])
        for n in tree.own(kept)
    )


def vacant(tree: Tree, kept: frozenset[int]) -> bool:
    """1년에 두 차례씩 선정하고 있다: who does it is not said, nor to what."""
    root = tree.phrases[tree.root]
    tags = [(t.form, t.tag) for t in root.core[:2]]
    acts = len(tags) > 1 and tags[0][1] == "NNG" and tags[1] == ("하", "XSV")
    said = SUBJECTS | {Kind.OBJECT, Kind.COMPLEMENT, Kind.QUOTED}
    return acts and not intransitive(root) and not any(tree.phrases[n].kind in said for n in kept)


def unfilled(tree: Tree, kept: frozenset[int]) -> bool:
    """요청이 반영되지 않은 점을 들었다 → 반영되지 않은 점 들어: that it was not done, and not what."""
    facts = [
        n
        for n in kept
        if n != tree.root
        and tree.heads[n] in kept
        and tree.phrases[n].kind is Kind.ADNOMINAL
        and tree.phrases[tree.heads[n]].core[0].form in _FACTS
    ]
    return any(
        any(t.form == "되" and t.tag == "XSV" for t in tree.phrases[n].core)
        and not any(c in kept and tree.phrases[c].kind in SUBJECTS for c in tree.children[n])
        for n in facts
    ) or any(
        # 자료를 조회한 사실이 드러났다: nor who did it.
        has_object(tree, n)
        and tree.phrases[tree.heads[n]].kind is Kind.SUBJECT
        and not any(tree.phrases[c].kind in SUBJECTS for c in kept if c != tree.heads[n])
        for n in facts
    )


_FACTS = words("점 사실")


def purposeless(tree: Tree, kept: frozenset[int]) -> bool:
    """회사는 이번 광고를 마련했다: that there is one, which all know, and not what for."""
    root = tree.phrases[tree.root]
    # 펀드는 기술에 투자하기 위해 조성됐다.
    made = root.core[0].form in _FOUNDED and any(
        n not in kept and any(t.form == "위하" for t in tree.phrases[n].core)
        for n in tree.children[tree.root]
    )
    if not (made or root.core[0].form in _PREPARED) or len(kept) == len(tree.phrases):
        return False
    return all(
        tree.phrases[n].kind in SUBJECTS
        or (tree.phrases[n].kind is Kind.OBJECT and _this(tree, n))
        or (made and tree.phrases[n].comma)
        or _bare(tree, n, kept)
        for n in tree.own(kept)
    )


def _bare(tree: Tree, n: int, kept: frozenset[int]) -> bool:
    """판매를 진행했다: an object of one common noun, and nothing that tells which."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.OBJECT
        and [t.tag for t in phrase.core] == ["NNG", "JKO"]
        and not any(c in kept for c in tree.children[n])
        and any(c not in kept for c in tree.children[tree.root])
    )


def _this(tree: Tree, n: int) -> bool:
    return any(tree.phrases[c].core[0].form in {"이번", "이", "해당"} for c in tree.children[n])


_PREPARED = words("마련 기획 준비 진행 개최")
_FOUNDED = words("조성 설립 제정 도입 신설 추진")


def unintroduced(tree: Tree, kept: frozenset[int]) -> bool:
    """총수들이 영상을 공개한 부분이다: which part of what it is, and not what is."""
    root = tree.phrases[tree.root].core
    is_one = len(root) > 1 and root[0].form in _PARTS and tag(root[1]) == "VCP"
    # 각하로 지칭했다는 것: a note, of which nobody says whose.
    is_one = is_one or (root[-1].form == "것" and tree.phrases[tree.root].kind is not Kind.FINAL)
    return is_one and not any(tree.phrases[n].kind is Kind.TOPIC and tree.heads[n] == tree.root for n in kept)


_PARTS = words("액수 금액 수치 숫자 값 비율 부분 대목 장면 이유 까닭 배경 모습 셈 격 꼴 판 형국 순간 구조")
