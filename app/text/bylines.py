"""Bylines and datelines: who wrote an article and from where, as lines of their own or at a paragraph's ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.domain import Byline

_AGENCIES = r"(?:연합뉴스|뉴시스|뉴스1|뉴스핌|뉴스통신|이데일리|머니투데이|(?:로이터|AP|AFP|UPI|EPA|신화|교도)(?:[ =·-]?(?:연합|특약|종합))?|블룸버그|연합|[가-힣A-Za-z0-9]{1,8}(?:뉴스|일보|신문|경제|통신|투데이|타임스|저널|방송))"
_ROLE = (
    r"(?:선임\s?|전문\s?|대\s?|수습\s?|인턴\s?|객원\s?|시민\s?|사진\s?|외신\s?|부국장\s?|차장\s?|부장\s?)?"
    r"(?:기자|記者|특파원|特派員|논설위원|논설실장|논설주간|편집위원|편집국장|주필|칼럼니스트|통신원|주재기자|리포터|에디터|PD|아나운서|앵커|선임기자|데스크)"
)
_NAME = r"(?:[가-힣]{2,4}|[一-龥]{2,4})"
# The surnames of all but a handful of Koreans; two-syllable ones first.
_SURNAME = r"(?:남궁|황보|제갈|선우|독고|사공|서문|[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용예경봉사부가복태목형두감호])"
_FULL_NAME = rf"{_SURNAME}[가-힣]{{1,2}}"
_EMAIL = r"[A-Za-z0-9._%+-]{1,40}@[A-Za-z0-9.-]{1,40}\.[A-Za-z]{2,6}"
_PLACE = r"[가-힣一-龥]{2,8}(?:[·/][가-힣一-龥]{2,8})*"

# 홍길동 기자, 광주=홍길동 기자, 홍길동·김영희 기자, 홍길동 기자 a@b.kr
_PERSON = re.compile(
    rf"(?:(?P<place>{_PLACE})\s?[=＝]\s?)?(?P<names>{_NAME}(?:\s?[·,ㆍ/]\s?{_NAME}){{0,4}})\s?(?P<role>{_ROLE})"
    rf"(?:\s*[(<\[]?\s*(?P<email>{_EMAIL})\s*[)>\]]?)?"
)
_EMAIL_RE = re.compile(_EMAIL)
_EMAILS = re.compile(rf"{_EMAIL}(?:[\s,/·]{{1,3}}{_EMAIL}){{0,3}}")
_LEAD_MARK = re.compile(
    r"^[\s/▶▷■◆●○=\-–—~<\[(【|｜*]*(?:(?:글|사진|글[·ㆍ,/]사진|취재|정리|대담|진행|그래픽|영상|구성|사진[·ㆍ,/]글)\s?[=:/|]?\s*)?"
)
_FILL = re.compile(r"[\s/·ㆍ,.=|｜\-–—~<>\[\]()【】*■◆▶●○]+")
_CREW = re.compile(
    r"^[\s/<\[(=]*(?:특별취재[팀반]|취재[팀반]|편집국|[가-힣]{1,6}(?:부|팀|본부)\s?(?:종합|취재팀)|종합|(?P<agency>연합뉴스|뉴시스|뉴스1|AP|AFP|로이터))[\s>\])=]*(?:제공)?$"
)
# 한 사람의 이름과 직함: 칼럼과 기고의 끝이나 머리
_AUTHOR = re.compile(
    rf"^[\s/▶■◆●<\[(=\-–—]*(?P<name>{_FULL_NAME})(?<![은는이가을를의])(?:\s?[·ㆍ/,|(]\s?|\s)(?P<title>[가-힣A-Za-z0-9·ㆍ\s㈜]{{0,24}}?"
    r"(?:교수|명예교수|석좌교수|변호사|시인|소설가|수필가|작가|평론가|연구원|연구위원|연구실장|소장|원장|대표|대표이사|회장|이사장|센터장|위원|위원장|사무총장|사무국장"
    r"|의원|국장|과장|팀장|관장|박사|의사|전문의|세무사|회계사|노무사|건축가|화가|감독|교사|교장|총장|학장|신부|목사|스님|독자|주부|학생|회사원|농민|자문위원|명예기자"
    r"|차장|부장|부국장|칼럼니스트|조합장|이장|간사|활동가|사서|요리사|농부|약사|간호사|변리사|해설사|번역가|기획자|큐레이터|학예사"
    r"|사진가|만화가|연출가|배우|가수|연구가|비평가|저술가|방송인|교육자|이사|고문|단장|부대장|연구회|기업인|소방관|경찰관))[\s>\])]*$"
)
_READER = re.compile(
    rf"^[\s/<\[(=\-–—]*(?P<name>{_FULL_NAME})\s?[·ㆍ/,|(=]\s?(?P<place>[가-힣]{{1,8}}(?:시|군|구|도|동|읍|면|리)?(?:\s[가-힣0-9]{{1,8}}(?:시|군|구|동|읍|면|리|로|길)){{0,3}})[\s>\])]*$"
)
_IN_BRACKETS = re.compile(rf"^[\s/=\-–—]*(?P<name>{_FULL_NAME})\s?\((?P<place>[가-힣·,\s\d]{{2,24}})\)$")
_WIRE = re.compile(
    rf"^\s*(?:[\[(【〔](?P<place>{_PLACE}(?:[·,]\s?{_PLACE})?)\s?[=＝]\s?(?P<agency>{_AGENCIES})[\])】〕]"
    rf"|[\[(【〔](?P<agency2>{_AGENCIES})\s?[=＝]\s?(?P<place2>{_PLACE})?\s?(?P<inner>{_NAME}(?:[·,ㆍ]{_NAME}){{0,3}})\s?{_ROLE}[\])】〕]"
    rf"|[\[(【〔](?P<agency3>{_AGENCIES})\s(?P<inner3>{_NAME}(?:[·,ㆍ]{_NAME}){{0,3}})\s?{_ROLE}[\])】〕])"
)
_WIRE_NAMES = re.compile(rf"\s*(?P<names>{_NAME}(?:\s?[·,ㆍ]\s?{_NAME}){{0,4}})\s?{_ROLE}?\s?[=＝]\s?")
_PLAIN_OPENING = re.compile(
    rf"^\s*(?:(?P<place>{_PLACE})\s?[=＝/|]\s?)?(?P<names>{_NAME}(?:\s?[·,ㆍ]\s?{_NAME}){{0,3}})\s?{_ROLE}\s?[=＝]\s?"
)
_NOT_NAMES = frozenset(
    {"해당", "담당", "출입", "우리", "한국", "외신", "일부", "여성", "시민", "인턴", "현장", "동료", "취재"}
)
SHORTEST, LONGEST = 2, 90
LONGEST_AUTHOR = 44


class Found(NamedTuple):
    """Bylines in a text, and where in it they stand."""

    start: int
    end: int
    bylines: tuple[Byline, ...]
    dateline: str | None = None


def _people(
    text: str, names: str, email: str | None, place: str | None, agency: str | None
) -> tuple[Byline, ...]:
    del text
    each = [n for n in re.split(r"\s?[·,ㆍ/]\s?", names) if n]
    return tuple(
        Byline(n, email if len(each) == 1 or i == len(each) - 1 else None, agency, place)
        for i, n in enumerate(each)
    )


# 글 추산하 그림 방기웅: who wrote and who drew, without a title.
_WROTE = re.compile(
    rf"^[\s/<\[(]*(?:글|그림|글[·ㆍ]사진|글[·ㆍ]그림)\s?[=:]?\s?(?P<name>{_FULL_NAME})"
    rf"(?:[\s/·,]{{1,3}}(?:글|그림|사진|삽화)\s?[=:]?\s?(?P<other>{_FULL_NAME}))?[\s>\])]*$"
)


def byline(text: str) -> tuple[Byline, ...] | None:
    """The people of a line that is a byline and nothing else; None where the line is something else."""
    text = text.strip().strip("*").strip()
    if not SHORTEST <= len(text) <= LONGEST:
        return None
    crew = _CREW.match(text)
    if crew is not None:
        return (Byline(text.strip(" /<>[]()="), agency=crew["agency"]),)
    found: list[Byline] = []
    rest = text
    for m in _PERSON.finditer(text):
        if m["names"] in _NOT_NAMES:
            continue
        found += _people(text, m["names"], m["email"], m["place"], None)
        rest = rest.replace(m.group(), " ", 1)
    if found:
        left = _EMAIL_RE.sub(" ", rest)
        left = re.sub(
            rf"글|사진|취재|정리|대담|진행|그래픽|영상|구성|{_AGENCIES}|[가-힣]{{2,6}}(?:취재본부|본부|지사|주재)|{_PLACE}\s?=",
            " ",
            left,
        )
        if len(_FILL.sub("", left)) <= max(4, len(text) // 10):
            return tuple(found)
        return None
    if _EMAILS.fullmatch(text):
        return tuple(Byline("", each) for each in _EMAIL_RE.findall(text))
    return author(text)


def author(text: str) -> tuple[Byline, ...] | None:
    """The writer of a column or a letter, by name and title or name and place; a weaker sign than a reporter's line."""
    text = text.strip().strip("*").strip()
    wrote = _WROTE.match(text)
    if wrote is not None:
        return tuple(Byline(name) for name in (wrote["name"], wrote["other"]) if name)
    for pattern in (_AUTHOR, _READER, _IN_BRACKETS):
        m = pattern.match(text)
        if m is not None and len(text) <= LONGEST_AUTHOR:
            place = m["place"] if pattern is not _AUTHOR else None
            return (Byline(m["name"], place=place),)
    return None


