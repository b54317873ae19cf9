"""The responses of design: one place where values become JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from app.api.labels import Labels
from app.domain import BlockKind, HeadlineOrigin, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.domain import Article, Block, Brief, EngineInfo, Split
    from app.pipeline import Reading, Result, Timings

Include = Literal["body", "skipped"]
Offsets = tuple[int, int]


class Strict(BaseModel):
    """A shape in which a field that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# A field that is there only where `include` asks for it; absent otherwise, never null.
Included = Annotated[str | None, WithJsonSchema({"type": "string"})]


def _absent(value: object) -> bool:
    return value is None


class BylineOut(Strict):
    """Who wrote an article."""

    name: str
    email: str | None
    agency: str | None
    place: str | None


class NoticeOut(Strict):
    """Something the desk should know."""

    code: str
    line: int | None
    message: str


class ArticleOut(Strict):
    """An article with its headline and its lines."""

    index: int
    headline: str | None
    headline_origin: HeadlineOrigin | None
    subheads: list[str]
    bylines: list[BylineOut]
    summary: list[str]
    evidence: list[list[Offsets]]
    origins: list[Origin]
    spans: list[Offsets]
    notices: list[NoticeOut]
    body: Included = Field(default=None, exclude_if=_absent)


class SkippedOut(Strict):
    """A block that no article holds."""

    kind: BlockKind
    span: Offsets
    article: int | None
    text: Included = Field(default=None, exclude_if=_absent)


class SplitArticleOut(Strict):
    """An article as the page has it."""

    index: int
    headline: str | None
    headline_origin: HeadlineOrigin | None
    subheads: list[str]
    bylines: list[BylineOut]
    spans: list[Offsets]
    body: Included = Field(default=None, exclude_if=_absent)


class BlockOut(Strict):
    """A block of the page: what it is, where it stands, which article holds it."""

    kind: BlockKind
    span: Offsets
    article: int | None


class SplitResponse(Strict):
    """A page's articles without summaries, what was skipped, and every block."""

    articles: list[SplitArticleOut]
    skipped: list[SkippedOut]
    blocks: list[BlockOut]


class EngineOut(Strict):
    """What really ran."""

    name: str
    kind: str
    runtime: str | None
    device: str | None
    dtype: str | None
    revision: str | None
    prompt: str | None


class AiOut(Strict):
    """Whether anything was generated, and the label to publish with it."""

    generated: bool
    label: str


class TimingsOut(Strict):
    """Milliseconds a stage."""

    split: float
    select: float
    draft: float
    ground: float
    total: float


class SummarizeResponse(Strict):
    """A page's articles, what was skipped, and what ran."""

    articles: list[ArticleOut]
    skipped: list[SkippedOut]
    engine: EngineOut
    ai: AiOut
    timings_ms: TimingsOut


def article_out(brief: Brief, include: frozenset[Include]) -> ArticleOut:
    """A brief as JSON has it."""
    article = brief.article
    return ArticleOut(
        index=brief.index,
        headline=brief.headline,
        headline_origin=brief.headline_origin,
        subheads=list(article.subheads),
        bylines=_bylines(article),
        summary=[line.text for line in brief.lines],
        evidence=[[(s.start, s.end) for s in line.evidence] for line in brief.lines],
        origins=[line.origin for line in brief.lines],
        spans=[(s.start, s.end) for s in article.spans],
        notices=[NoticeOut(code=n.code, line=n.line, message=n.message) for n in brief.notices],
        body=article.body.text if "body" in include else None,
    )


def split_article_out(index: int, article: Article, include: frozenset[Include]) -> SplitArticleOut:
    """An article without a summary as JSON has it."""
    return SplitArticleOut(
        index=index,
        headline=article.headline,
        headline_origin=HeadlineOrigin.PAGE if article.headline else None,
        subheads=list(article.subheads),
        bylines=_bylines(article),
        spans=[(s.start, s.end) for s in article.spans],
        body=article.body.text if "body" in include else None,
    )


def _bylines(article: Article) -> list[BylineOut]:
    return [BylineOut(name=b.name, email=b.email, agency=b.agency, place=b.place) for b in article.bylines]


def skipped_out(
    block: Block, source: str, include: frozenset[Include], article: int | None = None
) -> SkippedOut:
    """A skipped block as JSON has it."""
    return SkippedOut(
        kind=block.kind,
        span=(block.span.start, block.span.end),
        article=article,
        text=source[block.span.start : block.span.end] if "skipped" in include else None,
    )


def engine_out(info: EngineInfo) -> EngineOut:
    """What really ran, as JSON has it."""
    return EngineOut(
        name=info.name, kind=info.kind, runtime=info.runtime, device=info.device,
        dtype=info.dtype, revision=info.revision, prompt=info.prompt,
    )  # fmt: skip


def ai_out(briefs: Iterable[Brief], labels: Labels) -> AiOut:
    """Generated, if a single line or headline is a model's."""
    generated = any(
        brief.headline_origin is HeadlineOrigin.GENERATED
        or any(x.origin is Origin.MODEL for x in brief.lines)
        for brief in briefs
    )
    return AiOut(generated=generated, label=labels.text(generated=generated))


def timings_out(timings: Timings) -> TimingsOut:
    """Milliseconds to a tenth."""
    return TimingsOut(
        split=round(timings.split, 1), select=round(timings.select, 1), draft=round(timings.draft, 1),
        ground=round(timings.ground, 1), total=round(timings.total, 1),
    )  # fmt: skip


def all_skipped(reading: Reading, include: frozenset[Include]) -> list[SkippedOut]:
    """Everything that no article holds, in order."""
    return [skipped_out(block, source, include, number) for block, source, number in reading.skipped]


def response(
    result: Result,
    engine: EngineInfo,
    include: frozenset[Include] = frozenset(),
    labels: Labels = Labels(),  # noqa: B008 - frozen
) -> SummarizeResponse:
    """The response of design.md."""
    return SummarizeResponse(
        articles=[article_out(brief, include) for brief in result.briefs],
        skipped=all_skipped(result.reading, include),
        engine=engine_out(engine),
        ai=ai_out(result.briefs, labels),
        timings_ms=timings_out(result.timings),
    )


def split_response(split: Split, include: frozenset[Include] = frozenset()) -> SplitResponse:
    """The answer of POST /split."""
    return SplitResponse(
        articles=[split_article_out(n, article, include) for n, article in enumerate(split.articles)],
        skipped=[skipped_out(block, split.source, include) for block in split.skipped],
        blocks=[
            BlockOut(kind=b.kind, span=(b.span.start, b.span.end), article=b.article) for b in split.blocks
        ],
    )
