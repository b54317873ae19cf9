"""How much the server takes on at once: places for requests, for articles, and bytes held in memory.

Everything here runs in the event loop, so nothing is locked. What cannot be taken on is refused with a time to
come back; nothing waits without an end.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from app.errors import Busy, NotReady

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from app.settings import Settings

# A waiting request is a task and a body that is counted below; beyond this many even the waiting is refused.
_MOST_WAITING = 4096
_SLOWEST_RETRY_S = 30.0
_SMOOTHING = 0.1


class Admission:
    """The doors of one server process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._idle = asyncio.Event()
        self._idle.set()
        self._page_s = 1.0
        self.places = settings.places
        self.at_work = 0
        self.articles_held = 0
        self.bytes_held = 0
        self.closed = False

    @property
    def waiting(self) -> int:
        """Requests that wait for a place."""
        return len(self._waiting)

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place to work in, in the order of coming; a short wait where all are taken.

        Raises:
            Busy: none came free in time.
            NotReady: the server is stopping.
        """
        await self._enter()
        started = asyncio.get_running_loop().time()
        try:
            yield
        finally:
            taken = asyncio.get_running_loop().time() - started
            self._page_s += (taken - self._page_s) * _SMOOTHING
            self._leave()

    async def _enter(self) -> None:
        self.check_open()
        if self.at_work < self.places and not self._waiting:
            self._taken()
            return
        if len(self._waiting) >= _MOST_WAITING or not self._settings.admission_wait_s:
            raise self._busy("the server is full")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            # Not all the same time: who came at once would be refused at once, and would come back at once.
            async with asyncio.timeout(self._settings.admission_wait_s * random.uniform(0.5, 1.0)):  # noqa: S311
                await turn
        except (TimeoutError, asyncio.CancelledError) as exc:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif turn.done() and not turn.cancelled() and turn.exception() is None:
                self._leave()  # the place came in the moment of giving up
            if isinstance(exc, TimeoutError):
                raise self._busy("the server is full") from exc
            raise

    def _taken(self) -> None:
        self.at_work += 1
        self._idle.clear()

    def _leave(self) -> None:
        self.at_work -= 1
        while self._waiting and not self.closed:
            turn = self._waiting.popleft()
            if not turn.done():
                self._taken()
                turn.set_result(None)
                return
        if not self.at_work:
            self._idle.set()

    @contextmanager
    def articles(self, count: int) -> Iterator[None]:
        """Room for all the articles of a page, or for none; an idle server takes a page of any size.

        Raises:
            Busy: there is too little room now.
        """
        if self.articles_held and self.articles_held + count > self._settings.queue_articles:
            raise self._busy("the queue of articles is full")
        self.articles_held += count
        try:
            yield
        finally:
            self.articles_held -= count

    @contextmanager
    def buffer(self) -> Iterator[Buffer]:
        """Room in memory for one body, taken as it comes in."""
        held = Buffer(self, self._settings.buffer_bytes)
        try:
            yield held
        finally:
            held.release()

    def check_open(self) -> None:
        """Refuses where the server is stopping.

        Raises:
            NotReady: it is.
        """
        if self.closed:
            raise NotReady("the server is stopping; send this to another one")

    def close(self) -> None:
        """Takes nothing on from here; those who wait are told."""
        self.closed = True
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_exception(NotReady("the server is stopping; send this to another one"))

    async def idle(self, seconds: float) -> bool:
        """Whether all that was accepted is done, after at most so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True

    def _busy(self, what: str) -> Busy:
        """When a place is likely to be free: what waits already, at the pace of the last pages."""
        ahead = 1 + len(self._waiting) / self.places
        return Busy(f"{what}; try again later", max(1.0, min(_SLOWEST_RETRY_S, self._page_s * ahead)))


class Buffer:
    """The share of memory that one body holds."""

    def __init__(self, admission: Admission, limit: int) -> None:
        self._admission = admission
        self._limit = limit
        self._held = 0

    def take(self, count: int) -> None:
        """Counts bytes that came in.

        Raises:
            Busy: all bodies together are over SEJUL_BUFFER_BYTES.
        """
        if self._admission.bytes_held and self._admission.bytes_held + count > self._limit:
            raise Busy("too many bodies are in memory; try again later")
        self._admission.bytes_held += count
        self._held += count

    def release(self) -> None:
        """Gives it all back."""
        self._admission.bytes_held -= self._held
        self._held = 0
