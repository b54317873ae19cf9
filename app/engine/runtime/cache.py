"""What a causal model has read, for beams that share their prompt: each prompt once, and what each beam said since.

A cache with a row for every beam copies the prompts to the beams, and moves them whenever beams change places; prompts
are longer than answers, and that was a quarter of all the time (profiled, three beams, sixteen articles together).
Prompts are read one behind the other, and set apart for attention alone: in rows padded to the longest, as many places
of padding as of text went through every layer (of 99 articles, sixteen together, 34,000 for 17,000).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional
from transformers import AttentionInterface

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARED = "sejul-shared"
"""The name of the attention that reads this cache, to transformers."""


_Read = tuple[torch.Tensor, torch.Tensor]
"""Keys and values."""


class Cache:
    """Keys and values by layer: of the prompts (inputs, groups, longest, width), and of what the beams said since.

    Prompts are held with padding in front, so that all go on from one place. Beams stand together by input, in the order of
    the inputs, and each input that goes on has as many as the others.
    """

    def __init__(self, lengths: Sequence[int], device: str = "cpu") -> None:
        long = torch.tensor(lengths, device=device)
        self._there = torch.arange(int(long.max()), device=device) >= (long.max() - long)[:, None]
        self._places = (self._there.cumsum(1) - 1).clamp(min=0)
        self._packed = self._there.flatten().nonzero().flatten()
        self._ends = long.cumsum(0) - 1
        self._inputs = list(range(len(lengths)))
        self._rows = len(lengths)
        self._prompts: list[_Read] = []
        self._said: list[_Read | None] = []
        self._steps = 0
        # Of the prompts' own reading, by window: one for all layers of a kind.
        self._masks: dict[int | None, torch.Tensor] = {}

    def take(self, parts: Sequence[Cache]) -> None:
        """What its prompts are, of several caches that have read them, in their order, and no more."""
        longest = self._there.shape[1]
        for of_layer in zip(*(part.prompts() for part in parts), strict=True):
            keys, values = zip(*of_layer, strict=True)
            self._prompts.append((_level(keys, longest), _level(values, longest)))
            self._said.append(None)

    def prompts(self) -> Sequence[_Read]:
        """What was read of the prompts, by layer."""
        return self._prompts

    def places(self) -> torch.Tensor:
        """The positions of what is read next: the prompts in one row, or one token of each beam."""
        if not self._prompts:
            return self._places.flatten()[self._packed][None]
        many = self._rows // len(self._inputs)
        return self._places[:, -1:].repeat_interleave(many, 0) + self._steps

    def last(self, hidden: torch.Tensor) -> torch.Tensor:
        """What was made of the last token of each prompt or beam (rows, width)."""
        return hidden[:, -1] if self._steps else hidden[0, self._ends]

    def go_on(self, rows: Sequence[int], inputs: Sequence[int]) -> None:
        """The beams that go on: the row that each had the step before, and its input as first counted."""
        held = list(dict.fromkeys(inputs))
        if held != self._inputs:
            keep = self._index([self._inputs.index(one) for one in held])
            self._prompts = [(keys[keep], values[keep]) for keys, values in self._prompts]
            self._there, self._places, self._inputs = self._there[keep], self._places[keep], held
        if list(rows) != list(range(self._rows)):
            chosen = self._index(rows)
            self._said = [said and (said[0][chosen], said[1][chosen]) for said in self._said]
        self._rows = len(rows)
        self._steps += 1

    def attended(
        self,
        layer: int,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        window: int | None,
        scale: float,
    ) -> torch.Tensor:
        """What a layer's queries (rows, heads, length, width) find, of keys and values that are read now or were before."""
        if not self._steps:
            prompts = self._apart(key), self._apart(value)
            self._prompts.append(prompts)
            self._said.append(None)
            return self._together(_grouped(self._apart(query), *prompts, self._seen(window), scale))
        before = self._said[layer]
        if before is not None:
            key, value = torch.cat([before[0], key], 2), torch.cat([before[1], value], 2)
        self._said[layer] = key, value
        there = self._there
        if window is not None:
            key, value = key[:, :, -window:], value[:, :, -window:]
            there = there & (self._places[:, -1:] + self._steps - self._places < window)
        return _of_both(query, self._prompts[layer], (key, value), there, scale)

    def _seen(self, window: int | None) -> torch.Tensor:
        """Which places of its prompt each place sees: itself, and the tokens before it as far as the window goes."""
        if window not in self._masks:
            ahead = self._places[:, :, None] - self._places[:, None, :]
            seen = (ahead > 0) & self._there[:, None, :]
            if window is not None:
                seen &= ahead < window
            # Itself also where nothing stands: of nothing at all there is no mean.
            seen |= torch.eye(seen.shape[1], dtype=torch.bool, device=seen.device)
            self._masks[window] = seen[:, None]
        return self._masks[window]

    def _apart(self, read: torch.Tensor) -> torch.Tensor:
        """The prompts of one row (1, groups, tokens, width), each in its own (inputs, groups, longest, width)."""
        inputs, longest = self._there.shape
        held = read.new_zeros(inputs * longest, read.shape[1], read.shape[3])
        held[self._packed] = read[0].transpose(0, 1)
        return held.view(inputs, longest, *held.shape[1:]).transpose(1, 2)

    def _together(self, found: torch.Tensor) -> torch.Tensor:
        """The same, one behind the other again."""
        return found.transpose(1, 2).flatten(0, 1)[self._packed].transpose(0, 1)[None]

    def _index(self, numbers: Sequence[int]) -> torch.Tensor:
        return torch.tensor(numbers, dtype=torch.long, device=self._there.device)


def _level(read: Sequence[torch.Tensor], longest: int) -> torch.Tensor:
    """What was read of several prompts, padded in front to one length and together."""
    return torch.cat([functional.pad(one, (0, 0, longest - one.shape[2], 0)) for one in read])


def _grouped(
    query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, seen: torch.Tensor, scale: float
) -> torch.Tensor:
    """Attention of many heads to one of keys, without a copy of the keys for each: the heads are as many queries."""
    rows, heads, length, width = query.shape
    groups = key.shape[1]
    many = query.reshape(rows, groups, heads // groups * length, width)
    mask = seen.repeat(1, 1, heads // groups, 1)
    found = functional.scaled_dot_product_attention(many, key, value, attn_mask=mask, scale=scale)
    return found.reshape(rows, heads, length, width)


def _of_both(
    query: torch.Tensor, prompts: _Read, said: _Read, there: torch.Tensor, scale: float
) -> torch.Tensor:
    """What one token of each beam finds in its prompt, of whose places `there` tells, and in what the beam said."""
    inputs, groups, longest, width = prompts[0].shape
    rows, heads = query.shape[:2]
    each = heads // groups
    many = rows // inputs * each
    # Of beams that share a prompt, the queries are so many queries to one set of keys.
    apart = query.reshape(inputs, rows // inputs, groups, each, width).transpose(1, 2)
    shared = apart.reshape(inputs, groups, many, width)
    own = query.reshape(rows, groups, each, width)
    steps = said[0].shape[2]
    old = (shared @ prompts[0].transpose(2, 3)).float() * scale
    old = old.masked_fill(~there[:, None, None, :], -torch.inf).view(inputs, groups, -1, each, longest)
    new = (own @ said[0].transpose(2, 3)).float() * scale
    new = new.view(inputs, -1, groups, each, steps).transpose(1, 2)
    weights = torch.cat([old, new], -1).softmax(-1).to(query.dtype)
    from_old = (weights[..., :longest].reshape(inputs, groups, many, longest) @ prompts[1]).view_as(apart)
    mine = weights[..., longest:].transpose(1, 2).reshape(rows, groups, each, steps)
    found = from_old.transpose(1, 2).reshape(rows, groups, each, width) + mine @ said[1]
    return found.reshape(rows, heads, 1, width)


def _attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    **more: Any,  # noqa: ANN401 - transformers' own
) -> tuple[torch.Tensor, None]:
    """Attention as transformers asks for it; the cache comes with the call of the model and knows what each word sees."""
    del attention_mask
    cache: Cache = more["beams"]
    layer: Any = module.layer_idx
    found = cache.attended(layer, query, key, value, more["sliding_window"], more["scaling"])
    return found.transpose(1, 2).contiguous(), None


AttentionInterface.register(SHARED, _attend)
