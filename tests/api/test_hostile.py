"""Hostile pages over HTTP: each is answered, and the server is well afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench.hostile import CORPUS

if TYPE_CHECKING:
    import httpx


@pytest.mark.parametrize("name", CORPUS)
def test_hostile_pages_are_answered(client: httpx.Client, name: str) -> None:
    """Each page of the hostile corpus comes back with 200."""
    assert client.post("/summarize", json={"text": CORPUS[name](4000)}).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_million_line_breaks(client: httpx.Client) -> None:
    """More line breaks than a page has characters are too large, whatever is between them."""
    answer = client.post("/summarize", content=b"\n" * 1_000_000, headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
