"""Generation by torch and transformers: CUDA, MPS or CPU. Only here, in `search`, `cache` and `int8` is torch imported."""

from __future__ import annotations

import os
import pickle
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app.engine.machine import available, cores, demand, multiplies_bf16
from app.engine.runtime.base import Output
from app.errors import EngineError, ModelError, OutOfMemory

# Nothing here may ask a network, and a .bin checkpoint would start a thread that asks the Hub to convert it.
os.environ["DISABLE_SAFETENSORS_CONVERSION"] = "1"

import torch
from safetensors import SafetensorError
from transformers import (
    BartForConditionalGeneration,
    Gemma3ForCausalLM,
    GenerationConfig,
    LogitsProcessorList,
    RepetitionPenaltyLogitsProcessor,
    T5ForConditionalGeneration,
)
from transformers.utils import logging

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.engine.cards import Generation
    from app.engine.checkpoint import Checkpoint, Ids

CLASSES = {
    "bart": BartForConditionalGeneration,
    "t5": T5ForConditionalGeneration,
    "gemma3_text": Gemma3ForCausalLM,
}
_BUCKET = 64
_MEMORY_WORDS = ("out of memory", "can't allocate memory", "alloc_failed", "not enough memory")


def device_of(wanted: str) -> str:
    """The device of a setting: `auto` takes CUDA, else MPS, else the CPU.

    Raises:
        ModelError: this torch has no such device.
    """
    if wanted == "auto":
        if torch.cuda.is_available():
            return "cuda:0"
        return "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        device = torch.device(wanted)
    except RuntimeError as exc:
        raise ModelError(f"SEJUL_DEVICE={wanted} is no device: use auto, cpu, mps, cuda or cuda:1") from exc
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if not there.get(device.type, False) or (device.index or 0) >= max(1, torch.cuda.device_count()):
        raise ModelError(f"SEJUL_DEVICE={wanted}, but this torch ({torch.__version__}) finds no such device")
    return "cuda:0" if wanted == "cuda" else str(device)


def dtype_of(device: str, family: str) -> torch.dtype:
    """What to calculate in: bf16 where the device has it, else fp16, never for T5 and Gemma 3, which overflow in it.

    On the CPU bf16 where it has instructions for it: with AMX a page took 0.36 of float32's CPU time, with AVX-512 BF16
    three brief lines 0.54 (AMD EPYC, 0.41 s an article for 0.76). Without them float32: in bf16 a training step took
    longer by far.
    """
    if device == "cpu":
        return torch.bfloat16 if multiplies_bf16() else torch.float32
    if device.startswith("cuda") and torch.cuda.is_bf16_supported(including_emulation=False):
        return torch.bfloat16
    if family in {"t5", "gemma3_text"}:
        return torch.float32
    return torch.float16


def load_model(checkpoint: Checkpoint, dtype: torch.dtype = torch.float32) -> torch.nn.Module:
    """The model of a checkpoint, on the CPU, every weight of it from the files.

    Raises:
        ModelError: weights are missing, broken, of another shape, or do not fit the memory.
    """
    demand(checkpoint.size, available(), f"loading {checkpoint.folder.name}")
    level = logging.get_verbosity()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        model, found = CLASSES[checkpoint.family].from_pretrained(
            checkpoint.folder,
            dtype=dtype,
            attn_implementation="sdpa",
            local_files_only=True,
            use_safetensors=checkpoint.weights[0].suffix == ".safetensors",
            weights_only=True,
            trust_remote_code=False,
            output_loading_info=True,
        )
    except MemoryError as exc:
        raise ModelError(f"{checkpoint.folder} does not fit this machine's memory") from exc
    except (OSError, RuntimeError, ValueError, KeyError, SafetensorError, pickle.UnpicklingError) as exc:
        raise ModelError(f"the weights in {checkpoint.folder} cannot be loaded: {_first_line(exc)}") from exc
    finally:
        logging.set_verbosity(level)
    # Transformers would initialise what is missing at random and answer with noise.
    wrong = [*found["missing_keys"], *found["mismatched_keys"], *found["error_msgs"]]
    if wrong:
        raise ModelError(
            f"the weights in {checkpoint.folder} lack {len(wrong)} parameters of the model "
            f"(the first: {wrong[0]}); the files are not whole, pull them again"
        )
    loaded: torch.nn.Module = model.eval()
    return loaded


def generation_config(how: Generation, ids: Ids, *, static: bool = False) -> GenerationConfig:
    """Decoding with nothing left to a default, whatever the checkpoint or the library thinks of it."""
    beams = how.num_beams > 1
    return GenerationConfig(
        max_new_tokens=how.max_new_tokens,  # the library's own default ends a summary after 20 tokens
        min_new_tokens=how.min_new_tokens or None,
        num_beams=how.num_beams,
        num_return_sequences=1,
        do_sample=False,
        early_stopping=beams,  # as CTranslate2: done when that many hypotheses are
        length_penalty=how.length_penalty if beams else 1.0,
        repetition_penalty=1.0,  # see _processors
        no_repeat_ngram_size=how.no_repeat_ngram_size,
        renormalize_logits=beams,  # as CTranslate2 does after masking; greedy needs none
        bos_token_id=ids.bos,
        eos_token_id=ids.eos,
        pad_token_id=ids.pad,
        decoder_start_token_id=ids.decoder_start,
        # Forced ids of published configs are not the eos (2 against 1): a line that is cut would end in a
        # token that means nothing, and nobody could tell that it was cut.
        forced_bos_token_id=None,
        forced_eos_token_id=None,
        use_cache=True,
        cache_implementation="static" if static else None,
    )


