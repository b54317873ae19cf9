"""Quoted text: what stands between quotation marks, whatever their shape."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class Quotation(NamedTuple):
    """The text between two quotation marks; `start` and `end` are of that text."""

    text: str
    start: int
    end: int


# A straight mark closes what a straight mark opened; an apostrophe inside a Latin word opens nothing.
_PAIRS = re.compile(
    r"“(?P<a>[^“”]+)”|‘(?P<b>[^‘’]+)’|「(?P<c>[^「」]+)」|『(?P<d>[^『』]+)』|〈(?P<e>[^〈〉]+)〉|《(?P<f>[^《》]+)》"
    r"|\"(?P<g>[^\"]+)\"|(?<![A-Za-z0-9])'(?P<h>[^'\n]+)'(?![A-Za-z])|`(?P<i>[^`'\n]+)['`]|<(?P<j>[^<>\n]{1,40})>"
)
_OPEN = re.compile(r"(?:^|[\s,…])[“‘\"'](?P<rest>[가-힣][^”’\"']*)$")
_ELLIPSIS = re.compile(r"…+|\.{2,}|⋯+")
_MARKS = re.compile(r"[\s'\"“”‘’「」『』〈〉《》<>`()\[\]·ㆍ・,.…!?]")


def quotations(text: str) -> tuple[Quotation, ...]:
    """What `text` quotes, outermost marks only, in order."""
    return tuple(
        Quotation(m[m.lastgroup], m.start(m.lastgroup), m.end(m.lastgroup))
        for m in _PAIRS.finditer(text)
        if m.lastgroup is not None
    )


def unclosed(text: str) -> tuple[Quotation, ...]:
    """What follows a mark that opens and is never closed, to the end of `text`."""
    last = max((q.end for q in quotations(text)), default=0)
    m = _OPEN.search(text, last)
    return (Quotation(m["rest"], m.start("rest"), m.end("rest")),) if m else ()


def squeeze(text: str) -> str:
    """`text` without spaces and marks, in NFKC: what two quotations are compared by."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def pieces(quotation: str) -> tuple[str, ...]:
    """The parts of a quotation between ellipses, squeezed; each has to be verbatim by itself."""
    return tuple(part for part in (squeeze(p) for p in _ELLIPSIS.split(quotation)) if part)
