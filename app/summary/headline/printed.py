"""How a phrase is printed in a headline: without what the press leaves out, by deletion and morphology alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.phrases import Kind
from app.summary.compress.render import line, surface
from app.summary.headline.style import bare
from app.summary.headline.words import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.summary.compress.frames import Frame
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

JOINT = "…"
"""What stands between two clauses of a headline. Two of five headlines of the press have one."""
_JOINED = words("며 고 어 아 면서")
_OF_NOUN = 3
"""Morphemes of 인수하며: the noun, the verb, the ending."""
_PLAIN = frozenset({Kind.OBJECT, Kind.NOUN, Kind.LIST, Kind.GENITIVE})
_PAIRED = frozenset({Kind.TOPIC, Kind.SUBJECT, Kind.OBJECT, Kind.GENITIVE})
_TOGETHER = words(
    "협약 업무협약 계약 간담회 협력 회담 협의 논의 소통 교류 경기 대결 합의 회동 면담 "
    "맺 만나 손잡 체결 토론 대화 연계 비교 경쟁 갈등 통합 합병 거래 결합"
)
"""What is done with somebody."""
_SPEAKERS = frozenset({Kind.TOPIC, Kind.SUBJECT})
# 활성화를 위해, 명절을 앞두고: the press leaves the particle out.
_POSTPOSED = re.compile(
    r"(?<=[가-힣\w”’])[을를]\s(?=위[해한]|통[해한]|앞두|앞둔|맞아|두고|거쳐|놓고|넘어|비롯)"
)
# A bracket behind a word goes, but where a particle behind it may be of the word inside: ‘DSK(드론쇼)’가.
_ASIDE = re.compile(r"(?<=[^\s(])\([^()]*\)(?=[’'\"”]?(?:$|[\s,·]|[의에도만씨]|[가-힣]{2}))")
_CHOSEN = words("선정 지정 위촉 발탁 선출")
_WITHOUT = {"에": words("나서 돌입 착수 참여 참가 선정 진출 합류 동참"), "으로": _CHOSEN, "로": _CHOSEN}
"""Particles that are left out before a predicate: 수습 나서, 우수기관 선정."""
_IDLE = {
    noun: words(verbs)
    for nouns, verbs in (
        ("눈길 관심 인기 주목 호평 호응", "끌 모으 모이 얻 받 누리 쏠리"),
        ("박차", "가하"),
        ("성과", "거두 내 올리"),
        ("총력 심혈", "기울이 쏟 다하"),
        ("논란 파장", "일 빚 낳 일으키"),
        (
            "상승세 하락세 강세 약세 오름세 내림세 증가세 감소세 회복세 호조 부진",
            "보이 나타내 잇 이어가 이어지",
        ),
        ("우려 지적 비판 관측 전망 목소리 반응", "나오 커지 높"),
        ("두각", "나타내"),
        ("구슬땀", "흘리"),
        ("시동", "걸"),
        ("협약 업무협약 계약", "맺"),
    )
    for noun in nouns.split()
}
"""Nouns that say it all, and the verbs that they are said with: 눈길을 끌다, 박차를 가하다."""


def printed(tree: Tree, n: int, frame: Frame) -> str:
    """A phrase as a headline prints it: without its particle where nothing is lost by that."""
    text = _ASIDE.sub("", frame.reads.get(n) or surface(tree, n))
    text = _POSTPOSED.sub(" ", text)
    if n != tree.root and n not in frame.reads:
        text = _as_noun(tree, n) or text
    return _ASIDE.sub("", _one(tree.phrases[n], _without_particle(tree, n, text)))


def idles(tree: Tree) -> bool:
    """Whether the predicate only goes with the noun before it, which says it all: 눈길을 끌었다."""
    root = tree.phrases[tree.root]
    if tree.root == 0 or any(
        t.form in {"않", "못하", "못", "안", "겠"} or t.tag[0] == "N" for t in root.core
    ):
        return False
    before = tree.phrases[tree.root - 1]
    nouns = [t for t in before.core if t.tag == "NNG"]
    return (
        before.kind in {Kind.OBJECT, Kind.SUBJECT}
        and tree.heads[tree.root - 1] == tree.root
        and bool(nouns)
        and root.core[0].form in _IDLE.get(nouns[-1].form, ())
    )


def put_together(tree: Tree, texts: Sequence[str], kept: frozenset[int]) -> str:
    """The kept phrases, with a comma behind a subject that more than the predicate follows."""
    order = sorted(kept)
    pieces: list[str] = []
    for place, n in enumerate(order):
        text, following = texts[n], order[place + 1] if place + 1 < len(order) else None
        phrase = tree.phrases[n]
        speaks = phrase.kind in _SPEAKERS and tree.heads[n] == tree.root
        joined = following is not None and texts[following].endswith(JOINT)
        if phrase.kind in _SPEAKERS and 0 <= tree.heads[n] != tree.root:
            speaks = texts[tree.heads[n]].endswith(JOINT)
        if speaks and place < len(order) - 2 and text != surface(tree, n) and not joined:
            # Of two subjects the second keeps its particle: 경남도, 수출이 흑자 이어 가.
            text = surface(tree, n) if any(piece.endswith(",") for piece in pieces) else text + ","
        elif following == n + 1 and _paired(tree, n):
            text = _dotted(text, phrase.core[-1].form)
        pieces.append(text)
    whole = line(pieces)
    return whole.replace(JOINT + " ", JOINT).replace("· ", "·").rstrip(" ,")


def _paired(tree: Tree, n: int) -> bool:
    """Whether a noun and the next are two of a kind: not whom something is done with (시민과 협약을 맺었다)."""
    phrase, other = tree.phrases[n], tree.phrases[n + 1]
    if phrase.kind is not Kind.LIST or phrase.core[-1].tag != "JC":
        return False
    alone = {t.form for p in (other, tree.phrases[tree.root]) for t in p.core} & _TOGETHER
    return other.kind in _SPEAKERS if n == 0 else other.kind in _PAIRED and not alone


def _dotted(text: str, particle: str) -> str:
    """The first of two that do something together, as the press joins them: 부산시와 경남도는 → 부산시·경남도."""
    return bare(text, particle) + "·" if particle in {"와", "과"} and text.endswith(particle) else text


def _without_particle(tree: Tree, n: int, text: str) -> str:
    phrase = tree.phrases[n]
    last = phrase.core[-1]
    if tag(last)[0] != "J" or _dependent(phrase):
        return text
    root = tree.phrases[tree.root]
    if (
        phrase.kind is Kind.OBLIQUE
        and n == tree.root - 1
        and root.core[0].form in _WITHOUT.get(last.form, ())
    ):
        return bare(text, last.form)
    equates = any(t.tag.startswith("VCP") for t in root.core)
    possesses = phrase.kind is Kind.GENITIVE and tree.heads[n] == n + 1
    head = tree.heads[n]
    main = head == tree.root or (head >= 0 and _as_noun(tree, head) is not None)
    speaks = phrase.kind in _SPEAKERS and main and not equates
    return bare(text, last.form) if phrase.kind is Kind.OBJECT or speaks or possesses else text


def _dependent(phrase: Phrase) -> bool:
    """Whether a particle is of a noun that stands by no other: 것을, 바를; 102명을 is one thing."""
    *before, _ = phrase.core
    counted = len(before) > 1 and before[-2].tag in {"SN", "NR", "NNB"}
    return bool(before) and before[-1].tag == "NNB" and not counted


def _one(phrase: Phrase, text: str) -> str:
    """외국계 금융사들에 → 외국계 금융사에: a headline does not say that they are many."""
    for noun, many in zip(phrase.tokens, phrase.tokens[1:], strict=False):
        if many.form == "들" and many.tag == "XSN" and noun.tag == "NNG":
            text = re.sub(rf"(?<={re.escape(noun.form)})들(?=$|[,에의도만])", "", text)
    return text


def _as_noun(tree: Tree, n: int) -> str | None:
    """A clause that only does what a noun says, as that noun: 공장을 인수하며 → 공장 인수…, 확대하는 방안 → 확대 방안."""
    phrase = tree.phrases[n]
    if (
        n == tree.root
        or len(phrase.tokens) - phrase.comma != len(phrase.core)
        or len(phrase.core) != _OF_NOUN
    ):
        return None
    noun, verb, ending = phrase.core
    if noun.tag != "NNG" or len(noun.form) == 1 or tag(verb) != "XSV" or verb.form not in {"하", "되"}:
        return None
    if phrase.kind is Kind.CLAUSE and tree.heads[n] == tree.root and ending.form in _JOINED:
        return tree.text[phrase.start : noun.end] + JOINT
    after = tree.phrases[n + 1].tokens[0]
    modifies = phrase.kind is Kind.ADNOMINAL and verb.form == "하" and ending.form in {"는", "ᆫ"}
    if (
        modifies
        and tree.heads[n] == n + 1
        and after.tag == "NNG"
        and len(after.form) > 1
        and tree.phrases[n + 1].kind is not Kind.TIME
        and any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[n])
        and all(tree.phrases[c].kind in _PLAIN for c in tree.children[n])
    ):
        return tree.text[phrase.start : noun.end]
    return None
