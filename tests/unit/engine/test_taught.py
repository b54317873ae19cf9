"""A local card's weights: a base from a package, a GGUF file or a folder, with the card's adapter in it."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file, save_file

from app.cli import main
from app.engine import tokenizer
from app.engine.local import build
from app.engine.merge import merge, read_tensors, write_tensors
from app.engine.pull import pull
from app.engine.weights import LOCK, check, read_lock
from app.errors import ModelError
from app.settings import Settings
from bench.checkpoint import gemma
from tests.checkpoints import local_card

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.engine.cards import LocalCard

CHANGED = "model.layers.1.mlp.up_proj.weight"
ADAPTER = "desk.safetensors"
gguf = pytest.importorskip("gguf", reason="needs the extra [gemma]")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small Gemma 3 that knows nothing."""
    return gemma(tmp_path_factory.mktemp("base") / "gemma")


@pytest.fixture(scope="module")
def packed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a GGUF file, as llama.cpp writes it."""
    from app.engine.gguf import _LAYER, _TOP

    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    path = tmp_path_factory.mktemp("packed") / "desk.gguf"
    writer = gguf.GGUFWriter(path, "gemma3")
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_key_length(config["head_dim"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    writer.add_sliding_window(config["sliding_window"])
    writer.add_rope_freq_base(1_000_000.0)
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_pad_token_id(3)
    names = {theirs: ours for ours, theirs in _TOP.items()}
    parts = {theirs: ours for ours, theirs in _LAYER.items()}
    for name, values in read_tensors(base / "model.safetensors"):
        if name not in names:
            _, _, layer, *part, kind = name.split(".")
            names[name] = f"blk.{layer}.{parts['.'.join(part)]}.{kind}"
        writer.add_tensor(names[name], values + 1 if "norm" in name else values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture
def house(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A machine with an adapter beside its cards; a GGUF file's tokenizer is the base's."""
    torch.manual_seed(1)
    low = {f"{CHANGED}.down": torch.randn(4, 64), f"{CHANGED}.up": torch.randn(128, 4)}
    save_file({name: values.bfloat16() for name, values in low.items()}, tmp_path / ADAPTER)

    def copied(gguf: Path, out: Path) -> None:
        del gguf
        shutil.copyfile(base / "tokenizer.json", out)

    monkeypatch.setattr(tokenizer, "save_from_gguf", copied)
    return Settings.model_validate(
        {"models_dir": tmp_path, "engine": "desk", "runtime": "torch", "device": "cpu"}
    )


def pulled(desk: LocalCard, house: Settings, source: Path | None) -> dict[str, torch.Tensor]:
    """The weights of a card after a pull, which hold to their lock."""
    pull(desk, house.weights_dir, source, models_dir=house.models_dir)
    folder = house.weights_dir / desk.name
    assert check(folder, desk, full=True) is not None
    assert {path.name for path in folder.iterdir()} == {
        "config.json", "tokenizer.json", "model.safetensors", LOCK,
    }  # fmt: skip
    return load_file(folder / "model.safetensors")


