"""A checkpoint in CTranslate2's form, made once and kept beside its weights."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ctranslate2
from ctranslate2.converters.transformers import TransformersConverter
from filelock import FileLock

from app.engine import alphabet
from app.errors import ModelError

if TYPE_CHECKING:
    from app.engine.checkpoint import Checkpoint
    from app.engine.tokenizer import Tokenizer

_STAMP = "converted.json"


def converted(checkpoint: Checkpoint, tokenizer: Tokenizer, dtype: str) -> Path:
    """The converted checkpoint, made on first use: `<weights>/ctranslate2/<dtype>`.

    One process converts while others wait; what is there is whole, since it is renamed into its place. Other
    weights, another vocabulary or another CTranslate2 convert again.

    Raises:
        ModelError: the weights are broken, or the folder cannot be written.
    """
    home = checkpoint.folder / "ctranslate2"
    folder = home / dtype
    stamp = _stamp(checkpoint)
    if _read_stamp(folder) == stamp:
        return folder
    try:
        home.mkdir(exist_ok=True)
        with FileLock(home / f"{dtype}.lock"):
            if _read_stamp(folder) == stamp:
                return folder
            partial = home / f".{dtype}.{os.getpid()}"
            shutil.rmtree(partial, ignore_errors=True)
            try:
                _Converter(checkpoint, tokenizer).convert(str(partial), quantization=dtype)
                (partial / _STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
                shutil.rmtree(folder, ignore_errors=True)
                partial.rename(folder)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    except OSError as exc:
        raise ModelError(
            f"{home} cannot be written ({exc}); make it writable once, or use SEJUL_RUNTIME=torch"
        ) from exc
    return folder


def _stamp(checkpoint: Checkpoint) -> dict[str, Any]:
    """What a conversion depends on."""
    small = hashlib.sha256()
    for name in ("config.json", "tokenizer.json"):
        small.update((checkpoint.folder / name).read_bytes())
    return {
        "ctranslate2": ctranslate2.__version__,
        "alphabet": _alphabet(checkpoint),
        "decoder_start": checkpoint.ids.decoder_start,
        "files": small.hexdigest(),
        "weights": [[p.name, p.stat().st_size, p.stat().st_mtime_ns] for p in checkpoint.weights],
    }


def _alphabet(checkpoint: Checkpoint) -> str | None:
    """The hash of what says which tokens a causal model may write."""
    return hashlib.sha256(Path(alphabet.__file__).read_bytes()).hexdigest() if checkpoint.causal else None


def _read_stamp(folder: Path) -> object:
    try:
        return json.loads((folder / _STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


class _Converter(TransformersConverter):  # type: ignore[misc]  # ctranslate2 ships no types
    """The library's converter, with our loading: whole weights or none, and no AutoTokenizer."""

    def __init__(self, checkpoint: Checkpoint, tokenizer: Tokenizer) -> None:
        super().__init__(str(checkpoint.folder))
        self._checkpoint = checkpoint
        self._tokenizer = tokenizer

    def load_model(self, model_class: object, model_name_or_path: str, **kwargs: object) -> object:
        """The model as the torch runtime loads it."""
        del model_class, model_name_or_path, kwargs
        from app.engine.runtime.torch import load_model

        model: Any = load_model(self._checkpoint)
        # Published KoBART configs carry the key; one that transformers 5 has saved may not, and the
        # converter reads it without asking.
        if not hasattr(model.config, "normalize_before"):
            model.config.normalize_before = False
        # T5 1.1 does not scale its outputs. Transformers 5 ties every T5 and keeps that fact under another name,
        # which the converter does not know: it would scale them all.
        if self._checkpoint.family == "t5":
            model.config.tie_word_embeddings = model.config.scale_decoder_outputs
        if self._checkpoint.causal:
            _say_rope(model.config)
        model.config.decoder_start_token_id = self._checkpoint.ids.decoder_start
        return model

    def _load(self) -> Any:  # noqa: ANN401 - ctranslate2's
        """What is to be written, with a causal model's output cut to the tokens that a desk writes.

        The output layer has the first rows of the vocabulary, so those tokens are put before all others.
        """
        spec: Any = super()._load()
        if not self._checkpoint.causal:
            return spec
        tokens = self._tokenizer.tokens(self._checkpoint.vocabulary)
        known = [n for n, t in enumerate(tokens) if n == self._checkpoint.ids.eos or alphabet.written(t)]
        rest = sorted(set(range(len(tokens))) - set(known))
        weights = spec.decoder.embeddings.weight
        spec.decoder.embeddings.weight = weights[[*known, *rest]]
        spec.decoder.projection.weight = weights[known]
        spec.register_vocabulary([tokens[n] for n in (*known, *rest)])
        return spec

    def load_tokenizer(self, tokenizer_class: object, model_name_or_path: str, **kwargs: object) -> object:
        """What the converter asks of a tokenizer: the vocabulary, and the special tokens by the config's ids."""
        del tokenizer_class, model_name_or_path, kwargs
        return _Tokens(self._checkpoint, self._tokenizer.tokens(self._checkpoint.vocabulary))


def _say_rope(config: Any) -> None:  # noqa: ANN401 - transformers
    """The bases of Gemma's rotary embeddings where the converter looks for them: transformers 5 moved them."""
    for name, kind in (("rope_theta", "full_attention"), ("rope_local_base_freq", "sliding_attention")):
        setattr(config, name, config.rope_parameters[kind]["rope_theta"])


class _Tokens:
    """The vocabulary as the converter reads it; ids come from the config, since tokenizers name others."""

    def __init__(self, checkpoint: Checkpoint, tokens: list[str]) -> None:
        ids = checkpoint.ids
        self._tokens = tokens
        self.bos_token = tokens[ids.bos if ids.bos is not None else ids.eos]
        self.eos_token = tokens[ids.eos]
        self.pad_token = tokens[ids.pad]
        # The engine sends ids that exist; an unknown token never reaches the model by name.
        self.unk_token = "<unk>" if "<unk>" in tokens else tokens[ids.pad]

    def get_vocab(self) -> dict[str, int]:
        """Every token and its id."""
        return {token: number for number, token in enumerate(self._tokens)}

    def convert_ids_to_tokens(self, number: int) -> str:
        """The token of an id."""
        return self._tokens[number]
