"""A machine with a card and its weights, for tests of all layers."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from app.engine.cards import Framing, Generation, LocalCard, Seq2SeqCard
from app.settings import Settings
from bench.korean import articles

# Six articles of three sentences, with the line that their desk made of each.
NEWSROOM: list[dict[str, object]] = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "examples" / "finetune.jsonl").read_text("utf-8").splitlines()
]
GENERATION = Generation(max_new_tokens=40)


def card(name: str = "desk", **changes: object) -> Seq2SeqCard:
    """A seq2seq card, framed as gogamza's unless told otherwise."""
    fields: dict[str, object] = {
        "name": name, "kind": "seq2seq", "title": "시험용", "hub": "example/desk", "licence": "MIT",
        "max_input": 1000, "framing": Framing(before=("bos",), after=("eos",)),
        "rewrite": GENERATION, "headline": GENERATION, "article": GENERATION,
    }  # fmt: skip
    return Seq2SeqCard.model_validate({**fields, **changes})


def local_card(name: str = "desk", **changes: object) -> LocalCard:
    """A local card, asking as the one that is served does."""
    asks = {
        "headline": {"text": "\n제목 {length}자:", "length": 30},
        "sentence": {"text": "\n문장 {length}자:", "length": 50},
        "brief": {"text": "\n줄임 {length}자:", "length": 25},
    }
    fields: dict[str, object] = {
        "name": name, "kind": "local", "title": "시험용", "hub": "example/desk", "licence": "MIT",
        "max_input": 400, "framing": Framing(before=("bos",)), "asks": asks,
        "rewrite": GENERATION, "headline": GENERATION,
    }  # fmt: skip
    return LocalCard.model_validate({**fields, **changes})


def prompts(count: int) -> list[list[int]]:
    """Inputs of a causal model, of different lengths, the shortest first."""
    return [
        [0, *(5 + ord(c) % 200 for c in body[: 20 + 30 * n])]
        for n, (_, body) in enumerate(articles(count, sentences=3))
    ]


def house(folder: Path, checkpoint: Path, runtime: str = "torch") -> Settings:
    """Settings of a machine on which the card `desk` has the weights of `checkpoint`."""
    weights = folder / "weights" / "desk"
    shutil.copytree(checkpoint, weights, ignore=shutil.ignore_patterns("ctranslate2"))
    return Settings.model_validate(
        {"models_dir": folder, "engine": "desk", "runtime": runtime, "device": "cpu"}
    )
