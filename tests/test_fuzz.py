"""A short run of the fuzzer; `make fuzz` is the long one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.fuzz import TARGETS, seeds

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_pass(target: str) -> None:
    """Whatever fuzzing begins with is answered, atheris or not."""
    assert len(seeds(target)) >= 10
    for seed in seeds(target):
        TARGETS[target](seed)


@pytest.mark.slow
def test_a_short_run_finds_nothing() -> None:
    """Twenty seconds of coverage-guided inputs for the decoder and the splitter, nothing of which is a surprise."""
    pytest.importorskip("atheris", reason="make fuzz installs it")
    found = subprocess.run(
        [sys.executable, "-m", "bench", "fuzz", "--seconds", "20"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout
