"""What holds a phrase in its sentence: the questions that the table of drops asks of a tree and a phrase of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.joins import TITLES
from app.summary.compress.lexicon import (
    ARGUMENT_PARTICLES,
    GOVERNING,
    LIGHT_VERBS,
    NOW,
    PARTNERS,
    RESUMING,
    SEEMING,
    words,
)
from app.summary.compress.morphemes import tag
from app.summary.compress.phrases import Kind
from app.summary.compress.valency import numbered, themes
from app.text.facts.lexicon import CHARGES, SUFFERED

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree


def head_of(tree: Tree, n: int) -> Phrase:
    """The phrase that it hangs on."""
    return tree.phrases[tree.heads[n]]


def first_noun(phrase: Phrase) -> str:
    """The form of its first noun."""
    token = next(
        (t for t in phrase.core if t.tag[0] in "NXS" and t.tag not in {"SSO", "SSC"}), phrase.core[0]
    )
    return token.form


def last_noun(phrase: Phrase) -> str:
    """The form of its last noun."""
    return next((t.form for t in reversed(phrase.core) if t.tag.startswith(("NN", "NP", "XSN"))), "")


def argument(  # noqa: PLR0911 -- a ladder of what holds, the surest first
    tree: Tree, n: int
) -> bool:
    """What its verb cannot do without: governed by it, done with or to someone, or directly before it."""
    phrase, head = tree.phrases[n], tree.heads[n]
    if phrase.kind is not Kind.OBLIQUE or phrase.core[-1].tag not in {"JKB", "JX"}:
        return False
    particle = next((t.form for t in reversed(phrase.core) if t.tag == "JKB"), "")
    if particle in PARTNERS or _governed(tree.phrases[head], particle):
        return True
    if phrase.mark == "으로" and phrase.before.form == "중":
        return True
    # 가동률은 76.7%로, …: a number that a comma closes is said of the subject.
    if phrase.comma and phrase.mark in {"로", "으로"}:
        return True
    if phrase.mark == "에" and numbered(phrase):
        return True
    # 시장 공략에 속도를 내다: what a light verb and its object do it to.
    behind = tree.phrases[n + 1]
    if phrase.mark == "에" and behind.kind is Kind.OBJECT and tree.phrases[head].core[0].form in LIGHT_VERBS:
        return True
    # 청정에너지로 전환을 서두른다: what the noun of a verb takes.
    if (
        particle in {"로", "으로"}
        and behind.kind in {Kind.OBJECT, Kind.SUBJECT}
        and behind.core[0].form in _TURNS
    ):
        return True
    # 실현에도 도움이 되다.
    if particle == "에" and behind.core[0].form in _HELPS:
        return True
    near = all(tree.phrases[i].kind in {Kind.ADVERB, Kind.TIME} for i in range(n + 1, head))
    # 야간에도 문을 연다.
    also = phrase.mark == "도" and phrase.before.tag == "JKB"
    return near and (also or phrase.mark in ARGUMENT_PARTICLES)


_TURNS = words("전환 변경 이전 개편 교체 승격 이관 복귀 진출 재편 편입")
_HELPS = words("도움 보탬 힘 영향 차질")


def _governed(head: Phrase, particle: str) -> bool:
    verbs = GOVERNING.get("로" if particle in {"로", "으로"} else particle)
    if verbs is None:
        return False
    # 총경이 예정됐다, where 열릴 예정이다 says when.
    said = {"".join(t.form for t in head.core[:length]) for length in (2, 3)}  # 이루어지다 is 이루, 어 and 지
    return bool(said & verbs) or any(t.form in verbs for t in head.core if t.tag[0] in "NVX")


_LONGEST_HOW = 3  # 이렇/VA 하/XSA 게/EC


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


def before_its_noun(tree: Tree, n: int) -> bool:
    """지난달 말 신입사원 모집, 내년 예산: a time that may be the noun's behind it."""
    phrase = tree.phrases[n]
    # 1980년 이후 출생자.
    since = phrase.kind is Kind.OBLIQUE and numbered(phrase) and phrase.mark in {"이후", "이전"}
    return (
        (phrase.kind is Kind.TIME or since)
        and not phrase.comma
        and phrase.core[-1].tag[0] != "J"
        and tree.phrases[n + 1].kind is Kind.NOUN
    )


