"""A replica of an engine on Ray Serve: `@serve.batch` in the batcher's place, with the batcher's budget.

Three habits of Ray's batcher are met here. An error of the size function ends its loop for good, so costs are
reckoned before and the function only multiplies. An item that is over the budget by itself is refused, so one alone
has no size. And while a batch runs it makes others of the few that come within its wait, so who comes meanwhile
waits at a gate and goes in with all the rest.
"""

from __future__ import annotations

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from app.engine.batcher import REGROWTH, draft_each
from app.engine.registry import build
from app.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from app.domain import Assignment, Draft, EngineInfo
    from app.engine.base import Engine
    from app.settings import Settings

Answer: TypeAlias = "tuple[EngineInfo, Draft | EngineError]"
"""What ran, and what came of it: replicas of two models answer while one takes over from the other."""

# Ray's limit of a batch: the whole budget, in thousandths.
_FULL = 1000


@dataclass(eq=False, slots=True)
class Waiter:
    """An article with its cost, once the engine has told it."""

    assignment: Assignment
    cost: int = 0


class EngineReplica:
    """One loaded engine, its thread, and the queue before it."""

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        """Loads the engine.

        Raises:
            SetupError: it cannot be had; Ray Serve says so and keeps the replicas that run.
        """
        from ray import serve

        self._engine = engine or build(settings)
        self._most_tokens = settings.batch_tokens
        self._budget = float(settings.batch_tokens)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sejul-engine")
        self._gate = asyncio.Event()
        self._gate.set()
        self._unpriced: list[Waiter] = []
        self._pricing = asyncio.Lock()
        self._batched: Callable[[Waiter], Awaitable[Draft | EngineError]] = serve.batch(
            max_batch_size=_FULL,
            batch_wait_timeout_s=settings.batch_wait_ms / 1000,
            batch_size_fn=self.size,
        )(self._run)

    async def draft(self, assignment: Assignment) -> Answer:
        """What ran, and the draft or why there is none; a caller that is cancelled leaves the queue."""
        waiter = Waiter(assignment)
        await self._gate.wait()
        self._unpriced.append(waiter)
        # One turn of the loop, so that all whom the gate let in are priced in one go, and reach Ray's queue together.
        await asyncio.sleep(0)
        async with self._pricing:
            if not waiter.cost:
                # Itself too, where whoever took it along was cancelled.
                fresh, self._unpriced = {waiter, *self._unpriced}, []
                await asyncio.get_running_loop().run_in_executor(self._thread, self._price, fresh)
        return self._engine.info, await self._batched(waiter)

    async def info(self) -> EngineInfo:
        """What really runs here."""
        return self._engine.info

    async def check_health(self) -> None:
        """Ray Serve asks every few seconds, and replaces a replica whose answer is an error.

        Raises:
            EngineError: the engine cannot draft.
        """
        reason = self._engine.ready()
        if reason is not None:
            raise EngineError(reason)

    def reconfigure(self, user_config: dict[str, Any]) -> None:
        """Takes over `batch_tokens` and `batch_wait_ms` of a changed user_config, without loading anew."""
        if "batch_tokens" in user_config:
            self._most_tokens = max(1, int(user_config["batch_tokens"]))
            self._budget = float(self._most_tokens)
        if "batch_wait_ms" in user_config:
            batched: Any = self._batched
            batched.set_batch_wait_timeout_s(float(user_config["batch_wait_ms"]) / 1000)

    def size(self, batch: Sequence[Waiter]) -> int:
        """The share of the budget that a batch takes (its longest input times its articles), in thousandths."""
        if len(batch) == 1:
            return 1
        return math.ceil(_FULL * max(waiter.cost for waiter in batch) * len(batch) / self._budget)

    def close(self) -> None:
        """Give the engine back."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._engine.close()

    def __del__(self) -> None:
        # How Ray Serve tells a replica that it is stopped, once what it had is done.
        if hasattr(self, "_thread"):
            self.close()

    def _price(self, waiters: Collection[Waiter]) -> None:
        """In the engine's thread. An article whose cost cannot even be told is poison; its draft will say why."""
        for waiter in waiters:
            try:
                waiter.cost = max(1, self._engine.cost(waiter.assignment))
            except Exception:  # noqa: BLE001 - an engine may raise anything, and the queue must live
                waiter.cost = self._most_tokens

    async def _run(self, batch: list[Waiter]) -> list[Draft | EngineError]:
        """One batch, in the engine's thread; an error is an answer, since a raised one would be every waiter's."""
        self._gate.clear()
        try:
            drafts = await asyncio.get_running_loop().run_in_executor(self._thread, self._draft, batch)
        finally:
            self._gate.set()
        self._budget = min(self._most_tokens, self._budget * REGROWTH)
        return drafts

    def _draft(self, batch: Sequence[Waiter]) -> list[Draft | EngineError]:
        longest = max(waiter.cost for waiter in batch)

        def shrink(articles: int) -> None:
            self._budget = max(1.0, longest * articles / 2)

        return draft_each(self._engine, [waiter.assignment for waiter in batch], shrink)
