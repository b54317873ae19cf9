"""A causal model's products in int8, on a CPU that has no bf16: each row of what comes in by its own scale.

Weights are rounded once, a scale for each output; what comes in is rounded as it comes. Torch's own dynamic int8 has
one scale for all that is read together, which the first token of every prompt, of values a hundred times the others',
takes for itself. Seven bits and not eight: AVX2 adds pairs of products in sixteen bits. What lies between two layers is
shared out between what comes in and the weights first (SmoothQuant, Xiao et al. 2023), so that no input of a product is
much larger than the others; in exact numbers the model stays what it was. What the gated layers give back stays in
float32: with it in int8, too, headlines lost as much as a beam is worth (RL 0.347; 0.363 without, 0.366 in float32).
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# How much of what differs between inputs the weights take. On 725 tokens of the card's own answers the divergence from
# float32 was 0.037 at 0.35, 0.021 at 0.5, 0.016 at 0.65, 0.017 at 0.8 with all products in int8; without sharing 0.046, with
# torch's own dynamic int8 0.224, and at 0.65 with the gated layers' second product in float32 0.005. Weighed by one short
# text, as here, all in int8: 0.019 at 0.6, 0.031 at 0.8.
_SHARE = 0.6
_SMALLEST = 1e-5
# Of GELU's approximation.
_SLOPE = math.sqrt(2 / math.pi)
_CUBIC = 0.044715


def supported() -> bool:
    """Whether torch has products in int8 for this CPU: on x86, and as long as it has them at all."""
    return "x86" in torch.backends.quantized.supported_engines and hasattr(torch, "quantize_per_channel")


class RowwiseLinear(torch.nn.Module):
    """A product of rows with weights (outputs, inputs) in int8; takes and gives float32."""

    def __init__(self, weight: torch.Tensor) -> None:
        super().__init__()
        scales = (weight.abs().amax(1) / 127).clamp(min=_SMALLEST**2).double()
        zeros = torch.zeros(len(scales), dtype=torch.long)
        with warnings.catch_warnings():
            # Torch means to take them out; what it has in their place (oneDNN's) is thirty times as slow on AVX2.
            warnings.filterwarnings("ignore", "torch.quantize_per_tensor", UserWarning)
            rounded = torch.quantize_per_channel(weight.detach(), scales, zeros, 0, torch.qint8)
        self._weight = torch.ops.quantized.linear_prepack(rounded, None)
        # What a row of ones comes to, which is what its lowest value adds.
        self._sums = rounded.dequantize().sum(1)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """The products of rows (…, inputs), each brought to 0 to 1 by itself, so that none minds which it is read with."""
        low = rows.amin(-1, keepdim=True)
        width = (rows.amax(-1, keepdim=True) - low).clamp(min=_SMALLEST**2)
        found = torch.ops.quantized.linear_dynamic((rows - low).div_(width), self._weight, reduce_range=True)
        products: torch.Tensor = found.mul_(width).addcmul_(low, self._sums)
        return products


class _Mlp(torch.nn.Module):
    """Gemma's gated layer, gate and value in one product, what is made of them in another, in float32."""

    def __init__(self, mlp: Any) -> None:  # noqa: ANN401 - transformers' own
        super().__init__()
        self._in = RowwiseLinear(torch.cat([mlp.gate_proj.weight, mlp.up_proj.weight]))
        self._out = mlp.down_proj

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """What the layer makes of rows (…, width)."""
        gate, up = self._in(rows).chunk(2, -1)
        # GELU's tanh, as the logistic curve that it is: torch's takes twice as long.
        curve = (gate * gate).mul_(2 * _CUBIC * _SLOPE).add_(2 * _SLOPE).mul_(gate).sigmoid_()
        found: torch.Tensor = self._out(curve.mul_(gate).mul_(up))
        return found


class _Norm(torch.nn.Module):
    """Gemma's norm, in torch's one step."""

    def __init__(self, norm: Any) -> None:  # noqa: ANN401 - transformers' own
        super().__init__()
        self._weight = 1 + norm.weight.detach()
        self._least = norm.eps

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Rows (…, width), each of one size."""
        return torch.nn.functional.rms_norm(rows, self._weight.shape, self._weight, self._least)


def quantize(model: Any, read: Callable[[], object]) -> None:  # noqa: ANN401 - transformers' own
    """Put a Gemma 3's layers into int8, in place; `read` reads some text with it, by which inputs are weighed."""
    share(model, read)
    for layer in model.model.layers:
        for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
            setattr(layer.self_attn, name, RowwiseLinear(getattr(layer.self_attn, name).weight))
        layer.mlp = _Mlp(layer.mlp)
        for part, name in _norms(layer):
            setattr(part, name, _Norm(getattr(part, name)))


def share(model: Any, read: Callable[[], object]) -> None:  # noqa: ANN401 - transformers' own
    """Share out what differs between the inputs of each product with its weights; the model stays what it was."""
    came = _came(model.model.layers, read)
    for layer in model.model.layers:
        _share(layer, came)


def _norms(layer: Any) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    for name in ("input", "post_attention", "pre_feedforward", "post_feedforward"):
        yield layer, f"{name}_layernorm"
    yield layer.self_attn, "q_norm"
    yield layer.self_attn, "k_norm"


def _came(layers: Any, read: Callable[[], object]) -> dict[Any, torch.Tensor]:  # noqa: ANN401
    """The largest value of each input, by the product that it came to, one of those that are given the same."""
    found: dict[Any, torch.Tensor] = {}

    def look(module: Any, came: tuple[torch.Tensor, ...]) -> None:  # noqa: ANN401
        largest = _largest(came[0].flatten(0, -2))
        found[module] = torch.maximum(found.get(module, largest), largest)

    products = [p for n in layers for p in (n.self_attn.q_proj, n.self_attn.o_proj, n.mlp.gate_proj)]
    hooks = [product.register_forward_pre_hook(look) for product in products]
    read()
    for hook in hooks:
        hook.remove()
    return found


def _share(layer: Any, came: dict[Any, torch.Tensor]) -> None:  # noqa: ANN401
    """One layer: what its products' inputs are divided by goes into the norm or the weights before them."""
    attention, mlp = layer.self_attn, layer.mlp
    for norm, given in (
        (layer.input_layernorm, (attention.q_proj, attention.k_proj, attention.v_proj)),
        (layer.pre_feedforward_layernorm, (mlp.gate_proj, mlp.up_proj)),
    ):
        factor = _factor(came[given[0]], _largest(torch.cat([one.weight for one in given])))
        norm.weight.data = (1 + norm.weight) * factor - 1
        for one in given:
            one.weight.data = one.weight / factor
    # Heads that read one value (values, heads of each, width) read it with one factor.
    out = attention.o_proj
    heads = (-1, attention.num_key_value_groups, attention.head_dim)
    factor = _factor(*(each.view(heads).amax(1) for each in (came[out], _largest(out.weight))))
    attention.v_proj.weight.data = attention.v_proj.weight * factor.view(-1, 1)
    out.weight.data = out.weight / factor[:, None].expand(heads).flatten()


def _largest(rows: torch.Tensor) -> torch.Tensor:
    """The largest value of each column."""
    return rows.detach().abs().amax(0)


def _factor(came: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """What each input is multiplied with, by the largest value that came and the largest of its weights."""
    return weights.clamp(min=_SMALLEST) ** (1 - _SHARE) / came.clamp(min=_SMALLEST) ** _SHARE
