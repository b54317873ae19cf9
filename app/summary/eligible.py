"""Whether a sentence of a body may be evidence at all: captions, credits, subheads and bylines may not."""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Sentence

_AGENCY = r"(?:연합뉴스|뉴시스|뉴스1|News1|연합|AP|AFP|로이터|EPA|게티이미지\w{0,12}|이미지투데이)"
_CREDIT = re.compile(
    r"(?:사진|이미지|자료|그래픽|그림|출처|캡처|영상)\s?(?:[=:]|설명|제공)|[\[(]촬영\s"
    rf"|[\[(〈<][^\])〉>]{{0,20}}(?:제공|캡처|DB|기자|{_AGENCY})\s?[\])〉>]\s*\.?$"
    rf"|(?:제공|캡처|DB|{_AGENCY})\s*\.?$|/\s?[가-힣A-Z][\w.=]{{0,11}}$"
    r"|[가-힣]/\s?(?:유튜브|인스타그램|페이스북|트위터|방송|온라인|독자|SNS)[^/.]{0,30}$"
    r"|^기사\s?내용\s?요약$|◀|시간입니다\.?$|\S\s?/$|(?:화면|전경|조감도|로고|포스터)$|[ⓒ©]|무단\s?(?:전재|복제)|재배포|재판매|\w@\w|^[가-힣]{2,4}\s(?:선임|인턴)?기자\b.{0,20}$"
    r"|\((?:공동취재)?사진[^)]{0,12}\)|[(（](?:[左右]|왼쪽|오른쪽|가운데)\s?(?:사진)?[)）]|^\[[^\]]*\]$"
    r"|모습(?:이다)?\.?(?:\s?[\[(/].*)?$|^사진은\s|^[\[(](?:왼|오른|맨|위|아래|앞|뒷)[^\])]*(?:부터|쪽|줄)"
)
# 28일 오전 … 들어서고 있다: what is told as it goes on at a point in time is what a picture shows.
_SCENE = re.compile(
    r"(?<![~∼-])\d{1,2}일(?:\([^)]{0,12}\))?\s(?:오전|오후|새벽|낮|밤|저녁|서울|부산|인천|대구|광주|대전|울산|경기|강원|충[남북청]|전[남북라]|경[남북상]|제주|(?:[가-힣]{1,8}\s){1,3}[가-힣]{1,8}에서\s)"
    r"[^.]{0,200}[가-힣]고\s(?:있다|있습니다)\.?(?:\s?[(\[/].*)?$"
)
_POSE = re.compile(r"(?:기념\s?촬영|기념사진|포즈|인사말|파이팅|악수)[을를]?\s?\S{1,4}고\s(?:있다|있습니다)")
_SAID = re.compile(r"현재|기준|[“”\"]|[밝말전]\S{0,3}고\s있|보이고\s있")
_HEAD = re.compile(r"\s*[■□◆◇▲△▶▷●※☞━★☆ㆍ\U0001f300-\U0001faff]|\s*<[^>]{1,20}>\s*$")
_FINAL = re.compile(r"[다요죠]$")
_SHORTEST = 15  # Characters. Below it a sentence of the press says nothing by itself (`목표는 2030년이다.`).


class Eligibility(IntEnum):
    """How fit a sentence is to stand for its article; a lower one is taken only where no higher is left."""

    NEVER = 0
    """A caption, a credit, a byline, a notice of rights."""
    STUB = 1
    """No finished statement: a subhead, a list's item, a question, a note in telegram style."""
    SENTENCE = 2


def eligibilities(sentences: Sequence[Sentence]) -> tuple[Eligibility, ...]:
    """What each of the sentences is; a note right above a line that is nothing but a credit is that picture's caption."""
    found = [eligibility(sentence) for sentence in sentences]
    for n, (sentence, after) in enumerate(pairwise(sentences)):
        if found[n] is Eligibility.STUB and sentence.paragraph < after.paragraph and _BARE.match(after.text):
            found[n] = Eligibility.NEVER
    return tuple(found)


_BARE = re.compile(r"\[[^\]]{1,24}(?:제공|캡처|DB|재판매)[^\]]{0,24}\]\s*$")


def eligibility(sentence: Sentence) -> Eligibility:
    """What `sentence` is, by its form alone."""
    text = sentence.text.strip()
    if _CREDIT.search(text) or _POSE.search(text) or (_SCENE.search(text) and not _SAID.search(text)):
        return Eligibility.NEVER
    words = [t for t in sentence.tokens if t.tag[0] not in "SW" or t.tag in ("SN", "SL", "SH")]
    if len(words) < 3:  # noqa: PLR2004 - a subject, its particle and a predicate
        return Eligibility.NEVER
    last = words[-1]
    finished = last.tag == "EF" and _FINAL.search(last.form) is not None and "?" not in text[-3:]
    if not finished or _HEAD.match(text) or len(text) < _SHORTEST:
        return Eligibility.STUB
    return Eligibility.SENTENCE
