"""Bad input that nobody thought of: no 5xx, no hang, only documented answers."""

from __future__ import annotations

import json
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr
from schemathesis.specs.openapi.checks import ignored_auth, missing_required_header, positive_data_acceptance

from app.api import create_app
from app.api.decoding import Sent, summarize_request
from app.engine.extractive import ExtractiveEngine
from app.errors import InputError
from app.settings import Settings
from tests.api.conftest import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import Case

# What the checks import when they first run: pytest rewrites it then, deep in hypothesis' stack, where CPython 3.11's
# parser may lose count of its depth (SystemError: AST constructor recursion depth mismatch).
for _name in (
    "specs.openapi.object_authorization",
    "specs.openapi.validation",
    "core.error_feedback.collector",
):
    import_module(f"schemathesis.{_name}")

KEY = "key-of-the-fuzzer"
api = schemathesis.openapi.from_dict(create_app(Settings(), ExtractiveEngine()).openapi())


@schemathesis.serializer("application/pdf")
def as_pdf(_ctx: object, value: object) -> bytes:
    """What schemathesis makes for a PDF's body: bytes, nearly never a PDF."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


TYPES = st.sampled_from(
    [
        "application/json",
        "text/plain",
        "text/plain; charset=cp949",
        "text/plain; charset=utf-16",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json; charset",
        "",
        ";;;",
    ]
)
HEADS = [
    b"",
    b"\xef\xbb\xbf",
    b'{"text": "',
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
    b'--x\r\nContent-Disposition: form-data; name="lines"\r\n\r\n',
]


@pytest.fixture(scope="module")
def keyed() -> Iterator[str]:
    """The URL of a server that asks for a key, once it is ready: until then /readyz says 503, as it should."""
    with serving(create_app(Settings(api_keys=SecretStr(f"fuzzer:{KEY}")), ExtractiveEngine())) as url:
        until = time.monotonic() + 120
        while httpx.get(f"{url}/readyz", trust_env=False).status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.1)
        yield url


@pytest.mark.slow
@api.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_document_holds(case: Case[Any], keyed: str) -> None:
    """Whatever schemathesis makes of the document, good or bad, gets an answer that the document knows."""
    case.headers["Authorization"] = f"Bearer {KEY}"
    # The key is put in by this test (test_access takes it away again), and some of what the document allows is
    # refused for what it means: an engine that is not loaded here.
    excluded = [positive_data_acceptance, ignored_auth, missing_required_header]
    case.call_and_validate(base_url=keyed, excluded_checks=excluded, timeout=30)


@given(
    body=st.one_of(
        st.binary(max_size=400),
        st.builds(lambda a, b: a + b, st.sampled_from(HEADS), st.binary(max_size=200)),
    ),
    kind=TYPES,
)
@settings(max_examples=400, deadline=None)
def test_any_bytes_are_decoded_or_refused(body: bytes, kind: str) -> None:
    """Any bytes under any content type are a request or an error of ours."""
    try:
        request = summarize_request(Sent(body, kind, {}), 200_000)
    except InputError as error:
        assert error.code  # noqa: PT017 - either way out is right
    else:
        assert request.chars >= 0


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = st.sampled_from(["text", "articles", "lines", "style", "engine", "include", "headline", "body", "x"])


@given(st.dictionaries(FIELDS, JSON, max_size=5))
@settings(max_examples=300, deadline=None)
def test_any_json_is_a_request_or_refused(fields: dict[str, object]) -> None:
    """Any JSON object is a request or an error of ours, surrogates and infinities among its values."""
    try:
        body = json.dumps(fields).encode()
        summarize_request(Sent(body, "application/json", {}), 200_000)
    except InputError as error:
        assert "Traceback" not in str(error)  # noqa: PT017 - either way out is right


@pytest.mark.slow
@given(st.text(st.characters(), max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_answered(client: httpx.Client, text: str) -> None:
    """Any text that is text is answered with 200, the same each time, nothing of it lost."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        return
    first = client.post("/summarize", json={"text": text, "include": ["skipped"]})
    again = client.post("/summarize", json={"text": text, "include": ["skipped"]})
    assert first.status_code == 200
    left, right = first.json(), again.json()
    assert left | {"timings_ms": 0} == right | {"timings_ms": 0}
    for block in left["skipped"]:
        assert block["text"] == text[slice(*block["span"])]
