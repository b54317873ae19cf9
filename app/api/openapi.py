"""What FastAPI cannot know for the OpenAPI document: bodies in three media types, events, problem documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.api.errors import Problem
from app.api.export import MEDIA_TYPES
from app.api.requests import SplitRequest, SummarizeRequest
from app.api.stream import NDJSON, ArticleEvent, DoneEvent, ErrorEvent

if TYPE_CHECKING:
    from fastapi import FastAPI

_REF = "#/components/schemas/{model}"
_PAGE = {"type": "string", "description": "The page itself; options go into the query."}
_DESCRIPTION = (
    "A Korean newspaper page in; its articles out, each with a headline and lines that are true. "
    "Offsets are code points into the text as it was submitted, end exclusive."
)


def summarize_body() -> dict[str, Any]:
    """The request body of POST /summarize."""
    options = SummarizeRequest.model_json_schema()["properties"]
    return _body("SummarizeRequest", {name: options[name] for name in ("lines", "engine", "include")})


def split_body() -> dict[str, Any]:
    """The request body of POST /split."""
    return _body("SplitRequest", {})


def _body(model: str, options: dict[str, Any]) -> dict[str, Any]:
    file = {"type": "string", "format": "binary", "description": "UTF-8, with or without BOM, or CP949."}
    form = {
        "type": "object",
        "properties": {"file": file, **options},
        "required": ["file"],
        "additionalProperties": False,
    }
    return {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": _REF.format(model=model)}},
            "text/plain": {"schema": _PAGE},
            "multipart/form-data": {"schema": form},
        },
    }


def events() -> dict[str, Any]:
    """The media type of a streamed answer."""
    names = ("ArticleEvent", "DoneEvent", "ErrorEvent")
    export: dict[str, Any] = {"schema": {"description": "With `format`: another format of the same."}}
    return {
        **{kind.partition(";")[0]: export for kind in MEDIA_TYPES.values() if kind != "application/json"},
        NDJSON: {
            "schema": {
                "type": "string",
                "description": "One JSON object a line: article events, then one done or error event.",
                "x-events": [{"$ref": _REF.format(model=name)} for name in names],
            }
        },
    }


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the app."""
    found = get_openapi(title=app.title, version=app.version, description=_DESCRIPTION, routes=app.routes)
    _, inputs = models_json_schema(
        [(model, "validation") for model in (SummarizeRequest, SplitRequest)], ref_template=_REF
    )
    _, outputs = models_json_schema(
        [(model, "serialization") for model in (ArticleEvent, DoneEvent, ErrorEvent, Problem)],
        ref_template=_REF,
    )
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in {**inputs["$defs"], **outputs["$defs"]}.items():
        schemas.setdefault(name, schema)
    summarized = found["paths"]["/summarize"]["post"]["responses"]["200"]["content"]["application/json"]
    ninjs = {"type": "object", "title": "ninjs 3.3, with `format=ninjs`", "required": ["uri", "standard"]}
    summarized["schema"] = {"anyOf": [summarized["schema"], ninjs]}
    # FastAPI documents its own shape of a validation error, which this app never answers with.
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    return found
