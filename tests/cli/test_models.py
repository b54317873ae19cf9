"""`sejul models` as an operator runs it: against a hub, without a network, and after something went wrong."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.engine.weights import read_lock
from tests.hub import COMMIT, Hub, hub

ROOT = Path(__file__).parents[2]
CARD = """
name = "desk"
kind = "seq2seq"
title = "편집국 모델"
hub = "example/desk"
licence = "MIT"
max_input = 1000
[rewrite]
max_new_tokens = 32
[headline]
max_new_tokens = 32
[article]
max_new_tokens = 32
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A models folder with one card and no weights."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "desk.toml").write_text(CARD)
    (tmp_path / "models" / "order.txt").write_text("desk\n")
    return tmp_path / "models"


def start(house: Path, *args: str, server: Hub | None = None, **environment: str) -> subprocess.Popen[str]:
    """`sejul models …`, begun."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SEJUL_", "HF_"))}
    env |= {"SEJUL_MODELS_DIR": str(house), "HF_HOME": str(house.parent / "hf"), "HF_HUB_DISABLE_XET": "1"}
    env |= {"HF_ENDPOINT": server.address if server is not None else "http://127.0.0.1:9"}
    return subprocess.Popen(
        [sys.executable, "-m", "app", "models", *args], cwd=ROOT, env=env | environment,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def models(house: Path, *args: str, server: Hub | None = None, **environment: str) -> tuple[int, str]:
    """The exit status and all output of `sejul models …`."""
    with start(house, *args, server=server, **environment) as process:
        said, _ = process.communicate(timeout=120)
    return process.returncode, said


def test_a_pull_is_locked_to_what_the_hub_resolved(house: Path, small: Path) -> None:
    """Pulled, listed, verified; the lock has the hub's commit, and the card then runs under auto."""
    with hub(small) as server:
        status, said = models(house, "pull", "desk", server=server)
    assert status == 0, said
    assert COMMIT in said
    lock = read_lock(house / "weights" / "desk")
    assert lock is not None
    assert lock.revision == COMMIT
    assert {name: file.sha256 for name, file in lock.files.items()} == {n: server.told[n] for n in lock.files}
    status, said = models(house, "list")
    assert status == 0
    assert "desk*" in said
    assert COMMIT[:12] in said
    assert models(house, "verify", "desk")[0] == 0
    weights = house / "weights" / "desk" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    status, said = models(house, "verify", "desk")
    assert status != 0
    assert "sha256" in said
    assert "Traceback" not in said


def test_a_killed_pull_goes_on_where_it_was(house: Path, small: Path) -> None:
    """A pull that is killed keeps what came; the next one asks for the rest only."""
    part = 10 * 2**20  # what the Hub's client writes at once
    with hub(small) as server:
        server.files["model.safetensors"] = os.urandom(part + 1000)
        server.told["model.safetensors"] = hashlib.sha256(server.files["model.safetensors"]).hexdigest()
        server.stall_at = part + 1
        came = house / "weights" / ".desk.partial" / "model.safetensors.incomplete"
        with start(house, "pull", "desk", server=server) as process:
            for _ in range(600):
                if came.is_file() and came.stat().st_size >= part:
                    break
                time.sleep(0.1)
            process.kill()
        assert came.stat().st_size == part
        assert not (house / "weights" / "desk").exists()
        server.stall_at = None
        status, said = models(house, "pull", "desk", server=server)
    assert status == 0, said
    assert server.ranges == [f"bytes={part}-"]
    assert models(house, "verify", "desk")[0] == 0


def test_files_that_are_not_what_the_hub_says_are_refused(house: Path, small: Path) -> None:
    """A file whose hash is not the hub's own is thrown away."""
    with hub(small) as server:
        server.files["model.safetensors"] = server.files["model.safetensors"][:-1] + b"!"
        status, said = models(house, "pull", "desk", server=server)
    assert status != 0
    assert "sha256" in said
    assert not (house / "weights" / "desk").exists()


def test_without_a_network(house: Path, small: Path) -> None:
    """Offline, a pull says what to do, and a directory stands in for the hub."""
    for offline in ("0", "1"):
        status, said = models(house, "pull", "desk", HF_HUB_OFFLINE=offline)
        assert status != 0
        assert "--from" in said
        assert "Traceback" not in said
    folder = shutil.copytree(small, house.parent / "brought", ignore=shutil.ignore_patterns("ctranslate2"))
    assert models(house, "pull", "desk", "--from", str(folder), HF_HUB_OFFLINE="1")[0] == 0
    assert models(house, "verify", "desk")[0] == 0


def test_mistakes_are_said_in_a_sentence(house: Path) -> None:
    """An unknown card, or weights that are not here, is no traceback."""
    for args in (("pull", "nobody"), ("verify", "nobody"), ("verify", "desk")):
        status, said = models(house, *args)
        assert status != 0
        assert said.startswith("Error: ")
