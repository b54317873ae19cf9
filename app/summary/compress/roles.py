"""Who does it: what deletion has left without the one that does it, or has given to another.

A subject reaches over what stands between it and its verb, and the reading that deletion works on is shallow: where the
verb that may be its own is gone, the next one would take it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.actors import alive
from app.summary.compress.attribution import content_of
from app.summary.compress.lexicon import ACTING, PLANNED, words
from app.summary.compress.modifiers import reported
from app.summary.compress.morphemes import tag
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS
from app.summary.compress.valency import equates, happens, intransitive, numbered, undergoes

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree


def headless(tree: Tree, kept: frozenset[int]) -> bool:
    """지난해보다 늘었다, 줄었다고 강조했다, 이웃을 위한 대책이다: said by nobody, or of nothing."""
    acting = any(tree.phrases[n].kind in SUBJECTS and not _inside(tree, n) for n in range(tree.root))
    if not acting and any(tree.phrases[n].kind is Kind.SOURCE for n in kept):
        return False
    root = tree.phrases[tree.root]
    if any(tree.phrases[n].kind in SUBJECTS and not _inside(tree, n) for n in kept):
        return False
    # 갑이 공판에 출석했다 → 공판에 출석: its sentence says who.
    if any(phrase.kind in SUBJECTS for phrase in tree.phrases):
        return True
    if content_of(tree) is not None or root.core[0].form in _READS or _supposed(root):
        return True
    last = next((t for t in reversed(root.core) if t.tag.startswith(("XSV", "XSA", "VA", "VC", "VV"))), None)
    if last is None or root.core[0].form in PLANNED:
        return False
    told = any(reported(tree, c) for c in tree.children[tree.root])
    return not told and (
        last.tag in {"XSA", "VCP"}
        or (last.tag == "VA" and last.form not in {"있", "없"})
        or (last.form == "되" and last.tag == "XSV")
        or happens(root)
    )


def _supposed(root: Phrase) -> bool:
    """기조를 이어갈 것으로 보인다."""
    return any(
        a.form in {"으로", "로"} and b.form in {"보이", "알려지", "전해지"} for a, b in pairwise(root.core)
    )


# 실현하겠다는 의미로 읽힌다, 토론한다: of what, or who.
_READS = words("읽히 풀이 해석 토론 담기 알려지 전해지 꼽히")


def subjectless(tree: Tree, kept: frozenset[int]) -> bool:
    """환경을 개선시켰다, 추진된 사업이다: a sentence that does not say who or what."""
    if any(tree.phrases[n].kind in SUBJECTS and not _inside(tree, n) for n in kept):
        return False
    root = tree.phrases[tree.root]
    told = any(reported(tree, c) for c in tree.children[tree.root])
    return not (told and any(t.form in _OPINIONS for t in root.core))


def _inside(tree: Tree, n: int) -> bool:
    """동화가 주는 메시지에 대해: whether a subject is that of a modifier, and so not of the sentence."""
    if _lent(tree, n):
        return True
    while n != tree.root:
        n = tree.heads[n]
        if tree.phrases[n].kind is Kind.ADNOMINAL and not tree.phrases[n].postposed:
            return True
    return False


def _lent(tree: Tree, n: int) -> bool:
    """Whether a thing right before a modifier was hung on the sentence's verb, since that had no subject of its own."""
    if tree.phrases[n].kind is not Kind.SUBJECT or alive(tree.phrases[n]) or tree.heads[n] != tree.root:
        return False
    verb = own_verb(tree, n)
    objects = any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[tree.root])
    root = tree.phrases[tree.root]
    # 역량이 필요한 공정이다.
    is_one = equates(root) and not reported(tree, n + 1)
    acts = objects or is_one or root.core[0].form in _READS | ACTING
    return acts and verb == n + 1 and tree.phrases[verb].kind is Kind.ADNOMINAL


def actorless(tree: Tree, kept: frozenset[int]) -> bool:
    """동화가 주는 메시지에 대해 토론한다: someone does it, and the only subject is what the modifier tells of."""
    subjects = [n for n in kept if tree.phrases[n].kind in SUBJECTS]
    return bool(subjects) and all(_lent(tree, n) for n in subjects)


