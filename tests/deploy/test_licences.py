"""Every locked package has a licence that is listed and allowed."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
script: dict[str, Any] = runpy.run_path(str(ROOT / "deploy" / "licences.py"))


LOCKS = [script["LOCK"], script["RAY_LOCK"]]


def listed() -> dict[str, tuple[str, str]]:
    """The tables: version and licence of each package."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in script["TABLE"].read_text(encoding="utf-8").splitlines()
        if line.startswith("| ")
    ]
    return {name: (version, licence) for name, version, licence, *_ in rows if name != "package"}


def test_the_tables_are_the_locks() -> None:
    """Every package of the locks is listed in its version, with a licence that may be used, and no other is."""
    found = listed()
    locked = {name: version for lock in LOCKS for name, version in script["locked"](lock).items()}
    assert {name: version for name, (version, _) in found.items()} == locked
    assert [name for name, (_, licence) in found.items() if script["refused"](name, licence)] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_tables_say_what_the_packages_say(lock: Path) -> None:
    """Nobody wrote a licence into a table by hand."""
    if lock == script["RAY_LOCK"]:
        pytest.importorskip("ray", reason="needs the extra [ray]; `make test-ray` installs it")
    found = listed()
    assert {name: licence for name, _, licence, _ in script["rows"](lock)} == {
        name: found[name][1] for name in script["locked"](lock)
    }


@pytest.mark.parametrize(
    ("licence", "is_refused"),
    [
        ("MIT", False),
        ("GPL-3.0", True),
        ("MIT AND GPL-3.0", True),
        ("GPL-3.0 OR MIT", False),
        ("", True),
        ("UNKNOWN", True),
        ("Apache-2.0 WITH LLVM-exception", False),
    ],
)
def test_what_is_not_allowed_is_refused(licence: str, is_refused: bool) -> None:  # noqa: FBT001 - an expected value
    """Copyleft, unknown and missing licences are refused, unless there is a choice."""
    assert script["refused"]("a-package", licence) is is_refused


def test_tools_under_other_licences_are_not_shipped() -> None:
    """What is allowed only as a program of the tests is no dependency of the service."""
    command = [sys.executable, str(ROOT / "deploy" / "runtime_requirements.py"), "ctranslate,chat,ray"]
    shipped = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert shipped
    assert [name for name in script["TOOLS"] if name in shipped] == []
