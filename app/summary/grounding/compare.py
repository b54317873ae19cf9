"""Which sentences a line was written from, and which of their words its words answer to."""

from __future__ import annotations

import re
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from app.text.facts.lexicon import DEMONSTRATIVES, POINTING
from app.text.facts.names import OFFICES, TITLES, may_name, one_name, surname, unlike
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain import Sentence
    from app.summary.grounding.source import Ground
    from app.text.facts.reading import Predicate, Reading, Word
    from app.text.facts.subjects import Phrase

# A sentence beside the evidence is read too where it holds this much more of the line.
_BETTER = 1.25
_ALIKE = 0.85
# A line is put together of so many more sentences at most, each with this share of what it weighs.
_TOGETHER = 2
_MUCH = 0.25
# A person's name stands this many words before the title at most: 이수현 한국은행 신임 총재.
_NAMES = 3


class Behind(NamedTuple):
    """The sentences behind a line."""

    own: tuple[Reading, ...]
    """Its evidence; where none was given, the sentences that share most with it."""
    all: tuple[Reading, ...]
    """Those, and sentences that hold more of it than its evidence does."""
    places: tuple[int, ...]
    """Where the sentences of `all` stand in the article."""


def behind(line: Reading, source: Ground, evidence: Sequence[Sentence]) -> Behind:
    """The readings of the sentences behind a line."""
    scores = [source.overlap(line.forms, n) for n in range(len(source.sentences))]
    given = {n for n, s in enumerate(source.sentences) if s in evidence} if evidence else set()
    best = max(scores, default=0.0)
    alike = {n for n, score in enumerate(scores) if score >= best * _ALIKE and score > 0}
    # A line that other sentences hold far better was not written from what is given as its evidence.
    astray = best > source.overlap_all(line.forms, given) * _BETTER
    own = given if given and not astray else _covering(line, source, alike)
    # What the evidence lacks of a line was taken from elsewhere: there it is looked up, too.
    more = alike if astray or not given else _covering(line, source, given)
    return Behind(
        tuple(source.reading(n) for n in sorted(own)),
        tuple(source.reading(n) for n in sorted(own | more)),
        tuple(sorted(own | more)),
    )


def _covering(line: Reading, source: Ground, own: set[int]) -> set[int]:
    """Those sentences, and those that hold much of what they lack of the line: it may be put together of several."""
    chosen = set(own)
    whole = fsum(source.weights.get(form, 0.0) for form in line.forms)
    while chosen and len(chosen) < len(own) + _TOGETHER:
        rest = line.forms.difference(*(source.forms[n] for n in chosen))
        held, n = max((source.overlap(rest & source.words, n), n) for n in range(len(source.sentences)))
        # Of a line with no word of the article nothing is held, and no sentence is the next.
        if not held or held < whole * _MUCH:
            break
        chosen.add(n)
    return chosen


def around(reading: Reading, at: int, before: int = 4, after: int = 2) -> set[str]:
    """The content morphemes next to token `at`."""
    left = [form for form, n in reading.contents if n < at]
    right = [form for form, n in reading.contents if n > at]
    return {*left[-before:], *right[:after]}


def answering(
    predicate: Predicate, line: Reading, sources: Iterable[Reading]
) -> list[tuple[Reading, Predicate]]:
    """The predicates of the source that one of the line repeats: the same lemma, in the likest surroundings."""
    near = around(line, predicate.at)
    found = [
        (len(near & around(reading, other.at)), reading, other)
        for reading in sources
        for other in reading.predicates
        if other.lemma == predicate.lemma
    ]
    best = max((score for score, _, _ in found), default=0)
    if predicate.nominal and any(
        form == predicate.lemma and not _stem(reading, n) and len(near & around(reading, n)) >= best
        for reading in sources
        for form, n in reading.contents
    ):
        return []  # a noun there too: 해석, 적용 of a row of nouns
    return [(reading, other) for score, reading, other in found if score == best]


def _stem(reading: Reading, n: int) -> bool:
    """Whether token `n` is the noun of a verb (수립하다)."""
    return n + 1 < len(reading.tokens) and base(reading.tokens[n + 1]) in {"XSV", "XSA", "VCP"}


def names(reading: Reading, phrase: Phrase) -> list[str]:
    """The proper names in a phrase."""
    return [
        token.form
        for word in phrase.words
        for token in reading.tokens[word.first : word.first + len(word.parts)]
        if base(token) in {"NNP", "SL", "SH"}
    ]


