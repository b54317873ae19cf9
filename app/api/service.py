"""What one server process holds: its engine and the drafter before it, its threads, its doors, its counts."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar

from app.api.access import Keyring, RateLimit
from app.api.admission import Admission
from app.api.labels import Labels
from app.api.metrics import Metrics
from app.domain import Options, Style
from app.engine.base import Concurrent
from app.engine.batcher import Batcher
from app.engine.extractive import ExtractedDrafter, ExtractiveEngine
from app.engine.registry import build
from app.errors import Invalid, NotReady, SetupError
from app.pipeline import WINDOW, Desk, summarize_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from app.engine.base import Drafter, Engine
    from app.settings import Settings

T = TypeVar("T")

log = logging.getLogger("sejul.service")

# While another thread computes, the event loop waits a switch interval for the interpreter after each system call,
# and an answer has some ten of them: with Python's 5 ms, 500 clients at once would make /healthz wait for seconds.
_SWITCH_INTERVAL_S = 0.00002
# A model's batches fill across pages: some 64 articles at once, each of them three lines.
_PLACES_TO_BATCH = 32
# Requests that wait for a server elsewhere take no CPU meanwhile: 64 pages at once must not find the doors shut.
_PLACES_TO_WAIT_IN = 256
_WARMING = """골목 가로등 300개 새로 선다

해온시가 골목 가로등 300개를 새로 세운다. 시는 예산 9억원을 들여 내년 5월까지 공사를 마친다고 2일 밝혔다. 김하늘 과장은 “밤길이 밝

아질 것”이라고 말했다.

