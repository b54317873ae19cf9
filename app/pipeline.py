"""The only wiring: page text to briefs, by way of splitting, assigning, drafting and grounding.

What to do about an engine that fails or a deadline that passes is decided here, about a line that is not grounded in
`app/publish.py`, and nowhere else: the extracted line stands in, and `origins` and `notices` say so.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from app.domain import Notice
from app.engine.base import further
from app.engine.extractive import extracted
from app.errors import Busy, DeadlinePassed, EngineError
from app.publish import publish
from app.summary.assign import assign
from app.text.splitter import single
from app.text.splitter import split as split_page

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
    from concurrent.futures import Executor

    from app.domain import Article, Assignment, Block, Brief, Draft, EngineInfo, Options, Split
    from app.engine.base import Drafter, Engine

T = TypeVar("T")
Args = TypeVarTuple("Args")

# A page has at most this many pieces of CPU work waiting at once, so that one page of a thousand briefs does not
# stand between every other page and the threads.
_LANES = 4
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
                more = further(desk.drafter.info.kind, options.style)
                assignment = await _in(desk, assign, article, options, more)
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
