"""What every test shares: a clean environment, where ../shared is, the sample page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No SEJUL_ setting of the developer's shell reaches a test."""
    for name in [name for name in os.environ if name.startswith("SEJUL_")]:
        monkeypatch.delenv(name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that read ../shared skip where it is absent: a user's machine has not got it."""
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="../shared is not on this machine"))


@pytest.fixture
def sample() -> str:
    """The sample page that `make demo` prints."""
    return (ROOT / "examples" / "page.txt").read_text(encoding="utf-8")
