"""A page's text into its articles and what is skipped."""

from __future__ import annotations

import re

from app.domain import Article, Block, BlockKind, Byline, Span, Split, Traced
from app.text.normalize import normalize

_BYLINE = re.compile(r"(?P<name>[가-힣]{2,4}) 기자(?:\s+(?P<email>\S+@\S+))?\s*$")


def split(source: str) -> Split:
    """The articles of a page; every non-space character lies in one article or one skipped block."""
    page = normalize(source)
    articles: list[Article] = []
    blocks: list[Block] = []
    lines = [(m.start(), m.end()) for m in re.finditer(r"\S[^\n]*", page.text)]
    pending: list[tuple[int, int]] = []
    for lo, hi in lines:
        pending.append((lo, hi))
        match = _BYLINE.search(page.text[lo:hi])
        if match and hi - lo < 60:  # noqa: PLR2004
            byline = Byline(match["name"], match["email"])
            articles.append(_article(page, pending, byline, len(articles), blocks))
            pending = []
    blocks.extend(Block(BlockKind.FURNITURE, span, None) for lo, hi in pending for span in page.spans(lo, hi))
    return Split(source, tuple(articles), tuple(blocks))


def single(headline: str | None, body: str) -> Split:
    """One article that was sent already split; offsets are into `body`."""
    page = normalize(body)
    spans = page.spans()
    article = Article(headline, page, spans=spans)
    return Split(body, (article,), tuple(Block(BlockKind.BODY, span, 0) for span in spans))


def _article(
    page: Traced, lines: list[tuple[int, int]], byline: Byline, index: int, blocks: list[Block]
) -> Article:
    head, *rest, last = [lines[0], *lines[1:]] if len(lines) > 1 else [lines[0], lines[0]]
    for kind, (lo, hi) in [
        (BlockKind.HEADLINE, head),
        *((BlockKind.BODY, r) for r in rest),
        (BlockKind.BYLINE, last),
    ]:
        blocks.extend(Block(kind, span, index) for span in page.spans(lo, hi))
    text = "\n".join(page.text[lo:hi] for lo, hi in rest)
    starts: list[int] = []
    ends: list[int] = []
    for n, (lo, hi) in enumerate(rest):
        if n:
            starts.append(page.starts[lo])
            ends.append(page.starts[lo])
        starts.extend(page.starts[lo:hi])
        ends.extend(page.ends[lo:hi])
    body = Traced(text, page.source, starts, ends)
    spans = tuple(span for lo, hi in lines for span in page.spans(lo, hi))
    return Article(page.text[head[0] : head[1]], body, bylines=(byline,), spans=_merge(spans))


def _merge(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return spans
