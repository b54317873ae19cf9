"""Model cards: what is known of a checkpoint or a server, one TOML file each in the models folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from app.errors import ModelError

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
RuntimeName = Literal["auto", "torch", "ctranslate"]
Task = Literal["headline", "sentence", "brief"]


class Strict(BaseModel):
    """A table of a card, in which a key that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Generation(Strict):
    """How to decode, all of it explicit: a checkpoint's own defaults stop at 20 tokens or never."""

    max_new_tokens: int = Field(ge=1, le=1024)
    min_new_tokens: int = Field(default=0, ge=0)
    num_beams: int = Field(default=1, ge=1, le=16)
    length_penalty: float = 1.0
    repetition_penalty: float = Field(default=1.0, ge=1.0)
    no_repeat_ngram_size: int = Field(default=0, ge=0)
    hypotheses: int = Field(default=1, ge=1, le=16)
    """How many answers are looked at, where the engine chooses among them (`local`)."""

    @model_validator(mode="after")
    def no_more_hypotheses_than_beams(self) -> Self:
        """A search ends with one answer for each beam."""
        if self.hypotheses > self.num_beams:
            raise ValueError("hypotheses are at most num_beams")
        return self

    @model_validator(mode="after")
    def same_on_every_runtime(self) -> Self:
        """Beams with a repetition penalty mean two things: transformers scales log probabilities, CTranslate2 logits."""
        if self.num_beams > 1 and self.repetition_penalty != 1.0:
            raise ValueError(
                "beams and a repetition_penalty do not go together; against loops use no_repeat_ngram_size"
            )
        return self


class Framing(Strict):
    """What stands around an input; published checkpoints of one family disagree, so each card says.

    `before` and `after` name special tokens of the checkpoint's config around the encoder input; a prefix is
    text before it (T5 tasks); `decoder_start` is the config's own id unless the card knows better.
    """

    before: tuple[Literal["bos", "eos"], ...] = ()
    after: tuple[Literal["bos", "eos"], ...] = ()
    line_prefix: str = ""
    headline_prefix: str = ""
    decoder_start: Literal["config", "bos", "eos", "pad"] = "config"


class CardBase(Strict):
    """What every card says."""

    name: Name
    title: str
    """One Korean line for `sejul models list`."""
    hub: str
    """A Hub repository (`owner/name`), or a local directory in its place."""
    licence: str = Field(min_length=1)
    note: str = ""

    @property
    def folder(self) -> Path | None:
        """The local directory that stands in place of a Hub repository; None where `hub` names one."""
        return Path(self.hub).expanduser() if self.hub.startswith((".", "/", "~")) else None


class Seq2SeqCard(CardBase):
    """An encoder-decoder checkpoint (BART or T5) that runs in this process."""

    kind: Literal["seq2seq"]
    serves: bool = True
    """False for a base that knows no summaries until it is fine-tuned (docs/finetune.md)."""
    revision: str | None = None
    """The commit that a pull must resolve to; None takes the newest and locks it."""
    runtime: RuntimeName = "auto"
    mode: Literal["rewrite", "article"] = "rewrite"
    """A line from each evidence group, or all lines from the whole article."""
    max_input: int = Field(ge=16, le=4096)
    """Tokens of an encoder input, its special tokens included."""
    framing: Framing = Framing()
    rewrite: Generation
    """For a line from one evidence group."""
    headline: Generation
    """For a headline, where the page has none."""
    article: Generation
    """For whole-article mode, as the checkpoint's authors publish it."""


class Ask(Strict):
    """What stands between a source and the line to be written of it."""

    text: str
    """`{length}` in it is the length wished for, in steps of five characters."""
    length: int = Field(ge=5, le=100)
    """The length that is wished for when serving; in training it is what the target has."""


class Asks(Strict):
    """How each task is asked for."""

    headline: Ask
    sentence: Ask
    brief: Ask


