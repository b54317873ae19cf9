"""Results in the formats that newsrooms take in; each carries the label for readers and the mark for machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.api.export import jsonfeed, markdown, ninjs

if TYPE_CHECKING:
    from app.api.labels import Labels
    from app.api.schemas import SummarizeResponse


class Format(StrEnum):
    """What POST /summarize answers in, beside its own JSON."""

    NINJS = "ninjs"
    JSONFEED = "jsonfeed"
    MARKDOWN = "markdown"


MEDIA_TYPES = {
    Format.NINJS: "application/json",
    Format.JSONFEED: "application/feed+json",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A summarized page on its way out: the response, with the articles' bodies in it, and what it is called."""

    response: SummarizeResponse
    labels: Labels
    title: str
    made: datetime
    """When the summary was made."""


def render(response: SummarizeResponse, labels: Labels, form: Format) -> bytes:
    """The response in another format, for POST /summarize; ninjs wants the bodies included in it."""
    page = Page(response, labels, "지면", datetime.now(UTC))
    match form:
        case Format.NINJS:
            return ninjs.dump(page)
        case Format.JSONFEED:
            return jsonfeed.dump(page)
        case Format.MARKDOWN:
            return markdown.dump(page)
