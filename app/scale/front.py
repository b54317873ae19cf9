"""What stands in each proxy of Ray Serve, before every request: replicas may die, and clients do not see it.

A page's summary is a pure function of the page, so a request whose replica died before it began to answer is sent to
another one, from the copy of its body that is kept here meanwhile. The proxies call `middlewares` where their
environment has RAY_SERVE_HTTP_PROXY_CALLBACK_IMPORT_PATH=app.scale.front:middlewares.
"""

from __future__ import annotations

import asyncio
import re
import uuid
from typing import TYPE_CHECKING, Any

from fastapi import Request
from fastapi.middleware import Middleware

from app.api.errors import problem
from app.errors import NotReady

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

CALLBACK = "app.scale.front:middlewares"
_TRIES = 4
_PAUSE_S = 0.5
# Longer bodies, and what all kept ones together go over, are passed on without a copy; their clients try again.
_BODY_BYTES = 4 * 2**20
_ALL_BYTES = 64 * 2**20
_ID = b"x-request-id"
_PLAIN_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
# The app puts this on all that it answers, its own errors too; Ray's answers for a dead replica have it not.
_MARK = b"x-content-type-options"


def middlewares() -> list[Middleware]:
    """What Ray Serve puts before its proxy."""
    return [Middleware(Front)]


class Tape:
    """The messages of a request, read once and played to each replica from the start."""

    kept = 0
    """Bytes on all tapes of this process."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._messages: list[Message] = []
        self._bytes = 0
        self._reading = asyncio.Lock()
        self.whole = True
        self.gone = False
        """Whether the client has left."""

    def play(self) -> Receive:
        """A reader from the start."""
        at = 0

        async def receive() -> Message:
            nonlocal at
            async with self._reading:
                if at == len(self._messages):
                    message = await self._receive()
                    self.gone = message["type"] == "http.disconnect"
                    if not self._keep(message):
                        return message
                    self._messages.append(message)
                at += 1
                return self._messages[at - 1]

        return receive

    def erase(self) -> None:
        """Gives the memory back."""
        Tape.kept -= self._bytes
        self._bytes = 0
        self._messages.clear()

    def _keep(self, message: Message) -> bool:
        size = len(message.get("body", b""))
        if self.whole and self._bytes + size <= _BODY_BYTES and Tape.kept + size <= _ALL_BYTES:
            self._bytes += size
            Tape.kept += size
            return True
        self.whole = False
        return False


class Answer:
    """The way back to the client; what Ray says where it has no replica does not pass.

    For a replica that died it says nothing at all, and uvicorn would make a bare 500 of that.
    """

    def __init__(self, send: Send, request_id: bytes) -> None:
        self._send = send
        self._id = request_id
        self.begun = False

    async def __call__(self, message: Message) -> None:
        """Passes a message on."""
        if message["type"] == "http.response.start":
            names = {name.lower() for name, _ in message["headers"]}
            self.begun = message["status"] not in {500, 503} or _MARK in names
            headers = [(n, v) for n, v in message["headers"] if n.lower() != _ID]
            message = {**message, "headers": [*headers, (_ID, self._id)]}
        if self.begun:
            await self._send(message)


class Front:
    """The outermost part of a proxy."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Passes a request on, again where its replica died."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # One id from here on: Ray would put its own beside the app's.
        sent = next((value for name, value in scope["headers"] if name == _ID), b"")
        request_id = sent if _PLAIN_ID.fullmatch(sent) else uuid.uuid4().hex.encode()
        headers = [(n, v) for n, v in scope["headers"] if n != _ID]
        scope = {**scope, "headers": [*headers, (_ID, request_id)]}
        tape = Tape(receive)
        try:
            for attempt in range(_TRIES):
                answer = Answer(send, request_id)
                await self._app(dict(scope), tape.play(), answer)
                if answer.begun or tape.gone:
                    return
                if not tape.whole:
                    break
                await asyncio.sleep(_PAUSE_S * attempt)
        finally:
            tape.erase()
        request = Request({**scope, "state": {"request_id": request_id.decode()}})
        error = NotReady("the replica that had this request is gone; send it again")
        await problem(request, error)(scope, receive, send)
