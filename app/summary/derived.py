"""Whether a line that a model wrote says what its sentence says, with words left out: who did what to whom.

A small model that shortens a sentence leaves out what turns it: 후보지 선정에서 제외 becomes 후보지 선정, 징역 2년을 선고한 1심과 달리
the sentence that was passed, 통신자료를 제공받다 its giving. Every fact is in the article, so grounding finds nothing. Here the line is
laid over the sentence's tree (`aligned`), and what it leaves of it is asked what deletion by our own rules is asked:
whether a word has kept the word that it hangs on, and whether what is left is spoilt without the rest.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.aligned import aligned
from app.summary.compress.frames import frames
from app.summary.compress.hollow import vacant
from app.summary.compress.lexicon import words
from app.summary.compress.morphemes import tag
from app.summary.compress.openings import body_at
from app.summary.compress.phrases import Kind
from app.summary.compress.roles import headless
from app.summary.compress.tree import NO_HEAD, SUBJECTS, parse
from app.summary.compress.wrongs import TELEGRAPHIC_WRONGS, WRONGS
from app.summary.left import Left, amount, content
from app.summary.turned import conditioned, denied, either, given, told, turned, undergone, unfactual
from app.summary.widened import (
    lifted,
    mistaken,
    overstated,
    promoted,
    robbed,
    uncaused,
    unpaired,
    untitled,
    untold,
)
from app.text.morphology import tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Sentence, Token
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_SIDE = frozenset("·~∼～")
_KINDS = words("사업 방안 대책 문제 작업 공사 행사 절차 과정 물량 수준 제도 시설 분야 업무 등")


def derived(text: str, sentence: Sentence, *, telegraphic: bool) -> bool:
    """Whether a text is what words left out leave of a sentence, and means what the sentence means.

    `telegraphic` is the desk's style, whose particles may go, too.
    """
    at = body_at(sentence.text)
    tokens = tuple(token for token in sentence.tokens if token.start >= at)
    said = tokenize(text)
    pairs = aligned(text, said, sentence.text, tokens) if tokens else None
    if not pairs:
        return False
    trees = _trees(replace(sentence, tokens=tokens))
    return any(_holds(Left(tree, said, pairs), telegraphic=telegraphic) for tree in trees)


@lru_cache(maxsize=8)
def _trees(sentence: Sentence) -> tuple[Tree, ...]:
    """The trees that a sentence has; some seven lines are laid over one, one after the other."""
    every = (frame.tree for frame in frames(parse(sentence)))
    # A clause by itself would have lost what its sentence ends in: 선정하고 결과를 공개할 계획이다.
    return tuple(tree for tree in every if tree.phrases[tree.root].kind is not Kind.CLAUSE)


def _holds(left: Left, *, telegraphic: bool) -> bool:
    """Whether all words of a line are a tree's, and no question of those below finds it wrong."""
    return (
        None not in left.places
        and left.root != NO_HEAD
        and not any(wrong(left) for wrong in QUESTIONS)
        and not _spoilt(left, telegraphic=telegraphic)
    )


def outlying(left: Left) -> bool:
    """Whether a word hangs on none of what is left: it is of another clause."""
    inside = left.tree.under(left.root).union(*(left.tree.under(n) for n in left.adopted))
    return not left.kept <= inside


def unhung(left: Left) -> bool:
    """사건의 피의자를 구속했다 → 사건 구속: a word without the word that it hung on."""
    return any(not _hangs(left, n) for n in left.kept if n != left.root and n not in left.adopted)


