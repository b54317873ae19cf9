"""A run over inputs with engines that fail, are slow, or are not there: OUT keeps the order, and the desk is told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.batch import Item, Ledger, Rejected, Tally, run, runner
from app.batch.worker import Job, Worker
from app.domain import Draft, EngineInfo, Options
from app.engine.extractive import ExtractiveEngine, extracted
from app.errors import EngineError, SetupError
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment

JOB = Job(Options(), Settings(engine="extractive"))
BODY = "해온시가 제설차를 {n}대 늘린다. 상황실은 다음 달 1일 연다. 염화칼슘도 미리 사들인다."


class Counting(ExtractiveEngine):
    """An engine that is not the embedded one: it notes its batches and fails where it is told to."""

    info = EngineInfo(name="counting", kind="seq2seq")

    def __init__(self, fails: str = "never", reason: str | None = None) -> None:
        self.batches: list[int] = []
        self.fails = fails
        self.reason = reason

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """The extracted drafts, with an error for each article that holds `fails`."""
        self.batches.append(len(assignments))
        return [
            EngineError("it cannot") if self.fails in a.article.body.text else extracted(a)
            for a in assignments
        ]

    def ready(self) -> str | None:
        """As it was told."""
        return self.reason


def items(count: int) -> list[Item | Rejected]:
    """Single articles."""
    return [Item(n, BODY.format(n=n), "제목", single=True) for n in range(count)]


def test_a_models_batches_fill_across_pages_and_keep_their_order() -> None:
    """Several pages are under way at once; the lines come in the order of the inputs."""
    engine = Counting()
    worker = Worker(JOB, engine)
    mixed = [*items(9), Rejected("bad", 3, "invalid_request", "no text"), *items(2)]
    lines = list(worker.each(mixed))
    worker.close()
    assert [line["id"] if isinstance(line, dict) else line.id for line in lines] == [*range(9), "bad", 0, 1]
    assert max(engine.batches) > 1
    assert sum(engine.batches) == 11


def test_articles_that_the_engine_could_not_write_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They come back extracted, and the run says how many."""
    monkeypatch.setattr(runner, "Worker", lambda job: Worker(job, Counting(fails="제설차를 1대")))
    seen: list[int] = []
    with Ledger(tmp_path / "out.jsonl").open({}) as ledger:
        tally = run(items(3), ledger, JOB, progress=lambda t: seen.append(t.seen))
    assert tally == Tally(done=3, fallen_back=1)
    assert seen == [1, 2, 3]


def test_an_engine_that_is_not_ready_stops_the_run_before_it_begins() -> None:
    """An archive of extracted lines, where written ones were asked for, would be found out in the morning."""
    with pytest.raises(SetupError, match="the server does not answer"):
        Worker(JOB, Counting(reason="the server does not answer"))


def test_a_page_that_breaks_the_app_costs_one_line() -> None:
    """Whatever goes wrong with one page is set aside without its text, and the next page is done."""
    worker = Worker(JOB)
    broken = Item("broken", None, single=True)  # type: ignore[arg-type] # what no reader gives
    first, second = worker.each([broken, *items(1)])
    worker.close()
    assert isinstance(first, Rejected)
    assert first.code == "internal"
    assert not isinstance(second, Rejected)
