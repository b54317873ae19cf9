"""The values of a sentence: its numbers with their units, and the words of time of which one excludes another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.text.facts.dates import GROUPS
from app.text.facts.quantities import quantities
from app.text.facts.tails import base

if TYPE_CHECKING:
    from app.text.facts.quantities import Quantity
    from app.text.facts.reading import Reading


class Value(NamedTuple):
    """A number with its unit, or a word of time of which one excludes another (오전, 오후)."""

    unit: str
    value: str
    at: int
    """Index of its first token."""
    end: int
    """Index of the first token after it."""
    compared: bool = False
    """Whether it is a time that another is compared with: 지난해 같은 달보다."""

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


TIMES = {word: group for word, group in GROUPS.items() if group in {"noon", "half", "year"}} | {
    "새벽": "noon"
}


def values_of(reading: Reading) -> tuple[Value, ...]:
    """The numbers and words of time of a sentence, in order."""
    found = []
    numbers = quantities(reading.text)
    n = 0
    for number in numbers:
        while n < len(reading.tokens) and reading.tokens[n].start < number.start:
            n += 1
        end = n
        while end < len(reading.tokens) and reading.tokens[end].start < number.end:
            end += 1
        if end > n and not _of_name(reading.text, number):
            found.append(Value(number.unit, number.value, n, end))
        n = end
    taken = {n for v in found for n in range(v.at, v.end)}
    found += [
        Value(TIMES[t.form], t.form, n, n + 1, _compared(reading, n))
        for n, t in enumerate(reading.tokens)
        if t.form in TIMES
        and n not in taken
        and base(t) in {"NNG", "NNB", "MAG"}
        and not _named_after(reading, n)
    ]
    return tuple(sorted(found, key=lambda v: v.at))


def _of_name(text: str, number: Quantity) -> bool:
    """코로나19, B2B: a number without a unit, right behind a letter, is of a name."""
    return not number.unit and text[number.start - 1 : number.start].isalpha()


def _named_after(reading: Reading, n: int) -> bool:
    """새벽배송, 오전반: a word of time in a compound says when nothing happened."""
    after = reading.tokens[n + 1] if n + 1 < len(reading.tokens) else None
    return after is not None and after.start == reading.tokens[n].end and base(after) in {"NNG", "NNP"}


def _compared(reading: Reading, n: int) -> bool:
    """지난해보다, 지난해 같은 달보다, 작년 대비: what is compared with is not when."""
    for token in reading.tokens[n + 1 : n + 6]:
        if token.form in {"보다", "대비"}:
            return True
        if base(token) not in {"MM", "NNG", "NNB", "VA", "XSA", "ETM", "NP"}:
            return False
    return False


def counted_behind(reading: Reading, value: Value) -> str:
    """The noun right behind a value, or nothing."""
    after = reading.tokens[value.end] if value.end < len(reading.tokens) else None
    return after.form if after is not None and base(after) in {"NNG", "NNP"} else ""


def stands_alone(reading: Reading, value: Value) -> bool:
    """Whether no noun stands right before a value, in its clause, to say what is counted."""
    return value.at == 0 or base(reading.tokens[value.at - 1]) in {"ETM", "EC", "SP", "MAG"}
