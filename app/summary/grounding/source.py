"""What an article says, set out once so that each of its lines can be looked up in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import fsum
from typing import TYPE_CHECKING

from app.summary.grounding.clauses import Clause, clauses
from app.summary.grounding.directions import Ends, one_end
from app.text.directives import addresses_machine
from app.text.facts.dates import Moment, hours, moments
from app.text.facts.latin import latin
from app.text.facts.lexicon import SAME
from app.text.facts.quantities import Quantity, quantities
from app.text.facts.quotations import squeeze
from app.text.facts.reading import CONTENT, Reading, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.domain import Article, Sentence


@dataclass(frozen=True, slots=True)
class Ground:
    """What an article supports, worked out once for all of its lines."""

    sentences: tuple[Sentence, ...]
    text: str = field(repr=False)
    """Body, headline and subheads, a line each."""
    squeezed: str = field(repr=False)
    """The same without spaces and marks: what quotations and names are looked up in."""
    numbers: Mapping[str, frozenset[tuple[str, str]]] = field(repr=False)
    """The units and bounds with which each number stands."""
    ends: Mapping[tuple[str, str], Ends] = field(repr=False)
    """The values with their units that stand only in ranges (3~5명)."""
    dates: frozenset[tuple[str, ...]] = field(repr=False)
    minutes: frozenset[int] = field(repr=False)
    """The times of day, in minutes after midnight."""
    latin: frozenset[str] = field(repr=False)
    forms: tuple[frozenset[str], ...] = field(repr=False)
    """The content morphemes of each sentence."""
    weights: Mapping[str, float] = field(repr=False)
    """What each content morpheme tells of a sentence: one over the sentences that have it."""
    words: frozenset[str] = field(repr=False)
    """The content morphemes of all sentences."""
    nouns: frozenset[str] = field(repr=False)
    """The common nouns of all sentences."""
    _read: dict[int, Reading] = field(default_factory=dict, repr=False, compare=False)
    _clauses: dict[int, tuple[Clause, ...]] = field(default_factory=dict, repr=False, compare=False)
    _runs: list[str] = field(default_factory=list, repr=False, compare=False)

    def reading(self, n: int) -> Reading:
        """The reading of sentence `n`, made when it is first asked for."""
        if n not in self._read:
            self._read[n] = read(self.sentences[n].text, self.sentences[n].tokens)
        return self._read[n]

    def clauses(self, n: int) -> tuple[Clause, ...]:
        """The clauses of sentence `n`, made when they are first asked for."""
        if n not in self._clauses:
            self._clauses[n] = clauses(self.reading(n))
        return self._clauses[n]

    def having(self, word: str) -> list[int]:
        """The sentences in which a word is written."""
        return [n for n, sentence in enumerate(self.sentences) if word in sentence.text]

    def overlap(self, forms: frozenset[str], n: int) -> float:
        """How much of `forms` sentence `n` holds, rare morphemes counting most: the same in any order of a set."""
        return fsum(self.weights[form] for form in forms & self.forms[n])

    def overlap_all(self, forms: frozenset[str], sentences: set[int]) -> float:
        """How much of `forms` some sentences hold together."""
        return fsum(
            self.weights[form] for form in forms & frozenset().union(*(self.forms[n] for n in sentences))
        )

    def runs(self) -> list[str]:
        """The article's compound nouns, joined: what a short form may be short for."""
        if not self._runs:
            self._runs.extend(sorted(_compounds(self.sentences)))
        return self._runs


def ground(article: Article, sentences: tuple[Sentence, ...]) -> Ground:
    """What `article` supports: its body, its headline and its subheads, but nothing in them that speaks to a machine."""
    heads = [head for head in (article.headline, *article.subheads) if head and not addresses_machine(head)]
    text = "\n".join([_told(article.body.text, sentences), *heads])
    found = quantities(text)
    numbers: dict[str, set[tuple[str, str]]] = {}
    for quantity in found:
        numbers.setdefault(quantity.value, set()).add((quantity.unit, quantity.bound))
    forms = tuple(
        frozenset(SAME.get(t.form, t.form) for t in s.tokens if t.tag.split("-", 1)[0] in CONTENT)
        for s in sentences
    )
    counts = Counter(form for held in forms for form in held)
    return Ground(
        sentences=sentences,
        text=text,
        squeezed=squeeze(text),
        numbers={value: frozenset(ways) for value, ways in numbers.items()},
        ends=one_end(text, found),
        dates=_dates(text, found),
        minutes=frozenset(minute for hour in hours(text, found) for minute in hour.minutes),
        latin=frozenset(word.word for word in latin(text)),
        forms=forms,
        words=frozenset(counts),
        nouns=frozenset(t.form for s in sentences for t in s.tokens if t.tag == "NNG"),
        weights={form: 1 / count for form, count in counts.items()},
    )


def _told(body: str, sentences: tuple[Sentence, ...]) -> str:
    """The body without what lies between its sentences and speaks to a machine: orders are no evidence."""
    kept: list[str] = []
    at = 0
    for start, end in (*((s.start, s.end) for s in sentences), (len(body), len(body))):
        between = body[at:start]
        kept.append("\n" if addresses_machine(between) else between)
        kept.append(body[start:end])
        at = end
    return "".join(kept)


def _compounds(sentences: tuple[Sentence, ...]) -> set[str]:
    """Runs of nouns, spaces aside, and the parts of them that begin at a noun."""
    found: set[str] = set()
    for sentence in sentences:
        run: list[str] = []
        for token in (*sentence.tokens, None):
            if token is not None and token.tag in {"NNG", "NNP", "SL", "XSN", "XPN", "XR"}:
                run.append(token.form)
                continue
            for start in range(len(run)):
                found.update(
                    "".join(run[start:end]) for end in range(start + 1, min(len(run), start + 6) + 1)
                )
            run = []
    return {name for name in found if len(name) > 2}  # noqa: PLR2004


def _dates(text: str, found: tuple[Quantity, ...]) -> frozenset[tuple[str, ...]]:
    """The dates of `text`; one that leaves out its year or month in a row also with that of the date before it."""
    dates: set[tuple[str, ...]] = set()
    last: Moment | None = None
    for moment in moments(text, found):
        dates.add(moment.parts)
        if last is not None and not _breaks(text, last.end, moment.start):
            kept = tuple(p for p in last.parts if _rank(p) < _rank(moment.parts[0]))
            dates.add((*kept, *moment.parts))
            moment = moment._replace(parts=(*kept, *moment.parts))  # noqa: PLW2901 - carried on along the row
        last = moment
    return frozenset(dates)


def _breaks(text: str, start: int, end: int) -> bool:
    return "\n" in text[start:end] or ". " in text[start:end]


def _rank(part: str) -> int:
    """How fine a part of a date is: years before months before days."""
    if part[0] in "YMD" and part[1:].isdigit():
        return "YMD".index(part[0])
    if part in {"올해", "내년", "지난해", "재작년"}:
        return 0
    if part in {"이달", "다음달", "지난달"}:
        return 1
    return 3
