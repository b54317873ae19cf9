"""The errors of the app, in one tree; each has a stable `code` and says whether trying again can help.

    SejulError
    ├── InputError              what was sent cannot be used as it is
    │   ├── Unreadable          not text: broken UTF-8, broken JSON, an unknown encoding
    │   ├── TooLarge            over SEJUL_MAX_CHARS
    │   ├── TooSlow             the client took too long to send its body
    │   ├── Unsupported         a media type, or a content coding, that is not served
    │   └── Invalid             a field is unknown, missing or out of its range
    ├── AccessError             no key, or a wrong one
    ├── Busy                    the queue is full; try again later
    │   └── RateLimited         a key is over its rate
    ├── NotReady                the engine is still loading, or the server is stopping
    ├── DeadlinePassed          the deadline passed before even the extracted lines were there
    ├── EngineError             an engine could not draft; its article comes back extracted
    │   ├── OutOfMemory         the device's memory is full; the batch is halved
    │   └── Cancelled           the client left
    └── SetupError              this installation cannot do what its settings ask for
        ├── ModelError          weights, tokenizer or card are missing, broken or not what was pinned
        └── PromptError         a prompt file is missing or broken

HTTP statuses are given to them in one table, `app.api.errors`.
"""

from __future__ import annotations

from typing import ClassVar


class SejulError(Exception):
    """Any error that the app raises on purpose; its message says what was wrong and what to do."""

    code: ClassVar[str] = "internal"
    retryable: ClassVar[bool] = False


class InputError(SejulError):
    """What was sent cannot be used as it is."""

    code = "invalid_input"


class Unreadable(InputError):
    """The body is not text: broken UTF-8, broken JSON, an unknown encoding."""

    code = "unreadable_body"


class TooLarge(InputError):
    """The text is over the limit."""

    code = "too_large"


class TooSlow(InputError):
    """The client took too long to send its body."""

    code = "body_timeout"
    retryable = True


class Unsupported(InputError):
    """The media type, or the content coding, is not served."""

    code = "unsupported_media_type"


class Invalid(InputError):
    """A field is unknown, missing or out of its range."""

    code = "invalid_request"


class AccessError(SejulError):
    """No key, or a wrong one."""

    code = "unauthorized"


class Busy(SejulError):
    """The queue is full."""

    code = "busy"
    retryable = True

    def __init__(self, message: str, retry_after_s: float = 1.0) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class RateLimited(Busy):
    """A key is over its rate."""

    code = "rate_limited"


class NotReady(SejulError):
    """The engine is still loading, or the server is stopping."""

    code = "not_ready"
    retryable = True


class DeadlinePassed(SejulError):
    """The deadline passed before even the extracted lines were there."""

    code = "deadline_passed"
    retryable = True


class EngineError(SejulError):
    """An engine could not draft an article."""

    code = "engine_failed"
    retryable = True


class OutOfMemory(EngineError):
    """The device's memory is full."""

    code = "out_of_memory"


class Cancelled(EngineError):
    """The client left before its article was drafted."""

    code = "cancelled"
    retryable = False


class SetupError(SejulError):
    """This installation cannot do what its settings ask for."""

    code = "setup"


class ModelError(SetupError):
    """Weights, tokenizer or card are missing, broken or not what was pinned."""

    code = "model"


class PromptError(SetupError):
    """A prompt file is missing or broken."""

    code = "prompt"
