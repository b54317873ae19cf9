"""`sejul serve`: the HTTP server."""

from __future__ import annotations

import click
import uvicorn

from app.api.access import check_listening, origins
from app.api.logs import config
from app.errors import SejulError
from app.settings import Settings


@click.command()
@click.option("--host", default=None, help="기본값 SEJUL_HOST (127.0.0.1)")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="기본값 SEJUL_PORT (8000)")
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None, help="프로세스 수, 기본값 SEJUL_WORKERS (1)"
)
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """HTTP 서버를 띄웁니다."""
    settings = Settings()
    host = host or settings.host
    try:
        check_listening(host, settings)
        origins(settings)
    except SejulError as exc:
        raise click.ClickException(str(exc)) from exc
    uvicorn.run(
        "app.api:create_app",
        factory=True,
        host=host,
        port=settings.port if port is None else port,
        workers=workers or settings.workers,
        http="app.api.protocol:GuardedProtocol",
        ws="none",
        lifespan="on",
        log_config=config(settings.log_format),
        access_log=False,
        server_header=False,
        # Who is behind a proxy is the proxy's to know; a header that any client may send is not believed.
        proxy_headers=False,
        timeout_keep_alive=75,
        # A worker answers its supervisor once Python is up and whenever it holds the interpreter's lock; loading
        # holds it for seconds. With uvicorn's 5 s a busy machine kills workers that are about to be ready.
        timeout_worker_healthcheck=60,
        timeout_graceful_shutdown=max(1, round(settings.grace_s)),
        h11_max_incomplete_event_size=32 * 1024,
    )
