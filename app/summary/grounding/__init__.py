"""Whether a line says only what its article says: a pure function, which never sees an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.grounding.bindings import mismatched
from app.summary.grounding.claims import misclaimed
from app.summary.grounding.compare import behind
from app.summary.grounding.directions import halved, misdirected
from app.summary.grounding.exceptions import taken_in, undenied
from app.summary.grounding.homographs import as_read
from app.summary.grounding.lookup import missing
from app.summary.grounding.outcomes import unheard
from app.summary.grounding.quoting import misquoted
from app.summary.grounding.roles import misattributed
from app.summary.grounding.slots import misplaced, replaced
from app.summary.grounding.source import Ground, ground
from app.summary.grounding.speakers import misspoken
from app.summary.grounding.strangers import strangers, titles
from app.summary.grounding.torn import torn
from app.summary.grounding.unrelated import unrelated
from app.text.facts.quotations import squeeze
from app.text.facts.reading import read
from app.text.morphology import tokenize

if TYPE_CHECKING:
    from app.domain import Sentence
    from app.text.facts import Fact

__all__ = ["Ground", "ground", "unsupported"]

# Quotation marks, spaces and a full stop are what two copies of one sentence may differ in.
_MARKS = 12


def unsupported(line: str, source: Ground, evidence: tuple[Sentence, ...] = ()) -> tuple[Fact, ...]:
    """The facts of `line` that its article does not support; `evidence` is what it was written from."""
    if _verbatim(line, source, evidence):
        return ()
    reading = read(line, as_read(tokenize(line), source))
    sources = behind(reading, source, evidence)
    found = (
        *missing(line, source),
        *strangers(reading, source),
        *titles(reading, source),
        *misdirected(line, source.text),
        *halved(line, source),
        *taken_in(line, source.text),
        *undenied(line, source.text),
        *misplaced(reading, sources.own),
        *mismatched(reading, sources.places, source),
        *replaced(reading, sources.own, source),
        *misclaimed(reading, sources.all),
        *unheard(reading, sources.all, source),
        *misquoted(reading, source),
        *misattributed(reading, sources.all, source),
        *misspoken(reading, sources.all),
        *torn(reading, sources.all),
        *unrelated(reading, source),
    )
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


def _verbatim(line: str, source: Ground, evidence: tuple[Sentence, ...]) -> bool:
    """Whether a line is its evidence, or one sentence of the article, word for word."""
    said = squeeze(line)
    return said == squeeze("".join(s.text for s in evidence)) or any(
        said == squeeze(s.text) for s in source.sentences if abs(len(s.text) - len(line)) <= _MARKS
    )
