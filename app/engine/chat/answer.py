"""A model's answer read as the prompt's schema has it: JSON in, cleaned lines out, or the reason why not."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.domain import Style
from app.engine.prompts import plain

if TYPE_CHECKING:
    from app.engine.prompts import Output

A = TypeVar("A", bound="Answer")

# A reasoning model thinks aloud first; a server that cuts its opening tag leaves only the closing one.
_THINKING = re.compile(r"\A.*(?:</think(?:ing)?>|<channel\|>)", re.DOTALL)
_BULLET = re.compile(r"\A(?:[-*•·▶■◆○●]\s*|\(?\d{1,2}[.)]\s+|\[\d+\]\s*)+")
_CITED = re.compile(r"(?<!\s)\s*\[\d+(?:\s*[,·~-]\s*\d+)*\]")
_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")

HANGUL_SHARE = 0.4
"""Letters of a line that must be Hangul: desk lines full of Latin firm names keep to it, other languages do not."""
LONGEST = 300
"""Characters of a line or headline; more is no line."""


class Unusable(Exception):
    """An answer that cannot be read; its message is Korean, for the model that is asked once more."""

    def __init__(self, message: str, *, is_json: bool = True) -> None:
        super().__init__(message)
        self.is_json = is_json


class Answer(BaseModel):
    """What a model may answer; a field that the schema does not name is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @property
    def texts(self) -> tuple[str, ...]:
        """What of it would be read by people."""
        raise NotImplementedError


class CitedLine(BaseModel):
    """A line, and the numbers of the sentences that it says it was written from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sentences: tuple[int, ...]
    text: str


class LinesAnswer(Answer):
    """The lines of an article whose headline is the page's own."""

    lines: Annotated[tuple[CitedLine, ...], Field(min_length=1)]

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines."""
        return tuple(line.text for line in self.lines)


class ArticleAnswer(LinesAnswer):
    """The lines of an article, and its headline."""

    headline: str


class LineAnswer(Answer):
    """One line, written from one evidence group."""

    text: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The line."""
        return (self.text,)


class HeadlineAnswer(Answer):
    """A headline."""

    headline: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The headline."""
        return (self.headline,)


def read(text: str, shape: type[A]) -> A:
    """The answer in `text`, whatever stands around its JSON.

    Raises:
        Unusable: there is no JSON object in it, or one of another shape.
    """
    text = _THINKING.sub("", text)
    start = text.find("{")
    if start < 0:
        raise Unusable("답에 JSON이 없다.", is_json=False)
    try:
        found, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError) as exc:
        raise Unusable("답의 JSON이 깨졌다.", is_json=False) from exc
    try:
        answer = shape.model_validate(found)
    except ValidationError as exc:
        wrong = exc.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in wrong["loc"])
        raise Unusable(f"JSON이 스키마와 다르다({where}: {wrong['type']}).") from exc
    if not any(tidy(line, Style.SENTENCE) for line in answer.texts):
        raise Unusable("답이 비었거나 한국어가 아니다.")
    return answer


def schema(output: Output, *, lines: int, wants_headline: bool) -> dict[str, object]:
    """The JSON schema of a prompt's output, narrowed to what this article is asked for."""
    properties = dict(output.properties)
    if not wants_headline and "lines" in properties:
        properties.pop("headline", None)
    if "lines" in properties:
        # Counts only: grammar backends differ on patterns, lengths and ranges, and agree on these.
        properties["lines"] = {**properties["lines"], "minItems": lines, "maxItems": lines}
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in output.required if name in properties],
        "additionalProperties": False,
    }


def tidy(text: str, style: Style) -> str | None:
    """A line as the desk prints it, or None where it is none: empty, endless, or not Korean."""
    text = " ".join(_CITED.sub("", plain(text)).split())
    text = _BULLET.sub("", text).strip()
    if not text or len(text) > LONGEST:
        return None
    letters = len(_LETTER.findall(text))
    if not letters or len(_HANGUL.findall(text)) < HANGUL_SHARE * letters:
        return None
    if style is Style.BRIEF:
        return text.rstrip(".") or None
    return text if text[-1] in ".?!”\"'’)…" else f"{text}."
