"""A sentence as words with their roles and predicates with their polarity, hedges and endings.

A shallow reading from Kiwi's morphemes, of what news prose does with them; it is no parser. Where it cannot tell, it
says nothing, and a check that needs it is not made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from app.text.facts.lexicon import CHARGES, HEDGE_NOUNS, HEDGE_VERBS, NEGATING_PREFIXES, SAME, SUFFERED
from app.text.facts.particles import role_of
from app.text.facts.tails import Tail, base, tail

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain import Token

T = TypeVar("T")

NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "SL", "SH", "SN", "XR", "XPN", "XSN"})
CONTENT = frozenset({"NNG", "NNP", "NR", "SL", "SH", "SN", "XR", "VV", "VA", "MAG"})
_VERBAL = frozenset({"VV", "VA", "XSV", "XSA", "VCP", "VCN"})
_LIGHT = frozenset({"관련", "비롯", "따르", "위하", "대하", "통하", "관하", "의하", "인하", "비하", "이르"})


@dataclass(frozen=True, slots=True)
class Word:
    """A noun phrase's last word, as it stands between spaces: its stem, its parts and its role."""

    stem: str
    parts: tuple[str, ...]
    role: str
    """`subject`, `topic`, `object`, `also`, `to`, `at`, `of`, `and`, or empty."""
    name: bool
    first: int
    """Index of its first token."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb, an adjective or a noun that is predicated, in its normal form, and what is said of it."""

    lemma: str
    passive: bool
    tail: Tail
    at: int
    """Index of its token."""
    start: int
    end: int
    nominal: bool = False
    """A bare noun: what a desk's line has for a verb, or a noun under a hedge (착공 예정)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence or a line was read as."""

    text: str
    tokens: tuple[Token, ...]
    words: tuple[Word, ...]
    predicates: tuple[Predicate, ...]
    contents: tuple[tuple[str, int], ...]
    """Its content morphemes under their normal names, each with its token's index."""
    hedges: tuple[tuple[str, int], ...]
    """The classes of hedge in it, each with the token that hedges."""
    _memo: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    def once(self, work: Callable[[Reading], T]) -> T:
        """What `work` makes of this reading, made when it is first asked for: a source is asked by each line."""
        if work not in self._memo:
            self._memo[work] = work(self)
        return cast("T", self._memo[work])

    @property
    def forms(self) -> frozenset[str]:
        """Its content morphemes."""
        return self.once(_forms)


def _forms(reading: Reading) -> frozenset[str]:
    return frozenset(form for form, _ in reading.contents)


def read(text: str, tokens: Sequence[Token]) -> Reading:
    """The reading of a sentence's text and its morphemes."""
    tokens = tuple(tokens)
    predicates = _predicates(tokens)
    contents = tuple((SAME.get(t.form, t.form), n) for n, t in enumerate(tokens) if base(t) in CONTENT)
    words = _words(tokens)
    predicates = _charged(tokens, words, predicates)
    predicates = (*predicates, *_hedged_nouns(tokens, words, predicates))
    hedges = [(h, p.at) for p in predicates if not p.nominal for h in p.tail.hedges]
    for n, token in enumerate(tokens):
        if base(token) in {"NNG", "NNB", "XR"}:
            hedges += [(table[token.form], n) for table in (HEDGE_NOUNS, HEDGE_VERBS) if token.form in table]
    return Reading(
        text, tokens, words, tuple(sorted(predicates, key=lambda p: p.at)), contents, tuple(hedges)
    )


def _words(tokens: tuple[Token, ...]) -> tuple[Word, ...]:
    """The nominal words; a particle after a closing mark belongs to the word before the mark."""
    found: list[Word] = []
    n = 0
    while n < len(tokens):
        if base(tokens[n]) not in NOMINAL:
            n += 1
            continue
        first = n
        while (
            n < len(tokens)
            and base(tokens[n]) in NOMINAL
            and (n == first or tokens[n].start == tokens[n - 1].end)
        ):
            n += 1
        parts = tokens[first:n]
        found.append(
            Word(
                "".join(t.form for t in parts),
                tuple(t.form for t in parts),
                role_of(tokens, n),
                any(base(t) in {"NNP", "SL", "SH"} for t in parts),
                first,
                parts[0].start,
                parts[-1].end,
            )
        )
    return tuple(found)


