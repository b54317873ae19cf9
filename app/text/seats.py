"""What a line is by its words, its traits and the lines around it: a headline, a body's first line, an advertisement.

A network (`app.text.context`) over hashed features, learned by `training/seats.py` from pages set in every width: where
lines are hard-wrapped, no line tells alone whether it opens a headline.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from app.text import signs
from app.text.context import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.text.context import Panel
    from app.text.lines import Line

_DIGITS = re.compile(r"\d+")
REACH = 48
NETWORKS: Final = ("seats-a", "seats-b")
"""The networks whose mean tells the seats."""
SEATS: Final = (
    "head",
    "rest",
    "sub",
    "lead",
    "body",
    "byline",
    "caption",
    "ad",
    "notice",
    "table",
    "furniture",
)


def seat_features(lines: Sequence[Line], i: int) -> list[str]:
    """The words of line `i`, how the lines before and after it end and begin, and how full each of them is."""
    line = lines[i]
    # "서비스 제공" is a headline's deed and "양산시 제공" a credit; both end alike.
    deed = line.text.endswith("제공") and not signs.WEAK_CREDIT.search(line.text)
    whole = line.text[:-2] + "지원" if deed else line.text
    text = _DIGITS.sub("0", whole[:REACH])
    end = _DIGITS.sub("0", whole[-12:])
    last = len(lines) - 1
    before = _DIGITS.sub("0", lines[i - 1].text[-16:]) if i else "^"
    after = _DIGITS.sub("0", lines[i + 1].text[:28]) if i < last else "$"
    after_end = lines[i + 1].text[-3:] if i < last else "$"
    third = _DIGITS.sub("0", lines[i + 2].text[:16]) if i + 1 < last else "$"
    third_end = lines[i + 2].text[-2:] if i + 1 < last else "$"
    lengths = [len(each.text) for each in lines[max(0, i - 3) : i + 5]]
    most = max(lengths)
    n = len(line.text)
    fill = n * 10 // most
    fill_before = len(lines[i - 1].text) * 10 // most if i else 11
    fill_after = len(lines[i + 1].text) * 10 // most if i < last else 11
    gap = bool(line.gap)
    gap_after = i < last and bool(lines[i + 1].gap)
    words, next_words = text.split(" "), after.split(" ")
    first, ending = words[0], before.rsplit(" ", 1)[-1]
    found = [f"b{text[k : k + 2]}" for k in range(len(text) - 1)]
    for word in words:
        found += ["w" + word[-1:], "v" + word[-2:], "F" + word]
    found += [f"s{text[:2]}", f"S{text[:3]}", "W" + first]
    found += [f"e{end[-1:]}", f"e{end[-2:]}", f"e{end[-3:]}", f"e{end[-4:]}"]
    found += [
        f"p{before[-1:]}",
        f"p{before[-2:]}",
        f"p{before[-3:]}",
        f"P{before[-1:]}|{fill_before}",
        "q" + ending,
    ]
    found += [
        f"x{before[-1:]}|{text[:1]}",
        f"x{before[-2:]}|{text[:1]}",
        f"x{before[-1:]}|{text[:2]}",
        f"x{before[-2:]}|{text[:2]}",
    ]
    found += [f"a{after[:1]}", f"a{after[:2]}", f"a{after[:3]}", "A" + next_words[0]]
    found += [
        f"y{end[-1:]}|{after[:1]}",
        f"y{end[-2:]}|{after[:1]}",
        f"y{end[-1:]}|{after[:2]}",
        f"y{end[-2:]}|{after[:2]}",
    ]
    for word in next_words[:-1]:
        found += ["z" + word[-1:], "Z" + word[-2:]]
    found += [
        f"N{after_end[-1:]}",
        f"N{after_end[-2:]}",
        f"N{after_end}",
        f"t{third[:2]}",
        f"T{third_end[-1:]}",
        f"T{third_end}",
    ]
    for word in third.split(" ")[:-1]:
        found.append("u" + word[-1:])
    found += [
        f"f{fill}",
        f"g{fill_before}",
        f"h{fill_after}",
        f"i{fill}|{fill_before}|{fill_after}",
        f"l{min(n, 96) // 6}",
    ]
    found += [
        f"G{gap}{gap_after}",
        f"H{gap}{gap_after}{fill}",
        f"I{gap_after}{end[-1:]}",
        f"J{gap}{before[-1:]}",
    ]
    return found


def features(lines: Sequence[Line], shown: Sequence[Mapping[str, float]]) -> Iterator[list[str]]:
    """The features of every line: its words and its neighbours', and the traits that it shows, in halves."""
    for i, traits in enumerate(shown):
        signs_of = [
            f"T{name}" if value == 1 else f"T{name}={round(2 * value)}" for name, value in traits.items()
        ]
        yield [*seat_features(lines, i), *signs_of]


def model() -> Panel:
    """The networks that training wrote."""
    return load(*NETWORKS)


def seats(lines: Sequence[Line], shown: Sequence[Mapping[str, float]], by: Panel) -> list[list[float]]:
    """For every line the log-probability of each of `SEATS`."""
    return by.log_probabilities(features(lines, shown))
