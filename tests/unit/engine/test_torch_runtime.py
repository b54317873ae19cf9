"""The torch runtime against what published checkpoints do to a plain `generate()`."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import socket
import threading
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import GenerationConfig

from app.engine.cards import Framing, Generation
from app.engine.checkpoint import Checkpoint, read_checkpoint
from app.engine.runtime import torch as runtime_torch
from app.engine.runtime.torch import (
    TorchRuntime,
    _processors,
    device_of,
    dtype_of,
    generation_config,
    load_model,
)
from app.errors import EngineError, ModelError, OutOfMemory
from bench.checkpoint import kobart, kot5

FRAMING = Framing(before=("bos",), after=("eos",))
INPUT = [0, *range(100, 140), 1]


def checkpoint(folder: Path) -> Checkpoint:
    """A folder's checkpoint."""
    return read_checkpoint(folder, FRAMING)


def exact(folder: Path, *, static: bool = False) -> TorchRuntime:
    """A folder's runtime on the CPU, in float32, whatever this CPU would take by itself."""
    return TorchRuntime(checkpoint(folder), "cpu", torch.float32, static=static)


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint that never writes its eos by itself."""
    return kobart(tmp_path_factory.mktemp("endless") / "kobart", std=0.2, bias=-100.0)


def test_outputs_are_as_long_as_the_card_allows(endless: Path) -> None:
    """Neither the library's 20 tokens nor the checkpoint's task_specific_params decide the length."""
    (output,) = exact(endless).generate([INPUT], Generation(max_new_tokens=64))
    assert (len(output.ids), output.finished) == (64, False)


def test_a_cut_output_ends_in_no_forced_token(endless: Path) -> None:
    """A forced eos that is no eos would stand at the end of a cut line and hide that it was cut."""
    (output,) = exact(endless).generate([INPUT], Generation(max_new_tokens=8))
    plain = load_model(checkpoint(endless))
    forced = plain.generate(torch.tensor([INPUT]), max_new_tokens=8).tolist()[0]  # type: ignore[operator]
    assert forced[-1] == 2
    assert output.ids[-1] != 2


def test_a_checkpoint_has_no_say_in_decoding(small: Path, tmp_path: Path) -> None:
    """Sampling, beams and suppressed tokens in generation_config.json change nothing."""
    folder = shutil.copytree(small, tmp_path / "kobart")
    how = Generation(max_new_tokens=24)
    before = exact(folder).generate([INPUT], how)
    asked = GenerationConfig(do_sample=True, temperature=9.0, num_beams=3, suppress_tokens=[1], max_length=9)
    asked.save_pretrained(folder)
    assert exact(folder).generate([INPUT], how) == before


def test_every_choice_of_decoding_is_explicit(small: Path) -> None:
    """All that a card says reaches generate(), and nothing is forced, sampled or left to a default."""
    how = Generation(
        max_new_tokens=30, min_new_tokens=3, num_beams=4, length_penalty=0.7, no_repeat_ngram_size=3
    )
    config = generation_config(how, checkpoint(small).ids).to_dict()
    for name, value in how.model_dump(exclude={"hypotheses"}).items():
        assert config[name] == value
    assert not _processors(how)
    assert _processors(Generation(max_new_tokens=9, repetition_penalty=1.5))[0].penalty == 1.5
    assert config["do_sample"] is False
    assert config["early_stopping"] is True
    assert config["renormalize_logits"] is True
    assert config["forced_eos_token_id"] is None
    assert (config["bos_token_id"], config["eos_token_id"], config["decoder_start_token_id"]) == (0, 1, 2)


def test_padding_changes_nothing(small: Path) -> None:
    """An input among longer ones comes out as it does alone."""
    runtime = exact(small)
    inputs = [[0, *range(50 + 7 * n, 60 + 11 * n), 1] for n in range(6)]
    how = Generation(max_new_tokens=20)
    assert runtime.generate(inputs, how) == [runtime.generate([row], how)[0] for row in inputs]
    assert runtime.generate([], how) == []


def test_a_static_cache_writes_the_same(small: Path) -> None:
    """Caches of fixed size and padding to few lengths change no token."""
    inputs = [[0, *range(50 + 7 * n, 60 + 11 * n), 1] for n in range(6)]
    how = Generation(max_new_tokens=20)
    static = exact(small, static=True)
    assert static.generate(inputs, how) == exact(small).generate(inputs, how)


def test_attention_is_sdpa_and_nothing_is_recorded(small: Path) -> None:
    """The fused attention is taken, the model does not train, and no graph is kept."""
    runtime = exact(small)
    assert runtime._model.config._attn_implementation == "sdpa"
    assert not runtime._model.training
    seen: list[bool] = []
    runtime._model.register_forward_pre_hook(lambda *_: seen.append(torch.is_inference_mode_enabled()))
    runtime.generate([INPUT], Generation(max_new_tokens=2))
    assert seen
    assert all(seen)


def test_an_input_beyond_the_positions_is_an_error_of_ours(small: Path) -> None:
    """More than 1,026 tokens are an EngineError, never an index error of torch."""
    with pytest.raises(EngineError, match="torch failed"):
        exact(small).generate([[5] * 1100], Generation(max_new_tokens=2))


def test_pickled_weights_load_the_same(tmp_path: Path) -> None:
    """A .bin checkpoint answers as its safetensors twin, and asks no network for a conversion."""
    how = Generation(max_new_tokens=12)
    started: list[str] = []
    start = threading.Thread.start

    def note(thread: threading.Thread) -> None:
        started.append(thread.name)
        start(thread)

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(threading.Thread, "start", note)
        twins = [exact(kobart(tmp_path / str(binary), std=0.2, binary=binary)) for binary in (False, True)]
    assert os.environ["DISABLE_SAFETENSORS_CONVERSION"] == "1"
    # Tensors are loaded by a pool's threads; the one that asks for a conversion has a name of its own.
    assert not [name for name in started if "conversion" in name]
    assert twins[0].generate([INPUT], how) == twins[1].generate([INPUT], how)


class Bomb:
    """What a hostile pickle holds."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (os.mkdir, ("exploded",))


