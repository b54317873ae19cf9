"""A drafter over an engine: articles of all waiting pages go through it in batches, in one thread of its own.

A batch is bounded by its padded cost (its longest input times its articles), as text-embeddings-inference does.
Whatever the engine does, every waiter is answered and the loop goes on.
"""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import Busy, EngineError, NotReady, OutOfMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from app.domain import Assignment, Draft
    from app.engine.base import Engine

log = logging.getLogger("sejul.batcher")

# After the device's memory ran out the budget is halved, and won back by this much with each batch that fits.
REGROWTH = 1.05


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that was run, as metrics see it."""

    size: int
    cost: int
    """Its padded cost: the longest input times the articles."""
    tokens: int
    """The cost of its articles without padding."""
    seconds: float
    failed: bool
    """Whether no article of it could be drafted."""

    @property
    def padding_share(self) -> float:
        """The share of the padded cost that is padding."""
        return 1 - self.tokens / self.cost if self.cost else 0.0


@dataclass(eq=False, slots=True)
class _Entry:
    """An article that waits; its cost is known once the engine's thread has asked for it."""

    assignment: Assignment
    draft: asyncio.Future[Draft]
    cost: int = 0


def _unobserved(batch: Batch) -> None:
    """Nobody watches."""


class Batcher:
    """Batches for one engine; all methods are called in one event loop."""

    def __init__(
        self,
        engine: Engine,
        *,
        batch_tokens: int,
        queue_articles: int,
        wait_s: float = 0.005,
        observe: Callable[[Batch], None] = _unobserved,
    ) -> None:
        self._engine = engine
        self.info = engine.info
        self._most_tokens = batch_tokens
        self._budget = float(batch_tokens)
        self._most_waiting = queue_articles
        self._wait_s = wait_s
        self._observe = observe
        self._queue: list[_Entry] = []
        self._running: list[_Entry] = []
        self._expected = 0
        self._arrived = asyncio.Event()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sejul-engine")
        self._loop: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def waiting(self) -> int:
        """Articles in the queue."""
        return len(self._queue)

    @contextmanager
    def expect(self) -> Iterator[None]:
        """An article is on its way for as long as this is open; a batch with room waits a moment for it."""
        self._expected += 1
        try:
            yield
        finally:
            self._expected -= 1
            self._arrived.set()

    async def draft(self, assignment: Assignment) -> Draft:
        """The draft of `assignment`; a caller that is cancelled leaves the queue at once.

        Raises:
            Busy: the queue is full.
            NotReady: the batcher is closed.
            EngineError: the engine could not draft it.
        """
        if self._closed:
            raise NotReady("the engine is stopping")
        if len(self._queue) >= self._most_waiting:
            raise Busy("the engine's queue is full; try again later")
        if self._loop is None or self._loop.done():
            self._loop = asyncio.create_task(self._run(), name="sejul-batcher")
        entry = _Entry(assignment, asyncio.get_running_loop().create_future())
        self._queue.append(entry)
        self._arrived.set()
        try:
            return await entry.draft
        finally:
            if entry in self._queue:
                self._queue.remove(entry)

    async def close(self, grace_s: float) -> None:
        """Takes no more, finishes what waits within the grace, and answers the rest with NotReady."""
        self._closed = True
        self._arrived.set()
        if self._loop is not None:
            await asyncio.wait({self._loop}, timeout=grace_s)
            self._loop.cancel()
        for entry in (*self._queue, *self._running):
            _fail(entry, NotReady("the engine stopped before this article was drafted"))
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _run(self) -> None:
        while self._queue or not self._closed:
            if not self._queue:
                self._arrived.clear()
                await self._arrived.wait()
                continue
            await self._company()
            try:
                await self._next()
            except Exception as exc:  # noqa: BLE001 - whatever went wrong here, the loop must live
                for entry in self._running:
                    _fail(entry, _error(exc))
            self._running = []

    async def _company(self) -> None:
        """Waits a moment for articles that are on their way, where a batch has room for them."""
        end = asyncio.get_running_loop().time() + self._wait_s
        try:
            async with asyncio.timeout_at(end):
                while self._expected and len(self._queue) * self._longest() < self._budget:
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            pass

    def _longest(self) -> int:
        return max((entry.cost for entry in self._queue), default=1) or 1

    async def _next(self) -> None:
        """Runs one batch and answers its waiters."""
        run = asyncio.get_running_loop().run_in_executor
        fresh = [entry for entry in self._queue if not entry.cost]
        for entry, cost in zip(fresh, await run(self._thread, self._costs, fresh), strict=True):
            entry.cost = cost
        batch = self._running = self._choose()
        if not batch:
            return
        started = time.perf_counter()
        drafts = await run(self._thread, self._draft, batch)
        failed = all(isinstance(draft, EngineError) for draft in drafts)
        cost = max(entry.cost for entry in batch) * len(batch)
        tokens = sum(entry.cost for entry in batch)
        self._observe(Batch(len(batch), cost, tokens, time.perf_counter() - started, failed))
        self._budget = min(self._most_tokens, self._budget * REGROWTH)
        for entry, draft in zip(batch, drafts, strict=True):
            if isinstance(draft, EngineError):
                _fail(entry, draft)
            elif not entry.draft.done():
                entry.draft.set_result(draft)

    def _costs(self, entries: Sequence[_Entry]) -> list[int]:
        """In the engine's thread. An article whose cost cannot even be told is poison; it goes alone."""
        costs = []
        for entry in entries:
            try:
                costs.append(max(1, self._engine.cost(entry.assignment)))
            except Exception:  # noqa: BLE001 - its draft will fail by itself and say why
                costs.append(self._most_tokens)
        return costs

    def _choose(self) -> list[_Entry]:
        """Takes the oldest article from the queue, and those nearest to it in length while the budget holds."""
        if not self._queue:
            return []
        oldest = self._queue[0]
        batch, longest = [oldest], oldest.cost
        others = [entry for entry in self._queue[1:] if entry.cost]
        for entry in sorted(others, key=lambda e: abs(e.cost - oldest.cost)):
            if max(longest, entry.cost) * (len(batch) + 1) > self._budget:
                break
            batch.append(entry)
            longest = max(longest, entry.cost)
        chosen = set(batch)
        self._queue = [entry for entry in self._queue if entry not in chosen]
        return batch

    def _draft(self, batch: Sequence[_Entry]) -> list[Draft | EngineError]:
        """In the engine's thread: drafts, or errors; a batch that fails is halved until what failed is alone."""
        here = [entry for entry in batch if not entry.draft.done()]
        if not here:
            return [EngineError("the client left") for _ in batch]
        longest = max(entry.cost for entry in here)
        drafts = draft_each(
            self._engine, [entry.assignment for entry in here], lambda size: self._shrink(longest * size)
        )
        found = dict(zip(here, drafts, strict=True))
        return [found.get(entry) or EngineError("the client left") for entry in batch]

    def _shrink(self, cost: int) -> None:
        self._budget = max(1.0, cost / 2)