_OPINIONS = words("지적 평가 분석 설명 관측 전망 주장 취지 의견 해석 이유 얘기 말")


def misled(tree: Tree, kept: frozenset[int]) -> bool:
    """법원이 손을 들어준 판결에 이목이 쏠렸다 → 법원이 이목이 쏠렸다: a subject without the modifier it may be of."""
    return any(tree.doubtful(n) and not _surely_of_root(tree, n, kept) for n in kept)


def _surely_of_root(tree: Tree, n: int, kept: frozenset[int]) -> bool:
    """Whether a subject is the root's own, whatever modifier has gone from behind it."""
    verb = next(i for i in range(n + 1, tree.root) if tree.phrases[i].kind is Kind.ADNOMINAL)
    if verb in kept or tree.phrases[verb].postposed:
        return True
    # 기업이 원하는 기능을 더해 …: what has no object of its own is what the noun behind it is wanted, made or run by.
    if verb == n + 1 and not tree.children[verb] and not intransitive(tree.phrases[verb]):
        return False
    # 기자가 직접 업체가 공개한 번호로 글을 보냈다: who acts by the root has stood before it.
    if any(tree.phrases[i].kind in SUBJECTS for i in range(n)) and not any(
        tree.phrases[i].kind is Kind.CLAUSE for i in range(n)
    ):
        return False
    # 물고기가 화면을 넘나드는 형태로 만들어져 호평을 받는다.
    if not alive(tree.phrases[n]) and tree.phrases[tree.heads[verb]].core[0].form in _SHAPES:
        return False
    acts = any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[tree.root])
    behind = tree.phrases[n + 1 : tree.root]
    return acts and not any(
        p.kind in {Kind.TOPIC, Kind.SUBJECT} or (tag(p.core[-1]) == "JX" and p.mark in {"은", "는"})
        for p in behind
    )


_SHAPES = words("형태 방식 식 모습 구조")


def unsaid(tree: Tree, kept: frozenset[int]) -> bool:
    """경찰은 통이 사람을 친 것으로 파악했다 → 경찰, 사람을 친 것으로 파악: who did it is gone, and who says so stands there."""
    root = tree.phrases[tree.root].core
    pairs = [(a.form, b.form) for a, b in pairwise(root)]
    if ("것", "으로") not in pairs or not any(
        a.form in _THINKS and b.form == "하" for a, b in pairwise(root)
    ):
        return False
    actors = [n for n, phrase in enumerate(tree.phrases) if phrase.kind in SUBJECTS]
    return len(actors) > 1 and sum(n in kept for n in actors) == 1


_THINKS = words("파악 판단 추정 예상 전망 분석 추측 확인 진단")


def estranged(tree: Tree, kept: frozenset[int]) -> bool:
    """접근이 어려운 구조에서 등록제를 검토한다 → 접근이 등록제를 검토한다: a thing whose own verb is gone."""
    for n in kept:
        phrase = tree.phrases[n]
        if phrase.kind is not Kind.SUBJECT:
            continue
        verb = own_verb(tree, n)
        # 오미크론이 퍼진 뒤 …: of a name, too, where its verb is next and acts on nothing.
        if alive(phrase) and (
            verb != n + 1 or not (intransitive(tree.phrases[verb]) or happens(tree.phrases[verb]))
        ):
            continue
        if verb != tree.root and verb not in kept and _may_have(tree, verb, n, kept):
            return True
    return False


def homeless(tree: Tree, kept: frozenset[int]) -> bool:
    """말로 임기가 끝나는 총재가 …: an adverbial before a subject and its verb, which are gone."""
    for n in kept:
        if n + 2 >= tree.root or tree.phrases[n].kind is not Kind.OBLIQUE or tree.phrases[n].comma:
            continue
        subject, verb = tree.phrases[n + 1], tree.phrases[n + 2]
        if (
            subject.kind is Kind.SUBJECT
            and tree.heads[n + 1] == n + 2
            and verb.kind in {Kind.ADNOMINAL, Kind.OBLIQUE}
            and n + 2 not in kept
            and tree.heads[n] > n + 2
        ):
            return True
    return False


