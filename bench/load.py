"""Load: many clients at once against one server process on loopback; nothing may hang, fail or grow.

    python -m bench load [--clients 500] [--seconds 60] [--impatient]

A client that is answered 429 comes back when Retry-After says; an impatient one comes back at once. Before the
storm a few clients that are never refused show what the process can do; under the storm it must do nearly as much.
Ten minutes (`--seconds 600`) show whether memory is flat.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.ports import free_port

ROOT = Path(__file__).parent.parent
PAGES = ROOT.parent / "shared" / "data" / "pages_dev.jsonl"
_HUNG_S = 90.0
# What must hold: /healthz in milliseconds, memory's growth, and answers a second against those of an easy hour.
_HEALTH_MS = 50.0
_GROWTH = 0.10
_GOODPUT = 0.8
# As many as the server has places: it is never idle and refuses nobody.
_EASY_CLIENTS = 8


@dataclass
class Tally:
    """What the clients saw."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    refused_s: list[float] = field(default_factory=list)
    without_retry_after: int = 0
    hung: int = 0


def pages(count: int = 200) -> list[bytes]:
    """Real pages where ../shared is there, else the samples."""
    if PAGES.is_file():
        with PAGES.open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]
    else:
        texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    return [text.encode() for text in texts]


def start_server(port: int, **settings: str) -> subprocess.Popen[bytes]:
    """`sejul serve` with the embedded engine, once it is ready."""
    env = os.environ | {"SEJUL_ENGINE": "extractive", "SEJUL_LOG_FORMAT": "json"} | settings
    server = subprocess.Popen(
        [sys.executable, "-m", "app", "serve", "--port", str(port)],
        cwd=ROOT,
        env=env,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if b" 200 " in ask(port, b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")[:20]:
                return server
        except OSError:
            pass
        time.sleep(0.1)
    server.kill()
    raise SystemExit("the server did not become ready in 60 s")


def ask(port: int, request: bytes, seconds: float = 10) -> bytes:
    """One request on a connection of its own, and all that comes back."""
    with socket.create_connection(("127.0.0.1", port), seconds) as sock:
        sock.sendall(request)
        answer = b""
        while chunk := sock.recv(65536):
            answer += chunk
    return answer


def rss_mb(pid: int) -> float:
    """Resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def client(port: int, bodies: list[bytes], until: float, tally: Tally, *, impatient: bool) -> None:
    """One newsroom tool: a page after the other on one connection until the time is up."""
    reader = writer = None
    await asyncio.sleep(random.random())  # noqa: S311 - no secret
    while time.perf_counter() < until:
        body = random.choice(bodies)  # noqa: S311 - no secret
        head = f"POST /summarize HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
        started = time.perf_counter()
        try:
            async with asyncio.timeout(_HUNG_S):
                if writer is None or writer.is_closing():
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(head.encode() + body)
                assert reader is not None
                status, headers = await _answer(reader)
        except TimeoutError:
            tally.hung += 1
            return
        except (OSError, asyncio.IncompleteReadError) as exc:
            tally.statuses[type(exc).__name__] += 1
            writer = None
            continue
        taken = time.perf_counter() - started
        tally.statuses[status] += 1
        if status == "200":
            tally.seconds.append(taken)
            continue
        tally.refused_s.append(taken)
        retry = headers.get("retry-after")
        tally.without_retry_after += retry is None
        if not impatient:
            await asyncio.sleep(min(float(retry or 1), max(0.0, until - time.perf_counter())))


async def _answer(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
    }
    await reader.readexactly(int(headers["content-length"]))
    return first.split()[1], headers


def probe(port: int, seconds: float) -> None:
    """In a process of its own: asks /healthz ten times a second, prints the milliseconds."""
    until = time.perf_counter() + seconds
    request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 30) as sock:
        while time.perf_counter() < until:
            started = time.perf_counter()
            sock.sendall(request)
            answer = b""
            while not answer.endswith(b"}"):
                answer += sock.recv(4096)
            print(round((time.perf_counter() - started) * 1000, 2), flush=True)
            time.sleep(0.1)


async def storm(port: int, pid: int, arguments: argparse.Namespace) -> tuple[Tally, list[float]]:
    """All clients at once; what they saw, and the server's memory each second."""
    tally, bodies = Tally(), pages()
    until = time.perf_counter() + arguments.seconds
    running = [
        asyncio.create_task(client(port, bodies, until, tally, impatient=arguments.impatient))
        for _ in range(arguments.clients)
    ]
    memory = []
    while time.perf_counter() < until:
        await asyncio.sleep(1)
        memory.append(rss_mb(pid))
    await asyncio.wait(running, timeout=_HUNG_S + 10)
    tally.hung += sum(not task.done() for task in running)
    return tally, memory


async def easy(port: int, seconds: float) -> float:
    """Pages a second that the process answers to a few clients."""
    tally, bodies = Tally(), pages()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(port, bodies, until, tally, impatient=False) for _ in range(_EASY_CLIENTS)))
    return len(tally.seconds) / (seconds + time.perf_counter() - until)


