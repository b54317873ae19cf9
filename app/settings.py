"""Settings from the environment (prefix SEJUL_), built once by a composition root and handed down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

_PACKAGE = Path(__file__).parent
# Empty wording is refused: a label is never absent by accident.
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


def data_dir(name: str) -> Path:
    """A folder of data beside the package: the checkout's, or the one that the wheel carries inside it."""
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


class Settings(BaseSettings):
    """What an operator may choose; each field is the environment variable SEJUL_<FIELD>."""

    model_config = SettingsConfigDict(env_prefix="SEJUL_", frozen=True, extra="ignore")

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    engine: str = "auto"
    runtime: Literal["auto", "torch", "ctranslate"] = "auto"
    device: str = "auto"
    models_dir: Path = Field(default_factory=lambda: data_dir("models"))
    prompts_dir: Path = Field(default_factory=lambda: data_dir("prompts"))
    api_keys: SecretStr | None = None
    api_keys_file: Path | None = None
    allow_anonymous: bool = False
    rate_limit: str | None = None
    cors_origins: str = ""
    max_chars: int = Field(default=200_000, ge=1)
    queue_articles: int = Field(default=512, ge=1)
    batch_tokens: int = Field(default=8192, ge=1)
    deadline_s: float = Field(default=60.0, gt=0)
    chat_url: str | None = None
    chat_model: str | None = None
    chat_api_key: SecretStr | None = None
    log_format: Literal["text", "json"] = "text"
    label_extracted: Label = (
        "주요 문장 추출: 이 요약은 기사에서 문장을 골라 줄인 것입니다. 정확한 내용은 기사 본문을 확인하세요."
    )
    """What a summary says of itself whose sentences were picked (AI Basic Act, art. 31)."""
    label_generated: Label = (
        "이 요약은 AI가 자동 생성했으며 기자의 확인 전입니다. 정확한 내용은 기사 본문을 확인하세요."
    )
    """What a summary says of itself where a model wrote any of it."""

    @property
    def weights_dir(self) -> Path:
        """Where weights are kept: beside the cards of a checkout, in the user's cache for an installed wheel."""
        if _PACKAGE in self.models_dir.parents:
            return Path(platformdirs.user_cache_dir("sejul")) / "weights"
        return self.models_dir / "weights"
