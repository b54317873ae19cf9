"""One process and two, single and on Ray, the same pages: throughput, efficiency, what Ray costs an article.

Usage: python -m bench.scale [--pages 400] [--seconds 25] [--only batch|serve]

About seven minutes on two quiet cores. An efficiency is the throughput of two over twice that of one, in the middle of
a run: starting up is not counted. Processor time is that of the command and of all that it started.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil

from bench.korean import page
from bench.ports import free_port

ROOT = Path(__file__).parent.parent
_ARTICLES = 5
# For each worker; more than the eight requests at which Ray Serve adds a desk.
_CLIENTS = 12
# The middle of a batch: before it processes start, after it they run dry.
_FROM, _TO = 0.2, 0.85
_WARM_S = 90.0


@dataclass(frozen=True)
class Figure:
    """What one way of running came to."""

    pages_s: float
    cpu_ms: float
    """Processor time of an article."""
    busy: float
    """Cores of the machine at work, whoever uses them: the command, its clients, the system."""


class Look(NamedTuple):
    """What a run had come to at one moment: seconds of the clock, of its processors, of the machine's; pages done."""

    at: float
    cpu: float
    machine: float
    pages: int

    @classmethod
    def now(cls, run: psutil.Process, seen: dict[int, float], pages: int) -> Look:
        """A look at a run and all below it."""
        times = psutil.cpu_times()
        # Linux counts what a guest ran in `user` too.
        machine = times.user + times.nice + times.system + times.irq + times.softirq
        return cls(time.perf_counter(), cpu_seconds(run, seen), machine, pages)

    def since(self, first: Look) -> Figure:
        """What was done between a look and this one."""
        pages, took = self.pages - first.pages, self.at - first.at
        cpu_ms = (self.cpu - first.cpu) * 1000 / (pages * _ARTICLES)
        return Figure(pages / took, cpu_ms, (self.machine - first.machine) / took)


