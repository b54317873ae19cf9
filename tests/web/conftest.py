"""A real Chromium on the page: before the real app, and before a server that says what a test tells it to."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.api import create_app
from app.api.web import pages
from app.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ENGINE = {
    "name": "extractive", "kind": "extractive", "runtime": None, "device": "cpu",
    "dtype": None, "revision": None, "prompt": None,
}  # fmt: skip


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The app on a port of its own, in a thread."""
    config = uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Desk:
    """A server of the page whose answers are the test's: events as they are let go, or one problem after another."""

    url: str = ""
    events: list[dict[str, Any]] = field(default_factory=list)
    by_style: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: list[Response] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    """The places in `events` at which the answer waits for `let_go`."""
    let_go: threading.Event = field(default_factory=threading.Event)
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def app(self) -> FastAPI:
        """The server."""
        app = FastAPI()
        app.include_router(pages(Settings()))
        app.add_api_route("/summarize", self.summarize, methods=["POST"], response_model=None)
        return app

    async def summarize(self, request: Request) -> Response:
        """The next problem, or the events."""
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("authorization"))
        if self.problems:
            return self.problems.pop(0)
        return StreamingResponse(self._lines(self.asked[-1]["style"]), media_type="application/x-ndjson")

    async def _lines(self, style: str) -> AsyncIterator[str]:
        for n, event in enumerate(self.by_style.get(style, self.events)):
            while n in self.held and not self.let_go.is_set():  # noqa: ASYNC110 - set by another thread
                await asyncio.sleep(0.01)
            yield json.dumps(event, ensure_ascii=False) + "\n"


def problem(status: int, code: str, **headers: str) -> Response:
    """An error as the server sends it."""
    body = {"type": f"urn:sejul:problem:{code}", "status": status, "code": code, "detail": "in English"}
    return JSONResponse(body, status, headers=headers, media_type="application/problem+json")


def done(skipped: list[dict[str, Any]] | None = None, *, generated: bool = False) -> dict[str, Any]:
    """The last event of a page."""
    return {
        "event": "done",
        "skipped": skipped or [],
        "engine": ENGINE,
        "ai": {"generated": generated, "label": "AI가 쓴 요약" if generated else "고른 문장"},
        "timings_ms": {"split": 1, "select": 1, "draft": 1, "ground": 1, "total": 1234},
    }


def article(text: str, index: int, headline: str, *lines: str, **changed: Any) -> dict[str, Any]:
    """An article event, its offsets looked up in `text` as code points; each line is its own evidence."""
    start = text.index(headline)
    end = max(text.index(line) + len(line) for line in lines)
    found = {
        "index": index,
        "headline": headline,
        "headline_origin": "page",
        "subheads": [],
        "bylines": [{"name": "한서윤", "email": None, "agency": None, "place": None}],
        "summary": list(lines),
        "evidence": [[[text.index(line), text.index(line) + len(line)]] for line in lines],
        "origins": ["extracted"] * len(lines),
        "spans": [[start, start + len(headline)], [start + len(headline) + 1, end]],
        "notices": [],
    }
    return {"event": "article", "article": found | changed}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, for one module: Playwright's loop must not run on under the tests of others."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine: apt-get install chromium")
    # CI's two cores are shared with other tests, and the analyser loads on the first page.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        # Root in CI's container has no user namespace for the sandbox; the pages here are our own.
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture
def view(browser: Browser) -> Iterator[Page]:
    """A tab that fails the test on any error in its console, and on a request to another host."""
    context = browser.new_context(
        permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1280, "height": 860}
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    page.on("request", lambda sent: None if "//127.0.0.1:" in sent.url else wrong.append(sent.url))
    yield page
    context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def real() -> Iterator[str]:
    """The whole app, with the engine that needs no model."""
    with serving(create_app(Settings(engine="extractive"))) as url:
        yield url


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A server that does what the test says."""
    made = Desk()
    with serving(made.app()) as url:
        made.url = url
        yield made
        made.let_go.set()
