"""Whether a line lets the same one act and speak as its article: subjects left out, swapped or made up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.grounding.claims import fact, noun_ends
from app.summary.grounding.clauses import particle
from app.summary.grounding.compare import answering, names, one_subject, points
from app.text.facts.lexicon import REPORTING, SUFFERED
from app.text.facts.names import TITLES
from app.text.facts.quotations import quotations
from app.text.facts.reading import NOMINAL
from app.text.facts.subjects import counted, phrase, subjects, telegraphic
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.summary.grounding.source import Ground
    from app.text.facts import Fact
    from app.text.facts.reading import Predicate, Reading, Word
    from app.text.facts.subjects import Phrase, Said

# How far back a pronoun's owner is looked for, in sentences.
_REACH = 4
# What comes out of a study: 감소한 결과로 분석됐다 has no one of whom it is said.
_FOUND = frozenset({"분석", "조사", "집계", "평가", "파악", "추정", "풀이", "해석"})
# 바람이 분다는 평가다, 종합한 결과다: nothing is what it is said of.
_JUDGED = frozenset(f"{noun}이" for noun in (*_FOUND, "결과", "지적", "관측"))
_ALIAS = re.compile(r"(?<![A-Za-z])[A-Z](?=씨|군|양|\s?[가-힣]{2,3}\()")


def misattributed(line: Reading, sources: Sequence[Reading], source: Ground) -> Iterator[Fact]:
    """The predicates of `line` whose subject is missing, or another than in the sentences behind it."""
    mine = subjects(line, line=True)
    theirs = {id(reading): subjects(reading) for reading in sources}
    brief = telegraphic(line)
    quoted = quotations(line.text)
    yield from _suffered(line, mine, sources, theirs)
    for predicate in (*line.predicates, *noun_ends(line)):
        if _taken(line, predicate, mine.get(predicate.at), sources, theirs):
            yield fact("subject", predicate)
            continue
        if _moved(line, predicate, sources) or _of_another(line, predicate, sources):
            yield fact("name", predicate)
        said = [
            (reading, theirs[id(reading)].get(other.at))
            for reading, other in answering(predicate, line, sources)
            if other.passive == predicate.passive or predicate.nominal
        ]
        known = [(reading, found) for reading, found in said if found is not None]
        if not known or len(known) < len(said) or _apart(line, predicate, known[0][1]):
            continue
        own = mine.get(predicate.at)
        if own is not None and predicate.tail.ending != "modifier":
            if own.sure and not any(
                _part(predicate, own.phrase, reading)
                or _bare(line, predicate, own.phrase, reading, found.phrase)
                or any(one_subject(line, own.phrase, reading, other) for other in found.others)
                or any(_same(other, found.phrase) for other in own.others)
                or (
                    one_subject(line, own.phrase, reading, found.phrase)
                    and _resolved(line, own.phrase, reading, found.phrase, source)
                )
                for reading, found in known
            ):
                yield fact("attribution" if predicate.lemma in REPORTING else "subject", predicate)
            elif not own.sure and not brief and _lent(line, predicate, own, known):
                yield fact("subject", predicate)
        elif brief or any(q.start <= predicate.start < q.end for q in quoted):
            continue  # a desk's line leaves out what its headline has said, a quotation is word for word
        elif not any(
            not found.sure
            or _pronoun(reading, found.phrase)
            or _mentioned(line, predicate, reading, found.phrase)
            for reading, found in known
        ):
            yield fact("subject", predicate)


def _same(one: Phrase, other: Phrase) -> bool:
    return [w.stem for w in one.words] == [w.stem for w in other.words]


def _lent(line: Reading, predicate: Predicate, own: Said, known: Sequence[tuple[Reading, Said]]) -> bool:
    """Whether a predicate has only the subject of a clause inside its own left: 사측이 단행할 수 있다고 본다, where a union does."""
    if counted(line, own.phrase.head):
        return False  # 산양 7마리가: of whom, any source may say otherwise
    mine = (own.phrase, *own.others)
    return not any(
        not found.sure
        or _pronoun(reading, found.phrase)
        or _mentioned(line, predicate, reading, found.phrase)
        or any(one_subject(line, m, reading, t) for m in mine for t in (found.phrase, *found.others))
        for reading, found in known
    )


def _suffered(
    line: Reading, mine: dict[int, Said], sources: Sequence[Reading], theirs: dict[int, dict[int, Said]]
) -> Iterator[Fact]:
    """Who did what the article has done to them: 환자는 이식받고, 환자는 이식했다."""
    for predicate in line.predicates:
        own = mine.get(predicate.at)
        if own is None or not own.sure or predicate.nominal or predicate.tail.ending == "modifier":
            continue
        answers = [
            (reading, other, theirs[id(reading)].get(other.at))
            for reading, other in answering(predicate, line, sources)
        ]
        if answers and all(
            found is not None
            and (received(reading, other) != received(line, predicate))
            and one_subject(line, own.phrase, reading, found.phrase)
            for reading, other, found in answers
        ):
            yield fact("subject", predicate)


def received(reading: Reading, predicate: Predicate) -> bool:
    """Whether a predicate is something got or suffered: 이식받다, 고발당하다."""
    token = reading.tokens[predicate.at]
    return base(token) == "XSV" and token.form in SUFFERED


def _taken(
    line: Reading,
    predicate: Predicate,
    own: Said | None,
    sources: Sequence[Reading],
    theirs: dict[int, dict[int, Said]],
) -> bool:
    """Whether a counted subject (소방대원 1명이) is that of another verb of the very sentence."""
    if own is None or own.sure or len(own.phrase.words) == 1 or predicate.tail.ending == "modifier":
        return False
    stems = [w.stem for w in own.phrase.words]
    answers = answering(predicate, line, sources)
    return bool(answers) and all(
        (found := theirs[id(reading)].get(other.at)) is not None
        and not set(stems) & {w.stem for one in (found.phrase, *found.others) for w in one.words}
        and not _mentioned(line, predicate, reading, found.phrase)  # 비용도 늘어 요금 인상 불가피
        and any(
            [w.stem for w in said.phrase.words] == stems
            for said in (
                theirs[id(reading)].get(p.at) for p in reading.predicates if not _adjective(reading, p)
            )
            if said is not None
        )
        for reading, other in answers
    )


def _moved(line: Reading, predicate: Predicate, sources: Sequence[Reading]) -> bool:
    """Whether something took place (에서) where the article has it take place elsewhere."""
    mine = _places(line, predicate)
    if predicate.nominal or not mine:
        return False
    answers = answering(predicate, line, sources)
    return bool(answers) and all(
        _places(reading, other) and not any(place in reading.text for place in mine)
        for reading, other in answers
    )


def _of_another(line: Reading, predicate: Predicate, sources: Sequence[Reading]) -> bool:
    """Whether a line says of B씨 what the article says of A씨 alone."""
    mine = set(_ALIAS.findall(line.text))
    answers = answering(predicate, line, sources) if mine else []
    return bool(answers) and all(
        (theirs := set(_ALIAS.findall(reading.text))) and not theirs & mine for reading, _ in answers
    )


def _places(reading: Reading, predicate: Predicate) -> list[str]:
    """The places before a predicate, in its clause."""
    start = max((p.at for p in reading.predicates if p.at < predicate.at and not p.nominal), default=-1)
    return [
        w.stem
        for w in reading.words
        if start < w.first < predicate.at
        and particle(reading, w) == "에서"
        and not any(c.isdigit() for c in w.stem)  # 1500원에서 1650원으로
    ]


def _apart(line: Reading, predicate: Predicate, found: Said) -> bool:
    """Whether a predicate has no subject to compare: 지장이 없다 is one thing, 멈추도록 belongs to the verb after it."""
    if predicate.lemma.endswith("있") and predicate.lemma[:-1] == found.phrase.head.stem:
        return True
    if predicate.lemma == "되" and predicate.at and line.tokens[predicate.at - 1].form == "게":
        return True  # 맡게 되다
    if predicate.lemma in _FOUND if predicate.passive else predicate.lemma in _JUDGED:
        return True
    if predicate.tail.ending == "modifier" and base(line.tokens[predicate.at]) == "VCP":
        return True  # 업체인 새마루: one phrase
    last = min(predicate.tail.end, len(line.tokens)) - 1
    forms = {t.form for t in line.tokens[predicate.at : last + 1]}
    return "도록" in forms or ("게" in forms and _adjective(line, predicate))  # 쉽게 사는


def _adjective(reading: Reading, predicate: Predicate) -> bool:
    return base(reading.tokens[predicate.at]) in {"VA", "XSA"}


def _part(predicate: Predicate, own: Phrase, reading: Reading) -> bool:
    """Whether a line makes a subject of what its source has as a bare noun: 전지는 무게 1.3g으로, 무게는 1.3g."""
    if predicate.lemma in REPORTING:
        return False
    return any(own.head.stem == w.stem and not w.role and not w.name for w in reading.words)


def _bare(line: Reading, predicate: Predicate, mine: Phrase, reading: Reading, theirs: Phrase) -> bool:
    """Whether a line has the source's subject without its particle, and the source's topic before it: 시는 의무 생겨."""
    head = theirs.head.parts[-1]
    return any(
        w.first + len(w.parts) == predicate.at and not w.role and w.parts[-1] == head for w in line.words
    ) and any(
        w.role == "topic" and one_subject(line, mine, reading, phrase(reading, w)) for w in reading.words
    )


def _pronoun(reading: Reading, phrase: Phrase) -> bool:
    return base(reading.tokens[phrase.head.first]) == "NP"


def _mentioned(line: Reading, predicate: Predicate, reading: Reading, phrase: Phrase) -> bool:
    """Whether the line names a subject anywhere but in the predicate itself."""
    head = phrase.head.stem
    wanted = [head, *(names(reading, phrase) if phrase.head.parts[-1] in TITLES else ())]
    stem = predicate.at - (base(line.tokens[predicate.at]) in {"XSV", "XSA", "VCP", "VCN"})
    words = [w for w in line.words if not w.first <= stem < w.first + len(w.parts)]
    if predicate.tail.ending != "modifier":
        # Who acts is named before it acts, or is what the deed modifies: 사측은 최선을 다하고, 노조는 사측과 만난다.
        words = [w for w in words if w.first < predicate.at or _modified_by(line, w)]
        words = [w for w in words if not _part_of_name(line, w)]
    return any(want == w.stem if len(want) == 1 else want in w.stem for want in wanted for w in words) or (
        len(head) == 1 and any(w.parts[-1] == head or (w.name and w.stem.endswith(head)) for w in words)
    )


def _part_of_name(line: Reading, word: Word) -> bool:
    """Whether a word only belongs to the noun behind it: ‘해온 든든한 보험’을 is no mention of who sells it."""
    after = word.first + len(word.parts)
    if word.role in {"object", "of"}:
        return True
    return not word.role and after < len(line.tokens) and base(line.tokens[after]) in NOMINAL


def _modified_by(line: Reading, word: Word) -> bool:
    """Whether a clause that modifies stands right before a word."""
    return word.first > 0 and base(line.tokens[word.first - 1]) == "ETM"


def _resolved(line: Reading, mine: Phrase, reading: Reading, theirs: Phrase, source: Ground) -> bool:
    """Whether a subject that stands for a pronoun was named in the sentences before it."""
    if not points(reading, theirs) or not _pronoun(reading, theirs) or _pronoun(line, mine):
        return True
    at = next((n for n, s in enumerate(source.sentences) if s.text == reading.text), 0)
    before = [source.reading(n) for n in range(max(0, at - _REACH), at)]
    heads = {mine.head.stem, *names(line, mine)}
    return not before or any(
        w.role in {"topic", "subject", "and"} and any(h in w.stem or w.stem in h for h in heads)
        for r in before
        for w in r.words
    )
