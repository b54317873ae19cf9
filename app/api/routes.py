"""The routes; no error is caught here."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer
from pydantic import BaseModel

from app.api.body import read_body, until_gone
from app.api.decoding import Sent, split_request, summarize_request
from app.api.errors import documented
from app.api.export import MEDIA_TYPES, Format, render
from app.api.logs import told
from app.api.models import ModelsOut, models_out
from app.api.openapi import events, split_body, summarize_body
from app.api.requests import SplitQuery, SummarizeQuery, SummarizeRequest
from app.api.schemas import Include, SplitResponse, SummarizeResponse, response, split_response
from app.api.service import Service
from app.api.stream import NDJSON, EventStream, Streamed, open_stream
from app.pipeline import Desk, Result, read_articles, read_page, summarize_articles, summarize_page

if TYPE_CHECKING:
    from app.pipeline import Reading

_WITH_BODY: frozenset[Include] = frozenset({"body"})
_POST = (400, 401, 408, 413, 415, 422, 429, 503, 504)


async def service_of(request: Request) -> Service:
    """The service of this process, opened if nobody has yet (an app that is driven without its lifespan)."""
    service: Service = request.app.state.service
    await service.open()
    return service


async def key(
    request: Request,
    service: Annotated[Service, Depends(service_of)],
    _shown: Annotated[object, Depends(HTTPBearer(auto_error=False, description="A key of SEJUL_API_KEYS"))],
) -> None:
    """Lets in who has a key; remembers its name for the log and for its rate."""
    if service.keys.required:
        request.state.key = service.keys.name_of(request.headers.get("authorization"))


async def sent_body(request: Request, service: Service, query: dict[str, Any]) -> Sent:
    """The body of a request that may be worked on, counted against its key's rate and the server's memory."""
    service.admission.check_open()
    client = request.client.host if request.client else "-"
    service.rate.take(getattr(request.state, "key", client))
    body = await read_body(request, request.state.buffer, service.settings)
    request.state.record["bytes"] = len(body)
    return Sent(body, request.headers.get("content-type", ""), query)


router = APIRouter()
keyed = APIRouter(dependencies=[Depends(key)])

In = Annotated[Service, Depends(service_of)]
SummarizeOptions = Annotated[SummarizeQuery, Query()]
SplitOptions = Annotated[SplitQuery, Query()]


@keyed.post(
    "/summarize",
    response_model=SummarizeResponse,
    responses={200: {"content": events()}, **documented(*_POST)},
    openapi_extra={"requestBody": summarize_body()},
)
async def summarize(request: Request, service: In, query: SummarizeOptions) -> Response:
    """A page's articles, each with a headline and its lines; what was skipped, by kind."""
    with service.admission.buffer() as request.state.buffer:
        sent = await sent_body(request, service, query.given)
        if query.format is None and NDJSON in request.headers.get("accept", ""):
            return await until_gone(request, _summarize_streaming(request, service, sent))
        return await until_gone(request, _summarize(request, service, sent, query.format))


async def _summarize(request: Request, service: Service, sent: Sent, form: Format | None) -> Response:
    async with service.admission.place():
        asked, desk = await _asked(request, service, sent)
        if asked.articles is None:
            result = await summarize_page(asked.text or "", asked.options, desk)
        else:
            result = await summarize_articles(asked.pairs, asked.options, desk)
        _count(request, service, result)
        included = asked.included if form is None else asked.included | _WITH_BODY

        def made() -> bytes:
            answer = response(result, desk.drafter.info, included, service.labels)
            return _json(answer) if form is None else render(answer, service.labels, form)

        body = await service.run(made)
        return Response(body, media_type="application/json" if form is None else MEDIA_TYPES[form])


async def _summarize_streaming(request: Request, service: Service, sent: Sent) -> EventStream:
    async with AsyncExitStack() as held:
        await held.enter_async_context(service.admission.place())
        asked, desk = await _asked(request, service, sent)
        reading: Reading
        if asked.articles is None:
            reading = await read_page(asked.text or "", desk)
        else:
            reading = await read_articles(asked.pairs, desk)

        def failed(code: str) -> None:
            request.state.outcome = code

        streamed = Streamed(
            reading, asked, desk, service.labels, lambda result: _count(request, service, result), failed
        )
        return await open_stream(held, streamed)


async def _asked(request: Request, service: Service, sent: Sent) -> tuple[SummarizeRequest, Desk]:
    asked = await service.run(lambda: summarize_request(sent, service.settings.max_chars))
    request.state.record |= {"chars": asked.chars, "lines": asked.lines, "style": asked.style.value}
    return asked, await service.desk(asked.engine)


def _count(request: Request, service: Service, result: Result) -> None:
    for brief in result.briefs:
        service.metrics.brief(brief)
    service.metrics.page(result.timings)
    request.state.record |= told(result)


@keyed.post(
    "/split",
    response_model=SplitResponse,
    responses=documented(*_POST),
    openapi_extra={"requestBody": split_body()},
)
async def split(request: Request, service: In, query: SplitOptions) -> Response:
    """A page's articles without summaries, what was skipped, and every block with its kind."""
    with service.admission.buffer() as request.state.buffer:
        sent = await sent_body(request, service, query.given)
        return await until_gone(request, _split(request, service, sent))


async def _split(request: Request, service: Service, sent: Sent) -> Response:
    async with service.admission.place():
        asked = await service.run(lambda: split_request(sent, service.settings.max_chars))
        reading = await read_page(asked.text, await service.desk(None))
        request.state.record |= {"chars": len(asked.text), "articles": len(reading.articles)}
        body = await service.run(lambda: _json(split_response(reading.splits[0], frozenset(asked.include))))
        return Response(body, media_type="application/json")


@keyed.get("/models", responses=documented(401, 503))
async def models(service: In) -> ModelsOut:
    """The engine that runs, how many articles it has before it, and the cards of this installation."""
    return await models_out(service)


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """The process lives."""
    return {"status": "ok"}


class ReadyOut(BaseModel):
    """Whether pages may be sent, and why not all is well where it is not."""

    status: str
    reason: str | None = None


@router.get(
    "/readyz", response_model=ReadyOut, responses={503: {"model": ReadyOut, "description": "Loading"}}
)
async def readyz(service: In) -> JSONResponse:
    """`ready`; `degraded` where pages come back extracted; 503 while loading or stopping."""
    status, reason = await asyncio.to_thread(service.readiness)
    return JSONResponse({"status": status, "reason": reason}, 200 if status in {"ready", "degraded"} else 503)


metered = APIRouter(dependencies=[Depends(key)])


@metered.get(
    "/metrics",
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **documented(401)},
)
async def metrics(service: In) -> Response:
    """What Prometheus scrapes."""
    return Response(
        await asyncio.to_thread(service.metrics.exposition),
        media_type="text/plain; version=0.0.4; charset=utf-8",
    )


def _json(model: BaseModel) -> bytes:
    return model.model_dump_json().encode()
