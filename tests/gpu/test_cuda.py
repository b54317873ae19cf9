"""The engine on a CUDA device; skipped, with the reason, where there is none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch

from app.domain import Article, Options, Traced
from app.engine.cards import Framing, Generation
from app.engine.checkpoint import read_checkpoint
from app.engine.runtime.torch import TorchRuntime
from app.engine.seq2seq import build
from app.errors import EngineError, OutOfMemory
from app.settings import Settings
from app.summary.assign import assign
from bench.checkpoint import kobart, kot5
from bench.korean import articles
from tests.checkpoints import card, house

if TYPE_CHECKING:
    from app.engine.checkpoint import Checkpoint

pytestmark = [
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device on this machine"),
]

INPUTS = [[0, *range(50 + 7 * n, 60 + 11 * n), 1] for n in range(8)]
HOW = Generation(max_new_tokens=24)


@pytest.fixture(scope="module")
def checkpoint(small: Path) -> Checkpoint:
    """The small KoBART-shaped checkpoint."""
    return read_checkpoint(small, Framing(before=("bos",), after=("eos",)))


def test_fp32_on_cuda_is_fp32_on_the_cpu(checkpoint: Checkpoint) -> None:
    """The same tokens come from the device as from the CPU, eager and with the static cache compiled."""
    expected = TorchRuntime(checkpoint, "cpu", torch.float32).generate(INPUTS, HOW)
    for static in (False, True):
        runtime = TorchRuntime(checkpoint, "cuda:0", torch.float32, static=static)
        assert runtime.generate(INPUTS, HOW) == expected


def test_the_default_is_half_precision(small: Path, tmp_path: Path) -> None:
    """`auto` takes the GPU, in bf16 or fp16, and drafts."""
    settings = house(tmp_path, small)
    settings = Settings.model_validate({**settings.model_dump(), "device": "auto", "runtime": "auto"})
    engine = build(card(), settings)
    assert engine.info.device == "cuda:0"
    assert engine.info.dtype in {"bfloat16", "float16"}
    work = [assign(Article(h, Traced.whole(b)), Options()) for h, b in articles(4)]
    assert not [draft for draft in engine.draft(work) if isinstance(draft, EngineError)]


def test_t5_is_never_fp16(tmp_path: Path) -> None:
    """T5 runs in bf16 or fp32, and its first step is numbers."""
    runtime = TorchRuntime(read_checkpoint(kot5(tmp_path / "kot5"), Framing(after=("eos",))), "cuda:0")
    assert runtime.dtype in {"bfloat16", "float32"}
    runtime.probe([5, 6, 7, 1])


def test_a_full_device_is_out_of_memory_and_recovers(tmp_path: Path) -> None:
    """A batch that no device holds is OutOfMemory; the next one runs."""
    path = kobart(tmp_path / "kobart", full=True)
    runtime = TorchRuntime(read_checkpoint(path, Framing()), "cuda:0", torch.float32)
    with pytest.raises(OutOfMemory):
        runtime.generate([[5] * 1000] * 20_000, HOW)
    assert runtime.generate([[5] * 10], HOW)


@pytest.mark.parametrize("dtype", ["float32", "float16", "int8_float16"])
def test_ctranslate_on_cuda(small: Path, checkpoint: Checkpoint, dtype: str) -> None:
    """CTranslate2 answers on the device; in fp32 with torch's tokens."""
    ctranslate = pytest.importorskip("app.engine.runtime.ctranslate", reason="needs the extra [ctranslate]")
    if not ctranslate.devices():
        pytest.skip("this CTranslate2 finds no CUDA device")
    from app.engine.tokenizer import load_tokenizer

    assert small.is_dir()
    tokenizer = load_tokenizer(checkpoint, Framing(before=("bos",), after=("eos",)))
    outputs = ctranslate.CTranslateRuntime(checkpoint, tokenizer, "cuda:0", dtype).generate(INPUTS, HOW)
    assert len(outputs) == len(INPUTS)
    if dtype == "float32":
        assert outputs == TorchRuntime(checkpoint, "cpu", torch.float32).generate(INPUTS, HOW)
