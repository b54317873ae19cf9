"""What a checkpoint's own files say of it: family, special ids, positions. Nothing is loaded here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.engine.weights import weight_files
from app.errors import ModelError

if TYPE_CHECKING:
    from app.engine.cards import Framing

FAMILIES = ("bart", "t5")
CAUSAL = ("gemma3_text",)


@dataclass(frozen=True, slots=True)
class Ids:
    """The special token ids of a checkpoint, from its config and never from its tokenizer."""

    bos: int | None
    eos: int
    pad: int
    decoder_start: int


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A folder of weights, read as far as its config."""

    folder: Path
    family: str
    ids: Ids
    vocabulary: int
    """Rows of the embedding; a token id must be below it."""
    positions: int | None
    """Tokens that an input can have; None where positions are relative (T5)."""
    window: int | None = None
    """Tokens that a causal model's local layers see back; None where all see everything."""

    @property
    def causal(self) -> bool:
        """Whether it is a decoder alone, which goes on with what it is given."""
        return self.family in CAUSAL

    @property
    def weights(self) -> tuple[Path, ...]:
        """The files that its weights are loaded from: safetensors, else pickled ones."""
        return weight_files(self.folder)

    @property
    def size(self) -> int:
        """Bytes of its weights on disk."""
        return sum(path.stat().st_size for path in self.weights)


def read_checkpoint(folder: Path, framing: Framing, families: tuple[str, ...] = FAMILIES) -> Checkpoint:
    """The checkpoint in `folder`, with the decoder start that the card asks for.

    Raises:
        ModelError: a file is missing or broken, the family is not served, or an id that is needed is not there.
    """
    config = _json(folder / "config.json")
    if not weight_files(folder):
        raise ModelError(f"{folder} holds no weights (*.safetensors or pytorch_model*.bin); pull them again")
    family = config.get("model_type")
    if family not in families:
        raise ModelError(
            f"{folder} is a {family!r} checkpoint; this kind of card serves {' and '.join(families)}"
        )
    # Checkpoints saved by transformers 5 may keep their ids in generation_config.json only; where both have
    # one, the config's is older and true to the training.
    generation = folder / "generation_config.json"
    known = {**(_json(generation) if generation.is_file() else {}), **_set(config)}
    ids = _ids(folder, family, known, framing)
    vocabulary = config.get("vocab_size")
    if not isinstance(vocabulary, int):
        raise ModelError(f"{folder}/config.json has no vocab_size")
    wrong = [i for i in (ids.bos, ids.eos, ids.pad, ids.decoder_start) if i is not None and i >= vocabulary]
    if wrong:
        raise ModelError(f"{folder}/config.json has special ids {wrong} outside its {vocabulary} tokens")
    positions = None if family == "t5" else config.get("max_position_embeddings")
    window = config.get("sliding_window") if family in CAUSAL else None
    return Checkpoint(folder, family, ids, vocabulary, positions, window)


def _ids(folder: Path, family: str, known: dict[str, Any], framing: Framing) -> Ids:
    """The ids, each an int; a missing decoder start is the pad for T5, whose code has always taken it."""

    def need(name: str) -> int:
        value = known.get(f"{name}_token_id")
        if not isinstance(value, int):
            raise ModelError(f"{folder}/config.json has no {name}_token_id, which the card's framing needs")
        return value

    eos, pad = need("eos"), need("pad")
    bos = need("bos") if "bos" in (*framing.before, *framing.after) else known.get("bos_token_id")
    if framing.decoder_start != "config":
        start = need(framing.decoder_start)
    elif family in CAUSAL:
        start = eos  # what a causal model starts with is its prompt
    elif family == "t5" and known.get("decoder_start_token_id") is None:
        start = pad
    else:
        start = need("decoder_start")
    return Ids(bos, eos, pad, start)


def _set(config: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in config.items() if value is not None}


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise ModelError(f"{path} is missing; pull the model again") from exc
    except (OSError, ValueError) as exc:
        raise ModelError(f"{path} cannot be read: {exc}; pull the model again") from exc
    if not isinstance(found, dict):
        raise ModelError(f"{path} is not a JSON object; pull the model again")
    return found
