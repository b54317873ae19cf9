"""What stands before a sentence and is none of it: a dateline, a byline, a bullet, a connective.

A table; each row's examples are its tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.summary.compress.lexicon import words
from app.summary.compress.marks import enclosed


@dataclass(frozen=True, slots=True)
class Opening:
    """A pattern at the start of a sentence, and sentences with and without it."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[tuple[str, str], ...]


def _starts(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


_CONNECTIVES = words(
    "한편 또 또한 특히 아울러 앞서 이어 이후 이어서 그러나 하지만 다만 그런데 그리고 그러면서 그러자 그러므로 따라서 그래서 그럼에도 "
    "그럼에도_불구하고 이에 이에_따라 이에_힘입어 이에_대해 이에_앞서 이와_함께 이와_관련해 이와_관련 이와_더불어 이와_달리 이와_별도로 이를_위해 "
    "이를_통해 이를_두고 이처럼 이같이 이_같은_이유로 이로써 이로_인해 이_때문에 여기에 여기에다 여기에_더해 이에_더해 이_밖에 이_밖에도 이밖에 이밖에도 이외에도 이_외에도 "
    "반면 반면에 반대로 결국 우선 먼저 실제 실제로 무엇보다 나아가 더_나아가 더구나 게다가 더불어 즉 다시_말해 예를_들어 예컨대 "
    "그_결과 이_결과 그_대신 대신 이_과정에서 그_과정에서 이_자리에서 이날_자리에서 이_경우 이런_가운데 이_가운데 이_중 이_중에서 이중 그중 이런_상황에서 "
    "당초 끝으로 마지막으로 참고로 아울러서 또_다른_한편 다음으로 둘째 셋째 첫째 이어_그는 물론"
)

_SOURCES = (
    r"(?:연합뉴스|뉴시스|뉴스1|게티이미지\S{0,4}|로이터|AP|AFP|EPA|[가-힣]{2,4}(?:일보|신문|통신|뉴스))"
)

OPENINGS: tuple[Opening, ...] = (
    Opening(
        "credit of an agency, run together with its sentence",
        _starts(rf"(?:\d{{4}}\.\s?\d{{1,2}}\.\s?\d{{1,2}}\.?\s*)?/\s?{_SOURCES}\s*(?!DB)(?=[가-힣A-Z])"),
        (
            ("/가온뉴스해온시는 도서관을 열었다.", "해온시는 도서관을 열었다."),
            ("2025.11.26 /가온통신 해온시는 도서관을 열었다.", "해온시는 도서관을 열었다."),
        ),
    ),
    Opening(
        "agency run together with its sentence",
        _starts(
            r"(?:연합뉴스|뉴시스|뉴스1)(?!\s?(?:기자|취재|보도|특파원|인터뷰|TV))(?!(?:은|는|이|가|의|에|와|과|도|를|을|로|에서|에게|에는|측)\s)\s?(?=[가-힣])"
        ),
        (("연합뉴스해온위원회가 심사를 마쳤다.", "해온위원회가 심사를 마쳤다."),),
    ),
    Opening(
        "credit of who is spoken of",
        _starts(r"([가-힣A-Za-z0-9]{2,12})\s제공\s+(?=\1)"),
        (("가온대 제공 가온대는 상을 받았다.", "가온대는 상을 받았다."),),
    ),
    Opening(
        "credit run together with its sentence",
        _starts(
            r"(?:사진\s?[=:]?\s?)?[가-힣A-Za-z0-9]{2,12}(?:\s[가-힣A-Za-z0-9]{2,8})?\s제공(?![하한할함해했되된될돼됐받을를이은의에과와도으자량업])(?=[가-힣A-Z])"
        ),
        (("새봄차 제공새봄차는 공장을 열었다.", "새봄차는 공장을 열었다."),),
    ),
    Opening(
        "bullet",
        _starts(r"[◇◆■□▲△▶▷●○◎☞※☆★▣/\-–—*•·]+\s*"),
        (("◇ 시는 도서관을 열었다.", "시는 도서관을 열었다."),),
    ),
    Opening(
        "who speaks, in a broadcast's script",
        _starts(r"(?:◀\s*)?(?:앵커|기자|리포트|인터뷰|아나운서)\s*▶\s*"),
        (("앵커 ▶시는 도서관을 열었다.", "시는 도서관을 열었다."),),
    ),
    Opening(
        "tag of a broadcaster's clip",
        _starts(r"동영상\s뉴스\s+"),
        (("동영상 뉴스 시는 도서관을 열었다.", "시는 도서관을 열었다."),),
    ),
    Opening(
        "dateline",
        _starts(
            r"(?:[\[【][^\[\]()【】]{1,12}\([^()]{1,8}\)\s*=[^\[\]【】]{1,12}[\]】]|[\[(【][^\[\]()【】]{1,24}[\])】])\s*(?:[가-힣]{2,4}(?:\s*[·,]\s*[가-힣]{2,4})*\s*(?:\S{0,3}기자|특파원|통신원)\s*)?=?\s*"
        ),
        (
            ("[해담=세종통신] 김가온 기자 = 시는 도서관을 열었다.", "시는 도서관을 열었다."),
            ("(해담=가온통신) 시는 도서관을 열었다.", "시는 도서관을 열었다."),
            ("[가온경제(해담)=김가온 기자]해담시는 도서관을 열었다.", "해담시는 도서관을 열었다."),
        ),
    ),
    Opening(
        "dateline without its end",
        _starts(r"\[[가-힣A-Za-z0-9]{2,12}=[가-힣]{2,4}\s*\S{0,3}기자\s+"),
        (("[가온경제=김가온 기자 해담의 가게들은 문을 닫았다.", "해담의 가게들은 문을 닫았다."),),
    ),
    Opening(
        "credit of an archive",
        _starts(r"[가-힣]{2,8}\s?DB\s+"),
        (("/가온일보DB 시는 도서관을 열었다.", "시는 도서관을 열었다."),),
    ),
    Opening(
        "byline with an address",
        _starts(r"[가-힣]{2,4}\s*\S{0,3}(?:기자|특파원)\s+\S*@\S*\s+"),
        (("김가온 기자 gaon@ 시는 도서관을 열었다.", "시는 도서관을 열었다."),),
    ),
    Opening(
        "byline",
        _starts(r"[가-힣]{2,4}(?:\s*[·,]\s*[가-힣]{2,4})*\s*(?:\S{0,3}기자|특파원)\s*=\s*"),
        (("김가온 기자 = 시는 도서관을 열었다.", "시는 도서관을 열었다."),),
    ),
    Opening(
        "connective",
        _starts(
            "(?:"
            + "|".join(re.escape(c).replace("_", r"\s+") for c in sorted(_CONNECTIVES, key=len, reverse=True))
            + r")(?:,\s*|\s+)"
        ),
        (
            ("한편 시는 도서관을 열었다.", "시는 도서관을 열었다."),
            ("이에 따라 시는 도서관을 연다.", "시는 도서관을 연다."),
            ("특히, 시는 도서관을 늘렸다.", "시는 도서관을 늘렸다."),
        ),
    ),
)


def body_at(text: str) -> int:
    """Where the sentence itself begins, past everything of the table."""
    at, before = _glued(text), -1
    while at != before:
        before = at
        for opening in OPENINGS:
            match = opening.pattern.match(text, at)
            if match is not None and match.end() < len(text):
                at = match.end()
    return at


# Outside quotation marks, a sentence that ended: …이 처음이다.27일 시는 …
_ENDED = re.compile(r"[다요]\.\s*(?=[가-힣\d“‘\"'])")

# …3명 부상(해온=가온통신) 나가온 기자 = 시는 …: a headline before the byline.
_BYLINE = re.compile(
    r"\([가-힣A-Za-z0-9 ]{2,12}\s?=\s?[가-힣]{2,4} (?:기자|특파원)\)\s*(?=\S)|[\[【]\s?[가-힣]{2,4} \S{0,3}(?:기자|특파원)\s?[\]】]\s*(?=\S)|[가-힣]{2,4}(?:\s*[·,]\s*[가-힣]{2,4})*\s*(?:\S{0,3}기자|특파원)\s*=\s*(?=\S)"
)


# … 추세 유지 [가온뉴스] 28일 시는 …; … 조직도 (출처 해온청) 해온청은 …
_AGENCY = re.compile(
    r"(?<=[\s가-힣])(?:\[[가-힣A-Za-z0-9 ]{0,8}(?:뉴스|경제|일보|신문|통신|타임스|투데이|닷컴)[^\[\]]{0,20}\]|\((?:출처|자료|사진)[^()]{0,20}\))\s*(?=\S)"
)


def _glued(text: str) -> int:
    """Where the last of several sentences begins that were taken for one."""
    inside = enclosed(text)
    bylines = [m.end() for m in _BYLINE.finditer(text) if not any(lo < m.start() < hi for lo, hi in inside)]
    pictures = [
        m.end() for m in _AGENCY.finditer(text) if not any(lo < m.start() < hi - 1 for lo, hi in inside)
    ]
    ends = [m.end() for m in _ENDED.finditer(text) if not any(lo < m.start() < hi for lo, hi in inside)]
    return max([0, *ends, *bylines, *pictures, _named_again(text), _dashed(text)])


# 해온청, 대학과 협약 체결 -해온청(청장 서가온)과 새봄대는 …: a subhead runs on to a dash, and named it first.
_DASH = re.compile(r"\s-\s?(?=([가-힣A-Za-z]{2,12})(?:\([^()]{1,20}\))?(?:은|는|이|가|과|와)\s)")


def _dashed(text: str) -> int:
    """Where the sentence begins behind a dash, where a heading before it has named who it is about."""
    dash = _DASH.search(text) if " -" in text else None
    return dash.end() if dash is not None and dash[1] in text[: dash.start()] else 0


# 가온생명 가온생명이 …: a label before the sentence that begins with it.
_LABEL = re.compile(r"([가-힣A-Za-z]{2,12})\s+(?=\1(?:은|는|이|가)\s)")


# Subheads run together with the sentence: … 영상 제공 세대별 면담 담아 새봄몰은 …, where they named it first.
_TOPIC = re.compile(r"(?:^|[\s)\]])([가-힣A-Za-z]{2,12})(?:은|는|이|가)\s")
_PARTICLE = re.compile(r"[가-힣][은는을를이가에로와과서며고]$")
_LEAST_HEADING = 4


def _named_again(text: str) -> int:
    """Where the sentence begins whose topic a heading before it has named, in words without particles."""
    label = _LABEL.match(text)
    if label is not None:
        return label.end()
    topic = _TOPIC.search(text)
    if topic is None:
        return 0
    before = [word.strip(")]·'\"‘’“”") for word in re.split(r"[\s,(\[]+", text[: topic.start(1)])]
    if len(before) < _LEAST_HEADING or topic[1] not in before or any(map(_PARTICLE.search, before)):
        return 0
    return topic.start(1)
