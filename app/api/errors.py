"""The one table from errors to HTTP statuses, and the problem documents (RFC 9457) that carry them."""

from __future__ import annotations

import math
import random
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from app.errors import (
    AccessError,
    Busy,
    Cancelled,
    DeadlinePassed,
    EngineError,
    Invalid,
    NotReady,
    SejulError,
    SetupError,
    TooLarge,
    TooSlow,
    Unreadable,
    Unsupported,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI, Request

CLIENT_GONE = 499
# The status of each error; an error that is not named here has that of its nearest named ancestor.
STATUS: dict[type[SejulError], int] = {
    Unreadable: 400,
    AccessError: 401,
    TooSlow: 408,
    TooLarge: 413,
    Unsupported: 415,
    Invalid: 422,
    Busy: 429,
    Cancelled: CLIENT_GONE,
    SetupError: 500,
    EngineError: 502,
    NotReady: 503,
    DeadlinePassed: 504,
    SejulError: 500,
}
PROBLEM = "application/problem+json"

_HTTP_CODES = {404: "not_found", 405: "method_not_allowed"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,39}")


class FieldProblem(BaseModel):
    """What is wrong with one field; never what was in it."""

    field: str
    reason: str


class Problem(BaseModel):
    """An error as RFC 9457 has it; `code` is stable, `detail` is for people."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    request_id: str
    errors: list[FieldProblem] | None = None


class InvalidFields(Invalid):
    """Fields that are unknown, missing or out of their range, each with its reason."""

    def __init__(self, fields: Sequence[FieldProblem]) -> None:
        super().__init__("; ".join(f"{f.field}: {f.reason}" for f in fields[:5]))
        self.fields = list(fields)


def status_of(error: type[SejulError]) -> int:
    """The HTTP status of an error."""
    return next(STATUS[cls] for cls in error.__mro__ if cls in STATUS)


def invalid_fields(error: ValidationError | RequestValidationError) -> InvalidFields:
    """What pydantic found, without the input: its messages name types and limits, and only tame names are told."""
    return InvalidFields(
        [FieldProblem(field=_field(e["loc"]), reason=str(e["msg"])) for e in error.errors()[:20]]
    )


def problem(request: Request, error: SejulError) -> JSONResponse:
    """The answer to a request that failed."""
    status = status_of(type(error))
    fields = error.fields if isinstance(error, InvalidFields) else None
    response = _document(request, status, error.code, str(error), fields)
    if isinstance(error, Busy):
        # Spread out, so that the clients refused in one second do not all come back in one.
        response.headers["Retry-After"] = str(math.ceil(error.retry_after_s * random.uniform(1.0, 1.5)))  # noqa: S311 - no secret
    elif error.retryable:
        response.headers["Retry-After"] = "1"
    if isinstance(error, AccessError):
        response.headers["WWW-Authenticate"] = 'Bearer realm="sejul"'
    if isinstance(error, (TooSlow, NotReady)):
        response.headers["Connection"] = "close"
    return response


def unexpected(request: Request) -> JSONResponse:
    """The answer where the server itself went wrong: nothing of what it was doing is told."""
    return _document(request, 500, "internal", "the server made a mistake; its log has the request id")


def _document(
    request: Request, status: int, code: str, detail: str, errors: list[FieldProblem] | None = None
) -> JSONResponse:
    request.state.outcome = code
    body = Problem(
        type=f"urn:sejul:problem:{code}",
        title=_title(status),
        status=status,
        code=code,
        detail=detail,
        request_id=getattr(request.state, "request_id", "-"),
        errors=errors,
    )
    return JSONResponse(body.model_dump(exclude_none=True), status, media_type=PROBLEM)


def _title(status: int) -> str:
    # nginx's number for a client that left; nobody reads it but the log.
    return "Client Closed Request" if status == CLIENT_GONE else HTTPStatus(status).phrase


def _field(loc: tuple[int | str, ...]) -> str:
    """The path of a field; a name that a client made up may be anything, so only plain ones are repeated."""
    parts = [str(p) if isinstance(p, int) or _NAME.fullmatch(p) else "?" for p in loc]
    return ".".join(p for p in parts if p not in {"body", "query"} or len(parts) == 1) or "body"


async def _on_error(request: Request, error: Exception) -> JSONResponse:
    return problem(request, cast("SejulError", error))


async def _on_validation(request: Request, error: Exception) -> JSONResponse:
    return problem(request, invalid_fields(cast("RequestValidationError", error)))


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    status = cast("HTTPException", error).status_code
    response = _document(
        request, status, _HTTP_CODES.get(status, "http_error"), f"{HTTPStatus(status).phrase} here"
    )
    response.headers.update(cast("HTTPException", error).headers or {})
    return response


def install(app: FastAPI) -> None:
    """Every error of the app, and of the framework below it, becomes a problem document."""
    app.add_exception_handler(SejulError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)


_MEANINGS = {
    400: "Not text, not JSON, or JSON with a key twice",
    401: "No key, or a wrong one",
    408: "The body came too slowly",
    413: "Over SEJUL_MAX_CHARS",
    415: "A media type, a charset or a content coding that is not served",
    422: "A field is unknown, missing or out of its range",
    429: "The queue is full, or the key is over its rate; see Retry-After",
    503: "Loading, or stopping",
    504: "The deadline passed before the extracted lines were there",
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem answers of a route, for the OpenAPI document."""
    return {
        status: {
            "description": _MEANINGS[status],
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }
