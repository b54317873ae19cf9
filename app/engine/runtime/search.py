"""Generation by a causal model under torch: beams that share their prompt, and end one by one.

Transformers' own beam search reads a prompt once for every beam and takes the whole vocabulary at each step; for
answers of twenty tokens to a hundred, from a vocabulary for all languages, that is most of the work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch

from app.engine.alphabet import written
from app.engine.runtime.base import Output
from app.engine.runtime.cache import SHARED, Cache
from app.engine.runtime.int8 import RowwiseLinear, quantize, supported
from app.engine.runtime.torch import TorchRuntime, demand_numbers, translated
from app.engine.tokenizer import HANGUL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.engine.cards import Generation
    from app.engine.checkpoint import Checkpoint
    from app.engine.tokenizer import Tokenizer


# Tokens of prompts that a CPU reads at once: what a layer makes of more leaves its caches, and prompts of one length are
# padded less. Of 50 prompts (2,482 tokens, float32, an AMD EPYC) 100 at once took 10.4 s, 400 6.2, 800 5.6, all 7.3.
_AT_ONCE = 800
# Tokens of each row whose logits are calculated once more where the head is in int8.
_EXACT = 16


@dataclass(slots=True)
class _Beam:
    """A hypothesis that goes on: the input that it answers, what it says, and the row of the step before."""

    of: int
    ids: list[int]
    score: float
    row: int


@dataclass(slots=True)
class _Answer:
    """What has ended of one input's hypotheses, each with its score."""

    ended: list[Output] = field(default_factory=list)

    def add(self, ids: list[int], score: float, how: Generation, *, finished: bool) -> None:
        """One more; its end counts as a token."""
        length = len(ids) + finished
        penalty = how.length_penalty if how.num_beams > 1 else 1.0
        self.ended.append(Output(ids, finished, score / max(1, length) ** penalty))

    def output(self, how: Generation) -> Output:
        """The best, with the others that are asked for."""
        first, *others = sorted(self.ended, key=lambda o: -o.score)[: how.hypotheses]
        return Output(first.ids, first.finished, first.score, tuple(others))


