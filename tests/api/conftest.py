"""A real server on a real port, run in a thread, and clients that speak HTTP to it."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from app.api import create_app
from app.engine.extractive import ExtractiveEngine
from app.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.types import ASGIApp

    from app.engine.base import Engine

# Our own writing: a page of two stories, a caption, an advertisement and a page number.
PAGE = """해온시, 골목 빈집 40채 청년 공방으로 고친다

해온시가 구도심의 빈집 40채를 사들여 청년 공방으로 고친다. 시는 내년 3월부터 2년 동안 36억원을 들인다고 12일 밝혔다. \
빈집은 지난해 조사에서 모두 217채로 나타났다.

공방에는 목공과 도예, 인쇄를 하는 청년 80명이 들어간다. 임대료는 한 달 5만원이며 3년까지 쓸 수 있다. \
시는 다음 달 20일까지 신청을 받는다.

한서윤 기자 seoyun@haeon.example

겨울 가뭄에 섬 12곳 제한급수

해온군의 섬 12곳이 15일부터 제한급수에 들어간다. 군은 저수지 3곳의 저수율이 평균 18%까지 떨어졌다고 설명했다. \
주민 2천300명은 사흘에 한 번 물을 받는다.

군은 급수선 2척을 띄우고 생수 4만병을 나눠 주기로 했다. 군 관계자는 “2월까지 비가 오지 않으면 급수를 더 줄여야 한다”고 말했다.

도현우 기자 hwdo@haeon.example

▲ 12일 해온시 중앙동의 한 빈집을 직원들이 둘러보고 있다. 해온시 제공
"""


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The base URL of `app`, served as `sejul serve` does but in a thread."""
    config = uvicorn.Config(
        app,
        port=0,
        http="app.api.protocol:GuardedProtocol",
        ws="none",
        log_config=None,
        access_log=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


@pytest.fixture
def serve() -> Iterator[Callable[..., httpx.Client]]:
    """Starts a server with these settings and this engine, and gives a client for it."""
    open_: list[Iterator[str]] = []
    clients: list[httpx.Client] = []

    def start(engine: Engine | None = None, **settings: object) -> httpx.Client:
        app = create_app(Settings.model_validate(settings), engine or ExtractiveEngine())
        context = serving(app)
        url = context.__enter__()
        open_.append(context)  # type: ignore[arg-type]
        clients.append(httpx.Client(base_url=url, timeout=60, trust_env=False))
        return clients[-1]

    yield start
    for client in clients:
        client.close()
    for context in open_:
        context.__exit__(None, None, None)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A client of a server with default settings and the embedded engine."""
    with (
        serving(create_app(Settings(), ExtractiveEngine())) as url,
        httpx.Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        yield client


@pytest.fixture
def page() -> str:
    """A page of two stories, a caption and two bylines."""
    return PAGE
