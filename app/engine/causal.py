"""What a small causal model reads and writes: a source, what is asked of it, the answer; training frames alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engine.checkpoint import CAUSAL, read_checkpoint
from app.engine.tokenizer import load_tokenizer

if TYPE_CHECKING:
    from pathlib import Path

    from app.engine.cards import Ask, Generation, LocalCard, Task
    from app.engine.checkpoint import Checkpoint
    from app.engine.tokenizer import Tokenizer

_STEP = 5


class Framer:
    """Prompts and targets as token ids, in a card's framing."""

    def __init__(self, card: LocalCard, checkpoint: Checkpoint, tokenizer: Tokenizer) -> None:
        self.checkpoint = checkpoint
        self.tokenizer = tokenizer
        self._card = card

    @classmethod
    def of(cls, folder: Path, card: LocalCard) -> Framer:
        """The framer of a checkpoint's folder.

        Raises:
            ModelError: a file of it is missing or broken.
        """
        checkpoint = read_checkpoint(folder, card.framing, CAUSAL)
        return cls(card, checkpoint, load_tokenizer(checkpoint, card.framing))

    def how(self, task: Task) -> Generation:
        """How a task's answer is decoded."""
        return self._card.ways[task]

    def room(self, task: Task) -> int:
        """The most tokens of an answer, its end included."""
        return self.how(task).max_new_tokens

    def prompt(self, source: str, task: Task, length: int | None = None) -> list[int] | None:
        """The ids of a source and what is asked of it; None where they are more than the card allows.

        A source is one line: what it says can't look like what is asked.
        """
        ask: Ask = getattr(self._card.asks, task)
        wished = max(_STEP, round((length or ask.length) / _STEP) * _STEP)
        body, tail = self.tokenizer.pieces([" ".join(source.split()), ask.text.format(length=wished)])
        ids = [*self.tokenizer.frame(body, len(body) + self.tokenizer.framing_length), *tail]
        return ids if len(ids) <= self._card.max_input else None

    def target(self, text: str) -> list[int]:
        """The ids of an answer, with its end."""
        (ids,) = self.tokenizer.pieces([f" {text}"])
        return [*ids, self.checkpoint.ids.eos]
