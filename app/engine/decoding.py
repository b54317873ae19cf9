"""What every engine in this process does: the jobs of all waiting articles, through a runtime, in few batches."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, NamedTuple

from app.domain import EngineInfo
from app.engine.checkpoint import read_checkpoint
from app.engine.runtime.base import batches
from app.engine.runtime.load import load
from app.engine.tokenizer import HANGUL, load_tokenizer
from app.engine.weights import check, installed
from app.engine.writing import UNFINISHED, Job, Refusal, Written
from app.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment, Draft
    from app.engine.cards import Generation, LocalCard, Seq2SeqCard
    from app.engine.checkpoint import Checkpoint
    from app.engine.runtime.base import Output, Runtime
    from app.engine.tokenizer import Tokenizer
    from app.engine.writing import Answer, Writer
    from app.errors import EngineError
    from app.settings import Settings

log = logging.getLogger(__name__)


class DecodingEngine:
    """An engine over a runtime; what it asks and what it makes of the answers is its writer's matter."""

    def __init__(
        self,
        card: Seq2SeqCard | LocalCard,
        tokenizer: Tokenizer,
        runtime: Runtime,
        writer: Writer,
        *,
        budget: int,
        revision: str | None,
    ) -> None:
        self._tokenizer = tokenizer
        self._runtime = runtime
        self._budget = budget
        self._writer = writer
        self._lock = threading.Lock()
        self.info = EngineInfo(
            name=card.name,
            kind=card.kind,
            runtime=runtime.name,
            device=runtime.device,
            dtype=runtime.dtype,
            revision=revision,
        )

    def cost(self, assignment: Assignment) -> int:
        """The tokens of all its inputs, each padded to the longest that is decoded with it."""
        with self._lock:  # a tokenizer is one thread's at a time
            jobs = [job for job in self._writer.jobs(assignment) if isinstance(job, Job)]
        return max(1, sum(len(job.ids) * self._runtime.copies(job.how) for job in jobs))

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """A draft for each assignment; what the model has no line for comes extracted, with a notice.

        Raises:
            OutOfMemory: a batch did not fit the device.
            EngineError: the runtime failed.
        """
        answered = self.answers(assignments)
        return [self._writer.draft(a, answers) for a, answers in zip(assignments, answered, strict=True)]

    def answers(self, assignments: Sequence[Assignment]) -> list[list[Answer]]:
        """What the model has for each job of each assignment."""
        with self._lock:
            asked = [self._writer.jobs(assignment) for assignment in assignments]
            answers = iter(self._answers([job for jobs in asked for job in jobs]))
        return [[next(answers) for _ in jobs] for jobs in asked]

    def ready(self) -> str | None:
        """Always: an engine that cannot draft was never built."""
        return None

    def close(self) -> None:
        """Give the device back."""
        self._runtime.close()

    def _answers(self, jobs: Sequence[Job | Refusal]) -> list[Answer]:
        """The answer to each job, in order; those decoded alike go through the model together."""
        alike: dict[Generation, list[int]] = {}
        for n, job in enumerate(jobs):
            if isinstance(job, Job):
                alike.setdefault(job.how, []).append(n)
        answers: list[Answer] = [job if isinstance(job, Refusal) else UNFINISHED for job in jobs]
        for how, numbers in alike.items():
            inputs = [job.ids for n in numbers if isinstance(job := jobs[n], Job)]
            for batch in batches(
                [len(ids) for ids in inputs], max(1, self._budget // self._runtime.copies(how))
            ):
                outputs = self._runtime.generate([inputs[i] for i in batch], how)
                for i, output in zip(batch, outputs, strict=True):
                    answers[numbers[i]] = self._answer(output)
        return answers

    def _answer(self, output: Output) -> Answer:
        """The texts of an output; one that was cut, says nothing or has a token for the unknown is no line."""
        said: dict[str, float] = {}
        for one in (output, *output.others):
            if one.finished and self._tokenizer.knows(one.ids):
                text = self._tokenizer.decode(one.ids)
                if any(c.isalnum() for c in text):
                    said.setdefault(text, one.score)
        if not said:
            return UNFINISHED
        first, *others = (Written(text, score) for text, score in said.items())
        return Written(first.text, first.score, tuple(others))


class Opened(NamedTuple):
    """A card's weights, loaded and tried."""

    checkpoint: Checkpoint
    tokenizer: Tokenizer
    runtime: Runtime
    revision: str | None


def opened(card: Seq2SeqCard | LocalCard, settings: Settings, families: tuple[str, ...]) -> Opened:
    """The weights of a card that are on this machine, after proving that they read Korean.

    Raises:
        ModelError: weights, tokenizer or config are missing, broken, not what was pulled, or do not fit.
    """
    folder = settings.weights_dir / card.name
    if not installed(folder):
        raise ModelError(f"the weights of {card.name} are not here; run `sejul models pull {card.name}`")
    lock = check(folder, card)
    if lock is None:
        log.warning("weights of %s have no lock file: nothing says which revision they are", card.name)
    checkpoint = read_checkpoint(folder, card.framing, families)
    if checkpoint.positions is not None and card.max_input > checkpoint.positions:
        raise ModelError(
            f"card {card.name} allows inputs of {card.max_input} tokens, the checkpoint has "
            f"{checkpoint.positions} positions"
        )
    tokenizer = load_tokenizer(checkpoint, card.framing)
    lost = tokenizer.check()
    if lost:
        log.warning("%s cannot read the Hanja %s: sentences with them come back extracted", card.name, lost)
    runtime = load(
        checkpoint,
        tokenizer,
        setting=settings.runtime,
        card=card.runtime,
        device=settings.device,
        int8=card.kind == "local" and card.int8,
    )
    runtime.probe(tokenizer.frame(tokenizer.pieces([HANGUL])[0], card.max_input))
    return Opened(checkpoint, tokenizer, runtime, lock.revision if lock else None)
