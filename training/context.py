"""Trains the network of `app.text.context` with torch on pages of lines, and writes it as that module reads it."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import torch
from torch import nn

from app.text.context import REACH
from training.hashed import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

BATCH = 16
RATE = 0.004
# Of a line's features so many are left out of each look at it. Swept on 135 pages by other hands, lines right: 0.15 and
# 0.4 and 0.6 give 0.769, 0.773, 0.781 after one epoch (before traits were among the features).
LEFT_OUT = 0.6
DROPPED = 0.4
SMOOTHED = 0.02


class Pages:
    """Pages of lines with hashed features and the class of each line, packed end to end."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self._columns, self._lines = array("i"), array("q", [0])
        self._classes, self._pages = array("b"), array("q", [0])

    def add(self, lines: Sequence[Iterable[str]], classes: Sequence[int]) -> None:
        """One more page."""
        mask = (1 << self.bits) - 1
        for features in lines:
            self._columns.extend([crc32(f.encode()) & mask for f in features])
            self._lines.append(len(self._columns))
        self._classes.extend(classes)
        self._pages.append(len(self._classes))

    def __len__(self) -> int:
        return len(self._pages) - 1

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self._classes)

    def batch(
        self, chosen: Sequence[int], rng: np.random.Generator
    ) -> tuple[torch.Tensor, torch.Tensor, list[int], torch.Tensor]:
        """Some pages with a share of their features left out: features, where each line's begin, lines a page, classes."""
        columns, ends = np.frombuffer(self._columns, np.int32), np.frombuffer(self._lines, np.int64)
        classes, pages = np.frombuffer(self._classes, np.int8), np.frombuffer(self._pages, np.int64)
        kept, counts, gold = [], [], []
        for k in chosen:
            first, last = pages[k], pages[k + 1]
            mine = columns[ends[first] : ends[last]]
            wanted = rng.random(len(mine)) > LEFT_OUT
            line_of = np.repeat(np.arange(last - first), np.diff(ends[first : last + 1]))
            kept.append(mine[wanted])
            counts.append(np.bincount(line_of[wanted], minlength=last - first))
            gold.append(classes[first:last])
        starts = np.concatenate([[0], np.cumsum(np.concatenate(counts))[:-1]])
        return (
            torch.from_numpy(np.concatenate(kept)),
            torch.from_numpy(starts.astype(np.int32)),
            [len(g) for g in gold],
            torch.from_numpy(np.concatenate(gold).astype(np.int64)),
        )


class Network(nn.Module):
    """The network as it is trained: the layers of `app.text.context.Context`, by the same names."""

    def __init__(self, bits: int, classes: int, width: int = 32, hidden: int = 48) -> None:
        super().__init__()
        self.vectors = nn.EmbeddingBag(1 << bits, width, mode="sum", sparse=True)
        nn.init.normal_(self.vectors.weight, 0, 0.02)
        self.own = nn.Parameter(torch.zeros(width))
        self.near = nn.Conv1d(width, hidden, 2 * REACH + 1, padding=REACH)
        self.far = nn.Conv1d(hidden, hidden, 2 * REACH + 1, padding=REACH)
        self.page = nn.Linear(2 * width, hidden)
        self.out = nn.Linear(width + 3 * hidden, classes)
        self.drop, self.drop_less = nn.Dropout(DROPPED), nn.Dropout(DROPPED / 2)

    def forward(self, columns: torch.Tensor, starts: torch.Tensor, sizes: list[int]) -> torch.Tensor:
        """The scores of each line of a batch of pages, lines by classes."""
        own = self.drop(torch.relu(self.vectors(columns, starts) + self.own))
        each = nn.utils.rnn.pad_sequence(list(torch.split(own, sizes)), batch_first=True)
        there = nn.utils.rnn.pad_sequence([torch.ones(n, 1) for n in sizes], batch_first=True)
        mask, columns_first = there.transpose(1, 2), each.transpose(1, 2)
        near = torch.relu(self.near(self.drop_less(columns_first))) * mask
        far = torch.relu(self.far(self.drop_less(near))) * mask
        most = each.masked_fill(there == 0, -torch.inf).max(1).values
        page = torch.relu(self.page(torch.cat([most, each.sum(1) / there.sum(1)], 1)))
        whole = page.unsqueeze(1).expand(-1, each.shape[1], -1)
        known = torch.cat([each, near.transpose(1, 2), far.transpose(1, 2), whole], 2)
        scores: torch.Tensor = self.out(self.drop(known))[there.squeeze(2) > 0]
        return scores


def train(pages: Pages, classes: int, epochs: int = 2, seed: int = 0) -> Network:
    """The network that tells the classes best, by Adam on the cross entropy of the lines."""
    torch.manual_seed(seed)
    network, rng = Network(pages.bits, classes), np.random.default_rng(seed)
    dense = [p for name, p in network.named_parameters() if not name.startswith("vectors")]
    optimizers = [
        torch.optim.SparseAdam(list(network.vectors.parameters()), lr=RATE),
        torch.optim.AdamW(dense, lr=RATE, weight_decay=1e-3),
    ]
    steps = epochs * -(-len(pages) // BATCH)
    slower = [
        torch.optim.lr_scheduler.LambdaLR(o, lambda step: max(0.02, 1 - step / steps)) for o in optimizers
    ]
    for epoch in range(epochs):
        order, losses = rng.permutation(len(pages)), 0.0
        for at in range(0, len(order), BATCH):
            columns, starts, sizes, gold = pages.batch(order[at : at + BATCH].tolist(), rng)
            scores = network(columns, starts, sizes)
            loss = nn.functional.cross_entropy(scores, gold, label_smoothing=SMOOTHED)
            for optimizer in optimizers:
                optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            nn.utils.clip_grad_norm_(dense, 1.0)
            for optimizer, schedule in zip(optimizers, slower, strict=True):
                optimizer.step()
                schedule.step()
            losses += float(loss.detach()) * len(gold)
        print(f"epoch {epoch} loss {losses / pages.lines:.4f}", flush=True)
    return network.eval()


def weights_of(network: Network) -> dict[str, Any]:
    """The weights as `app.text.context` takes them; a look at a line sees all its features, training's only a share."""
    # The largest of 50,000 is clipped, so that the rest stay fine.
    vectors = network.vectors.weight.detach().numpy() * (1 - LEFT_OUT)
    scale = float(np.quantile(np.abs(vectors), 0.99998)) / 127
    layers = {name: p.detach().numpy() for name, p in network.named_parameters()}

    def spread(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
        """A convolution's weights as a matrix over the lines it sees, end to end."""
        return kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])

    return {
        "vectors": np.clip(np.round(vectors / scale), -127, 127).astype(np.int8),
        "scale": np.float32(scale),
        "own": layers["own"],
        "near": spread(layers["near.weight"]),
        "near bias": layers["near.bias"],
        "far": spread(layers["far.weight"]),
        "far bias": layers["far.bias"],
        "page": layers["page.weight"].T,
        "page bias": layers["page.bias"],
        "out": layers["out.weight"].T,
        "out bias": layers["out.bias"],
    }


def write(name: str, network: Network, folder: Path = WEIGHTS) -> None:
    """Keep the network where `app.text.context` finds it."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.npz"
    np.savez_compressed(path, **weights_of(network))
    print(f"{name}: {path.stat().st_size} bytes")
