"""One OpenAI-compatible server: a question in, its answer's text out, or an EngineError in time.

With `server.py` the only module that imports the `openai` package. The package's own retries stay off: they know no
deadline that covers all attempts, and would wait out a server that is down instead of saying so.
"""

from __future__ import annotations

import asyncio
import logging
import math
import random
import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal

from app.engine.chat.server import FormRefused, Reply, Server, ServerDown, TooLong, connect, host
from app.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import openai
    from openai.types.chat import ChatCompletionMessageParam

log = logging.getLogger(__name__)

Form = Literal["json_schema", "json_prompt"]
"""How an answer's shape is asked for: enforced by the server, or by words in the prompt."""

CONNECT_S = 2.0
ATTEMPTS = 6
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 8.0
DOWN_S = 5.0
"""How long a server that could not be reached is left alone; pages come back extracted at once meanwhile."""
FAILURES_TO_OPEN = 3
"""Questions in a row that a reachable server failed before it is left alone too."""

_RETRIED = frozenset({408, 409, 425, 429})
_DENIED = frozenset({401, 403})
_REFUSED_FORM = frozenset({400, 415, 422, 501})
_TOO_LONG = re.compile(
    r"context.{0,20}(length|window|size)|(prompt|input|tokens?).{0,40}(too long|exceed)", re.IGNORECASE
)


