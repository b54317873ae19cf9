"""Latin words and abbreviations: AI, K-pop, GDP; a few that have a Korean name go by it too."""

from __future__ import annotations

import re
from typing import NamedTuple


class Latin(NamedTuple):
    """A run of Latin letters (with its digits and hyphens), casefolded, and where it stands."""

    word: str
    start: int
    end: int


# A word of Latin letters; units glued to a number (5km) are the number's.
_WORD = re.compile(
    r"(?<![A-Za-z0-9%])(?<!\d[.,])[A-Za-z][A-Za-z0-9]*(?:[&'’.\-][A-Za-z0-9]+)*|(?<=\d)[A-Z][A-Za-z]+(?![a-z])"
)

_KOREAN = """
AI|인공지능
EU|유럽연합|유럽
UN|유엔|국제연합
WHO|세계보건기구
WTO|세계무역기구
IMF|국제통화기금
OECD|경제협력개발기구
GDP|국내총생산
GNI|국민총소득
CPI|소비자물가지수|소비자물가
FTA|자유무역협정
MOU|업무협약|양해각서
R&D|연구개발
ESG|환경·사회·지배구조
CEO|최고경영자
SNS|사회관계망서비스|소셜미디어
IT|정보기술
PC|피시
TV|텔레비전
ICT|정보통신기술
LH|한국토지주택공사|토지주택공사
LNG|액화천연가스
DMZ|비무장지대
NLL|북방한계선
KDI|한국개발연구원
KBO|한국야구위원회
Fed|연준|연방준비제도
NATO|나토|북대서양조약기구
ICBM|대륙간탄도미사일
IPO|기업공개
M&A|인수합병
PF|프로젝트파이낸싱
GTX|수도권광역급행철도
UAM|도심항공교통
"""
KOREAN: dict[str, tuple[str, ...]] = {
    row.split("|")[0].casefold(): tuple(row.split("|")[1:]) for row in _KOREAN.strip().splitlines()
}
"""The Korean names that stand for a Latin abbreviation, and it for them."""


def latin(text: str) -> tuple[Latin, ...]:
    """The Latin words of `text`, in order."""
    return tuple(Latin(m.group().casefold().strip("."), m.start(), m.end()) for m in _WORD.finditer(text))
