"""Whether a line's values stand with what its article has them stand with: 5년 생존율은 84.6%, and not 1년 생존율."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.grounding.clauses import clauses
from app.text.facts import Fact
from app.text.facts.lexicon import OPPOSITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.summary.grounding.clauses import Clause
    from app.summary.grounding.source import Ground
    from app.summary.grounding.values import Value
    from app.text.facts.reading import Reading

# What is counted by these and not named again is a part of what was named: 현장 56곳을 점검해 34곳에 과태료를 물렸다.
# 명 is not among them: police and whom they arrest are both counted by it.
_THINGS = frozenset({"곳", "개", "건", "채", "대", "척", "마리", "동", "권", "편", "개소"})


def mismatched(line: Reading, own: Sequence[int], source: Ground) -> Iterator[Fact]:
    """The values of `line` that stand with a word which the article has only with another value of that unit."""
    mine = clauses(line)
    told = {(v.unit, v.value) for clause in mine for v in clause.values}
    if not told:
        return
    for clause in mine:
        for value in clause.values:
            homes = _homes(value, own, source)
            word = homes and (
                _elsewhere(value, clause, homes, told, own, source)
                or _turned(clause, homes)
                or _given(clause, homes)
            )
            if word:
                start, end = line.tokens[value.at].start, line.tokens[value.end - 1].end
                yield Fact("number", f"{word} {value.value}{value.unit}", start, end)


def _homes(value: Value, own: Sequence[int], source: Ground) -> list[Clause]:
    """The clauses that have a value: of the sentences behind the line, else of the article."""
    for searched in (own, range(len(source.sentences))):
        homes = [c for n in searched for c in source.clauses(n) if _has(c, value)]
        if homes:
            return homes
    return []


def _turned(clause: Clause, homes: Sequence[Clause]) -> str | None:
    """A word of the value's clause whose opposite stands with the value wherever the article has it."""
    for word in sorted(clause.turns):
        if all(word not in home.turns and OPPOSITES[word] & home.turns - clause.turns for home in homes):
            return word
    return None


def _given(clause: Clause, homes: Sequence[Clause]) -> str | None:
    """Whom the line gives a value that the article gives to somebody else."""
    if clause.given and all(home.given and not clause.given & home.words for home in homes):
        return min(clause.given)
    return None


def _elsewhere(
    value: Value,
    clause: Clause,
    homes: Sequence[Clause],
    told: set[tuple[str, str]],
    own: Sequence[int],
    source: Ground,
) -> str | None:
    """A word of the value's clause that the article has with other values of its unit, and never with it."""
    others = {str(v) for v in clause.values if v.unit and v != value}
    done = clause.done if value.unit == "시" else frozenset[str]()
    for word in sorted(clause.told | others | done):
        if len(word) == 1 or any(_has_word(home, word) for home in homes):
            continue
        searched = own if word in others else source.having(word)
        with_it = [c for n in searched for c in source.clauses(n) if word in c.words]
        if not with_it or any(_has(c, value) for c in with_it):
            continue
        if value.unit in _THINGS and _same_things(value, clause, homes):
            continue
        if all(any(_rivals(v, value) and (v.unit, v.value) not in told for v in c.values) for c in with_it):
            return word
    return None


def _has_word(home: Clause, word: str) -> bool:
    """Whether a clause has a word, or the end of it that names the same again: 후보 for 시장후보."""
    return word in home.words or any(len(held) > 1 and word.endswith(held) for held in home.words)


def _same_things(value: Value, clause: Clause, homes: Sequence[Clause]) -> bool:
    """Whether a number of things is of what was named before it, or is followed by the noun that it counts."""
    key = (value.unit, value.value)
    followed = {counted for counted in clause.counted if counted[:2] == key}
    return all(key in home.alone for home in homes) or any(followed & home.counted for home in homes)


def _has(clause: Clause, value: Value) -> bool:
    return any(v.unit == value.unit and v.value == value.value for v in clause.values)


def _rivals(one: Value, other: Value) -> bool:
    """Whether one may stand in the other's place; a time that is only compared with is when nothing happened."""
    return one.unit == other.unit and one.value != other.value and not one.compared
