"""The batcher: batches under a padded cost, an answer for every waiter whatever the engine does."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

import pytest

from app.domain import Article, Assignment, Draft, EngineInfo, Options, Traced
from app.engine.batcher import Batch, Batcher
from app.errors import Busy, EngineError, NotReady, OutOfMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class FakeEngine:
    """An engine whose cost is the length of the body, and whose draft names it in its headline."""

    info = EngineInfo(name="fake", kind="seq2seq")

    def __init__(self, fail: Callable[[Sequence[str]], None] = lambda _: None) -> None:
        self.batches: list[list[str]] = []
        self.threads: set[int] = set()
        self._fail = fail
        self.gate = threading.Event()
        self.gate.set()

    def cost(self, assignment: Assignment) -> int:
        """A token a character."""
        return len(assignment.article.body.text)

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """Waits for the gate, fails where the test wants it, answers with the bodies."""
        bodies = [a.article.body.text for a in assignments]
        self.batches.append(bodies)
        self.threads.add(threading.get_ident())
        self.gate.wait(10)
        self._fail(bodies)
        return [Draft((), headline=body) for body in bodies]

    def ready(self) -> str | None:
        """Always."""
        return None

    def close(self) -> None:
        """Nothing to give back."""


def assignment(body: str) -> Assignment:
    """An assignment that only a fake can draft."""
    return Assignment(Article(None, Traced.whole(body)), (), (), Options(), None)


def batcher(
    engine: FakeEngine, tokens: int = 100, queue: int = 64, seen: list[Batch] | None = None
) -> Batcher:
    """A batcher that waits up to 50 ms for company."""
    observe = (seen if seen is not None else []).append
    return Batcher(engine, batch_tokens=tokens, queue_articles=queue, wait_s=0.05, observe=observe)


async def drafts(subject: Batcher, bodies: Sequence[str]) -> list[Draft | BaseException]:
    """The drafts, or errors, of articles that come at once."""
    return await asyncio.gather(*(subject.draft(assignment(b)) for b in bodies), return_exceptions=True)


def headlines(found: Sequence[Draft | BaseException]) -> list[str | None]:
    """Whose draft each got; None for an error."""
    return [draft.headline if isinstance(draft, Draft) else None for draft in found]


def test_every_caller_gets_its_own_draft() -> None:
    """Drafts come back to whoever asked, in whatever batches they were made, from one thread."""
    engine = FakeEngine()
    bodies = [chr(97 + n) * (n + 1) for n in range(20)]
    assert headlines(asyncio.run(drafts(batcher(engine), bodies))) == bodies
    assert len(engine.threads) == 1


def test_a_batch_is_bounded_by_its_padded_cost() -> None:
    """The longest article times the number of them stays under the budget; one too long goes alone."""
    engine, seen = FakeEngine(), list[Batch]()
    bodies = ["x" * n for n in (40, 10, 10, 10, 45, 150, 3)]
    found = asyncio.run(drafts(batcher(engine, 100, seen=seen), bodies))
    assert headlines(found) == bodies
    assert all(max(map(len, b)) * len(b) <= 100 or len(b) == 1 for b in engine.batches)
    assert sum(batch.size for batch in seen) == len(bodies)
    assert all(0 <= batch.padding_share < 1 for batch in seen)


def test_lengths_are_put_together() -> None:
    """Articles of one length share a batch, so that little of it is padding."""
    engine, seen = FakeEngine(), list[Batch]()
    bodies = ["x" * (50 if n % 2 else 2) for n in range(16)]
    asyncio.run(drafts(batcher(engine, 400, seen=seen), bodies))
    assert all(batch.padding_share < 0.1 for batch in seen)


def test_the_oldest_is_never_passed_over() -> None:
    """An article of an odd length does not starve behind ones that fit together better."""
    engine = FakeEngine()
    bodies = ["x" * 90, *("y" * 5 for _ in range(40))]
    asyncio.run(drafts(batcher(engine, 100), bodies))
    assert "x" * 90 in engine.batches[0]


def test_an_article_alone_does_not_wait() -> None:
    """Where nothing else is on its way, a batch is run at once."""

    async def timed() -> float:
        subject = Batcher(FakeEngine(), batch_tokens=100, queue_articles=8, wait_s=5)
        started = time.perf_counter()
        await subject.draft(assignment("a"))
        return time.perf_counter() - started

    assert asyncio.run(timed()) < 2


def test_a_batch_waits_for_what_is_on_its_way() -> None:
    """An article that was announced shares the batch of the one that came first."""
    engine = FakeEngine()

    async def late(subject: Batcher) -> None:
        with subject.expect():
            await asyncio.sleep(0.01)
        await subject.draft(assignment("b"))

    async def both() -> None:
        subject = Batcher(engine, batch_tokens=100, queue_articles=8, wait_s=5)
        await asyncio.gather(late(subject), subject.draft(assignment("a")))

    asyncio.run(both())
    assert engine.batches == [["a", "b"]]


def test_a_full_queue_refuses() -> None:
    """Over its bound the queue says Busy, and works on."""
    engine = FakeEngine()
    engine.gate.clear()

    async def flood() -> list[Draft | BaseException]:
        subject = batcher(engine, tokens=1, queue=4)
        tasks = [asyncio.create_task(subject.draft(assignment("a"))) for _ in range(10)]
        await asyncio.sleep(0.1)
        engine.gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    found = asyncio.run(flood())
    assert sum(isinstance(draft, Busy) for draft in found) >= 5
    assert sum(isinstance(draft, Draft) for draft in found) >= 4


def test_a_caller_that_left_is_skipped() -> None:
    """A cancelled caller frees its place at once, and the engine never sees its article."""
    engine = FakeEngine()
    engine.gate.clear()

    async def leave() -> None:
        subject = batcher(engine, tokens=1)
        first = asyncio.create_task(subject.draft(assignment("a")))
        await asyncio.sleep(0.1)
        gone = asyncio.create_task(subject.draft(assignment("b")))
        await asyncio.sleep(0.1)
        assert subject.waiting == 1
        gone.cancel()
        await asyncio.gather(gone, return_exceptions=True)
        assert subject.waiting == 0
        engine.gate.set()
        await first
        await subject.draft(assignment("c"))

    asyncio.run(leave())
    assert engine.batches == [["a"], ["c"]]


def test_a_failing_engine_answers_every_waiter_and_the_loop_lives() -> None:
    """An exception reaches each waiter of its batch; once the engine is well again, so is the batcher."""
    broken = True

    def fail(bodies: Sequence[str]) -> None:
        del bodies
        if broken:
            raise ValueError("대외비 문장")

    engine = FakeEngine(fail)

    async def run() -> None:
        nonlocal broken
        subject = batcher(engine)
        found = await asyncio.wait_for(drafts(subject, ["a", "b", "c"]), 5)
        assert all(isinstance(error, EngineError) for error in found)
        assert all("대외비" not in str(error) for error in found)
        broken = False
        assert headlines(await asyncio.wait_for(drafts(subject, ["d"]), 5)) == ["d"]

    asyncio.run(run())


def test_a_poisoned_article_fails_alone() -> None:
    """Halving finds the one article that breaks its batch; the others are drafted."""

    def fail(bodies: Sequence[str]) -> None:
        if "!" in bodies:
            raise RuntimeError("index out of range")

    engine = FakeEngine(fail)
    found = asyncio.run(drafts(batcher(engine, 1000), ["a", "b", "!", "c", "d", "e", "f", "g"]))
    assert headlines(found) == ["a", "b", None, "c", "d", "e", "f", "g"]
    assert isinstance(found[2], EngineError)


def test_a_cost_that_cannot_be_told_is_the_articles_own_matter() -> None:
    """An article whose cost raises does not stop the others."""

    class Costly(FakeEngine):
        def cost(self, assignment: Assignment) -> int:
            if assignment.article.body.text == "!":
                raise ValueError("no tokens")
            return 1

        def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
            drafted = super().draft(assignments)
            return [EngineError("no") if d.headline == "!" else d for d in drafted if isinstance(d, Draft)]

    found = asyncio.run(drafts(batcher(Costly()), ["a", "!", "b"]))
    assert headlines(found) == ["a", None, "b"]


def test_out_of_memory_halves_the_batch_and_goes_on() -> None:
    """What fits in parts is drafted in parts, and the next batches are smaller."""

    def fail(bodies: Sequence[str]) -> None:
        if len(bodies) > 2:
            raise OutOfMemory("the device's memory is full")

    engine = FakeEngine(fail)
    bodies = ["xxxx"] * 16

    async def run() -> None:
        subject = batcher(engine, 1000)
        assert headlines(await drafts(subject, bodies)) == bodies
        engine.batches.clear()
        await drafts(subject, bodies[:4])
        assert max(map(len, engine.batches)) <= 2

    asyncio.run(run())


def test_the_wrong_number_of_drafts_is_an_error() -> None:
    """An engine that loses a draft does not give one article another's lines."""

    class Forgetful(FakeEngine):
        def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
            return super().draft(assignments)[1:]

    found = asyncio.run(drafts(batcher(Forgetful()), ["a", "b", "c"]))
    assert all(isinstance(error, EngineError) for error in found)


def test_closing_finishes_what_waits() -> None:
    """Closed, the batcher drafts what it has within the grace, and takes no more."""
    engine = FakeEngine()

    async def run() -> None:
        subject = batcher(engine, tokens=1)
        tasks = [asyncio.create_task(subject.draft(assignment(b))) for b in "abc"]
        await asyncio.sleep(0.05)
        await subject.close(5)
        assert headlines(await asyncio.gather(*tasks, return_exceptions=True)) == ["a", "b", "c"]
        with pytest.raises(NotReady):
            await subject.draft(assignment("d"))

    asyncio.run(run())


def test_closing_answers_what_it_cannot_finish() -> None:
    """Past the grace every waiter is told, rather than left."""
    engine = FakeEngine()
    engine.gate.clear()

    async def run() -> None:
        subject = batcher(engine, tokens=1)
        tasks = [asyncio.create_task(subject.draft(assignment(b))) for b in "abc"]
        await asyncio.sleep(0.1)
        await subject.close(0.1)
        found = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
        assert all(isinstance(error, NotReady) for error in found)
        engine.gate.set()

    asyncio.run(run())
