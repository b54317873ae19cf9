"""What holds a phrase in its sentence: the questions that the table of drops asks of a tree and a phrase of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import (
    ARGUMENT_PARTICLES,
    CLAUSAL_NOUNS,
    CONDITION_NOUNS,
    CONDITIONS,
    EMPTY_NOUNS,
    GOVERNING,
    LIGHT_VERBS,
    LIMITING_ADVERBS,
    LIMITING_PARTICLES,
    MEASURING,
    NOW,
    PARTNERS,
    RESUMING,
    words,
)
from app.summary.compress.phrases import TITLES, Kind, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Token
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_DENIALS = frozenset({"않", "못하", "못", "말", "아니하", "안"})


def _head(tree: Tree, n: int) -> Phrase:
    return tree.phrases[tree.heads[n]]


def of_kind(*kinds: Kind) -> Callable[[Tree, int], bool]:
    """Whether it is of one of these kinds."""
    return lambda tree, n: tree.phrases[n].kind in kinds


def _first_noun(phrase: Phrase) -> str:
    token = next(
        (t for t in phrase.core if t.tag[0] in "NXS" and t.tag not in {"SSO", "SSC"}), phrase.core[0]
    )
    return token.form


def _last_noun(phrase: Phrase) -> str:
    return next((t.form for t in reversed(phrase.core) if t.tag.startswith(("NN", "NP", "XSN"))), "")


def condition(tree: Tree, n: int) -> bool:
    """노사가 합의하면, 합의한 경우: without it the claim is another one."""
    phrase = tree.phrases[n]
    core = phrase.core
    if phrase.kind is Kind.CLAUSE and phrase.mark in CONDITIONS:
        return True
    nouns = [t for t in core if t.tag in {"NNG", "NNB"}]
    return (
        phrase.kind in {Kind.OBLIQUE, Kind.NOUN, Kind.TIME}
        and bool(nouns)
        and nouns[-1].form in CONDITION_NOUNS
        and not phrase.predicate
        and any(tree.phrases[c].kind in {Kind.ADNOMINAL, Kind.NOUN} for c in tree.children[n])
        and nouns[-1].form != "중"
    )


def measured(tree: Tree, n: int) -> bool:
    """30년 넘게, 6.5%에 달하는: the figure that a verb of measure stands on."""
    return _head(tree, n).core[0].form in MEASURING and any(
        t.tag in {"SN", "NR"} for t in tree.phrases[n].core
    )


def limiting(tree: Tree, n: int) -> bool:
    """아직, 모두, 회원에게만: what narrows or denies the claim."""
    phrase = tree.phrases[n]
    if phrase.kind is Kind.ADVERB:
        return phrase.core[0].form in LIMITING_ADVERBS or phrase.mark in LIMITING_ADVERBS
    return phrase.kind is Kind.OBLIQUE and tag(phrase.core[-1]) == "JX" and phrase.mark in LIMITING_PARTICLES


def bound(tree: Tree, n: int) -> bool:
    """What an empty noun needs before it: the first phrase that it takes, or all that it takes."""
    head = _head(tree, n)
    modifier = tree.phrases[n].kind in {Kind.ADNOMINAL, Kind.GENITIVE, Kind.NOUN, Kind.LIST}
    return (
        modifier
        and head.nominal
        and (
            _first_noun(head) in EMPTY_NOUNS
            or _first_noun(head) in TITLES
            or head.tokens[0].tag == "NNB"
            or (tree.phrases[n].kind is Kind.ADNOMINAL and _last_noun(head) in EMPTY_NOUNS | CLAUSAL_NOUNS)
        )
    )


def reported(tree: Tree, n: int) -> bool:
    """-다는, -라는: what was said, thought or planned."""
    phrase = tree.phrases[n]
    return phrase.kind is Kind.ADNOMINAL and phrase.mark.endswith(
        ("다는", "라는", "자는", "냐는", "단", "란")
    )


def argument(tree: Tree, n: int) -> bool:
    """What its verb cannot do without: governed by it, done with or to someone, or directly before it."""
    phrase, head = tree.phrases[n], tree.heads[n]
    if phrase.kind is not Kind.OBLIQUE or phrase.core[-1].tag not in {"JKB", "JX"}:
        return False
    particle = next((t.form for t in reversed(phrase.core) if t.tag == "JKB"), "")
    if particle in PARTNERS or _governed(tree.phrases[head], particle):
        return True
    if phrase.mark == "으로" and len(phrase.core) > 1 and phrase.core[-2].form == "중":
        return True
    # 가동률은 76.7%로, …: a number that a comma closes is said of the subject.
    if phrase.comma and phrase.mark in {"로", "으로"}:
        return True
    if phrase.mark == "에" and numbered(phrase):
        return True
    near = all(tree.phrases[i].kind in {Kind.ADVERB, Kind.TIME} for i in range(n + 1, head))
    return near and phrase.mark in ARGUMENT_PARTICLES


def _governed(head: Phrase, particle: str) -> bool:
    verbs = GOVERNING.get("로" if particle in {"로", "으로"} else particle)
    return verbs is not None and any(t.form in verbs for t in head.core if t.tag[0] in "NVX")


# Verbs that say nothing without how: 동일하게 나타났다.
_SEEMING = words("나타나 보이 느끼 여기 만들 하")
_LONGEST_HOW = 3  # 이렇/VA 하/XSA 게/EC


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


def deeds(tree: Tree, n: int) -> bool:
    """땅을 파는 등의: examples that say what the noun behind them is."""
    phrase = tree.phrases[n]
    return phrase.kind is Kind.GENITIVE and (
        phrase.core[0].form == "등" and any(tree.phrases[c].predicate for c in tree.children[n])
    )


def thus(tree: Tree, n: int) -> bool:
    """이처럼, 이같이, 이렇게: how, as told before its sentence."""
    phrase = tree.phrases[n]
    pointing = phrase.core[0].form in {
        "이",
        "그",
        "이렇",
        "그렇",
        "이러",
        "그러",
        "이같이",
        "이처럼",
        "이렇게",
    }
    return (
        pointing
        and len(phrase.core) <= _LONGEST_HOW
        and phrase.mark in {"처럼", "같이", "게", "이같이", "이처럼", "이렇게"}
    )


def parallel(tree: Tree, n: int) -> bool:
    """평일은 11시까지, 주말은 9시까지; 주민 대표로 갑, 회사 대표로 을: of two that stand beside each other, both."""
    beside = tree.children[tree.heads[n]]
    kinds = {Kind.OBLIQUE, Kind.OBJECT}
    return any(
        first <= n <= second
        and tree.phrases[first].kind is tree.phrases[second].kind
        and tree.phrases[first].kind in kinds
        and _particle(tree.phrases[first]) == _particle(tree.phrases[second])
        and any(tree.phrases[i].comma for i in range(first, second))
        for place, first in enumerate(beside)
        for second in beside[place + 1 :]
    )


def tangled(tree: Tree, n: int) -> bool:
    """빠른 꺾는 행정: of two bare modifiers on end the page has lost what stood between them."""
    bare = [
        tree.phrases[i].kind is Kind.ADNOMINAL and not tree.phrases[i].comma and not tree.children[i]
        for i in (n - 1, n, n + 1)
        if 0 <= i < len(tree.phrases)
    ]
    return (
        any(bare[i] and bare[i + 1] for i in range(len(bare) - 1)) and tree.phrases[n].kind is Kind.ADNOMINAL
    )


def from_and_to(tree: Tree, n: int) -> bool:
    """5만원에서 4만원으로: neither without the other."""
    phrase = tree.phrases[n]
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


def hollow(tree: Tree, n: int) -> bool:
    """What says of which kind the object of a light verb is: 안정적인 수급을 보였다."""
    head = _head(tree, n)
    if tree.phrases[n].kind not in {Kind.ADNOMINAL, Kind.GENITIVE} or head.kind not in {
        Kind.OBJECT,
        Kind.SUBJECT,
    }:
        return False
    verb = _head(tree, tree.heads[n])
    return verb.core[0].form in LIGHT_VERBS and not any(t.tag in {"NNP", "SL"} for t in head.core[:2])


def counted(tree: Tree, n: int) -> bool:
    """200세대의, 해담시의: how many, or whose."""
    phrase = tree.phrases[n]
    return phrase.kind is Kind.GENITIVE and (
        numbered(phrase) or any(t.tag in {"NNP", "SL"} for t in phrase.core[:-1])
    )


def before_its_noun(tree: Tree, n: int) -> bool:
    """지난달 말 신입사원 모집, 내년 예산: a time that may be the noun's behind it."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.TIME
        and not phrase.comma
        and phrase.core[-1].tag[0] != "J"
        and tree.phrases[n + 1].kind is Kind.NOUN
    )


