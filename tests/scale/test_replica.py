"""The queue before an engine on Ray Serve: Ray's own batching, in a process without a cluster."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from app.domain import Article, Draft, EngineInfo, Options, Traced
from app.engine.extractive import extracted
from app.errors import EngineError, OutOfMemory
from app.scale.replica import EngineReplica
from app.settings import Settings
from app.summary.assign import assign
from bench.korean import article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment

pytestmark = pytest.mark.ray
serve = pytest.importorskip("ray.serve", reason="needs the extra [ray]; `make test-ray` installs it")


@pytest.fixture(autouse=True)
def replica_context(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray's batcher asks its replica how many requests it may hold; that is all that it wants of Ray here."""
    context = SimpleNamespace(_deployment_config=SimpleNamespace(max_ongoing_requests=1024))
    monkeypatch.setattr(serve, "get_replica_context", lambda: context)


def assignment(seed: int, headline: str | None = None) -> Assignment:
    """An article with a headline to know it by."""
    own, body = article(seed, sentences=4)
    return assign(Article(headline or own, Traced.whole(body)), Options())


class Engine:
    """An engine that notes its batches, waits at a gate, and does on purpose what one does by accident."""

    info = EngineInfo(name="noted", kind="seq2seq")

    def __init__(self, *, open_: bool = True, room: int = 10**6) -> None:
        self.batches: list[list[str]] = []
        self.gate = threading.Event()
        self.begun = threading.Event()
        self.room = room
        if open_:
            self.gate.set()

    def cost(self, assignment: Assignment) -> int:
        """The number at the end of the headline; a headline without one is poison."""
        return int((assignment.article.headline or "").split()[-1])

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """The extracted drafts."""
        self.begun.set()
        assert self.gate.wait(30)
        headlines = [a.article.headline or "" for a in assignments]
        self.batches.append(headlines)
        if len(assignments) > self.room:
            raise OutOfMemory("too many")
        if any("tears" in headline for headline in headlines):
            raise ValueError("what a library says may quote the article")
        return [EngineError("no") if "fails" in h else extracted(a) for h, a in zip(headlines, assignments)]  # noqa: B905

    def ready(self) -> str | None:
        """Always."""
        return None

    def close(self) -> None:
        """Nothing."""


def replica(engine: Engine, **settings: object) -> EngineReplica:
    """A replica of it."""
    return EngineReplica(Settings.model_validate({"batch_wait_ms": 200} | settings), engine)


def run(engine: Engine, headlines: list[str], **settings: object) -> list[Draft | EngineError]:
    """The answers to articles that come at once."""

    async def all_at_once() -> list[Draft | EngineError]:
        one = replica(engine, **settings)
        answers = await asyncio.gather(*(one.draft(assignment(n, h)) for n, h in enumerate(headlines)))
        assert all(info == engine.info for info, _ in answers)
        return [draft for _, draft in answers]

    return asyncio.run(all_at_once())


def test_batches_keep_the_budget_of_padded_costs() -> None:
    """The longest input times the articles of a batch is at most SEJUL_BATCH_TOKENS, and batches fill up."""
    engine = Engine()
    costs = [100, 100, 100, 100, 250, 100, 100, 100, 100, 100, 100, 100]
    assert all(isinstance(d, Draft) for d in run(engine, [f"기사 {c}" for c in costs], batch_tokens=800))
    padded = [max(int(h.split()[-1]) for h in batch) * len(batch) for batch in engine.batches]
    assert max(padded) <= 800
    assert len(engine.batches) <= 4


def test_an_article_over_the_budget_goes_alone() -> None:
    """Ray refuses an item that is larger than a batch; sejul drafts it by itself, as the batcher does."""
    engine = Engine()
    assert all(isinstance(d, Draft) for d in run(engine, ["긴 5000", "가 10", "나 10"], batch_tokens=800))
    assert ["긴 5000"] in engine.batches


def test_who_comes_while_a_batch_runs_goes_in_together() -> None:
    """Ray makes batches of the few that come within its wait; they would each be one run of the engine."""
    engine = Engine(open_=False)

    async def one_after_another() -> None:
        one = replica(engine)
        first = asyncio.create_task(one.draft(assignment(0, "첫째 10")))
        await asyncio.to_thread(engine.begun.wait, 30)
        later = []
        for n in range(1, 9):
            later.append(asyncio.create_task(one.draft(assignment(n, f"기사 {n}"))))
            await asyncio.sleep(0.02)
        engine.gate.set()
        await asyncio.gather(first, *later)

    asyncio.run(one_after_another())
    assert [len(batch) for batch in engine.batches] == [1, 8]


def test_one_bad_article_costs_no_other_its_draft() -> None:
    """One that fails, one that tears the whole batch down and one without a cost: the rest is drafted."""
    engine = Engine()
    drafts = run(engine, ["가 10", "fails 10", "tears 10", "cost none", "나 10"])
    assert [isinstance(d, Draft) for d in drafts] == [True, False, False, True, True]
    assert "quote" not in str(drafts[2])


def test_out_of_memory_halves_the_batch_and_the_next_ones() -> None:
    """All are drafted, and the replica does not try the same size again at once."""
    engine = Engine(room=4)

    async def twice() -> list[list[str]]:
        one = replica(engine, batch_tokens=1000)
        for _ in range(2):
            answers = await asyncio.gather(*(one.draft(assignment(n, f"기사 {100}")) for n in range(8)))
            assert all(isinstance(draft, Draft) for _, draft in answers)
        return engine.batches

    sizes = [len(batch) for batch in asyncio.run(twice())]
    assert sizes[:3] == [8, 4, 4]
    assert max(sizes[3:]) <= 4


def test_a_caller_that_is_cancelled_leaves_the_queue_working() -> None:
    """At the gate, in Ray's queue or at work: who leaves is not drafted for where that can be helped, and others are."""
    engine = Engine(open_=False)

    async def some_leave() -> list[Draft | EngineError]:
        one = replica(engine)
        running = asyncio.create_task(one.draft(assignment(0, "첫째 10")))
        await asyncio.to_thread(engine.begun.wait, 30)
        waiting = [asyncio.create_task(one.draft(assignment(n, f"기사 {n}"))) for n in range(1, 5)]
        await asyncio.sleep(0.05)
        for task in (running, waiting[0], waiting[2]):
            task.cancel()
        engine.gate.set()
        answers = [await waiting[1], await waiting[3], await one.draft(assignment(9, "나중 9"))]
        return [draft for _, draft in answers]

    assert all(isinstance(draft, Draft) for draft in asyncio.run(asyncio.wait_for(some_leave(), 60)))
    assert engine.batches == [["첫째 10"], ["기사 2", "기사 4"], ["나중 9"]]


def test_a_changed_user_config_changes_the_budget_of_a_running_replica() -> None:
    """A smaller budget from a Serve config file holds from the next batch on."""
    engine = Engine()

    async def changed() -> None:
        one = replica(engine, batch_tokens=1000)
        one.reconfigure({"batch_tokens": 200, "batch_wait_ms": 1})
        await asyncio.gather(*(one.draft(assignment(n, "기사 100")) for n in range(6)))

    asyncio.run(changed())
    assert max(len(batch) for batch in engine.batches) == 2
