"""Whether what modifies in a line still modifies what it does in its article: 1층에 조성된 문을 열지 못했다 has lost shops."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.text.facts import Fact
from app.text.facts.lexicon import HEDGE_NOUNS
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.text.facts.reading import Reading

# 지난 5월, 오는 31일: dates, which have checks of their own.
_DATED = frozenset({"지나", "오"})
_MARKS = frozenset({"SP", "SSO", "SSC", "SS", "SW"})
_ENDINGS = frozenset({"EC", "EF", "ETM", "ETN"})
_JOINED = frozenset({"", "of", "and"})
# 정부가 만든 국민이 원하는 정책: so many clauses may stand between a modifier and what it modifies.
_NESTED = 3


class _Modifier(NamedTuple):
    """The end of a word or a clause that modifies: its token, its tag and the content morphemes before it."""

    at: int
    tag: str
    words: tuple[str, ...]


def torn(line: Reading, sources: Sequence[Reading]) -> Iterator[Fact]:
    """Modifiers of `line` that stand before another word of their sentence than what they modify there."""
    mine = _modifiers(line)
    theirs = [(r, m) for r in sources for m in r.once(_modifiers)] if mine else []
    for modifier in mine:
        following = _next(line, modifier.at + 1)
        if following is None or modifier.words[-1] in _DATED:
            continue
        said = line.text[line.tokens[following].start : line.tokens[following].end]
        same = [(r, m) for r, m in theirs if m.tag == modifier.tag and m.words[-1] == modifier.words[-1]]
        nearer = [(r, m) for r, m in same if m.words == modifier.words]
        if same and all(
            _lost(said, r, m.at) and not _kept(line, modifier.at, r, m.at) for r, m in nearer or same
        ):
            yield Fact("subject", said, line.tokens[modifier.at].start, line.tokens[following].end)


def _modifiers(reading: Reading) -> list[_Modifier]:
    """Where something modifies: 조성된, 다온시의, 다온과, 다온 및."""
    found = []
    words: tuple[str, ...] = ()
    forms = {n: form for form, n in reading.contents}
    for n, token in enumerate(reading.tokens):
        if n in forms:
            words = (*words[-1:], forms[n])
        tag = base(token)
        if words and (tag in {"ETM", "JKG", "JC"} or (token.form, tag) == ("및", "MAJ")):
            found.append(_Modifier(n, tag, words))
    return found


def _next(reading: Reading, n: int) -> int | None:
    """The word right behind a modifier, marks aside; None where a number or nothing follows."""
    while n < len(reading.tokens) and base(reading.tokens[n]) in _MARKS:
        n += 1
    return n if n < len(reading.tokens) and base(reading.tokens[n]) != "NNB" else None


def _lost(said: str, reading: Reading, n: int) -> bool:
    """Whether a sentence has a word only beyond what its modifier that ends in token `n` modifies."""
    end = _modified(reading, n)
    if end is None:
        return False
    return said not in reading.text[reading.tokens[n].end : end] and said in reading.text[end:]


def _kept(line: Reading, at: int, reading: Reading, n: int) -> bool:
    """Whether a modifier of the line modifies the same in the end: 선보이는 이 서비스는, 선보이는 ‘새봄’ 서비스는."""
    mine, theirs = _modified(line, at), _modified(reading, n)
    head = next((w for w in reading.words if w.end == theirs), None)
    return mine is not None and head is not None and head.stem in line.text[line.tokens[at].end : mine]


def _modified(reading: Reading, n: int) -> int | None:
    """Where the noun ends that a modifier modifies; None where it is a hedge, whose bearer a line may name instead."""
    nested = 0
    following = [word for word in reading.words if word.first > n]
    if not following or following[0].parts[0] in HEDGE_NOUNS:
        return None  # 돈을 가로챈 혐의로 일당을 붙잡았다: 돈을 가로챈 일당
    for word in following:
        if word.role in _JOINED:
            continue
        ending = next(
            (base(t) for t in reading.tokens[word.first + len(word.parts) :] if base(t) in _ENDINGS), ""
        )
        if word.role == "topic" or ending != "ETM" or nested == _NESTED:
            return word.end
        nested += 1
    return following[-1].end
