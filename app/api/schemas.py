"""The requests and responses of design: one place where values become JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.api.labels import Labels
from app.domain import HeadlineOrigin, Options, Origin, Style

if TYPE_CHECKING:
    from app.domain import Block, Brief, EngineInfo
    from app.pipeline import Result

Include = Literal["body", "skipped"]
Offsets = tuple[int, int]


class Strict(BaseModel):
    """A body in which a field that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleIn(Strict):
    """An article sent already split."""

    headline: str | None = None
    body: str


class SummarizeRequest(Strict):
    """A page's text, or its articles already split; exactly one of the two."""

    text: str | None = None
    articles: list[ArticleIn] | None = None
    lines: Annotated[int, Field(ge=1, le=5)] = 3
    style: Style = Style.SENTENCE
    engine: str | None = None
    include: list[Include] = []

    @model_validator(mode="after")
    def one_input(self) -> Self:
        """Exactly one of `text` and `articles`."""
        if (self.text is None) == (self.articles is None):
            raise ValueError("give either `text` (a page) or `articles` (already split)")
        return self

    @property
    def options(self) -> Options:
        """What the client chose."""
        return Options(self.lines, self.style)


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
    body: str | None = None


class SkippedOut(Strict):
    """A block that no article holds."""

    kind: str
    span: Offsets
    article: int | None
    text: str | None = None


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
        bylines=[
            BylineOut(name=b.name, email=b.email, agency=b.agency, place=b.place) for b in article.bylines
        ],
        summary=[line.text for line in brief.lines],
        evidence=[[(s.start, s.end) for s in line.evidence] for line in brief.lines],
        origins=[line.origin for line in brief.lines],
        spans=[(s.start, s.end) for s in article.spans],
        notices=[NoticeOut(code=n.code, line=n.line, message=n.message) for n in brief.notices],
        body=article.body.text if "body" in include else None,
    )


def skipped_out(
    block: Block, source: str, include: frozenset[Include], article: int | None = None
) -> SkippedOut:
    """A skipped block as JSON has it."""
    return SkippedOut(
        kind=block.kind.value,
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


def ai_out(briefs: tuple[Brief, ...], labels: Labels) -> AiOut:
    """Generated, if a single line or headline is a model's."""
    generated = any(
        brief.headline_origin is HeadlineOrigin.GENERATED
        or any(x.origin is Origin.MODEL for x in brief.lines)
        for brief in briefs
    )
    return AiOut(generated=generated, label=labels.text(generated=generated))


def response(
    result: Result,
    engine: EngineInfo,
    include: frozenset[Include] = frozenset(),
    labels: Labels = Labels(),  # noqa: B008 - frozen
) -> SummarizeResponse:
    """The response of design.md for a page."""
    t = result.timings
    return SummarizeResponse(
        articles=[article_out(brief, include) for brief in result.briefs],
        skipped=[skipped_out(block, result.split.source, include) for block in result.split.skipped],
        engine=engine_out(engine),
        ai=ai_out(result.briefs, labels),
        timings_ms=TimingsOut(
            split=round(t.split, 1), select=round(t.select, 1), draft=round(t.draft, 1),
            ground=round(t.ground, 1), total=round(t.total, 1),
        ),
    )  # fmt: skip
