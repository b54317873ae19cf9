"""SECURITY.md: every claim names a test or a command, and each of them exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
_ROW = re.compile(
    r"^\|(?P<who>[^|]*)\|(?P<tries>[^|]*)\|(?P<cannot>[^|]*)\|(?P<shown>[^|]*)\|$", re.MULTILINE
)
_TEST = re.compile(r"`(?P<file>tests/[\w/.]+\.py)::(?P<name>test_\w+)`")
_COMMAND = re.compile(r"`python -m bench (?P<topic>\w+)`")


def claims() -> list[tuple[str, str]]:
    """What somebody tries, and where it is shown that he can't."""
    rows = _ROW.findall((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
    return [(tries.strip(), shown) for _, tries, _, shown in rows[2:]]


@pytest.mark.parametrize(("tries", "shown"), claims())
def test_every_claim_is_shown_by_tests_that_exist(tries: str, shown: str) -> None:
    """A row of the threat model names tests by file and function, or a bench, that are there."""
    named = [(m["file"], m["name"]) for m in _TEST.finditer(shown)]
    assert named, tries
    for file, name in named:
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{name}"
    for command in _COMMAND.finditer(shown):
        assert (ROOT / "bench" / f"{command['topic']}.py").is_file()


def test_every_attacker_is_in_the_model() -> None:
    """A page, a client and a checkpoint each have rows of their own."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert [
        w for w in ("a hostile page", "a hostile client", "a hostile checkpoint") if f"| {w} |" not in text
    ] == []
    assert len(claims()) >= 15
