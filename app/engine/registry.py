"""Which engine runs: a name from the settings to an engine, by lazy import."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from app.engine.extractive import ExtractiveEngine

if TYPE_CHECKING:
    from app.engine.base import Engine
    from app.engine.cards import Card
    from app.settings import Settings

# What builds the engine of each kind of card: a function of the card and the settings.
BUILDERS = {
    "seq2seq": "app.engine.seq2seq:build",
    "local": "app.engine.local:build",
    "chat": "app.engine.chat:build",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine that the settings come to, and why, in Korean; `card` is None for extractive."""

    name: str
    why: str
    card: Card | None = None


def choose(settings: Settings) -> Choice:
    """The engine that `build` would build, without loading it.

    Raises:
        ModelError: the cards are broken, or none has the name that the settings ask for.
    """
    if settings.engine == "extractive":
        return Choice("extractive", "SEJUL_ENGINE=extractive")
    from app.engine.cards import read_cards

    cards = read_cards(settings.models_dir)
    if settings.engine != "auto":
        return Choice(settings.engine, f"SEJUL_ENGINE={settings.engine}", cards[settings.engine])
    for card in cards.in_order():
        why = _here(card, settings)
        if why:
            return Choice(card.name, why, card)
    return Choice("extractive", "auto: order.txt의 카드 가운데 이 컴퓨터에 가중치가 있는 것이 없음")


def build(settings: Settings) -> Engine:
    """The engine that `settings.engine` names; `auto` takes the first card whose weights are here.

    Raises:
        ModelError: there is no engine of that name, or its weights are missing or broken.
        SetupError: the engine cannot run with these settings.
    """
    card = choose(settings).card
    if card is None:
        return ExtractiveEngine()
    module, function = BUILDERS[card.kind].split(":")
    engine: Engine = getattr(import_module(module), function)(card, settings)
    return engine


def _here(card: Card, settings: Settings) -> str | None:
    """Why `auto` may take this card now; None where it may not."""
    if card.kind == "chat":
        return "auto: SEJUL_CHAT_URL이 설정됨" if settings.chat_url else None
    from app.engine.weights import installed

    folder = settings.weights_dir / card.name
    return "auto: order.txt 차례로 이 컴퓨터에 가중치가 있는 첫 카드" if installed(folder) else None
