"""The fine-tuning recipe: what is learned is encoded as what is served, and the result is served by its card."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from app.domain import Article, Options, Traced
from app.engine.checkpoint import read_checkpoint
from app.engine.seq2seq import build
from app.engine.tokenizer import load_tokenizer
from app.engine.writing import Job, Rewriter
from app.summary.assign import assign
from tests.checkpoints import NEWSROOM, card, house
from training.finetune import Pair, encode, main, pairs_of

if TYPE_CHECKING:
    import pytest


def test_training_encodes_as_serving_does(small: Path) -> None:
    """The ids of a pair's source are those of the job that the engine makes of the same sentence."""
    desk = card(framing={"before": ["bos"], "after": ["eos"], "line_prefix": "요약: "})
    checkpoint = read_checkpoint(small, desk.framing)
    tokenizer = load_tokenizer(checkpoint, desk.framing)
    article = NEWSROOM[0]
    assignment = assign(Article("제목", Traced.whole(str(article["body"]))), Options())
    served = {tuple(job.ids) for job in Rewriter(desk, tokenizer).jobs(assignment) if isinstance(job, Job)}
    learned = encode(list(pairs_of(article, desk)), tokenizer, checkpoint, desk.max_input)
    assert served <= {tuple(example.source) for example in learned}
    assert all(example.target[-1] == checkpoint.ids.eos for example in learned)


def test_a_line_that_the_body_does_not_explain_is_not_learned() -> None:
    """A model that learns lines from nowhere learns to invent."""
    article = {
        "body": NEWSROOM[0]["body"],
        "lines": ["여야는 새 법안을 놓고 다투었다."],
        "headline": "여야 격돌",
    }
    assert list(pairs_of(article, card())) == []
    lines = ["해온시가 노후 상수도관 120㎞를 2029년까지 바꾼다."]
    found = list(pairs_of({"body": NEWSROOM[0]["body"], "lines": lines}, card()))
    assert [pair.target for pair in found] == lines
    assert isinstance(found[0], Pair)
    assert found[0].source in str(NEWSROOM[0]["body"])


def test_the_recipe_from_pairs_to_an_engine(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One epoch on the sample, by the documented command; what it writes loads and drafts."""
    settings = house(tmp_path / "models", small)
    (tmp_path / "models" / "desk.toml").write_text(
        'name = "desk"\nkind = "seq2seq"\ntitle = "t"\nhub = "example/desk"\nlicence = "MIT"\nmax_input = 900\n'
        'framing = { before = ["bos"], after = ["eos"] }\n'
        "[rewrite]\nmax_new_tokens = 9\n[headline]\nmax_new_tokens = 9\n[article]\nmax_new_tokens = 9\n"
    )
    monkeypatch.setenv("SEJUL_MODELS_DIR", str(settings.models_dir))
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in NEWSROOM))
    done = CliRunner().invoke(main, [str(pairs), str(tmp_path / "ours"), "--card", "desk", "--epochs", "1"])
    assert done.exit_code == 0, done.output
    assert "6 articles, 24 pairs" in done.output
    assert "epoch 1: loss" in done.output
    before = (small / "config.json").read_bytes()
    assert (tmp_path / "ours" / "config.json").read_bytes() == before
    shutil.rmtree(tmp_path / "models" / "weights")
    engine = build(card(), house(tmp_path / "served", tmp_path / "ours"))
    assert engine.info.name == "desk"
