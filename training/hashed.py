"""Logistic regression over hashed features, trained with torch, written as signed bytes for `app.text.linear`."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import torch

if TYPE_CHECKING:
    from collections.abc import Iterable

WEIGHTS = Path(__file__).parent.parent / "app" / "text" / "weights"
BATCH = 4096


class Examples:
    """Rows of hashed features with their labels, packed end to end."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.columns = array("i")
        self.ends = array("q", [0])
        self.labels = array("f")

    def add(self, features: Iterable[str], label: float) -> None:
        """One more example; row 0 of the table is the bias."""
        mask = (1 << self.bits) - 1
        self.columns.append(0)
        self.columns.extend(crc32(f.encode()) & mask for f in features)
        self.ends.append(len(self.columns))
        self.labels.append(label)

    def __len__(self) -> int:
        return len(self.labels)


def train(examples: Examples, epochs: int, decay: float = 0.0, rare: int = 1) -> torch.Tensor:
    """The weights that separate the labels best, by Adagrad on the logistic loss.

    `decay` is the L2 penalty of a batch; rows of the table met fewer than `rare` times stay at zero.
    """
    rng = np.random.default_rng(0)
    table = torch.nn.EmbeddingBag(1 << examples.bits, 1, mode="sum")
    torch.nn.init.zeros_(table.weight)
    optimizer = torch.optim.Adagrad(table.parameters(), lr=0.2)
    columns, ends = np.frombuffer(examples.columns, np.int32), np.frombuffer(examples.ends, np.int64)
    labels = np.frombuffer(examples.labels, np.float32)
    kept = torch.from_numpy(np.bincount(columns, minlength=1 << examples.bits) >= rare).unsqueeze(1)
    for epoch in range(epochs):
        order, losses = rng.permutation(len(labels)), 0.0
        for at in range(0, len(order), BATCH):
            part = order[at : at + BATCH]
            bags = [columns[ends[i] : ends[i + 1]] for i in part]
            offsets = np.cumsum([0, *[len(b) for b in bags[:-1]]])
            out = table(torch.from_numpy(np.concatenate(bags)), torch.from_numpy(offsets.astype(np.int32)))
            gold = torch.from_numpy(labels[part])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(out.squeeze(1), gold)
            loss = loss + decay * table.weight.square().sum()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            optimizer.step()
            with torch.no_grad():
                table.weight.mul_(kept)
            losses += float(loss.detach()) * len(part)
        print(f"epoch {epoch} loss {losses / len(order):.4f}", flush=True)
    return table.weight.detach().squeeze(1)


def write(name: str, weights: torch.Tensor, folder: Path = WEIGHTS) -> None:
    """Keep `weights` as signed bytes; the few largest (one in 2,000) are clipped, so that the rest stay fine."""
    scale = float(np.quantile(weights.abs().numpy(), 0.9995)) / 127
    packed = (weights / scale).round().clamp(-127, 127).to(torch.int8)
    folder.mkdir(exist_ok=True)
    raw = round(scale * 1_000_000).to_bytes(4, "little") + packed.numpy().tobytes()
    (folder / f"{name}.bin").write_bytes(raw)
    print(f"{name}: {len(raw)} bytes, {int((packed != 0).sum())} weights that are not zero")
