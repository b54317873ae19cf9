"""Under pressure: everything is bounded, everything is answered, and what is given up frees its place."""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import TYPE_CHECKING

import httpx
import pytest

from app.settings import Settings
from tests.api.conftest import serving
from tests.api.engines import FailingEngine, GatedEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    Serve = Callable[..., httpx.Client]


def service(client: httpx.Client) -> dict[str, float]:
    """The gauges of a server."""
    lines = client.get("/metrics").text.splitlines()
    return {
        k: float(v) for k, v in (x.rsplit(" ", 1) for x in lines if x.startswith("sejul_") and "{" not in x)
    }


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it became true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False


def raw(client: httpx.Client) -> socket.socket:
    """A connection to the server, to misbehave on."""
    return socket.create_connection((client.base_url.host, client.base_url.port), 20)


def received(sock: socket.socket) -> bytes:
    """All that comes until the server closes."""
    found = b""
    try:
        while chunk := sock.recv(65536):
            found += chunk
    except ConnectionResetError:
        pass
    return found


def test_a_full_house_refuses_with_a_time_to_come_back(serve: Serve, page: str) -> None:
    """Over its places the server answers 429 with Retry-After; those it took on are answered."""
    engine = GatedEngine(open_=False)
    client = serve(engine, queue_articles=4, admission_wait_s=0.2)
    with ThreadPoolExecutor(10) as crowd:
        asked = [crowd.submit(client.post, "/summarize", json={"text": page}) for _ in range(10)]
        assert until(lambda: sum(future.done() for future in asked) >= 8)
        engine.gate.set()
        answers = [future.result() for future in asked]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {answer.status_code for answer in refused} == {429}
    assert all(1 <= int(answer.headers["retry-after"]) <= 60 for answer in refused)
    assert all(answer.json()["code"] == "busy" for answer in refused)
    assert len(answers) - len(refused) == 2
    assert service(client)["sejul_queue_articles"] == 0


def test_a_page_is_admitted_whole_or_not_at_all(serve: Serve, page: str) -> None:
    """A page whose articles do not all fit is refused before the engine sees one of them."""
    engine = GatedEngine(open_=False)
    client = serve(engine, queue_articles=3, deadline_s=20)
    with ThreadPoolExecutor(1) as crowd:
        first = crowd.submit(client.post, "/summarize", json={"text": page})
        assert until(lambda: engine.asked > 0)
        assert client.post("/summarize", json={"text": page}).status_code == 429
        engine.gate.set()
        assert first.result().status_code == 200
    assert engine.asked == 2


def test_waiting_for_a_place_ends(serve: Serve, page: str) -> None:
    """With every place taken a request waits its time, and is then refused."""
    engine = GatedEngine(open_=False)
    client = serve(engine, places=1, admission_wait_s=0.4)
    client.post("/summarize", json={"text": ""})
    with ThreadPoolExecutor(40) as crowd:
        asked = [crowd.submit(client.post, "/summarize", json={"text": page}) for _ in range(40)]
        assert until(lambda: any(future.done() for future in asked))
        engine.gate.set()
        statuses = {future.result().status_code for future in asked}
    assert statuses <= {200, 429}


def test_a_slow_engine_is_given_up_before_the_deadline(serve: Serve, page: str) -> None:
    """Its articles come back extracted, with a notice, in time."""
    client = serve(GatedEngine(open_=False), deadline_s=2)
    client.post("/summarize", json={"text": page})
    started = time.monotonic()
    answer = client.post("/summarize", json={"text": page})
    assert time.monotonic() - started < 4
    assert answer.status_code == 200
    for article in answer.json()["articles"]:
        assert "engine_late" in {notice["code"] for notice in article["notices"]}
        assert set(article["origins"]) == {"extracted"}
    assert service(client)["sejul_batch_waiting"] == 0


