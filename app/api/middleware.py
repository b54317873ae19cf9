"""What stands around every route: a request id, security headers, one log line, metrics, and the last net."""

from __future__ import annotations

import asyncio
import logging
import re
import time
import uuid
from collections import deque
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.datastructures import MutableHeaders

from app.api.errors import unexpected
from app.api.logs import where

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from app.api.metrics import Metrics

log = logging.getLogger("sejul.requests")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"
# Asked every few seconds by machines: counted, but no line in the log while they go well.
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


class Turnstile:
    """Lets requests in one at a time, with a turn of the event loop between two.

    Five hundred that come at once would otherwise be begun in one turn, and who asks /healthz would wait for all
    of them; this way it waits for one.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def turn(self) -> None:
        """Returns when it is the caller's turn."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        self._waiting.append(turn)
        if len(self._waiting) == 1:
            loop.call_soon(self._next)
        await turn

    def _next(self) -> None:
        first = self._waiting[0]
        if not first.done():
            first.set_result(None)
        asyncio.get_running_loop().call_soon(self._after)

    def _after(self) -> None:
        self._waiting.popleft()
        if self._waiting:
            self._next()


class Envelope:
    """The outermost middleware: whatever happens inside, there is one answer, one line and one count."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._turnstile = Turnstile()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the app for one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        state = request.state
        sent = request.headers.get("x-request-id", "")
        state.request_id = sent if _REQUEST_ID.fullmatch(sent) else uuid.uuid4().hex
        state.record = {}
        state.outcome = "ok"
        started = time.perf_counter()
        # RFC 9112, 6.1: with both, the chunks count, and the connection ends; a proxy before us may have believed the length.
        ambiguous = "content-length" in request.headers and "transfer-encoding" in request.headers
        answer = _Answer(state.request_id, send, last=ambiguous)
        try:
            if scope["path"] not in _QUIET:
                await self._turnstile.turn()
            await self._app(scope, receive, answer)
        except Exception as exc:  # noqa: BLE001 - the last net: a mistake of ours is a 500 and a line, no traceback
            state.outcome = "internal"
            log.error(  # noqa: TRY400 - a traceback's message may quote the page
                "a mistake in the server",
                extra={
                    "record": {
                        "request_id": state.request_id,
                        "error": type(exc).__name__,
                        "at": where(exc.__traceback__),
                    }
                },
            )
            if not answer.status:
                await unexpected(request)(scope, receive, answer)
            else:
                raise ConnectionAbortedError from None
        finally:
            self._tell(scope, state, answer.status, time.perf_counter() - started)

    def _tell(self, scope: Scope, state: Any, status: int, seconds: float) -> None:  # noqa: ANN401 - starlette's State
        route = getattr(scope.get("route"), "path", "none")
        outcome = state.outcome if status else "client_gone"
        self._metrics.request(route, outcome, seconds)
        if route in _QUIET and outcome == "ok":
            return
        record = {
            "request_id": state.request_id,
            "key": getattr(state, "key", None),
            "method": scope["method"] if scope["method"] in {"GET", "POST", "HEAD", "OPTIONS"} else "other",
            "route": route,
            "status": status,
            "outcome": outcome,
            "ms": round(seconds * 1000, 1),
        }
        log.info("request", extra={"record": record | state.record})


class _Answer:
    """The way out of one request: puts the headers on and remembers the status; the last one closes its connection."""

    def __init__(self, request_id: str, send: Send, *, last: bool) -> None:
        self._request_id = request_id
        self._send = send
        self._last = last
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-Id"] = self._request_id
            if self._last:
                headers["Connection"] = "close"
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            page = headers.get("content-type", "").startswith("text/html")
            headers.setdefault("Content-Security-Policy", _PAGE_POLICY if page else _DATA_POLICY)
            if not page:
                headers.setdefault("Cache-Control", "no-store")
        await self._send(message)
