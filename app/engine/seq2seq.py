"""The seq2seq engine: a BART or T5 checkpoint from its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engine.cards import Seq2SeqCard
from app.engine.checkpoint import FAMILIES
from app.engine.decoding import DecodingEngine, opened
from app.engine.whole import WholeWriter
from app.engine.writing import Rewriter
from app.errors import ModelError

if TYPE_CHECKING:
    from app.engine.cards import Card
    from app.engine.runtime.base import Runtime
    from app.engine.tokenizer import Tokenizer
    from app.settings import Settings


class Seq2SeqEngine(DecodingEngine):
    """A line from each evidence group, or all lines from the whole article, as the card says."""

    def __init__(
        self, card: Seq2SeqCard, tokenizer: Tokenizer, runtime: Runtime, *, budget: int, revision: str | None
    ) -> None:
        writer = (Rewriter if card.mode == "rewrite" else WholeWriter)(card, tokenizer)
        super().__init__(card, tokenizer, runtime, writer, budget=budget, revision=revision)


def build(card: Card, settings: Settings) -> Seq2SeqEngine:
    """The engine of a card whose weights are on this machine, after proving that it reads Korean.

    Raises:
        ModelError: weights, tokenizer or config are missing, broken, not what was pulled, or do not fit.
    """
    if not isinstance(card, Seq2SeqCard):
        raise ModelError(f"card {card.name!r} is no seq2seq card")
    if not card.serves:
        raise ModelError(
            f"{card.name} is a base for fine-tuning and knows no summaries; docs/finetune.md makes one of it"
        )
    _, tokenizer, runtime, revision = opened(card, settings, FAMILIES)
    return Seq2SeqEngine(card, tokenizer, runtime, budget=settings.batch_tokens, revision=revision)
