"""Products in int8, each row by its own scale: near float32, and the same whatever is read beside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from app.engine.cards import Framing, Generation
from app.engine.checkpoint import CAUSAL, read_checkpoint
from app.engine.runtime.cache import Cache
from app.engine.runtime.int8 import RowwiseLinear, share, supported
from app.engine.runtime.search import CausalTorchRuntime
from app.engine.tokenizer import load_tokenizer
from bench.checkpoint import gemma
from tests.checkpoints import prompts

Build = Callable[..., CausalTorchRuntime]
pytestmark = pytest.mark.skipif(not supported(), reason="torch multiplies in int8 on x86 alone")


def rows(count: int, width: int = 64, *, seed: int = 0) -> torch.Tensor:
    """Random inputs of which one is a hundred times as large as the others, as a prompt's first token is."""
    made = torch.randn(count, width, generator=torch.Generator().manual_seed(seed))
    made[0] *= 100
    return made


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A small Gemma 3 that knows nothing, in float32 unless told otherwise."""
    framing = Framing(before=("bos",))
    folder = gemma(tmp_path_factory.mktemp("base") / "gemma", 512)
    checkpoint = read_checkpoint(folder, framing, CAUSAL)
    tokenizer = load_tokenizer(checkpoint, framing)
    return lambda dtype=torch.float32, **how: CausalTorchRuntime(checkpoint, tokenizer, "cpu", dtype, **how)


def read(runtime: CausalTorchRuntime) -> torch.Tensor:
    """What the model of a runtime makes of a prompt."""
    ids = prompts(3)[-1]
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


def test_sharing_out_leaves_the_model_what_it_was(build: Build) -> None:
    """Inputs are made smaller and their weights larger by the same, in norms and in the weights before."""
    runtime = build()
    exact = read(runtime)
    before = runtime._model.model.layers[0].mlp.up_proj.weight.clone()
    with torch.inference_mode():
        share(runtime._model, lambda: read(runtime))
    assert not torch.allclose(runtime._model.model.layers[0].mlp.up_proj.weight, before)
    assert torch.allclose(read(runtime), exact, atol=1e-3)


def test_a_model_in_int8_reads_nearly_as_before(build: Build) -> None:
    """Every layer's products but one are in int8, and what it makes of a prompt points where it pointed."""
    exact, runtime = read(build()), build(int8=True)
    assert runtime.dtype == "int8_float32"
    whole = [part for part in runtime._model.model.modules() if isinstance(part, torch.nn.Linear)]
    assert whole == [layer.mlp._out for layer in runtime._model.model.layers]
    found = read(runtime)
    assert not torch.equal(found, exact)
    assert torch.nn.functional.cosine_similarity(found, exact).min() > 0.98


def test_the_likeliest_tokens_have_exact_logits(build: Build) -> None:
    """The head is in int8, and what comes out first is calculated once more; alone as among others."""
    runtime = build(int8=True)
    with torch.inference_mode():
        hidden = read(runtime)
        values, tokens = runtime._logits(hidden).topk(4)
        exact = hidden @ runtime._head.T
    assert torch.allclose(values, exact.gather(1, tokens), atol=1e-4)
    how = Generation(max_new_tokens=6, min_new_tokens=6, num_beams=2, hypotheses=2)
    many = prompts(3)
    assert [runtime.generate([one], how)[0] for one in many] == runtime.generate(many, how)


def test_int8_is_for_float32_alone(build: Build) -> None:
    """A model that calculates in bf16 is left as it is."""
    runtime = build(torch.bfloat16, int8=True)
    assert runtime.dtype == "bfloat16"
    assert isinstance(runtime._model.model.layers[0].self_attn.q_proj, torch.nn.Linear)
