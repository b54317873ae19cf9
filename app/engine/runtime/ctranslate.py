"""Generation by CTranslate2: int8 on the CPU, fp16 on CUDA.

What CTranslate2 would decide by itself (beams of 2,
inputs cut at 1,024 tokens, special tokens from the tokenizer) is said here, so that in float32 it answers token
for token what torch answers.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import ctranslate2

from app.engine.machine import available, cores, demand
from app.engine.runtime.base import Output
from app.engine.runtime.conversion import converted
from app.errors import EngineError, ModelError, OutOfMemory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.engine.cards import Generation
    from app.engine.checkpoint import Checkpoint
    from app.engine.tokenizer import Tokenizer

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

    def copies(self, how: Generation) -> int:
        """CTranslate2 repeats an input for each beam."""
        return how.num_beams

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


def share(rows: int, parts: int) -> int:
    """How many of a batch's rows each core takes, where there are enough for more than one."""
    return -(-rows // max(1, min(parts, rows // _ROWS_A_CORE)))
