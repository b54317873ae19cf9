"""Names that an article does not know, and titles that it does not give to a person."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from app.text.facts import Fact
from app.text.facts.names import HANJA, SURNAMES, TITLES, abbreviates, may_name
from app.text.facts.quotations import squeeze
from app.text.facts.reading import NOMINAL
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain import Token
    from app.summary.grounding.source import Ground
    from app.text.facts.reading import Reading, Word

# A noun that ends so is an organization or a place even where Kiwi knows no such name.
_ORGANIZATION = re.compile(
    r"[가-힣A-Za-z]{2,}(?:부|처|청|위|원|당|시|군|구|도|은행|대학|대학교|병원|협회|학회|공사|공단|재단|위원회|연합|노조|그룹|전자|건설|증권|일보|신문|방송|법원|경찰서|소방서|교육청|연구소|센터)"
)

_BEING = re.compile(
    r"(?P<role>[가-힣]{2,10}\s[가-힣]{2,10})인\s(?P<name>[가-힣]{2,4})(?=\s|은|는|이|가|을|를|의)"
)
# A name, what it belongs to, and a title: 구나현 행정안전부 재난안전정책과장.
_OFFICE = re.compile(
    rf"(?<![가-힣])(?P<name>[{''.join(sorted(SURNAMES))}][가-힣]{{1,2}})(?:\([^()]*\))?\s(?:[가-힣A-Za-z0-9]+\s){{0,2}}(?P<title>[가-힣]*(?:{'|'.join(t for t in TITLES if len(t) > 1)}))(?![가-힣]{{2}})"
)
_NAMING = NOMINAL | {"SSO", "SSC", "MM", "SP"}
"""What a name and a title are made of, and what may stand between them."""
_NEAR = 40
_SS = 20
"""How far a syllable with ㅆ at its end stands behind the one without."""
_LONGEST = 4
"""Syllables of a Korean's full name, at most."""


def strangers(line: Reading, source: Ground) -> Iterator[Fact]:
    """The names in `line` that stand nowhere in its article, in full or in short."""
    for word in line.words:
        for token in line.tokens[word.first : word.first + len(word.parts)]:
            if len(token.form) == 1 and base(token) == "NNP":
                continue  # a surname, or a particle after a mark: `titles` looks at the first
            if base(token) in {"NNP", "SH"} and not known(token.form, word, source):
                yield Fact("name", token.form, token.start, token.end)
        if not word.name and _ORGANIZATION.fullmatch(word.stem) and not known(word.stem, word, source):
            yield Fact("name", word.stem, word.start, word.end)


def known(name: str, word: Word, source: Ground) -> bool:
    """Whether the article has a name, itself or in another of its forms."""
    if squeeze(name.removesuffix("씨")) in source.squeezed or word.stem in source.squeezed:
        return True
    if all(c in HANJA for c in name):
        return all(any(reading in source.squeezed for reading in HANJA[c]) for c in name)
    if _past(name) in source.squeezed:
        return True
    return any(
        abbreviates(name, run) or abbreviates(word.stem, run) or abbreviates(run, name)
        for run in source.runs()
    )


def _past(name: str) -> str:
    """What a verb that was taken for a name is in the past: 차려, 차렸."""
    open_ = "가" <= name[-1] <= "힣" and (ord(name[-1]) - ord("가")) % 28 == 0
    return name[:-1] + chr(ord(name[-1]) + _SS) if open_ and len(name) > 1 else name


def titles(line: Reading, source: Ground) -> Iterator[Fact]:
    """Persons of `line` whose title the article gives to somebody else, or to nobody."""
    yield from _appositions(line, source)
    for token, following in pairwise(line.tokens):
        if base(token) != "NNP" or len(token.form) > _LONGEST:
            continue
        title = _title(following)
        if title is None or line.text[following.start : following.end] != title:
            continue  # 김선순, which Kiwi may read as 김 선수
        if len(token.form) == 1:
            if not _bearer(token.form, title, source):
                yield Fact("name", f"{token.form} {title}", token.start, following.end)
            continue
        if token.form not in source.squeezed:
            continue
        places = [m.start() for m in re.finditer(re.escape(token.form), source.squeezed)]
        if not any(title in source.squeezed[max(0, at - 25) : at + 30] for at in places):
            yield Fact("name", f"{token.form} {title}", token.start, following.end)


def _appositions(line: Reading, source: Ground) -> Iterator[Fact]:
    """What a name is said to be in the words around it: 여당 후보인 탁민재, 탁민재 여당 후보."""
    for m in _BEING.finditer(line.text):
        role, name = m["role"], m["name"]
        if not any(base(t) == "VCP" and t.start == m.end("role") for t in line.tokens):
            continue  # 소상공인 종사자
        given = re.search(rf"{re.escape(role)}(?:이자\s\S+)?인\s(?P<name>[가-힣]{{2,4}})", source.text)
        if given is not None and not given["name"].startswith(name) and not name.startswith(given["name"]):
            yield Fact("name", m.group(), m.start(), m.end())
    for m in _OFFICE.finditer(line.text):
        name, title = m["name"], m["title"]
        if not may_name(name) or name not in source.text or title not in source.text:
            continue
        told = [t for t in line.tokens if m.start() <= t.start < m.end()]
        if any(base(t) not in _NAMING and not (base(t) == "MAG" and t.start < m.end("name")) for t in told):
            continue  # 다온군은 도지사 표창을, 신뢰를 위해 검사; 노형욱 Kiwi may read as 노 형 and an adverb
        whole = re.escape(m.group()[m.end("name") - m.start() :])
        bearers = {
            t["name"] for t in re.finditer(rf"(?<![가-힣])(?P<name>[가-힣]{{2,3}}){whole}", source.text)
        }
        if (
            " " in m.group()[len(name) + 1 :]
            and bearers
            and name not in bearers
            and all(may_name(bearer) for bearer in bearers)
        ) or not any(
            title in source.text[max(0, at.start() - _NEAR) : at.end() + _NEAR]
            for at in re.finditer(re.escape(name), source.text)
        ):
            yield Fact("name", m.group(), m.start(), m.end())


def _bearer(surname: str, title: str, source: Ground) -> bool:
    """Whether somebody of that family name bears that title: 김 시장 of 김철수 해온시장."""
    return re.search(rf"{surname}[가-힣]{{0,14}}{title}|{title}{surname}", source.squeezed) is not None


def _title(token: Token) -> str | None:
    if base(token) not in {"NNG", "NNB"}:
        return None
    return token.form if token.form in TITLES and len(token.form) > 1 else None
