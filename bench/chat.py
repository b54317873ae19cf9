"""The chat engine: one question a page or one an article, 64 pages at once, and what the checks of its lines cost.

The server is real: `transformers serve --continuous-batching` on random weights, which read and write as many tokens
as a trained model of their size would. Where ../shared is absent the checks are not measured.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain import Options
from app.engine.chat.client import ChatClient
from app.engine.chat.job import Job
from app.engine.chat.question import Question
from app.engine.chat.server import Server
from app.engine.citation import HEADLINE_COVER, LEAST_COVER, MOST_NEW_NOUNS, Words
from app.engine.prompts import load
from app.settings import Settings
from app.summary.assign import assign
from app.text.sentences import sentences
from app.text.splitter import single
from bench.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openai.types.chat import ChatCompletionMessageParam

    from app.domain import Article

SHARED = Path(__file__).parents[2] / "shared" / "data"
ARTICLES_A_PAGE = 5
ANSWER_TOKENS = 48
BODY = (
    "가람시가 낡은 시민회관을 헐고 {n}층짜리 문화센터를 짓는다고 {n}일 밝혔다.\n"
    "새 건물에는 공연장과 도서관, 주민 쉼터가 들어선다.\n"
    "공사비 {n}80억 원은 시와 도가 나누어 낸다.\n"
    "주민 대표는 공사 기간에 쓸 임시 회관을 먼저 마련해 달라고 시에 요청했다.\n"
    "시는 다음 달 설계를 공모하고 내년 봄 첫 삽을 뜰 예정이다."
)


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as url:
        for pages in (1, 2):
            _compare(url, folder, pages)
    if SHARED.is_dir():
        _checks()


def _compare(url: str, model: str, pages: int) -> None:
    """Both ways for the same pages, one after the other, twice; the better of each."""
    article: list[float] = []
    page: list[float] = []
    for _ in range(2):
        article.append(asyncio.run(_ask(url, model, _by_article(pages), ANSWER_TOKENS)))
        page.append(asyncio.run(_ask(url, model, _by_page(pages), ANSWER_TOKENS * ARTICLES_A_PAGE)))
    a, p = min(article), min(page)
    print(f"{pages} page(s) of {ARTICLES_A_PAGE} articles at once, {ANSWER_TOKENS} tokens an article")
    print(f"  one question an article: {a:6.2f} s   one a page: {p:6.2f} s   ratio {p / a:.2f}")


async def _ask(url: str, model: str, questions: list[list[ChatCompletionMessageParam]], tokens: int) -> float:
    client = ChatClient(Server(url, model, concurrency=64))
    started = time.monotonic()
    await asyncio.gather(*(client.ask(q, None, tokens, started + 300) for q in questions))
    taken = time.monotonic() - started
    await client.close()
    return taken


def _questions(pages: int) -> list[list[ChatCompletionMessageParam]]:
    prompt = load(Settings().prompts_dir, "headline_and_lines")
    found = []
    for n in range(pages * ARTICLES_A_PAGE):
        job = Job.of(assign(single(None, BODY.format(n=n + 2)).articles[0], Options()), 0.0)
        found.append(Question.of(prompt, job).messages(job, job.shown, in_words=True))
    return found


def _by_article(pages: int) -> list[list[ChatCompletionMessageParam]]:
    return _questions(pages)


def _by_page(pages: int) -> list[list[ChatCompletionMessageParam]]:
    """The same articles behind one system message a page: what a prompt for whole pages would send."""
    every = _questions(pages)
    joined: list[list[ChatCompletionMessageParam]] = []
    for at in range(0, len(every), ARTICLES_A_PAGE):
        group = every[at : at + ARTICLES_A_PAGE]
        user = "\n\n".join(str(q[1].get("content")) for q in group)
        joined.append([group[0][0], {"role": "user", "content": user}])
    return joined


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """`transformers serve` with continuous batching on random weights of a few million parameters."""
    _random_model(folder)
    port = free_port()
    command = [
        sys.executable, "-m", "transformers.cli.transformers", "serve", str(folder), "--port", str(port),
        "--device", "cpu", "--dtype", "float32", "--continuous-batching",
        "--cb-num-blocks", "512", "--cb-max-batch-tokens", "2048",
    ]  # fmt: skip
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.5)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()


def _random_model(folder: Path) -> None:
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

    texts = [str(m.get("content")) for q in _questions(4) for m in q]
    words = Tokenizer(models.BPE())
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = decoders.ByteLevel()
    words.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=1500,
            special_tokens=["<|pad|>", "<|end|>"],
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
        ),
    )
    template = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
    PreTrainedTokenizerFast(
        tokenizer_object=words, pad_token="<|pad|>", eos_token="<|end|>", chat_template=template  # noqa: S106
    ).save_pretrained(folder)  # fmt: skip
    torch.manual_seed(0)
    config = Qwen3Config(
        vocab_size=words.get_vocab_size(), hidden_size=128, intermediate_size=384, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, head_dim=32, max_position_embeddings=8192,
        # No end of text: every answer is as long as it may be, so that both ways write the same number of tokens.
        bos_token_id=None, eos_token_id=None, pad_token_id=0,
    )  # fmt: skip
    Qwen3ForCausalLM(config).save_pretrained(folder)


def _checks() -> None:
    """How many true lines the check for being about the article refuses, and how far off other lines are."""
    with (SHARED / "summaries_dev.jsonl").open(encoding="utf-8") as rows:
        desk = [
            (_article(row["title"], row["body"]), row["reference"])
            for row in map(json.loads, rows)
            if row["source"] == "newsis"
        ]
    words = [Words(article, sentences(article.body.text)) for article, _ in desk]
    own = [words[n].support(line) for n, (_, lines) in enumerate(desk) for line in lines]
    other = [words[(n + 7) % len(desk)].support(line) for n, (_, lines) in enumerate(desk) for line in lines]
    kept, let = (100 * statistics.mean(s.enough for s in group) for group in (own, other))
    print(
        f"{len(own)} lines of a news agency's desk, least cover {LEAST_COVER}, at most {MOST_NEW_NOUNS} new nouns"
    )
    print(f"  kept {kept:.1f}%   of another article's kept {let:.1f}%   headline cover {HEADLINE_COVER}")
    print(
        f"  with a new name {sum(bool(s.new_names) for s in own)}   with a new grave word {sum(bool(s.grave) for s in own)}"
        f"   under the cover {sum(s.cover < LEAST_COVER for s in own)}"
        f"   over the nouns {sum(len(s.new_nouns) > MOST_NEW_NOUNS for s in own)}"
    )


def _article(title: str, body: str) -> Article:
    return single(title, body).articles[0]


if __name__ == "__main__":
    main()