def passing_time(tree: Tree, n: int) -> bool:
    """A bare day, or a word for about now: the day of the news."""
    phrase = tree.phrases[n]
    text = "".join(t.form for t in phrase.core)
    return phrase.kind is Kind.TIME and (text in NOW or text.removesuffix("일").isdigit())


def bares_modifier(tree: Tree, n: int) -> bool:
    """The last that a verb before its noun has: 센터에서 운영하는 상담소."""
    return _head(tree, n).kind is Kind.ADNOMINAL and tree.children[tree.heads[n]][-1:] == (n,)


def numbered(phrase: Phrase) -> bool:
    """Whether it holds a number."""
    return any(t.tag in {"SN", "NR"} for t in phrase.core)


def resumes(tree: Tree, n: int) -> bool:
    """또, 우선 and the like directly behind the topic: they join the sentence to the one before it."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.ADVERB
        and phrase.mark in RESUMING
        and (n == 0 or tree.phrases[n - 1].kind in {Kind.TOPIC, Kind.SUBJECT, Kind.ALSO})
    )


def denied(tree: Tree, n: int) -> bool:
    """많이 내지 않도록, 야간에 열지 않는다: what tells how, when or where of what is denied; without it more is denied."""
    told = {Kind.ADVERB, Kind.TIME, Kind.OBLIQUE, Kind.POSTPOSED}
    return tree.phrases[n].kind in told and any(
        token.form in _DENIALS and token.tag in {"VX", "MAG"} for token in _head(tree, n).tokens
    )


def adverb_of_modifier(tree: Tree, n: int) -> bool:
    """꾸준히 읽는: an adverb of a verb before a noun."""
    return tree.phrases[n].kind is Kind.ADVERB and _head(tree, n).kind in {Kind.ADNOMINAL, Kind.ADVERB}


def definition(tree: Tree, n: int) -> bool:
    """What says what the subject is: 개발하는 사업이다, or 1994년에 묻은 관으로 and a comma."""
    head = _head(tree, n)
    if head.kind is Kind.OBLIQUE and head.comma and head.mark in {"로", "으로"}:
        return tree.phrases[n].kind in {Kind.ADNOMINAL, Kind.GENITIVE}
    return tree.phrases[n].kind in {Kind.ADNOMINAL, Kind.GENITIVE} and _head(tree, n).kind not in {
        Kind.OBJECT,
        Kind.OBLIQUE,
        Kind.POSTPOSED,
        Kind.TOPIC,
        Kind.SUBJECT,
        Kind.ALSO,
        Kind.GENITIVE,
        Kind.NOUN,
        Kind.LIST,
    }


def list_item(tree: Tree, n: int) -> bool:
    """An item of a list that 등 closes; the one next to 등 stays."""
    phrase, head = tree.phrases[n], tree.heads[n]
    if phrase.kind is not Kind.LIST or not phrase.comma or n == 0:
        return False
    before = tree.phrases[n - 1]
    return (
        before.kind is Kind.LIST
        and before.comma
        and any(t.form == "등" and t.tag == "NNB" for t in tree.phrases[head].core + _after(tree, head))
    )


def _after(tree: Tree, n: int) -> tuple[Token, ...]:
    return tree.phrases[n + 1].core[:1] if n + 1 < len(tree.phrases) else ()


def proper_head(tree: Tree, n: int) -> bool:
    """A clause about what has a name: the name alone says who it is."""
    head = _head(tree, n)
    return tree.phrases[n].kind is Kind.ADNOMINAL and any(t.tag in {"NNP", "SL"} for t in head.core[:2])


def subject_head(tree: Tree, n: int) -> bool:
    """A clause that says which ones a claim is about: without it the claim is about all."""
    head = _head(tree, n)
    return tree.phrases[n].kind is Kind.ADNOMINAL and head.kind in {Kind.TOPIC, Kind.SUBJECT}


def serial(tree: Tree, n: int) -> bool:
    """-어 directly before its verb and without anything of its own: 이어 갔다, 넘겨받아 운영했다."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.CLAUSE
        and phrase.mark in {"어", "아", "게", "도록", "지"}
        and (not tree.children[n] or (phrase.mark == "게" and _head(tree, n).core[0].form in _SEEMING))
        and (tree.heads[n] == n + 1)
    )