def test_a_hostile_pickle_is_refused(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pickled weights that would run code do not, and are refused."""
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(small, tmp_path / "kobart")
    (folder / "model.safetensors").unlink()
    torch.save({"model.shared.weight": Bomb()}, folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(checkpoint(folder))
    assert not (tmp_path / "exploded").exists()
    assert pickle.dumps(Bomb())


def damaged(small: Path, folder: Path, change: str) -> Path:
    """A copy of the small checkpoint with its weights damaged in one way."""
    shutil.copytree(small, folder)
    path = folder / "model.safetensors"
    weights = load_file(path)
    name = "model.decoder.layers.0.fc1.weight"
    if change == "missing":
        del weights[name]
    elif change == "shape":
        weights[name] = weights[name][:, :8].contiguous()
    elif change == "nan":
        weights[name] = torch.full_like(weights[name], float("nan"))
    save_file(weights, path, metadata={"format": "pt"})
    if change == "cut":
        path.write_bytes(path.read_bytes()[:-1000])
    elif change == "noise":
        path.write_bytes(os.urandom(5000))
    elif change == "remote code":
        config = json.loads((folder / "config.json").read_text())
        config["auto_map"] = {"AutoModelForSeq2SeqLM": "evil.Model"}
        (folder / "config.json").write_text(json.dumps(config))
        (folder / "evil.py").write_text("raise SystemExit('remote code ran')")
    return folder


@pytest.mark.parametrize("change", ["missing", "shape", "cut", "noise"])
def test_broken_weights_are_refused(small: Path, tmp_path: Path, change: str) -> None:
    """Weights that are not whole are an error; transformers alone would fill them up at random."""
    with pytest.raises(ModelError, match=r"cannot be loaded|lack 1 parameters"):
        load_model(checkpoint(damaged(small, tmp_path / "kobart", change)))


def test_weights_that_are_no_numbers_are_refused_at_start(small: Path, tmp_path: Path) -> None:
    """NaN in the weights shows in the first step."""
    runtime = exact(damaged(small, tmp_path / "kobart", "nan"))
    with pytest.raises(ModelError, match="no numbers"):
        runtime.probe(INPUT)


def test_no_code_of_a_checkpoint_runs(small: Path, tmp_path: Path) -> None:
    """An auto_map in a config is not followed."""
    assert load_model(checkpoint(damaged(small, tmp_path / "kobart", "remote code"))) is not None


def test_t5_overflows_in_fp16_and_is_never_run_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """T5 whose activations pass 65,504 is refused in fp16, runs in fp32, and no device is given fp16 for it."""
    folder = kot5(tmp_path / "kot5")
    path = folder / "model.safetensors"
    weights = load_file(path)
    weights["encoder.block.0.layer.1.DenseReluDense.wi_0.weight"] *= 3e4
    weights["encoder.block.0.layer.1.DenseReluDense.wi_1.weight"] *= 3e4
    save_file(weights, path, metadata={"format": "pt"})
    found = read_checkpoint(folder, Framing(after=("eos",)))
    with pytest.raises(ModelError, match="overflow"):
        TorchRuntime(found, "cpu", torch.float16).probe([5, 6, 7, 1])
    TorchRuntime(found, "cpu", torch.float32).probe([5, 6, 7, 1])
    TorchRuntime(found, "cpu", torch.bfloat16).probe([5, 6, 7, 1])
    assert dtype_of("mps", "t5") is torch.float32
    assert dtype_of("mps", "bart") is torch.float16
    for bf16, bart, t5 in ((True, torch.bfloat16, torch.bfloat16), (False, torch.float16, torch.float32)):
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda yes=bf16, **_: yes)
        assert (dtype_of("cuda:0", "bart"), dtype_of("cuda:0", "t5")) == (bart, t5)


def test_a_cpu_calculates_in_bf16_only_where_it_has_instructions_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With AMX bf16, without it float32; never fp16, which no CPU is fast in."""
    for has, expected in ((True, torch.bfloat16), (False, torch.float32)):
        monkeypatch.setattr(runtime_torch, "multiplies_bf16", lambda has=has: has)
        assert {dtype_of("cpu", "bart"), dtype_of("cpu", "t5")} == {expected}


def test_a_container_has_the_threads_that_it_is_given(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Torch counts the machine's cores; more threads than the container's quota only wait for each other."""
    before = torch.get_num_threads()
    monkeypatch.setattr(runtime_torch, "cores", lambda: 1)
    try:
        exact(small)
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("device", ["cuda", "cuda:7", "xpu", "gpu"])
def test_a_device_that_is_not_there_is_refused(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SEJUL_DEVICE names a device of this machine, or the start fails."""
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ModelError, match="SEJUL_DEVICE"):
        device_of(device)
    assert device_of("cpu") == "cpu"


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"),
        RuntimeError("MPS backend out of memory (MPS allocated: 17 GB)"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:121] DefaultCPUAllocator: can't allocate memory"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        MemoryError(),
    ],
)
def test_full_memory_has_one_name(small: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Each way in which torch says that memory is full is OutOfMemory, at which the batcher halves."""
    runtime = exact(small)

    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(runtime._model, "generate", fail)
    with pytest.raises(OutOfMemory):
        runtime.generate([INPUT], Generation(max_new_tokens=2))


def test_too_little_memory_is_said_before_loading(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights larger than the free memory are refused with both figures."""
    monkeypatch.setattr(runtime_torch, "available", lambda: 1000)
    with pytest.raises(ModelError, match="MiB are free"):
        load_model(checkpoint(small))
