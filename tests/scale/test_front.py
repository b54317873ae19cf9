"""What stands before Ray's proxy: a request whose replica died is sent again, and has one id."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from app.scale import front
from app.scale.front import Front, Tape

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

pytestmark = pytest.mark.ray
pytest.importorskip("ray", reason="needs the extra [ray]; `make test-ray` installs it")

OURS = [(b"x-content-type-options", b"nosniff")]


class Replicas:
    """A proxy whose first replicas die after they have read the body, as Ray's says it: with no word."""

    def __init__(self, deaths: int, status: int | None = None) -> None:
        self.deaths = deaths
        self.status = status
        self.bodies: list[bytes] = []
        self.ids: list[bytes] = []

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Reads a request whole, and answers with its length."""
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message.get("more_body", False)
        self.bodies.append(body)
        self.ids += [value for name, value in scope["headers"] if name == b"x-request-id"]
        if len(self.bodies) <= self.deaths:
            if self.status is not None:
                await send({"type": "http.response.start", "status": self.status, "headers": []})
                await send({"type": "http.response.body", "body": b"Internal Server Error"})
            return
        await send(
            {"type": "http.response.start", "status": 200, "headers": [*OURS, (b"x-request-id", b"a")]}
        )
        await send({"type": "http.response.body", "body": b"%d" % len(body)})


def ask(
    app: Callable[..., Awaitable[None]], *chunks: bytes, sent: bytes | None = None
) -> list[dict[str, Any]]:
    """All that comes back for a body in these pieces."""
    pieces = [
        {"type": "http.request", "body": chunk, "more_body": n < len(chunks)}
        for n, chunk in enumerate(chunks, start=1)
    ]
    back: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        back.append(message)

    headers = [(b"content-type", b"text/plain")] + ([(b"x-request-id", sent)] if sent is not None else [])
    scope = {"type": "http", "method": "POST", "path": "/summarize", "headers": headers, "state": {}}
    asyncio.run(Front(app)(scope, receive, send))  # type: ignore[arg-type]
    return back


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pauses."""
    monkeypatch.setattr(front, "_PAUSE_S", 0.0)


@pytest.mark.parametrize("status", [None, 500, 503])
def test_a_request_is_sent_to_another_replica_with_its_whole_body(status: int | None) -> None:
    """Two die; the third answers, and the client sees that answer alone."""
    replicas = Replicas(2, status)
    start, body = ask(replicas, b"abc", b"def")
    assert (start["status"], body["body"]) == (200, b"6")
    assert replicas.bodies == [b"abcdef"] * 3
    assert Tape.kept == 0


def test_an_answer_of_the_app_is_never_asked_for_again() -> None:
    """A 503 that the app gives (it is stopping) is the client's to act on; so is a 500."""

    async def stopping(scope: Any, receive: Any, send: Any) -> None:
        del scope, receive
        calls.append(1)
        await send({"type": "http.response.start", "status": 503, "headers": OURS})
        await send({"type": "http.response.body", "body": b"{}"})

    calls: list[int] = []
    assert ask(stopping, b"a")[0]["status"] == 503
    assert len(calls) == 1


def test_where_all_die_the_client_is_told_to_try_again() -> None:
    """503 as a problem document with Retry-After, never Ray's bare 500."""
    start, body = ask(Replicas(99), b"a", sent=b"cms-1")
    assert start["status"] == 503
    headers = dict(start["headers"])
    assert headers[b"content-type"] == b"application/problem+json"
    assert b"retry-after" in headers
    assert json.loads(body["body"])["request_id"] == "cms-1"


def test_a_body_that_is_too_long_to_keep_is_passed_on_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy's memory is bounded: the request goes through, and only where its replica dies it is not repeated."""
    monkeypatch.setattr(front, "_BODY_BYTES", 4)
    alive, dying = Replicas(0), Replicas(1)
    assert ask(alive, b"abc", b"def")[1]["body"] == b"6"
    assert ask(dying, b"abc", b"def")[0]["status"] == 503
    assert len(dying.bodies) == 1
    assert Tape.kept == 0


@pytest.mark.parametrize(("sent", "kept"), [(b"cms-42.a", True), (b"<script>", False), (None, False)])
def test_a_request_has_one_id(sent: bytes | None, *, kept: bool) -> None:
    """The app and the client see the same one; a client's own where it is a plain one."""
    replicas = Replicas(0)
    start, _ = ask(replicas, b"a", sent=sent)
    ids = [value for name, value in start["headers"] if name.lower() == b"x-request-id"]
    assert ids == replicas.ids
    assert (ids == [sent]) == kept
