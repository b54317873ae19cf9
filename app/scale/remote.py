"""The engine's replicas as the app sees them: an engine that batches elsewhere, asked for each article as it comes."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.domain import Traced
from app.errors import Busy, EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment, Draft, EngineInfo
    from app.engine.base import Drafter
    from app.scale.replica import Answer

# A replica that dies takes its articles along; drafting is a pure function, so another one is asked.
_TRIES = 4
_PAUSE_S = 0.2
# Whether replicas are there is seen from the work; only where none was done lately is one asked, behind its queue.
_FRESH_S = 15.0
_ASKING_S = 5.0


class RemoteEngine:
    """The replicas behind a handle of Ray Serve."""

    def __init__(self, handle: Any, info: EngineInfo) -> None:  # noqa: ANN401 - Ray's handles have no type
        self._handle = handle
        self.info = info
        self._seen = time.monotonic()

    def cost(self, assignment: Assignment) -> int:
        """One for each article: the replica knows what it costs there."""
        del assignment
        return 1

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """The drafts of the replicas, in order."""

        async def every() -> list[Draft | EngineError]:
            answers = [self.ask(assignment) for assignment in assignments]
            return [draft for _, draft in await asyncio.gather(*answers)]

        return asyncio.run(every())

    def drafter(self) -> Drafter:
        """A drafter of one request, which names the engine that wrote for it."""
        return RemoteDrafter(self)

    def ready(self) -> str | None:
        """None where a replica answered lately, or answers now."""
        if time.monotonic() - self._seen < _FRESH_S:
            return None
        from ray.exceptions import RayError

        try:
            self.info = self._handle.info.remote().result(timeout_s=_ASKING_S)
        except (RayError, TimeoutError, RuntimeError) as exc:
            return f"no replica of the engine answers ({type(exc).__name__})"
        self._seen = time.monotonic()
        return None

    def close(self) -> None:
        """The replicas are Ray Serve's to stop."""

    async def ask(self, assignment: Assignment) -> Answer:
        """What a replica answers; another one is asked where it died.

        Raises:
            Busy: the replicas' queues are full.
            EngineError: no replica could answer.
        """
        from ray.exceptions import RayActorError, RayError
        from ray.serve.exceptions import BackPressureError, RayServeException

        sent = _without_page(assignment)
        for attempt in range(1, _TRIES + 1):
            asked = self._handle.draft.remote(sent)
            try:
                answer: Answer = await asked
            except asyncio.CancelledError:
                # A client left, or the deadline passed; Ray would let the replica go on.
                asked.cancel()
                raise
            except BackPressureError as exc:
                raise Busy("the engine's queue is full; try again later") from exc
            except RayActorError as exc:
                if attempt == _TRIES:
                    raise EngineError("the engine's replicas die one after the other") from exc
                await asyncio.sleep(_PAUSE_S * attempt)
            except (RayError, RayServeException) as exc:
                raise EngineError(f"the engine's replica failed ({type(exc).__name__})") from exc
            else:
                self._seen = time.monotonic()
                self.info = answer[0]
                return answer
        raise AssertionError


class RemoteDrafter:
    """A drafter for one request."""

    def __init__(self, engine: RemoteEngine) -> None:
        self._engine = engine
        self.info = engine.info

    async def draft(self, assignment: Assignment) -> Draft:
        """The draft of a replica, and the name of what wrote it.

        Raises:
            EngineError: it could not be drafted.
            Busy: the replicas' queues are full.
        """
        self.info, draft = await self._engine.ask(assignment)
        if isinstance(draft, EngineError):
            raise draft
        return draft


def _without_page(assignment: Assignment) -> Assignment:
    """What an engine reads of an assignment: without the page around its article, which would be sent with each."""
    article = assignment.article
    alone = replace(article, body=Traced.whole(article.body.text), spans=())
    return replace(assignment, article=alone)
