"""Patterns take steps in proportion to their input, whatever it is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench.steps import MOST_GROWTH, Walker, growth

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_every_pattern_of_the_app_is_linear() -> None:
    """No input made of a pattern's own parts takes more than its share of steps; in a process that imports afresh."""
    found = subprocess.run(
        [sys.executable, "-m", "bench.steps"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert int(found.stdout.split()[0]) > 150


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:a+)+b",
        r"(?:a|a)+b",
        r"(?:\d{1,2})+x",
        r"a*a*b",
        r"\s+$",
        r"“[^”]*”",
        r"\w+@\w+",
        r"(?:종합)(?:[\s·]*\d{1,2}\s?면?)*$",
    ],
)
def test_what_is_not_linear_is_found(pattern: str) -> None:
    """Nested and shared repeats, and searches that start over, each show in the steps."""
    times, made_of = growth(pattern)
    assert times > MOST_GROWTH, made_of


@pytest.mark.parametrize(
    "pattern", [r"(?<!\s)\s+$", r"“[^“”]*”", r"(?<!a)(?>a+)b", r"(?<!\d)\d+일", r"(?:가|나)+다?", r"^\s*a"]
)
def test_what_is_linear_passes(pattern: str) -> None:
    """Repeats that begin at one place only and leave nothing to share are linear."""
    times, made_of = growth(pattern)
    assert times <= MOST_GROWTH, made_of


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"a+?b", "aab"),
        (r"(?P<x>a|b)(?P=x)c", "aac bbc abc"),
        (r"(?i)ab\b", "xAB "),
        (r"(?m)^\d+$", "1\n22\nx3"),
        (r"(?<=가)나(?!다)", "가나다 가나라"),
        (r"[^\d\s]{2,3}", "ab1 cde"),
    ],
)
def test_the_walker_finds_what_the_engine_finds(pattern: str, text: str) -> None:
    """Its steps mean something only where it matches as `re` does."""
    for start in range(len(text) + 1):
        ends: list[int] = []
        walker = Walker(pattern, 0)
        walker._text = text
        walker._run(walker.nodes, 0, start, lambda p, ends=ends: not ends.append(p))  # type: ignore[misc]
        found = re.compile(pattern).match(text, start)
        if start and pattern.startswith("(?m)"):
            continue  # `match` at a place takes it for the beginning of nothing, as the walker does
        assert (ends[-1] if ends else None) == (found.end() if found else None)
