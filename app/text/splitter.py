"""A page's text into its articles and what is skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.domain import Article, Block, BlockKind, Byline, Span, Split, Traced
from app.text import bylines, lines, path, repair, traits
from app.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.lines import Line
    from app.text.path import Placed


@dataclass(slots=True)
class _Draft:
    """An article as it is being put together: the numbers of its lines, by part."""

    headline: list[int] = field(default_factory=list)
    subheads: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    people: list[Byline] = field(default_factory=list)


def split(source: str) -> Split:
    """The articles of a page; every non-space character lies in one article or one skipped block."""
    page = normalize(source)
    read = lines.read(page.text)
    placed = path.find(read, traits.measure(read))
    owners = _owners(placed)
    articles = _articles(page, read, placed, owners)
    blocks = _blocks(page, read, placed, owners)
    return Split(source, articles, blocks)


def single(headline: str | None, body: str) -> Split:
    """One article that was sent already split; offsets are into `body`."""
    page = normalize(body)
    read = lines.read(page.text)
    placed = [
        p
        if not p.kind.in_article or p.part in ("lead", "body", "by")
        else p._replace(kind=BlockKind.BODY, part="body")
        for p in path.find(read, traits.measure(read))
    ]
    owners: list[int | None] = [0 if p.kind.in_article else None for p in placed]
    article = _article(
        page, read, placed, [n for n, o in enumerate(owners) if o == 0], traits.page_width(read)
    )
    blocks = _blocks(page, read, placed, owners)
    spans = _spans(blocks).get(0, ())
    return Split(
        body, (Article(headline, article.body, (), article.bylines, article.dateline, spans),), blocks
    )


def _owners(placed: Sequence[Placed]) -> list[int | None]:
    """For each line the article that holds it."""
    owners: list[int | None] = []
    index, open_article = -1, False
    for p in placed:
        if not p.kind.in_article:
            if p.part == "@out":
                open_article = False
            owners.append(None)
            continue
        if p.part == "head" or not open_article:
            index += 1
            open_article = True
        owners.append(index)
    return owners


def _articles(
    page: Traced, read: Sequence[Line], placed: Sequence[Placed], owners: Sequence[int | None]
) -> tuple[Article, ...]:
    members: dict[int, list[int]] = {}
    for n, owner in enumerate(owners):
        if owner is not None:
            members.setdefault(owner, []).append(n)
    blocks = _blocks(page, read, placed, owners)
    width = traits.page_width(read)
    spans = _spans(blocks)
    found = []
    for index, numbers in members.items():
        article = _article(page, read, placed, numbers, width)
        found.append(
            Article(
                article.headline,
                article.body,
                article.subheads,
                article.bylines,
                article.dateline,
                spans[index],
            )
        )
    return tuple(found)


def _article(
    page: Traced, read: Sequence[Line], placed: Sequence[Placed], numbers: Sequence[int], width: int
) -> Article:
    draft = _Draft()
    dateline: str | None = None
    parts: list[Span] = []
    breaks: list[bool] = []
    last_part = ""
    for n in numbers:
        line, part = read[n], placed[n].part
        if part in ("head", "head+"):
            draft.headline.append(n)
        elif part in ("sub", "inner"):
            draft.subheads.append(n)
        elif part in ("by", "by<"):
            draft.people.extend(bylines.byline(line.text) or ())
        else:
            lo, hi = line.start, line.end
            text = page.text[lo:hi]
            start = bylines.opening(text)
            if start is not None:
                draft.people.extend(start.bylines)
                dateline = dateline or start.dateline
                lo += start.end
            end = bylines.closing(text)
            if end is not None and lo + 1 < line.start + end.start:
                draft.people.extend(end.bylines)
                hi = line.start + end.start
            lo, hi = _strip(page.text, lo, hi)
            if lo < hi:
                before = page.text[parts[-1].start : parts[-1].end] if parts else ""
                breaks.append(
                    bool(parts)
                    and (last_part not in ("lead", "body") or repair.ends_paragraph(before, width))
                )
                parts.append(Span(lo, hi))
        last_part = part
    return Article(
        _said(read, draft.headline) or None,
        repair.join(page, parts, breaks),
        tuple(read[n].text for n in draft.subheads),
        tuple(dict.fromkeys(draft.people)),
        dateline,
    )


def _strip(text: str, lo: int, hi: int) -> tuple[int, int]:
    while lo < hi and text[lo].isspace():
        lo += 1
    while lo < hi and text[hi - 1].isspace():
        hi -= 1
    return lo, hi


def _said(read: Sequence[Line], numbers: Sequence[int]) -> str:
    said = ""
    for n in numbers:
        said += repair.between(said, read[n].text) + read[n].text
    return said


def _blocks(
    page: Traced, read: Sequence[Line], placed: Sequence[Placed], owners: Sequence[int | None]
) -> tuple[Block, ...]:
    """The page's blocks in the submitted text; they hold every character that is not a space."""
    found: list[Block] = []
    for line, p, owner in zip(read, placed, owners, strict=True):
        span = Span(page.starts[line.start], page.ends[line.end - 1])
        last = found[-1] if found else None
        if last is not None and line.gap == 0 and last.kind == p.kind and last.article == owner:
            found[-1] = Block(last.kind, Span(last.span.start, span.end), owner, last.why)
        else:
            found.append(Block(p.kind, span, owner, p.why))
    return _covering(page.source, found)


def _covering(source: str, blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks, stretched over what normalising dropped between them: zero-width characters, controls."""
    if not blocks:
        lo, hi = _strip(source, 0, len(source))
        return (Block(BlockKind.FURNITURE, Span(lo, hi), None),) if lo < hi else ()
    found: list[Block] = []
    edge = 0
    for n, block in enumerate(blocks):
        start = block.span.start
        lo, hi = _strip(source, edge, start)
        if lo < hi and n == 0:
            start = lo
        elif lo < hi:
            last = found[-1]
            found[-1] = Block(last.kind, Span(last.span.start, hi), last.article, last.why)
        found.append(Block(block.kind, Span(start, block.span.end), block.article, block.why))
        edge = block.span.end
    lo, hi = _strip(source, edge, len(source))
    if lo < hi:
        last = found[-1]
        found[-1] = Block(last.kind, Span(last.span.start, hi), last.article, last.why)
    return tuple(found)


def _spans(blocks: Sequence[Block]) -> dict[int, tuple[Span, ...]]:
    """Where each article stands: one span for each run of its blocks that nothing interrupts."""
    found: dict[int, list[Span]] = {}
    last: int | None = None
    for block in blocks:
        if block.article is not None:
            own = found.setdefault(block.article, [])
            if last == block.article:
                own[-1] = Span(own[-1].start, block.span.end)
            else:
                own.append(block.span)
        last = block.article
    return {index: tuple(spans) for index, spans in found.items()}
