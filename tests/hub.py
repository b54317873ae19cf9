"""A hub of one repository on this machine, as the Hub's client speaks to the real one."""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMIT = "c0ffee" + "0" * 34


class Hub(ThreadingHTTPServer):
    """Serves the files of a folder as the repository example/desk."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        self.told = {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}
        self.stall_at: int | None = None
        """Weights stop coming after that many bytes."""
        self.go_on = threading.Event()
        self.ranges: list[str] = []

    @property
    def address(self) -> str:
        """What HF_ENDPOINT is to be."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    """The three kinds of request that a pull makes."""

    server: Hub
    protocol_version = "HTTP/1.1"
    timeouts: ClassVar[int] = 10

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        """A file's size, hash and commit."""
        self._file(body=False)

    def do_GET(self) -> None:
        """The repository's files, or one of them, from where a broken pull left off."""
        if self.path.startswith("/api/models/example/desk"):
            siblings = [
                {
                    "rfilename": name,
                    "size": len(content),
                    "blobId": "0",
                    "lfs": {"sha256": self.server.told[name], "size": len(content), "pointerSize": 1},
                }
                for name, content in self.server.files.items()
            ]
            self._answer(json.dumps({"id": "example/desk", "sha": COMMIT, "siblings": siblings}).encode())
        else:
            self._file(body=True)

    def _file(self, *, body: bool) -> None:
        name = self.path.rsplit("/", 1)[-1]
        if name not in self.server.files or COMMIT not in self.path:
            self.send_error(404)
            return
        content = self.server.files[name]
        start = 0
        asked = self.headers.get("Range")
        if asked:
            self.server.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").split("-")[0])
        self.send_response(206 if asked else 200)
        self.send_header("ETag", f'"{self.server.told[name]}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        if not body:
            return
        stall = self.server.stall_at
        if stall is not None and name.endswith(".safetensors"):
            self.wfile.write(content[start:stall])
            self.wfile.flush()
            self.server.go_on.wait(60)
            self.close_connection = True
            return
        self.wfile.write(content[start:])

    def _answer(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def hub(folder: Path) -> Iterator[Hub]:
    """A hub that serves `folder` while this is open."""
    server = Hub(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.go_on.set()
        server.shutdown()
        server.server_close()