def _predicates(tokens: tuple[Token, ...]) -> tuple[Predicate, ...]:
    found: list[Predicate] = []
    done = 0
    for n, token in enumerate(tokens):
        if n < done or base(token) not in _VERBAL:
            continue
        stem = _stem(tokens, n)
        if stem is None:
            continue
        rest = tail(tokens, n + 1)
        if rest.end == n + 1 and base(token) in {"VV", "VA"}:
            continue  # without an ending it is no verb: 스 of 스마트
        before = tokens[stem.first - 1] if stem.first else None
        negated = stem.negated
        negated ^= before is not None and base(before) == "MAG" and before.form in {"안", "못"}
        negated ^= base(token) == "VCN" or (token.form == "없" and base(token) == "VA")
        done = rest.end
        found.append(
            Predicate(
                SAME.get(stem.lemma, stem.lemma),
                base(token) == "XSV" and token.form in {"되", "당하", "받"},
                rest._replace(negative=rest.negative ^ negated),
                n,
                tokens[stem.first].start,
                tokens[min(rest.end, len(tokens)) - 1].end,
            )
        )
    return tuple(found)


def _charged(
    tokens: tuple[Token, ...], words: tuple[Word, ...], predicates: tuple[Predicate, ...]
) -> tuple[Predicate, ...]:
    """돈을 빼돌리고, 장부를 고친 혐의를 받는다: what the same person did beside what the charge modifies is alleged, too.

    Not where another acts: 집을 수색하고, 돈을 빼돌린 혐의로 갑을 붙잡았다.
    """
    found = list(predicates)
    alleged: int | None = None
    for n, one in reversed(list(enumerate(predicates))):
        if one.tail.ending == "modifier":
            named = any(token.form in CHARGES for token in tokens[one.at : one.tail.end])
            alleged = one.start if named and _suffered(one, words, predicates) else alleged
        elif one.tail.ending != "connective" or alleged is None or _parted(words, one.end, alleged):
            alleged = None
        else:
            alleged = one.start
            found[n] = replace(one, tail=one.tail._replace(hedges=one.tail.hedges | {"claim"}))
    return tuple(found)


def _suffered(charge: Predicate, words: tuple[Word, ...], predicates: tuple[Predicate, ...]) -> bool:
    """Whether nothing is done to anybody behind a charge: 혐의를 받다, 혐의로 재판에 넘겨지다, 조사를 받다."""
    objects = [w for w in words if w.role == "object" and w.start >= charge.end]
    verbs = (next((p for p in predicates if p.start >= w.end and not p.nominal), None) for w in objects)
    return all(verb is not None and verb.lemma in SUFFERED for verb in verbs)


def _parted(words: tuple[Word, ...], start: int, end: int) -> bool:
    """Whether somebody else is spoken of between two places."""
    return any(w.role in {"subject", "topic"} and start <= w.start < end for w in words)


class _Stem(NamedTuple):
    """A predicate's lemma, the index of its first token, and whether a prefix negates it."""

    lemma: str
    first: int
    negated: bool = False


def _stem(tokens: tuple[Token, ...], n: int) -> _Stem | None:
    """The stem of the predicate whose verbal token is `n`; None where it is an auxiliary that says nothing."""
    tag = base(tokens[n])
    if tag in {"XSV", "XSA"}:
        return _derived(tokens, n)
    if tag in {"VCP", "VCN"}:
        return _copula(tokens, n)
    return _verb(tokens, n)


def _derived(tokens: tuple[Token, ...], n: int) -> _Stem | None:
    """수립하다, 확대되다, 불가능하다."""
    noun, prefix = n - 1, n - 2
    if noun > 0 and tokens[noun].form == "화" and base(tokens[noun]) == "XSN":
        return _Stem(tokens[noun - 1].form + "화", noun - 1)  # 본격화하다
    if noun < 0 or base(tokens[noun]) not in {"NNG", "XR", "NNP", "SL"} or tokens[noun].form in _LIGHT:
        return None
    if prefix >= 0 and base(tokens[prefix]) == "XPN" and tokens[prefix].form in NEGATING_PREFIXES:
        return _Stem(tokens[noun].form, prefix, negated=True)
    return _Stem(tokens[noun].form, noun)


