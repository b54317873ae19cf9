"""What a client may ask for: the shapes of bodies and of query parameters."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from app.api.export import Format
from app.api.schemas import Include, Strict
from app.domain import Options, Style

Lines = Annotated[int, Field(ge=1, le=5)]
EngineName = Annotated[str, Field(max_length=64)]
# Some 200,000 empty articles would fit a body; each costs an answer that is larger than itself.
_MOST_ARTICLES = 1000


class ArticleIn(Strict):
    """An article sent already split."""

    headline: str | None = None
    body: str


class SummarizeQuery(Strict):
    """The options, as query parameters; one that is given here goes before the body's."""

    lines: Lines | None = None
    style: Style | None = None
    engine: EngineName | None = None
    include: list[Include] | None = None
    format: Format | None = None

    @property
    def given(self) -> dict[str, Any]:
        """Those that were given and stand for a field of the body, by name."""
        return self.model_dump(exclude_none=True, exclude={"format"})


class SplitQuery(Strict):
    """What may stand in the query of POST /split."""

    include: list[Include] | None = None

    @property
    def given(self) -> dict[str, Any]:
        """Those that were given, by name."""
        return self.model_dump(exclude_none=True)


class SummarizeRequest(Strict):
    """A page's text, or its articles already split; exactly one of the two."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {
                    "required": ["text"],
                    "properties": {"text": {"type": "string"}, "articles": {"type": "null"}},
                },
                {
                    "required": ["articles"],
                    "properties": {"articles": {"type": "array"}, "text": {"type": "null"}},
                },
            ]
        }
    )

    text: str | None = None
    articles: Annotated[list[ArticleIn], Field(max_length=_MOST_ARTICLES)] | None = None
    lines: Annotated[Lines, Field(strict=True)] = 3
    style: Style = Style.SENTENCE
    engine: EngineName | None = None
    include: tuple[Include, ...] = ()

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

    @property
    def included(self) -> frozenset[Include]:
        """What the client asked to have included."""
        return frozenset(self.include)

    @property
    def pairs(self) -> list[tuple[str | None, str]]:
        """The articles as (headline, body); a headline of nothing is none."""
        return [((a.headline or "").strip() or None, a.body) for a in self.articles or ()]

    @property
    def chars(self) -> int:
        """Code points of everything that was sent."""
        articles = sum(len(a.headline or "") + len(a.body) for a in self.articles or ())
        return len(self.text or "") + articles


class SplitRequest(Strict):
    """A page's text."""

    text: str
    include: tuple[Include, ...] = ()
