"""How much memory this machine can still give, so that too little is said before it is felt."""

from __future__ import annotations

from pathlib import Path

from app.errors import ModelError

_MEMINFO = Path("/proc/meminfo")
_CGROUP = Path("/sys/fs/cgroup")


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