def _hangs(left: Left, n: int) -> bool:
    """Whether a phrase has its head, or hangs through what adds nothing: another of a list, a noun's noun, 하는, 열린."""
    tree, head = left.tree, left.tree.heads[n]
    if head in left.kept:
        return True
    phrase, above = tree.phrases[head], tree.heads[head]
    if above == NO_HEAD:
        return False
    if phrase.predicate:
        empty = len(content(phrase)) <= 1 and any(
            token.form in {"하", "되", "있", "열리"} for token in phrase.core
        )
        return phrase.kind is Kind.ADNOMINAL and empty and _hangs(left, head)
    # 상수도관 120㎞를 바꾼다 → 상수도관을 바꾼다; 도서관 건립 사업이 무산됐다 → 도서관 건립 무산.
    if tree.phrases[n].kind is Kind.LIST or amount(phrase) or _generic(phrase):
        return _hangs(left, head)
    # LTE 서비스 이익 분석 결과 → LTE 분석 결과: of nouns in a row some.
    return not tree.phrases[above].predicate and (above in left.kept or _hangs(left, head))


def _generic(phrase: Phrase) -> bool:
    """Whether a noun only says of what kind the one before it is."""
    own = content(phrase)
    return len(own) == 1 and own[0].form in _KINDS


def beheaded(left: Left) -> bool:
    """신청자 20명을 상대로 → 신청자, 디지털 사업부 → 디지털: of a noun only what stood before it."""
    for n in left.kept - {left.root}:
        phrase = left.tree.phrases[n]
        nouns = [t for t in _unbracketed(phrase) if tag(t) in _HEADS]
        if (
            nouns
            and tag(nouns[-1]) != "NNB"
            and nouns[-1].start not in left.sources
            and not _short(left, phrase)
        ):
            return True
    return False


def _short(left: Left, phrase: Phrase) -> bool:
    """Whether the Latin letters behind a name stand for it: 해온토지공사(HLH) → HLH."""
    outside = {token.start for token in _unbracketed(phrase)}
    return any(
        token.tag == "SL" and token.start in left.sources and token.start not in outside
        for token in phrase.tokens
    )


_HEADS = frozenset({"NNG", "NNP", "NNB", "XR", "SN", "SL"})


def _unbracketed(phrase: Phrase) -> list[Token]:
    """Its morphemes without what brackets hold, and without numbers of lists."""
    found, depth = [], 0
    for token in phrase.core:
        depth += (token.form in {"(", "["}) - (token.form in {")", "]"})
        if not depth:
            found.append(token)
    return found


def misplaced(left: Left) -> bool:
    """B사를 신고했다 → B사, 신고; 농촌에서 옮겨 → 농촌으로: a particle, or a comma in its place, that the sentence has not."""
    return any(
        tag(pair.said)[0] in "NSX"
        and not left.followed_alike(pair)
        and not _fits(after, left.bearer(place), pair.source)
        for pair, place, after in left.followed
    )


def _fits(after: Token, phrase: Phrase, source: Token) -> bool:
    """Whether a particle behind a noun is that of the phrase that bears the noun."""
    kind, mark = phrase.kind, phrase.core[-1]
    if after.tag == "SP":
        return after.form != "," or kind not in {Kind.OBJECT, Kind.OBLIQUE}
    behind = [token for token in content(phrase) if token.start > source.start]
    posted = after.tag in _BORNE and phrase.postposed  # 투자를 위한 → 투자는
    if (behind and not amount(phrase) and not posted) or (
        after.tag == "JX" and after.form not in {"은", "는"}
    ):
        return True
    if after.form == "대신" or posted:
        return False  # 보험사가 대신 갚는다 → 보험사 대신
    if (
        kind is Kind.OBLIQUE
        and _bare(after)
        and (mark.form in _NEEDED or (mark.form[-1] == "로" and amount(phrase)))
    ):
        return False
    if after.tag == "JKB":
        return mark.tag == "JKB" and mark.form[-1] == after.form[-1]
    return kind in _BORNE.get(after.tag, set(Kind))


def _bare(after: Token) -> bool:
    """Whether what follows a noun is a word of its own."""
    return after.tag[0] in "NMV" or after.tag in {"SN", "SL", "XR"}


