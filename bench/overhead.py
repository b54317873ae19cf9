"""What HTTP costs: the CPU seconds of the same pages in process and through `sejul serve`, one after the other."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

from app.api.schemas import response
from app.domain import Options
from app.engine.extractive import ExtractedDrafter
from app.pipeline import Desk, summarize_page
from bench.load import ask, pages, start_server
from bench.ports import free_port

_PAGES = 12
_ROUNDS = 2


def cpu_seconds(pid: int) -> float:
    """User and system seconds of a process, its threads among them."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_process(bodies: list[bytes]) -> float:
    """CPU seconds of the pipeline and of its JSON."""
    drafter = ExtractedDrafter()
    started = time.process_time()
    for body in bodies:
        result = asyncio.run(summarize_page(body.decode(), Options(), Desk(drafter)))
        response(result, drafter.info).model_dump_json()
    return time.process_time() - started


def over_http(port: int, pid: int, bodies: list[bytes]) -> float:
    """CPU seconds of the server for the same pages, each on a connection of its own."""
    started = cpu_seconds(pid)
    for body in bodies:
        head = f"POST /summarize HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
        assert b" 200 " in ask(port, head.encode() + body, 60)[:20]
    return cpu_seconds(pid) - started


def main() -> None:
    """Prints both and their ratio; the least of a few rounds, since others use the machine."""
    bodies = pages(_PAGES)
    port = free_port()
    server = start_server(port)
    try:
        in_process(bodies[:4])
        over_http(port, server.pid, bodies[:4])
        inside = min(in_process(bodies) for _ in range(_ROUNDS))
        outside = min(over_http(port, server.pid, bodies) for _ in range(_ROUNDS))
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
    print(
        f"{len(bodies)} pages: in process {inside:.2f} s of CPU, over HTTP {outside:.2f} s ({outside / inside - 1:+.1%})"
    )


if __name__ == "__main__":
    main()