def opening(text: str) -> Found | None:
    """A wire opening at the start of a paragraph: [서울=뉴시스] 홍길동 기자 =."""
    head = text[:LONGEST]
    wire = _WIRE.match(head)
    if wire is None:
        plain = _PLAIN_OPENING.match(head)
        if plain is None:
            return None
        return Found(
            0, plain.end(), _people(head, plain["names"], None, plain["place"], None), plain.group().strip()
        )
    place = wire["place"] or wire["place2"]
    agency = wire["agency"] or wire["agency2"] or wire["agency3"]
    inner = wire["inner"] or wire["inner3"]
    names = _WIRE_NAMES.match(head, wire.end())
    end = names.end() if names is not None else wire.end()
    who = names["names"] if names is not None else inner
    rest = re.compile(r"\s*[=＝]\s?").match(head, end)
    if rest is not None:
        end = rest.end()
    people = _people(head, who, None, place, agency) if who else ()
    return Found(0, end, people, wire.group().strip())


_CLOSING = re.compile(
    rf"(?<=[.?!”\"’'다)])\s*(?P<line>[/<\[(=▶■]*\s?(?:{_PLACE}\s?[=＝/]\s?)?{_NAME}(?:\s?[·,ㆍ]\s?{_NAME}){{0,3}}\s?{_ROLE}\s*[/·]?\s*[(<\[]?(?:{_EMAIL})?[)>\]]?[\s>\])]*)$"
)


def closing(text: str) -> Found | None:
    """A byline at the end of a paragraph, after its last sentence."""
    tail = text[-LONGEST:]
    m = _CLOSING.search(tail)
    if m is None:
        return None
    people = byline(m["line"])
    if not people:
        return None
    at = len(text) - len(tail)
    return Found(at + m.start("line"), len(text), people)
