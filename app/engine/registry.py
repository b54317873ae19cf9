"""Which engine runs: a name from the settings to an engine, by lazy import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engine.extractive import ExtractiveEngine
from app.errors import ModelError

if TYPE_CHECKING:
    from app.engine.base import Engine
    from app.settings import Settings


def build(settings: Settings) -> Engine:
    """The engine that `settings.engine` names; `auto` takes the first card whose weights are here.

    Raises:
        ModelError: there is no engine of that name, or its weights are missing or broken.
    """
    if settings.engine in {"auto", "extractive"}:
        return ExtractiveEngine()
    raise ModelError(f"no engine named {settings.engine!r}; `sejul models list` shows those there are")
