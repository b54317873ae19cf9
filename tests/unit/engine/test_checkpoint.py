"""What a checkpoint's config says of it, and what is refused before anything is loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.engine.cards import Framing
from app.engine.checkpoint import Ids, read_checkpoint
from app.errors import ModelError

BART = {
    "model_type": "bart", "vocab_size": 100, "max_position_embeddings": 1026,
    "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 3, "decoder_start_token_id": 2, "forced_eos_token_id": 2,
}  # fmt: skip


def folder(path: Path, config: dict[str, Any], generation: dict[str, Any] | None = None) -> Path:
    """A folder with a config and a file of weights that nobody reads."""
    (path / "config.json").write_text(json.dumps(config))
    (path / "model.safetensors").write_bytes(b"weights")
    if generation is not None:
        (path / "generation_config.json").write_text(json.dumps(generation))
    return path


def test_ids_are_read_from_the_config(tmp_path: Path) -> None:
    """Each id is the config's; the forced eos, which is another token, is no one's."""
    found = read_checkpoint(folder(tmp_path, BART), Framing())
    assert found.ids == Ids(bos=0, eos=1, pad=3, decoder_start=2)
    assert (found.family, found.positions, found.size) == ("bart", 1026, 7)


def test_ids_may_stand_in_generation_config(tmp_path: Path) -> None:
    """What transformers 5 moves out of config.json on saving is found, and config.json wins where both speak."""
    config = {k: v for k, v in BART.items() if k != "decoder_start_token_id"}
    found = read_checkpoint(
        folder(tmp_path, config, {"decoder_start_token_id": 7, "eos_token_id": 9}), Framing()
    )
    assert (found.ids.decoder_start, found.ids.eos) == (7, 1)


def test_a_card_may_start_the_decoder_otherwise(tmp_path: Path) -> None:
    """`decoder_start` of the card goes before the config's."""
    assert read_checkpoint(folder(tmp_path, BART), Framing(decoder_start="eos")).ids.decoder_start == 1


def test_t5_starts_with_its_pad(tmp_path: Path) -> None:
    """A T5 config without a decoder start means the pad, as T5 was trained."""
    config = {"model_type": "t5", "vocab_size": 100, "eos_token_id": 1, "pad_token_id": 0}
    found = read_checkpoint(folder(tmp_path, config), Framing(after=("eos",)))
    assert (found.ids.decoder_start, found.positions) == (0, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"model_type": "gpt2"}, "gpt2"),
        ({"eos_token_id": None}, "eos_token_id"),
        ({"decoder_start_token_id": None}, "decoder_start_token_id"),
        ({"bos_token_id": None}, "bos_token_id"),
        ({"pad_token_id": 100}, "outside"),
        ({"vocab_size": None}, "vocab_size"),
    ],
)
def test_a_config_that_cannot_serve_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    """An unknown family, a missing id or one outside the vocabulary is said by name."""
    with pytest.raises(ModelError, match=said):
        read_checkpoint(folder(tmp_path, {**BART, **change}), Framing(before=("bos",)))


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_a_missing_or_broken_config_is_refused(tmp_path: Path, content: str | None) -> None:
    """Without a config there is no checkpoint."""
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(ModelError, match=r"config\.json"):
        read_checkpoint(tmp_path, Framing())


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    """A config alone is no model."""
    folder(tmp_path, BART)
    (tmp_path / "model.safetensors").unlink()
    with pytest.raises(ModelError, match="no weights"):
        read_checkpoint(tmp_path, Framing())
