"""Numbers with their unit and how they are bounded: 약 3억5천만원, 두 배, 절반, 3~5명, 10여 곳."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from app.text.facts.numerals import ARABIC, NATIVE, NATIVE_WORD, SINO, Numeral, arabic, sino
from app.text.facts.units import CURRENCY_SIGNS, GLUED, KNOWN, NAMES, glued


class Quantity(NamedTuple):
    """A number with its unit (empty where it has none), its bound (약, 이상, …; empty: exact) and its place."""

    value: str
    unit: str
    bound: str
    start: int
    end: int


# What a desk may not lose: more than, at least, up to, about. The words before and after a number, by what they say.
_BEFORE = re.compile(
    r"(?P<about>약|대략|어림잡아)|(?P<least>최소|적어도|최저)|(?P<most>최대|최장|많게는|최고)"
)
_BEFORE_REACH = 5
_AFTER = re.compile(
    r"(?:\([^()]{1,15}\))?(?:[을를이가도에]|까지|으로|보다)?\s?(?:(?:훨씬|크게|조금|소폭|약간)\s)?(?:"
    r"(?P<about>여(?![가-힣])|가량|안팎|내외|정도|남짓|쯤|전후|선(?![가-힣]))|(?P<least>이상)|(?P<most>이하|이내)|(?P<under>미만|밑도|밑돌|하회|못\s?미)"
    r"|(?P<over>초과(?!이익|수익|세수|달성|근무|수요|공급|지급)|넘|웃도|웃돌|상회)|(?P<near>육박|가까[이운]))"
)
_PER = re.compile(r"당(?![가-힣])")
_TENS_OF = re.compile(r"\s?대(?=[로에의를가는, ]|$)")
_MORE = re.compile(r"여\s?(?=[가-힣%])")
_JOINT = re.compile(r"\s?[~∼〜～–\-·∙・]\s?")
_MINUS = re.compile(r"(?:^|[\s(])[-−]$")
_RATIO = re.compile(
    r"(?<![\d.,])(\d{1,3})(?:\([^()\d]{1,8}\))?\s?(?:대|:|：)\s?(\d{1,3})(?=[으로의에]|\s|[^\d가-힣]|$)"
)
_SCORE = re.compile(r"(?<![\d.,\-])(\d{1,2})-(\d{1,2})(?=로|[^\d가-힣%\-]|$)")
_SLASHED = re.compile(r"(?<![\d/.])(?P<over>\d{1,2})/(?P<under>\d{1,2})(?![\d/])")
_FRACTION = re.compile(r"(?P<under>(?<!\d)\d+|[이삼사오]|몇)\s?분의\s?(?P<over>\d+|일|이|삼|사)")
_HALF = re.compile(
    r"절반|(?<![가-힣])과반|½|(?<![가-힣0-9])(?:갑절|곱절)"
    # 배가 뒤집혔다 and 배로 간다 are of boats.
    r"|(?<=[가-힣]\s)배(?=로\s?(?:늘|증|불|뛰|뛸|뛴|커|컸|높|올|오르|많|확대)|가(?:됐|되|된|될|량|하|했|시|를|운동)|\s?(?:이상|넘))"
)
# Native numerals name nothing else before these; before other nouns 한 is `a` or `the same`.
_COUNTERS = (
    "명|사람|곳|개|건|가지|번|차례|번째|째|살|세|해|달|주|시간|배|대|척|채|가구|마리|그루|권|편|장|점|표|골|팀|경기|자루|켤레|벌|잔|병|통|상자|"
    "줄|쪽|곡|매|쌍|끼|군데|분|돌|시|나라|종|종류|방|발|회|도시|기관|학교|회사|업체|지역"
)
_COUNTER = re.compile(
    rf"\s?(?P<unit>{'|'.join(sorted(_COUNTERS.split('|'), key=len, reverse=True))})(?=[^가-힣]|$|[이가은는을를의에로와과도만간여씩다인라였입]|(?<!번)째|까지|부터|으로|마다)"
)


@lru_cache(maxsize=64)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of `text` with their units, in order; years, days and hours among them.

    Remembered for the last texts, since each check of a line asks for the numbers of that line.
    """
    found: list[Quantity] = []
    taken = bytearray(len(text))  # a page of numbers would have each of them looked up among all before it

    def free(start: int, end: int) -> bool:
        return taken.find(1, start, end) < 0

    def take(quantity: Quantity) -> None:
        found.append(quantity)
        taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)

    for quantity in _special(text):
        if free(quantity.start, quantity.end):
            take(quantity)
    at = 0
    while (match := ARABIC.search(text, at)) is not None:
        numeral = arabic(text, match.start())
        at = match.end()
        if numeral is None or not free(numeral.start, numeral.end):
            continue
        quantity = _measured(text, numeral)
        take(quantity)
        at = max(quantity.end, numeral.end)
    for numeral, unit, end in _hangul(text):
        if free(numeral.start, end):
            take(_bounded(text, numeral, unit, end))
    found.sort(key=lambda q: q.start)
    return tuple(_shared_units(text, found))


