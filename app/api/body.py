"""The bytes of a request's body: bounded in size and in time while they come in, kept in memory only."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import Busy, Cancelled, TooLarge, TooSlow, Unsupported

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine

    from fastapi import Request
    from starlette.types import Receive

    from app.api.admission import Buffer
    from app.settings import Settings


T = TypeVar("T")


async def read_body(request: Request, buffer: Buffer, settings: Settings, limit: int | None = None) -> bytes:
    """The whole body, of at most `limit` bytes; by default what the longest text may take.

    Raises:
        Unsupported: it is compressed, which is refused rather than unpacked.
        TooLarge: it is over the limit, by its own account or as it comes in.
        TooSlow: it did not come in time.
        Busy: there is no memory for it now.
        Cancelled: the client left while it was sending.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in {"identity", ""}:
        raise Unsupported("compressed bodies are not served; send it without Content-Encoding")
    limit = settings.max_body_bytes if limit is None else limit
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limit:
        raise TooLarge(f"the body is over {limit} bytes; send it in parts")
    chunks = bytearray()
    try:
        async with asyncio.timeout(settings.read_timeout_s):
            async for chunk in _chunks(request.receive):
                if len(chunks) + len(chunk) > limit:
                    raise TooLarge(f"the body is over {limit} bytes; send it in parts")
                await _held(buffer, len(chunk), settings.admission_wait_s)
                chunks += chunk
    except TimeoutError as exc:
        raise TooSlow(f"the body did not come within {settings.read_timeout_s:g} seconds") from exc
    return bytes(chunks)


async def _held(buffer: Buffer, count: int, wait_s: float) -> None:
    """Memory for a chunk; where there is none, the refusal comes after a wait, so that nobody retries in a spin."""
    try:
        buffer.take(count)
    except Busy:
        await asyncio.sleep(wait_s)
        buffer.take(count)


async def _chunks(receive: Receive) -> AsyncIterator[bytes]:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Cancelled("the client left while it was sending")
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return


async def until_gone(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives; dropped where the client leaves before it is done. To be awaited once the body is read.

    Raises:
        Cancelled: the client left.
    """
    task = asyncio.ensure_future(work)
    watch = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({task, watch}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise Cancelled("the client left before its answer was ready")
        return task.result()
    finally:
        task.cancel()
        watch.cancel()
        await asyncio.gather(task, watch, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