# 9명으로 감소, 지난해보다 증가: by how many, nobody could tell.
_NEEDED = words("에게 보다")
_BORNE = {"JKO": {Kind.OBJECT}, "JKS": SUBJECTS, "JX": SUBJECTS}


def crossed(left: Left) -> bool:
    """해온청에서 나래원으로 옮겨 → 해온청 나래원: from one to the other, and neither says which it is."""
    tree = left.tree
    bare = [
        place
        for pair, place, after in left.followed
        if tree.phrases[place].mark in _ACROSS
        and _bare(after)
        and pair.source.end == tree.phrases[place].core[-1].start
    ]
    return any(
        tree.phrases[n].mark in _ACROSS[tree.phrases[place].mark] and n in left.kept
        for place in bare
        for n in tree.children[tree.heads[place]]
    )


_ACROSS = {"에서": ("로", "으로"), "로": ("에서",), "으로": ("에서",)}


def unlisted(left: Left) -> bool:
    """18㎡부터 56㎡까지 → 18㎡·56㎡, 규모와 달리 가격은 → 규모·가격: side by side what the sentence does not set so."""
    for (one, place), (other, _) in pairwise(zip(left.pairs, left.places, strict=True)):
        between = [t for t in left.said if one.said.end <= t.start < other.said.start]
        gap = left.tree.text[one.source.end : other.source.start]
        listed = left.tree.phrases[place or 0].kind is Kind.LIST or any(mark in gap for mark in _SIDE)
        if any(token.form in _SIDE for token in between) and one.source is not other.source and not listed:
            return True
    return False


def stripped(left: Left) -> bool:
    """직원임에도 부인 계좌로 → 직원 계좌, 발굴하기 위해 추진했다 → 발굴 추진: a clause of which only its noun is left."""
    for (pair, place), (_, then) in pairwise(zip(left.pairs, left.places, strict=True)):
        if place is None or place in {then, left.root}:
            continue
        phrase, after = left.tree.phrases[place], left.following[pair.said.start]
        if pair.source.tag == "NNB" and left.preceded_alike(pair):
            continue  # 신청을 내는 등, with its verb
        noun = after is not None and (after.tag[0] in "NM" or after.tag in {"SN", "SL", "SW", "XR"})
        if noun and tag(pair.said)[0] in "NX" and _clausal(phrase):
            return True
    return False


def _clausal(phrase: Phrase) -> bool:
    """Whether it is a clause, or has a verb as its particle; 평가에 대해 is of what is said."""
    verbs = [t for t in _unbracketed(phrase) if tag(t) in {"VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA"}]
    named = phrase.kind in {Kind.ADNOMINAL, Kind.NOUN, Kind.OBJECT, Kind.LIST, *SUBJECTS}
    return bool(verbs) and not named and verbs[-1].form != "대하"


def _spoilt(left: Left, *, telegraphic: bool) -> bool:
    """Whether one of the questions that our own lines are asked finds it wrong; a desk's line may be of nobody."""
    tree = left.tree.rooted(left.root, left.adopted)
    places = {phrase.start: n for n, phrase in enumerate(tree.phrases)}
    kept = frozenset(places[left.tree.phrases[n].start] for n in left.kept | left.counted)
    asked = (*WRONGS, *(TELEGRAPHIC_WRONGS if telegraphic else ()))
    # 검토에 착수 has what it is of in its noun.
    waived = (headless, vacant) if left.root != left.last else (headless,)
    return any(wrong(tree, kept) for wrong in asked if wrong not in waived)


QUESTIONS: tuple[Callable[[Left], bool], ...] = (
    outlying,
    turned,
    unfactual,
    unhung,
    denied,
    either,
    told,
    untitled,
    promoted,
    overstated,
    mistaken,
    unpaired,
    uncaused,
    untold,
    robbed,
    lifted,
    given,
    undergone,
    conditioned,
    beheaded,
    misplaced,
    crossed,
    unlisted,
    stripped,
)
