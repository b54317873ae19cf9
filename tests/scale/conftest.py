"""A Ray cluster as an operator starts it, and the server that `sejul serve-ray` deploys to it."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import httpx
import psutil
import pytest

from bench.ports import free_port
from tests.api.conftest import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parent.parent.parent
CARD = """name = "{name}"
kind = "seq2seq"
title = "시험용"
hub = "example/desk"
licence = "MIT"
max_input = 1000
framing = {{before = ["bos"], after = ["eos"]}}
rewrite = {{max_new_tokens = 40}}
headline = {{max_new_tokens = 40}}
article = {{max_new_tokens = 40}}
"""
# Two cores that others use too: nothing here is about speed.
PATIENCE_S = 240
_STARTS = 4


@dataclass
class Cluster:
    """A cluster of this machine, and what runs on it."""

    address: str
    url: str
    port: int
    environment: dict[str, str]
    head: psutil.Process

    def run(self, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """A command on the cluster, done."""
        return subprocess.run(
            command, cwd=ROOT, env=self.environment | settings, capture_output=True, text=True,
            timeout=PATIENCE_S, check=False,
        )  # fmt: skip

    def deploy(self, **settings: object) -> None:
        """`sejul serve-ray` with these settings; returns when the replicas of them are up."""
        given = {f"SEJUL_{name.upper()}": str(value) for name, value in settings.items()}
        port = ["--address", self.address, "--port", str(self.port)]
        done = self.run(
            sys.executable, "-m", "app", "serve-ray", *port, **{"SEJUL_ENGINE": "extractive"} | given
        )
        assert done.returncode == 0, done.stderr

    def replicas(self, deployment: str) -> list[psutil.Process]:
        """The processes of a deployment's replicas."""
        return [
            process
            for process in self.head.children(recursive=True)
            if f"ServeReplica:sejul:{deployment}" in " ".join(process.cmdline())
        ]


def _up(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """The first process of a cluster that has started; Ray gives itself 30 s for it, not enough on a busy machine."""
    for _ in range(_STARTS):
        with log.open("wb") as written:
            head = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=written)
        wait_for(lambda: b"Ray runtime started" in log.read_bytes() or head.poll() is not None)  # noqa: B023
        if head.poll() is None:
            return head
    raise AssertionError(log.read_text())


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """`ray start --head --block` on loopback; all of it ends with its first process."""
    temp = Path(tempfile.mkdtemp(prefix="sejul-", dir="/tmp"))
    port, http_port = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SEJUL_")} | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_SERVE_HTTP_PROXY_CALLBACK_IMPORT_PATH": "app.scale.front:middlewares",
        "RAY_worker_niceness": "0",
        "RAY_gcs_rpc_server_reconnect_timeout_s": "10",
        # Ray kills a proxy that is not ready in 5 s; on a machine with a load of 15 that is all of them.
        "RAY_SERVE_PROXY_READY_CHECK_TIMEOUT_S": "60",
        "OMP_NUM_THREADS": "1",
    }
    command = [
        "ray", "start", "--head", "--block", f"--port={port}", "--num-cpus=8", "--include-dashboard=false",
        "--object-store-memory=100000000", f"--temp-dir={temp}", "--node-ip-address=127.0.0.1",
    ]  # fmt: skip
    head = _up(command, environment, temp / "head.log")
    started = psutil.Process(head.pid)
    try:
        yield Cluster(f"127.0.0.1:{port}", f"http://127.0.0.1:{http_port}", http_port, environment, started)
    finally:
        left = started.children(recursive=True)
        head.send_signal(signal.SIGTERM)
        head.wait(60)
        _, alive = psutil.wait_procs(left, timeout=PATIENCE_S / 2)
        for process in alive:
            process.kill()
        shutil.rmtree(temp, ignore_errors=True)
        assert alive == []


@pytest.fixture
def serve(cluster: Cluster) -> Iterator[Callable[..., httpx.Client]]:
    """Deploys the server with these settings, and gives a client for it."""
    clients: list[httpx.Client] = []

    def start(**settings: object) -> httpx.Client:
        cluster.deploy(**settings)
        clients.append(httpx.Client(base_url=cluster.url, timeout=120, trust_env=False))
        return clients[-1]

    yield start
    for client in clients:
        client.close()


@pytest.fixture(scope="module")
def client(cluster: Cluster) -> Iterator[httpx.Client]:
    """A client of a server with default settings and the embedded engine."""
    cluster.deploy()
    with httpx.Client(base_url=cluster.url, timeout=120, trust_env=False) as client:
        yield client


@pytest.fixture
def page() -> str:
    """The page of the contract tests."""
    return PAGE


@dataclass
class Seen:
    """What clients saw while something happened to the server."""

    answers: list[dict[str, Any]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    """Whatever was not 200, by status or by the error of the connection."""

    @property
    def notices(self) -> Counter[str]:
        """The codes of the articles' notices."""
        return Counter(
            n["code"] for a in self.answers for article in a["articles"] for n in article["notices"]
        )


@contextmanager
def load(url: str, clients: int = 3) -> Iterator[Seen]:
    """Clients that send one page after another, and never try twice, while this is open."""
    seen, over = Seen(), Event()

    def newsroom() -> None:
        with httpx.Client(base_url=url, timeout=PATIENCE_S, trust_env=False) as client:
            while not over.is_set():
                try:
                    answer = client.post("/summarize", json={"text": PAGE})
                except httpx.HTTPError as exc:
                    seen.others[type(exc).__name__] += 1
                    continue
                if answer.status_code == 200:
                    seen.answers.append(answer.json())
                else:
                    seen.others[f"{answer.status_code} {answer.text[:200]}"] += 1

    with ThreadPoolExecutor(clients) as pool:
        running = [pool.submit(newsroom) for _ in range(clients)]
        try:
            yield seen
        finally:
            over.set()
            for task in running:
                task.result()


def wait_for(what: Callable[[], bool]) -> None:
    """Waits until something is so."""
    until = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < until
        time.sleep(0.1)


@pytest.fixture(scope="session")
def models(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two cards, `desk` and `night`, with the weights of the small checkpoint."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("desk", "night"):
        (folder / f"{name}.toml").write_text(CARD.format(name=name), encoding="utf-8")
        shutil.copytree(small, folder / "weights" / name)
    (folder / "order.txt").write_text("desk\nnight\n", encoding="utf-8")
    return folder
