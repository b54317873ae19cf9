"""The only wiring: page text to briefs, by way of splitting, assigning, drafting and grounding.

What to do about a line that is not grounded, an engine that fails or a deadline that passes is decided here and
nowhere else: the extracted line stands in, and `origins` and `notices` say so.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from app.domain import Brief, DraftLine, HeadlineOrigin, Line, Notice, Origin, Style
from app.engine.extractive import extracted
from app.errors import Busy, DeadlinePassed, EngineError
from app.summary.assign import assign
from app.summary.compress import shorten
from app.summary.grounding import ground, unsupported
from app.text.splitter import single
from app.text.splitter import split as split_page

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
    from concurrent.futures import Executor

    from app.domain import Article, Assignment, Block, Draft, EngineInfo, Options, Sentence, Split
    from app.engine.base import Drafter, Engine
    from app.summary.grounding import Ground

T = TypeVar("T")
Args = TypeVarTuple("Args")

# A page has at most this many pieces of CPU work waiting at once, so that one page of a thousand briefs does not
# stand between every other page and the threads.
_LANES = 4
# No line is longer, in characters, where anything shorter stands in.
LONGEST = 100
# Articles of one page that are at work at once; a whole newspaper sent as one text goes through in turns.
WINDOW = 128
# The last part of the deadline is kept for the extracted lines of the articles whose engine was too slow.
_DRAFTING_SHARE = 0.9


@dataclass(slots=True)
class Timings:
    """Milliseconds spent in each stage, summed over the articles; `total` is what the clock on the wall says."""

    split: float = 0.0
    select: float = 0.0
    draft: float = 0.0
    ground: float = 0.0
    total: float = 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What was submitted, read: one split for a page, one for each article that was sent already split."""

    splits: tuple[Split, ...]
    by_article: bool = False

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in order."""
        return tuple(article for split in self.splits for article in split.articles)

    @property
    def skipped(self) -> tuple[tuple[Block, str, int | None], ...]:
        """The skipped blocks, each with the text it points into and the article that text is of."""
        return tuple(
            (block, split.source, number if self.by_article else None)
            for number, split in enumerate(self.splits)
            for block in split.skipped
        )


@dataclass(frozen=True, slots=True)
class Result:
    """What a page, or articles sent already split, came to."""

    reading: Reading
    briefs: tuple[Brief, ...]
    timings: Timings

    @property
    def split(self) -> Split:
        """The split of a page."""
        return self.reading.splits[0]


@dataclass(frozen=True, slots=True)
class Clock:
    """When one request must be answered, in the event loop's time, and when its engine is given up."""

    deadline: float
    drafting: float
    started: float

    @classmethod
    def start(cls, seconds: float) -> Clock:
        """A clock that runs from now."""
        now = asyncio.get_running_loop().time()
        return cls(now + seconds, now + seconds * _DRAFTING_SHARE, now)


@dataclass(frozen=True, slots=True)
class Desk:
    """What summarizing needs beside the page: who drafts, where the CPU's work runs, and for how long."""

    drafter: Drafter
    pool: Executor | None = None
    """Threads for the CPU's work (Kiwi releases the GIL); None is asyncio's own."""
    deadline_s: float = 60.0
    admit: Callable[[int], AbstractContextManager[object]] = nullcontext
    """Takes places for so many articles, all or none, and raises Busy where there are too few."""
    expect: Callable[[], AbstractContextManager[object]] = nullcontext
    """Open while an article is on its way to the drafter, so that a batch may wait a moment for it."""
    window: int = WINDOW
    clock: Clock | None = None
    timings: Timings = field(default_factory=Timings)
    lanes: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_LANES))

    def on_the_clock(self) -> Desk:
        """This desk for one request, its clock running."""
        if self.clock is not None:
            return self
        return replace(
            self,
            clock=Clock.start(self.deadline_s),
            timings=Timings(),
            lanes=asyncio.Semaphore(_LANES),
        )

    def timed(self) -> Timings:
        """The timings so far, with the total since the clock was started."""
        if self.clock is not None:
            self.timings.total = (asyncio.get_running_loop().time() - self.clock.started) * 1000
        return self.timings


