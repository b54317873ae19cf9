"""Engines on test servers, and waits too short to wait for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.engine.cards import ChatCard
from app.engine.chat import ChatEngine, build, client
from app.settings import Settings
from tests.chat_desk import Make, assigned

if TYPE_CHECKING:
    from app.domain import Assignment


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Backoff in milliseconds."""
    monkeypatch.setattr(client, "FIRST_WAIT_S", 0.01)


@pytest.fixture
def article() -> Assignment:
    """An article with a headline, three lines of it wanted."""
    return assigned()


@pytest.fixture
def engine() -> Iterator[Make]:
    """Builds engines on a server's URL, as `build` does, and closes them."""
    made: list[ChatEngine] = []

    def make(url: str, deadline_s: float = 10.0, prompts_dir: Path | None = None, **card: Any) -> ChatEngine:
        values = {"prompt": "headline_and_lines", "context": 8192, **card}
        settings: dict[str, Any] = {"chat_url": url, "deadline_s": deadline_s}
        if prompts_dir is not None:
            settings["prompts_dir"] = prompts_dir
        chat = build(
            ChatCard(
                kind="chat", name="chat", title="t", hub="", licence="Apache-2.0", server="vllm", **values
            ),
            Settings(**settings),
        )
        made.append(chat)
        return chat

    yield make
    for chat in made:
        chat.close()