class ChatClient:
    """Asks one server, `concurrency` questions at a time; lives on one event loop."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.model = server.model
        self.form: Form = "json_schema"
        self.context: int | None = None
        """Tokens that the server says it takes (`max_model_len`); None where it does not say."""
        self.trouble: str | None = None
        """Why the last question or probe failed; None where it did not."""
        self._down_until = 0.0
        self._failures = 0
        self._answering = False
        self._slots = asyncio.Semaphore(server.concurrency)
        self._first = asyncio.Lock()
        self._meet_at = 0.0
        self._client = connect(server)

    async def meet(self) -> None:
        """Before the first question: is the server there, which model is it, how much does it take.

        Asked again every few seconds until it answers, by one question at a time.
        """
        if time.monotonic() >= self._meet_at:
            async with self._first:
                if time.monotonic() >= self._meet_at:
                    await self.probe()
                    self._meet_at = math.inf if self.trouble is None else time.monotonic() + DOWN_S

    async def ask(
        self,
        messages: Sequence[ChatCompletionMessageParam],
        schema: dict[str, object] | None,
        max_tokens: int,
        deadline: float,
    ) -> Reply:
        """The answer to `messages`, by `deadline` (of `time.monotonic`).

        Raises:
            TooLong: the server says that the question is over its context.
            FormRefused: `schema` was given, and the server refuses the request.
            ServerDown: it cannot be reached, or failed so often that it is left alone for a while.
            EngineError: it failed otherwise, or gave no answer by the deadline.
        """
        await self.meet()
        if time.monotonic() < self._down_until:
            raise ServerDown(f"the chat server is left alone for a while: {self.trouble}")
        try:
            async with asyncio.timeout(deadline - time.monotonic()), self._slots:
                reply = await self._retried(messages, schema, max_tokens, deadline)
        except TimeoutError as exc:
            self._failed("no answer by the deadline")
            raise EngineError("the chat server gave no answer by the deadline") from exc
        self._reached()
        self._answering = True
        return reply

    async def probe(self) -> None:
        """Ask which models there are; afterwards `trouble` says whether the server can be used."""
        import openai

        try:
            models = (await self._client.models.list(timeout=CONNECT_S)).data
        except openai.NotFoundError:
            models = []
        except openai.APIConnectionError as exc:
            if _unreachable(exc):
                self._open(f"cannot be reached ({_reason(exc)})")
            else:
                self.trouble = f"does not answer ({_reason(exc)})"
            return
        except openai.APIStatusError as exc:
            # `transformers serve` answers 500 here where no Hub cache exists, and questions all the same.
            if exc.status_code in _DENIED or not self._answering:
                self.trouble = f"answers {exc.status_code} when asked for its models"
            return
        except openai.OpenAIError as exc:
            self.trouble = f"answers what is no OpenAI-compatible API ({type(exc).__name__})"
            return
        if models:
            self.model = self.model or models[0].id
            length = next((m.to_dict().get("max_model_len") for m in models if m.id == self.model), None)
            self.context = length if isinstance(length, int) and length > 0 else None
        self._reached()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _retried(
        self,
        messages: Sequence[ChatCompletionMessageParam],
        schema: dict[str, object] | None,
        max_tokens: int,
        deadline: float,
    ) -> Reply:
        for attempt in range(ATTEMPTS):
            try:
                return await self._once(messages, schema, max_tokens, deadline)
            except _Again as exc:
                wait = exc.after_s if exc.after_s is not None else _backoff(attempt)
                if exc.unreachable and attempt:
                    self._open(f"cannot be reached ({exc})")
                    raise ServerDown(f"the chat server cannot be reached: {exc}") from exc
                if attempt + 1 == ATTEMPTS or time.monotonic() + wait > deadline:
                    self._failed(str(exc))
                    raise EngineError(f"the chat server failed {attempt + 1} times: {exc}") from exc
                log.info("chat server: %s; asking again in %.1f s", exc, wait)
                await asyncio.sleep(wait)
        raise EngineError("no attempt was made")

    async def _once(
        self,
        messages: Sequence[ChatCompletionMessageParam],
        schema: dict[str, object] | None,
        max_tokens: int,
        deadline: float,
    ) -> Reply:
        """One request; every foreign error becomes one of ours here."""
        import httpx2
        import openai

        body: dict[str, Any] = {
            "model": self.model or "default",
            "messages": list(messages),
            "temperature": self.server.temperature,
            # Not max_completion_tokens: llama.cpp and Ollama know only the older name, the others know both.
            "max_tokens": max_tokens,
            "extra_body": self.server.extra_body,
            "timeout": httpx2.Timeout(max(0.1, deadline - time.monotonic()), connect=CONNECT_S),
        }
        if schema is not None:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "summary", "strict": True, "schema": schema},
            }
        try:
            if self.server.stream:
                return await self._streamed(body)
            return _reply(await self._client.chat.completions.create(**body))
        except openai.APIStatusError as exc:
            raise self._status(exc, asked_form=schema is not None) from exc
        except (openai.APIConnectionError, httpx2.TransportError) as exc:
            raise _Again(_reason(exc), unreachable=_unreachable(exc)) from exc
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, LookupError) as exc:
            # The package builds its values without checking them, so a wrong body shows as any of these.
            raise _Again(f"an answer that is no chat completion ({type(exc).__name__})") from exc

    async def _streamed(self, body: dict[str, Any]) -> Reply:
        text: list[str] = []
        finish: str | None = None
        used: int | None = None
        async with await self._client.chat.completions.create(stream=True, **body) as stream:
            async for chunk in stream:
                used = chunk.usage.prompt_tokens if chunk.usage else used
                for choice in chunk.choices or ():
                    text.append(choice.delta.content or "")
                    finish = choice.finish_reason or finish
        if finish is None:
            raise _Again("the stream broke off")
        return Reply("".join(text), finish == "length", used)

    def _status(self, exc: openai.APIStatusError, *, asked_form: bool) -> Exception:
        """Our error for a status that is no success."""
        code, message = exc.status_code, f"{exc.message} {exc.body}"
        if code in _RETRIED or (code >= 500 and code != 501):  # noqa: PLR2004 -- 5xx: the server's own failures
            return _Again(f"status {code}", after_s=_retry_after(exc.response.headers.get("retry-after")))
        if code in {400, 413, 422} and _TOO_LONG.search(message):
            return TooLong(f"the article is over the chat server's context ({code})")
        if asked_form and code in _REFUSED_FORM:
            return FormRefused(f"the chat server refuses response_format ({code})")
        self._failed(f"answers {code}")
        hint = {
            401: "; see SEJUL_CHAT_API_KEY",
            403: "; see SEJUL_CHAT_API_KEY",
            404: "; see SEJUL_CHAT_MODEL",
        }
        return EngineError(f"the chat server answers {code}{hint.get(code, '')}")

    def _reached(self) -> None:
        self._failures, self._down_until, self.trouble = 0, 0.0, None

    def _failed(self, why: str) -> None:
        """Count a failure of a server that can be reached; several in a row, and it is left alone."""
        self._failures += 1
        self._answering = False
        self.trouble = why
        if self._failures >= FAILURES_TO_OPEN:
            self._open(why)

    def _open(self, why: str) -> None:
        self.trouble = why
        self._answering = False
        self._down_until = time.monotonic() + DOWN_S
        # What comes back may be another server, with another mind about response_format.
        self.form = "json_schema"
        log.warning("chat server %s: %s; left alone for %.0f s", host(self.server.url), why, DOWN_S)


class _Again(Exception):
    """A failure that another attempt may cure."""

    def __init__(self, why: str, *, after_s: float | None = None, unreachable: bool = False) -> None:
        super().__init__(why)
        self.after_s = after_s
        self.unreachable = unreachable


def _reply(answer: openai.types.chat.ChatCompletion) -> Reply:
    choice = answer.choices[0]
    used = answer.usage.prompt_tokens if answer.usage else None
    return Reply(choice.message.content or "", choice.finish_reason == "length", used)


def _backoff(attempt: int) -> float:
    """Seconds to wait: doubling, and half of it by chance, so that clients refused together come back apart."""
    longest: float = min(FIRST_WAIT_S * 2**attempt, LONGEST_WAIT_S)
    return longest * random.uniform(0.5, 1)  # noqa: S311 -- jitter, no secret


def _retry_after(header: str | None) -> float | None:
    """Seconds that a Retry-After header asks for, as RFC 9110 has it: a number, or a date."""
    if header is None:
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - time.time()
        except ValueError:
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _unreachable(exc: Exception) -> bool:
    """Whether there was no connection at all, rather than one that broke."""
    import httpx2

    return isinstance(exc.__cause__ or exc, httpx2.ConnectError | httpx2.ConnectTimeout)


def _reason(exc: Exception) -> str:
    """What happened, without what was sent: an error's own text may quote a request."""
    return type(exc.__cause__ or exc).__name__
