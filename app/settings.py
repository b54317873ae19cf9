"""Settings from the environment (prefix SEJUL_), built once by a composition root and handed down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import platformdirs
from pydantic import Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.errors import SetupError

_PACKAGE = Path(__file__).parent
# Empty wording is refused: a label is never absent by accident.
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def data_dir(name: str) -> Path:
    """A folder of data beside the package: the checkout's, or the one that the wheel carries inside it."""
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


class Settings(BaseSettings):
    """What an operator may choose; each field is the environment variable SEJUL_<FIELD>."""

    # What was given is hidden in errors: it may be a key.
    model_config = SettingsConfigDict(
        env_prefix="SEJUL_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - pydantic says what each field takes
        """Reads the environment; what is given wins over it.

        Raises:
            SetupError: a setting is not what it can be.
        """
        try:
            super().__init__(**given)
        except ValidationError as exc:
            wrong = [f"SEJUL_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in exc.errors()]
            raise SetupError("; ".join(wrong)) from exc

    host: str = "127.0.0.1"
    """Where to listen; beyond loopback only with keys."""
    port: int = Field(default=8000, ge=0, le=65535)
    """The port; 0 takes a free one."""
    workers: int = Field(default=1, ge=1, le=64)
    """Server processes, each with an engine of its own; they share nothing but the port."""
    engine: str = "auto"
    """A card's name, `extractive`, or `auto`: the first card whose weights are here."""
    runtime: Literal["auto", "torch", "ctranslate"] = "auto"
    """What runs the weights."""
    device: str = "auto"
    """Where the weights run: cpu, cuda, cuda:1, mps."""
    models_dir: Path = Field(default_factory=lambda: data_dir("models"))
    """The folder of the model cards."""
    prompts_dir: Path = Field(default_factory=lambda: data_dir("prompts"))
    """The folder of the prompts."""
    api_keys: SecretStr | None = None
    """Bearer keys, `name:key` with commas between."""
    api_keys_file: Path | None = None
    """A file of bearer keys, one `name:key` a line; read again when it changes."""
    allow_anonymous: bool = False
    """Lets a server without keys listen beyond loopback."""
    rate_limit: str | None = Field(default=None, pattern=r"^[1-9][0-9]{0,6}/(s|min|h)$")
    """Pages a key (without keys, a client's address) may send: `10/s`, `60/min`, `1000/h`."""
    cors_origins: str = ""
    """Origins whose pages may call the server from a browser, with commas between; none by default."""
    max_chars: int = Field(default=200_000, ge=1)
    """The longest text, in code points."""
    queue_articles: int = Field(default=512, ge=1)
    """Articles at work at once, over all requests; a page that would not fit is answered 429."""
    places: int = Field(default=8, ge=1)
    """Requests at work at once; others wait `admission_wait_s` for a place."""
    admission_wait_s: float = Field(default=2.0, ge=0, le=60)
    """How long a request waits for a place before it is answered 429."""
    buffer_bytes: int = Field(default=64 * 2**20, ge=2**20)
    """Bytes of request bodies held in memory at once."""
    batch_tokens: int = Field(default=8192, ge=1)
    """The padded cost of an engine's batch: its longest input times its articles."""
    batch_wait_ms: float = Field(default=5.0, ge=0, le=1000)
    """How long a batch that has room waits for articles that are on their way."""
    cpu_threads: int = Field(default=1, ge=1, le=64)
    """Threads for splitting, selecting and grounding; Kiwi brings its own. On two cores a second one gives a quarter more
    pages when 64 come at once; more only take turns, and `SEJUL_WORKERS` does it."""
    deadline_s: float = Field(default=60.0, gt=0)
    """How long a request may take; a slow engine's articles come back extracted before it."""
    read_timeout_s: float = Field(default=10.0, gt=0)
    """How long a client may take to send its headers, and again its body."""
    write_timeout_s: float = Field(default=20.0, gt=0)
    """How long a client may leave what was sent to it unread."""
    grace_s: float = Field(default=25.0, ge=0)
    """How long accepted work may go on after SIGTERM."""
    metrics: bool = True
    """Whether /metrics is there."""
    docs: bool = True
    """Whether /docs and /openapi.json are there."""
    chat_url: str | None = None
    """The base URL of an OpenAI-compatible server."""
    chat_model: str | None = None
    """The model to ask that server for."""
    chat_api_key: SecretStr | None = None
    """The key to send to that server."""
    ray_address: str | None = None
    """The Ray cluster to work on (`auto`, or host:port); none starts one on this machine that ends with the command."""
    ray_desks: int = Field(default=2, ge=1)
    """On Ray: the most replicas of the app, which splits, selects and grounds; there is always one."""
    ray_engines: int = Field(default=1, ge=1)
    """On Ray: the most replicas of a model's engine; there is always one."""
    ray_engine_gpus: float = Field(default=0, ge=0)
    """On Ray: the GPUs of an engine's replica; with a fraction several share one."""
    log_format: Literal["text", "json"] = "text"
    """A line for people, or an object a line."""
    label_extracted: Label = (
        "주요 문장 추출: 이 요약은 기사에서 문장을 골라 줄인 것입니다. 정확한 내용은 기사 본문을 확인하세요."
    )
    """What a summary says of itself whose sentences were picked (AI Basic Act, art. 31)."""
    label_generated: Label = (
        "이 요약은 AI가 자동 생성했으며 기자의 확인 전입니다. 정확한 내용은 기사 본문을 확인하세요."
    )
    """What a summary says of itself where a model wrote any of it."""

    @property
    def max_body_bytes(self) -> int:
        """The largest request body: every character as an escaped surrogate pair, and room for the fields."""
        return 12 * self.max_chars + 64 * 1024

    @property
    def weights_dir(self) -> Path:
        """Where weights are kept: beside the cards of a checkout, in the user's cache for an installed wheel."""
        if _PACKAGE in self.models_dir.parents:
            return Path(platformdirs.user_cache_dir("sejul")) / "weights"
        return self.models_dir / "weights"