def _processors(how: Generation) -> LogitsProcessorList:
    """The repetition penalty, on what was written and not on the token that the decoder starts with.

    Transformers counts that one too: where it is the eos (kobart-base-v2), every line would find it harder to end.
    """
    if how.repetition_penalty == 1.0:
        return LogitsProcessorList()
    return LogitsProcessorList(
        [RepetitionPenaltyLogitsProcessor(how.repetition_penalty, prompt_ignore_length=1)]
    )


class TorchRuntime:
    """A seq2seq checkpoint under torch.

    With `static`, caches have a fixed size, and transformers compiles greedy decoding on CUDA; inputs are then
    padded to few lengths, since each new one compiles again. bench.gpu says whether it pays.
    """

    name = "torch"

    def __init__(
        self,
        checkpoint: Checkpoint,
        device: str = "auto",
        dtype: torch.dtype | None = None,
        *,
        static: bool = False,
    ) -> None:
        self.device = device_of(device)
        self._static = static
        self._ids = checkpoint.ids
        if self.device == "cpu":
            torch.set_num_threads(cores())  # it counts the machine's, where a container may have fewer
        kind = dtype or dtype_of(self.device, checkpoint.family)
        self.dtype = str(kind).removeprefix("torch.")
        model: Any = load_model(checkpoint, kind)
        # Settings of the checkpoint would fill every gap that ours leave.
        model.generation_config = GenerationConfig()
        with translated(setup=True):
            self._model = model.to(self.device)

    def generate(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        """One output for each input, in order, decoded as one batch."""
        if not inputs:
            return []
        longest = max(map(len, inputs))
        if self._static:
            longest = -(-longest // _BUCKET) * _BUCKET
        rows = [[*row, *[self._ids.pad] * (longest - len(row))] for row in inputs]
        mask = [[1] * len(row) + [0] * (longest - len(row)) for row in inputs]
        with translated(), torch.inference_mode():
            out = self._model.generate(
                input_ids=torch.tensor(rows, device=self.device),
                attention_mask=torch.tensor(mask, device=self.device),
                generation_config=generation_config(how, self._ids, static=self._static),
                logits_processor=_processors(how),
            )
            return [self._output(row[1:]) for row in out.tolist()]

    def copies(self, how: Generation) -> int:
        """Transformers repeats an input for each beam."""
        return how.num_beams

    def probe(self, ids: Sequence[int]) -> None:
        """One step of the model on `ids`, whose result must be numbers.

        Raises:
            ModelError: it is not: the weights are broken, or overflow in this dtype.
        """
        with translated(setup=True), torch.inference_mode():
            logits = self._model(
                input_ids=torch.tensor([list(ids)], device=self.device),
                decoder_input_ids=torch.tensor([[self._ids.decoder_start]], device=self.device),
            ).logits
            whole = bool(torch.isfinite(logits).all())
        demand_numbers(self, whole=whole)

    def close(self) -> None:
        """Give the device's memory back."""
        del self._model
        if self.device.startswith("cuda"):
            torch.cuda.empty_cache()

    def _output(self, row: list[int]) -> Output:
        if self._ids.eos in row:
            return Output(row[: row.index(self._ids.eos)], finished=True)
        return Output(row, finished=False)


def demand_numbers(runtime: TorchRuntime, *, whole: bool) -> None:
    """Refuse a model whose results are no numbers.

    Raises:
        ModelError: they are not.
    """
    if not whole:
        raise ModelError(
            f"the model answers with values that are no numbers in {runtime.dtype} on {runtime.device}; "
            "its weights are broken, or overflow in this dtype"
        )


@contextmanager
def translated(*, setup: bool = False) -> Iterator[None]:
    """Torch's errors as the app's; at start, memory that is full is the installation's error."""
    try:
        yield
    except (RuntimeError, MemoryError, IndexError) as exc:
        full = isinstance(exc, torch.OutOfMemoryError | MemoryError) or any(
            word in str(exc).lower() for word in _MEMORY_WORDS
        )
        if setup:
            what = "does not fit the device's memory" if full else f"failed at start: {_first_line(exc)}"
            raise ModelError(f"the model {what}; use another SEJUL_DEVICE or SEJUL_ENGINE") from exc
        if full:
            if torch.cuda.is_available():
                torch.cuda.empty_cache()
            raise OutOfMemory("the batch does not fit the device's memory") from exc
        raise EngineError(f"torch failed: {_first_line(exc)}") from exc


def _first_line(exc: BaseException) -> str:
    return next(iter(str(exc).splitlines()), type(exc).__name__)
