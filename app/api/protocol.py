"""HTTP/1.1 of uvicorn, with an end to every wait: for a request to come in, for an answer to be taken.

uvicorn bounds neither. A client that sends a header byte a minute, or never reads what it asked for, would hold
its connection for good.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from app.settings import Settings

if TYPE_CHECKING:
    from uvicorn.config import Config
    from uvicorn.server import ServerState

# Headers and body have SEJUL_READ_TIMEOUT_S each. The app answers a slow body with 408; only what the app cannot
# see (slow headers, a body that goes on after its answer) is cut, and so a little later.
_MARGIN_S = 2.0


class GuardedProtocol(H11Protocol):
    """A connection that is cut where its client keeps it waiting."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        settings = getattr(getattr(self.app, "state", None), "settings", None) or Settings()
        self._read_timeout_s: float = 2 * settings.read_timeout_s + _MARGIN_S
        self._write_timeout_s: float = settings.write_timeout_s
        self._reading: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn's own
        """A client has come: its request must too."""
        super().connection_made(transport)
        self._await_request()

    def data_received(self, data: bytes) -> None:
        """Bytes have come; the first of a request start its time, and no later one prolongs it."""
        if self._reading is None:
            self._await_request()
        super().data_received(data)
        if self.conn.their_state in {h11.DONE, h11.MUST_CLOSE, h11.CLOSED}:
            _stop(self._reading)
            self._reading = None

    def pause_writing(self) -> None:
        """The client does not take what it asked for."""
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        """The client takes it again."""
        super().resume_writing()
        _stop(self._writing)
        self._writing = None

    def timeout_keep_alive_handler(self) -> None:
        """Nothing has come for a while; what still lies unread must not hold the connection either."""
        super().timeout_keep_alive_handler()
        self._await_reader()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has left."""
        super().connection_lost(exc)
        _stop(self._reading)
        _stop(self._writing)

    def _await_request(self) -> None:
        self._reading = self.loop.call_later(self._read_timeout_s, self.transport.abort)

    def _await_reader(self) -> None:
        if self._writing is None:
            self._writing = self.loop.call_later(self._write_timeout_s, self.transport.abort)


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
