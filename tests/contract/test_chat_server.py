"""A real OpenAI-compatible server, `transformers serve`, on a small model that the test trains: over real HTTP.

The model is a Qwen3 of a few layers with a tokenizer trained here, taught until it answers the prompt for two
articles of our own writing with the JSON that it asks for. What comes back went through a chat template, a
tokenizer, sampling settings, server-sent events and all else that a test double may leave out.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.domain import Options
from app.engine.cards import ChatCard
from app.engine.chat import build
from app.engine.chat.job import Job
from app.engine.chat.question import Question
from app.engine.prompts import load
from app.pipeline import Desk, summarize_articles
from app.settings import Settings
from app.summary.assign import assign
from app.text.splitter import single
from bench.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
CARD = ChatCard(
    kind="chat", name="small", title="t", hub="", licence="Apache-2.0", server="transformers serve",
    prompt="rewrite_evidence", context=2048,
)  # fmt: skip

ARTICLES = {
    "솔마을 도서관 새 단장": (
        "솔마을도서관이 여섯 달 공사를 마치고 3일 문을 열었다.\n"
        "도서관은 서가 40개를 새로 들이고 밤 10시까지 문을 연다.\n"
        "시는 내년에 어린이 열람실을 한 층 더 늘릴 예정이다."
    ),
    "물빛시장 주차장 넓혀": (
        "물빛시장 상인회가 주차장 80면을 새로 만들었다고 5일 밝혔다.\n"
        "공사비 12억 원은 시와 상인회가 나눠 냈다.\n"
        "상인회는 장날마다 첫 한 시간을 무료로 연다."
    ),
}


def taught() -> list[tuple[list[dict[str, str]], str]]:
    """The questions that the engine asks about the articles, and the answers to teach."""
    prompt = load(ROOT / "prompts", CARD.prompt)
    pairs = []
    for headline, body in ARTICLES.items():
        assignment = assign(single(headline, body).articles[0], Options())
        job = Job.of(assignment, 0.0)
        question = Question.of(prompt, job)
        for evidence in assignment.evidence:
            chat: list[Any] = question.messages(job, evidence.sentences, in_words=False)
            text = " ".join(assignment.sentences[n].text for n in evidence.sentences)
            pairs.append((chat, json.dumps({"text": text}, ensure_ascii=False)))
    return pairs


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model directory: tokenizer with a chat template, and weights that know the answers."""
    folder = tmp_path_factory.mktemp("small")
    # In a process of its own, so that torch's threads and memory end with it.
    script = Path(__file__).with_name("small_model.py")
    (folder / "pairs.json").write_text(json.dumps(taught(), ensure_ascii=False), encoding="utf-8")
    subprocess.run([sys.executable, script, folder], check=True, timeout=500, env=_offline())
    return folder


def _offline() -> dict[str, str]:
    return {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "2", "PYTHONWARNINGS": "ignore"}


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "continuous-batching"])
def server(weights: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """`transformers serve` on those weights, with and without continuous batching."""
    port = free_port()
    command = [sys.executable, "-m", "transformers.cli.transformers", "serve", str(weights)]
    more = ["--continuous-batching", "--cb-num-blocks", "64", "--cb-max-batch-tokens", "512"]
    with (weights / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--device", "cpu", "--dtype", "float32", *(more if request.param else [])],
            stdout=log, stderr=log, env=_offline(),
        )  # fmt: skip
        try:
            _wait(port, process, Path(log.name))
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("transformers serve did not come up:\n" + log.read_text(encoding="utf-8")[-2000:])


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
def test_lines_come_from_a_real_server(server: str, weights: Path, *, stream: bool) -> None:
    """Headline kept, three grounded lines of the model's for each article, the form of answer found out."""
    card = CARD.model_copy(update={"stream": stream})
    engine = build(card, Settings(chat_url=server, chat_model=str(weights), deadline_s=120))
    try:
        desk = Desk(engine.drafter(), deadline_s=120)
        result = asyncio.run(summarize_articles([*ARTICLES.items()], Options(), desk))
        assert engine.ready() is None
        assert engine.info.name == str(weights)
    finally:
        engine.close()
    for brief, (headline, body) in zip(result.briefs, ARTICLES.items(), strict=True):
        assert brief.headline == headline
        assert [line.origin.value for line in brief.lines] == ["model"] * 3
        for line in brief.lines:
            assert "".join(body[s.start : s.end] for s in line.evidence) == line.text
