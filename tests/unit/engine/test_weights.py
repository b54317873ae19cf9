"""Weights are held to what was pulled: their revision, their sizes, their hashes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from app.engine.machine import available, cores, demand, multiplies_bf16
from app.engine.pull import pull, wanted
from app.engine.weights import LOCK, check, installed, read_lock, weight_files
from app.errors import ModelError
from tests.checkpoints import card


@pytest.fixture
def pulled(small: Path, tmp_path: Path) -> Path:
    """The small checkpoint, pulled from a directory."""
    pull(card(), tmp_path / "weights", small)
    return tmp_path / "weights" / "desk"


def test_a_directory_stands_in_for_the_hub(pulled: Path, small: Path) -> None:
    """What was pulled is what the directory had, with a lock of every file."""
    lock = read_lock(pulled)
    assert lock is not None
    assert set(lock.files) == {"config.json", "tokenizer.json", "model.safetensors"}
    assert lock.revision.startswith("local-")
    assert (pulled / "model.safetensors").read_bytes() == (small / "model.safetensors").read_bytes()
    assert check(pulled, card(), full=True) == lock
    assert {path.name for path in pulled.parent.iterdir()} == {"desk", ".desk.lock"}


def test_a_card_may_name_a_directory(small: Path, tmp_path: Path) -> None:
    """A path as `hub` is pulled as a repository is, and held to its lock."""
    ours = card(hub=str(small))
    lock = pull(ours, tmp_path / "weights")
    assert check(tmp_path / "weights" / "desk", ours, full=True) == lock
    assert pull(ours, tmp_path / "weights") == lock


def test_the_same_files_are_the_same_revision(pulled: Path, tmp_path: Path) -> None:
    """A copied folder keeps the revision that its own lock says."""
    theirs = read_lock(pulled)
    assert theirs is not None
    lock = theirs.model_copy(update={"revision": "a" * 40})
    (pulled / LOCK).write_text(lock.model_dump_json())
    assert pull(card(), tmp_path / "elsewhere", pulled).revision == "a" * 40


def change(folder: Path, how: str) -> None:
    """Do to pulled weights what a machine room does."""
    weights = folder / "model.safetensors"
    if how == "cut":
        weights.write_bytes(weights.read_bytes()[:-1])
    elif how == "gone":
        weights.rename(folder / "model-00001-of-00002.safetensors")
    elif how == "added":
        shutil.copy(weights, folder / "model-00001-of-00001.safetensors")
    elif how == "config":
        config = folder / "config.json"
        config.write_bytes(config.read_bytes().replace(b'"eos_token_id": 1', b'"eos_token_id": 2'))
    elif how == "lock":
        (folder / LOCK).write_text("{")
    elif how == "hub":
        lock = json.loads((folder / LOCK).read_text())
        (folder / LOCK).write_text(json.dumps({**lock, "hub": "else/where"}))


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("cut", "bytes in place of"),
        ("gone", "not in sejul"),
        ("added", "not in sejul"),
        ("config", "sha256"),
        ("lock", "broken"),
        ("hub", "else/where"),
    ],
)
def test_changed_weights_are_refused_at_load(pulled: Path, how: str, said: str) -> None:
    """Each change is found without reading the large files, and says to pull again."""
    change(pulled, how)
    with pytest.raises(ModelError, match=said):
        check(pulled, card())


def test_verify_reads_everything(pulled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flipped byte of large weights is found by verify, which reads them; loading looks at the size."""
    monkeypatch.setattr("app.engine.weights._SMALL", 100_000)
    weights = pulled / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    check(pulled, card())
    with pytest.raises(ModelError, match="sha256"):
        check(pulled, card(), full=True)


def test_a_pinned_card_takes_no_other_revision(pulled: Path) -> None:
    """A revision in the card is the only one that loads, and weights without a lock cannot be it."""
    with pytest.raises(ModelError, match=r"the card wants (revision )?abc"):
        check(pulled, card(revision="abc"))
    (pulled / LOCK).unlink()
    with pytest.raises(ModelError, match=r"the card wants (revision )?abc"):
        check(pulled, card(revision="abc"))
    assert check(pulled, card()) is None


