"""Korean numerals to numbers: 3억5천만, 20만3220, 십여, 수백, 스물다섯, 두세."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12, "경": 10**16}
# No page counts so far. A line of ten thousand 만 would be a number of forty thousand digits.
_BEYOND = 10**40
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "칠": 7, "팔": 8, "구": 9}
_ONES = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_TENS = {
    "열": 10,
    "스물": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_OTHER = {"스무": 20, "첫": 1, "하나": 1, "둘": 2, "셋": 3, "넷": 4, "석": 3, "넉": 4, "서": 3, "너": 4}
_PAIRS = {
    "한두": (1, 2),
    "두세": (2, 3),
    "서너": (3, 4),
    "네다섯": (4, 5),
    "너덧": (4, 5),
    "대여섯": (5, 6),
    "예닐곱": (6, 7),
}

NATIVE: dict[str, tuple[int, ...]] = {
    **{word: (n,) for word, n in {**_ONES, **_TENS, **_OTHER}.items()},
    **{ten + one: (a + b,) for ten, a in _TENS.items() for one, b in _ONES.items()},
    **_PAIRS,
}
"""Native numerals as they stand before a counter; two numbers where the word leaves it open (두세)."""

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
ARABIC = re.compile(rf"(?P<digits>{_DIGITS})(?P<magnitude>[십백천만억조경]*)")
# A numeral in Hangul counts only before a counter (the caller asks for it): 이사, 구조 and 만사 are words.
SINO = re.compile(
    r"(?<![가-힣A-Za-z0-9])(?P<several>수|몇\s?)?(?P<sino>[일이삼사오육칠팔구십백천만억조]*[십백천만억조])"
)
NATIVE_WORD = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<native>{'|'.join(sorted(NATIVE, key=len, reverse=True))})(?=[\s가-힣])"
)


class Numeral(NamedTuple):
    """A number as it stands in a text, before its unit; `several` marks 수십, 몇백."""

    values: tuple[Decimal, ...]
    start: int
    end: int
    several: bool = False


def arabic(text: str, at: int) -> Numeral | None:
    """The number written in digits that starts at `at`, with its magnitudes: 3억 5000만, 20만3220, 1.5조."""
    total, section, end = Decimal(0), Decimal(0), at
    ceiling: int | None = None  # The last magnitude of ten thousands: what follows is less.
    step: int | None = None  # The last of 천, 백, 십 since then.
    while True:
        going = ceiling is not None or step is not None
        match = ARABIC.match(text, end + (text[end : end + 1] == " " and going))
        if match is None:
            break
        small, large = _scales(match["magnitude"])
        value = Decimal(match["digits"].replace(",", "")) * small
        if match.start() > end and small * large == 1:
            break
        if step is not None and value >= step:
            break
        if ceiling is not None and (large >= ceiling or value * large >= ceiling):
            break
        section, end = section + value, match.end()
        if large > 1:  # 1천420억: what stood before in this section is multiplied, too
            total, section, ceiling, step = total + section * large, Decimal(0), large, None
        elif small > 1:
            step = small
        else:
            break
    return Numeral((total + section,), at, end) if end > at else None


def _scales(magnitude: str) -> tuple[int, int]:
    """What a run of magnitude syllables multiplies by, below ten thousand and from there on: 천만 is 1000, 10000.

    Beyond all numbers it grows no further.
    """
    small = large = 1
    for char in magnitude:
        small = min(_BEYOND, small * _SMALL.get(char, 1))
        large = min(_BEYOND, large * _LARGE.get(char, 1))
    return small, large


def sino(word: str) -> Decimal | None:
    """A numeral in Sino-Korean Hangul, 이십삼만 or 천오백; None where it is not one."""
    total, section, digit = 0, 0, 0
    for char in word:
        if char in _SINO:
            if digit:
                return None
            digit = _SINO[char]
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit = 0
        else:
            total += (section + digit or 1) * _LARGE[char]
            section = digit = 0
    return Decimal(total + section + digit)