def _copula(tokens: tuple[Token, ...], n: int) -> _Stem | None:
    """사실이다, 사실이 아니다."""
    noun = n - 1
    while noun >= 0 and (base(tokens[noun]).startswith("J") or base(tokens[noun]) in {"SSC", "XSN"}):
        noun -= 1
    if noun > 0 and tokens[noun].form == "중" and base(tokens[noun - 1]) == "NNG":
        return _Stem(tokens[noun - 1].form, noun - 1)  # 거주 중인 집
    if noun < 0 or base(tokens[noun]) not in {"NNG", "NNP", "SL", "XR"} or tokens[noun].form in HEDGE_NOUNS:
        return None
    return _Stem(tokens[noun].form + "이", noun)


def _verb(tokens: tuple[Token, ...], n: int) -> _Stem | None:
    """오르다; 문제가 없다 with what there is none of; 신청을 하다 as 신청하다."""
    form, before = tokens[n].form, n - 1
    if _in_noun(tokens, n):
        return None
    if form in {"있", "없"}:
        noun = before
        while noun >= 0 and base(tokens[noun]) in {"JKS", "JX", "XSN", "SSC"}:
            noun -= 1
        named = noun >= 0 and base(tokens[noun]) in {"NNG", "NNP"}
        return _Stem((tokens[noun].form if named else "") + "있", n)
    governs = before > 0 and base(tokens[before]) == "JKO"
    if form in _LIGHT and not (form == "따르" and governs):
        return None
    if form == "하" and governs and base(tokens[before - 1]) == "NNG":
        return _Stem(tokens[before - 1].form, n)
    return _Stem(form, n)


def _in_noun(tokens: tuple[Token, ...], n: int) -> bool:
    """거리두기, 글쓰기: a verb between a noun and what makes a noun of both."""
    before = tokens[n - 1] if n else None
    return (
        before is not None
        and base(before) in {"NNG", "NNP"}
        and before.end == tokens[n].start
        and n + 1 < len(tokens)
        and base(tokens[n + 1]) == "ETN"
    )


def _hedged_nouns(
    tokens: tuple[Token, ...], words: tuple[Word, ...], predicates: tuple[Predicate, ...]
) -> list[Predicate]:
    """Nouns under a hedge: 착공 예정, 뇌물 수수 혐의, 도입을 검토하다."""
    verbs = {p.at - 1: p for p in predicates}
    found = []
    for n, token in enumerate(tokens):
        if token.form == "시" and base(token) == "NNB" and n and base(tokens[n - 1]) == "NNG":
            given = Tail(negative=False, hedges=frozenset(), past=False, ending="condition", end=n + 1)
            lemma = SAME.get(tokens[n - 1].form, tokens[n - 1].form)
            found.append(Predicate(lemma, False, given, n - 1, tokens[n - 1].start, token.end))  # noqa: FBT003
    for word, following in pairwise(words):
        last = word.first + len(word.parts) - 1
        hedge = None
        if word.role in {"", "of"} and following.first - last <= 2:  # noqa: PLR2004 - at most a particle between
            hedge = HEDGE_NOUNS.get(following.parts[0]) or HEDGE_VERBS.get(following.parts[0])
        elif word.role == "object" and following.parts[0] in HEDGE_VERBS and following.first in verbs:
            hedge = HEDGE_VERBS[following.parts[0]]
        if hedge is None or base(tokens[last]) != "NNG" or tokens[last].form in HEDGE_NOUNS:
            continue
        empty = Tail(negative=False, hedges=frozenset({hedge}), past=False, ending="", end=last + 1)
        lemma = SAME.get(tokens[last].form, tokens[last].form)
        found.append(Predicate(lemma, False, empty, last, word.start, word.end, nominal=True))  # noqa: FBT003
    return found
