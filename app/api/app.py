"""The composition root of the server: settings and engine in, a FastAPI app out."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from app import __version__
from app.api import errors
from app.api.access import origins
from app.api.docs import docs_router
from app.api.middleware import Envelope
from app.api.openapi import document
from app.api.pdf import uploads
from app.api.routes import keyed, metered, router
from app.api.service import Service
from app.api.web import pages
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from app.engine.base import Engine


def create_app(settings: Settings | None = None, engine: Engine | None = None) -> FastAPI:
    """The app; it begins to load its engine when it starts, and gives it back when it stops.

    Raises:
        SetupError: a setting is wrong.
    """
    settings = settings or Settings()
    service = Service(settings, engine)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        await service.open()
        yield
        await service.close()

    app = FastAPI(title="sejul", version=__version__, lifespan=lifespan, openapi_url=None)
    app.state.service = service
    app.state.settings = settings
    app.include_router(router)
    app.include_router(keyed)
    app.include_router(uploads)
    app.include_router(pages(settings))
    if settings.metrics:
        app.include_router(metered)
    if settings.docs:
        app.include_router(docs_router(app))
    errors.install(app)
    allowed = origins(settings)
    if allowed:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=allowed,
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-Request-Id"],
            expose_headers=["Retry-After", "X-Request-Id"],
        )
    app.add_middleware(Envelope, metrics=service.metrics)
    app.openapi = lambda: document(app)  # type: ignore[method-assign] # FastAPI's documented way
    return app
