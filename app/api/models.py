"""GET /models: the engine that runs, and the cards of this installation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from pydantic import BaseModel

from app.api.schemas import EngineOut, engine_out
from app.engine.cards import read_cards
from app.engine.weights import installed

if TYPE_CHECKING:
    from app.api.service import Service
    from app.engine.cards import Card
    from app.settings import Settings


class ModelOut(BaseModel):
    """An engine that this installation knows."""

    name: str
    kind: str
    licence: str | None
    installed: bool
    loaded: bool


class ModelsOut(BaseModel):
    """The engine that runs, how many articles it has before it, and the engines that could run."""

    loaded: EngineOut
    queue: int
    models: list[ModelOut]


async def models_out(service: Service) -> ModelsOut:
    """What is here and what runs.

    Raises:
        NotReady: the engine is still loading.
    """
    info = (await service.desk(None)).drafter.info
    cards = await asyncio.to_thread(_cards, service.settings)
    return ModelsOut(
        loaded=engine_out(info),
        queue=service.admission.articles_held,
        models=[
            ModelOut(
                name=card.name,
                kind=card.kind,
                licence=card.licence,
                installed=here,
                loaded=card.name == info.name,
            )
            for card, here in cards
        ]
        + [ModelOut(name="extractive", kind="extractive", licence=None, installed=True, loaded=True)],
    )


def _cards(settings: Settings) -> list[tuple[Card, bool]]:
    return [
        (card, card.kind == "chat" or installed(settings.weights_dir / card.name))
        for card in read_cards(settings.models_dir).cards.values()
    ]
