"""The composition root of the server: settings and engine in, a FastAPI app out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from app import __version__
from app.api.routes import router
from app.api.web import pages
from app.engine.registry import build
from app.pipeline import DirectDrafter
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.engine.base import Engine


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> FastAPI:
    """The app, with its engine built when it starts and closed when it stops."""
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        running = engine or build(settings)
        app.state.drafter = DirectDrafter(running)
        app.state.settings = settings
        yield
        running.close()

    app = FastAPI(title="sejul", version=__version__, lifespan=lifespan)
    app.include_router(router)
    app.include_router(pages(settings))
    return app
