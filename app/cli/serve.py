"""`sejul serve`: the HTTP server."""

from __future__ import annotations

import click
import uvicorn

from app.settings import Settings


@click.command()
@click.option("--host", default=None, help="기본값 SEJUL_HOST")
@click.option("--port", type=int, default=None, help="기본값 SEJUL_PORT")
def serve(host: str | None, port: int | None) -> None:
    """HTTP 서버를 띄웁니다."""
    settings = Settings()
    uvicorn.run("app.api:create_app", factory=True, host=host or settings.host, port=port or settings.port)
