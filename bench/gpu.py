"""What a GPU gives: `python -m bench gpu` on a CUDA machine, one table. Without one it says so and ends.

KoBART-shaped weights, five articles a page, three lines of 32 tokens an article (the usual service: 96 tokens an
article). The share of the bandwidth is what decoding reads at least (decoder and output weights once a step,
the cache of each line once a step) over what a copy on this device moves in the same time.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from app.engine.checkpoint import read_checkpoint
from app.engine.runtime.base import batches
from app.engine.runtime.torch import TorchRuntime
from app.engine.tokenizer import load_tokenizer
from app.engine.writing import Job, Rewriter
from app.errors import ModelError, OutOfMemory
from bench.korean import articles
from bench.peers.usual_service import UsualService
from bench.speed import LINE, ON_A_PAGE, assignments, card, weights

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.engine.runtime.base import Runtime

PAGES = 64
BUDGETS = (2048, 8192, 32768, 131072)
# KoBART: six decoder layers of self and cross attention and feed forward, and the output layer over 30,000 tokens.
WIDTH, LAYERS, STEPS = 768, 6, 32
DECODER_WEIGHTS = LAYERS * 16 * WIDTH * WIDTH + 30_000 * WIDTH
BYTES = {"float32": 4, "float16": 2, "bfloat16": 2}


def main() -> None:
    """Print the table, or that there is no CUDA device here."""
    if not torch.cuda.is_available():
        print("no CUDA device here; run `make gpu` on a machine that has one")
        return
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}, {copied() / 1e9:.0f} GB/s copied")
    print(f"{'':34}{'budget':>8}{'pages/s':>10}{'times usual':>13}{'bandwidth':>11}")
    with tempfile.TemporaryDirectory() as folder:
        path = weights(Path(folder))
        usual = 1 / (ON_A_PAGE * usual_seconds(path))
        print(f"{'usual service, fp32, beam 4':34}{'-':>8}{usual:10.2f}{1.0:13.1f}{'-':>11}")
        checkpoint = read_checkpoint(path, card().framing)
        tokenizer = load_tokenizer(checkpoint, card().framing)
        writer = Rewriter(card(), tokenizer)
        inputs = [
            job.ids
            for one in assignments(ON_A_PAGE * PAGES)
            for job in writer.jobs(one)
            if isinstance(job, Job)
        ]

        def ctranslate() -> Runtime:
            from app.engine.runtime.ctranslate import CTranslateRuntime

            return CTranslateRuntime(checkpoint, tokenizer, "cuda:0")

        kinds: dict[str, Callable[[], Runtime]] = {
            "torch eager": lambda: TorchRuntime(checkpoint, "cuda:0"),
            "torch static cache, compiled": lambda: TorchRuntime(checkpoint, "cuda:0", static=True),
            "CTranslate2": ctranslate,
        }
        for name, make in kinds.items():
            try:
                sweep(name, make(), inputs, usual)
            except (ImportError, ModelError) as exc:
                print(f"{name:34} not here: {exc}")


def sweep(name: str, runtime: Runtime, inputs: Sequence[list[int]], usual: float) -> None:
    """A line of the table for each token budget."""
    for budget in BUDGETS:
        chosen = [[inputs[i] for i in batch] for batch in batches([len(row) for row in inputs], budget)]
        try:
            for batch in chosen:
                runtime.generate(batch, LINE)  # compiles, and fills the allocator
            seconds = timed(lambda: [runtime.generate(batch, LINE) for batch in chosen])  # noqa: B023
        except OutOfMemory:
            print(f"{name + ' ' + runtime.dtype:34}{budget:8} out of memory")
            break
        rate = PAGES / seconds
        share = sum(read(batch, runtime.dtype) for batch in chosen) / seconds / copied()
        print(f"{name + ' ' + runtime.dtype:34}{budget:8}{rate:10.1f}{rate / usual:13.1f}{share:11.1%}")
    runtime.close()


def read(batch: Sequence[list[int]], dtype: str) -> float:
    """The bytes that decoding a batch reads at least: weights once a step, and the caches as they grow."""
    size = BYTES.get(dtype, 2)
    longest = max(map(len, batch))
    cache = sum(2 * LAYERS * WIDTH * (longest + step) * len(batch) for step in range(STEPS))
    return float(size * (STEPS * DECODER_WEIGHTS + cache))


def copied() -> float:
    """Bytes a second that this device reads and writes in a plain copy."""
    source = torch.empty(1 << 28, dtype=torch.float32, device="cuda")
    target = torch.empty_like(source)
    seconds = timed(lambda: [target.copy_(source) for _ in range(10)])
    return 10 * 2 * source.numel() * source.element_size() / seconds


def usual_seconds(path: Path) -> float:
    """Seconds an article for the usual service on this device."""
    usual = UsualService(path, "cuda:0")
    texts = [body for _, body in articles(ON_A_PAGE)]
    usual.summarize(texts[0])
    return timed(lambda: [usual.summarize(text) for text in texts]) / len(texts)


def timed(work: Callable[[], object]) -> float:
    """Seconds of the second of two runs, the device's queue empty before and after."""
    for _ in range(2):
        torch.cuda.synchronize()
        started = time.perf_counter()
        work()
        torch.cuda.synchronize()
    return time.perf_counter() - started