def one_subject(line: Reading, mine: Phrase, source: Reading, theirs: Phrase) -> bool:
    """Whether two subjects may be the same: 김철수 시장 and 김 시장, 해온시 and 시, 대보㈜ and 이 회사."""
    if [w.stem for w in mine.words[-2:]] == [w.stem for w in theirs.words[-2:]]:
        return True
    bearer = same_bearer(line, mine.head, source, theirs.head)
    if bearer is not None:
        return bearer
    if contrasts(mine, theirs):
        return False
    a, b = names(line, mine), names(source, theirs)
    if points(source, theirs):
        return _fits(mine, a, theirs, source)
    strange = [x for x in a if not any(one_name(x, y) or surname(x, y) for y in b)]
    lacking = [y for y in b if not any(one_name(x, y) or surname(x, y) for x in a)]
    if strange and lacking:
        return False
    return _one_head(mine, theirs, a, b) or (not strange and mine.head.stem in {w.stem for w in theirs.words})


def contrasts(mine: Phrase, theirs: Phrase) -> bool:
    """Whether one head is told apart by the words before it: 농사용 요금, 산업용 요금."""
    if mine.head.parts[-1] != theirs.head.parts[-1] or title(mine.head.stem):
        return False
    a, b = (_apart(p) for p in (mine, theirs))
    return bool(a and b) and not any(x == y or one_name(x, y) or x in y or y in x for x in a for y in b)


def _apart(phrase: Phrase) -> list[str]:
    """What tells a phrase's head apart: the words before it and the parts of its own word."""
    joined = "".join(phrase.head.parts[:-1])
    return [w.stem for w in phrase.words[:-1]] + ([joined] if joined else [])


def same_bearer(line: Reading, mine: Word, source: Reading, theirs: Word) -> bool | None:
    """Whether two words are one title of one person: 지 후보, 탁 후보 are two; None where no names tell.

    Names are read between spaces, since Kiwi takes rare ones apart.
    """
    if not title(mine.stem) or not (mine.stem.endswith(theirs.stem) or theirs.stem.endswith(mine.stem)):
        return None
    if {f"부{mine.stem}", f"부{theirs.stem}"} & {mine.stem, theirs.stem}:
        return False  # 시장, 부시장
    a, b = (_ahead(reading, word) for reading, word in ((line, mine), (source, theirs)))
    if any(may_name(x) and (x == y or surname(x, y)) for x in a for y in b):
        return True
    return False if a and b and unlike(a[-1], b[-1]) else None


def _ahead(reading: Reading, word: Word) -> list[str]:
    """The words before a word, three at most."""
    if reading.text[word.start - 1 : word.start] != " ":
        return []
    return [re.sub(r"\(.*", "", piece) for piece in reading.text[: word.start].split()[-_NAMES:]]


def _one_head(mine: Phrase, theirs: Phrase, a: list[str], b: list[str]) -> bool:
    """Whether the heads of two phrases, with the names in them, may name the same."""
    head, other = mine.head.stem, theirs.head.stem
    if one_name(head, other) or head.endswith(other) or other.endswith(head):
        return True
    if other.endswith(OFFICES.get(head, ())) or head.endswith(OFFICES.get(other, ())):
        return True  # 경찰, 다온경찰서
    if any(x == y or surname(x, y) for x in a for y in b):
        return title(head) or title(other) or head in b or other in a
    return len(mine.head.parts[-1]) > 1 and mine.head.parts[-1] == theirs.head.parts[-1] and set(a) <= set(b)


def _fits(mine: Phrase, named: list[str], theirs: Phrase, source: Reading) -> bool:
    """Whether a subject may be what a pointing noun points to: 해온시 for 시, 대보㈜ for 회사, anyone for 그."""
    head = theirs.head
    if base(source.tokens[head.first]) == "NP" or (
        head.first and base(source.tokens[head.first - 1]) == "MM"
    ):
        return True
    if mine.head.stem.endswith(head.stem):
        return True
    return not title(head.stem) and not title(mine.head.stem) and bool(named)


def points(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase only points back at what was named before: 그, 이 회사, 시."""
    if len(phrase.words) > 1:
        return False
    first = phrase.head.first
    if base(reading.tokens[first]) == "NP":
        return True
    if first and base(reading.tokens[first - 1]) == "MM":
        return reading.tokens[first - 1].form in DEMONSTRATIVES
    return phrase.head.stem in POINTING and base(reading.tokens[first]) != "NNP"


def title(stem: str) -> bool:
    """Whether a word is a person's title."""
    return stem.endswith(TITLES)