class CausalTorchRuntime(TorchRuntime):
    """A causal checkpoint under torch; with `int8` its products are in int8 where a CPU would have float32."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        tokenizer: Tokenizer,
        device: str = "auto",
        dtype: torch.dtype | None = None,
        *,
        int8: bool = False,
    ) -> None:
        super().__init__(checkpoint, device, dtype)
        self._model.set_attn_implementation(SHARED)
        tokens = tokenizer.tokens(checkpoint.vocabulary)
        known = [n for n, token in enumerate(tokens) if n == self._ids.eos or written(token)]
        self._known = torch.tensor(known, device=self.device)
        self._end = known.index(self._ids.eos)
        with translated(setup=True):
            self._head = self._model.lm_head.weight.detach()[self._known].contiguous()
            self._rough = self._quantized(tokenizer) if int8 else None

    def generate(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        """One output for each input, in order, decoded as one batch."""
        if not inputs:
            return []
        with translated(), torch.inference_mode():
            return self._searched(inputs, how)

    def copies(self, how: Generation) -> int:
        """Once: beams share their prompt."""
        del how
        return 1

    def probe(self, ids: Sequence[int]) -> None:
        """One step of the model on an input, whose result must be numbers.

        Raises:
            ModelError: it is not: the weights are broken, or overflow in this dtype.
        """
        with translated(setup=True), torch.inference_mode():
            row = torch.tensor([list(ids)], device=self.device)
            whole = bool(torch.isfinite(self._read(row, Cache([len(ids)], self.device))).all())
        demand_numbers(self, whole=whole)

    def _quantized(self, tokenizer: Tokenizer) -> RowwiseLinear | None:
        """The model in int8 where that is faster, and the head in it; else None and the model as it is."""
        if self.device != "cpu" or self.dtype != "float32" or not supported():
            return None
        ids = tokenizer.frame(tokenizer.pieces([HANGUL])[0], _AT_ONCE)
        with torch.inference_mode():
            quantize(self._model, lambda: self._read(torch.tensor([ids]), Cache([len(ids)])))
        self.dtype = "int8_float32"
        return RowwiseLinear(self._head)

    def _searched(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        cache, hidden = self._prompted(inputs)
        answers = [_Answer() for _ in inputs]
        beams = [_Beam(n, [], 0.0, n) for n in range(len(inputs))]
        for step in range(how.max_new_tokens):
            beams = self._next(beams, hidden, answers, how, last=step + 1 == how.max_new_tokens)
            if not beams:
                break
            cache.go_on([beam.row for beam in beams], [beam.of for beam in beams])
            ids = self._known[torch.tensor([[beam.ids[-1]] for beam in beams], device=self.device)]
            hidden = cache.last(self._read(ids, cache))
        return [self._told(answer.output(how)) for answer in answers]

    def _prompted(self, inputs: Sequence[Sequence[int]]) -> tuple[Cache, torch.Tensor]:
        """What all prompts are to those that go on from them, and what was made of the last token of each."""
        parts, last = [], []
        for few in _few(inputs, _AT_ONCE if self.device == "cpu" else sum(map(len, inputs))):
            cache = Cache([len(row) for row in few], self.device)
            ids = torch.tensor([[token for row in few for token in row]], device=self.device)
            last.append(cache.last(self._read(ids, cache)))
            parts.append(cache)
        if len(parts) == 1:
            return parts[0], last[0]
        whole = Cache([len(row) for row in inputs], self.device)
        whole.take(parts)
        return whole, torch.cat(last)

    def _read(self, ids: torch.Tensor, cache: Cache) -> torch.Tensor:
        """What the model makes of each token (rows, length, width), read on top of what the cache has."""
        # Transformers makes masks of its own unless it is told that there are some.
        masks = dict.fromkeys(("full_attention", "sliding_attention"))
        out = self._model.model(
            input_ids=ids, attention_mask=masks, position_ids=cache.places(), use_cache=False, beams=cache
        )
        hidden: torch.Tensor = out.last_hidden_state
        return hidden

    def _next(
        self,
        beams: Sequence[_Beam],
        hidden: torch.Tensor,
        answers: Sequence[_Answer],
        how: Generation,
        *,
        last: bool,
    ) -> list[_Beam]:
        """The beams that go on, each input's together; those that end are its answers."""
        logits = self._logits(hidden)
        if len(beams[0].ids) < how.min_new_tokens:
            logits[:, self._end] = -torch.inf
        # Of one row no more can be among the best that go on, and its end.
        values, tokens = torch.log_softmax(logits, -1).topk(min(how.num_beams + 1, logits.shape[-1]))
        ways: dict[int, list[tuple[float, int, int]]] = {}
        for row, (beam, scores, says) in enumerate(zip(beams, values.tolist(), tokens.tolist(), strict=True)):
            ways.setdefault(beam.of, []).extend(
                (beam.score + score, row, token) for score, token in zip(scores, says, strict=True)
            )
        found: list[_Beam] = []
        for of, every in ways.items():
            found += self._kept(of, sorted(every, reverse=True), beams, answers[of], how, last=last)
        return found

    def _logits(self, hidden: torch.Tensor) -> torch.Tensor:
        """The logits of each row (rows, known tokens); in int8 those of the likeliest tokens are exact."""
        if self._rough is None:
            logits: torch.Tensor = hidden @ self._head.T
            return logits.float()
        rough: torch.Tensor = self._rough(hidden)
        likely = rough.topk(min(_EXACT, rough.shape[-1])).indices
        exact: torch.Tensor = (self._head[likely] @ hidden[:, :, None]).squeeze(-1)
        return torch.scatter(rough, 1, likely, exact)

    def _kept(
        self,
        of: int,
        ways: Iterable[tuple[float, int, int]],
        beams: Sequence[_Beam],
        answer: _Answer,
        how: Generation,
        *,
        last: bool,
    ) -> list[_Beam]:
        """The best ways on of one input; none once as many as there are beams have ended."""
        found: list[_Beam] = []
        for rank, (score, row, token) in enumerate(ways):
            ends = token == self._end
            if rank < how.num_beams and (ends or last):
                said = beams[row].ids if ends else [*beams[row].ids, token]
                answer.add(said, score, how, finished=ends)
            elif not ends and len(found) < how.num_beams:
                found.append(_Beam(of, [*beams[row].ids, token], score, row))
        return [] if last or len(answer.ended) >= how.num_beams else found

    def _told(self, output: Output) -> Output:
        """An output in the tokenizer's ids."""
        ids = self._known[torch.tensor(output.ids, dtype=torch.long, device=self.device)].tolist()
        return Output(ids, output.finished, output.score, tuple(self._told(o) for o in output.others))


def _few(inputs: Sequence[Sequence[int]], most: int) -> Iterator[Sequence[Sequence[int]]]:
    """The inputs in parts of so many tokens, in their order; one that is longer by itself."""
    start, tokens = 0, 0
    for n, row in enumerate(inputs):
        if n > start and tokens + len(row) > most:
            yield inputs[start:n]
            start, tokens = n, 0
        tokens += len(row)
    yield inputs[start:]