def draft_each(
    engine: Engine, assignments: Sequence[Assignment], too_large: Callable[[int], None]
) -> list[Draft | EngineError]:
    """Drafts, or errors; a batch that fails is halved until what failed is alone.

    `too_large` is told how many articles did not fit the device's memory.
    """
    try:
        drafts = engine.draft(assignments)
        if len(drafts) != len(assignments):
            raise EngineError("the engine answered another number of drafts than it was asked for")  # noqa: TRY301
    except Exception as exc:  # noqa: BLE001 - an engine may raise anything; each waiter is told
        if isinstance(exc, OutOfMemory):
            too_large(len(assignments))
        if len(assignments) == 1:
            log.warning("an article could not be drafted", extra={"record": {"error": type(exc).__name__}})
            return [_error(exc)]
        middle = len(assignments) // 2
        return [
            draft
            for half in (assignments[:middle], assignments[middle:])
            for draft in draft_each(engine, half, too_large)
        ]
    return drafts


def _error(exc: Exception) -> EngineError:
    """The error for a waiter; what a library says may quote the article, so only its type is told."""
    if isinstance(exc, EngineError):
        return exc
    error = EngineError(f"the engine failed ({type(exc).__name__})")
    error.__cause__ = exc
    return error


def _fail(entry: _Entry, error: Exception) -> None:
    if not entry.draft.done():
        entry.draft.set_exception(error)
