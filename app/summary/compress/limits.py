"""Without what another claim would be made: conditions, limits, denials, comparisons, and who claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import (
    CLAIMANTS,
    COMPARING,
    CONDITION_NOUNS,
    CONDITIONS,
    LIMITING_ADVERBS,
    LIMITING_PARTICLES,
    MEASURING,
    OFFICES,
    SEEMING,
    WHETHER,
    words,
)
from app.summary.compress.morphemes import tag, timely
from app.summary.compress.needs import head_of
from app.summary.compress.phrases import Kind
from app.summary.compress.valency import numbered, themes, undergoes

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_DENIALS = frozenset({"않", "못하", "못", "말", "아니하", "안"})


def state(tree: Tree, n: int) -> bool:
    """숨진 채 발견됐다: the state in which something was found or done is the news."""
    phrase = tree.phrases[n]
    acts = any(tree.phrases[c].kind in {Kind.OBJECT, Kind.QUOTED, Kind.CLAUSE} for c in tree.children[n])
    return phrase.kind is Kind.OBLIQUE and phrase.mark == "채" and not acts


def concedes(tree: Tree, n: int) -> bool:
    """어두운 편이지만 …: a clause that tells how what is spoken of is, before another that may be of someone else."""
    phrase = tree.phrases[n]
    return phrase.mark in _CONCEDING and tree.subject(n) is None and undergoes(phrase)


_CONCEDING = frozenset({"지만", "으나", "나", "는데", "ᆫ데", "은데"})


def of_superlative(tree: Tree, n: int) -> bool:
    """올해 가장 큰: the time within which nothing was more."""
    return tree.phrases[n].kind is Kind.TIME and tree.phrases[n + 1].core[0].form in {"가장", "제일"}


def then_too(tree: Tree, n: int) -> bool:
    """작년에도, 해온에서도: without it the line tells of this time alone, or of everywhere."""
    phrase = tree.phrases[n]
    then = phrase.before.form == "에" and timely(phrase.core[:-2])
    there = phrase.before.form == "에서" and phrase.core[0].tag == "NNP"
    return phrase.kind is Kind.OBLIQUE and phrase.mark == "도" and (then or there)


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
        and any(
            tree.phrases[c].kind in {Kind.ADNOMINAL, Kind.NOUN}
            or (tree.phrases[c].kind is Kind.GENITIVE and nouns[-1].form == "경우")
            for c in tree.children[n]
        )
        and nouns[-1].form != "중"
    )


def limiting(tree: Tree, n: int) -> bool:
    """아직, 모두, 회원에게만: what narrows or denies the claim."""
    phrase = tree.phrases[n]
    # 얼마나 심각한지 짐작하게 한다: what is asked.
    if phrase.kind is Kind.CLAUSE and phrase.mark in WHETHER:
        return True
    if phrase.mark.endswith("없이") and len(phrase.core) > 1:
        return True
    if phrase.kind is Kind.ADVERB:
        # 최소폭 증가했다.
        most = (phrase.core[0].form, phrase.core[0].tag) == ("최", "XPN")
        return most or phrase.core[0].form in LIMITING_ADVERBS or phrase.mark in LIMITING_ADVERBS
    if phrase.kind is not Kind.OBLIQUE:
        return False
    # 다른 곳에서는 볼 수 없는: where not.
    behind = tree.phrases[n + 1]
    if themes(phrase) and behind.kind is Kind.ADNOMINAL:
        return any(t.form in {"없", "않", "못하"} for t in behind.core)
    # 법까지도 뒤집는다: an object, with all that is said of it.
    even = phrase.mark == "도" and phrase.before.form in LIMITING_PARTICLES
    return even or (tag(phrase.core[-1]) == "JX" and phrase.mark in LIMITING_PARTICLES)


def denied(tree: Tree, n: int) -> bool:
    """많이 내지 않도록, 야간에 열지 않는다: what tells how, when or where of what is denied; without it more is denied."""
    told = {Kind.ADVERB, Kind.TIME, Kind.OBLIQUE, Kind.POSTPOSED}
    return tree.phrases[n].kind in told and any(
        token.form in _DENIALS and token.tag in {"VX", "MAG"} for token in head_of(tree, n).tokens
    )


def measured(tree: Tree, n: int) -> bool:
    """30년 넘게, 6.5%에 달하는: the figure that a verb of measure stands on."""
    return head_of(tree, n).core[0].form in MEASURING and any(
        t.tag in {"SN", "NR"} for t in tree.phrases[n].core
    )


def exceeds(tree: Tree, n: int) -> bool:
    """월급보다 두 배 넘게: by how much it is more."""
    phrase = tree.phrases[n]
    return phrase.kind in {Kind.CLAUSE, Kind.ADVERB} and (
        (phrase.mark == "게" and phrase.core[0].form in MEASURING)
        or any(tree.phrases[c].mark == "보다" for c in tree.children[n])
    )


def degree(tree: Tree, n: int) -> bool:
    """가장 많이, 1.9% 높게: how much, where it is compared or measured."""
    phrase = tree.phrases[n]
    if phrase.kind is not Kind.ADVERB:
        return False
    before = tree.phrases[n - 1] if n else None
    measured_so = (
        before is not None
        and before.kind is Kind.NOUN
        and numbered(before)
        and tree.heads[n - 1] == tree.heads[n]
    )
    return measured_so or any(tree.phrases[c].core[0].form in COMPARING for c in tree.children[n])


def dated_figure(tree: Tree, n: int) -> bool:
    """전날 110건에서, 21일 280명보다: the day of a figure that another is set beside."""
    phrase, figure = tree.phrases[n], head_of(tree, n)
    if phrase.kind is not Kind.TIME or tree.heads[n] != n + 1 or not numbered(figure):
        return False
    form = _case(figure)
    if form in {"보다", "에서", "대비", "비하"}:
        return True
    beside = [tree.phrases[c] for c in tree.children[tree.heads[n + 1]] if c != n + 1]
    paired = {"로", "에서"} if form == "로" else {form}
    return form == "로" and any(
        numbered(p) and p.kind is Kind.OBLIQUE and _case(p) in paired and not figure.comma for p in beside
    )


def _case(phrase: Phrase) -> str:
    form = next((t.form for t in reversed(phrase.core) if t.tag == "JKB"), phrase.mark)
    return "로" if form == "으로" else form


def charged(tree: Tree, n: int) -> bool:
    """아들을 학대해 송치된: the deed that one is charged with."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.CLAUSE
        and phrase.mark in {"어", "아", "어서", "아서"}
        and head_of(tree, n).core[0].form in _CHARGES
        and undergoes(head_of(tree, n))
    )


