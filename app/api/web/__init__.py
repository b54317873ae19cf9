"""The page at `/`: files of its own, served as they are; nothing comes from another host."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response

from app.api.labels import Labels
from app.settings import data_dir

if TYPE_CHECKING:
    from app.settings import Settings

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
}
# The page shows text that strangers wrote: no script, style or request but our own, and no frame around it.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


def pages(settings: Settings) -> APIRouter:
    """The routes of the page, with every file read once."""
    router = APIRouter(include_in_schema=False)
    files = {f"/web/{path.name}": (path.suffix, path.read_bytes()) for path in _STATIC.iterdir()}
    files["/"] = files.pop("/web/index.html")
    samples = {path.name: path.read_bytes() for path in sorted(data_dir("examples").glob("*.txt"))}
    files |= {f"/web/samples/{name}": (".txt", raw) for name, raw in samples.items()}
    files["/web/offer.json"] = (".json", _offer(settings, list(samples)))
    for path, (suffix, raw) in files.items():
        _serve(router, path, _TYPES[suffix], raw)
    return router


def _offer(settings: Settings, samples: list[str]) -> bytes:
    """What the page has to know of this server before it asks for anything."""
    labels = Labels.of(settings)
    titled = [
        {"name": name, "title": "견본 지면 열기" if len(samples) == 1 else f"견본 {n}"}
        for n, name in enumerate(samples, start=1)
    ]
    offer = {
        "labels": {"extracted": labels.extracted, "generated": labels.generated},
        "samples": titled,
        "max_chars": settings.max_chars,
    }
    return json.dumps(offer, ensure_ascii=False).encode()


def _serve(router: APIRouter, path: str, media_type: str, raw: bytes) -> None:
    etag = f'"{hashlib.sha256(raw).hexdigest()[:20]}"'
    headers = {**_HEADERS, "ETag": etag}

    async def file(request: Request) -> Response:
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(raw, media_type=media_type, headers=headers)

    router.add_api_route(path, file, methods=["GET", "HEAD"], name=path)