class LocalCard(CardBase):
    """A small causal checkpoint that runs in this process."""

    kind: Literal["local"]
    revision: str | None = None
    runtime: RuntimeName = "auto"
    max_input: int = Field(ge=16, le=4096)
    """Tokens of a source with its framing and its ask."""
    framing: Framing = Framing()
    asks: Asks
    rewrite: Generation
    headline: Generation
    brief: Generation | None = None
    """How a line in the desk's style is decoded, where it is not as `rewrite` says."""
    int8: bool = False
    """Whether torch calculates in int8 on an x86 CPU that has no bf16: faster by a quarter, and a little less sure."""
    adapter: str | None = None
    """A safetensors file beside the card, merged into the weights when they are pulled (`training/`)."""
    package: str | None = None
    """An installed Python package that holds the base as a GGUF file, in place of `hub`."""
    gguf_sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")
    terms: str = ""
    """What whoever installs the weights is to know of their terms; shown when they are first pulled."""

    @model_validator(mode="after")
    def nothing_of_the_source_is_barred(self) -> Self:
        """Both libraries count a prompt's own words as said, each in its way: a line could not quote its source."""
        for how in self.ways.values():
            if how.repetition_penalty != 1.0 or how.no_repeat_ngram_size:
                raise ValueError("a local card takes no repetition_penalty and no no_repeat_ngram_size")
        return self

    @property
    def ways(self) -> dict[Task, Generation]:
        """How the answer to each task is decoded."""
        return {"headline": self.headline, "sentence": self.rewrite, "brief": self.brief or self.rewrite}


class ChatCard(CardBase):
    """A model behind an OpenAI-compatible server."""

    kind: Literal["chat"]
    prompt: str
    """The name of a prompt in the prompts folder."""
    context: int = Field(ge=1024)
    """Tokens of prompt and answer together."""
    max_new_tokens: int = Field(default=1024, ge=16)
    """At most this many for an answer; one that stops there is asked for once more with twice the room."""
    server: str
    """The command that is suggested to serve it."""
    concurrency: int = Field(default=32, ge=1, le=1024)
    """Questions under way at a time; the server batches them."""
    stream: bool = False
    """Read the answer as it is written, for servers behind a proxy that cuts silent connections."""
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    extra_body: dict[str, Any] = {}
    """Fields of the request that are the server's or the model's own, such as `chat_template_kwargs`."""


Card = Seq2SeqCard | LocalCard | ChatCard

_card: TypeAdapter[Card] = TypeAdapter(Annotated[Card, Field(discriminator="kind")])


class Cards(Strict):
    """The cards of a models folder, and the order in which `auto` tries them."""

    cards: dict[str, Card]
    order: tuple[str, ...]

    @model_validator(mode="after")
    def order_names_cards(self) -> Self:
        """Every name of the order has a card."""
        unknown = [name for name in self.order if name not in self.cards]
        if unknown:
            raise ValueError(f"order.txt names {', '.join(unknown)}, for which there is no card")
        return self

    def __getitem__(self, name: str) -> Card:
        """The card of that name.

        Raises:
            ModelError: there is none.
        """
        try:
            return self.cards[name]
        except KeyError:
            raise ModelError(f"no engine named {name!r}; `sejul models list` shows those there are") from None

    def in_order(self) -> tuple[Card, ...]:
        """The cards that `auto` tries, first to last."""
        return tuple(self.cards[name] for name in self.order)


def read_card(path: Path) -> Card:
    """The card of one TOML file, whose stem is its name.

    Raises:
        ModelError: the file is no TOML, or a field is unknown, missing or out of its range.
    """
    try:
        card = _card.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as exc:
        raise ModelError(f"model card {path} cannot be read: {exc}") from exc
    except ValidationError as exc:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'][1:])) or 'kind'}: {e['msg']}" for e in exc.errors())
        raise ModelError(f"model card {path} is wrong: {wrong}") from exc
    if card.name != path.stem:
        raise ModelError(f"model card {path} is named {card.name!r}; its file must be {card.name}.toml")
    return card


def read_cards(models_dir: Path) -> Cards:
    """All cards of a models folder, with its order.txt (a name a line, # for a comment).

    Raises:
        ModelError: the folder is missing, or a card or the order is wrong.
    """
    if not models_dir.is_dir():
        raise ModelError(f"there is no models folder at {models_dir}; set SEJUL_MODELS_DIR to one with cards")
    cards = {card.name: card for card in map(read_card, sorted(models_dir.glob("*.toml")))}
    order = models_dir / "order.txt"
    lines = order.read_text(encoding="utf-8").splitlines() if order.is_file() else []
    names = [line.split("#")[0].strip() for line in lines]
    try:
        return Cards(cards=cards, order=tuple(name for name in names if name))
    except ValidationError as exc:
        raise ModelError(f"{order} is wrong: {exc.errors()[0]['msg']}") from exc