def share(tree: Tree, n: int) -> bool:
    """10명 중 8명은: what a part is part of."""
    phrase = tree.phrases[n]
    return phrase.kind is Kind.OBLIQUE and phrase.mark in {"중", "가운데"} and numbered(tree.phrases[n + 1])


def doubtful(tree: Tree, n: int) -> bool:
    """A modifying verb that the subject before it may belong to: without it, someone else would act."""
    return tree.phrases[n].kind is Kind.ADNOMINAL and any(
        tree.doubtful(i) and not any(p.predicate for p in tree.phrases[i + 1 : n]) for i in range(n)
    )


def holds_subject(tree: Tree, n: int) -> bool:
    """A clause that holds the only subject, or the object that its verb shares with the next."""
    if tree.phrases[n].kind is not Kind.CLAUSE:
        return False
    head = tree.heads[n]
    if tree.subject(n) is not None and tree.subject(head) is None:
        return True
    objects = [_has(tree, i, Kind.OBJECT) for i in (n, head)]
    return (
        objects == [True, False]
        and tree.phrases[n].mark in {"어", "아", "어서", "아서"}
        and _acts(tree.phrases[head])
    )


def _has(tree: Tree, n: int, kind: Kind) -> bool:
    return any(tree.phrases[c].kind is kind for c in tree.children[n])


