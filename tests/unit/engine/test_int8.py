"""Products in int8, each row by its own scale: near float32, and the same whatever is read beside."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
import torch

from app.engine.cards import Framing, Generation
from app.engine.checkpoint import CAUSAL, read_checkpoint
from app.engine.machine import multiplies_bf16
from app.engine.runtime import search
from app.engine.runtime.cache import Cache
from app.engine.runtime.int8 import RowwiseLinear, quantize, share, supported
from app.engine.runtime.search import CausalTorchRuntime
from app.engine.tokenizer import load_tokenizer
from bench.checkpoint import gemma
from bench.korean import articles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(not supported(), reason="this torch has no products in int8 for this CPU")


def rows(count: int, width: int = 64, *, seed: int = 0) -> torch.Tensor:
    """Random inputs of which one is a hundred times as large as the others, as a prompt's first token is."""
    made = torch.randn(count, width, generator=torch.Generator().manual_seed(seed))
    made[0] *= 100
    return made


def prompts(count: int) -> list[list[int]]:
    """Inputs of different lengths."""
    return [
        [0, *(5 + ord(c) % 200 for c in body[: 20 + 30 * n])]
        for n, (_, body) in enumerate(articles(count, sentences=3))
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small Gemma 3 that knows nothing."""
    return gemma(tmp_path_factory.mktemp("base") / "gemma", 512)


@pytest.fixture(scope="module")
def build(folder: Path) -> Callable[[torch.dtype | None], CausalTorchRuntime]:
    """Its runtime in a dtype, or in int8 if this machine has no bf16."""
    framing = Framing(before=("bos",))
    checkpoint = read_checkpoint(folder, framing, CAUSAL)
    tokenizer = load_tokenizer(checkpoint, framing)
    return lambda dtype: CausalTorchRuntime(checkpoint, tokenizer, "cpu", dtype, int8=dtype is None)


def read(runtime: CausalTorchRuntime, model: Any = None) -> torch.Tensor:
    """What the model of a runtime makes of a prompt."""
    ids = prompts(3)[-1]
    runtime._model = model or runtime._model
    with torch.inference_mode():
        return runtime._read(torch.tensor([ids]), Cache([len(ids)]))[0]


def test_a_product_is_near_the_exact_one() -> None:
    """Within some hundredths of its size, also where another row is a hundred times as large."""
    weight = torch.randn(48, 64, generator=torch.Generator().manual_seed(1))
    given = rows(12)
    exact = given @ weight.T
    found = RowwiseLinear(weight)(given)
    error = (found - exact).norm(dim=1) / exact.norm(dim=1)
    assert error.max() < 0.03


def test_a_row_does_not_mind_the_others() -> None:
    """Bit by bit the same alone, among small ones, and beside a large one."""
    product = RowwiseLinear(torch.randn(48, 64, generator=torch.Generator().manual_seed(1)))
    given = rows(12)
    together = product(given)
    for n in range(len(given)):
        assert torch.equal(product(given[n : n + 1])[0], together[n])


@pytest.mark.parametrize("value", [0.0, 3.0, -2.5])
def test_a_row_of_one_value_is_a_product_like_another(value: float) -> None:
    """Nothing is divided by nothing."""
    weight = torch.randn(48, 64, generator=torch.Generator().manual_seed(1))
    given = torch.full((2, 64), value)
    exact = given @ weight.T
    assert (RowwiseLinear(weight)(given) - exact).norm() <= 0.01 * exact.norm()


def test_sharing_out_leaves_the_model_what_it_was(
    build: Callable[[torch.dtype | None], CausalTorchRuntime],
) -> None:
    """Inputs are made smaller and their weights larger by the same, in norms and in the weights before."""
    runtime = build(torch.float32)
    exact = read(runtime)
    model = copy.deepcopy(runtime._model)
    before = model.model.layers[0].mlp.up_proj.weight.clone()
    with torch.inference_mode():
        share(model, lambda: read(runtime, model))
    assert not torch.allclose(model.model.layers[0].mlp.up_proj.weight, before)
    assert torch.allclose(read(runtime, model), exact, atol=1e-3)


def test_a_model_in_int8_reads_nearly_as_before(
    build: Callable[[torch.dtype | None], CausalTorchRuntime],
) -> None:
    """Every layer's products but one are in int8, and what it makes of a prompt points where it pointed."""
    runtime = build(torch.float32)
    exact = read(runtime)
    model = copy.deepcopy(runtime._model)
    with torch.inference_mode():
        quantize(model, lambda: read(runtime, model))
    whole = [part for part in model.model.modules() if isinstance(part, torch.nn.Linear)]
    assert whole == [layer.mlp._out for layer in model.model.layers]
    found = read(runtime, model)
    assert not torch.equal(found, exact)
    assert torch.nn.functional.cosine_similarity(found, exact).min() > 0.98


@pytest.mark.skipif(multiplies_bf16(), reason="this CPU multiplies in bf16")
def test_a_cpu_without_bf16_calculates_in_int8_if_asked(
    build: Callable[[torch.dtype | None], CausalTorchRuntime],
) -> None:
    """The engine says so; the logits of the likeliest tokens are those of the exact head."""
    runtime = build(None)
    assert runtime.dtype == "int8_float32"
    with torch.inference_mode():
        hidden = read(runtime)
        values, tokens = runtime._logits(hidden).topk(4)
        exact = hidden @ runtime._head.T
    assert torch.allclose(values, exact.gather(1, tokens), atol=1e-4)
    how = Generation(max_new_tokens=6, min_new_tokens=6, num_beams=2, hypotheses=2)
    many = prompts(3)
    assert [runtime.generate([one], how)[0] for one in many] == runtime.generate(many, how)


def test_prompts_are_read_in_parts_as_together(
    build: Callable[[torch.dtype | None], CausalTorchRuntime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answers with every prompt read by itself, two at a time, or all at once."""
    runtime = build(torch.float32)
    how = Generation(max_new_tokens=8, min_new_tokens=8, num_beams=3, hypotheses=3)
    many = sorted(prompts(5), key=len, reverse=True)
    found = []
    for most in (1, len(many[0]) + len(many[1]), 10_000):
        monkeypatch.setattr(search, "_AT_ONCE", most)
        found.append(runtime.generate(many, how))
    assert found[0] == found[1] == found[2]