def before_modifier(tree: Tree, n: int) -> bool:
    """기록을 세우며 오르던 주가: a clause without a comma and a subject, and a verb before a noun next.

    With a subject, too, where all is of something else: 새 제품은 입구가 움직이며 바람을 내는 방식을 쓴다.
    """
    own = tree.subject(n)
    within = own is not None and any(
        m < own and tree.phrases[m].kind is Kind.TOPIC for m in tree.children[tree.root]
    )
    if tree.phrases[n].comma or (own is not None and not within):
        return False
    verbs = (p for p in tree.phrases[n + 1 : -1] if p.predicate and p.kind is not Kind.ADVERB)
    verb = next(verbs, None)
    return verb is not None and verb.kind is Kind.ADNOMINAL and not verb.postposed


def charged(tree: Tree, n: int) -> bool:
    """돈을 빼돌리고, 장부를 고친 혐의를 받는다: a clause that may be a part of the charge behind it.

    Not where another acts: 집을 수색하고, 돈을 빼돌린 혐의로 갑을 붙잡았다.
    """
    phrases, top = tree.phrases, tree.heads[n]
    for m in range(n + 1, top):
        if phrases[m].kind in {Kind.TOPIC, Kind.SUBJECT}:
            return False
        if phrases[m].kind is not Kind.ADNOMINAL:
            continue
        at = tree.heads[m]
        if any(token.form in CHARGES for phrase in tree.compound(at) for token in phrase.core):
            does = any(phrase.kind is Kind.OBJECT for phrase in phrases[at + 1 : top])
            return not does or phrases[top].core[0].form in SUFFERED
    return False


def passing_time(tree: Tree, n: int) -> bool:
    """A bare day, or a word for about now: the day of the news."""
    phrase = tree.phrases[n]
    text = "".join(t.form for t in phrase.core)
    # 1일 평균: how long, and not when.
    if n + 1 < len(tree.phrases) and tree.phrases[n + 1].core[0].form == "평균":
        return False
    return phrase.kind is Kind.TIME and (text in NOW or text.removesuffix("일").isdigit())


def bares_modifier(tree: Tree, n: int) -> bool:
    """The last that a verb before its noun has: 센터에서 운영하는 상담소."""
    return head_of(tree, n).kind is Kind.ADNOMINAL and tree.children[tree.heads[n]][-1:] == (n,)


def spoken_of(tree: Tree, n: int) -> bool:
    """축제에는 …: the place that the sentence is about."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.OBLIQUE
        and phrase.mark in {"은", "는"}
        and len(phrase.core) > 2  # noqa: PLR2004 -- a noun and two particles
        and phrase.before.form in {"에", "에서"}
        and tree.heads[n] == tree.root
        and not any(tree.phrases[c].kind is Kind.TOPIC for c in tree.children[tree.root])
    )


def scoped(tree: Tree, n: int) -> bool:
    """자동차 분야에서는 나래국이 앞섰다: in what; elsewhere it may be otherwise."""
    phrase = tree.phrases[n]
    noun = next((t.form for t in reversed(phrase.core) if t.tag in {"NNG", "NNB", "XSN"}), "")
    return themes(phrase) and (noun in _SCOPES or (phrase.before.form in {"로", "으로"} and noun in _GROUNDS))


_SCOPES = words("분야 부문 업종 지역 종목 과목 항목 연령대 계층 품목 권역 구간")
_GROUNDS = words("이유 원인 요인 배경 까닭")  # 일하는 이유로는 이것이 가장 많았다


def resumes(tree: Tree, n: int) -> bool:
    """또, 우선 and the like directly behind the topic: they join the sentence to the one before it."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.ADVERB
        and phrase.mark in RESUMING
        and (n == 0 or tree.phrases[n - 1].kind in {Kind.TOPIC, Kind.SUBJECT, Kind.ALSO, Kind.CLAUSE})
    )


