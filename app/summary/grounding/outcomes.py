"""Whether what a line says came about is what its article says came about, and not its contrary or worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.grounding.compare import answering
from app.text.facts import Fact
from app.text.facts.lexicon import GRAVE, OPPOSITES
from app.text.facts.subjects import subjects
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.summary.grounding.source import Ground
    from app.text.facts.reading import Predicate, Reading

# What there is none of does not come up, either: 사례가 없다, 사례가 나왔다.
_COMING = frozenset(
    {"나오", "발생", "생기", "확인", "발견", "드러나", "나타나", "보고", "접수", "일어나", "있"}
)


def unheard(line: Reading, sources: Sequence[Reading], source: Ground) -> Iterator[Fact]:
    """Outcomes in `line` that its article does not report, or whose contrary it reports."""
    yield from _contrary(line, sources, source)
    yield from _grave(line, source)
    yield from _there_is(line, sources)
    yield from _only_if(line, sources, source)


def _contrary(line: Reading, sources: Sequence[Reading], source: Ground) -> Iterator[Fact]:
    """A word that stands nowhere in the article, where the sentences behind the line have its opposite."""
    theirs = frozenset[str]().union(*(r.forms for r in sources))
    denied = {p.at for p in line.predicates if p.tail.negative}
    for form, n in line.contents:
        others = OPPOSITES.get(form, frozenset()) & theirs - line.forms
        if others and form not in source.words and not {n, n + 1} & denied:
            token = line.tokens[n]
            if base(token) in {"VV", "VA"} or token.form not in source.squeezed:
                yield Fact("negation", form, token.start, token.end)


def _grave(line: Reading, source: Ground) -> Iterator[Fact]:
    """A death, an arrest, a resignation that the article does not speak of in any of its words."""
    words = {t.form: t for t in line.tokens} | {w.stem: line.tokens[w.first] for w in line.words}
    for said, told in GRAVE:
        for word in sorted(said & words.keys()):
            if not any(form in source.squeezed for form in told):
                yield Fact("event", word, words[word].start, words[word].end)


def _there_is(line: Reading, sources: Sequence[Reading]) -> Iterator[Fact]:
    """What the article says there is none of, and the line lets come up."""
    none = {
        p.lemma.removesuffix("있")
        for r in sources
        for p in r.predicates
        if p.lemma.endswith("있") and len(p.lemma) > 1 and p.tail.negative and not p.tail.hedges
    }
    if not none or any(p.tail.negative for p in line.predicates):
        return
    said = subjects(line, line=True)
    for predicate in line.predicates:
        subject = said.get(predicate.at)
        if subject is None or predicate.lemma.removeprefix(subject.phrase.head.parts[-1]) not in _COMING:
            continue
        head = subject.phrase.head.parts[-1]
        if head in none and not any(_comes(head, p, r) for r in sources for p in r.predicates):
            yield Fact("negation", head, predicate.start, predicate.end)


def _comes(head: str, predicate: Predicate, reading: Reading) -> bool:
    """Whether a source lets the same come up somewhere after all."""
    if predicate.tail.negative or predicate.lemma.removeprefix(head) not in _COMING:
        return False
    subject = subjects(reading).get(predicate.at)
    return subject is not None and subject.phrase.head.parts[-1] == head


def _only_if(line: Reading, sources: Sequence[Reading], source: Ground) -> Iterator[Fact]:
    """What the article only sets as a condition (가결되면) and the line says came about (가결했다)."""
    for predicate in line.predicates:
        if (
            predicate.nominal
            or predicate.tail.hedges
            or predicate.tail.ending not in {"final", "connective", "noun"}
        ):
            continue
        answers = answering(predicate, line, sources)
        if not answers and len(predicate.lemma) > 1:
            answers = answering(predicate, line, [source.reading(n) for n in source.having(predicate.lemma)])
        if answers and all(p.tail.ending == "condition" and not p.tail.past for _, p in answers):
            yield Fact("condition", predicate.lemma, predicate.start, predicate.end)
