"""The routes; no error is caught here."""

from __future__ import annotations

from fastapi import APIRouter, Request

from app.api.labels import Labels
from app.api.schemas import SummarizeRequest, SummarizeResponse, response
from app.pipeline import Desk, summarize_page

router = APIRouter()


@router.post("/summarize")
async def summarize(request: Request, body: SummarizeRequest) -> SummarizeResponse:
    """A page's articles, each with a headline and its lines."""
    drafter = request.app.state.drafter
    result = await summarize_page(body.text or "", body.options, Desk(drafter))
    labels = Labels.of(request.app.state.settings)
    return response(result, drafter.info, frozenset(body.include), labels)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}
