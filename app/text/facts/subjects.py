"""Who does what: the subject phrases that each predicate of a sentence may have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.text.facts.lexicon import REPORTING
from app.text.facts.names import TITLES
from app.text.facts.tails import base

if TYPE_CHECKING:
    from app.text.facts.reading import Predicate, Reading, Word


# 박사팀이 세포의 표면에서 과발현하는: with so many words between, a verb that modifies is in doubt of its subject.
_NEAR = 2


class Phrase(NamedTuple):
    """A noun phrase: the words before its head that belong to it, and the head."""

    words: tuple[Word, ...]

    @property
    def head(self) -> Word:
        """The word that carries the particle."""
        return self.words[-1]


_BREAKS = frozenset(
    {"SP", "SF", "SE", "SSO", "SSC", "EC", "EF", "ETM", "ETN", "MAG", "MAJ", "JKO", "JKB", "JKS", "JX"}
)
_OPENING, _CLOSING = frozenset("“‘\"'「『"), frozenset("”’\"'」』")
_OPAQUE = frozenset({"것", "수", "때", "경우", "중", "바", "데", "등", "뒤", "후", "전"})
_JOINING = frozenset(
    {"결과", "뒤", "후", "다음", "가운데", "반면", "대신", "이상", "이후", "끝", "데", "만큼", "상태"}
)
# What stands for a particle in a desk's line; in a whole sentence speech alone does: 국장 “쉬어야 한다”.
_SPEECH = frozenset({"“", '"'})
_ANY = _SPEECH | {",", ":", "‘", "'", "「", "『"}
_LIKENING = frozenset({"같", "다르", "이렇", "그렇", "새롭"})
_TIMES = frozenset(
    {"오전", "오후", "이날", "지난달", "올해", "내년", "지난해", "최근", "현재", "이번", "당시", "앞"}
)


def phrase(reading: Reading, word: Word) -> Phrase:
    """The noun phrase that ends in `word`: the bare, joined and possessive nouns right before it."""
    at = reading.words.index(word)
    words = [word]
    while at > 0:
        before, this = reading.words[at - 1], words[0]
        between = reading.tokens[before.first + len(before.parts) : this.first]
        after = reading.tokens[word.first + len(word.parts) :][:1]
        closes = (
            bool(after) and base(after[0]) == "SSC"
        )  # 조합 ‘나무와사람’이, but not 재판부 “A씨가 이사했다”
        named = closes and between and all(t.form in _OPENING for t in between)
        if before.role not in {"", "of", "and"} or (not named and any(base(t) in _BREAKS for t in between)):
            break
        if any(base(t) == "SN" for t in reading.tokens[before.first : before.first + len(before.parts)]):
            break
        if before.stem in _TIMES or _joins(reading, before):
            break
        words.insert(0, before)
        at -= 1
    return Phrase(tuple(words))


def _joins(reading: Reading, word: Word) -> bool:
    """막은 결과 농도가: a noun behind a clause that joins it to the next."""
    return (
        word.stem in _JOINING
        and not word.role
        and word.first > 0
        and base(reading.tokens[word.first - 1]) == "ETM"
    )


class Said(NamedTuple):
    """A predicate's subject, and whether the sentence leaves no doubt of it."""

    phrase: Phrase
    sure: bool
    others: tuple[Phrase, ...] = ()
    """Who else it may be."""


class _Open(NamedTuple):
    word: Word
    depth: int
    topic: bool
    used: bool = False
    inner: bool = False
    """Whether a clause that modifies (주민이 요구한) or gives a reason (값이 올라) had it already."""
    doubt: bool = False
    """Whether the clause that modifies may not be the one it had: 양측이 생산적인, 박사팀이 … 과발현하는."""
    reason: bool = False
    """Whether it was a reason, whose subject may go on: 개정안이 의결돼 내년부터 적용된다."""


def subjects(reading: Reading, *, line: bool = False) -> dict[int, Said]:
    """The subject of each predicate that has one, by the predicate's token.

    A desk's line marks its subject by a comma or a quotation instead of a particle; `line` reads those too.
    """
    return reading.once(_of_line if line else _of_sentence)


def _of_line(reading: Reading) -> dict[int, Said]:
    return _subjects(reading, _ANY if telegraphic(reading) else _SPEECH)


def _of_sentence(reading: Reading) -> dict[int, Said]:
    return _subjects(reading, frozenset())


