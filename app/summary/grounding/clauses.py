"""A sentence as clauses, each with its values and the words that they are said of, carried on where it leaves them out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from app.summary.grounding.values import TIMES, counted_behind, stands_alone, values_of
from app.text.facts.lexicon import OPPOSITES
from app.text.facts.names import TITLES
from app.text.facts.tails import base

if TYPE_CHECKING:
    from app.summary.grounding.values import Value
    from app.text.facts.reading import Reading, Word


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence: its values, and its words with those that it takes over from the clauses before it."""

    values: tuple[Value, ...]
    words: frozenset[str]
    told: frozenset[str]
    """Its own words that have a role or stand before a value: what its values are said of."""
    given: frozenset[str]
    """Whom its values are given to."""
    turns: frozenset[str]
    """Its words that have an opposite: 늘, 최고."""
    alone: frozenset[tuple[str, str]] = frozenset()
    """Its values (unit, value) that stand without a noun of their own: 현장 56곳을 점검해 34곳에 과태료를 물렸다."""
    counted: frozenset[tuple[str, str, str]] = frozenset()
    """Its values with the noun right behind each, which is what is counted: 2개 제품."""
    done: frozenset[str] = frozenset()
    """The nouns of what is done in it: 전시를 개막한다, 오후 5시 개막."""


class _Phrase(NamedTuple):
    role: str
    head: str
    words: frozenset[str]


_MARKS = frozenset(",·ㆍ…/;△▲▷▶▽▼◇◆○●□■")
_JOINING = frozenset({"과", "와", "및", "이나"})
_NOUNS = frozenset({"NNG", "NNP", "SL", "SH", "XR"})
_WHO = frozenset({"subject", "topic", "bare"})
_CARRIED = _WHO | {"에서", "에", "object"}
_LASTING = frozenset(TIMES.values()) | {"년", "월", "일"}


def clauses(reading: Reading) -> tuple[Clause, ...]:
    """The clauses of a sentence that hold a value; a stretch without one belongs to the next."""
    values = values_of(reading)
    found: list[Clause] = []
    carried: dict[str, _Phrase] = {}
    described = frozenset[str]()
    times: dict[str, str] = {}
    start = 0
    for end in _ends(reading, values):
        mine = tuple(v for v in values if start <= v.at < end)
        words = _words(reading, start, end, mine)
        times |= {v.unit: str(v) for v in mine if v.unit in _LASTING}  # holds until another is named
        phrases = _phrases(reading, start, end, mine)
        told = frozenset[str]().union(*(p.words for p in phrases))
        given = frozenset[str]().union(*(p.words for p in phrases if p.role == "to" or _person(p)))
        found.append(
            Clause(
                mine,
                words | described | (set(times.values()) if mine else set()) | _taken_over(phrases, carried),
                told,
                given,
                _turns(reading, start, end),
                frozenset((v.unit, v.value) for v in mine if stands_alone(reading, v)),
                frozenset((v.unit, v.value, noun) for v in mine if (noun := counted_behind(reading, v))),
                _deeds(reading, start, end),
            )
        )
        modifies = end > 0 and base(reading.tokens[end - 1]) == "ETM"
        for n, phrase in enumerate(phrases):
            if phrase.role not in _CARRIED or (modifies and phrase.role != "topic"):
                continue
            if phrase.role in _WHO:
                carried = {role: p for role, p in carried.items() if role not in _WHO or role == "topic"}
            more = frozenset[str]() if n else described
            carried[phrase.role] = phrase._replace(words=phrase.words | more)
        described = _described(words, phrases) - {str(v) for v in mine} if modifies else frozenset()
        start = end
    return tuple(_shared_ends(reading, found))


def _described(words: frozenset[str], phrases: list[_Phrase]) -> frozenset[str]:
    """What a clause says of the noun that it modifies, but who does it and where: 감산을 연장한다는 소식은 감산 소식이다."""
    return words.difference(*(p.words for p in phrases if p.role not in {"object", "bare", "and"}))