def main() -> None:
    """Runs the storm and prints its figures; the exit code is 1 where something hung or failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--impatient", action="store_true", help="ignore Retry-After")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--probe", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.probe:
        probe(arguments.probe, arguments.seconds)
        return
    port = free_port()
    server = start_server(port)
    try:
        capacity = asyncio.run(easy(port, min(15.0, arguments.seconds)))
        asking = subprocess.Popen(
            [sys.executable, "-m", "bench.load", "--probe", str(port), "--seconds", str(arguments.seconds)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        started = time.perf_counter()
        tally, memory = asyncio.run(storm(port, server.pid, arguments))
        taken = time.perf_counter() - started
        printed, _ = asking.communicate(timeout=60)
        health = [float(line) for line in printed.split()]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    raise SystemExit(report(arguments, tally, memory, health, capacity, taken))


def report(
    arguments: argparse.Namespace,
    tally: Tally,
    memory: list[float],
    health: list[float],
    capacity: float,
    taken: float,
) -> int:
    """Prints the figures and what of it does not hold; 1 where something does not."""
    if arguments.verbose:
        print("/healthz in order ", [round(ms) for ms in health])
    health = sorted(health)
    done = sorted(tally.seconds) or [float("nan")]
    refused = sorted(tally.refused_s) or [float("nan")]
    early = statistics.median(memory[len(memory) // 4 : len(memory) // 2] or memory)
    late = statistics.median(memory[-max(1, len(memory) // 4) :])
    goodput = len(tally.seconds) / taken
    print(
        f"clients            {arguments.clients} for {arguments.seconds:g} s, the last answer after {taken:.1f} s"
    )
    print(
        f"answers            {dict(tally.statuses)}, hung {tally.hung}, 429 without Retry-After {tally.without_retry_after}"
    )
    print(
        f"pages per second   {goodput:.1f}; {_EASY_CLIENTS} clients alone got {capacity:.1f}: {goodput / capacity:.0%} of it"
    )
    print(f"200 after          p50 {_at(done, 0.5):.2f} s, p99 {_at(done, 0.99):.2f} s, max {done[-1]:.2f} s")
    print(
        f"429 after          p50 {_at(refused, 0.5):.2f} s, p99 {_at(refused, 0.99):.2f} s, max {refused[-1]:.2f} s"
    )
    print(
        f"/healthz           p50 {_at(health, 0.5):.1f} ms, p99 {_at(health, 0.99):.1f} ms, max {health[-1]:.1f} ms ({len(health)})"
    )
    print(
        f"memory             {early:.0f} MB in the second quarter, {late:.0f} MB in the last ({late / early - 1:+.1%})"
    )
    failed = {
        "a client hung": tally.hung > 0,
        "an answer that is neither 200 nor 429": bool(set(tally.statuses) - {"200", "429"}),
        "a 429 without Retry-After": tally.without_retry_after > 0,
        f"/healthz over {_HEALTH_MS:g} ms": health[-1] > _HEALTH_MS,
        "memory grew": late / early - 1 > _GROWTH,
        f"under {_GOODPUT:.0%} of the easy rate": goodput < _GOODPUT * capacity,
    }
    bad = [what for what, is_so in failed.items() if is_so]
    print("holds" if not bad else f"does not hold      {'; '.join(bad)}")
    return 1 if bad else 0


def _at(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(len(values) * share))]


if __name__ == "__main__":
    main()