def cpu_seconds(process: psutil.Process, seen: dict[int, float]) -> float:
    """Processor time of a process and of all below it, those that have ended since included."""
    for one in [process, *process.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.Error:
            continue
        seen[one.pid] = times.user + times.system
    return sum(seen.values())


def environment(**settings: str) -> dict[str, str]:
    """The embedded engine and one thread for each process."""
    return os.environ | {"SEJUL_ENGINE": "extractive", "OMP_NUM_THREADS": "1"} | settings


def batch(source: Path, pages: int, workers: int, *, ray: bool) -> Figure:
    """`sejul batch` over the pages."""
    out = source.with_name(f"out-{workers}-{ray}.jsonl")
    command = [
        sys.executable,
        "-m",
        "app",
        "batch",
        str(source),
        "--out",
        str(out),
        "--workers",
        str(workers),
    ]
    run = psutil.Popen(
        command + ["--ray"] * ray, cwd=ROOT, env=environment(), stderr=subprocess.PIPE, text=True
    )
    seen: dict[int, float] = {}
    marks: list[Look] = []
    while run.poll() is None:
        time.sleep(0.1)
        done = out.read_bytes().count(b"\n") if out.exists() else 0
        if pages * _FROM <= done <= pages * _TO:
            marks.append(Look.now(run, seen, done))
    _, said = run.communicate()
    if run.returncode or len(marks) < 2:
        raise SystemExit(said)
    return marks[-1].since(marks[0])


def serve(bodies: list[bytes], seconds: float, workers: int, *, ray: bool) -> Figure:
    """`sejul serve` or `sejul serve-ray`, with clients that send one page after another."""
    port = free_port()
    how = ["serve-ray"] if ray else ["serve", "--workers", str(workers)]
    settings = environment(SEJUL_RAY_DESKS=str(workers))
    run = psutil.Popen(
        [sys.executable, "-m", "app", *how, "--port", str(port)],
        cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    over, done = threading.Event(), [0]
    url = f"http://127.0.0.1:{port}"
    try:
        ready(url)
        clients = [
            threading.Thread(target=newsroom, args=(url, bodies[n:] + bodies[:n], over, done))
            for n in range(_CLIENTS * workers)
        ]
        for client in clients:
            client.start()
        # On Ray the second desk comes because requests wait; without it, the kernel deals connections out.
        until = time.perf_counter() + _WARM_S
        while ray and desks(run) < workers and time.perf_counter() < until:
            time.sleep(1)
        if ray and desks(run) < workers:
            raise SystemExit(f"{workers} desks did not come within {_WARM_S:g} s")
        time.sleep(15 if ray else 5)
        seen: dict[int, float] = {}
        first = Look.now(run, seen, done[0])
        time.sleep(seconds)
        last = Look.now(run, seen, done[0])
        over.set()
        for client in clients:
            client.join()
    finally:
        over.set()
        run.send_signal(signal.SIGTERM)
        run.wait(90)
    return last.since(first)


def ready(url: str) -> None:
    """Waits until the server is ready."""
    until = time.perf_counter() + _WARM_S
    while time.perf_counter() < until:
        try:
            if httpx.get(f"{url}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise SystemExit("the server did not become ready")


def desks(run: psutil.Process) -> int:
    """How many replicas of the desk there are."""
    found = 0
    for process in run.children(recursive=True):
        try:
            found += "ServeReplica:sejul:desk" in " ".join(process.cmdline())
        except psutil.Error:
            continue
    return found


def newsroom(url: str, bodies: list[bytes], over: threading.Event, done: list[int]) -> None:
    """A page after another, each on a connection of its own, as the web's clients come."""
    while not over.is_set():
        for body in bodies:
            if over.is_set():
                return
            answer = httpx.post(
                f"{url}/summarize", content=body, headers={"content-type": "text/plain"}, timeout=120, trust_env=False
            )  # fmt: skip
            if answer.status_code == 200:
                done[0] += 1
            else:
                time.sleep(1)


def report(name: str, figures: dict[tuple[int, bool], Figure]) -> None:
    """Prints the four figures of a command and what follows from them."""
    print(f"{name:6}          pages/s  CPU ms/article  cores at work  efficiency of two")
    for ray in (False, True):
        one, two = figures[1, ray], figures[2, ray]
        for workers, found in ((1, one), (2, two)):
            share = f"{two.pages_s / (2 * one.pages_s):.2f}" if workers == 2 else ""
            print(
                f"  {'Ray' if ray else 'single':6} {workers}     {found.pages_s:7.2f}  {found.cpu_ms:14.1f}  {found.busy:13.2f}  {share}"
            )
    for workers in (1, 2):
        extra = figures[workers, True].cpu_ms - figures[workers, False].cpu_ms
        print(f"  Ray costs {extra:+.1f} ms of CPU an article with {workers}")


def main() -> None:
    """Runs all eight and prints them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=25)
    parser.add_argument("--only", choices=["batch", "serve"])
    arguments = parser.parse_args()
    texts = [page(seed, _ARTICLES) for seed in range(arguments.pages)]
    ways = [(workers, ray) for ray in (False, True) for workers in (1, 2)]
    if arguments.only != "serve":
        with tempfile.TemporaryDirectory(prefix="sejul-scale-") as folder:
            source = Path(folder) / "in.jsonl"
            lines = (json.dumps({"id": n, "text": text}, ensure_ascii=False) for n, text in enumerate(texts))
            source.write_text("\n".join(lines) + "\n", encoding="utf-8")
            report("batch", {way: batch(source, len(texts), way[0], ray=way[1]) for way in ways})
    if arguments.only != "batch":
        bodies = [text.encode() for text in texts]
        report("serve", {way: serve(bodies, arguments.seconds, way[0], ray=way[1]) for way in ways})


if __name__ == "__main__":
    main()
