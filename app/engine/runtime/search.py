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
from app.engine.runtime.torch import TorchRuntime, demand_numbers, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.engine.cards import Generation
    from app.engine.checkpoint import Checkpoint
    from app.engine.tokenizer import Tokenizer


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
    """A causal checkpoint under torch."""

    def __init__(
        self,
        checkpoint: Checkpoint,
        tokenizer: Tokenizer,
        device: str = "auto",
        dtype: torch.dtype | None = None,
    ) -> None:
        super().__init__(checkpoint, device, dtype)
        self._model.set_attn_implementation(SHARED)
        tokens = tokenizer.tokens(checkpoint.vocabulary)
        known = [n for n, token in enumerate(tokens) if n == self._ids.eos or written(token)]
        self._known = torch.tensor(known, device=self.device)
        self._end = known.index(self._ids.eos)
        with translated(setup=True):
            self._head = self._model.lm_head.weight.detach()[self._known].contiguous()

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

    def _searched(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        ids = torch.tensor([[token for row in inputs for token in row]], device=self.device)
        cache = Cache([len(row) for row in inputs], self.device)
        answers = [_Answer() for _ in inputs]
        beams = [_Beam(n, [], 0.0, n) for n in range(len(inputs))]
        for step in range(how.max_new_tokens):
            last = step + 1 == how.max_new_tokens
            beams = self._next(beams, cache.last(self._read(ids, cache)), answers, how, last=last)
            if not beams:
                break
            cache.go_on([beam.row for beam in beams], [beam.of for beam in beams])
            ids = self._known[torch.tensor([[beam.ids[-1]] for beam in beams], device=self.device)]
        return [self._told(answer.output(how)) for answer in answers]

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
        logits = (hidden @ self._head.T).float()
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
