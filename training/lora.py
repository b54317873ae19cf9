"""Low-rank adapters (Hu et al., LoRA, 2021) on a causal model's projections: put on, saved, taken in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import torch
from torch import nn
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


class Adapted(nn.Module):
    """A frozen linear layer with a low-rank addition to its weight: `W + scale · up · down`."""

    def __init__(self, base: nn.Linear, rank: int, scale: float, dropout: float = 0.0) -> None:
        super().__init__()
        self.base = base
        self.scale = scale
        self.dropout = dropout
        # In float32, whatever the base is in: steps this small are lost in bfloat16.
        self.down = nn.Parameter(torch.empty(rank, base.in_features, device=base.weight.device))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank, device=base.weight.device))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The layer's answer with the addition."""
        base: torch.Tensor = self.base(x)
        # Of what the addition reads alone, and only while it learns.
        seen = functional.dropout(x, self.dropout, training=torch.is_grad_enabled())
        low = functional.linear(seen, self.down.to(x.dtype))
        return base + self.scale * functional.linear(low, self.up.to(x.dtype))


def adapt(
    model: nn.Module, rank: int, scale: float, above: int = 0, dropout: float = 0.0
) -> dict[str, Adapted]:
    """Freeze `model` and adapt the projections of its layers from `above` on; by the name of each weight.

    Below the lowest adapter nothing has to be differentiated, which is time saved.
    """
    model.requires_grad_(requires_grad=False)
    found = [
        (name, part, child, layer)
        for name, part in model.named_modules()
        for child, layer in part.named_children()
        if child in TARGETS and isinstance(layer, nn.Linear) and int(name.split(".")[2]) >= above
    ]
    adapted = {}
    for name, part, child, layer in found:
        adapted[f"{name}.{child}.weight"] = Adapted(layer, rank, scale, dropout)
        setattr(part, child, adapted[f"{name}.{child}.weight"])
    return adapted


def begin(adapted: dict[str, Adapted], held: dict[str, torch.Tensor]) -> None:
    """Go on from what an adapter file holds (`tensors`).

    Raises:
        ValueError: the file is of another rank, other layers or another model.
    """
    wanted = {name: tuple(tensor.shape) for name, tensor in tensors(adapted).items()}
    if wanted != {name: tuple(tensor.shape) for name, tensor in held.items()}:
        raise ValueError("the adapter to go on from is of another rank, other layers or another model")
    with torch.no_grad():
        for name, layer in adapted.items():
            layer.down.copy_(held[f"{name}.down"])
            layer.up.copy_(held[f"{name}.up"] / layer.scale)


def tensors(adapted: dict[str, Adapted], dtype: torch.dtype = torch.float32) -> dict[str, torch.Tensor]:
    """What an adapter file holds: `down` and `up` of every weight, the scale taken into `up`."""
    return dict(_named(adapted, dtype))


def _named(adapted: dict[str, Adapted], dtype: torch.dtype) -> Iterator[tuple[str, torch.Tensor]]:
    for name, layer in adapted.items():
        yield f"{name}.down", layer.down.detach().to(dtype).cpu().contiguous()
        yield f"{name}.up", (layer.scale * layer.up.detach()).to(dtype).cpu().contiguous()
