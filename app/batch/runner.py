"""A run over an archive: read, skip what is done, work, write, in the order of the inputs."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from multiprocessing import active_children, get_context
from typing import TYPE_CHECKING

from app.batch.sources import Item, Rejected
from app.batch.worker import PAGES, Worker, start, work
from app.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.batch.ledger import Ledger
    from app.batch.worker import Job, Line

# Groups of inputs for each process: one at work and one waiting, so that none idles while lines are written.
_AHEAD = 2
# The pipeline's notices on an article that its engine did not write.
_FALLEN_BACK = {"engine_failed", "engine_late", "out_of_memory", "cancelled", "busy", "not_ready"}


@dataclass(slots=True)
class Tally:
    """How far a run has come."""

    done: int = 0
    """Lines written by this run."""
    kept: int = 0
    """Inputs whose line was there before."""
    rejected: int = 0
    fallen_back: int = 0
    """Articles of this run that the engine could not write and that came back extracted."""

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
        keep(result, ledger, tally)
        progress(tally)
    return tally


def keep(line: Line, ledger: Ledger, tally: Tally) -> None:
    """Writes a line, or why there is none, and counts it."""
    if isinstance(line, Rejected):
        ledger.reject(line)
        tally.rejected += 1
        return
    ledger.write(line)
    tally.done += 1
    tally.fallen_back += sum(
        any(notice["code"] in _FALLEN_BACK for notice in article["notices"]) for article in line["articles"]
    )


def _serial(inputs: Iterator[Item | Rejected], job: Job) -> Iterator[Line]:
    with closing(Worker(job)) as worker:
        yield from worker.each(inputs)


def _parallel(inputs: Iterator[Item | Rejected], job: Job, workers: int) -> Iterator[Line]:
    # Spawned, not forked: a forked copy of a process that runs threads (torch, Kiwi) may hang.
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=start, initargs=(job,))
    under_way: deque[Future[list[Line]]] = deque()
    try:
        while True:
            while len(under_way) < workers * _AHEAD and (group := list(islice(inputs, PAGES))):
                under_way.append(pool.submit(work, group))
            if not under_way:
                return
            yield from under_way.popleft().result()
    except (KeyboardInterrupt, GeneratorExit):
        # What is under way is not written, so nobody waits for it; it is done anew when the run goes on.
        for child in active_children():
            child.terminate()
        raise
    except BrokenProcessPool as exc:
        raise SetupError(
            "a worker's process could not load its engine or died (out of memory?); "
            "try --workers 1, which says why, or fewer workers; what is done is kept"
        ) from exc
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
