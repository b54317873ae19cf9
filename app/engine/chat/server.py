"""A chat server: where it is, how it is reached, what it may answer, and what may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from app.errors import EngineError, SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import openai
    from pydantic import SecretStr


class ServerDown(EngineError):
    """The chat server cannot be reached."""


class TooLong(EngineError):
    """The question is longer than the server's context."""


class FormRefused(EngineError):
    """The server refuses a question that asks for a JSON schema."""


class Reply(NamedTuple):
    """What a server answered."""

    text: str
    cut: bool
    """Whether it stopped at the limit of tokens, not at its end."""
    prompt_tokens: int | None


@dataclass(frozen=True, slots=True)
class Server:
    """Where to ask, whom, and how."""

    url: str
    model: str | None
    """None takes the first model that the server lists."""
    api_key: SecretStr | None = None
    concurrency: int = 32
    stream: bool = False
    temperature: float = 0.0
    extra_body: Mapping[str, Any] | None = None


def base_url(url: str) -> str:
    """The API's base for what an operator may have pasted: with or without /v1, or a full endpoint.

    Raises:
        SetupError: it is no http(s) URL.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SetupError("SEJUL_CHAT_URL must be an http(s) URL, such as http://127.0.0.1:8000/v1")
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return parts._replace(path=path or "/v1", query="", fragment="").geturl()


def connect(server: Server) -> openai.AsyncOpenAI:
    """A client of a server, with as many connections as it may be asked questions.

    Raises:
        SetupError: the extra is not installed, or the URL is none.
    """
    try:
        import httpx2
        import openai
    except ImportError as exc:
        raise SetupError("the chat engine needs the `chat` extra: pip install 'sejul[chat]'") from exc
    limits = httpx2.Limits(
        max_connections=server.concurrency + 2, max_keepalive_connections=server.concurrency
    )
    return openai.AsyncOpenAI(
        base_url=base_url(server.url),
        # Servers without keys still want the header to be well-formed.
        api_key=server.api_key.get_secret_value() if server.api_key else "none",
        max_retries=0,
        http_client=openai.DefaultAsyncHttpxClient(limits=limits),
    )


def host(url: str) -> str:
    """Host and port for the log; a URL may carry a password."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