def own_verb(tree: Tree, n: int) -> int:
    """The predicate that a subject reaches first, but for those that have a subject of their own behind it."""
    for verb in range(n + 1, tree.root):
        phrase = tree.phrases[verb]
        if not phrase.predicate or phrase.kind is Kind.ADVERB or phrase.postposed:
            continue
        # 양측이 생산적인 대화를 이어 가기로 했다.
        if any(t.form == "적" and t.tag == "XSN" for t in phrase.core):
            continue
        if any(c > n and tree.phrases[c].kind in SUBJECTS for c in tree.children[verb]):
            continue
        return verb
    return tree.root


def _may_have(tree: Tree, verb: int, subject: int, kept: frozenset[int]) -> bool:
    """Whether the subject is likely the verb's alone: one that acts on nothing, or what an amount of people say."""
    phrase = tree.phrases[verb]
    kinds = {tree.phrases[c].kind for c in tree.children[verb]}
    if phrase.kind is Kind.ADNOMINAL:
        return Kind.OBJECT not in kinds
    if phrase.kind is not Kind.CLAUSE:
        return False
    acts = any(n > verb and tree.phrases[n].kind is Kind.OBJECT for n in kept)
    idle = undergoes(phrase) or intransitive(phrase) or Kind.OBJECT not in kinds
    return (acts and idle) or (
        # 3명이 추가로 확진돼 누계 46명이 됐다.
        numbered(tree.phrases[subject]) and (Kind.QUOTED in kinds or undergoes(phrase))
    )


def succeeded(tree: Tree, kept: frozenset[int]) -> bool:
    """나라는 늦다는 평가를 받지만 기업들도 힘쓴다 → 나라는 기업들도 힘쓴다: the first subject's own clause is gone."""
    own = tree.children[tree.root]
    # Who acts as a place may be gone, too.
    said = [n for n in own if (tree.phrases[n].kind in SUBJECTS and n in kept) or _from(tree.phrases[n])]
    gone = [
        c for c, p in enumerate(tree.phrases) if c not in kept and (_a_deed(p) if c in own else _beside(p))
    ]
    return any(first in kept and first < c < second for first, second in pairwise(said) for c in gone)


def _beside(phrase: Phrase) -> bool:
    """A clause beside the next one, whatever it was hung on."""
    return phrase.kind is Kind.CLAUSE and phrase.mark in _COORDINATE


_COORDINATE = words("고 며 으며 지만 으나")


def orphaned(tree: Tree, kept: frozenset[int]) -> bool:
    """갑이 함께 일한 을에 해지를 통보하자 병이 맞섰다 → 해지를 통보하자 병이 맞섰다: who did it is gone with a modifier."""
    acting = [n for n in tree.own(kept) if tree.phrases[n].kind in SUBJECTS]
    return any(
        tree.phrases[clause].kind is Kind.CLAUSE
        and tree.phrases[clause].mark in _THEN
        and clause in kept
        and not any(tree.phrases[n].kind in SUBJECTS and n < clause for n in kept)
        and any(tree.phrases[n].kind is Kind.SUBJECT for n in range(clause))
        for clause in range(min(acting, default=0))
    )


_THEN = words("자 으자 면서 으면서 고 며 으며 지만 으나")


def _a_deed(phrase: Phrase) -> bool:
    """A clause, or what is told as a noun with a verb: 결론 내림에 따라."""
    return phrase.kind is Kind.CLAUSE or (
        phrase.kind is Kind.POSTPOSED and any(tag(t) == "ETN" for t in phrase.core)
    )


def _from(phrase: Phrase) -> bool:
    """업계에서도, 시에서는: who acts, as a place."""
    return phrase.mark in {"도", "는"} and phrase.before.form == "에서"


def mistaken(tree: Tree, kept: frozenset[int]) -> bool:
    """의장은 시간이 길어 … 어렵다고 했다 → 의장은 시간이 … 했다: what was said has lost the verb of its subject."""
    if content_of(tree) is None:
        return False
    own = tree.children[tree.root]
    topic = next((n for n in own if tree.phrases[n].kind is Kind.TOPIC), tree.root)
    verbs = [i for i, phrase in enumerate(tree.phrases) if phrase.predicate]
    return any(
        tree.phrases[n].kind is Kind.SUBJECT and topic < n and next(i for i in verbs if i > n) not in kept
        for n in own
        if n in kept
    )