def _subjects(reading: Reading, marks: frozenset[str]) -> dict[int, Said]:
    words = {w.first + len(w.parts) - 1: w for w in reading.words}
    predicates = {p.at: p for p in reading.predicates if not p.nominal}
    found: dict[int, Said] = {}
    open_: list[_Open] = []
    depth = 0
    for n, token in enumerate(reading.tokens):
        tag = base(token)
        if tag == "SSO":
            depth += 1
        elif tag == "SSC":
            depth = max(0, depth - 1)
            open_ = [o for o in open_ if o.depth <= depth]
        if (word := words.get(n)) is not None and _leads(reading, word, frozenset() if found else marks):
            quoted = _quoted(reading, word)
            open_.append(_Open(word, max(0, depth - quoted), word.role not in {"subject", "also"}))
        if (predicate := predicates.get(n)) is not None:
            chosen = _of(predicate, open_, depth)
            if chosen and chosen[0].word.parts[-1] not in _OPAQUE:
                sure = not chosen[0].inner and chosen[0].word.role in {"subject", "topic"}
                sure = sure and not counted(reading, chosen[0].word)
                # 시가 대책을 내놓았고, 거리두기를 시행한 것이: who did it is left out as of a noun.
                sure = sure and not (chosen[0].used and predicate.tail.ending == "noun")
                sure = sure and not (chosen[0].topic and _doubtful(chosen[0], open_, depth))
                others = _others(predicate, chosen[0], open_)
                found[n] = Said(
                    phrase(reading, chosen[0].word), sure, tuple(phrase(reading, o.word) for o in others)
                )
            open_ = _after(reading, predicate, chosen, open_)
    return found


def _quoted(reading: Reading, word: Word) -> bool:
    """Whether a mark closes right behind a word, or behind the parenthesis after it: ‘인보사(TG)’가."""
    n = word.first + len(word.parts)
    if n < len(reading.tokens) and reading.tokens[n].form == "(":
        n = next((k + 1 for k in range(n, len(reading.tokens)) if reading.tokens[k].form == ")"), n)
    return n < len(reading.tokens) and base(reading.tokens[n]) == "SSC"


def _after(reading: Reading, predicate: Predicate, chosen: list[_Open], open_: list[_Open]) -> list[_Open]:
    """Who may still act behind a predicate whose subject is `chosen`."""
    if predicate.tail.ending != "modifier":
        open_ = _used(reading, predicate, open_)
        return _closed(open_, chosen[0].word) if chosen and _states(reading, predicate) else open_
    if chosen and predicate.lemma not in _LIKENING:
        doubt = _far(reading, predicate, chosen[0].word)
        open_ = [
            o._replace(inner=True, doubt=o.doubt or doubt) if o == chosen[0] and not o.topic else o
            for o in open_
        ]
        return open_ if chosen[0].topic else _closed(open_)
    return _closed(open_) if _tells(reading, predicate) else open_


def _far(reading: Reading, predicate: Predicate, word: Word) -> bool:
    """Whether a clause that modifies may leave the subject before it to the next verb."""
    if base(reading.tokens[predicate.at - 1]) == "XSN" or _states(reading, predicate):
        return True  # 양측이 생산적인 대화를, 하루하루가 힘든 날
    return sum(word.end <= w.start < predicate.start for w in reading.words) >= _NEAR


def _doubtful(topic: _Open, open_: list[_Open], depth: int) -> bool:
    """Whether a subject behind a topic may be the one that acts."""
    return any(o.doubt and o.depth <= depth and o.word.start > topic.word.start for o in open_)


def _used(reading: Reading, predicate: Predicate, open_: list[_Open]) -> list[_Open]:
    """The open subjects, which had a verb now; some are closed off by it."""
    changes = _changes(reading, predicate)
    reason = changes and _reasons(reading, predicate)
    return [
        o._replace(
            used=True,
            inner=o.inner or (changes and not o.topic),
            reason=o.reason or (reason and not o.inner and not o.topic),
        )
        for o in open_
    ]


def _others(predicate: Predicate, chosen: _Open, open_: list[_Open]) -> list[_Open]:
    """Who else may be meant: the topic, where a subject had a verb already; the subject of a reason."""
    if predicate.lemma in REPORTING:
        return []
    if chosen.topic:
        return [o for o in open_ if (o.reason or o.doubt) and o.word.start > chosen.word.start]
    return [o for o in open_ if o.topic and chosen.used and o.word.start < chosen.word.start]


def _reasons(reading: Reading, predicate: Predicate) -> bool:
    last = reading.tokens[min(predicate.tail.end, len(reading.tokens)) - 1].form
    return last in {"어", "아", "어서", "아서"}


