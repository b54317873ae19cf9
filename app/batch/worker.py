"""One input to the fields of its line; in a process of its own where there are several."""

from __future__ import annotations

import asyncio
import os
import threading
from dataclasses import dataclass
from multiprocessing import parent_process
from typing import TYPE_CHECKING, Any

from app.api.labels import Labels
from app.api.schemas import response
from app.batch.sources import Item, Rejected
from app.engine.registry import build
from app.errors import SejulError
from app.pipeline import Desk, DirectDrafter, summarize_articles, summarize_page

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from app.api.schemas import Include
    from app.domain import Options
    from app.engine.base import Engine
    from app.pipeline import Result
    from app.settings import Settings


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
    """A loaded engine and the event loop that it is awaited on."""

    def __init__(self, job: Job, engine: Engine | None = None) -> None:
        self._job = job
        self._engine = engine or build(job.settings)
        self._drafter = DirectDrafter(self._engine)
        self._include: frozenset[Include] = frozenset({"body"} if job.bodies else ())
        self._labels = Labels.of(job.settings)
        self._runner = asyncio.Runner()

    def __call__(self, item: Item) -> dict[str, Any] | Rejected:
        """The line of `item`, or why there is none."""
        try:
            result = self._runner.run(self._summarize(item))
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

    def close(self) -> None:
        """Give the engine and the loop back."""
        self._runner.close()
        self._engine.close()

    async def _summarize(self, item: Item) -> Result:
        desk = Desk(self._drafter, deadline_s=_PATIENCE_S)
        if not item.single:
            return await summarize_page(item.text, self._job.options, desk)
        return await summarize_articles([(item.headline, item.text)], self._job.options, desk)


_worker: Worker | None = None


def start(job: Job) -> None:
    """Make this process a worker: its engine is loaded once, and it does not outlive the run that started it."""
    global _worker  # noqa: PLW0603 - a pool hands its processes nothing but their globals
    parent = parent_process()
    if parent is not None:
        # A worker waits on a queue whose other end it holds itself, so a run killed by -9 would leave it for good.
        threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    _worker = Worker(job)


def _leave_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def work(item: Item) -> dict[str, Any] | Rejected:
    """The line of `item`, by this process's worker."""
    if _worker is None:
        raise RuntimeError("start() was not called in this process")
    return _worker(item)