def digest(path: Path) -> str:
    """The hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_folder_and_a_gguf_file_give_the_same_taught_weights(
    base: Path, packed: Path, house: Settings
) -> None:
    """The base plus up times down where the adapter says so, and the base elsewhere, whichever way it came."""
    desk = local_card(adapter=ADAPTER, gguf_sha256=digest(packed))
    plain, low = load_file(base / "model.safetensors"), load_file(house.models_dir / ADAPTER)
    low = {name: values.float() for name, values in low.items()}
    added = low[f"{CHANGED}.up"] @ low[f"{CHANGED}.down"]
    for source in (base, packed):
        found = pulled(desk, house, source)
        assert found.keys() == plain.keys()
        for name, values in found.items():
            wanted = plain[name].float() + (added if name == CHANGED else 0)
            assert torch.allclose(values.float(), wanted, rtol=2e-3, atol=2e-3), name
    engine = build(desk, house)
    assert engine.info.revision == f"gguf-{digest(packed)[:12]}+{digest(house.models_dir / ADAPTER)[:12]}"
    engine.close()


def test_a_package_gives_the_base(
    packed: Path, house: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installed package stands in for the Hub, and the file that it assembles does not stay."""
    (tmp_path / "desk_gguf.py").write_text(
        "import shutil\n\ndef assemble(path, overwrite):\n"
        f"    assert overwrite\n    return shutil.copyfile({str(packed)!r}, path)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    desk = local_card(adapter=ADAPTER, package="desk_gguf", gguf_sha256=digest(packed))
    assert CHANGED in pulled(desk, house, None)
    with pytest.raises(ModelError, match="the card wants"):
        pull(
            desk.model_copy(update={"gguf_sha256": "0" * 64}), house.weights_dir, models_dir=house.models_dir
        )
    assert check(house.weights_dir / "desk", desk, full=True) is not None
    monkeypatch.delitem(sys.modules, "desk_gguf")


def test_weights_are_taught_once(base: Path, house: Settings, tmp_path: Path) -> None:
    """A pulled folder that is brought to another machine has its adapter in it already."""
    desk = local_card(adapter=ADAPTER)
    first = pulled(desk, house, base)
    brought = shutil.copytree(house.weights_dir / "desk", tmp_path / "brought")
    again = pulled(desk, house, brought)
    assert all(torch.equal(again[name], values) for name, values in first.items())
    lock = read_lock(house.weights_dir / "desk")
    assert lock is not None
    assert lock.revision.count("+") == 1


def test_another_adapter_wants_another_pull(base: Path, house: Settings) -> None:
    """A release that brings a new adapter is not served with the old one's weights."""
    desk = local_card(adapter=ADAPTER)
    pulled(desk, house, base)
    low = load_file(house.models_dir / ADAPTER)
    save_file({name: values * 2 for name, values in low.items()}, house.models_dir / ADAPTER)
    with pytest.raises(ModelError, match="another adapter"):
        build(desk, house)
    (house.models_dir / ADAPTER).unlink()
    with pytest.raises(ModelError, match="is not in"):
        pull(desk, house.weights_dir, base, models_dir=house.models_dir)


@pytest.mark.parametrize(
    ("low", "said"),
    [
        ({f"{CHANGED}.down": (4, 64), f"{CHANGED}.up": (64, 4)}, "does not fit"),
        ({f"{CHANGED}.down": (4, 64)}, "does not fit"),
        ({"model.layers.9.x.down": (4, 64), "model.layers.9.x.up": (64, 4)}, "have not"),
    ],
)
def test_an_adapter_of_other_weights_is_refused(
    base: Path, tmp_path: Path, low: dict[str, tuple[int, ...]], said: str
) -> None:
    """Another shape, a missing half, a weight that is not there; the weights stay as they were."""
    weights = Path(shutil.copy(base / "model.safetensors", tmp_path))
    save_file({name: torch.ones(shape) for name, shape in low.items()}, tmp_path / ADAPTER)
    with pytest.raises(ModelError, match=said):
        merge(weights, tmp_path / ADAPTER)
    assert digest(weights) == digest(base / "model.safetensors")


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, (2**40).to_bytes(8, "little") + b"{}"])
def test_files_that_are_none_are_refused(content: bytes, base: Path, house: Settings, tmp_path: Path) -> None:
    """Noise is no adapter and no GGUF file, and says so."""
    (house.models_dir / ADAPTER).write_bytes(content)
    with pytest.raises(ModelError, match=r"cannot be read as safetensors|holds no adapter"):
        pull(local_card(adapter=ADAPTER), house.weights_dir, base, models_dir=house.models_dir)
    noise = tmp_path / "noise.gguf"
    noise.write_bytes(content)
    with pytest.raises(ModelError, match="no Gemma 3 GGUF"):
        pull(local_card(), house.weights_dir, noise, models_dir=house.models_dir)


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    """Names, shapes and half-precision values; the safetensors library reads the same."""
    values: dict[str, NDArray[np.float32]] = {
        "a": np.arange(6, dtype=np.float32).reshape(2, 3),
        "b": np.full((1, 1), -0.5, dtype=np.float32),
    }
    write_tensors(tmp_path / "x.safetensors", values.items())
    found = dict(read_tensors(tmp_path / "x.safetensors"))
    theirs = load_file(tmp_path / "x.safetensors")
    for name, wanted in values.items():
        assert np.array_equal(found[name], wanted)
        assert np.array_equal(theirs[name].float().numpy(), wanted)
    assert [path.name for path in tmp_path.iterdir()] == ["x.safetensors"]


def test_terms_are_shown_once(base: Path, house: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever pulls weights for the first time reads their terms; an update says no more of them."""
    (house.models_dir / "desk.toml").write_text(
        'name = "desk"\nkind = "local"\ntitle = "t"\nhub = "example/desk"\nlicence = "L"\nmax_input = 90\n'
        f'adapter = "{ADAPTER}"\nterms = "이 모델에는 조건이 있습니다"\n'
        '[asks]\nheadline = { text = "제목:", length = 30 }\nsentence = { text = "문장:", length = 50 }\n'
        'brief = { text = "줄임:", length = 25 }\n[rewrite]\nmax_new_tokens = 9\n[headline]\nmax_new_tokens = 9\n'
    )
    monkeypatch.setenv("SEJUL_MODELS_DIR", str(house.models_dir))
    runs = [CliRunner().invoke(main, ["models", "pull", "desk", "--from", str(base)]) for _ in range(2)]
    assert [run.exit_code for run in runs] == [0, 0], runs[0].output
    assert ["조건이 있습니다" in run.output for run in runs] == [True, False]