def _tells(reading: Reading, predicate: Predicate) -> bool:
    """Whether a clause is what the noun behind it tells: 모색했다는 점."""
    last = reading.tokens[min(predicate.tail.end, len(reading.tokens)) - 1]
    return base(last) == "ETM" and last.form.endswith(("다는", "라는", "자는", "냐는"))


def _states(reading: Reading, predicate: Predicate) -> bool:
    """Whether a predicate says how its subject is, which does nothing further: 가치가 크며, 번호가 없고."""
    return base(reading.tokens[predicate.at]) in {"VA", "XSA"}


def _closed(open_: list[_Open], only: Word | None = None) -> list[_Open]:
    """The open subjects, those behind a topic (or only the one) closed off: the topic goes on."""
    topic = min((o.word.start for o in open_ if o.topic), default=None)
    if topic is None:
        return open_
    return [
        o._replace(inner=True)
        if not o.topic and o.used and o.word.start > topic and only in {None, o.word}
        else o
        for o in open_
    ]


def _changes(reading: Reading, predicate: Predicate) -> bool:
    """Whether the clause after a predicate usually has another subject: -지만, -자, -면, or a state given as a reason."""
    last = reading.tokens[min(predicate.tail.end, len(reading.tokens)) - 1].form
    if _reasons(reading, predicate):
        return (
            predicate.passive
            or predicate.tail.negative
            or base(reading.tokens[predicate.at]) in {"VA", "XSA", "VCP"}
        )
    if predicate.tail.ending in {"noun", "quote"} or predicate.tail.hedges & {"guess", "claim"}:
        return True  # 피해가 있을 것으로 보고: who thinks so is named before
    return (
        last.endswith(("지만", "자", "면", "데", "니", "니까", "도", "도록", "므로", "거나"))
        and predicate.tail.ending != "final"
    )


def counted(reading: Reading, word: Word) -> bool:
    """Whether a subject is only a number of something: 3명이, 절반이."""
    if word.stem in {"절반", "대부분", "일부", "나머지"}:
        return True
    own = reading.tokens[word.first : word.first + len(word.parts)]
    before = reading.tokens[max(0, word.first - 3) : word.first]
    return all(base(t) in {"SN", "NR", "NNB", "XSN"} for t in own) and any(
        base(t) in {"SN", "NR"} for t in (*before, *own)
    )


def telegraphic(reading: Reading) -> bool:
    """Whether a line ends as a desk's does, and not in a final ending."""
    ends = [t for t in reading.tokens if base(t) not in {"SF", "SSC", "SSO", "SE"}]
    return bool(ends) and not (base(ends[-1]) == "EF" and ends[-1].form[-1] in "다요까죠라")


def _leads(reading: Reading, word: Word, marks: frozenset[str]) -> bool:
    """Whether a word may act: by its particle, or by one of `marks` right behind it where a line begins with it."""
    if word.role in {"subject", "topic", "also"}:
        n = word.first + len(word.parts)
        if "물론" in {t.form for t in reading.tokens[n : n + 2]}:
            return False  # 기업은 물론 학교까지
        return word.role == "topic" or word.parts[-1] not in _OPAQUE - {"등"}
    if not marks or word.role or word.parts[-1].isdigit() or phrase(reading, word).words[0].first:
        return False
    after = word.first + len(word.parts)
    return after < len(reading.tokens) and (
        reading.tokens[after].form in marks and word.end + 2 > reading.tokens[after].start
    )


def _of(predicate: Predicate, open_: list[_Open], depth: int) -> list[_Open]:
    here = [o for o in open_ if o.depth <= depth]
    topics = [o for o in here if o.topic]
    fresh = [o for o in here if not o.topic and not o.used and not o.inner]
    if predicate.lemma in REPORTING and predicate.tail.ending != "modifier" and not predicate.passive:
        said = [o for o in here if o.depth == depth]
        # 회의는 …한 것으로, 김 총리는 “…”라고 말했다: of two topics the person speaks.
        persons = [o for o in topics if o.depth == depth and o.word.stem.endswith(TITLES)]
        going = [o for o in said if not o.inner]  # 대통령이 사면하면서 유족이 회견을 열고 뜻을 밝혔다
        waiting = [o for o in fresh if o.depth == depth]
        return persons[-1:] or topics[:1] or waiting[-1:] or going[-1:] or said[:1] or here[-1:]
    if fresh and not (topics and not topics[-1].used and topics[-1].word.start > fresh[-1].word.start):
        return [fresh[-1]]
    if predicate.tail.ending == "modifier":
        return []
    # The nearest that no clause between has closed off: 연구원은 일자리가 늘며 기여한다고 → 일자리가.
    likely = [o for o in here if o.topic or not o.inner]
    return likely[-1:] or here[-1:]
