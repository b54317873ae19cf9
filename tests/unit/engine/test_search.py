"""Beams under torch share their prompt, and write with the tokens that a desk writes with."""

from __future__ import annotations

import pytest
import torch
from transformers import GenerationConfig

from app.engine.alphabet import written
from app.engine.cards import Framing, Generation
from app.engine.checkpoint import CAUSAL, read_checkpoint
from app.engine.runtime import search
from app.engine.runtime.search import CausalTorchRuntime
from app.engine.tokenizer import load_tokenizer
from bench.checkpoint import gemma
from tests.checkpoints import prompts


@pytest.fixture(scope="module", params=[512, 16])
def runtime(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CausalTorchRuntime:
    """A small Gemma 3 that knows nothing, whose window holds a prompt, or less of it than is read and written."""
    folder = gemma(tmp_path_factory.mktemp("base") / "gemma", request.param)
    framing = Framing(before=("bos",))
    checkpoint = read_checkpoint(folder, framing, CAUSAL)
    return CausalTorchRuntime(checkpoint, load_tokenizer(checkpoint, framing), "cpu", torch.float32)


def test_greedy_is_what_transformers_writes(runtime: CausalTorchRuntime) -> None:
    """Each row alone under the library's own loop, with its plain attention: the same tokens."""
    rows = prompts(4)
    found = runtime.generate(rows, Generation(max_new_tokens=12, min_new_tokens=12))
    model = runtime._model
    ours = model.config._attn_implementation
    model.set_attn_implementation("sdpa")
    how = GenerationConfig(
        max_new_tokens=12,
        min_new_tokens=12,
        do_sample=False,
        eos_token_id=runtime._ids.eos,
        pad_token_id=runtime._ids.pad,
    )
    theirs = []
    for row in rows:
        ids = torch.tensor([row])
        every = model.generate(ids, generation_config=how, attention_mask=torch.ones_like(ids))
        theirs.append(every[0, len(row) :].tolist())
    model.set_attn_implementation(ours)
    assert theirs == [output.ids for output in found]


def test_a_score_is_what_reading_it_all_at_once_gives(runtime: CausalTorchRuntime) -> None:
    """Beams change places at each step, and each goes on from its own words and its own prompt."""
    rows = prompts(4)
    found = runtime.generate(rows, Generation(max_new_tokens=20, num_beams=4, hypotheses=4))
    model = runtime._model
    ours = model.config._attn_implementation
    model.set_attn_implementation("sdpa")
    for row, output in zip(rows, found, strict=True):
        for one in (output, *output.others):
            said = [*one.ids, *[runtime._ids.eos] * one.finished]
            with torch.inference_mode():
                hidden = model.model(input_ids=torch.tensor([[*row, *said]])).last_hidden_state[0]
            chances = torch.log_softmax((hidden @ runtime._head.T).float(), -1)
            places = torch.tensor([runtime._known.tolist().index(token) for token in said])
            likely = chances[torch.arange(len(row) - 1, len(row) + len(said) - 1), places]
            assert one.score == pytest.approx(likely.mean().item(), abs=1e-4)
    model.set_attn_implementation(ours)


def test_an_input_alone_is_read_as_beside_others(runtime: CausalTorchRuntime) -> None:
    """No word sees those behind it, whether anything is padded or not."""
    how = Generation(max_new_tokens=6, min_new_tokens=6, num_beams=2, hypotheses=2)
    rows = prompts(3)
    for row, output in zip(rows, runtime.generate(rows, how), strict=True):
        for many in (1, 2):
            for other in runtime.generate([row] * many, how):
                assert other == output
                assert other.score == pytest.approx(output.score, abs=1e-4)


def test_prompts_are_read_in_parts_as_together(
    runtime: CausalTorchRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answers with every prompt read by itself, two at a time, or all at once."""
    how = Generation(max_new_tokens=8, min_new_tokens=8, num_beams=3, hypotheses=3)
    many = prompts(5)[::-1]
    found = []
    for most in (1, len(many[0]) + len(many[1]), 10_000):
        monkeypatch.setattr(search, "_AT_ONCE", most)
        found.append(runtime.generate(many, how))
    assert found[0] == found[1] == found[2]


def test_more_than_one_answer_is_told_with_its_score(runtime: CausalTorchRuntime) -> None:
    """As many as were asked for, the likeliest first, none twice; alone as among others."""
    how = Generation(max_new_tokens=8, num_beams=4, hypotheses=4)
    rows = prompts(3)
    for row, output in zip(rows, runtime.generate(rows, how), strict=True):
        every = [output, *output.others]
        assert [one.score for one in every] == sorted((one.score for one in every), reverse=True)
        assert len({tuple(one.ids) for one in every}) == len(every) == 4
        assert runtime.generate([row], how) == [output]
    (one,) = runtime.generate(rows[:1], Generation(max_new_tokens=8, num_beams=4))
    assert one.others == ()


@pytest.mark.parametrize(
    "token", ["▁서울", "시는", "7", "▁", "%", "…", "“", "韓", "▁KBS", "km", "IoT", "<0xEA>", "▁(", "㎞"]
)
def test_what_a_desk_writes_with(token: str) -> None:
    """Hangul, figures, signs of Korean type, Hanja, acronyms, units, and bytes for the rest."""
    assert written(token)


@pytest.mark.parametrize(
    "token", ["▁the", "function", "▁▁▁▁", "\n", "привет", "の", "▁für", "<eos>", "语", "CONSTRUCTOR"]
)
def test_what_a_desk_does_not_write_with(token: str) -> None:
    """Words of other languages, code, line breaks, and what steers a model."""
    assert not written(token)