class DirectDrafter:
    """A drafter without a queue, for one page at a time: the command line, archives, tests."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def info(self) -> EngineInfo:
        """What really runs: a chat server's model and form of answer are known once it was asked."""
        return self._engine.info

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
        Busy: there is no room for the page's articles now; none of them was begun.
    """
    desk = desk.on_the_clock()
    return await _finish(await read_page(text, desk), options, desk)


async def summarize_articles(
    articles: Sequence[tuple[str | None, str]], options: Options, desk: Desk
) -> Result:
    """Articles sent already split, as (headline, body), in their order; offsets are into each body.

    Raises:
        DeadlinePassed: not even the extracted lines were there in time.
        Busy: there is no room for so many articles now; none of them was begun.
    """
    desk = desk.on_the_clock()
    return await _finish(await read_articles(articles, desk), options, desk)


async def read_page(text: str, desk: Desk) -> Reading:
    """A page, split.

    Raises:
        DeadlinePassed: the page was not read in time.
    """
    started = time.perf_counter()
    split = await _in(desk, split_page, text)
    desk.timings.split += _ms(started)
    return Reading((split,))


async def read_articles(articles: Sequence[tuple[str | None, str]], desk: Desk) -> Reading:
    """Articles sent already split, each read on its own.

    Raises:
        DeadlinePassed: they were not read in time.
    """
    started = time.perf_counter()
    splits = await _in(desk, _singles, tuple(articles))
    desk.timings.split += _ms(started)
    return Reading(splits, by_article=True)


async def _finish(reading: Reading, options: Options, desk: Desk) -> Result:
    found = [brief async for brief in briefs(reading, options, desk)]
    return Result(reading, tuple(sorted(found, key=lambda b: b.index)), desk.timed())


async def briefs(reading: Reading, options: Options, desk: Desk) -> AsyncGenerator[Brief]:
    """The briefs of what was read, each as soon as it is ready; places for all of them are taken first.

    Raises:
        DeadlinePassed: not even the extracted lines were there in time.
        Busy: there is no room for so many articles now; none of them was begun.
    """
    desk = desk.on_the_clock()
    articles = reading.articles
    window = asyncio.Semaphore(desk.window)
    with desk.admit(min(len(articles), desk.window)):
        tasks = [
            asyncio.create_task(_brief(index, article, options, desk, window))
            for index, article in enumerate(articles)
        ]
        try:
            for ready in asyncio.as_completed(tasks):
                yield await ready
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _brief(
    index: int, article: Article, options: Options, desk: Desk, window: asyncio.Semaphore
) -> Brief:
    async with window:
        async with _stage(desk, "select"):
            with desk.expect():
                assignment = await _in(desk, assign, article, options)
        async with _stage(desk, "draft"):
            draft = await _draft(assignment, desk)
        async with _stage(desk, "ground"):
            return await _in(desk, publish, index, assignment, draft)


async def _draft(assignment: Assignment, desk: Desk) -> Draft:
    """The drafter's draft, or the extracted one with the reason why."""
    try:
        async with asyncio.timeout_at(desk.clock.drafting if desk.clock else None):
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
        finished = (
            DraftLine(_finished(assignment, line) or "", line.sentences, Origin.EXTRACTED) for _ in first
        )
        nearest = chain(elsewhere, finished, short, spare)
    else:
        nearest = chain(short, spare, elsewhere, whole)
    for candidate in chain(own, others, nearest):
        if candidate.text and not _wrong(candidate.text, candidate.sentences, sentences, source):
            return candidate
    return None


def _finished(assignment: Assignment, line: DraftLine) -> str | None:
    """The sentences of a line as a finished sentence, shortened."""
    return shorten(assignment.article, assignment.sentences, line.sentences, Style.SENTENCE)


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


def _singles(articles: tuple[tuple[str | None, str], ...]) -> tuple[Split, ...]:
    return tuple(single(headline, body) for headline, body in articles)


async def _in(desk: Desk, work: Callable[[*Args], T], *args: *Args) -> T:
    """The CPU's work, in a thread of the desk's pool; work that the deadline overtakes is dropped if not begun.

    Raises:
        DeadlinePassed: it was not done in time.
    """
    try:
        async with asyncio.timeout_at(desk.clock.deadline if desk.clock else None), desk.lanes:
            return await asyncio.get_running_loop().run_in_executor(desk.pool, work, *args)
    except TimeoutError as exc:
        raise DeadlinePassed("the deadline passed before the page was read; send fewer articles") from exc


@asynccontextmanager
async def _stage(desk: Desk, name: str) -> AsyncIterator[None]:
    """Adds the time inside it to a stage's sum."""
    started = time.perf_counter()
    yield
    setattr(desk.timings, name, getattr(desk.timings, name) + _ms(started))


def _ms(started: float) -> float:
    return (time.perf_counter() - started) * 1000
