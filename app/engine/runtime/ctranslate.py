"""Generation by CTranslate2: int8 on the CPU, fp16 on CUDA; the only place that imports ctranslate2.

A checkpoint is converted once and kept beside its weights. What CTranslate2 would decide by itself (beams of 2,
inputs cut at 1,024 tokens, special tokens from the tokenizer) is said here, so that in float32 it answers token
for token what torch answers.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import ctranslate2
from ctranslate2.converters.transformers import TransformersConverter
from filelock import FileLock

from app.engine import alphabet
from app.engine.machine import available, cores, demand
from app.engine.runtime.base import Output
from app.errors import EngineError, ModelError, OutOfMemory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.engine.cards import Generation
    from app.engine.checkpoint import Checkpoint
    from app.engine.tokenizer import Tokenizer

_STAMP = "converted.json"
_MEMORY_WORDS = ("out of memory", "bad_alloc", "alloc_failed")
# Rows that make a part of a batch worth a core of its own: each part reads all weights once a step, which costs as
# much as nine rows do (int8, KoBART's size). Fifteen rows in two parts took 0.32 s of wall, in one 0.54.
_ROWS_A_CORE = 6


def devices() -> int:
    """How many CUDA devices CTranslate2 can use."""
    count: int = ctranslate2.get_cuda_device_count()
    return count


def compute_type_of(device: str, family: str) -> str:
    """int8 on the CPU; on CUDA fp16, but for T5, which overflows in it, bf16 or else float32."""
    if device == "cpu":
        return "int8_float32"
    if family == "bart":
        return "float16"
    supported = ctranslate2.get_supported_compute_types("cuda")
    return "bfloat16" if "bfloat16" in supported else "float32"


class _Loaded:
    """A converted checkpoint on its device; what generates over it is its subclass's matter."""

    name = "ctranslate"
    _kind: ClassVar[Any]

    def __init__(
        self, checkpoint: Checkpoint, tokenizer: Tokenizer, device: str = "auto", dtype: str | None = None
    ) -> None:
        self.device = ("cuda:0" if devices() else "cpu") if device == "auto" else device
        kind, _, index = self.device.partition(":")
        if kind not in {"cpu", "cuda"} or (kind == "cuda" and int(index or 0) >= devices()):
            raise ModelError(f"CTranslate2 finds no device {device!r} here; use SEJUL_RUNTIME=torch")
        self.dtype = dtype or compute_type_of(kind, checkpoint.family)
        folder = converted(checkpoint, tokenizer, self.dtype)
        demand((folder / "model.bin").stat().st_size, available(), f"loading {checkpoint.folder.name}")
        self._ids = checkpoint.ids
        self._tokens = tokenizer.tokens(checkpoint.vocabulary)
        # Its int8 product uses one thread whatever intra_threads says, so a batch is dealt out to the cores; the
        # translators of one process share their weights.
        self._parts = cores() if kind == "cpu" else 1
        self._number = {token: number for number, token in enumerate(self._tokens)}
        try:
            self._model: Any = self._kind(
                str(folder),
                device=kind,
                device_index=int(index or 0),
                compute_type=self.dtype,
                inter_threads=self._parts,
                intra_threads=1,
            )
        except (RuntimeError, ValueError) as exc:
            raise ModelError(f"CTranslate2 cannot load {folder}: {exc}; delete that folder") from exc

    def probe(self, ids: Sequence[int]) -> None:
        """A few tokens from `ids`, whose score must be a number.

        Raises:
            ModelError: it is not: the weights are broken, or overflow in this dtype.
        """
        try:
            (result,) = self._scores([self._tokens[i] for i in ids])
        except (RuntimeError, ValueError) as exc:
            raise ModelError(f"CTranslate2 failed at start: {exc}; use SEJUL_RUNTIME=torch") from exc
        if any(score != score for score in result.log_probs):  # noqa: PLR0124 - only NaN differs from itself
            raise ModelError(
                f"the model answers with values that are no numbers in {self.dtype} on {self.device}; "
                "its weights are broken, or overflow in this dtype"
            )

    def _scores(self, tokens: list[str]) -> list[Any]:
        """The model's scores of a few tokens behind `tokens`."""
        raise NotImplementedError

    def close(self) -> None:
        """Give the device's memory back."""
        self._model.unload_model()

    def _output(self, tokens: list[str], end: str) -> Output:
        finished = bool(tokens) and tokens[-1] == end
        return Output([self._number[t] for t in (tokens[:-1] if finished else tokens)], finished)


class CTranslateRuntime(_Loaded):
    """A seq2seq checkpoint under CTranslate2."""

    _kind = ctranslate2.Translator

    def generate(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        """One output for each input, in order, decoded as one batch."""
        if not inputs:
            return []
        end = self._tokens[self._ids.eos]
        with _translated():
            results = self._model.translate_batch(
                [[self._tokens[i] for i in row] for row in inputs],
                max_batch_size=share(len(inputs), self._parts),
                beam_size=how.num_beams,
                length_penalty=how.length_penalty if how.num_beams > 1 else 1,
                repetition_penalty=how.repetition_penalty,
                no_repeat_ngram_size=how.no_repeat_ngram_size,
                max_decoding_length=how.max_new_tokens,
                min_decoding_length=how.min_new_tokens,
                max_input_length=0,  # its default cuts at 1,024 in silence; the engine has cut already
                end_token=end,
                return_end_token=True,
            )
        return [self._output(result.hypotheses[0], end) for result in results]

    def _scores(self, tokens: list[str]) -> list[Any]:
        return list(self._model.score_batch([tokens], [[self._tokens[self._ids.eos]]]))


class CausalCTranslateRuntime(_Loaded):
    """A causal checkpoint under CTranslate2."""

    _kind = ctranslate2.Generator

    def generate(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        """One output for each input, in order, decoded as one batch."""
        if not inputs:
            return []
        end = self._tokens[self._ids.eos]
        with _translated():
            results = self._model.generate_batch(
                [[self._tokens[i] for i in row] for row in inputs],
                max_batch_size=share(len(inputs), self._parts),
                beam_size=how.num_beams,
                length_penalty=how.length_penalty if how.num_beams > 1 else 1,
                max_length=how.max_new_tokens,
                min_length=how.min_new_tokens,
                sampling_topk=1,
                include_prompt_in_result=False,
                end_token=end,
                return_end_token=True,
                num_hypotheses=how.hypotheses,
                return_scores=True,
            )
        return [self._best(result, end) for result in results]

    def _best(self, result: Any, end: str) -> Output:  # noqa: ANN401 - ctranslate2's
        """The first of its answers, with the others."""
        first, *others = (
            replace(self._output(tokens, end), score=score)
            for tokens, score in zip(result.sequences, result.scores, strict=True)
        )
        return replace(first, others=tuple(others))

    def _scores(self, tokens: list[str]) -> list[Any]:
        return list(self._model.score_batch([tokens]))


@contextmanager
def _translated() -> Iterator[None]:
    """CTranslate2's errors as the app's."""
    try:
        yield
    except (RuntimeError, MemoryError) as exc:
        if isinstance(exc, MemoryError) or any(word in str(exc).lower() for word in _MEMORY_WORDS):
            raise OutOfMemory("the batch does not fit the device's memory") from exc
        raise EngineError(f"CTranslate2 failed: {exc}") from exc


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


def share(rows: int, parts: int) -> int:
    """How many of a batch's rows each core takes, where there are enough for more than one."""
    return -(-rows // max(1, min(parts, rows // _ROWS_A_CORE)))
