"""What every test shares: a clean environment, where ../shared is, the sample page."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests.checkpoints import NEWSROOM, card

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"

# Tests of two workers on two cores: one thread each.
os.environ.setdefault("OMP_NUM_THREADS", "1")


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


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small KoBART-shaped checkpoint of the kind whose forced eos is no eos, that ends what it writes."""
    from bench.checkpoint import kobart

    return kobart(tmp_path_factory.mktemp("small") / "kobart", std=0.2, bias=4.0)


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small KoBART-shaped checkpoint that the fine-tuning recipe taught the pairs of examples/finetune.jsonl."""
    from bench.checkpoint import kobart
    from training.finetune import Recipe, finetune, pairs_of

    # Shared by the workers of one run: it takes seconds to train.
    base_temp = tmp_path_factory.getbasetemp()
    shared = (base_temp.parent if "PYTEST_XDIST_WORKER" in os.environ else base_temp) / "learned"
    with FileLock(shared.with_suffix(".lock")):
        if not (shared / "model.safetensors").is_file():
            base = kobart(tmp_path_factory.mktemp("base") / "kobart", std=0.1)
            pairs = [pair for article in NEWSROOM for pair in pairs_of(article, card())]
            recipe = Recipe(epochs=50, rate=4e-3, batch_tokens=512, held_out=0.0)
            finetune(base, card(), pairs, shared, recipe)
    return shared
