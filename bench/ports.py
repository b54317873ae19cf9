"""A port for a server that a test or a bench starts."""

from __future__ import annotations

import random
import socket

# Above the ports that Ray gives its workers (10002 to 19999), below those that Linux gives whoever asks for any
# (32768 on): a port asked of the kernel and closed again was taken by a process of Ray before the server came to it.
_FROM, _TO = 20_000, 32_000


def free_port() -> int:
    """A port of the loopback on which nothing listens, and which the kernel gives to nobody by itself."""
    while True:
        port = random.randrange(_FROM, _TO)  # noqa: S311 - no secret
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
