"""The frozen values that every stage hands to the next; imports nothing of the app.

Offsets are code points, end exclusive. A span points into the text as it was submitted; a `Traced` text
(normalised, repaired) knows for each of its characters where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Span(NamedTuple):
    """A range of the submitted text."""

    start: int
    end: int


class BlockKind(StrEnum):
    """What a block of a page is."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    BODY = "body"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    AD = "ad"
    NOTICE = "notice"
    TABLE = "table"
    FURNITURE = "furniture"

    @property
    def in_article(self) -> bool:
        """Whether an article holds such blocks; the others are skipped."""
        return self in _ARTICLE_KINDS


_ARTICLE_KINDS = frozenset(
    {BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.BODY, BlockKind.BYLINE, BlockKind.DATELINE}
)


class Style(StrEnum):
    """How a line ends: a finished sentence (-다), or the desk's noun ending."""

    SENTENCE = "sentence"
    BRIEF = "brief"


class Origin(StrEnum):
    """Where a summary line came from."""

    MODEL = "model"
    EXTRACTED = "extracted"


class HeadlineOrigin(StrEnum):
    """Where a headline came from."""

    PAGE = "page"
    EXTRACTED = "extracted"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class Traced:
    """A text whose characters each know the range of the submitted text that they came from.

    `starts[i]` and `ends[i]` bound, in `source`, what `text[i]` came from; a character that stands for nothing
    of the source (a space put between two joined lines) has an empty range.
    """

    text: str
    source: str = field(repr=False)
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)

    @classmethod
    def whole(cls, source: str) -> Traced:
        """The submitted text itself, each character its own source."""
        return cls(source, source, range(len(source)), range(1, len(source) + 1))

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int) -> Traced:
        """The part from `start` to `end`, still traced."""
        return Traced(self.text[start:end], self.source, self.starts[start:end], self.ends[start:end])

    def spans(self, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """The source of `text[start:end]`, ascending: put together, spaces aside, the spans are that text.

        Only spaces are bridged, so foreign text inside (a caption between two halves of a sentence) and marks
        that normalising dropped split the run in two.
        """
        end = len(self.text) if end is None else end
        found: list[Span] = []
        for i in range(start, end):
            lo, hi = self.starts[i], self.ends[i]
            if hi <= lo or self.text[i].isspace():
                continue
            last = found[-1] if found else None
            if last is not None and (lo <= last.end or self.source[last.end : lo].isspace()):
                found[-1] = Span(last.start, max(last.end, hi))
            else:
                found.append(Span(lo, hi))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the page that is one thing: a headline, a paragraph or a part of one, a caption, an ad."""

    kind: BlockKind
    span: Span
    article: int | None
    """The index of the article that holds it; None where it is skipped."""
    why: tuple[str, ...] = ()
    """What decided the kind, for `sejul split --explain`."""


@dataclass(frozen=True, slots=True)
class Byline:
    """Who wrote an article, as the page says it."""

    name: str
    email: str | None = None
    agency: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page: its parts, its repaired body, and where all of it stands in the page."""

    headline: str | None
    body: Traced
    """Paragraphs joined by one line feed, column breaks repaired, bylines and datelines taken off."""
    subheads: tuple[str, ...] = ()
    bylines: tuple[Byline, ...] = ()
    dateline: str | None = None
    spans: tuple[Span, ...] = ()
    """Headline, subheads, byline, dateline and body in the submitted text, ascending, never overlapping."""


@dataclass(frozen=True, slots=True)
class Split:
    """What a page was split into; every non-space character lies in one article or one skipped block."""

    source: str = field(repr=False)
    articles: tuple[Article, ...]
    blocks: tuple[Block, ...]

    @property
    def skipped(self) -> tuple[Block, ...]:
        """The blocks that no article holds."""
        return tuple(block for block in self.blocks if block.article is None)


class Token(NamedTuple):
    """A morpheme: its form, its Sejong tag (as Kiwi gives it) and its range in the text that was analysed."""

    form: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article's body; `start` and `end` are offsets into `article.body.text`."""

    text: str
    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...] = field(default=(), repr=False)
    """Its morphemes; their offsets are into `text`."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a client may choose for a summary."""

    lines: int = 3
    style: Style = Style.SENTENCE


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentences that one line is to be written from, and that line in its extracted form."""

    sentences: tuple[int, ...]
    """Indices into the article's sentences, ascending."""
    extracted: str
    """The line that deletion alone makes of them, in the style asked for: what stands in where a model fails."""
    others: tuple[str, ...] = ()
    """Further such lines, the best first: what stands in where grounding finds the first wrong."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everything an engine may draw on to draft one article."""

    article: Article
    sentences: tuple[Sentence, ...]
    evidence: tuple[Evidence, ...]
    options: Options
    headline: str | None
    """The extracted headline where the page has none; None where the page has one, which is kept."""
    spare: tuple[Evidence, ...] = ()
    """Further evidence, the best first: what a line is taken from where none of its own evidence holds."""
    headlines: tuple[str, ...] = ()
    """Further extracted headlines, the best first; whether the article supports them was not asked."""
    instructions: int = 0
    """How many sentences of the body speak to a machine; `sentences` leaves them out, and so does all that follows."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line as an engine wrote it, and the sentences that it says it was written from."""

    text: str
    sentences: tuple[int, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the desk should know about an article; `message` is Korean, `line` counts from 1."""

    code: str
    message: str
    line: int | None = None
    facts: tuple[str, ...] = ()
    """The kinds of the facts that a line was replaced for."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine made of an assignment, before grounding."""

    lines: tuple[DraftLine, ...]
    headline: str | None = None
    """Only where the assignment asked for one."""
    headline_origin: HeadlineOrigin = HeadlineOrigin.GENERATED
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line that may be published: grounded, with its evidence in the submitted text."""

    text: str
    evidence: tuple[Span, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Brief:
    """An article with the headline and the lines that leave the house."""

    index: int
    article: Article
    headline: str | None
    headline_origin: HeadlineOrigin | None
    lines: tuple[Line, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What really ran, as the response names it."""

    name: str
    kind: str
    runtime: str | None = None
    device: str | None = None
    dtype: str | None = None
    revision: str | None = None
    prompt: str | None = None
