"""The server in front of a chat server: what it names, what it does when that is down, and many pages at once."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

from app.engine.registry import build
from app.settings import Settings
from bench.ports import free_port
from tests.chat_server import Reply, answer
from tests.chat_server import serving as chatting

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

PAGES = 64


@pytest.fixture
def chat(serve: Callable[..., httpx.Client]) -> Callable[[str], httpx.Client]:
    """Starts a server whose engine asks the chat server at a URL."""

    def start(url: str) -> httpx.Client:
        return serve(build(Settings(chat_url=url, deadline_s=30)), chat_url=url, deadline_s=30)

    return start


def codes(article: dict[str, Any]) -> set[str]:
    """Its notices."""
    return {notice["code"] for notice in article["notices"]}


def test_the_response_names_model_form_and_prompt(chat: Callable[[str], httpx.Client], page: str) -> None:
    """`engine` says which model answered, how its shape was held, and the prompt with version and fingerprint."""
    with chatting(model="desk-model") as server:
        response = chat(server.url).post("/summarize", json={"text": page}).json()
    engine = response["engine"]
    assert (engine["name"], engine["kind"], engine["runtime"]) == ("desk-model", "chat", "openai/json_schema")
    assert engine["prompt"].startswith("headline_and_lines@1 sha256:")
    assert response["ai"]["generated"] is True
    assert {origin for article in response["articles"] for origin in article["origins"]} == {"model"}


def test_a_chat_server_that_is_down_costs_no_page(chat: Callable[[str], httpx.Client], page: str) -> None:
    """Every article comes back extracted with a notice, and /readyz says degraded and why, with 200."""
    client = chat(f"http://127.0.0.1:{free_port()}")
    response = client.post("/summarize", json={"text": page})
    assert response.status_code == 200
    assert response.json()["ai"]["generated"] is False
    for article in response.json()["articles"]:
        assert article["summary"]
        assert set(article["origins"]) == {"extracted"}
        assert "engine_failed" in codes(article)
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "degraded")
    assert "cannot be reached" in ready.json()["reason"]
    assert client.get("/healthz").status_code == 200


def test_ready_follows_the_chat_server(chat: Callable[[str], httpx.Client], page: str) -> None:
    """Ready while it answers, degraded when it stops, and the page comes back either way."""
    with chatting() as server:
        client = chat(server.url)
        client.post("/summarize", json={"text": page}).raise_for_status()
        assert client.get("/readyz").json()["status"] == "ready"
    assert client.get("/readyz").json()["status"] == "degraded"
    assert client.post("/summarize", json={"text": page}).status_code == 200


def test_a_model_that_lies_is_not_published(chat: Callable[[str], httpx.Client], page: str) -> None:
    """Lines with figures, names and quotations of its own are replaced, and the response says so."""
    lies = ["시는 빈집 900채를 산다.", "강도윤 시장이 “모두 헐겠다”고 말했다.", "공사비 3조 원이 든다."]
    with chatting(lambda asked: Reply(answer(asked, lies))) as server:
        response = chat(server.url).post("/summarize", json={"text": page}).json()
    told = json.dumps([a["summary"] for a in response["articles"]], ensure_ascii=False)
    assert not [tell for tell in ("900채", "강도윤", "헐겠다", "3조") if tell in told]
    assert {o for a in response["articles"] for o in a["origins"]} == {"extracted"}


def test_many_pages_at_once_are_all_answered(chat: Callable[[str], httpx.Client], page: str) -> None:
    """64 pages at once against a server that takes its time: all come back, every line the model's."""
    found: list[httpx.Response] = []
    with chatting(lambda asked: Reply(answer(asked), wait_s=0.3)) as server:
        client = chat(server.url)
        client.post("/summarize", json={"text": page})

        def send() -> None:
            found.append(client.post("/summarize", json={"text": page}))

        senders = [threading.Thread(target=send) for _ in range(PAGES)]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert server.most_at_once <= 32
    assert [response.status_code for response in found] == [200] * PAGES
    for response in found:
        assert {o for a in response.json()["articles"] for o in a["origins"]} == {"model"}


def test_an_answer_is_asked_for_by_either_name(chat: Callable[[str], httpx.Client], page: str) -> None:
    """`engine` in a request may be the model's name, or what SEJUL_ENGINE said."""
    with chatting(model="desk-model") as server:
        client = chat(server.url)
        client.post("/summarize", json={"text": page})
        for name, status in (("desk-model", 200), ("auto", 200), ("extractive", 200), ("other", 422)):
            assert client.post("/summarize", json={"text": page, "engine": name}).status_code == status
