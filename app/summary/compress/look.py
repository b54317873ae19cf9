"""The last look at a finished line, read again by its kept phrases: what deletion left without what it is of.

Deletion works on a shallow reading; what that got wrong shows in the phrases that are left.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.actors import alive
from app.summary.compress.lexicon import ACTING, COORDINATE, words
from app.summary.compress.limits import concedes, condition
from app.summary.compress.modifiers import twins
from app.summary.compress.morphemes import tag, timely
from app.summary.compress.needs import before_its_noun, before_modifier, thus
from app.summary.compress.phrases import Kind
from app.summary.compress.pointing import retells
from app.summary.compress.tree import SUBJECTS
from app.summary.compress.valency import equates, numbered

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_TELLING = frozenset({Kind.ADNOMINAL, Kind.GENITIVE, Kind.DETERMINER})
# What may have a topic of its own: a clause, what is reported, an amount that has its verb from the next clause.
_OF_TOPICS = frozenset({Kind.CLAUSE, Kind.QUOTED, Kind.FINAL, Kind.LIST, Kind.TIME, Kind.NOUN})
_DONE_TO = frozenset({Kind.OBJECT, Kind.ALSO, Kind.QUOTED, Kind.COMPLEMENT})


def merged(tree: Tree, kept: frozenset[int]) -> bool:
    """환자의 동선과 본인의 동선 → 동선과 본인의 동선: of a noun that the line says twice, what told the one is gone."""
    return any(
        n not in kept
        and tree.heads[n] in kept
        and tree.phrases[n].kind in _TELLING
        and not retells(tree, n)
        and any(twin in kept for twin in twins(tree, n))
        for n in range(len(tree.phrases) - 1)
    )


def alone(tree: Tree, kept: frozenset[int]) -> bool:
    """제조업과 숙박업의 종사자가 각각 줄었다, 네 곳에서 모두 팔리는: one, where each of several or all are spoken of."""
    for n in kept:
        if tree.phrases[n].core[0].form not in {"각각", "모두"} or n == tree.root:
            continue
        if any(i not in kept and tree.phrases[i].mark in {"와", "과"} for i in range(n)):
            return True
        # 여러 표면에서 모두 잘 붙는다.
        if n and n - 1 not in kept and tree.phrases[n - 1].kind is Kind.OBLIQUE:
            return True
        # 네 곳에서 모두 팔리는.
        beside = [c for c in tree.children[tree.heads[n]] if c < n]
        if tree.phrases[tree.heads[n]].kind is Kind.ADNOMINAL and any(c not in kept for c in beside):
            return True
    return False


def objectless(tree: Tree, kept: frozenset[int]) -> bool:
    """해온시, 추진: someone does something, and the line does not say what."""
    root = tree.phrases[tree.root]
    stems = [t for t in root.core if t.tag.startswith(("VV", "VA", "VX", "XSV", "XSA", "VC"))]
    if not stems or stems[0].form not in {"하", *ACTING} or root.core[0].form not in ACTING:
        return False
    if any(t.form in {"되", "당하", "지"} and tag(t) in {"XSV", "VX", "VV"} for t in root.core):
        return False
    said = [n for n in kept if n != tree.root]
    # 책을 쓰고 …: an object may stand with a clause before; a second subject may be what is done.
    # 갑은 자료를 모으고 을은 공유한다: what one does is not what another does it to.
    own = [n for n in said if tree.heads[n] == tree.root or tree.subject(tree.heads[n]) is None]
    done_to = any(
        tree.phrases[n].kind in _DONE_TO or _about(tree.phrases[n]) or tree.phrases[n].mark == "도록"
        for n in own
    )
    return not done_to and sum(tree.phrases[n].kind in SUBJECTS for n in said) < 2  # noqa: PLR2004


def _about(phrase: Phrase) -> bool:
    return phrase.kind is Kind.POSTPOSED and any(
        t.form in {"대하", "관하", "관련", "두"} for t in phrase.core
    )


def halved(tree: Tree, kept: frozenset[int]) -> bool:
    """기록을 세우며 오르던 주가를 … → 기록을 세우며 …: a clause that may be of the modifier behind it, which is gone."""
    for n in kept:
        phrase = tree.phrases[n]
        beside = phrase.mark in _BESIDE or [t.form for t in phrase.core[-2:]] == ["고", "도"]
        if phrase.kind is Kind.CLAUSE and beside and (before_modifier(tree, n) or _describes_beside(tree, n)):
            verb = next(i for i in range(n + 1, tree.root) if tree.phrases[i].predicate)
            if verb not in kept:
                return True
    return False


def _describes_beside(tree: Tree, n: int) -> bool:
    """떼기가 쉬우며 때가 안 남는 판, 끼가 넘치나 쓰기 어려운 이: a thing's own clause, and a modifier next."""
    if tree.phrases[n].comma or tree.phrases[n - 1].kind is not Kind.SUBJECT or alive(tree.phrases[n - 1]):
        return False
    verb = next((p for p in tree.phrases[n + 1 : -1] if p.predicate and p.kind is not Kind.ADVERB), None)
    return verb is not None and verb.kind is Kind.ADNOMINAL and not verb.postposed


