"""A page's text into its articles and what is skipped."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.domain import Article, Block, BlockKind, Byline, Span, Split, Traced
from app.text import bylines, lines, path, repair, traits
from app.text.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.text.lines import Line
    from app.text.path import Placed
    from app.text.traits import Traits

# What is taken off an article that was sent already split.
_OFF_A_BODY = frozenset({BlockKind.BYLINE, BlockKind.CAPTION, BlockKind.FURNITURE})
# What says that a line is of a picture. A sentence in -고 있다 that a page would take for a caption by its place is
# body in an article sent on its own. In the development summaries 5 of 28 captions stay in by it: 2 sentences of the
# article, a heading, and 2 real captions whose agency (AP/뉴시스, 신화/뉴시스) is not read as an opening.
_OF_A_PICTURE = frozenset(
    {
        "credit",
        "agency credit",
        "weak credit",
        "credit line",
        "reporter credit",
        "caption mark",
        "caption head",
        "caption words",
        "opening",
    }
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A page with what its lines show, what they were found to be, and which article holds each."""

    page: Traced
    lines: Sequence[Line]
    shown: Sequence[Traits]
    placed: Sequence[Placed]
    owners: Sequence[int | None]
    words: frozenset[str]


# A heading's line among those of a body that was sent on its own.
_APART = "apart"


@dataclass(slots=True)
class _Parts:
    """An article's parts as they are gathered, line by line."""

    headline: str = ""
    subheads: list[str] = field(default_factory=list)
    people: list[Byline] = field(default_factory=list)
    dateline: str | None = None
    body: list[Span] = field(default_factory=list)
    breaks: list[bool] = field(default_factory=list)
    """For each part of the body whether a paragraph ends before it."""


def split(source: str) -> Split:
    """The articles of a page; every non-space character lies in one article or one skipped block."""
    page = normalize(source)
    read = lines.read(page.text)
    shown = traits.measure(read)
    placed = path.find(read, shown)
    reading = _Reading(page, read, shown, placed, _owners(placed), frozenset(page.text.split()))
    blocks = _blocks(reading)
    spans = _spans(blocks)
    members: dict[int, list[int]] = {}
    for n, owner in enumerate(reading.owners):
        if owner is not None:
            members.setdefault(owner, []).append(n)
    articles = (_article(reading, numbers, spans[index]) for index, numbers in members.items())
    return Split(source, tuple(articles), blocks)


def single(headline: str | None, body: str) -> Split:
    """One article that was sent already split; offsets are into `body`.

    Bylines, datelines, captions and furniture come off it; whatever else it holds is its body.
    """
    page = normalize(body)
    read = lines.read(page.text)
    shown = traits.measure(read)
    placed = [
        p if _off_a_body(p, shows) else p._replace(kind=BlockKind.BODY, part=_part_of_a_body(p))
        for p, shows in zip(path.find(read, shown, one=True), shown, strict=True)
    ]
    texts = [line.text for line in read]
    placed = [placed[n + 1] if _under_a_picture(texts, placed, n) else p for n, p in enumerate(placed)]
    owners = [0 if p.kind.in_article else None for p in placed]
    reading = _Reading(page, read, shown, placed, owners, frozenset(page.text.split()))
    blocks = _blocks(reading)
    numbers = [n for n, owner in enumerate(owners) if owner == 0]
    article = _article(reading, numbers, _spans(blocks).get(0, ()))
    return Split(body, (replace(article, headline=headline),), blocks)


def _off_a_body(placed: Placed, shows: Traits) -> bool:
    """Whether a line of an article sent on its own is none of its text."""
    if placed.kind is BlockKind.CAPTION:
        return not _OF_A_PICTURE.isdisjoint(shows)
    return placed.kind in _OFF_A_BODY


def _under_a_picture(texts: Sequence[str], placed: Sequence[Placed], n: int) -> bool:
    """해온 앞바다 일출 / [가온통신 자료사진]: a line without an end, right before whose picture it is and nothing else."""
    if (
        n + 1 >= len(texts)
        or placed[n].kind is not BlockKind.BODY
        or placed[n + 1].kind is not BlockKind.CAPTION
    ):
        return False
    credit, line = texts[n + 1].strip(), texts[n].strip()
    alone = credit.startswith("[") and credit.endswith("]") and credit.count("[") == 1
    return alone and len(line) <= _LONGEST_UNDER and line[-1:] not in ".?!…" and n > 0


_LONGEST_UNDER = 40  # Characters.


def _part_of_a_body(placed: Placed) -> str:
    """What a line is in the body of an article sent on its own: a heading there is a paragraph by itself."""
    return _APART if placed.kind in {BlockKind.HEADLINE, BlockKind.SUBHEAD} else "body"


def _owners(placed: Sequence[Placed]) -> list[int | None]:
    """For each line the article that holds it."""
    owners: list[int | None] = []
    index, open_article = -1, False
    for p in placed:
        if not p.kind.in_article:
            open_article = open_article and p.part != "@out"
            owners.append(None)
            continue
        if p.part == "head" or not open_article:
            index += 1
            open_article = True
        owners.append(index)
    return owners


def _article(reading: _Reading, numbers: Sequence[int], spans: tuple[Span, ...]) -> Article:
    """The article that the lines `numbers` make."""
    parts = _Parts()
    before: int | None = None
    for n in numbers:
        text, part = " ".join(reading.lines[n].text.split()), reading.placed[n].part
        if part in ("head", "head+"):
            full = n > 0 and "full" in reading.shown[n - 1]
            parts.headline += repair.between_heads(parts.headline, text, full=full) + text
        elif part in ("sub", "inner"):
            parts.subheads.append(text)
            before = None
        elif part in ("by", "by<"):
            parts.people.extend(bylines.byline(text) or ())
        elif _add_body(reading, n, before, parts):
            before = n
    return Article(
        parts.headline or None,
        repair.join(reading.page, parts.body, parts.breaks, reading.words),
        tuple(parts.subheads),
        tuple(dict.fromkeys(parts.people)),
        parts.dateline,
        spans,
    )


def _add_body(reading: _Reading, n: int, before: int | None, parts: _Parts) -> bool:
    """Add line `n` to the body, its wire opening and its byline taken off; False where nothing is left of it."""
    line, page = reading.lines[n], reading.page.text
    lo, hi = line.start, line.end
    opening = bylines.opening(page[lo:hi])
    if opening is not None:
        parts.people.extend(opening.bylines)
        parts.dateline = parts.dateline or opening.dateline
        lo += opening.end
    closing = bylines.closing(page[line.start : hi])
    if closing is not None and lo < line.start + closing.start:
        parts.people.extend(closing.bylines)
        hi = line.start + closing.start
    lo, hi = _strip(page, lo, hi)
    if lo >= hi:
        return False
    ends = (
        before is None
        or _APART in {reading.placed[before].part, reading.placed[n].part}
        or repair.ends_paragraph(reading.lines[before].text, full="full" in reading.shown[before])
    )
    parts.breaks.append(bool(parts.body) and ends)
    parts.body.append(Span(lo, hi))
    return True


def _strip(text: str, lo: int, hi: int) -> tuple[int, int]:
    while lo < hi and text[lo].isspace():
        lo += 1
    while lo < hi and text[hi - 1].isspace():
        hi -= 1
    return lo, hi


def _blocks(reading: _Reading) -> tuple[Block, ...]:
    """The page's blocks in the submitted text; they hold every character that is not a space."""
    found: list[Block] = []
    page = reading.page
    for line, p, owner in zip(reading.lines, reading.placed, reading.owners, strict=True):
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
