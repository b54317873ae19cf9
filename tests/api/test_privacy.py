"""What stays out of the logs and off the disk: the page."""

from __future__ import annotations

import json
import logging
import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

import pytest

from app.api.logs import JsonFormatter, TextFormatter
from tests.api.engines import FailingEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import httpx

# Words of the page, and of what is wrong with requests, that no log line and no error may hold.
WORDS = ("해온", "빈집", "공방", "한서윤", "seoyun", "저수지", "대외비")


class Lines(logging.Handler):
    """Every line that any logger would write, in both formats."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.text: list[str] = []
        self.objects: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Formats the record as the server would."""
        if record.name.startswith(("httpx", "httpcore")):
            return  # the client's own
        self.text.append(TextFormatter().format(record))
        self.objects.append(json.loads(JsonFormatter().format(record)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    """All that is logged while a test runs, at every level."""
    handler, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("sejul").setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def misuse(client: httpx.Client, page: str) -> None:
    """Good requests, and every kind of bad one, all with the page's words in them."""
    client.post("/summarize", json={"text": page, "include": ["body", "skipped"]})
    client.post("/summarize?style=brief", content=page.encode(), headers={"content-type": "text/plain"})
    client.post("/summarize", files={"빈집.txt": ("한서윤.txt", page.encode("cp949", "ignore"))})
    client.post("/split", json={"text": page})
    client.post("/summarize", json={"articles": [{"headline": "빈집", "body": page}]})
    client.post("/summarize", json={"text": page}, headers={"accept": "application/x-ndjson"})
    client.post("/summarize", json={"text": page, "대외비": page})
    client.post("/summarize", json={"text": [page], "style": page, "engine": page})
    client.post("/summarize", json={"text": page, "engine": "대외비"})
    client.post("/summarize", content=page.encode() + b"\xff", headers={"content-type": "application/json"})
    client.post(
        "/summarize", content=b'{"text": "\xff' + page.encode(), headers={"content-type": "text/plain"}
    )
    client.post(
        "/summarize?대외비=빈집&lines=빈집",
        content=b"",
        headers=[(b"content-type", "text/plain; charset=한서윤".encode())],
    )
    client.get("/빈집", headers=[(b"x-request-id", "빈집".encode())])
    client.post("/summarize", json={"text": page}, headers=[(b"authorization", "Bearer 대외비".encode())])


def test_logs_hold_no_word_of_the_page(serve: Callable[..., httpx.Client], page: str, lines: Lines) -> None:
    """Whatever is sent, logs and errors hold none of it, at any level, from any library."""
    for engine in (None, FailingEngine()):
        misuse(serve(engine), page)
    # A request's line is written after its answer has left: the last one may be on its way.
    for _ in range(100):
        logged = [x for x in lines.objects if x["logger"] == "sejul.requests"]
        if len(logged) >= 28:
            break
        time.sleep(0.05)
    assert len(logged) >= 28
    written = "\n".join(lines.text) + json.dumps(lines.objects, ensure_ascii=False)
    assert [word for word in WORDS if word in written] == []


def test_a_request_is_one_line(serve: Callable[..., httpx.Client], page: str, lines: Lines) -> None:
    """The line says who, what, how much, how long and how it ended."""
    client = serve(api_keys="desk:key-of-the-desk")
    headers = {"authorization": "Bearer key-of-the-desk", "x-request-id": "cms-7"}
    client.post("/summarize", json={"text": page}, headers=headers)
    client.get("/healthz")
    time.sleep(0.2)
    (line,) = [x for x in lines.objects if x.get("request_id") == "cms-7"]
    assert line.items() >= {
        "key": "desk", "method": "POST", "route": "/summarize", "status": 200, "outcome": "ok", "chars": len(page),
        "articles": 2, "lines": 3, "style": "sentence",
    }.items()  # fmt: skip
    assert {"ms", "split_ms", "select_ms", "draft_ms", "ground_ms", "ts", "level"} <= line.keys()
    assert "key-of-the-desk" not in "\n".join(lines.text)


def test_an_unexpected_error_is_told_by_its_place(lines: Lines) -> None:
    """An exception is logged by its type and its frames, without the message that may quote the page."""
    try:
        int("해온시 빈집")
    except ValueError:
        logging.getLogger("sejul.test").exception("a mistake")
    assert lines.objects[-1]["error"] == "ValueError"
    assert "test_privacy.py" in lines.objects[-1]["at"][-1]
    assert "빈집" not in lines.text[-1]


_opened: list[str] = []
_watching = False


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching or event != "open":
        return
    path, mode, flags = arguments
    # `os.open`, by which temporary files come to be, has flags and no mode.
    by_mode = isinstance(mode, str) and set(mode) & set("wax+")
    if by_mode or (mode is None and flags & (os.O_WRONLY | os.O_RDWR)):
        _opened.append(str(path))


def test_a_request_writes_nothing_to_disk(serve: Callable[..., httpx.Client], page: str) -> None:
    """No file is opened for writing while requests are answered, a large upload among them."""
    global _watching  # noqa: PLW0603 - an audit hook cannot be taken away again
    client = serve()
    client.post("/summarize", json={"text": page})
    sys.addaudithook(_hook)
    _watching = True
    try:
        misuse(client, page)
        big = ("가" * 70 + "\n") * 2500
        assert client.post("/split", files={"file": ("page.txt", big.encode())}).status_code == 200
        client.post("/split", files={"file": ("page.txt", b"a" * 2_400_000)})
        assert _opened == []
        with tempfile.TemporaryFile():
            assert _opened  # the watch sees what a library would spool
    finally:
        _watching = False
