"""What a runtime is: token ids in, token ids out; no text, no HTTP, no article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.engine.cards import Generation


@dataclass(frozen=True, slots=True)
class Output:
    """What came out for one input: ids without start and end, and whether the model ended it by itself."""

    ids: list[int]
    finished: bool
    score: float = field(default=0.0, compare=False)
    """The logarithm of its likelihood, by its length; only causal runtimes tell it."""
    others: tuple[Output, ...] = ()
    """The next best, where more than one was asked for."""


class Runtime(Protocol):
    """A loaded checkpoint on a device."""

    @property
    def name(self) -> str:
        """`torch` or `ctranslate`."""
        ...

    @property
    def device(self) -> str:
        """Where it runs, as torch names it: `cpu`, `cuda:0`, `mps`."""
        ...

    @property
    def dtype(self) -> str:
        """What it calculates in: `float32`, `bfloat16`, `int8_float32`."""
        ...

    def generate(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        """One output for each input, in order, decoded as one batch exactly as `how` says.

        Raises:
            OutOfMemory: the batch did not fit the device; a smaller one may.
            EngineError: the runtime failed.
        """
        ...

    def copies(self, how: Generation) -> int:
        """How often an input is held while it is decoded: once for each beam, where beams do not share it."""
        ...

    def probe(self, ids: Sequence[int]) -> None:
        """One step of the model on an input, at start, whose result must be numbers.

        Raises:
            ModelError: it is not: the weights are broken, or overflow in this dtype.
        """
        ...

    def close(self) -> None:
        """Give the device back."""
        ...


def batches(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Indices of `lengths` in batches whose longest times count stays within `budget` tokens.

    Sorted by length, longest first, so that padding is small and the largest batch, which decides whether
    memory suffices, comes first. A single input over the budget is a batch of its own.
    """
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if batch and lengths[batch[0]] * (len(batch) + 1) > budget:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
