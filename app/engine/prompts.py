"""Prompt templates for instruction-tuned models: files with validated front matter, rendered without surprises.

A template is Jinja with two blocks, `system` and `user`, under a YAML front matter that says its name, version,
language, task, the variables it expects and the schema of the answer. Variables are data: whatever text they hold
is rendered in a form that can neither close the fence around the article nor spell a model's control tokens.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import yaml
from jinja2 import StrictUndefined, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from app.errors import PromptError

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2 import Template

Task = Literal["article", "evidence", "headline"]

OFFERED: dict[Task, frozenset[str]] = {
    "article": frozenset(
        {"headline", "subheads", "sentences", "cut", "lines", "style", "wants_headline", "schema"}
    ),
    "evidence": frozenset({"headline", "sentences", "style", "schema"}),
    "headline": frozenset({"sentences", "cut", "schema"}),
}
"""The variables that a template of each task may draw on."""

# What a template is tried on when it is loaded, so that a broken one is refused then and not on a page.
_TRIALS: tuple[dict[str, object], ...] = tuple(
    {
        "headline": headline,
        "subheads": [headline] if headline else [],
        "sentences": [{"number": 1, "text": "시의회가 예산안을 의결했다."}],
        "cut": cut,
        "lines": 3,
        "style": style,
        "wants_headline": headline is None,
        "schema": schema,
    }
    for headline, cut, style, schema in (
        (None, False, "sentence", None),
        ("시 예산안 의결", True, "brief", "{}"),
    )
)

SUFFIX = ".j2"
_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)

# Angle, square and curly brackets are what fences, numbering and control tokens (<|im_end|>, [INST]) are made of.
# Their full-width twins read the same and spell none of them. Normalised text holds no full-width punctuation, so
# `plain` can undo this in an answer.
_WIDE = str.maketrans({char: chr(ord(char) + 0xFEE0) for char in "<>[]{}|"})
_NARROW = str.maketrans({chr(n + 0xFEE0): chr(n) for n in range(0x21, 0x7F)})
# What takes no room can hide a delimiter inside another: zero-width marks, bidi and other controls.
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f]")


class Messages(NamedTuple):
    """A rendered prompt: what the model is told, and what it is given."""

    system: str
    user: str


class Output(BaseModel):
    """The schema of an answer: an object that admits nothing but what it names."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Literal["object"]
    additionalProperties: Literal[False]  # noqa: N815 -- JSON Schema's own spelling
    required: tuple[str, ...]
    properties: dict[str, dict[str, Any]]

    @model_validator(mode="after")
    def names_agree(self) -> Output:
        """A strict schema requires every property that it names, and no other."""
        if set(self.required) != set(self.properties):
            raise ValueError("`required` must name exactly the `properties` of the output")
        return self


class FrontMatter(BaseModel):
    """What a prompt file says about itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    version: Annotated[int, Field(ge=1)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    task: Task
    description: str
    expects: frozenset[str]
    output: Output


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file, read and checked."""

    front: FrontMatter
    path: Path
    fingerprint: str
    """The first 8 hex digits of the file's SHA-256."""
    _template: Template = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        """Its name, which is its file's stem."""
        return self.front.name

    @property
    def id(self) -> str:
        """What a response names: name, version and the file's fingerprint."""
        return f"{self.front.name}@{self.front.version} sha256:{self.fingerprint}"

    def render(self, values: Mapping[str, object]) -> Messages:
        """The messages for these variables; text in them is data, and comes out as such.

        Raises:
            PromptError: a variable that the prompt expects is missing, or the template fails on it.
        """
        missing = self.front.expects - values.keys()
        if missing:
            raise PromptError(f"prompt {self.path} expects {sorted(missing)}, which was not given")
        context = self._template.new_context(
            {k: _data(v) if k != "schema" else v for k, v in values.items() if k in self.front.expects}
        )
        try:
            parts = {k: "".join(self._template.blocks[k](context)).strip() for k in ("system", "user")}
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as exc:
            raise PromptError(f"prompt {self.path} cannot be rendered: {exc}") from exc
        return Messages(**parts)


def load(directory: Path, name: str) -> Prompt:
    """The prompt of that name.

    Raises:
        PromptError: the file is missing, its front matter is wrong, or its template is.
    """
    path = directory / f"{name}{SUFFIX}"
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except FileNotFoundError as exc:
        raise PromptError(f"there is no prompt {path}; `sejul prompts list` shows those there are") from exc
    except (OSError, UnicodeDecodeError) as exc:
        raise PromptError(f"prompt {path} cannot be read: {exc}") from exc
    parts = _FRONT.match(text.replace("\r\n", "\n"))
    if parts is None:
        raise PromptError(f"prompt {path} has no front matter: it must begin with a YAML block between `---`")
    front = _front(parts["front"], path)
    if front.name != name:
        raise PromptError(f"prompt {path} calls itself {front.name!r}; name and file name must agree")
    prompt = Prompt(front, path, hashlib.sha256(raw).hexdigest()[:8], _compile(parts["body"], front, path))
    for trial in _TRIALS:
        prompt.render(trial)
    return prompt


def available(directory: Path) -> tuple[Prompt, ...]:
    """Every prompt of a directory, by name.

    Raises:
        PromptError: the directory is missing, or one of its prompts is broken.
    """
    if not directory.is_dir():
        raise PromptError(f"there is no prompts directory {directory}; see SEJUL_PROMPTS_DIR")
    return tuple(load(directory, path.stem) for path in sorted(directory.glob(f"*{SUFFIX}")))


def plain(text: str) -> str:
    """An answer's text with full-width brackets and punctuation as the article has them: half-width."""
    return text.translate(_NARROW)


def _front(text: str, path: Path) -> FrontMatter:
    try:
        return FrontMatter.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as exc:
        raise PromptError(f"prompt {path}: the front matter is no YAML: {exc}") from exc
    except ValidationError as exc:
        wrong = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'front matter'}: {e['msg']}" for e in exc.errors()
        )
        raise PromptError(f"prompt {path}: {wrong}") from exc


def _compile(body: str, front: FrontMatter, path: Path) -> Template:
    unknown = front.expects - OFFERED[front.task]
    if unknown:
        raise PromptError(f"prompt {path} expects {sorted(unknown)}; a {front.task} prompt is given "
                          f"{sorted(OFFERED[front.task])}")  # fmt: skip
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    try:
        template = environment.from_string(body)
        used = meta.find_undeclared_variables(environment.parse(body))
    except TemplateError as exc:
        raise PromptError(f"prompt {path} is no valid template: {exc.message}") from exc
    if set(template.blocks) != {"system", "user"}:
        raise PromptError(f"prompt {path} must have the blocks `system` and `user`, and no other")
    if used - front.expects:
        raise PromptError(f"prompt {path} uses {sorted(used - front.expects)} and does not expect it")
    return template


def _data(value: object) -> object:
    """A variable's value with every text in it on one line, and unable to spell a delimiter."""
    if isinstance(value, str):
        return " ".join(_HIDDEN.sub("", value).split()).translate(_WIDE)
    if isinstance(value, Mapping):
        return {key: _data(item) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_data(item) for item in value]
    return value
