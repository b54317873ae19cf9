"""Requests as no client library sends them: what a proxy and a server might read differently, and what is too much."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx

BODY = b"GET /models HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /split HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
REQUESTS = {
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 33\r\n\r\n" + BODY,
    "a list of lengths": POST + b"Content-Length: 0, 33\r\n\r\n" + BODY,
    "a signed length": POST + b"Content-Length: +33\r\n\r\n" + BODY,
    "a length that is none": POST + b"Content-Length: 0x21\r\n\r\n" + BODY,
    "a length without end": POST + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n" + BODY,
    "an unknown coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + BODY,
    "a coding twice": POST
    + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"
    + BODY,
    "a space before the colon": POST + b"Content-Length : 33\r\n\r\n" + BODY,
    "a folded header": POST + b"X-A: b\r\n Content-Length: 33\r\n\r\n" + BODY,
    "a chunk that is none": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n" + BODY,
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "a NUL in a header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: \x00\r\n\r\n",
    "a header of 200 kB": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 200_000 + b"\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
}


def told(client: httpx.Client, request: bytes, *, leaves: bool = True) -> bytes:
    """All that the server answers on one connection, until it closes it; whether or not the client says that this was all."""
    with socket.create_connection((client.base_url.host, client.base_url.port), 20) as sock:
        answer = b""
        try:
            sock.sendall(request)
            if leaves:
                with suppress(OSError):  # the server has hung up already
                    sock.shutdown(socket.SHUT_WR)
            while chunk := sock.recv(65536):
                answer += chunk
        except (ConnectionResetError, BrokenPipeError):
            pass
    return answer


@pytest.mark.parametrize("name", REQUESTS)
def test_what_two_servers_would_read_differently_is_refused(client: httpx.Client, name: str) -> None:
    """No second request is read out of a first one's body; the answer is one, of the client's mistake, and a close."""
    answer = told(client, REQUESTS[name])
    statuses = [line.split()[1] for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
    assert len(statuses) <= 1, answer
    assert all(status.startswith(b"4") for status in statuses), answer
    assert client.get("/healthz").status_code == 200


def test_a_length_beside_chunks_is_not_believed(client: httpx.Client) -> None:
    """With both the connection ends after the answer at the latest, so that nothing of a body becomes a request."""
    request = POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + BODY
    assert b"extractive" not in told(client, request)
    answer = told(client, request, leaves=False)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"extractive" not in answer
