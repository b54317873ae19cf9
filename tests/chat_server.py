"""A chat server for tests: real HTTP on a free port, answering as each test tells it to, faults included."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SENTENCE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Reply:
    """What the server does with one question."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    finish: str = "stop"
    wait_s: float = 0.0
    cut: bool = False
    """Close the connection in the middle of the body."""
    raw: str | None = None
    """Send this body in place of a chat completion."""


@dataclass(frozen=True)
class Asked:
    """One question, as the server saw it."""

    body: dict[str, Any]
    number: int
    """How many came before it."""

    @property
    def prompt(self) -> str:
        """All that the messages say."""
        return "\n".join(str(m["content"]) for m in self.body["messages"])

    @property
    def sentences(self) -> dict[int, str]:
        """The article's sentences, by their numbers."""
        return {int(n): text for n, text in SENTENCE.findall(self.body["messages"][1]["content"])}

    @property
    def schema(self) -> dict[str, Any] | None:
        """The JSON schema that `response_format` holds the answer to."""
        form = self.body.get("response_format")
        return None if form is None else form["json_schema"]["schema"]

    @property
    def lines(self) -> int:
        """How many lines the prompt wants."""
        found = re.search(r"기사를 (\d)줄로", self.prompt)
        return int(found.group(1)) if found else 1

    @property
    def wants_headline(self) -> bool:
        """Whether it wants a headline too."""
        return "제목을 지으라" in self.prompt


Behave = Callable[[Asked], Reply]


def answer(asked: Asked, lines: list[str] | None = None, headline: str | None = None) -> str:
    """A well-formed answer: these lines, or the article's first sentences."""
    sentences = asked.sentences
    numbers = list(sentences)[: asked.lines]
    texts = lines if lines is not None else [sentences[n] for n in numbers]
    cited = [[n] for n in numbers] + [[numbers[0]] if numbers else []] * max(0, len(texts) - len(numbers))
    if "한 줄로 고쳐 쓰라" in asked.prompt:
        return json.dumps({"text": texts[0]}, ensure_ascii=False)
    if "제목을 하나 지으라" in asked.prompt:
        return json.dumps({"headline": headline or next(iter(sentences.values()))[:30]}, ensure_ascii=False)
    found: dict[str, Any] = {
        "lines": [{"sentences": c, "text": t} for c, t in zip(cited, texts, strict=False)]
    }
    if asked.wants_headline:
        found["headline"] = headline or next(iter(sentences.values()))[:30]
    return json.dumps(found, ensure_ascii=False)


def truthful(asked: Asked) -> Reply:
    """The article's own first sentences."""
    return Reply(answer(asked))


class ChatServer:
    """The server, its address, and the questions that it was asked."""

    def __init__(
        self,
        behave: Behave = truthful,
        model: str = "test-model",
        context: int | None = None,
        port: int = 0,
        models_status: int = 200,
    ) -> None:
        self.behave = behave
        self.model = model
        self.context = context
        self.models_status = models_status
        self.asked: list[Asked] = []
        self.keys: list[str | None] = []
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()
        self._http = _Http(self, port)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """The base of its API."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def stop(self) -> None:
        """Stop listening, and close every connection that is still open."""
        self._http.shutdown()
        self._http.close_all()
        self._http.server_close()
        self._thread.join()

    def answer(self, body: dict[str, Any], key: str | None) -> Reply:
        """What to do with a question."""
        with self._lock:
            asked = Asked(body, len(self.asked))
            self.asked.append(asked)
            self.keys.append(key)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            reply = self.behave(asked)
            time.sleep(reply.wait_s)
            return reply
        finally:
            with self._lock:
                self.at_once -= 1


@contextmanager
def serving(behave: Behave = truthful, **more: Any) -> Iterator[ChatServer]:
    """A server for the length of a `with`."""
    server = ChatServer(behave, **more)
    try:
        yield server
    finally:
        server.stop()


class _Http(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True

    def __init__(self, chat: ChatServer, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.chat = chat
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection."""
        self._open.add(request)
        super().process_request(request, client_address)

    def close_all(self) -> None:
        """Close every connection that was ever made."""
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def do_GET(self) -> None:
        """The list of models."""
        chat = self.server.chat
        model: dict[str, Any] = {"id": chat.model, "object": "model", "created": 0, "owned_by": "test"}
        if chat.context is not None:
            model["max_model_len"] = chat.context
        self._send(chat.models_status, json.dumps({"object": "list", "data": [model]}), {})

    def do_POST(self) -> None:
        """A question."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        reply = self.server.chat.answer(body, self.headers.get("authorization"))
        if reply.raw is not None:
            self._send(reply.status, reply.raw, reply.headers, cut=reply.cut)
        elif reply.status != 200:
            error = {"error": {"message": reply.text or "no", "type": "test", "code": reply.status}}
            self._send(reply.status, json.dumps(error), reply.headers)
        elif body.get("stream"):
            self._stream(reply)
        else:
            self._send(200, json.dumps(self._whole(reply), ensure_ascii=False), reply.headers, cut=reply.cut)

    def _whole(self, reply: Reply) -> dict[str, Any]:
        message = {"role": "assistant", "content": reply.text}
        return {
            "id": "c", "object": "chat.completion", "created": 0, "model": self.server.chat.model,
            "choices": [{"index": 0, "message": message, "finish_reason": reply.finish}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 10, "total_tokens": 110},
        }  # fmt: skip

    def _stream(self, reply: Reply) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        pieces = [reply.text[at : at + 7] for at in range(0, len(reply.text), 7)]
        deltas: list[tuple[dict[str, Any], str | None]] = [({"content": piece}, None) for piece in pieces]
        for delta, finish in deltas[: len(deltas) // 2] if reply.cut else [*deltas, ({}, reply.finish)]:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {
                "id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
            self.wfile.flush()
        if not reply.cut:
            self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _send(self, status: int, text: str, headers: dict[str, str], *, cut: bool = False) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("content-type", headers.get("content-type", "application/json"))
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            if name != "content-type":
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        self.wfile.flush()
        if cut:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the base class names it so
        """Tests read what was asked, not a log."""
