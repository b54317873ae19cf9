"""`sejul serve` as a process: refusals at the start, SIGTERM, and workers that share nothing but the port."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from bench.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "app", "serve"]


def environment(**settings: str) -> dict[str, str]:
    """The environment of a server with these settings."""
    return os.environ | {"SEJUL_ENGINE": "extractive", "SEJUL_LOG_FORMAT": "json"} | settings


@contextmanager
def served(
    log: Path, *arguments: str, **settings: str
) -> Iterator[tuple[subprocess.Popen[bytes], httpx.Client]]:
    """A server process that is ready, and a client that opens a connection for each request."""
    port = free_port()
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [*COMMAND, "--port", str(port), *arguments], cwd=ROOT, env=environment(**settings), stderr=lines
        )
    client = httpx.Client(
        base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False, headers={"connection": "close"}
    )
    try:
        end = time.monotonic() + 90
        while time.monotonic() < end and not ready(client):
            time.sleep(0.1)
        yield process, client
    finally:
        client.close()
        process.kill()
        process.wait(30)


def ready(client: httpx.Client) -> bool:
    """Whether the server says so."""
    try:
        return client.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SEJUL_HOST": "0.0.0.0"}, "SEJUL_API_KEYS"),  # noqa: S104 - it is refused
        ({"SEJUL_API_KEYS": "nameless"}, "name:key"),
        ({"SEJUL_CORS_ORIGINS": "*"}, "SEJUL_CORS_ORIGINS"),
        ({"SEJUL_API_KEYS_FILE": "/nowhere"}, "SEJUL_API_KEYS_FILE"),
    ],
)
def test_wrong_settings_are_refused_at_the_start(settings: dict[str, str], words: str) -> None:
    """A server that would be open or deaf by mistake does not start, and says what to set."""
    found = subprocess.run(
        [*COMMAND, "--port", "0"], cwd=ROOT, env=environment(**settings), capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert found.returncode != 0
    assert words in found.stderr
    assert "Traceback" not in found.stderr


def test_an_engine_that_cannot_be_had_is_refused() -> None:
    """A server whose model is missing ends with a message, rather than answer with another one's lines."""
    found = subprocess.run(
        [*COMMAND, "--port", "0"], cwd=ROOT, env=environment(SEJUL_ENGINE="no-such-model"), capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert found.returncode != 0
    assert "no-such-model" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.slow
def test_sigterm_finishes_what_was_accepted(tmp_path: Path, page: str) -> None:
    """After SIGTERM what is at work is answered, what comes is refused with 503, and the process ends."""
    log = tmp_path / "log"
    with (
        served(log, SEJUL_PLACES="1", SEJUL_ADMISSION_WAIT_S="60") as (process, client),
        ThreadPoolExecutor(8) as crowd,
    ):
        long = page * 60
        first = crowd.submit(client.post, "/summarize", json={"text": long})
        time.sleep(0.3)
        waiting = [crowd.submit(client.post, "/summarize", json={"text": page}) for _ in range(3)]
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        try:
            late = client.post("/summarize", json={"text": page}).status_code
        except httpx.TransportError:
            late = 503  # it was faster than this test: nobody listens any more
        assert late == 503
        assert first.result().status_code == 200
        assert {future.result().status_code for future in waiting} <= {200, 503}
        assert process.wait(30) in {0, -signal.SIGTERM}
    assert "빈집" not in log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert {line["outcome"] for line in lines if line.get("route") == "/summarize"} >= {"ok"}


@pytest.mark.slow
def test_a_killed_worker_is_survived(tmp_path: Path, page: str) -> None:
    """With two workers one may be killed: the other goes on answering, and a new one comes."""
    with served(tmp_path / "log", "--workers", "2") as (process, client):
        workers = children(process.pid)
        assert len(workers) == 2
        os.kill(workers[0], signal.SIGKILL)
        answers = []
        for _ in range(6):
            try:
                answers.append(client.post("/summarize", json={"text": page}).status_code)
            except httpx.TransportError:
                answers.append(0)  # the connection that the dead worker had taken
        assert answers.count(200) >= 5
        end = time.monotonic() + 60
        while time.monotonic() < end and len(set(children(process.pid)) - {workers[0]}) < 2:
            time.sleep(0.2)
        assert len(set(children(process.pid)) - {workers[0]}) == 2
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def children(pid: int) -> list[int]:
    """The worker processes of a server."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text(encoding="ascii").split():
            command = Path(f"/proc/{child}/cmdline").read_bytes()
            if b"spawn_main" in command:
                found.append(int(child))
    return sorted(found)
