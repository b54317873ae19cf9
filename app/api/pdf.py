"""POST /pdf: a born-digital PDF page to its text, which is then sent to /summarize like any other.

Two steps, since offsets are into the text as it was submitted: the client has to have that text.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import suppress

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from app.api.body import read_body, until_gone
from app.api.errors import documented
from app.api.routes import In, key
from app.errors import InputError, TooLarge, Unreadable, Unsupported
from app.text.pdf import is_pdf

# A broadsheet with its photographs is 5 to 20 MB; SEJUL_BUFFER_BYTES bounds what all requests hold together.
_MOST_BYTES = 32 * 2**20
_SECONDS = 30.0

uploads = APIRouter(dependencies=[Depends(key)])


class PdfOut(BaseModel):
    """The text of each page, in reading order."""

    pages: list[str]


@uploads.post(
    "/pdf",
    responses=documented(400, 401, 408, 413, 415, 429, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def pdf(request: Request, service: In) -> PdfOut:
    """The text of a born-digital PDF, page by page; a scanned page needs OCR first."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/pdf":
        raise Unsupported("send a PDF as application/pdf; text goes to /summarize itself")
    service.admission.check_open()
    client = request.client.host if request.client else "-"
    service.rate.take(getattr(request.state, "key", client))
    with service.admission.buffer() as buffer:
        raw = await read_body(request, buffer, service.settings, _MOST_BYTES)
        if not is_pdf(raw):
            raise Unreadable("this is not a PDF")
        async with service.admission.place():
            return PdfOut(pages=await until_gone(request, read_pages(raw)))


async def read_pages(raw: bytes, seconds: float = _SECONDS) -> list[str]:
    """The text of each page, read in a process of its own.

    Raises:
        Unreadable: it is broken, locked, or holds only pictures; or reading it took too long or broke the reader.
        TooLarge: it has too many pages, or too much on one.
    """
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app.text.pdf_process",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(seconds):
            out, _ = await child.communicate(raw)
    except TimeoutError as exc:
        raise Unreadable(
            f"the PDF could not be read within {seconds:g} seconds; send it page by page"
        ) from exc
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()
    if child.returncode:
        raise Unreadable("the PDF broke its reader; save it anew, or send the text")
    answer = json.loads(out)
    if "pages" in answer:
        pages: list[str] = answer["pages"]
        return pages
    known: dict[str, type[InputError]] = {TooLarge.code: TooLarge}
    raise known.get(answer["code"], Unreadable)(answer["detail"])
