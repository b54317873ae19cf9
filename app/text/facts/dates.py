"""Dates and times: 지난달 27일, 2026년 3월, 내년 상반기, 오후 9시 30분; relative ones stay relative."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.text.facts.quantities import Quantity


class Moment(NamedTuple):
    """A date as its parts, coarse to fine (`Y2026`, `M3`, `D27`, `지난달`), and where it stands."""

    parts: tuple[str, ...]
    start: int
    end: int


class Hour(NamedTuple):
    """A time of day as the minutes after midnight that it may mean: 9시 alone is two of them."""

    minutes: tuple[int, ...]
    start: int
    end: int


# A line a meaning: its name, then the ways in which the press says it.
_WORDS = """
올해|금년|올
내년|이듬해|명년
지난해|작년|전년|전년도|지난 해
재작년|지지난해
이달|이번 달|이번달|금월
다음달|다음 달|내달|새달
지난달|지난 달|전월|전달
이번주|이번 주|금주
다음주|다음 주|내주
지난주|지난 주
오는
지난
이날
오늘|금일
내일
모레
어제
전날|하루 전
그제|그저께
이튿날|다음날|다음 날|익일
상반기
하반기
연말
연초
월말
월초
초순|상순
중순
하순
월요일
화요일
수요일
목요일
금요일
토요일
일요일
주말
봄철
여름철
가을철
겨울철
"""
NEUTRAL = frozenset(
    {"오는", "지난", "올해", "이달", "월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일"}
)
"""What a date may lose and still be read alike: 오는 27일, 올해 3월, 27일(금요일)."""
_NAMES = {form: line.split("|")[0] for line in _WORDS.strip().splitlines() for form in line.split("|")}
# 오는 and 지난 are dates only before one: 지난 27일, 오는 10월; 올 only before a season, a half or a month.
_LEADING = {"오는", "지난", "올"}
_WORD = re.compile(rf"(?<![가-힣])(?P<word>{'|'.join(sorted(_NAMES, key=len, reverse=True))})")
_WEEKDAY = re.compile(r"(?<=\()(?P<day>[월화수목금토일])(?=\))")
_GAP = re.compile(r"[\s(]*")
_EDGE = re.compile(
    r"\s?(?P<edge>초순?|상순|중순|말|하순)(?![가-힣])|\s?(?P<edge2>초|중순|말)(?=[에의부까이로])"
)
_EDGES = {"초": "초순", "상순": "초순", "말": "하순"}
GROUPS = {
    form: group
    for group, forms in {
        "year": "올해 금년 내년 이듬해 지난해 작년 재작년 내후년",
        "month": "이달 다음달 내달 지난달",
        "week": "이번주 다음주 지난주",
        "day": "오늘 내일 모레 어제 전날 그제 이튿날",
        "half": "상반기 하반기",
        "edge": "연말 연초",
        "third": "초순 중순 하순",
        "noon": "오전 오후",
        "weekday": "월요일 화요일 수요일 목요일 금요일 토요일 일요일",
        "season": "봄 여름 가을 겨울",
    }.items()
    for form in forms.split()
}
"""Words of which one cannot stand for another of its group."""
_HALVES = {"오전": 0, "새벽": 0, "아침": 0, "오후": 12, "저녁": 12, "밤": 12, "낮": 12}
_HALF = re.compile(rf"(?P<half>{'|'.join(_HALVES)})\s?$")
_CLOCK = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!\d)")
_NAMED_HOUR = re.compile(r"(?<![가-힣])(?P<word>정오|자정)(?![가-힣]{2})")
_MINUTE_REACH = 2
_DAY = 24 * 60


def moments(text: str, numbers: Iterable[Quantity]) -> tuple[Moment, ...]:
    """The dates of `text`, in order; `numbers` are its quantities."""
    pieces = sorted([*_numbered(text, numbers), *_worded(text)], key=lambda m: m.start)
    found: list[Moment] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and _continues(text, last, piece):
            found[-1] = Moment((*last.parts, *piece.parts), last.start, piece.end)
        else:
            found.append(piece)
    return tuple(m for m in found if not set(m.parts) <= {"오는", "지난"})


def _numbered(text: str, numbers: Iterable[Quantity]) -> list[Moment]:
    """Years, months and days in digits."""
    found = []
    for number in numbers:
        part = _part(number)
        if part is None:
            continue
        edge = _EDGE.match(text, number.end) if part[0] == "M" else None
        word = (edge["edge"] or edge["edge2"]) if edge else None
        parts = (part, _EDGES.get(word, word)) if word else (part,)
        found.append(Moment(parts, number.start, number.end))
    return found


def _part(number: Quantity) -> str | None:
    """`Y2026`, `M3`, `D27`; None where the number is no date."""
    value = small(number)
    if value is None or (number.bound and number.bound not in {"about", "least"}):
        return None
    if number.unit == "년" and 1000 <= value <= 2999:  # noqa: PLR2004
        return f"Y{value}"
    if number.unit == "월" and 1 <= value <= 12:  # noqa: PLR2004
        return f"M{value}"
    if number.unit == "일" and 1 <= value <= 31:  # noqa: PLR2004
        return f"D{value}"
    return None


def small(number: Quantity) -> int | None:
    """The value of a number of at most four digits, as those of dates and hours are; Python refuses to read 4,300."""
    return int(number.value) if len(number.value) <= 4 and number.value.isdecimal() else None  # noqa: PLR2004


def _worded(text: str) -> list[Moment]:
    found = []
    for m in _WORD.finditer(text):
        word = m["word"]
        follows = text[m.end() : m.end() + 3].lstrip()[:1]
        if (
            word in _LEADING
            and not follows.isdigit()
            and not (word == "올" and follows in set("봄여가겨상하"))
        ):
            continue
        if word == "전달" and follows not in {"보", "에", "과", "의", "대"}:
            continue  # 전달 is `handing over` far more often than the month before
        found.append(Moment((_NAMES[word],), m.start(), m.end()))
    found.extend(Moment((m["day"] + "요일",), m.start(), m.end()) for m in _WEEKDAY.finditer(text))
    return found


def _continues(text: str, last: Moment, piece: Moment) -> bool:
    """Whether a piece belongs to the date before it: only spaces between them, and finer than it."""
    if _GAP.fullmatch(text, last.end, piece.start) is None:
        return False
    kinds = [p[0] for p in last.parts if p[0] in "YMD" and p[1:].isdigit()]
    new = piece.parts[0]
    if new[0] in "YMD" and new[1:].isdigit():
        return all("YMD".index(k) < "YMD".index(new[0]) for k in kinds)
    return True


def hours(text: str, numbers: Iterable[Quantity]) -> tuple[Hour, ...]:
    """The times of day of `text`, in order; `numbers` are its quantities."""
    found: list[Hour] = []
    listed = list(numbers)
    for n, number in enumerate(listed):
        hour = small(number)
        if number.unit != "시" or hour is None or hour > 24:  # noqa: PLR2004
            continue
        before = _HALF.search(text, max(0, number.start - 4), number.start)
        end, minute = number.end, 0
        following = listed[n + 1] if n + 1 < len(listed) else None
        if (
            following is not None
            and following.unit == "분"
            and (said := small(following)) is not None
            and following.start - number.end <= _MINUTE_REACH
        ):
            end, minute = following.end, said
        elif text[number.end : number.end + 2].lstrip()[:1] == "반" and not text[
            number.end : number.end + 3
        ].endswith("반장"):
            minute = 30
        minutes = _minutes(hour, minute, before["half"] if before else None)
        found.append(Hour(minutes, before.start() if before else number.start, end))
    for m in _CLOCK.finditer(text):
        before = _HALF.search(text, max(0, m.start() - 4), m.start())
        half = before["half"] if before else ("오전" if len(m["hour"]) > 1 else None)
        if before is None and int(m["hour"]) > 12:  # noqa: PLR2004
            half = None
        found.append(
            Hour(
                _minutes(int(m["hour"]), int(m["minute"]), half),
                before.start() if before else m.start(),
                m.end(),
            )
        )
    found.extend(
        Hour((12 * 60,) if m["word"] == "정오" else (0,), m.start(), m.end())
        for m in _NAMED_HOUR.finditer(text)
    )
    return tuple(sorted(found, key=lambda h: h.start))


def _minutes(hour: int, minute: int, half: str | None) -> tuple[int, ...]:
    """What a time may mean: 오후 9시 is 21:00, 밤 12시 is midnight, 9시 alone is 09:00 or 21:00."""
    base = hour * 60 + minute
    if hour > 12 or hour == 0:  # noqa: PLR2004
        return (base % _DAY,)
    if half is None:
        return (base, (base + _DAY // 2) % _DAY)
    if hour == 12:  # noqa: PLR2004
        return (minute,) if half in {"밤", "새벽", "오전"} else (base,)
    if half == "밤" and hour < 5:  # noqa: PLR2004
        return (base,)
    if half == "낮" and hour >= 10:  # noqa: PLR2004
        return (base,)
    return (base + _HALVES[half] * 60,)
