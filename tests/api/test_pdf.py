"""POST /pdf: the text of born-digital pages, and what happens to files that are none."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from app.api.pdf import read_pages
from app.errors import Unreadable
from tests.typeset import CHROMIUM, columns, typeset

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

PDF = {"content-type": "application/pdf"}
BODY = [
    "해온시가 올겨울 제설차를 12대 늘린다. 시는 20일 제설 대책을 내놓고 다음 달 1일부터 상황실을 연다고 밝혔다.",
    "지난해에는 눈길 사고가 47건 있었다. 시는 염화칼슘 480t을 미리 사들였고 비탈길 31곳에 열선을 깔았다.",
]


@pytest.mark.system
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium to typeset with: apt-get install chromium")
def test_a_typeset_page_comes_back_as_text_that_can_be_summarized(
    client: httpx.Client, tmp_path: Path
) -> None:
    """Two steps: the text of the page, then its summary, whose offsets are into that text."""
    content = f"<h1>해온시, 제설차 12대 늘린다</h1>{columns(BODY, '한서윤 기자 seoyun@haeon.example', 2)}"
    (text,) = client.post("/pdf", content=typeset(content, tmp_path), headers=PDF).json()["pages"]
    assert "제설차를 12대 늘린다" in text.replace("\n", "")
    (article,) = client.post("/summarize", json={"text": text}).json()["articles"]
    assert article["headline"] == "해온시, 제설차 12대 늘린다"


@pytest.mark.parametrize(
    ("raw", "kind", "status", "code"),
    [
        (b"%PDF-1.7\nnothing more", "application/pdf", 400, "unreadable_body"),
        (b"plain text", "application/pdf", 400, "unreadable_body"),
        (b"%PDF-1.7", "text/plain", 415, "unsupported_media_type"),
        (b"%PDF-1.7" + bytes(33 * 2**20), "application/pdf", 413, "too_large"),
    ],
)
def test_what_is_no_pdf_is_refused(
    client: httpx.Client, raw: bytes, kind: str, status: int, code: str
) -> None:
    """A problem document, as everywhere."""
    answer = client.post("/pdf", content=raw, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_key_is_asked_for(serve: Callable[..., httpx.Client]) -> None:
    """As for /summarize."""
    client = serve(api_keys="desk:secret")
    assert client.post("/pdf", content=b"%PDF-1.7", headers=PDF).status_code == 401


def test_a_file_that_takes_too_long_is_given_up() -> None:
    """The reader is a process that is killed; the server goes on."""
    with pytest.raises(Unreadable, match="within"):
        asyncio.run(read_pages(b"%PDF-1.7", seconds=0.001))
