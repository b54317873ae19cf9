"""Lies about claims: polarity turned, and a condition, a hedge or a subject left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text.facts.tails import base
from bench.lies.made import Mutant, Page, cut, phrase

if TYPE_CHECKING:
    from random import Random


_NEGATIONS = [
    (r"지 않았다", "었다"), (r"하지 않았다", "했다"), (r"하지 못했다", "했다"), (r"하지 않는다", "한다"), (r"하지 않고 있다", "하고 있다"), (r"하지 않을", "할"), (r"하지 않은", "한"),
    (r"(?<=[가-힣] )없다", "있다"), (r"(?<=[가-힣] )없는", "있는"), (r"(?<=[가-힣] )있다(?=\.|고)", "없다"), (r"수 있다", "수 없다"), (r"수 있는", "수 없는"),
    (r"(이|가) 아니다", "이다"), (r"했다(?=[.고며])", "하지 않았다"), (r"한다(?=[.고며])", "하지 않는다"), (r"됐다(?=[.고며])", "되지 않았다"),
    (r"된다(?=[.고며])", "되지 않는다"), (r"할 (?=계획|예정|방침)", "하지 않을 "), (r"하기로", "하지 않기로"),
]  # fmt: skip


def negation(page: Page, n: int, random: Random) -> Mutant | None:
    """A predicate loses its negation, or gets one."""
    text = page.sentences[n].text
    places = [(m.start(), m.end(), put) for pattern, put in _NEGATIONS for m in re.finditer(pattern, text)]
    if not places:
        return None
    start, end, put = random.choice(places)
    return Mutant("negation", "polarity", text[:start] + put + text[end:])


_OPPOSITES = "찬성 반대,가결 부결,증가 감소,상승 하락,확대 축소,강화 완화,허용 금지,유죄 무죄,승리 패배,성공 실패,흑자 적자,개선 악화,인상 인하,늘었 줄었,늘어 줄어,올랐 내렸,높은 낮은,많은 적은"


def opposite(page: Page, n: int, random: Random) -> Mutant | None:
    """찬성 becomes 반대, 증가 becomes 감소."""
    text = page.sentences[n].text
    pairs = [tuple(p.split()) for p in _OPPOSITES.split(",")]
    places = [
        (m.start(), m.end(), y)
        for a, b in pairs
        for x, y in ((a, b), (b, a))
        for m in re.finditer(rf"(?<![가-힣]){x}", text)
    ]
    if not places:
        return None
    start, end, put = random.choice(places)
    return Mutant("negation", "opposite", text[:start] + put + text[end:])


def condition(page: Page, n: int, random: Random) -> Mutant | None:
    """A condition goes: what may happen if becomes what happens."""
    del random
    reading, text = page.readings[n], page.sentences[n].text
    for k, predicate in enumerate(reading.predicates):
        if predicate.tail.ending != "condition" or predicate.lemma in {
            "보",
            "들",
            "말",
            "비교",
            "고려",
            "감안",
            "살펴보",
            "하",
            "되",
            "따지",
            "꼽",
        }:
            continue
        if "따르" in {t.form for t in reading.tokens[max(0, predicate.at - 1) : predicate.at + 1]}:
            continue
        before = [
            p
            for p in reading.predicates[:k]
            if p.tail.ending in {"connective", "quote", "final", "condition"}
        ]
        start = before[-1].end if before else 0
        topic = [
            w for w in reading.words if w.role == "topic" and w.start >= start and w.end < predicate.start
        ]
        if topic:
            start = reading.tokens[topic[-1].first + len(topic[-1].parts)].end
        end = predicate.end
        rest = re.match(r"[가-힣]*\s?(?:에는|에)?,?", text[end:])
        end += rest.end() if rest else 0
        if end - start > 4 and len(text) - end > 8:
            return Mutant("condition", "dropped", cut(text, start, end, " "))
    return None


_HEDGES = [
    (r"할 (?:예정|계획|방침)이다", "한다"), (r"될 (?:예정|계획|전망)이다", "된다"), (r"할 (?:예정|계획|방침)이라고", "했다고"), (r"될 (?:예정|전망)이라고", "됐다고"),
    (r"할 것으로 (?:보인다|전망된다|예상된다|관측된다)", "한다"), (r"될 것으로 (?:보인다|전망된다|예상된다|관측된다|기대된다)", "된다"),
    (r"한 것으로 (?:보인다|알려졌다|추정된다|전해졌다)", "했다"), (r"된 것으로 (?:보인다|알려졌다|추정된다|전해졌다)", "됐다"),
    (r"할 수 있다", "한다"), (r"될 수 있다", "된다"), (r"할 가능성이 (?:크다|높다|있다)", "한다"), (r"될 가능성이 (?:크다|높다|있다)", "된다"),
    (r"(?:을|를) 검토(?:하고 있다|한다|할 예정이다| 중이다)", "을 확정했다"), (r"할 것(?:이)?라고 (?:전망|예상|내다봤)", "한다고 확인"), (r"(?<=[가-힣]) 의혹(?=을|이|으로|에)", " 사실"),
    (r"(?:을|를) 추진(?:한다|하고 있다|할 계획이다|하기로 했다)", "을 마쳤다"), (r"해야 한다", "했다"), (r"할 듯하다", "한다"), (r"한 혐의(?:를 받는다|를 받고 있다)", "했다"),
]  # fmt: skip


def hedge(page: Page, n: int, random: Random) -> Mutant | None:
    """A plan, a forecast, an allegation becomes a fact."""
    text = page.sentences[n].text
    places = [(m.start(), m.end(), put) for pattern, put in _HEDGES for m in re.finditer(pattern, text)]
    if not places:
        return None
    start, end, put = random.choice(places)
    return Mutant("hedge", "dropped", text[:start] + put + text[end:])


def subject(page: Page, n: int, random: Random) -> Mutant | None:
    """The subject of a clause goes."""
    reading, text = page.readings[n], page.sentences[n].text
    places = []
    for word in reading.words:
        if (
            word.role in {"topic", "subject"}
            and not re.search(r"\d", word.stem)
            and word.parts[-1] not in {"것", "수", "때", "경우", "중", "바", "등", "이", "그"}
        ):
            start, end = phrase(reading, word)
            after = word.first + len(word.parts)
            if after < len(reading.tokens) and base(reading.tokens[after]) in {"JKS", "JX"}:
                places.append((start, reading.tokens[after].end))
    # 가능성이 크다 and 필요가 있다 lose no actor: the bench drops subjects of verbs that act.
    places = [
        (a, b) for a, b in places if not re.match(r"\s?(?:있|없|크|높|많|적|좋|되|된|돼|아니|필요)", text[b:])
    ]
    if not places:
        return None
    start, end = places[0] if random.random() < 0.5 else random.choice(places)
    return Mutant("subject", "dropped", cut(text, start, end))
