"""/docs and /openapi.json: Swagger UI under a policy of its own, without inline script beyond its own start."""

from __future__ import annotations

import base64
import hashlib
import re

from fastapi import APIRouter, FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse

from app.api.openapi import document

_CDN = "https://cdn.jsdelivr.net"
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def docs_router(app: FastAPI) -> APIRouter:
    """The document of `app`, and a page that shows it."""
    router = APIRouter(include_in_schema=False)
    page = bytes(get_swagger_ui_html(openapi_url="openapi.json", title="sejul").body).decode()
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in _INLINE.findall(page))
    policy = (
        f"default-src 'none'; script-src {_CDN} {hashes}; style-src {_CDN} 'unsafe-inline'; "
        "img-src 'self' data: https://fastapi.tiangolo.com; connect-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )

    @router.get("/openapi.json")
    async def openapi() -> JSONResponse:
        if app.openapi_schema is None:
            app.openapi_schema = document(app)
        return JSONResponse(app.openapi_schema)

    @router.get("/docs")
    async def docs() -> HTMLResponse:
        return HTMLResponse(page, headers={"Content-Security-Policy": policy})

    return router


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
