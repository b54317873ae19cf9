"""What this machine, or the container on it, can give: memory, said before too little is felt, and cores."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import ModelError

_MEMINFO = Path("/proc/meminfo")
_CPUINFO = Path("/proc/cpuinfo")
_CGROUP = Path("/sys/fs/cgroup")
_BF16 = frozenset({"amx_bf16", "avx512_bf16"})


def available(meminfo: Path = _MEMINFO, cgroup: Path = _CGROUP) -> int | None:
    """Bytes that may still be taken: the machine's or the container's, the smaller; None where none says."""
    found = [value for value in (_machine(meminfo), _container(cgroup)) if value is not None]
    return min(found, default=None)


def demand(needed: int, free: int | None, what: str) -> None:
    """Refuse what cannot fit; an unknown amount of memory refuses nothing.

    Raises:
        ModelError: `needed` bytes are more than `free`.
    """
    if free is not None and needed > free:
        raise ModelError(
            f"{what} needs about {needed / 2**20:.0f} MiB of memory and {free / 2**20:.0f} MiB are free; "
            "free some, or use SEJUL_ENGINE=extractive"
        )


def cores(cgroup: Path = _CGROUP) -> int:
    """How many cores may be used: OMP_NUM_THREADS, else those of this process, or of the container if fewer."""
    asked = os.environ.get("OMP_NUM_THREADS", "")
    if asked.isdecimal() and int(asked):
        return int(asked)
    here = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = (cgroup / "cpu.max").read_text().split()
        return min(here, max(1, int(quota) // int(period)))
    except (OSError, ValueError):  # no cgroup v2, or a quota of `max`
        return here


def multiplies_bf16(cpuinfo: Path = _CPUINFO) -> bool:
    """Whether the CPU multiplies in bf16 by itself (AMX, AVX-512 BF16); torch has no public word for it before 2.10."""
    try:
        return not _BF16.isdisjoint(cpuinfo.read_text().split())
    except OSError:
        return False


def _machine(meminfo: Path) -> int | None:
    try:
        lines = meminfo.read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)


def _container(cgroup: Path) -> int | None:
    """What a cgroup v2 limit leaves; page cache counts as used there, but can be given back."""
    try:
        limit = (cgroup / "memory.max").read_text().strip()
        used = int((cgroup / "memory.current").read_text())
        stat = (cgroup / "memory.stat").read_text().splitlines()
    except (OSError, ValueError):
        return None
    cache = next((int(line.split()[1]) for line in stat if line.startswith("inactive_file ")), 0)
    return None if limit == "max" else max(0, int(limit) - used + cache)