_CHARGES = words("송치 구속 기소 불구속 입건 체포 적발 고발 고소 검거 처벌 파면 해임 징계 벌금 선고")


def how_often(tree: Tree, n: int) -> bool:
    """일주일에 한 번: of how many times, in how long."""
    phrase = tree.phrases[n]
    bare = tuple(t for t in phrase.core if t.tag[0] != "J")
    spans = bool(bare) and bare[0].form in _SPANS
    return phrase.kind is Kind.OBLIQUE and phrase.mark == "에" and spans and numbered(tree.phrases[n + 1])


def how_long(tree: Tree, n: int) -> bool:
    """40년 상품, 3개월 과정: for how long, right before what lasts so."""
    phrase = tree.phrases[n]
    if phrase.kind is not Kind.TIME or phrase.comma:
        return False
    # 5월 9일 양도분까지, 4월 12일 기간.
    behind = tree.phrases[n + 1]
    if behind.core[0].form == "기간":
        return True
    if (
        behind.kind is Kind.OBLIQUE
        and behind.core[0].tag == "NNG"
        and any(t.form == "까지" for t in behind.core)
    ):
        return True
    if phrase.core[0].tag != "SN" or len(phrase.core) > 2:  # noqa: PLR2004 -- a figure and its unit
        return False
    lasts = phrase.mark in {"개월", "주"} or (phrase.mark == "년" and len(phrase.core[0].form) < _YEAR)
    return lasts and tree.phrases[n + 1].kind in _THINGS and tree.phrases[n + 1].core[0].tag[0] == "N"