def _deeds(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The nouns of a stretch that are predicated, and the one that ends it as a desk does."""
    tokens = reading.tokens
    deeds = (
        n - 1
        for n in range(max(start, 1), end + 1)
        if (base(tokens[n]) in {"XSV", "SP", "SF"} if n < len(tokens) else n == end)
    )
    return frozenset(tokens[n].form for n in deeds if base(tokens[n]) == "NNG")


def _ends(reading: Reading, values: tuple[Value, ...]) -> list[int]:
    """Where the stretches of a sentence end: behind a connective ending or a mark, once there was a value."""
    tokens = reading.tokens
    inside = {n for v in values for n in range(v.at, v.end)}
    behind = {v.end for v in values}
    aside = aside_of(reading)
    found: list[int] = []
    had = False
    for n, token in enumerate(tokens):
        had = had or n in inside
        if not had or n in inside or n in aside:
            continue
        tag = base(token)
        following = base(tokens[n + 1]) if n + 1 < len(tokens) else ""
        joins = n in behind and (
            token.form in _MARKS or (token.form in _JOINING and tag in {"JC", "JKB", "MAJ"})
        )
        if (
            (tag == "EC" and following != "VX")
            or (tag == "SP" or token.form in _MARKS)
            or joins
            or tag == "ETM"
        ):
            found.append(n + 1)
            had = False
    if not found or found[-1] < len(tokens):
        found.append(len(tokens))
    return found


def aside_of(reading: Reading) -> set[int]:
    """The tokens inside parentheses."""
    found: set[int] = set()
    depth = 0
    for n, token in enumerate(reading.tokens):
        depth += token.form == "("
        if depth:
            found.add(n)
        depth = max(0, depth - (token.form == ")"))
    return found


def _words(reading: Reading, start: int, end: int, values: tuple[Value, ...]) -> frozenset[str]:
    """The nouns of a stretch, with the noun that a clause at its end modifies."""
    inside = {n for v in values for n in range(v.at, v.end)}
    if end and end < len(reading.tokens) and base(reading.tokens[end - 1]) == "ETM":
        end = next((w.first + len(w.parts) for w in reading.words if w.first >= end), end)
    forms = {
        form
        for form, n in reading.contents
        if start <= n < end and n not in inside and base(reading.tokens[n]) in _NOUNS
    }
    stems = {w.stem for w in reading.words if start <= w.first < end and w.first not in inside}
    return frozenset(forms | stems | {str(v) for v in values})


def _phrases(reading: Reading, start: int, end: int, values: tuple[Value, ...]) -> list[_Phrase]:
    """The noun phrases of a stretch with their roles; a bare noun right before a value stands for who has it."""
    inside = {n for v in values for n in range(v.at, v.end)}
    starts = {v.at for v in values}
    found: list[_Phrase] = []
    words: set[str] = set()
    at = start
    for word in reading.words:
        last = word.first + len(word.parts)
        if not start <= word.first < end or word.first in inside:
            continue
        if _closed(reading, at, word.first):
            words = set()
            found = [p for p in found if p.role == "topic"]
        at = word.first
        if word.role == "predicate":
            words = set()
            continue
        words |= {
            word.stem,
            *(f for f, n in reading.contents if word.first <= n < last and base(reading.tokens[n]) != "SN"),
        }
        role = particle(reading, word)
        if not role and last in starts:
            role = "bare"
        if role and role != "of":
            found.append(_Phrase(role, word.parts[-1], frozenset(words)))
            words = set()
    return found


def _closed(reading: Reading, at: int, to: int) -> bool:
    """Whether a clause ends between two tokens: what stood before says nothing of a value behind."""
    return any(base(t) in {"EC", "SP"} for t in reading.tokens[at:to])


def _person(phrase: _Phrase) -> bool:
    """Whether a desk's 에 stands for 에게: A씨에 징역 3년."""
    return phrase.role == "에" and phrase.head.endswith(("씨", *TITLES))


def _turns(reading: Reading, start: int, end: int) -> frozenset[str]:
    """The words of a stretch that have an opposite, where nothing in it is negated."""
    if any(start <= p.at < end and p.tail.negative for p in reading.predicates):
        return frozenset()
    return frozenset(form for form, n in reading.contents if start <= n < end and form in OPPOSITES)


def particle(reading: Reading, word: Word) -> str:
    """A word's role; of adverbials, by their particle."""
    n = word.first + len(word.parts)
    if word.role == "at" and n < len(reading.tokens):
        return reading.tokens[n].form
    return word.role


def _taken_over(phrases: list[_Phrase], carried: dict[str, _Phrase]) -> frozenset[str]:
    """What a clause leaves to those before it: every role that it does not fill, and whose a new subject is.

    수도권 아파트는 3%, 지방 아파트는 5%: the second is not the capital's, since both heads are one. 가온의 매출은
    3억원, 순이익은 1억원: the profit is Gaon's, too.
    """
    roles = {p.role for p in phrases}
    heads = {p.head for p in phrases}
    who = roles & _WHO
    found: set[str] = set()
    for role, phrase in carried.items():
        if role in _WHO and who:
            if "topic" not in who and role == "topic":
                found |= phrase.words
            elif phrase.head not in heads:
                found |= phrase.words - {phrase.head}
        elif role not in roles:
            found |= phrase.words
    return frozenset(found)


def _shared_ends(reading: Reading, found: list[Clause]) -> list[Clause]:
    """The clauses, with what the end of a row says of each of its members: 1년 95.2%, 5년 84.6%로 집계."""
    shared = list(found)
    for n in range(len(shared) - 2, -1, -1):
        this, following = shared[n], shared[n + 1]
        if not this.values or not following.values:
            continue
        between = reading.tokens[this.values[-1].end : following.values[0].at]
        if any(base(t) in {"VV", "VA", "XSV", "XSA", "VCP", "VCN"} for t in between):
            continue
        after = {form for form, k in reading.contents if k >= following.values[-1].end}
        if any(this.values[-1].end <= w.first < following.values[0].at and not w.role for w in reading.words):
            # 5명이 동결, 2명이 인하 의견을 냈다: 의견 is of both, 인하 is not.
            heads = [w for w in reading.words if w.first >= following.values[-1].end and w.role == "object"]
            after &= {form for w in heads[-1:] for form in (w.stem, w.parts[-1])}
        turns = this.turns | (after & following.turns)
        shared[n] = replace(this, words=this.words | (after & following.words), turns=turns)
    return shared
