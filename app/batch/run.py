"""A run over an archive: read, skip what is done, work, write, in the order of the inputs."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from app.batch.sources import Item, Rejected
from app.batch.worker import Worker, start, work
from app.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.batch.ledger import Ledger
    from app.batch.worker import Job

# Inputs under way for each process: one at work and a few waiting, so that none idles while the line is written.
_AHEAD = 4


@dataclass(slots=True)
class Tally:
    """How far a run has come."""

    done: int = 0
    """Lines written by this run."""
    kept: int = 0
    """Inputs whose line was there before."""
    rejected: int = 0

    @property
    def seen(self) -> int:
        """Inputs dealt with."""
        return self.done + self.kept + self.rejected


def run(
    inputs: Iterable[Item | Rejected],
    ledger: Ledger,
    job: Job,
    workers: int = 1,
    progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Write a line for every input that is not done yet; OUT keeps the order of the inputs.

    Raises:
        SetupError: the engine could not be loaded, or a worker's process died.
    """
    tally = Tally()

    def left() -> Iterator[Item | Rejected]:
        for item in inputs:
            if isinstance(item, Item) and item.id in ledger.done:
                tally.kept += 1
                progress(tally)
            else:
                yield item

    results = _serial(left(), job) if workers == 1 else _parallel(left(), job, workers)
    for result in results:
        if isinstance(result, Rejected):
            ledger.reject(result)
            tally.rejected += 1
        else:
            ledger.write(result)
            tally.done += 1
        progress(tally)
    return tally


def _serial(inputs: Iterator[Item | Rejected], job: Job) -> Iterator[dict[str, Any] | Rejected]:
    with closing(Worker(job)) as worker:
        for item in inputs:
            yield item if isinstance(item, Rejected) else worker(item)


def _parallel(
    inputs: Iterator[Item | Rejected], job: Job, workers: int
) -> Iterator[dict[str, Any] | Rejected]:
    # Spawned, not forked: a forked copy of a process that runs threads (torch, Kiwi) may hang.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=start, initargs=(job,))
    waiting: deque[Any] = deque()
    try:
        while True:
            for item in islice(inputs, workers * _AHEAD - len(waiting)):
                waiting.append(item if isinstance(item, Rejected) else pool.submit(work, item))
            if not waiting:
                return
            first = waiting.popleft()
            yield first if isinstance(first, Rejected) else first.result()
    except BrokenProcessPool as exc:
        raise SetupError(
            "a worker's process died (out of memory?); start again with fewer --workers to go on from here"
        ) from exc
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
