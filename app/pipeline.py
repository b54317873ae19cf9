"""The only wiring: page text to briefs, by way of splitting, assigning, drafting and grounding.

What to do about a line that is not grounded, an engine that fails or a deadline that passes is decided here and
nowhere else: the extracted line stands in, and `origins` and `notices` say so.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from app.domain import Brief, HeadlineOrigin, Line, Notice
from app.engine.extractive import extracted
from app.errors import Busy, DeadlinePassed, EngineError
from app.summary.assign import assign
from app.summary.grounding import ground, unsupported
from app.text.splitter import split as split_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from concurrent.futures import Executor

    from app.domain import Article, Assignment, Draft, DraftLine, Options, Sentence, Split
    from app.engine.base import Drafter, Engine
    from app.summary.grounding import Ground

T = TypeVar("T")
Args = TypeVarTuple("Args")


@dataclass(slots=True)
class Timings:
    """Milliseconds spent in each stage, summed over the articles; `total` is what the clock on the wall says."""

    split: float = 0.0
    select: float = 0.0
    draft: float = 0.0
    ground: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """What a page came to."""

    split: Split
    briefs: tuple[Brief, ...]
    timings: Timings


@dataclass(frozen=True, slots=True)
class Desk:
    """What summarizing needs beside the page: who drafts, where the CPU's work runs, and for how long."""

    drafter: Drafter
    pool: Executor | None = None
    """Threads for the CPU's work (Kiwi releases the GIL); None is asyncio's own."""
    deadline_s: float = 60.0
    timings: Timings = field(default_factory=Timings)


class DirectDrafter:
    """A drafter without a queue, for one page at a time: the command line, archives, tests."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.info = engine.info

    async def draft(self, assignment: Assignment) -> Draft:
        """The engine's draft; the engine's error where it failed."""
        (draft,) = await asyncio.to_thread(self._engine.draft, [assignment])
        if isinstance(draft, EngineError):
            raise draft
        return draft


async def summarize_page(text: str, options: Options, desk: Desk) -> Result:
    """The articles of a page, each with its headline and lines, in the page's order.

    Raises:
        DeadlinePassed: not even the extracted lines were there in time.
        Busy: the drafter's queue is full.
    """
    started = time.perf_counter()
    split = await _in(desk, split_page, text)
    desk.timings.split = _ms(started)
    found = [brief async for brief in briefs(split, options, desk)]
    desk.timings.total = _ms(started)
    return Result(split, tuple(sorted(found, key=lambda b: b.index)), desk.timings)


async def briefs(split: Split, options: Options, desk: Desk) -> AsyncIterator[Brief]:
    """The briefs of a split page, each as soon as it is ready.

    Raises:
        DeadlinePassed: not even the extracted lines were there in time.
        Busy: the drafter's queue is full.
    """
    deadline = time.perf_counter() + desk.deadline_s
    tasks = [
        asyncio.create_task(_brief(index, article, options, desk, deadline))
        for index, article in enumerate(split.articles)
    ]
    try:
        for ready in asyncio.as_completed(tasks):
            yield await ready
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _brief(index: int, article: Article, options: Options, desk: Desk, deadline: float) -> Brief:
    started = time.perf_counter()
    try:
        async with asyncio.timeout(deadline - time.perf_counter()):
            assignment = await _in(desk, assign, article, options)
    except TimeoutError as exc:
        raise DeadlinePassed("the deadline passed before the page was read; send fewer articles") from exc
    desk.timings.select += _ms(started)
    started = time.perf_counter()
    draft = await _draft(assignment, desk, deadline)
    desk.timings.draft += _ms(started)
    started = time.perf_counter()
    brief = await _in(desk, publish, index, assignment, draft)
    desk.timings.ground += _ms(started)
    return brief


async def _draft(assignment: Assignment, desk: Desk, deadline: float) -> Draft:
    """The drafter's draft, or the extracted one with the reason why."""
    try:
        async with asyncio.timeout(max(0.0, deadline - time.perf_counter())):
            return await desk.drafter.draft(assignment)
    except TimeoutError:
        notice = Notice("engine_late", "엔진이 제시간에 답하지 않아 원문에서 뽑음")
    except Busy:
        raise
    except EngineError as exc:
        notice = Notice(exc.code, "엔진이 이 기사를 쓰지 못해 원문에서 뽑음")
    draft = extracted(assignment)
    return replace(draft, notices=(*draft.notices, notice))


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
    headline, origin, notice = _headline(assignment, draft, source)
    if notice is not None:
        notices.append(notice)
    return Brief(index, article, headline, origin, tuple(lines), tuple(notices))


def _grounded(assignment: Assignment, draft: Draft, source: Ground) -> list[tuple[DraftLine, Notice | None]]:
    """The draft's lines, each replaced by an extracted one where the article does not support it."""
    kept: list[tuple[DraftLine, Notice | None]] = []
    spare = list(extracted(assignment).lines)
    for line in draft.lines[: assignment.options.lines]:
        chosen, notice = line, None
        if _bad(line.text, line.sentences, assignment.sentences, source):
            stand_in = next((s for s in spare if set(s.sentences) & set(line.sentences)), None)
            stand_in = stand_in or (spare[0] if spare else None)
            if stand_in is None:
                continue
            chosen = _true_form(stand_in, assignment.sentences, source)
            notice = Notice("line_replaced", "원문에 없는 값이 있어 원문 문장으로 바꿈")
        spare = [s for s in spare if not set(s.sentences) & set(chosen.sentences)]
        if chosen.text and all(chosen.text != other.text for other, _ in kept):
            kept.append((chosen, notice))
    return kept


def _true_form(line: DraftLine, sentences: Sequence[Sentence], source: Ground) -> DraftLine:
    """An extracted line; the whole sentence where even shortening went wrong."""
    if not _bad(line.text, line.sentences, sentences, source):
        return line
    return replace(line, text=" ".join(sentences[n].text for n in line.sentences))


def _bad(text: str, group: tuple[int, ...], sentences: Sequence[Sentence], source: Ground) -> bool:
    return bool(unsupported(text, source, tuple(sentences[n] for n in group)))


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


async def _in(desk: Desk, work: Callable[[*Args], T], *args: *Args) -> T:
    """The CPU's work, in a thread of the desk's pool."""
    return await asyncio.get_running_loop().run_in_executor(desk.pool, work, *args)


def _ms(started: float) -> float:
    return (time.perf_counter() - started) * 1000
