"""Whether what a line predicates is what its article predicates: polarity, hedges, conditions."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.grounding.compare import answering
from app.text.facts import Fact
from app.text.facts.lexicon import NEGATING_PREFIXES, REPORTING, SAME
from app.text.facts.reading import Predicate
from app.text.facts.tails import Tail, base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.text.facts.reading import Reading

# What a line may say for each class of hedge: the class itself, or one that claims no more.
_SERVES = {
    "plan": {"plan", "will", "try", "consider"},
    "guess": {"guess", "can", "view", "will"},
    "claim": {"claim", "view", "guess"},
    "view": {"view", "claim", "guess", "ask"},
    "consider": {"consider"},
    "ask": {"ask", "duty"},
    "duty": {"duty", "ask", "will"},
    "whether": {"whether", "consider", "guess", "claim"},
    "can": {"can", "guess"},
    "try": {"try", "plan", "consider"},
    "will": {"will", "plan", "guess", "try", "can", "duty"},
}
_UNDONE = frozenset(
    {
        "중단",
        "철회",
        "보류",
        "무산",
        "불발",
        "취소",
        "포기",
        "제외",
        "거부",
        "실패",
        "금지",
        "제한",
        "불가",
        "미정",
        "부결",
        "반대",
    }
    | {"안", "못", "없", "아니", "전무", "면제", "배제"}
)
# Clauses in -면 that set no condition: 보면, 예를 들면, 비교하면.
_PLAIN = frozenset(
    {
        "보",
        "들",
        "말",
        "비교",
        "고려",
        "감안",
        "살펴보",
        "따지",
        "기준",
        "나누",
        "합치",
        "더하",
        "꼽",
        "하",
        "되",
    }
)

# A condition holds for this many predicates after it.
_REACH = 2


def misclaimed(line: Reading, sources: Sequence[Reading]) -> Iterator[Fact]:
    """What `line` predicates otherwise than the sentences behind it."""
    for predicate in (*line.predicates, *noun_ends(line)):
        answers = answering(predicate, line, sources)
        if not answers:
            denied = predicate.tail.negative and not predicate.nominal  # 무분규 is no 분규하지 않다
            if denied and not any(p.tail.negative for r in sources for p in r.predicates):
                yield fact("negation", predicate)
            continue
        if all(other.tail.negative != predicate.tail.negative for _, other in answers) and not _undone(
            line, predicate
        ):
            yield fact("negation", predicate)
        if _hedge_lost(line, predicate, answers):
            yield fact("hedge", predicate)
        if all(_condition_lost(line, reading, other) for reading, other in answers):
            yield fact("condition", predicate)
    yield from _done(line, sources)
    yield from _reported_otherwise(line, sources)


def fact(kind: str, predicate: Predicate) -> Fact:
    """The fact that a predicate of the line states and its article does not."""
    return Fact(kind, predicate.lemma, predicate.start, predicate.end)


def noun_ends(line: Reading) -> list[Predicate]:
    """The nouns that a desk's line ends its clauses with, where a sentence would have a verb."""
    seen = {p.at for p in line.predicates}
    found = []
    for word in line.words:
        last = word.first + len(word.parts) - 1
        following = base(line.tokens[last + 1]) if last + 1 < len(line.tokens) else "SE"
        if (
            last in seen
            or word.role
            or base(line.tokens[last]) != "NNG"
            or following not in {"SE", "SF", "SP", "SSC"}
        ):
            continue
        prefix = line.tokens[last - 1] if len(word.parts) > 1 else None
        negative = prefix is not None and base(prefix) == "XPN" and prefix.form in NEGATING_PREFIXES  # 불구속
        bare = Tail(negative=negative, hedges=frozenset(), past=False, ending="final", end=last + 1)
        lemma = SAME.get(line.tokens[last].form, line.tokens[last].form)
        found.append(
            Predicate(lemma, passive=False, tail=bare, at=last, start=word.start, end=word.end, nominal=True)
        )
    return found


def _undone(line: Reading, predicate: Predicate) -> bool:
    """Whether a bare noun is negated by another word of its line: 추진 중단."""
    return predicate.nominal and any(t.form in _UNDONE for t in line.tokens[predicate.at + 1 :])


