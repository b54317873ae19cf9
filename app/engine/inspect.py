"""What is on this machine for each card, without loading weights: what `models list` and `doctor` show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.cards import Card, ChatCard, LocalCard, read_cards
from app.engine.checkpoint import CAUSAL, FAMILIES, read_checkpoint
from app.engine.registry import choose
from app.engine.tokenizer import load_tokenizer
from app.engine.weights import check, installed, weight_files
from app.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from app.engine.cards import Seq2SeqCard
    from app.engine.registry import Choice
    from app.settings import Settings


@dataclass(frozen=True, slots=True)
class CardState:
    """A card and what this machine has of it."""

    card: Card
    installed: bool
    size: int = 0
    """Bytes of weights on disk."""
    revision: str | None = None
    lost_hanja: str | None = None
    """Newspaper Hanja that the tokenizer cannot read; None where it was not tried."""
    problem: str | None = None
    """Why the weights would be refused."""


@dataclass(frozen=True, slots=True)
class Report:
    """Which engine would run and why, and the state of every card."""

    choice: Choice
    states: tuple[CardState, ...]


def report(settings: Settings) -> Report:
    """What `build` would do and why, with each card's weights held to their lock and its tokenizer tried.

    Raises:
        ModelError: the cards themselves are broken, or none has the name that the settings ask for.
    """
    states = tuple(state(card, settings) for card in read_cards(settings.models_dir).cards.values())
    return Report(choose(settings), states)


def state(card: Card, settings: Settings) -> CardState:
    """What this machine has of a card."""
    if isinstance(card, ChatCard):
        return CardState(card, installed=settings.chat_url is not None)
    folder = settings.weights_dir / card.name
    if not installed(folder):
        return CardState(card, installed=False)
    size = sum(path.stat().st_size for path in weight_files(folder))
    try:
        lock = check(folder, card)
        revision = lock.revision if lock is not None else None
        lost = lost_hanja(card, folder)
    except ModelError as exc:
        return CardState(card, installed=True, size=size, problem=str(exc))
    return CardState(card, installed=True, size=size, revision=revision, lost_hanja=lost)


def lost_hanja(card: Seq2SeqCard | LocalCard, folder: Path) -> str:
    """What is lost in the round trip that the engine makes at start."""
    families = CAUSAL if isinstance(card, LocalCard) else FAMILIES
    return load_tokenizer(read_checkpoint(folder, card.framing, families), card.framing).check()