def test_safetensors_go_before_pickles(tmp_path: Path) -> None:
    """Where a repository has both kinds, the pickled one is neither fetched nor loaded."""
    both = [
        "config.json",
        "tokenizer.json",
        "pytorch_model.bin",
        "model.safetensors",
        "README.md",
        "flax.msgpack",
    ]
    assert set(wanted(both)) == {"config.json", "tokenizer.json", "model.safetensors", "README.md"}
    for name in both:
        (tmp_path / name).write_bytes(b"x")
    assert [path.name for path in weight_files(tmp_path)] == ["model.safetensors"]
    assert "pytorch_model.bin" in wanted([name for name in both if "safetensors" not in name])
    parts = [
        "model-00001-of-00002.safetensors",
        "model-00002-of-00002.safetensors",
        "model.safetensors.index.json",
    ]
    assert set(parts) <= set(wanted(["config.json", "tokenizer.json", *parts]))


@pytest.mark.parametrize(
    "names", [["config.json"], ["tokenizer.json", "model.safetensors"], ["config.json", "tokenizer.json"]]
)
def test_a_repository_that_cannot_serve_is_refused(names: list[str]) -> None:
    """Without config, tokenizer or weights nothing is fetched."""
    with pytest.raises(ModelError, match="repository has"):
        wanted(names)


def test_a_failed_pull_leaves_what_was_there(pulled: Path, small: Path, tmp_path: Path) -> None:
    """The weights in use stay whole when a new pull fails."""
    before = read_lock(pulled)
    lacking = shutil.copytree(small, tmp_path / "lacking", ignore=shutil.ignore_patterns("ctranslate2"))
    (lacking / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        pull(card(), pulled.parent, lacking)
    assert check(pulled, card(), full=True) == before
    with pytest.raises(ModelError, match="no directory"):
        pull(card(hub=str(tmp_path / "nowhere")), pulled.parent)


def test_half_a_checkpoint_is_not_installed(tmp_path: Path) -> None:
    """A config without weights is not on this machine."""
    (tmp_path / "config.json").write_text("{}")
    assert not installed(tmp_path)


def test_free_memory_is_the_smaller_of_machine_and_container(tmp_path: Path) -> None:
    """A container's limit counts, less what it uses, page cache aside."""
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 9000 kB\nMemAvailable: 4000 kB\n")
    assert available(meminfo, tmp_path) == 4000 * 1024
    for name, text in (("max", "1000000"), ("current", "900000"), ("stat", "anon 1\ninactive_file 50000")):
        (tmp_path / f"memory.{name}").write_text(text)
    assert available(meminfo, tmp_path) == 150_000
    (tmp_path / "memory.max").write_text("max")
    assert available(meminfo, tmp_path) == 4000 * 1024
    assert available(tmp_path / "none", tmp_path / "none") is None
    demand(10, None, "anything")
    with pytest.raises(ModelError, match="2 MiB of memory and 1 MiB are free"):
        demand(2 << 20, 1 << 20, "loading desk")


def test_cores_are_those_of_the_container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OMP_NUM_THREADS is the operator's word; else the process's cores, or a container's quota if smaller."""
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert cores(tmp_path) == 64
    for said, expected in (("max 100000", 64), ("250000 100000", 2), ("50000 100000", 1)):
        (tmp_path / "cpu.max").write_text(f"{said}\n")
        assert cores(tmp_path) == expected
    monkeypatch.setenv("OMP_NUM_THREADS", "3")
    assert cores(tmp_path) == 3


def test_instructions_for_bf16_are_read_from_the_cpu(tmp_path: Path) -> None:
    """AMX and AVX-512 BF16 count, each as a word of its own; where nothing says, there are none."""
    path = tmp_path / "cpuinfo"
    assert not multiplies_bf16(path)
    path.write_text("flags : fpu avx512f amx_tile amx_int8 avx512_bf16x\n")
    assert not multiplies_bf16(path)
    for word in ("amx_bf16", "avx512_bf16"):
        path.write_text(f"flags : fpu avx2 {word} vaes\n")
        assert multiplies_bf16(path)
