"""The OpenAPI document: current, true to what is answered, and without a hole that a fuzzer finds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from app.api import create_app
from app.engine.extractive import ExtractiveEngine
from app.settings import Settings

if TYPE_CHECKING:
    import httpx

FILE = Path(__file__).parents[2] / "docs" / "openapi.json"


def document() -> dict[str, Any]:
    """The document of an app with default settings."""
    return create_app(Settings(), ExtractiveEngine()).openapi()


def schema(name: str) -> dict[str, Any]:
    """A named schema, with all that it may refer to."""
    components = document()["components"]
    return {"$ref": f"#/components/schemas/{name}", "components": components}


def test_the_document_in_the_repository_is_current() -> None:
    """docs/openapi.json is what the server serves; `python -m app.api > docs/openapi.json` makes it."""
    assert json.loads(FILE.read_text(encoding="utf-8")) == document()


def test_answers_are_as_documented(client: httpx.Client, page: str) -> None:
    """What comes back satisfies its schema, with everything included and with nothing."""
    for include in ([], ["body", "skipped"]):
        answer = client.post("/summarize", json={"text": page, "include": include}).json()
        jsonschema.validate(answer, schema("SummarizeResponse"))
        answer = client.post("/split", json={"text": page, "include": include}).json()
        jsonschema.validate(answer, schema("SplitResponse"))
    jsonschema.validate(client.get("/models").json(), schema("ModelsOut"))


def test_problems_are_as_documented(client: httpx.Client) -> None:
    """A problem document satisfies its schema."""
    jsonschema.validate(client.post("/summarize", json={}).json(), schema("Problem"))


def test_events_are_as_documented(client: httpx.Client, page: str) -> None:
    """Each event of a stream satisfies its schema."""
    answer = client.post("/summarize", json={"text": page}, headers={"accept": "application/x-ndjson"})
    for line in answer.text.splitlines():
        event = json.loads(line)
        jsonschema.validate(event, schema(event["event"].title() + "Event"))


@pytest.mark.parametrize(("path", "method"), [("/summarize", "post"), ("/split", "post")])
def test_every_answer_is_in_the_document(path: str, method: str) -> None:
    """Three ways in, a key, and every status that can come out are written down."""
    operation = document()["paths"][path][method]
    assert set(operation["requestBody"]["content"]) == {
        "application/json",
        "text/plain",
        "multipart/form-data",
    }
    assert set(operation["responses"]) >= {
        "200", "400", "401", "408", "413", "415", "422", "429", "503", "504",
    }  # fmt: skip
    assert operation["security"] == [{"HTTPBearer": []}]