def _acts(phrase: Phrase) -> bool:
    """Whether a predicate may take an object."""
    return not any(t.form in {"되", "당하"} or t.tag.startswith(("VA", "XSA", "VCP")) for t in phrase.core)


def within_modifier(tree: Tree, n: int) -> bool:
    """A clause that stands before a verb before a noun."""
    return tree.phrases[n].kind is Kind.CLAUSE and _head(tree, n).kind is Kind.ADNOMINAL


def within_definition(tree: Tree, n: int) -> bool:
    """모아서 다시 나누는 사업이다: what is done first belongs to what the thing is."""
    head = tree.heads[n]
    root = tree.phrases[tree.root]
    defines = tree.heads[head] == tree.root and any(tag(t) == "VCP" for t in root.core)
    return within_modifier(tree, n) and defines


def marked(*marks: str) -> Callable[[Tree, int], bool]:
    """Whether it is a clause with one of these endings."""
    return lambda tree, n: tree.phrases[n].kind is Kind.CLAUSE and tree.phrases[n].mark in marks


def postposed(*verbs: str) -> Callable[[Tree, int], bool]:
    """Whether it is a postposition made of one of these verbs."""
    return lambda tree, n: (
        tree.phrases[n].kind is Kind.POSTPOSED and any(t.form in verbs for t in tree.phrases[n].core)
    )


def particle(*forms: str) -> Callable[[Tree, int], bool]:
    """Whether it is an adverbial with one of these particles."""
    return lambda tree, n: (
        tree.phrases[n].kind is Kind.OBLIQUE
        and any(t.form in forms and t.tag in {"JKB", "JX"} for t in tree.phrases[n].core[-2:])
    )
