"""Lies about names: another name, another speaker, another act of speech."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text.facts.lexicon import REPORTING
from app.text.facts.names import one_name
from app.text.facts.tails import base
from bench.lies.made import Mutant, Page, batchim, cut, phrase

if TYPE_CHECKING:
    from random import Random

    from app.domain import Token
    from app.text.facts.reading import Reading, Word


def _names(reading: Reading) -> list[Token]:
    return [
        t
        for t in reading.tokens
        if base(t) == "NNP" and len(t.form) > 1 and re.fullmatch(r"[가-힣]+", t.form)
    ]


def name(page: Page, n: int, random: Random) -> Mutant | None:
    """A name becomes one from another article."""
    return _renamed(page, n, random, list(page.strangers), "a stranger")


def swapped_name(page: Page, n: int, random: Random) -> Mutant | None:
    """A name becomes another that the article has elsewhere."""
    own = {t.form for t in page.readings[n].tokens}
    others = sorted({t.form for r in page.readings for t in _names(r)} - own)
    return _renamed(page, n, random, others, "a name of the article")


def _renamed(page: Page, n: int, random: Random, others: list[str], way: str) -> Mutant | None:
    names = _names(page.readings[n])
    body = " ".join(s.text for s in page.sentences)
    pairs = [
        (t, o)
        for t in names
        for o in others
        if not one_name(t.form, o) and t.form not in o and o not in t.form and batchim(t.form) == batchim(o)
    ]
    if way == "a stranger":
        pairs = [(t, o) for t, o in pairs if o not in body]
    if not pairs:
        return None
    token, put = random.choice(pairs)
    return Mutant("name", way, cut(page.sentences[n].text, token.start, token.end, put))


def _speakers(reading: Reading) -> list[Word]:
    """Subjects of sentences that report speech."""
    if not any(p.lemma in REPORTING for p in reading.predicates):
        return []
    return [w for w in reading.words[:4] if w.role in {"topic", "subject"}][:1]


def speaker(page: Page, n: int, random: Random) -> Mutant | None:
    """Who says it becomes another speaker of the article."""
    mine = _speakers(page.readings[n])
    if not mine:
        return None
    start, end = phrase(page.readings[n], mine[0])
    own = page.sentences[n].text[start:end]
    if base(page.readings[n].tokens[mine[0].first]) == "NP":
        return None  # whom a pronoun stands for is no lie
    others = []
    for k, reading in enumerate(page.readings):
        for word in reading.words:
            if k != n and word.role in {"topic", "subject"} and (word.name or word.parts[-1] in _SPEAKERS):
                a, b = phrase(reading, word)
                said = page.sentences[k].text[a:b]
                if not set(own.split()) & set(said.split()) and batchim(own) == batchim(said):
                    others.append(said)
    others = [
        o
        for o in others
        if o not in page.sentences[n].text and o not in own and own not in o and own[-2:] != o[-2:]
    ]
    if not others:
        return None
    return Mutant(
        "attribution",
        "another speaker",
        cut(page.sentences[n].text, start, end, random.choice(sorted(others))),
    )


_SPEAKERS = {
    "시장",
    "군수",
    "의원",
    "장관",
    "대표",
    "회장",
    "위원장",
    "교수",
    "대통령",
    "경찰",
    "검찰",
    "법원",
    "정부",
    "회사",
    "노조",
    "협회",
    "관계자",
    "측",
    "시",
    "도",
    "군",
    "구청장",
    "지사",
    "총리",
    "감독",
}


def stranger_speaks(page: Page, n: int, random: Random) -> Mutant | None:
    """Who says it becomes somebody whom the article does not know."""
    mine = _speakers(page.readings[n])
    if not mine or not page.strangers:
        return None
    start, end = phrase(page.readings[n], mine[0])
    title = random.choice(
        ["의원", "위원장", "회장"] if batchim(page.sentences[n].text[end - 1]) else ["교수", "변호사", "대표"]
    )
    put = f"{random.choice(page.strangers)} {title}"
    return Mutant("attribution", "a stranger", cut(page.sentences[n].text, start, end, put))


def reporting(page: Page, n: int, random: Random) -> Mutant | None:
    """주장했다 becomes 인정했다, 밝혔다 becomes 부인했다."""
    del random
    text = page.sentences[n].text
    for old, new in [
        ("주장했다", "인정했다"),
        ("반박했다", "인정했다"),
        ("부인했다", "시인했다"),
        ("밝혔다", "부인했다"),
        ("비판했다", "인정했다"),
        ("지적했다", "부인했다"),
        ("전망했다", "확인했다"),
        ("촉구했다", "확인했다"),
        ("요구했다", "확인했다"),
    ]:
        if text.rstrip(".").endswith(old):
            at = text.rindex(old)
            return Mutant("attribution", "another verb", text[:at] + new + text[at + len(old) :])
    return None