_THINGS = frozenset({Kind.NOUN, Kind.OBJECT, Kind.SUBJECT, Kind.TOPIC})
_YEAR = 4  # Digits.


def about(tree: Tree, n: int) -> bool:
    """관세에 대해 판결을 내렸다, 길에 대해 논의했다: of what, where the verb and its object do not say it."""
    phrase = tree.phrases[n]
    if phrase.kind is not Kind.POSTPOSED or not any(t.form in {"대하", "관하"} for t in phrase.core):
        return False
    objects = [tree.phrases[c] for c in tree.children[tree.heads[n]] if tree.phrases[c].kind is Kind.OBJECT]
    if not objects:
        return head_of(tree, n).core[0].form in _TALKS
    return any(t.form in _VERDICTS for p in objects for t in p.core)


_TALKS = words(
    "다루 토론 논의 협의 합의 설명 발표 강연 이야기 사과 해명 언급 개괄 점검 조사 수사 심의 심사 의논 질의 답변 보고 공감 소개 안내 홍보 문의"
)
_VERDICTS = words(
    "판결 결정 명령 처분 선고 입장 의견 평가 사과 해명 판단 책임 관심 견해 반응 논의 조사 설명 교육 강연 조치 대책"
)
_SPANS = words("하루 일주일 한달 일년 주 달 해 1주일")


def manner(tree: Tree, n: int) -> bool:
    """늦게 주거나: how, where it is what the deed is blamed or praised for; 크게 and its like only say how much.

    의지를 공고히 하다: there it is the whole verb.
    """
    phrase = tree.phrases[n]
    verb = head_of(tree, n).core[0]
    if phrase.kind is Kind.ADVERB and phrase.mark.endswith("히") and (verb.form, verb.tag) == ("하", "VV"):
        return True
    return (
        phrase.kind is Kind.ADVERB
        and phrase.mark == "게"
        and tag(phrase.before) in {"VA", "XSA"}
        and (phrase.core[0].form not in _DEGREES or head_of(tree, n).core[0].form in SEEMING)
    )


_DEGREES = words("크 빠르 뜨겁 거세 가파르 세 짙 깊 급하 힘차 굳세 높 넓 두텁")


def besides(tree: Tree, n: int) -> bool:
    """주유소 외에 마트에서도: what is added to what else; neither without the other."""
    phrase = tree.phrases[n]
    beside = [tree.phrases[c] for c in tree.children[tree.heads[n]] if c != n]
    if _excepts(phrase):
        return any(p.mark == "도" for p in beside)
    return phrase.mark == "도" and any(_excepts(p) for p in beside)


def _excepts(phrase: Phrase) -> bool:
    return [t.form for t in phrase.core[-2:]] in (["외", "에"], ["외", "에도"])


def claimed(tree: Tree, n: int) -> bool:
    """가온연대에 따르면: one who claims; an authority states, and a paper may say so itself."""
    phrase = tree.phrases[n]
    if phrase.kind is not Kind.SOURCE:
        return False
    said = [t for c in sorted(tree.under(n)) for t in tree.phrases[c].core if t.tag.startswith(("NN", "XSN"))]
    return any(t.form in CLAIMANTS or t.form.endswith(_PARTIES) for t in said) and not any(
        t.form in OFFICES for t in said
    )


_PARTIES = ("연대", "노조", "연합", "연맹", "협회", "단체", "대책위", "유족", "학부모", "의원실")


def upon(tree: Tree, n: int) -> bool:
    """도입 즉시: as soon as."""
    return tree.phrases[n].core[0].form == "즉시" and n > 0 and tree.phrases[n - 1].kind is Kind.NOUN


def ordered(tree: Tree, n: int) -> bool:
    """논문에 싣도록 지시했다: to do what."""
    return tree.phrases[n].mark == "도록" and head_of(tree, n).core[0].form in _ORDERS


_ORDERS = words(
    "지시 명령 주문 요구 요청 당부 권고 촉구 압박 강요 종용 허용 의무화 유도 지도 설득 규정 명하 시키"
)
