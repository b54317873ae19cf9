"""Who may call: bearer keys, how often each may, and where a server without keys may listen."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import AccessError, RateLimited, SetupError

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.settings import Settings

log = logging.getLogger("sejul.access")

_RECHECK_S = 1.0
_SECONDS = {"s": 1.0, "min": 60.0, "h": 3600.0}
_MOST_BUCKETS = 10_000


@dataclass(frozen=True, slots=True)
class Key:
    """A named key, kept as its digest only."""

    name: str
    digest: bytes


def parse_keys(text: str) -> tuple[Key, ...]:
    """Keys from `name:key` entries, by comma or line; `#` begins a comment line.

    Raises:
        SetupError: an entry has no name, or no key.
    """
    keys = []
    for number, entry in enumerate(text.replace(",", "\n").splitlines(), start=1):
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        name, colon, secret = entry.strip().partition(":")
        if not (colon and name.strip() and secret.strip()):
            raise SetupError(f"entry {number} of the API keys is not `name:key`")
        keys.append(Key(name.strip(), _digest(secret.strip())))
    return tuple(keys)


class Keyring:
    """The keys that are let in: those of the settings, and those of a file that is read again when it changes."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        """Reads the keys.

        Raises:
            SetupError: the file cannot be read, or an entry is wrong.
        """
        fixed = settings.api_keys.get_secret_value() if settings.api_keys else ""
        self._fixed = parse_keys(fixed)
        self._path = settings.api_keys_file
        self._clock = clock
        self._checked = clock()
        self._stamp: tuple[int, int, int] | None = None
        self._filed: tuple[Key, ...] = ()
        if self._path is not None:
            try:
                self._stamp, self._filed = self._stat(), self._read()
            except OSError as exc:
                raise SetupError(
                    f"SEJUL_API_KEYS_FILE cannot be read: {exc.strerror}; check its path and rights"
                ) from exc

    @property
    def required(self) -> bool:
        """Whether a key is asked for; a file that has become empty lets nobody in rather than everybody."""
        return bool(self._fixed) or self._path is not None

    def name_of(self, authorization: str | None) -> str:
        """The name of the key in an Authorization header.

        Every key is compared, whether or not one before it matched, so that time tells nothing.

        Raises:
            AccessError: there is none, or nobody's.
        """
        self._refresh()
        scheme, _, secret = (authorization or "").partition(" ")
        digest = _digest(secret.strip())
        found = [key.name for key in (*self._fixed, *self._filed) if hmac.compare_digest(key.digest, digest)]
        if scheme.lower() != "bearer" or not found:
            raise AccessError("a key is needed: send `Authorization: Bearer KEY`")
        return found[0]

    def _refresh(self) -> None:
        if self._path is None or self._clock() - self._checked < _RECHECK_S:
            return
        self._checked = self._clock()
        try:
            stamp = self._stat()
            if stamp != self._stamp:
                self._filed, self._stamp = self._read(), stamp
                log.info("API keys were read again", extra={"record": {"keys": len(self._filed)}})
        except (OSError, SetupError) as exc:
            # A half-written file must not lock the newsroom out; the old keys hold until it can be read.
            log.warning(
                "the file of API keys cannot be used", extra={"record": {"error": type(exc).__name__}}
            )

    def _stat(self) -> tuple[int, int, int]:
        assert self._path is not None  # noqa: S101 - only called where there is a file
        stat = self._path.stat()
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def _read(self) -> tuple[Key, ...]:
        assert self._path is not None  # noqa: S101 - only called where there is a file
        return parse_keys(self._path.read_text(encoding="utf-8-sig"))


class RateLimit:
    """A token bucket for each key, or for each client's address where there are no keys."""

    def __init__(self, limit: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        """`limit` is a number of pages a unit of time, `60/min`; None lets everything through."""
        count, _, unit = (limit or "0/s").partition("/")
        self._burst = float(count)
        self._per_second = self._burst / _SECONDS[unit]
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str) -> None:
        """One page for `who`.

        Raises:
            RateLimited: too many, too soon; it says when the next one is free.
        """
        if not self._burst:
            return
        now = self._clock()
        tokens, then = self._buckets.pop(who, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._per_second)
        taken = tokens >= 1
        self._buckets[who] = (tokens - 1 if taken else tokens, now)
        while len(self._buckets) > _MOST_BUCKETS:
            self._buckets.popitem(last=False)
        if not taken:
            raise RateLimited("this key is over its rate; wait", (1 - tokens) / self._per_second)


def check_listening(host: str, settings: Settings) -> None:
    """Refuses to open a server without keys to the network.

    Raises:
        SetupError: `host` is beyond loopback, there are no keys, and SEJUL_ALLOW_ANONYMOUS is not 1.
    """
    keyed = Keyring(settings).required
    if not keyed and not settings.allow_anonymous and not _loopback(host):
        raise SetupError(
            f"listening on {host} without keys would let the whole network in; set SEJUL_API_KEYS=name:key "
            "or SEJUL_API_KEYS_FILE, or SEJUL_ALLOW_ANONYMOUS=1 where that is meant"
        )


def origins(settings: Settings) -> list[str]:
    """The origins that CORS lets in.

    Raises:
        SetupError: `*` is among them, or one is not an origin.
    """
    found = [origin.strip() for origin in settings.cors_origins.split(",") if origin.strip()]
    for origin in found:
        if not origin.startswith(("http://", "https://")) or origin.count("/") != 2:  # noqa: PLR2004
            raise SetupError("SEJUL_CORS_ORIGINS names origins such as https://desk.example.com; `*` is none")
    return found


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).digest()