def test_a_failing_engine_does_not_lose_the_page(serve: Serve, page: str) -> None:
    """Its articles come back extracted, with a notice, and not a word of the failure's message."""
    answer = serve(FailingEngine()).post("/summarize", json={"text": page})
    assert answer.status_code == 200
    for article in answer.json()["articles"]:
        assert "engine_failed" in {notice["code"] for notice in article["notices"]}
        assert article["summary"]


def test_the_deadline_is_kept(serve: Serve, page: str) -> None:
    """Where not even the extracted lines are there in time, the answer is 504."""
    answer = serve(deadline_s=0.001).post("/summarize", json={"text": page * 20})
    assert (answer.status_code, answer.json()["code"]) == (504, "deadline_passed")


def test_a_client_that_leaves_frees_its_place(serve: Serve, page: str) -> None:
    """Work for a client that hung up is dropped, and its place is free for the next."""
    engine = GatedEngine(open_=False)
    client = serve(engine)

    def at_work() -> bool:
        return service(client)["sejul_queue_articles"] == 2

    for accept in ("application/json", "application/x-ndjson"):
        with raw(client) as sock:
            body = page.encode()
            head = f"POST /summarize HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nContent-Type: text/plain\r\n"
            sock.sendall(head.encode() + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            assert until(at_work)
            assert service(client)["sejul_requests_at_work"] == 1
        assert until(lambda: service(client)["sejul_requests_at_work"] == 0)
        assert service(client)["sejul_queue_articles"] == 0
        assert service(client)["sejul_buffered_bytes"] == 0
    engine.gate.set()
    assert client.post("/summarize", json={"text": page}).status_code == 200


def test_a_slow_body_is_cut_off(serve: Serve) -> None:
    """A body that does not come in time is answered 408, and the connection closed."""
    client = serve(read_timeout_s=0.5)
    with raw(client) as sock:
        sock.sendall(
            b"POST /summarize HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\na"
        )
        answer = received(sock)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"body_timeout" in answer


def test_slow_headers_are_cut_off(serve: Serve) -> None:
    """A request line that never ends does not hold its connection."""
    client = serve(read_timeout_s=0.2)
    started = time.monotonic()
    with raw(client) as sock:
        sock.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        received(sock)
    assert time.monotonic() - started < 10


def test_a_slow_reader_is_cut_off() -> None:
    """A client that does not take its answer loses its connection, and whoever writes to it is told."""
    told = threading.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(64):
            await send({"type": "http.response.body", "body": bytes(2**20), "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        told.set()

    app.state = SimpleNamespace(settings=Settings(write_timeout_s=0.3))  # type: ignore[attr-defined]
    with serving(app) as url, raw(httpx.Client(base_url=url)) as sock:
        sock.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert told.wait(15)


def test_healthz_answers_while_the_house_is_full(serve: Serve, page: str) -> None:
    """The process lives, and says so, whatever waits."""
    engine = GatedEngine(open_=False)
    client = serve(engine, places=1, admission_wait_s=5)
    crowd = [
        threading.Thread(target=client.post, args=("/summarize",), kwargs={"json": {"text": page}})
        for _ in range(5)
    ]
    for one in crowd:
        one.start()
    assert client.get("/healthz").json() == {"status": "ok"}
    engine.gate.set()
    for one in crowd:
        one.join()


@pytest.mark.parametrize(
    ("reason", "status"), [(None, "ready"), ("the chat server does not answer", "degraded")]
)
def test_readyz_says_what_the_engine_says(serve: Serve, reason: str | None, status: str) -> None:
    """`ready`, or `degraded` with the reason where pages come back extracted."""
    engine = GatedEngine()
    engine.reason = reason
    client = serve(engine)
    assert until(lambda: client.get("/readyz").json()["status"] != "loading", 60)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": status, "reason": reason})


def test_a_whole_newspaper_at_once(serve: Serve, page: str) -> None:
    """More articles than the queue holds come through in turns where the server is idle."""
    answer = serve(GatedEngine(), queue_articles=4).post("/summarize", json={"text": "\n\n".join([page] * 8)})
    assert answer.status_code == 200
    assert len(answer.json()["articles"]) > 4
