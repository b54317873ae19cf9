"""Whether two ways of naming are one: 檢 and 검찰, 행안부 and 행정안전부, 전남도 and 전라남도, 김 시장 and 김철수 시장."""

from __future__ import annotations

from functools import lru_cache

_HANJA = """
檢 검찰
警 경찰
軍 군
法 법원 법
靑 청와대
與 여당 여
野 야당 야
政 정부 정
黨 당
勞 노동계 노조 노동자 노
使 사측 경영계 회사 사용자
美 미국 미
中 중국 중
日 일본 일
北 북한 북
南 남한 남측 남
韓 한국 한
英 영국
獨 독일
佛 프랑스
露 러시아
伊 이탈리아 이란
臺 대만
印 인도
濠 호주
加 캐나다
歐 유럽
亞 아시아
李 이
金 김
朴 박
尹 윤
文 문
安 안
崔 최
鄭 정
丁 정
趙 조
曺 조
姜 강
張 장
林 임
吳 오
徐 서
申 신
權 권
黃 황
宋 송
洪 홍
劉 유
柳 유
兪 유
秋 추
盧 노
全 전
高 고
許 허
沈 심
元 원
羅 나
前 전
現 현
新 신
故 고
對 대
反 반
親 친
非 비
脫 탈
車 자동차 차
銀 은행
株 주식 주
證 증권 증시
社 회사
市 시
道 도
郡 군
區 구
母 어머니 모친 엄마
父 아버지 부친 아빠
男 남성 남자
女 여성 여자
妻 아내 부인
夫 남편
兒 아이 아동
人 명 사람 인
重 중
輕 경
大 대 대학
小 소
高 고교 고등
"""

_KNOWN = """
공수처 고위공직자범죄수사처
청와대 대통령실
선관위 선거관리위원회
국과수 국립과학수사연구원
민변 민주사회를위한변호사모임
연준 연방준비제도
나토 북대서양조약기구
유엔 국제연합
코로나 코로나바이러스감염증
코로나19 신종코로나바이러스감염증
미국 미합중국
국힘 국민의힘
민주당 더불어민주당
전대협 전국대학생대표자협의회
금통위 금융통화위원회
헌재 헌법재판소
대법 대법원
전당대회 전대
총선 국회의원선거
지선 지방선거
대선 대통령선거
추경 추가경정예산
"""


_OFFICES = """
경찰 경찰서 경찰청 수사대
검찰 검찰청 지검 고검 대검 지청
법원 지법 고법 대법 지원 재판부
소방당국 소방서 소방본부 소방청
교육당국 교육청 교육지원청 교육부
"""


def _hanja() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in _HANJA.strip().splitlines():
        sign, *readings = row.split()
        found[sign] = (*found.get(sign, ()), *readings)
    return found


HANJA = _hanja()
"""What a Chinese character in a headline stands for."""
KNOWN = frozenset(tuple(row.split()) for row in _KNOWN.strip().splitlines())
"""Short forms that no rule of syllables gives."""

OFFICES = {row.split()[0]: tuple(row.split()[1:]) for row in _OFFICES.strip().splitlines()}
"""What the press calls an office of its kind: 경찰 for 다온경찰서."""

_TITLES = """
선임연구원 국회의원 대표이사 명예교수 부위원장 사무총장 연구위원 원내대표 최고위원 구의원
구청장 군의원 대변인 대통령 도의원 도지사 변호사 보좌관 본부장 부군수 부사장 부시장
부지사 부회장 비서관 센터장 시의원 연구원 위원장 은행장 이사장 조합장 지부장 지회장
총영사 행정관 가수 감독 검사 경감 경위 경정 과장 관장 교수 교장 국장 군수 기자 단장
대사 대표 목사 박사 배우 부장 사장 상무 서장 선수 소장 수석 스님 시장 신부 실장 원장
위원 의원 의장 이사 이장 작가 장관 전무 주석 지사 차관 처장 청장 총리 총장 총재 코치
팀장 판사 학장 행장 회장 후보 씨
"""

TITLES = tuple(_TITLES.split())
"""What follows a person's name and says what the person is."""


SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예경봉사부황보제갈남궁선우독고"
)
"""The first syllables of Korean family names."""
_NAME = 3


def may_name(word: str) -> bool:
    """Whether a word may be a person's name, or a family name by itself."""
    return 1 <= len(word) <= _NAME and word[0] in SURNAMES


def unlike(a: str, b: str) -> bool:
    """Whether two words that stand where a person's name does name two persons: 지, 탁; 엄태호, 구."""
    return may_name(a) and may_name(b) and a != b and not surname(a, b)


@lru_cache(maxsize=4096)
def abbreviates(short: str, full: str) -> bool:
    """Whether `short` is a short form of `full` by the press's rules, or a known one.

    Its syllables stand in `full` in that order, from the first; its last is the last of `full` or of a word in it.
    """
    if short == full or (short, full) in KNOWN:
        return True
    if not 2 <= len(short) < len(full) or short[0] != full[0]:  # noqa: PLR2004 - one syllable abbreviates anything
        return False
    if full.startswith(short) and len(short) >= 2:  # noqa: PLR2004 - 서울대 of 서울대학교
        return len(full) - len(short) <= 3 or len(short) >= 3  # noqa: PLR2004
    at = -1
    for char in short:
        at = full.find(char, at + 1)
        if at < 0:
            return False
    # 전남도, 금감원, 현대차 end as the full name does; 한은, 국힘, 삼전 take the first syllable of its last word.
    return short[-1] == full[-1] or len(full) - full.rfind(short[-1]) <= 2 + (len(short) > 2)  # noqa: PLR2004


def one_name(a: str, b: str) -> bool:
    """Whether two names may be one: equal, one the tail of the other (해온시, 시), or one short for the other."""
    if a == b:
        return True
    short, full = sorted((a, b), key=len)
    if len(short) > 1 and (full.endswith(short) or full.startswith(short)):
        return True
    if len(short) == 1 and short in HANJA:
        return any(full.startswith(reading) or reading.startswith(full) for reading in HANJA[short])
    return abbreviates(short, full)


def surname(a: str, b: str) -> bool:
    """Whether one name is the family name of the other: 김, 김철수."""
    short, full = sorted((a, b), key=len)
    return len(short) == 1 and full.startswith(short)
