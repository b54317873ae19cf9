"""An archive by Ray Data: the driver knows what is to be done and writes, workers anywhere read, work and answer.

Only places go out and only lines come back, so no page is held but where it is worked on. What comes back is written
once, whatever Ray does twice; what has not come back in the end is sent again.
"""

from __future__ import annotations

import json
import logging
from array import array
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from app.batch.runner import Tally, keep
from app.batch.sources import Item, Rejected, at, plain, read
from app.batch.worker import Worker
from app.engine.registry import choose
from app.errors import SejulError, SetupError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableSequence, Sequence

    from app.batch.ledger import Ledger
    from app.batch.worker import Job, Line

# Inputs that a worker is sent at a time: what its death costs, and few enough that all workers end together.
_FEWEST, _MOST, _TURNS = 8, 512, 32
# A page that kills every worker it is given to (it takes all memory) must end the run, not go round for good: Ray
# sends a dead worker's block to the next one without an end.
_DEATHS = 4
_ROUNDS = 3


class Attempts:
    """How often each block was begun; an actor of its own, since those who begin them die."""

    def __init__(self) -> None:
        self._begun: Counter[int] = Counter()

    def begin(self, number: int) -> int:
        """How often the block that starts with this input was begun, this time included."""
        self._begun[number] += 1
        return self._begun[number]


class Pages:
    """An actor of the pool: its engine is loaded once."""

    def __init__(self, job: Job, source: Path, attempts: Any) -> None:  # noqa: ANN401 - a handle of Ray
        self._worker = Worker(job)
        self._source = source
        self._attempts = attempts

    def __call__(self, block: Any) -> Any:  # noqa: ANN401 - tables of pyarrow, which has no types
        """A line of JSON for each place of a block, or the reason why there is none."""
        import pyarrow as pa
        import ray

        first = block["number"][0].as_py()
        if ray.get(self._attempts.begin.remote(first)) > _DEATHS:
            raise SetupError(f"an input at {block['place'].to_pylist()} ends every worker that is given it")
        lines = list(self._worker.each(at(self._source, block["place"].to_pylist())))
        return pa.table(
            {
                "number": block["number"],
                "failed": [isinstance(line, Rejected) for line in lines],
                "line": pa.array([_dumped(line) for line in lines], pa.large_binary()),
            }
        )


def run(
    source: Path | BinaryIO,
    ledger: Ledger,
    job: Job,
    workers: int,
    progress: Callable[[Tally], None] = lambda _: None,
) -> Tally:
    """Write a line for every input that is not done yet, in the order in which they come back.

    Raises:
        SetupError: the engine could not be loaded, or workers die one after the other.
    """
    choose(job.settings)
    tally = Tally()
    copy = ledger.out.with_name(f"{ledger.out.name}.in")
    try:
        lines = plain(source, copy)
        places = _places(source if isinstance(source, Path) else copy, ledger, job, tally)
        progress(tally)
        missing = bytearray(b"\1") * len(places)
        for _ in range(_ROUNDS):
            for number, line in _work(lines.resolve(), places, missing, job, workers):
                # Ray may hand out again what a worker had done before it died.
                if missing[number]:
                    missing[number] = 0
                    keep(line, ledger, tally)
                    progress(tally)
            if not any(missing):
                return tally
        raise SetupError(f"{sum(missing)} inputs never came back; start again, and only they are done")
    finally:
        copy.unlink(missing_ok=True)


def _places(source: Path, ledger: Ledger, job: Job, tally: Tally) -> Sequence[int | str]:
    """Where each input is that is not done yet; what cannot be used is set aside here."""
    places: MutableSequence[Any] = [] if source.is_dir() else array("q")
    for item in read(source, job.settings.max_chars):
        if not isinstance(item, Item):
            keep(item, ledger, tally)
        elif item.id in ledger.done:
            tally.kept += 1
        else:
            places.append(item.place)
    return places


def _work(
    source: Path, places: Sequence[int | str], missing: bytearray, job: Job, workers: int
) -> Iterator[tuple[int, Line]]:
    """The numbers and lines of what is missing, as workers bring them."""
    import pyarrow as pa
    import ray
    from ray.exceptions import RayError

    numbers = [number for number, yes in enumerate(missing) if yes]
    if not numbers:
        return
    size = max(_FEWEST, min(_MOST, len(numbers) // (workers * _TURNS)))
    blocks = [numbers[start : start + size] for start in range(0, len(numbers), size)]
    tables = [pa.table({"number": block, "place": [places[n] for n in block]}) for block in blocks]
    _quiet()
    attempts = ray.remote(num_cpus=0)(Attempts).remote()
    dataset = ray.data.from_arrow(tables).map_batches(
        Pages,
        fn_constructor_args=(job, source, attempts),
        batch_size=None,
        batch_format="pyarrow",
        compute=ray.data.ActorPoolStrategy(size=workers),
        num_cpus=1,
        num_gpus=job.settings.ray_engine_gpus,
    )
    try:
        for table in dataset.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
            for row in table.to_pylist():
                fields = json.loads(row["line"])
                yield row["number"], Rejected(**fields) if row["failed"] else fields
    except RayError as exc:
        raise SetupError(f"{_reason(exc)}; what is done is kept") from exc


def _quiet() -> None:
    from ray.data import DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    # One block comes back for each that went out. Where they are cut by their size, a worker that begins anew after
    # another's death cuts elsewhere (its timings have other digits), and a line at the seam is lost.
    context.target_max_block_size = None
    logging.getLogger("ray.data").setLevel(logging.ERROR)


def _dumped(line: Line) -> bytes:
    fields = asdict(line) if isinstance(line, Rejected) else line
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _reason(error: BaseException) -> str:
    """What of ours is behind an error of Ray's, else Ray's own last words."""
    seen: BaseException | None = error
    while seen is not None:
        cause = getattr(seen, "cause", None)
        if isinstance(cause, SejulError):
            return str(cause)
        seen = seen.__cause__
    return str(error).strip().splitlines()[-1]