def _special(text: str) -> list[Quantity]:
    found = []
    for m in (*_FRACTION.finditer(text), *_SLASHED.finditer(text)):
        under, over = (_plain(m[name]) for name in ("under", "over"))
        found.append(
            Quantity(
                f"{over}/{under}" if (over, under) != ("1", "2") else "50",
                "%" if under == "2" else "",
                "",
                m.start(),
                m.end(),
            )
        )
    found.extend(
        Quantity(f"{m[1]}:{m[2]}", "", "", m.start(), m.end())
        for m in (*_RATIO.finditer(text), *_SCORE.finditer(text))
    )
    for m in _HALF.finditer(text):
        value, unit, bound = {"절반": ("50", "%", ""), "½": ("50", "%", ""), "과반": ("50", "%", "over")}.get(
            m.group(), ("2", "배", "")
        )
        found.append(Quantity(value, unit, bound or _bound(text, m.start(), m.end()), m.start(), m.end()))
    return found


def _plain(word: str) -> str:
    if word.isdigit():
        return word
    number = sino(word)
    return word if number is None else _written(number)


def _measured(text: str, numeral: Numeral) -> Quantity:
    """A number in digits, with the unit after it (or the currency sign before it)."""
    sign = CURRENCY_SIGNS.get(text[numeral.start - 1 : numeral.start]) if numeral.start else None
    if sign is not None:
        return _bounded(text, numeral, sign, numeral.end)
    more = _MORE.match(text, numeral.end)
    at = more.end() if more else numeral.end
    if (known := KNOWN.match(text, at)) is not None:
        return _bounded(text, numeral, NAMES[known["unit"]], known.end("unit"))
    if more is None and (word := GLUED.match(text, at)) is not None:
        unit = glued(word.group())
        return _bounded(text, numeral, unit, at + len(unit))
    return _bounded(text, numeral, "", numeral.end)


def _hangul(text: str) -> list[tuple[Numeral, str, int]]:
    """Numerals in Hangul before a counter: 십여 명, 세 명, 두 배, 첫 번째."""
    found = []
    for m in SINO.finditer(text):
        number = sino(m["sino"])
        more = _MORE.match(text, m.end())
        unit = KNOWN.match(text, more.end() if more else m.end())
        if (
            number is None or unit is None or (number <= 1 and not m["several"]) or unit["unit"] == "인"
        ):  # 사흘 만인 6일
            continue
        if m["several"] or m["sino"] not in {"조", "억", "경"}:
            numeral = Numeral((number,), m.start(), m.end(), bool(m["several"]))
            found.append((numeral, NAMES[unit["unit"]], unit.end("unit")))
    for m in NATIVE_WORD.finditer(text):
        more = _MORE.match(text, m.end())
        unit = _COUNTER.match(text, more.end() if more else m.end())
        if unit is not None:
            values = tuple(Decimal(n) for n in NATIVE[m["native"]])
            found.append(
                (Numeral(values, m.start(), m.end()), NAMES.get(unit["unit"], unit["unit"]), unit.end())
            )
    return found


def _bounded(text: str, numeral: Numeral, unit: str, end: int) -> Quantity:
    value = "~".join(_written(v) for v in numeral.values)
    if _MINUS.search(text[max(0, numeral.start - 2) : numeral.start]):
        value = "-" + value
    bound = _bound(text, numeral.start, end)
    if not bound and _MORE.match(text, numeral.end):
        bound = "about"
    if not bound and (tens := _TENS_OF.match(text, end)) and unit in {"%", "원", "명", "달러", "살"}:
        bound, end = "tens", tens.end()
    if unit and _PER.match(text, end):
        unit, end = unit + "당", end + 1
    return Quantity(("수" if numeral.several else "") + value, unit, bound, numeral.start, end)


def _bound(text: str, start: int, end: int) -> str:
    after = _AFTER.match(text, end)
    if after is not None:
        return after.lastgroup or ""
    before = text[max(0, start - _BEFORE_REACH) : start].rsplit(",", 1)[-1]
    last = next(reversed(list(_BEFORE.finditer(before))), None)
    # 최고 3위 and 최대 규모 27명: the word must stand right before the number.
    if last is None or before[last.end() :].strip():
        return ""
    return last.lastgroup or ""


def _shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """Numbers of a range or a row take the unit of the last: 3~5명, 10·29일, 2024~2026년."""
    shared = list(found)
    for n in range(len(shared) - 2, -1, -1):
        this, following = shared[n], shared[n + 1]
        if not this.unit and following.unit and _JOINT.fullmatch(text, this.end, following.start):
            shared[n] = this._replace(unit=following.unit)
    return shared


def _written(value: Decimal) -> str:
    return format(value.normalize(), "f")
