"""What tells which one a noun is: the questions that the table of drops asks of a modifier and its noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.joins import TITLES
from app.summary.compress.lexicon import (
    CLAUSAL_NOUNS,
    COMPARING,
    EMPTY_NOUNS,
    LAWS,
    LIGHT_VERBS,
    words,
)
from app.summary.compress.morphemes import tag
from app.summary.compress.needs import first_noun, head_of, last_noun
from app.summary.compress.phrases import Kind
from app.summary.compress.valency import numbered

if TYPE_CHECKING:
    from app.domain import Token
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_GRADES = words("높 낮 좋 나쁘")
_MODIFIERS = frozenset({Kind.ADNOMINAL, Kind.GENITIVE, Kind.DETERMINER})


def reported(tree: Tree, n: int) -> bool:
    """-다는, -라는: what was said, thought or planned."""
    phrase = tree.phrases[n]
    return phrase.kind is Kind.ADNOMINAL and phrase.mark.endswith(
        ("다는", "라는", "자는", "냐는", "단", "란")
    )


def deeds(tree: Tree, n: int) -> bool:
    """땅을 파는 등의: examples that say what the noun behind them is."""
    phrase = tree.phrases[n]
    return phrase.kind is Kind.GENITIVE and (
        phrase.core[0].form == "등" and any(tree.phrases[c].predicate for c in tree.children[n])
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


def hollow(tree: Tree, n: int) -> bool:
    """What says of which kind the object of a light verb is: 안정적인 수급을 보였다."""
    head = head_of(tree, n)
    if tree.phrases[n].kind not in {Kind.ADNOMINAL, Kind.GENITIVE} or head.kind not in {
        Kind.OBJECT,
        Kind.SUBJECT,
    }:
        return False
    verb = head_of(tree, tree.heads[n])
    # 높은 점수를 받았다.
    if verb.core[0].form == "받" and tree.phrases[n].core[0].form in _GRADES:
        return True
    return verb.core[0].form in LIGHT_VERBS and not any(t.tag in {"NNP", "SL"} for t in head.core[:2])


def counted(tree: Tree, n: int) -> bool:
    """200세대의, 해담시의, 자녀의: how many, or whose."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.GENITIVE
        and (
            numbered(phrase)
            # 760여 | 개의.
            or any(numbered(tree.phrases[c]) for c in tree.children[n])
            or any(t.tag in {"NNP", "SL"} for t in phrase.core[:-1])
            or phrase.core[0].form in _KIN | _ABOUT
            # ‘동반성장펀드’의 확대 운영: of what has a name.
            or phrase.tokens[0].form in "‘'「『《<“\""
            # 새 기업들의 시장 진출이 늘었다: who does it.
            or (phrase.before.form == "들" and head_of(tree, n).kind in {Kind.TOPIC, Kind.SUBJECT})
        )
    )


_ABOUT = words("여러 내외 안팎 가량 남짓 이상 이하 미만")
_KIN = words(
    "자녀 아들 딸 부모 아버지 어머니 남편 아내 동생 형 누나 언니 오빠 가족 이웃 동료 상대 상대방 피해자 남 타인 본인 자신 지인"
)


