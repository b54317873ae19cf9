"""An archive by Ray Data with a worker killed on the way: every page exactly once, memory over time.

Usage: python -m bench.archive [--pages 20000] [--workers 2] [--format jsonl|parquet]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psutil

from bench.korean import PEOPLE, article

ROOT = Path(__file__).parent.parent
_SAMPLES = 40
_EVERY_S = 1.0


def write_archive(path: Path, pages: int) -> None:
    """Short pages of our own, one article of three sentences each."""
    with path.open("w", encoding="utf-8") as lines:
        for n in range(pages):
            headline, body = article(n, sentences=3)
            text = f"{headline}\n\n{body}\n\n{PEOPLE[n % len(PEOPLE)]} 기자 desk{n % 10}@haeon.example\n"
            lines.write(json.dumps({"id": f"p{n}", "text": text}, ensure_ascii=False) + "\n")


def ids_of(out: Path, form: str) -> Counter[str]:
    """How often each page is in OUT."""
    if form == "parquet":
        from pyarrow import dataset

        return Counter(dataset.dataset(out, format="parquet").to_table(columns=["id"])["id"].to_pylist())
    with out.open(encoding="utf-8") as lines:
        return Counter(json.loads(line)["id"] for line in lines)


def memory_mb(run: psutil.Process) -> dict[str, float]:
    """Resident memory of the command itself, of its largest worker, and of all its processes, in MB.

    All is what they hold alone (the sum of their unique memory): what they share would be counted often.
    """
    found = {
        "command": run.memory_info().rss / 2**20,
        "worker": 0.0,
        "all": run.memory_full_info().uss / 2**20,
    }
    for process in run.children(recursive=True):
        try:
            info, name = process.memory_full_info(), " ".join(process.cmdline())
        except psutil.Error:
            continue
        found["all"] += info.uss / 2**20
        if "MapWorker" in name:
            found["worker"] = max(found["worker"], info.rss / 2**20)
    return found


def workers_of(run: psutil.Process) -> list[psutil.Process]:
    """The processes of the pool."""
    found = []
    for process in run.children(recursive=True):
        try:
            if "MapWorker" in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


def main() -> None:
    """Runs it and prints what was seen; the exit code is 1 where a page is lost or twice, or memory grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sejul-archive-") as folder:
        failed = watch(Path(folder), arguments.pages, arguments.workers, arguments.format)
    raise SystemExit(failed)


def watch(folder: Path, pages: int, workers: int, form: str) -> bool:
    """One run, and whether anything was wrong with it."""
    source, out = folder / "in.jsonl", folder / f"out.{form}"
    write_archive(source, pages)
    command = [sys.executable, "-m", "app", "batch", str(source), "--out", str(out), "--format", form]
    environment = os.environ | {"SEJUL_ENGINE": "extractive", "OMP_NUM_THREADS": "1"}
    started = time.monotonic()
    running = subprocess.Popen(
        [*command, "--ray", "--workers", str(workers)], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )  # fmt: skip
    run = psutil.Process(running.pid)
    seen: list[tuple[float, int, dict[str, float]]] = []
    killed: dict[str, Any] = {}
    while running.poll() is None:
        time.sleep(_EVERY_S)
        done = size_of(out, form)
        if not done:
            continue
        try:
            memory = memory_mb(run)
            if not memory["worker"]:
                continue
            seen.append((time.monotonic() - started, done, memory))
            if not killed and done > size_expected(pages, form) * 0.4 and (pool := workers_of(run)):
                pool[0].kill()
                killed = {"pid": pool[0].pid, "at_s": round(time.monotonic() - started)}
        except psutil.Error:
            break
    _, said = running.communicate()
    taken = time.monotonic() - started
    print(
        f"{pages} pages, {workers} workers, {form}: {taken:.0f} s, exit {running.returncode}; killed {killed}"
    )
    print(said.strip())
    print("   s   bytes out  command  worker     all   MB")
    for at, done, memory in seen[:: max(1, len(seen) // _SAMPLES)]:
        print(f"{at:5.0f} {done:11d} {memory['command']:8.0f} {memory['worker']:7.0f} {memory['all']:7.0f}")
    return judged(ids_of(out, form), pages, seen) or running.returncode != 0 or not killed


def size_of(out: Path, form: str) -> int:
    """Bytes written so far."""
    if form == "parquet":
        return sum(part.stat().st_size for part in out.glob("part-*.parquet"))
    return out.stat().st_size if out.exists() else 0


def size_expected(pages: int, form: str) -> int:
    """About how many bytes there will be: a moment to kill at, nothing more."""
    return pages * (90 if form == "parquet" else 1000)


def judged(ids: Counter[str], pages: int, seen: list[tuple[float, int, dict[str, float]]]) -> bool:
    """Prints whether every page is there once, and how memory went; whether either is wrong."""
    lost = pages - len(ids)
    twice = sum(count > 1 for count in ids.values())
    print(f"lost {lost}, twice {twice}")
    quarter = max(1, len(seen) // 4)
    wrong = bool(lost or twice)
    for name in ("command", "worker", "all"):
        early = statistics.median(memory[name] for _, _, memory in seen[quarter : 2 * quarter] or seen)
        late = statistics.median(memory[name] for _, _, memory in seen[-quarter:])
        print(
            f"{name}: {early:.0f} MB in the second quarter, {late:.0f} MB in the last ({late / early - 1:+.1%})"
        )
        wrong = wrong or late > early * 1.1 + 20
    return wrong


if __name__ == "__main__":
    main()