한서윤 기자 seoyun@haeon.example
"""
# A request waits this long for an engine that is still loading, then is told to come back.
_LOADING_WAIT_S = 1.0
# What uvicorn's supervisor takes for "it would fail again": it stops instead of starting the worker anew.
_STARTUP_FAILURE = 3


class Service:
    """The parts of a running server, made by `create_app` and opened in its lifespan."""

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        """Reads keys and limits; loads nothing yet.

        Raises:
            SetupError: a setting is wrong.
        """
        self.settings = settings
        self.keys = Keyring(settings)
        self.rate = RateLimit(settings.rate_limit)
        self.admission = Admission(settings)
        self.metrics = Metrics()
        self.engine = engine
        self.labels = Labels.of(settings)
        self.warm = False
        self.failure: SetupError | None = None
        self._drafter: Drafter | None = None
        self._batcher: Batcher | None = None
        self._extractive = ExtractedDrafter()
        self._pool = ThreadPoolExecutor(settings.cpu_threads, thread_name_prefix="sejul-cpu")
        self._loaded = asyncio.Event()
        self._loading: asyncio.Task[None] | None = None
        self._watch()
        if engine is not None:
            self._take(engine)

    async def open(self) -> None:
        """Begins to load the engine; the server answers /healthz and /readyz meanwhile."""
        if self._loading is None:
            sys.setswitchinterval(_SWITCH_INTERVAL_S)
            asyncio.get_running_loop().set_exception_handler(_on_loop_error)
            self._loading = asyncio.create_task(self._load(), name="sejul-load")
            self._drain_on_sigterm()

    async def until_warm(self) -> None:
        """Returns once the engine is loaded and a first page was read.

        Raises:
            SetupError: the engine cannot be had.
        """
        await self.open()
        assert self._loading is not None  # noqa: S101 - just opened
        await asyncio.shield(self._loading)
        if self.failure is not None:
            raise self.failure

    async def close(self) -> None:
        """Finishes what was accepted within the grace, and gives the engine back."""
        self.admission.close()
        await self.admission.idle(self.settings.grace_s)
        if self._loading is not None:
            self._loading.cancel()
        if self._batcher is not None:
            await self._batcher.close(0.0)
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self.engine is not None:
            self.engine.close()

    async def desk(self, engine: str | None) -> Desk:
        """The desk for one request, its clock running.

        Raises:
            NotReady: the engine is still loading.
            Invalid: `engine` is neither the loaded one nor `extractive`.
        """
        if self._drafter is None:
            try:
                async with asyncio.timeout(_LOADING_WAIT_S):
                    await self._loaded.wait()
            except TimeoutError as exc:
                raise NotReady("the engine is still loading; try again in a moment") from exc
        return Desk(
            self._drafter_named(engine),
            self._pool,
            self.settings.deadline_s,
            admit=self.admission.articles,
            expect=self._batcher.expect if self._batcher else nullcontext,
            window=min(WINDOW, self.settings.queue_articles),
        ).on_the_clock()

    async def run(self, work: Callable[[], T]) -> T:
        """CPU work of a request, in the service's threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def readiness(self) -> tuple[str, str | None]:
        """`loading`, `ready`, `degraded` or `stopping`, and why where there is something to say."""
        if self.admission.closed:
            return "stopping", "the server is stopping"
        if self.engine is None or not self.warm:
            return "loading", "the engine is still loading"
        reason = self.engine.ready()
        return ("ready", None) if reason is None else ("degraded", reason)

    def _drafter_named(self, name: str | None) -> Drafter:
        loaded = self._drafter
        assert loaded is not None  # noqa: S101 - `desk` has waited for it
        engine: object = self.engine
        if isinstance(engine, Concurrent):
            # One for each request: it names what wrote for that one, where several replicas write.
            loaded = engine.drafter()
        if name is None or name in {loaded.info.name, self.settings.engine}:
            return loaded
        if name == self._extractive.info.name:
            return self._extractive
        raise Invalid(f"engine: only {loaded.info.name!r} and 'extractive' are loaded here; see GET /models")

    async def _load(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            if self.engine is None:
                self._take(await loop.run_in_executor(self._pool, build, self.settings))
        except SetupError as exc:
            self._refuse(exc)
            return
        self._loaded.set()
        # Kiwi and the tables of the splitter and the selection take seconds to come up; the first page, and whoever
        # asks /healthz meanwhile, should not be the ones that wait for them.
        for style in Style:
            await summarize_page(_WARMING, Options(style=style), Desk(self._extractive, self._pool))
        # What is here now stays: a collection need not walk through it, which would stop the whole process.
        gc.collect()
        gc.freeze()
        self.warm = True
        assert self.engine is not None  # noqa: S101 - just taken
        log.info("ready", extra={"record": {"engine": self.engine.info.name, "kind": self.engine.info.kind}})

    def _take(self, engine: Engine) -> None:
        self.engine = engine
        if isinstance(engine, ExtractiveEngine):
            self._drafter = self._extractive
        elif isinstance(engine, Concurrent):
            self._drafter = engine.drafter()
            self.admission.places = max(self.settings.places, _PLACES_TO_WAIT_IN)
        else:
            self.admission.places = max(self.settings.places, _PLACES_TO_BATCH)
            self._drafter = self._batcher = Batcher(
                engine,
                batch_tokens=self.settings.batch_tokens,
                queue_articles=self.settings.queue_articles,
                wait_s=self.settings.batch_wait_ms / 1000,
                observe=self.metrics.batch,
            )
        self.metrics.engine_is(engine.info)

    def _refuse(self, error: SetupError) -> None:
        """The engine cannot be had: the process says why and ends, since nothing it could answer would be right."""
        log.critical("cannot start: %s", error, extra={"record": {"code": error.code}})
        self.failure = error
        if threading.current_thread() is threading.main_thread():
            # uvicorn has no way to fail after it has begun to listen, and its supervisor would start a worker that
            # ends otherwise again and again. Nothing was accepted yet.
            logging.shutdown()
            os._exit(_STARTUP_FAILURE)

    def _drain_on_sigterm(self) -> None:
        """On SIGTERM, goes on listening (and answers 503) until what was accepted is done; then uvicorn stops."""
        if threading.current_thread() is not threading.main_thread():
            return
        stop = signal.getsignal(signal.SIGTERM)
        if not callable(stop):
            return
        loop = asyncio.get_running_loop()

        async def drain(number: int, frame: FrameType | None) -> None:
            self.admission.close()
            await self.admission.idle(self.settings.grace_s)
            stop(number, frame)

        def on_signal(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(lambda: tasks.add(loop.create_task(drain(number, frame))))

        tasks: set[asyncio.Task[None]] = set()
        signal.signal(signal.SIGTERM, on_signal)

    def _watch(self) -> None:
        doors, watch = self.admission, self.metrics.watch
        watch("sejul_requests_at_work", "Requests that have a place.", lambda: doors.at_work)
        watch("sejul_requests_waiting", "Requests that wait for a place.", lambda: doors.waiting)
        watch("sejul_queue_articles", "Articles at work.", lambda: doors.articles_held)
        watch("sejul_buffered_bytes", "Bytes of request bodies in memory.", lambda: doors.bytes_held)
        watch(
            "sejul_batch_waiting",
            "Articles that wait for the engine.",
            lambda: self._batcher.waiting if self._batcher else 0,
        )
        watch("sejul_ready", "1 where /readyz says ready, else 0.", lambda: self.readiness()[0] == "ready")


def _on_loop_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What no one awaited: by its type only, since asyncio's own words would quote it."""
    del loop
    error = context.get("exception")
    log.error("an error in the background", extra={"record": {"error": type(error).__name__}})
