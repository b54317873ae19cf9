"""Whether a line lets those speak whom its article quotes: a quotation goes with its speaker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.grounding.compare import one_subject, points
from app.text.facts import Fact
from app.text.facts.lexicon import REPORTING
from app.text.facts.quotations import pieces, quotations, squeeze
from app.text.facts.subjects import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.summary.grounding.source import Ground
    from app.text.facts.quotations import Quotation
    from app.text.facts.reading import Reading, Word
    from app.text.facts.subjects import Phrase

# Syllables from which on what stands in marks is speech and no name of something.
_SPEECH = 6
_SPEAKING = (*(w for w in REPORTING if len(w) > 1), "반발", "호소", "비판", "맞불", "목소리")
_SAID = re.compile(r"(?:이?라[고며는면]|고|며|면서)")
# In a line the verb may be its noun, or be left out.
_SAYS = re.compile(rf"(?:이?라[고며는면]|고|며|면서)|[\s.,…]*$|[,…]|\s(?:{'|'.join(_SPEAKING)})")
# How far back the speaker of a sentence without one is looked for.
_BACK = 3


def misquoted(line: Reading, source: Ground) -> Iterator[Fact]:
    """The quotations of `line` that its article has from another mouth."""
    for quotation in quotations(line.text):
        said = pieces(quotation.text)
        if not said or len("".join(said)) < _SPEECH or not _SAYS.match(line.text, quotation.end + 1):
            continue
        mine = _speaker(line, quotation)
        at = next((n for n, s in enumerate(source.sentences) if _quotes(s.text, said[0])), None)
        if mine is None or at is None:
            continue
        if not any(
            one_subject(line, mine, reading, theirs) for reading, theirs in _speakers(source, at, said[0])
        ):
            yield Fact("attribution", mine.head.stem, mine.words[0].start, mine.head.end)


def _quotes(text: str, said: str) -> bool:
    """Whether a sentence reports something as speech, in marks: a title in marks takes a particle of nouns."""
    return any(said in squeeze(q.text) and _SAID.match(text, q.end + 1) for q in quotations(text))


def _speaker(line: Reading, quotation: Quotation) -> Phrase | None:
    """Whom the line lets say a quotation: its topic, or the bare name right before the marks."""
    before = [w for w in line.words if w.end <= quotation.start and not _inside(line, w.start)]
    told = [w for w in before if w.role in {"topic", "subject"} and not _qualifies(line, w, quotation.start)]
    after = [
        p for p in line.predicates if p.start >= quotation.end and p.lemma in REPORTING and not p.passive
    ]
    if told:
        return phrase(line, told[-1]) if after else None
    bare = [w for w in before if not w.role and not line.text[w.end : quotation.start - 1].strip(" ,:")]
    bare = [w for w in bare if not any(c.isdigit() for c in w.stem)]  # 5년간 ‘100조 원 시대’라는
    return phrase(line, bare[-1]) if bare else None


def _inside(reading: Reading, at: int) -> bool:
    return any(q.start <= at < q.end for q in quotations(reading.text) if len(squeeze(q.text)) >= _SPEECH)


def _speakers(source: Ground, at: int, said: str) -> list[tuple[Reading, Phrase]]:
    """Who says it in the article; where its sentence names nobody, the speakers of the sentences before."""
    reading = source.reading(at)
    own = _told(reading, said)
    if own is not None and not points(reading, own):
        return [(reading, own)]
    found: list[tuple[Reading, Phrase]] = [(reading, own)] if own else []
    for n in range(at - 1, max(-1, at - 1 - _BACK), -1):
        before = source.reading(n)
        found += [(before, phrase(before, w)) for w in before.words if w.role in {"topic", "subject", "to"}]
    return found


def _qualifies(reading: Reading, word: Word, until: int) -> bool:
    """Whether a word is the subject of a clause that only modifies, before a quotation: 사진이 그려진 패널을 들고."""
    predicate = next(
        (p for p in reading.predicates if p.at > word.first and p.start < until and not p.nominal), None
    )
    return word.role == "subject" and predicate is not None and predicate.tail.ending == "modifier"


def _told(reading: Reading, said: str) -> Phrase | None:
    """Who says a quotation in its sentence: the nearest subject before the marks, else the nearest behind."""
    quoted = next((q for q in quotations(reading.text) if said in squeeze(q.text)), None)
    start = quoted.start if quoted else len(reading.text)
    outside = [w for w in reading.words if w.role in {"topic", "subject"} and not _inside(reading, w.start)]
    before = [w for w in outside if w.end <= start and not _qualifies(reading, w, start)]
    chosen = before[-1:] or [w for w in outside if w.start >= start][:1]
    # 나 사장도 “…”고 했다, 나 사장 역시 “…”: who else spoke.
    chosen = chosen or [w for w in reading.words if w.role == "also" and w.end <= start][:1]
    return phrase(reading, chosen[0]) if chosen else None