_BESIDE = frozenset({"고", "며", "으며", "면서", "으면서", "나", "으나", "지만"})


def undated(tree: Tree, kept: frozenset[int]) -> bool:
    """2026년 첫 회의 참석을 위해 출국했다 → 2026년 출국: a time without the noun that it may be of."""
    return any(
        _a_date(tree.phrases[n]) and before_its_noun(tree, n) and n + 1 not in kept
        for n in kept
        if n < tree.root
    )


def _a_date(phrase: Phrase) -> bool:
    """2026년, 지난달: what may be a noun's; a day is the deed's, and 3년 is how long."""
    figures = [t.form for t in phrase.core if t.tag == "SN"]
    return phrase.core[-1].form not in _DAYS and (not figures or len(figures[0]) == _YEAR)


_DAYS = words("일 시 분")
_YEAR = 4  # Digits.


def crowded(tree: Tree, kept: frozenset[int]) -> bool:
    """연구팀은 이익은 …: two topics of one predicate, or one inside a modifier; a desk line has one, and has it first."""
    topics = [tree.heads[n] for n in kept if tree.phrases[n].kind is Kind.TOPIC]
    if len(set(topics)) < len(topics) or any(tree.phrases[n].kind not in _OF_TOPICS for n in topics):
        return True
    # 생활비, 빠듯해져 애쓰던 나 씨는: who the line is about stands behind what it tells of.
    own = [tree.phrases[n].kind for n in sorted(kept) if tree.heads[n] == tree.root]
    if Kind.TOPIC in own and Kind.SUBJECT in own[: own.index(Kind.TOPIC)]:
        return True
    # 본부가 물량이 쌓였다: the first is a clause's that is gone.
    acting = [tree.heads[n] for n in kept if tree.phrases[n].kind is Kind.SUBJECT]
    return len(set(acting)) < len(acting)


def overfull(tree: Tree, kept: frozenset[int]) -> bool:
    """땅값을 결정을 내렸다: two objects of one verb, of which one is another's that is gone."""
    heads = [tree.heads[n] for n in kept if tree.phrases[n].kind is Kind.OBJECT]
    return len(set(heads)) < len(heads)


def untaken(tree: Tree, kept: frozenset[int]) -> bool:
    """딱밤을 폭력은 대담해졌다: an object of what takes none is another verb's, which is gone."""
    return any(
        tree.phrases[n].kind is Kind.OBJECT and _tells_how(tree.phrases[tree.heads[n]])
        for n in kept
        if n != tree.root and tree.heads[n] in kept
    )


def _tells_how(phrase: Phrase) -> bool:
    tags = {tag(t) for t in phrase.core}
    if phrase.core[0].form in _TAKES_NONE and tag(phrase.core[0]) == "VV":
        return True
    # 글을 … 기술이다, where 운영 중이다 takes one.
    return equates(phrase) or (bool(tags & {"VA", "XSA"}) and not tags & {"VV", "XSV"})


_TAKES_NONE = words("커지 줄어들 늘어나 떨어지 높아지 낮아지 많아지 쏠리 몰리 생기 나타나 이어지 열리")


def unbound(tree: Tree, kept: frozenset[int]) -> bool:
    """먹고살기 바쁜 주민, 말도 못 할 나이, 역할을 공고히 할 예정이다: what is bound to the word behind or before it, which is gone."""
    root = tree.phrases[tree.root]
    light = (root.core[0].form, tag(root.core[0])) == ("하", "VV")
    how = light and tree.root - 1 not in kept
    # 대상을 명확히 한 법: a verb that Kiwi reads as a number.
    one = any(
        tree.phrases[n].core[0].form == "한"
        and tree.phrases[n].kind is Kind.DETERMINER
        and tree.phrases[n - 1].mark.endswith(("히", "게"))
        for n in kept
        if n
    )
    return (
        how
        or one
        or any(
            (tag(tree.phrases[n].core[-1]) == "ETN" or tree.phrases[n].kind is Kind.ALSO)
            and n + 1 not in kept
            and tree.phrases[n + 1].kind is Kind.ADNOMINAL
            for n in kept
            if n < tree.root
        )
    )


