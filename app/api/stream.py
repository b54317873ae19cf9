"""Answers that come article by article: newline-delimited JSON events."""

from __future__ import annotations

from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fastapi.responses import StreamingResponse

from app.api.errors import status_of
from app.api.schemas import (
    AiOut,
    ArticleOut,
    EngineOut,
    SkippedOut,
    Strict,
    TimingsOut,
    ai_out,
    all_skipped,
    article_out,
    engine_out,
    timings_out,
)
from app.errors import SejulError
from app.pipeline import Result, briefs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.types import Receive, Scope, Send

    from app.api.labels import Labels
    from app.api.requests import SummarizeRequest
    from app.domain import Brief
    from app.pipeline import Desk, Reading

NDJSON = "application/x-ndjson"


class ArticleEvent(Strict):
    """An article that is ready; they come in the order in which they are done."""

    event: Literal["article"]
    article: ArticleOut


class DoneEvent(Strict):
    """The rest of the response; nothing comes after it."""

    event: Literal["done"]
    skipped: list[SkippedOut]
    engine: EngineOut
    ai: AiOut
    timings_ms: TimingsOut


class ErrorEvent(Strict):
    """What went wrong after the answer had begun; nothing comes after it."""

    event: Literal["error"]
    status: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Streamed:
    """What one stream is made of."""

    reading: Reading
    asked: SummarizeRequest
    desk: Desk
    labels: Labels
    count: Callable[[Result], None]
    """Called with the whole once it is there."""
    failed: Callable[[str], None]
    """Called with the code of an error after the start."""


class EventStream(StreamingResponse):
    """Events, and what must be given back when they end, however they end."""

    def __init__(self, events: AsyncIterator[bytes], held: AsyncExitStack) -> None:
        super().__init__(events, media_type=NDJSON)
        self._held = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the events; gives the place back also where the client leaves before the first."""
        async with self._held:
            await super().__call__(scope, receive, send)


async def open_stream(held: AsyncExitStack, streamed: Streamed) -> EventStream:
    """The answer, once its first article is there: until then an error still has a status of its own.

    Raises:
        Busy: there is no room for the page's articles now.
        DeadlinePassed: the first article was not there in time.
    """
    found = briefs(streamed.reading, streamed.asked.options, streamed.desk)
    await held.enter_async_context(aclosing(found))
    first = await anext(found, None)
    return EventStream(_events(streamed, first, found), held.pop_all())


async def _events(
    streamed: Streamed, first: Brief | None, rest: AsyncIterator[Brief]
) -> AsyncIterator[bytes]:
    include = streamed.asked.included
    done: list[Brief] = []
    try:
        if first is not None:
            done.append(first)
            yield _line(ArticleEvent(event="article", article=article_out(first, include)))
        async for brief in rest:
            done.append(brief)
            yield _line(ArticleEvent(event="article", article=article_out(brief, include)))
    except SejulError as exc:
        streamed.failed(exc.code)
        event = ErrorEvent(event="error", status=status_of(type(exc)), code=exc.code, detail=str(exc))
        yield _line(event)
        return
    result = Result(streamed.reading, tuple(done), streamed.desk.timed())
    streamed.count(result)
    yield _line(
        DoneEvent(
            event="done",
            skipped=all_skipped(result.reading, include),
            engine=engine_out(streamed.desk.drafter.info),
            ai=ai_out(done, streamed.labels),
            timings_ms=timings_out(result.timings),
        )
    )


def _line(event: Strict) -> bytes:
    return event.model_dump_json().encode() + b"\n"