def _hedge_lost(line: Reading, predicate: Predicate, answers: list[tuple[Reading, Predicate]]) -> bool:
    if predicate.tail.ending == "modifier" and not predicate.nominal and not predicate.tail.past:
        return False
    needed = frozenset.intersection(*(other.tail.hedges for _, other in answers))
    if not predicate.tail.past:
        needed -= {"will"}
    # Korean hedges after the fact: what stands before a predicate hedges something else.
    have = {hedge for hedge, at in line.hedges if at > predicate.at} | predicate.tail.hedges
    have |= {
        "claim"
        for p in line.predicates
        if p.at > predicate.at and REPORTING.get(p.lemma) in {"claim", "blame"}
    }
    return any(not _SERVES[hedge] & have for hedge in needed)


def _condition_lost(line: Reading, reading: Reading, predicate: Predicate) -> bool:
    """Whether the clause that the predicate depended on (-면, 경우) is gone from the line."""
    ifs = [p for p in reading.predicates if _conditional(p)]
    mine = [p for p in ifs if predicate.at in _scope(reading, p)]
    if not mine:
        return False
    condition = mine[-1]
    forms, had = (
        [form for form, _ in r.contents].count(condition.lemma.removesuffix("이")) for r in (line, reading)
    )
    kept = [p for p in line.predicates if p.tail.ending == "condition"]
    if any(p.lemma == condition.lemma for p in kept) or forms >= had > 0:
        return False
    return len(kept) < len(ifs) and not {t.form for t in line.tokens if base(t) == "NNG"} & {
        "때",
        "조건",
        "전제",
    }


def _conditional(predicate: Predicate) -> bool:
    """Whether a clause sets a condition; 있었다면 contrasts, and 비교하면 only introduces."""
    return predicate.tail.ending == "condition" and not predicate.tail.past and predicate.lemma not in _PLAIN


def _scope(reading: Reading, condition: Predicate) -> set[int]:
    """The predicates that hold only under a condition: the next two clauses, or the one verb of a clause that modifies."""
    found: set[int] = set()
    for predicate in reading.predicates:
        if predicate.at <= condition.at or predicate.nominal:
            continue
        if _modified(reading, condition.tail.end, predicate.at):
            break
        found.add(predicate.at)
        if predicate.tail.ending == "modifier":
            continue
        near = (
            reading.tokens[condition.tail.end - 1].form == "시"
        )  # 설치 시: of the one clause that it stands in
        if near or predicate.tail.ending in {"quote", "final"} or len(found) > _REACH:
            break
    return found


def _modified(reading: Reading, start: int, end: int) -> bool:
    """Whether a verb in between only modifies a noun: its clause, with the condition, is at its end there."""
    return any(
        base(token) == "ETM" and base(before) in {"VV", "VX", "XSV", "EP"}
        for before, token in pairwise(reading.tokens[start:end])
    )


def _done(line: Reading, sources: Sequence[Reading]) -> Iterator[Fact]:
    """What the article only plans or weighs (도입을 검토한다) and the line says was done (도입을 마쳤다)."""
    hedged = {p.lemma: p.tail.hedges for r in sources for p in r.predicates if p.nominal and p.tail.hedges}
    known = {p.lemma for r in sources for p in r.predicates}
    objects = [w for w in line.words if w.role == "object"]
    for predicate in line.predicates:
        if predicate.nominal or predicate.lemma in known or predicate.tail.ending == "modifier":
            continue
        mine = [w for w in objects if w.end <= predicate.start]
        lemma = SAME.get(mine[-1].parts[-1], mine[-1].parts[-1]) if mine else ""
        have = {hedge for hedge, at in line.hedges if at >= predicate.at - 1}
        if any(not _SERVES[hedge] & have for hedge in hedged.get(lemma, ())):
            yield fact("hedge", predicate)


def _reported_otherwise(line: Reading, sources: Sequence[Reading]) -> Iterator[Fact]:
    """A speech act that the article does not have: 인정했다 where it has 주장했다."""
    theirs = {REPORTING[p.lemma] for r in sources for p in r.predicates if p.lemma in REPORTING}
    words = {t.form for r in sources for t in r.tokens}
    for predicate in line.predicates:
        act = REPORTING.get(predicate.lemma)
        if (
            act in {"deny", "admit", "claim", "blame"}
            and act not in theirs
            and not any(word.startswith(predicate.lemma) for word in words)  # 인정받
        ):
            yield fact("attribution", predicate)
