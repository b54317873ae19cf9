"""Inputs to the fields of their lines, a few at a time; in a process of its own where there are several."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections import deque
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import parent_process
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from app.api.labels import Labels
from app.api.schemas import response
from app.batch.sources import Item, Rejected
from app.engine.batcher import Batcher
from app.engine.extractive import ExtractedDrafter
from app.engine.registry import build
from app.errors import SejulError, SetupError
from app.pipeline import Desk, summarize_articles, summarize_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from multiprocessing.process import BaseProcess

    from app.api.schemas import Include
    from app.domain import Options
    from app.engine.base import Drafter, Engine
    from app.pipeline import Result
    from app.settings import Settings


T = TypeVar("T")
Line: TypeAlias = dict[str, Any] | Rejected
"""The fields of a line of OUT, or why there is none."""

# Pages under way at once, so that a model's batches fill across pages. Without a model one is enough: an article's
# CPU work already runs in several threads, and more pages only cost switches (14 s of CPU for 63 pages at 1, 19 at 8).
PAGES = 8
# Nobody waits at the other end: a page whose model needs minutes on a CPU is better than one picked in a hurry.
_PATIENCE_S = 3600.0


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with every input of a run."""

    options: Options
    settings: Settings
    bodies: bool = False
    """Whether the lines hold the articles' bodies."""


class Worker:
    """A loaded engine and the event loop that pages are awaited on, a few at a time."""

    def __init__(self, job: Job, engine: Engine | None = None) -> None:
        """Loads the engine.

        Raises:
            SetupError: there is no such engine, or it cannot draft now: an archive that comes back picked instead of
                written would only be found out in the morning.
        """
        self._job = job
        self._engine = engine or build(job.settings)
        reason = self._engine.ready()
        if reason is not None:
            raise SetupError(f"{reason}; mend it, or take SEJUL_ENGINE=extractive")
        self._include: frozenset[Include] = frozenset({"body"} if job.bodies else ())
        self._labels = Labels.of(job.settings)
        self._runner = asyncio.Runner()
        self._batcher = None
        if self._engine.info.kind != "extractive":
            self._batcher = Batcher(
                self._engine, batch_tokens=job.settings.batch_tokens, queue_articles=sys.maxsize
            )
        self._drafter: Drafter = self._batcher or ExtractedDrafter()

    def each(self, items: Iterable[Item | Rejected]) -> Iterator[Line]:
        """The line of each item, in the items' order; what was rejected before passes through."""
        loop = self._runner.get_loop()
        under_way: deque[asyncio.Task[Line]] = deque()
        for item in items:
            under_way.append(loop.create_task(self._line(item)))
            if len(under_way) == (PAGES if self._batcher else 1):
                yield self._runner.run(_result(under_way.popleft()))
        while under_way:
            yield self._runner.run(_result(under_way.popleft()))

    def close(self) -> None:
        """Give the engine and the loop back."""
        if self._batcher is not None:
            self._runner.run(self._batcher.close(0.0))
        self._runner.close()
        self._engine.close()

    async def _line(self, item: Item | Rejected) -> Line:
        if isinstance(item, Rejected):
            return item
        try:
            result = await self._summarize(item)
        except SejulError as exc:
            return Rejected(item.id, None, exc.code, str(exc))
        except Exception as exc:  # noqa: BLE001 - one page that breaks us must not cost the night's archive
            # The type alone: a message might quote the article.
            return Rejected(
                item.id, None, SejulError.code, f"{type(exc).__name__} while summarizing; please report"
            )
        fields = response(result, self._drafter.info, self._include, self._labels).model_dump(mode="json")
        if item.single:
            article = fields["articles"][0]
            fields = {name: article[name] for name in ("headline", "summary", "evidence")} | fields
        return {"id": item.id, **fields}

    async def _summarize(self, item: Item) -> Result:
        expect = self._batcher.expect if self._batcher else nullcontext
        desk = Desk(self._drafter, deadline_s=_PATIENCE_S, expect=expect)
        if not item.single:
            return await summarize_page(item.text, self._job.options, desk)
        return await summarize_articles([(item.headline, item.text)], self._job.options, desk)


async def _result(task: asyncio.Task[T]) -> T:
    return await task


_worker: Worker | None = None


def start(job: Job) -> None:
    """Make this process a worker: its engine is loaded once, and it does not outlive the run that started it."""
    global _worker  # noqa: PLW0603 - a pool hands its processes nothing but their globals
    # Ctrl-C reaches every process of a terminal; the run that started this one decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        # A worker waits on a queue whose other end it holds itself, so a run killed by -9 would leave it for good.
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    _worker = Worker(job)


def _leave_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def work(items: list[Item | Rejected]) -> list[Line]:
    """The lines of `items`, by this process's worker."""
    if _worker is None:
        raise RuntimeError("start() was not called in this process")
    return list(_worker.each(items))