def shared(tree: Tree, kept: frozenset[int]) -> bool:
    """부자가 낸 소송의 재판부도 일부를 받아들였다 → 부자가 재판부도 받아들였다: two who act, one by a verb that is gone."""
    own = sorted(n for n in kept if n != tree.root and tree.phrases[n].kind in {Kind.SUBJECT, Kind.ALSO})
    own = [n for n in own if tree.heads[n] == tree.root or Kind.QUOTED is tree.phrases[tree.heads[n]].kind]
    return any(
        tree.phrases[n].kind is Kind.ADNOMINAL and n not in kept
        for first, second in pairwise(own)
        for n in range(first + 1, second)
    )


def scopeless(tree: Tree, kept: frozenset[int]) -> bool:
    """새 회원의 경우 회비가 오르고 …, 비율을 보면 …고: what a sentence opens with is said of its later clauses, too."""
    return any(
        clause not in kept
        and tree.heads[clause] in kept
        and tree.phrases[clause].mark in COORDINATE
        and any(_opens(tree, n) and n < (tree.subject(clause) or clause) for n in tree.children[clause])
        for clause in range(len(tree.phrases) - 1)
    )


def _opens(tree: Tree, n: int) -> bool:
    """A condition that says of what is spoken."""
    phrase = tree.phrases[n]
    supposed = phrase.mark in {"면", "으면", "다면", "는다면", "ᆫ다면"}
    return condition(tree, n) and (supposed or phrase.core[0].form == "경우")


def described(tree: Tree, kept: frozenset[int]) -> bool:
    """분위기는 어두운 편이지만 가게를 운영한다: the topic of what tells how it is did not do what the root does."""
    acts = any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[tree.root])
    against = [c for c in tree.children[tree.root] if c not in kept and concedes(tree, c)]
    return acts and any(
        tree.phrases[n].kind is Kind.TOPIC and tree.heads[n] == tree.root and any(n < c for c in against)
        for n in kept
    )


def speechless(tree: Tree, kept: frozenset[int]) -> bool:
    """장관은 발전소를 찾아 밝혔다: that something was said, and not what."""
    root = tree.phrases[tree.root].core
    # 조사한 결과 이같이 나타났다.
    if root[0].form in _SHOWS and any(thus(tree, c) for c in tree.children[tree.root]):
        return True
    # 자료를 분석해 이같이 밝혔다.
    if root[0].form in _TELLS and any(thus(tree, c) for c in tree.children[tree.root]):
        return not any(tree.phrases[n].kind is Kind.QUOTED for n in kept)
    if not any(t.form in _TELLS for t in root[:2]) or any(t.form in {"것", "바", "되"} for t in root):
        return False
    return not any(
        tree.heads[n] == tree.root and (tree.phrases[n].kind in _DONE_TO or _about(tree.phrases[n]))
        for n in kept
        if n != tree.root
    )


_SHOWS = words("결정 나타나 드러나 조사 집계 확인 분석")
_TELLS = words("밝히 전하 말하 말 설명 강조 덧붙이 답하 답 언급 당부 지시 촉구 요구 주장 다짐 지적 요청 약속")


def outdated(tree: Tree, kept: frozenset[int]) -> bool:
    """2021년에는 70%였지만, 지난해에는 12%로 줄었다 → 2021년 12%로 줄었다: a time whose clause is gone, where another has come."""
    own = tree.children[tree.root]
    gone = [c for c in own if c not in kept and tree.phrases[c].mark in COORDINATE]
    times = [n for n, phrase in enumerate(tree.phrases) if phrase.kind is Kind.TIME or _theme_of_time(phrase)]
    return any(
        n in kept and n < c and any(c < later < tree.root for later in times) for n in times for c in gone
    )


def _theme_of_time(phrase: Phrase) -> bool:
    """지난해에는."""
    bare = tuple(t for t in phrase.core if t.tag[0] != "J")
    return phrase.kind is Kind.OBLIQUE and bool(bare) and timely(bare)


def uncounted(tree: Tree, kept: frozenset[int]) -> bool:
    """13일 71명, 14일 59명, 15일 44명이다: of several amounts in a row, some."""
    row = {n for n, p in enumerate(tree.phrases) if p.kind is Kind.LIST and p.comma and numbered(p)}
    last = tree.phrases[tree.root].core[0].tag in {"SN", "NR"} and max(row, default=0) >= tree.root - 2
    return (last and len(row) > 1 and not row <= kept) or any(_halves(tree, n, kept) for n in kept)


def _halves(tree: Tree, n: int, kept: frozenset[int]) -> bool:
    """장기 3년, 단기 2년을: of two amounts of one measure, one."""
    before = next((i for i in range(n - 1, max(-1, n - 3), -1) if tree.phrases[i].comma), None)
    if before is None or before in kept or not numbered(tree.phrases[n]):
        return False
    return numbered(tree.phrases[before]) and _measure(tree.phrases[before]) == _measure(tree.phrases[n])


def _measure(phrase: Phrase) -> str:
    return next((t.form for t in reversed(phrase.core) if t.tag in {"NNB", "SW"}), "")