def definition(tree: Tree, n: int) -> bool:
    """What says what the subject is: 개발하는 사업이다, or 1994년에 묻은 관으로 and a comma."""
    head = head_of(tree, n)
    # 나래사의 | 자동차부문 | 대표다: the noun behind it may be the first of a compound.
    at = tree.heads[n]
    while tree.phrases[at].kind is Kind.NOUN and tree.heads[at] == at + 1 < tree.root:
        at += 1
    whose = tree.phrases[n].kind is Kind.GENITIVE and tree.phrases[at].kind is Kind.NOUN
    if whose and tree.heads[at] == tree.root and any(tag(t) == "VCP" for t in tree.phrases[tree.root].core):
        return True
    if head.kind is Kind.OBLIQUE and head.comma and head.mark in {"로", "으로"}:
        return tree.phrases[n].kind in {Kind.ADNOMINAL, Kind.GENITIVE}
    return tree.phrases[n].kind in {Kind.ADNOMINAL, Kind.GENITIVE} and head_of(tree, n).kind not in {
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


def proper_head(tree: Tree, n: int) -> bool:
    """A clause about what has a name: the name alone says who it is."""
    head, said = head_of(tree, n), head_of(tree, tree.heads[n])
    # 잘못 준 비트코인은 62만개다: of which ones.
    if numbered(said) and any(tag(t) == "VCP" for t in said.core):
        return False
    return tree.phrases[n].kind is Kind.ADNOMINAL and any(t.tag in {"NNP", "SL"} for t in head.core[:2])


def subject_head(tree: Tree, n: int) -> bool:
    """A clause that says which ones a claim is about: without it the claim is about all."""
    head = head_of(tree, n)
    return tree.phrases[n].kind is Kind.ADNOMINAL and head.kind in {Kind.TOPIC, Kind.SUBJECT}


def doubtful(tree: Tree, n: int) -> bool:
    """A modifying verb that the subject before it may belong to: without it, someone else would act."""
    return tree.phrases[n].kind is Kind.ADNOMINAL and any(
        tree.doubtful(i) and not any(p.predicate for p in tree.phrases[i + 1 : n]) for i in range(n)
    )


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


def bound(tree: Tree, n: int) -> bool:
    """What an empty noun needs before it: the first phrase that it takes, or all that it takes."""
    head = head_of(tree, n)
    modifier = tree.phrases[n].kind in {Kind.ADNOMINAL, Kind.GENITIVE, Kind.NOUN, Kind.LIST}
    # 이른 시간 입산 통제: the empty noun may be the first of a compound.
    behind = tree.phrases[n + 1]
    if (
        tree.phrases[n].kind is Kind.ADNOMINAL
        and behind.kind is Kind.NOUN
        and _whole_noun(behind) in EMPTY_NOUNS
    ):
        return True
    return (
        modifier
        and head.nominal
        and (
            first_noun(head) in EMPTY_NOUNS
            or _whole_noun(head) in EMPTY_NOUNS
            or first_noun(head) in TITLES
            or head.tokens[0].tag == "NNB"
            or (tree.phrases[n].kind is Kind.ADNOMINAL and last_noun(head) in EMPTY_NOUNS | CLAUSAL_NOUNS)
        )
    )


def _whole_noun(phrase: Phrase) -> str:
    """필요성, where 필요 and 성 are two morphemes."""
    if phrase.core[0].tag != "NNG":
        return ""
    return "".join(t.form for t in phrase.core if t.tag in {"NNG", "NNP", "XSN"})


def share(tree: Tree, n: int) -> bool:
    """10명 중 8명은: what a part is part of."""
    phrase = tree.phrases[n]
    behind = tree.phrases[n + 1]
    part = numbered(behind) or behind.core[0].form in _PARTS
    return phrase.kind is Kind.OBLIQUE and phrase.mark in {"중", "가운데"} and part


_PARTS = words("일부 상당수 대부분 절반 다수 하나 나머지 과반")


def compared(tree: Tree, n: int) -> bool:
    """더 많은, 지난해보다 나은: a modifier that compares; without it nothing is said to be more than before."""
    # 전 과정을 살필 수 있는 최초의 지도: of which no other was before.
    behind = tree.phrases[n + 1]
    alone = behind.core[0].form in _ONLY and behind.kind in {Kind.GENITIVE, Kind.ADNOMINAL}
    if alone and tree.phrases[n].kind is Kind.ADNOMINAL and not tree.phrases[n].postposed:
        return True
    # 어떠한 자료에도 없다: of none.
    if tree.phrases[n].core[0].form in _WHATEVER:
        return True
    return tree.phrases[n].kind is Kind.ADNOMINAL and any(
        tree.phrases[c].core[0].form in COMPARING or tree.phrases[c].mark == "보다" for c in tree.children[n]
    )


_WHATEVER = words("어떠하 어떠 어떻")
_ONLY = words("최초 유일 유일무이")


def twins(tree: Tree, n: int) -> tuple[int, ...]:
    """환자의 동선과 본인의 동선: the phrases that say again the noun that the modifier at `n` tells from them."""
    if not tree.phrases[tree.heads[n]].nominal:
        return ()
    # 작은 방 창문: what is modified may be the first noun of a compound.
    own = range(n + 1, tree.heads[n] + 1)
    nouns = {_common(tree.phrases[i]) for i in own if tree.phrases[i].nominal} - {""}
    return tuple(
        i
        for i, phrase in enumerate(tree.phrases)
        if i not in own and phrase.nominal and _common(phrase) in nouns
    )


def _common(phrase: Phrase) -> str:
    """Its last noun, with the number that tells it from others (3동); none where it is a bound one, as every 것 is another."""
    last = next((n for n in reversed(range(len(phrase.core))) if phrase.core[n].tag in {"NNG", "NNP"}), None)
    if last is None:
        return ""
    before = phrase.core[last - 1] if last else None
    return (before.form if before is not None and before.tag == "SN" else "") + phrase.core[last].form


def in_title_of_law(tree: Tree, n: int) -> bool:
    """보행 범죄의 처벌 등에 관한 법률: the name of a law, which is said whole."""
    while n != tree.root and tree.phrases[n].kind in _MODIFIERS | {Kind.NOUN, Kind.LIST, Kind.POSTPOSED}:
        above = tree.heads[n]
        names = tree.phrases[n + 1 : above + 1]
        if any(t.form == "관하" for t in tree.phrases[n].core) and any(
            t.form.endswith(LAWS) for phrase in names for t in phrase.core[:2]
        ):
            return True
        n = above
    return False


def part_of(tree: Tree, n: int) -> bool:
    """업체의 16%가: what the part is part of."""
    head = head_of(tree, n)
    return tree.phrases[n].kind is Kind.GENITIVE and all(
        t.tag in {"SN", "NR", "SW", "NNB"} or t.tag.startswith("J") for t in head.core
    )


def whose(tree: Tree, n: int) -> bool:
    """가게의 매출은 늘었다: whose, where all that it is about is one common noun."""
    head = head_of(tree, n)
    # 수입량: a compound in one word is one noun.
    nouns = [t for t in head.core if t.tag.startswith(("NN", "SL", "XSN"))]
    return (
        tree.phrases[n].kind is Kind.GENITIVE
        and head.kind in {Kind.TOPIC, Kind.SUBJECT, Kind.ALSO}
        and tree.heads[tree.heads[n]] == tree.root
        and bool(nouns)
        and all(t.tag in {"NNG", "XSN"} for t in nouns)
        # 전 회차 접종자의 응답 비율이 가장 낮았다: whose, in one word or in several.
        and (
            not any(tree.phrases[c].kind is Kind.NOUN for c in tree.children[tree.heads[n]])
            or any(p.core[0].form == "가장" for p in tree.phrases[tree.heads[n] :])
        )
    )
