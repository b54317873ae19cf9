"""A model that learned a newsroom's lines, from its weights to the lines of `POST /summarize`."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from app.engine import seq2seq
from app.engine.machine import multiplies_bf16
from tests.checkpoints import NEWSROOM, card, house

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

# What the small model of the fixture learned: 23 or 24 of 24 pairs, as one run and another round.
ENOUGH = 5


def page(article: dict[str, Any]) -> dict[str, str]:
    """An article as a client sends it."""
    return {"headline": article["headline"], "body": article["body"]}


@pytest.mark.slow
@pytest.mark.parametrize("runtime", ["torch", "ctranslate"])
def test_learned_lines_come_out_of_the_service(
    runtime: str, learned: Path, tmp_path: Path, serve: Callable[..., httpx.Client]
) -> None:
    """Each line that the desk wrote comes back for its sentence, grounded, marked as a model's, with its span."""
    engine = seq2seq.build(card(), house(tmp_path, learned, runtime))
    client = serve(engine)
    answer = client.post("/summarize", json={"articles": [page(a) for a in NEWSROOM]})
    assert answer.status_code == 200, answer.text
    said = answer.json()
    whole = 0
    for article, out in zip(NEWSROOM, said["articles"], strict=True):
        written = article["lines"]
        assert isinstance(written, list)
        from_model = [t for t, o in zip(out["summary"], out["origins"], strict=True) if o == "model"]
        known = [line for line in from_model if line in written]
        whole += len(known) >= 2
        for line, spans in zip(out["summary"], out["evidence"], strict=True):
            assert spans, line
            assert all(0 <= start < end <= len(str(article["body"])) for start, end in spans)
    assert whole >= ENOUGH, said["articles"]
    assert said["engine"]["runtime"] == runtime
    own = "bfloat16" if multiplies_bf16() else "float32"
    assert said["engine"]["dtype"] == (own if runtime == "torch" else "int8_float32")
    assert said["ai"]["generated"] is True


@pytest.mark.slow
def test_an_invented_value_never_leaves_the_house(
    learned: Path, tmp_path: Path, serve: Callable[..., httpx.Client]
) -> None:
    """A learned line with a figure that this article does not have is replaced by the article's own sentence."""
    engine = seq2seq.build(card(), house(tmp_path, learned))
    article = page(NEWSROOM[0]) | {"headline": "해온시, 낡은 상수도관 바꾼다"}
    article["body"] = article["body"].replace("486억원", "512억원").replace("120㎞", "90㎞")
    (out,) = serve(engine).post("/summarize", json={"articles": [article]}).json()["articles"]
    text = " ".join(out["summary"])
    assert "486억" not in text
    assert "120㎞" not in text


@pytest.mark.slow
def test_brief_lines_are_made_of_the_models_sentences(
    learned: Path, tmp_path: Path, serve: Callable[..., httpx.Client]
) -> None:
    """A model that writes sentences gives briefs too: its line with the desk's noun ending."""
    engine = seq2seq.build(card(), house(tmp_path, learned))
    body = {"articles": [page(a) for a in NEWSROOM], "style": "brief"}
    out = serve(engine).post("/summarize", json=body).json()["articles"]
    lines = [(t, o) for a in out for t, o in zip(a["summary"], a["origins"], strict=True)]
    assert sum(origin == "model" for _, origin in lines) >= len(lines) // 2
    assert not any(text.endswith("다.") for text, _ in lines)


def test_the_engine_says_what_ran(small: Path, tmp_path: Path) -> None:
    """Name, kind, runtime, device and dtype of the response are those of the loaded weights."""
    engine = seq2seq.build(card(), house(tmp_path, small))
    assert dataclasses.asdict(engine.info) == {
        "name": "desk", "kind": "seq2seq", "runtime": "torch", "device": "cpu",
        "dtype": "bfloat16" if multiplies_bf16() else "float32", "revision": None, "prompt": None,
    }  # fmt: skip
