"""What leaves of a draft: every line and the headline grounded, or another in its place and a notice that says so."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from app.domain import Brief, DraftLine, HeadlineOrigin, Line, Notice, Origin, Style
from app.engine.extractive import extracted
from app.summary.compress import shorten
from app.summary.grounding import ground, unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.domain import Assignment, Draft, Sentence
    from app.summary.grounding import Ground

# No line is longer, in characters, where anything shorter stands in.
LONGEST = 100


def publish(index: int, assignment: Assignment, draft: Draft) -> Brief:
    """The brief of an article: its draft, with nothing in it that the article does not support."""
    article, sentences = assignment.article, assignment.sentences
    source = ground(article, sentences)
    notices = list(draft.notices)
    lines: list[Line] = []
    for number, (line, notice) in enumerate(_grounded(assignment, draft, source), start=1):
        spans = tuple(
            span for n in line.sentences for span in article.body.spans(sentences[n].start, sentences[n].end)
        )
        lines.append(Line(line.text, spans, line.origin))
        if notice is not None:
            notices.append(replace(notice, line=number))
    if len(lines) < assignment.options.lines:
        notices.append(Notice("fewer_lines", f"기사가 짧아 {len(lines)}줄만 뽑음"))
    if assignment.instructions:
        notices.append(Notice("instruction_ignored", "기계에 내리는 지시로 보이는 문장이 있어 요약에서 뺌"))
    headline, origin, notice = _headline(assignment, draft, source)
    if notice is not None:
        notices.append(notice)
    return Brief(index, article, headline, origin, tuple(lines), tuple(notices))


def _grounded(assignment: Assignment, draft: Draft, source: Ground) -> list[tuple[DraftLine, Notice | None]]:
    """The draft's lines, each replaced by an extracted one where the article does not support it.

    As many lines as there is evidence: what a draft left out, or said twice, is extracted.
    """
    kept: list[tuple[DraftLine, Notice | None]] = []
    spare = list(extracted(assignment).lines)
    wanted = min(assignment.options.lines, max(len(spare), len(draft.lines)))
    for line in draft.lines[:wanted]:
        wrong = _wrong(line.text, line.sentences, assignment.sentences, source)
        chosen: DraftLine | None = line
        notice = None
        if wrong:
            chosen = _stand_in(line, spare, assignment, source)
            notice = Notice("line_replaced", "원문에 없는 값이 있어 원문 문장으로 바꿈", facts=wrong)
        if chosen is not None and chosen.text and all(chosen.text != other.text for other, _ in kept):
            kept.append((chosen, notice))
            spare = [s for s in spare if not set(s.sentences) & set(chosen.sentences)]
    for line in spare[: wanted - len(kept)]:
        chosen = _stand_in(line, [], assignment, source)
        if chosen is not None and all(chosen.text != other.text for other, _ in kept):
            kept.append((chosen, Notice("line_added", "엔진이 쓰지 않은 줄을 원문에서 뽑음")))
    return kept


def _stand_in(
    line: DraftLine, spare: Sequence[DraftLine], assignment: Assignment, source: Ground
) -> DraftLine | None:
    """What may stand for a line: another line of its evidence, its first sentence whole, another extracted line.

    A whole sentence stands only where it is no longer than a line may be, or where nothing else does.
    """
    sentences, used = assignment.sentences, set(line.sentences)
    own = [s for s in (line, *spare) if s.origin is Origin.EXTRACTED and set(s.sentences) & used]
    others = [
        DraftLine(text, e.sentences, Origin.EXTRACTED)
        for e in assignment.evidence
        if set(e.sentences) & used
        for text in e.others
    ]
    first = line.sentences[:1]
    whole = [DraftLine(sentences[n].text, first, Origin.EXTRACTED) for n in first]
    short = [w for w in whole if len(w.text) <= LONGEST]
    elsewhere = [DraftLine(e.extracted, e.sentences, Origin.EXTRACTED) for e in assignment.spare]
    if assignment.options.style is Style.BRIEF:
        # In the desk's style a whole sentence is out of place: another line first, then a finished one; a long one never.
        nearest = chain(elsewhere, _finished(assignment, line), short, spare)
    else:
        nearest = chain(short, spare, elsewhere, whole)
    for candidate in chain(own, others, nearest):
        if candidate.text and not _wrong(candidate.text, candidate.sentences, sentences, source):
            return candidate
    return None


def _finished(assignment: Assignment, line: DraftLine) -> Iterator[DraftLine]:
    """The sentences of a line as one finished sentence, shortened; made only where it is asked for."""
    text = shorten(assignment.article, assignment.sentences, line.sentences, Style.SENTENCE)
    if text is not None:
        yield DraftLine(text, line.sentences, Origin.EXTRACTED)


def _wrong(
    text: str, group: tuple[int, ...], sentences: Sequence[Sentence], source: Ground
) -> tuple[str, ...]:
    """The kinds of the facts that the article does not support."""
    return tuple(fact.kind for fact in unsupported(text, source, tuple(sentences[n] for n in group)))


def _headline(
    assignment: Assignment, draft: Draft, source: Ground
) -> tuple[str | None, HeadlineOrigin | None, Notice | None]:
    """The page's own headline, else the draft's where it is grounded, else the extracted one."""
    if assignment.article.headline:
        return assignment.article.headline, HeadlineOrigin.PAGE, None
    notice = None
    if draft.headline:
        if not unsupported(draft.headline, source):
            return draft.headline, draft.headline_origin, None
        notice = Notice("headline_replaced", "원문에 없는 값이 있어 제목을 원문에서 뽑음")
    if assignment.headline and not unsupported(assignment.headline, source):
        return assignment.headline, HeadlineOrigin.EXTRACTED, notice
    return None, None, notice