def adverb_of_modifier(tree: Tree, n: int) -> bool:
    """꾸준히 읽는: an adverb of a verb before a noun."""
    return tree.phrases[n].kind is Kind.ADVERB and head_of(tree, n).kind in {Kind.ADNOMINAL, Kind.ADVERB}


def serial(tree: Tree, n: int) -> bool:
    """-어 directly before its verb and without anything of its own: 이어 갔다, 넘겨받아 운영했다."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.CLAUSE
        and (
            phrase.mark in {"어", "아", "게", "도록", "지", "려고", "으려고", "려"}
            or (phrase.mark == "고" and head_of(tree, n).core[0].form == "나서")
        )
        and (
            not tree.children[n]
            or phrase.mark in {"고", "려고", "으려고", "려"}
            or (phrase.mark == "게" and head_of(tree, n).core[0].form in SEEMING)
        )
        and (tree.heads[n] == n + 1)
    )


def holds_subject(tree: Tree, n: int) -> bool:
    """A clause that holds the only subject, or the object that its verb shares with the next."""
    if tree.phrases[n].kind is not Kind.CLAUSE:
        return False
    head = tree.heads[n]
    if tree.subject(n) is not None and tree.subject(head) is None:
        return True
    # 공동 사업도 기획해 추진한다: what also is done is an object where the sentence has a subject beside it.
    objects = [
        _has(tree, i, Kind.OBJECT)
        or (_has(tree, i, Kind.ALSO) and any(p.kind in {Kind.TOPIC, Kind.SUBJECT} for p in tree.phrases[:i]))
        for i in (n, head)
    ]
    return (
        objects == [True, False]
        # 소식을 주고 받는다: side by side, too.
        and (
            tree.phrases[n].mark in {"어", "아", "어서", "아서"}
            or (tree.phrases[n].mark == "고" and head == n + 1 and not tree.phrases[n].comma)
        )
        and _acts(tree.phrases[head])
    )


def _has(tree: Tree, n: int, kind: Kind) -> bool:
    return any(tree.phrases[c].kind is kind for c in tree.children[n])


def _acts(phrase: Phrase) -> bool:
    """Whether a predicate may take an object."""
    # 불어 넣을 것으로 기대된다, 받을 수 있게 된다: its first verb, whatever is expected of that.
    verb = next((t for t in phrase.core if t.tag.startswith(("VV", "VA", "XSV", "XSA", "VCP"))), None)
    return verb is not None and verb.form not in {"되", "당하"} and tag(verb) in {"VV", "XSV"}


def within_modifier(tree: Tree, n: int) -> bool:
    """A clause that stands before a verb before a noun."""
    return tree.phrases[n].kind is Kind.CLAUSE and head_of(tree, n).kind is Kind.ADNOMINAL


def within_definition(tree: Tree, n: int) -> bool:
    """모아서 다시 나누는 사업이다: what is done first belongs to what the thing is."""
    head = tree.heads[n]
    root = tree.phrases[tree.root]
    defines = tree.heads[head] == tree.root and any(tag(t) == "VCP" for t in root.core)
    return within_modifier(tree, n) and defines


def name_before_title(tree: Tree, n: int) -> bool:
    """도장부 최대한 대리: a word that Kiwi takes for an adverb, and that a title makes a name."""
    phrase = tree.phrases[n]
    return phrase.kind is Kind.ADVERB and len(phrase.core) == 1 and tree.phrases[n + 1].core[0].form in _RANKS


_RANKS = TITLES | words("대리 주임 사원")
