"""The recipe of our own writer: its pairs are grounded, its run resumes, and its adapter serves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from click.testing import CliRunner
from safetensors.torch import load_file

from app.engine.local import build
from app.engine.pull import pull
from app.settings import Settings
from app.summary.derived import derived
from app.text.sentences import sentences
from bench.checkpoint import gemma
from tests.checkpoints import NEWSROOM, local_card
from training import pairs as pairs_of
from training.lora import tensors
from training.pairs import Pair, of_article, of_newsroom, of_own, read_lines
from training.writer import ADAPTER, LOG, SETTINGS, STATE, Recipe, Trainer, chosen, main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
OWN = ROOT / "training" / "lines.jsonl"
CARD = """
name = "desk"
kind = "local"
title = "t"
hub = "example/desk"
licence = "L"
max_input = 200
adapter = "adapter.safetensors"
framing = { before = ["bos"] }
[asks]
headline = { text = "제목 {length}자:", length = 30 }
sentence = { text = "문장 {length}자:", length = 50 }
brief = { text = "줄임 {length}자:", length = 25 }
[rewrite]
max_new_tokens = 60
[headline]
max_new_tokens = 60
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small Gemma 3 that knows nothing."""
    return gemma(tmp_path_factory.mktemp("base") / "gemma")


def own() -> list[Pair]:
    """The pairs of our own writing that grounding supports."""
    return [pair for row in read_lines(OWN) for pair in of_own(row)]


def test_there_are_pairs_of_our_own_in_both_styles() -> None:
    """Three hundred and more that grounding supports, none of them twice, each in its style."""
    found = own()
    assert len(found) >= 300
    assert len(set(found)) == len(found)
    assert all(pair.target.endswith("다.") for pair in found if pair.task == "sentence")
    assert not [pair for pair in found if pair.task == "brief" and pair.target.endswith("다")]
    assert min(sum(p.task == task for p in found) for task in ("sentence", "brief")) >= 100


STORY = (
    "책 12만 권, 밤 10시까지 개방\n시장 “책 읽는 도시로”\n"
    "미리내시는 9일 도서관 세 곳을 내년 3월까지 새로 열고 책 12만 권을 갖추겠다고 밝혔다.\n"
    "도서관은 역 앞과 시장 옆, 옛 군청 터에 들어서며 밤 10시까지 문을 연다고 시 관계자가 설명했다.\n"
    "시는 사서 24명을 새로 뽑고 어린이 책 읽기 교실을 매주 두 번 운영할 계획이라고 덧붙였다."
)


def test_press_articles_give_headlines_and_subheads_with_their_sources() -> None:
    """A headline has the lead as its source, without the lines above it; one that invents is left out."""
    row = {
        "title": "[현장] 미리내시, 도서관 세 곳 새로 연다",
        "subtitle": "사서 24명 새로 뽑을 계획",
        "body": STORY,
    }
    (headline, *briefs) = [pair for pair in of_article(row) if pair.origin == "press"]
    assert (headline.task, headline.target) == ("headline", "미리내시, 도서관 세 곳 새로 연다")
    assert headline.source.startswith("미리내시는 9일 도서관 세 곳을")
    found = {pair.target: pair.source for pair in briefs}
    assert found["사서 24명 새로 뽑을 계획"] == STORY.splitlines()[-1]
    assert "시장 “책 읽는 도시로”" not in found
    for invented in (
        "미리내시, 도서관 다섯 곳 새로 연다",
        "한빛시, 도서관 세 곳 새로 연다",
        "미술관 음악회 성황",
    ):
        again = of_article({"title": invented, "subtitle": None, "body": STORY})
        assert "headline" not in {pair.task for pair in again}


def test_a_subhead_says_which_words_a_sentence_keeps() -> None:
    """Beside each subhead stands what deletion makes of its sentence with the desk's words, where there is such a line."""
    body = (
        "미리내시는 9일 도서관 세 곳을 내년 3월까지 새로 열고 책 12만 권을 갖추겠다고 밝혔다.\n"
        "미리내시의 도서관 이용자는 지난해 18만 명으로 4년 만에 두 배로 늘었다.\n"
    )
    row = {"title": "도서관을 늘린다", "subtitle": "도서관 이용자 18만 명, 4년 만에 두 배로", "body": body}
    ((source, line),) = [(pair.source, pair.target) for pair in of_article(row) if pair.origin == "laid"]
    *_, told = sentences(body)
    assert source == told.text
    assert line.startswith("도서관 이용자")
    assert derived(line, told, telegraphic=True)
    row["subtitle"] = "이용자들 “밤에도 열었으면”"
    assert not [pair for pair in of_article(row) if pair.origin == "laid"]


def test_a_newsroom_brings_its_own() -> None:
    """Lines by their ending, headlines where there are any, what the body does not say left out."""
    found = [pair for row in NEWSROOM for pair in of_newsroom(row)]
    assert {pair.task for pair in found} >= {"headline", "sentence"}
    assert {pair.origin for pair in found} == {"newsroom"}
    lie = {**NEWSROOM[0], "lines": ["해온시가 상수도관 999㎞를 바꾼다."], "headline": "해온시, 999㎞ 교체"}
    assert list(of_newsroom(lie)) == []


def test_batches_are_of_one_length_and_known_by_the_seed(base: Path, tmp_path: Path) -> None:
    """Padded lengths come in few steps, a batch holds to its budget, and a run chooses the same again."""
    trainer = Trainer(base, local_card(max_input=300), own(), tmp_path, Recipe(batch_tokens=512, above=1))
    for step in range(20):
        batch = chosen(trainer.train, step, trainer.recipe)
        longest = max(len(example.ids) for example in batch)
        assert longest - min(len(example.ids) for example in batch) < 32
        assert len(batch) == 1 or len(batch) * longest <= 512
        assert batch == chosen(trainer.train, step, trainer.recipe)
    assert not {tuple(e.ids) for e in trainer.held} & {tuple(e.ids) for e in trainer.train}
    assert trainer.held


def test_only_the_target_is_learned(base: Path, tmp_path: Path) -> None:
    """The loss is that of transformers with the source masked, logits made at the target alone."""
    from training.writer import loss_of

    trainer = Trainer(base, local_card(max_input=300), own()[:9], tmp_path, Recipe(above=0))
    batch = trainer.train[:3]
    longest = max(len(e.ids) for e in batch)
    ids = torch.tensor([[*e.ids, *[0] * (longest - len(e.ids))] for e in batch])
    labels = torch.full_like(ids, -100)
    for row, example in enumerate(batch):
        labels[row, example.start : len(example.ids)] = torch.tensor(example.ids[example.start :])
    theirs = trainer.model(input_ids=ids, labels=labels).loss
    assert loss_of(trainer.model, batch, "cpu").item() == pytest.approx(theirs.item(), abs=0.02)


def test_a_run_that_was_broken_off_goes_on(base: Path, tmp_path: Path) -> None:
    """Three steps and three more are the six of one run, and nothing of the text is in what is written."""
    desk = local_card(max_input=300)
    found = own()[:40]

    def steps(out: str, count: int) -> dict[str, torch.Tensor]:
        recipe = Recipe(steps=count, cool=1, warm=1, every=3, batch_tokens=512, above=1, rate=1e-2)
        list(Trainer(base, desk, found, tmp_path / out, recipe).run())
        return load_file(tmp_path / out / ADAPTER)

    whole = steps("whole", 6)
    broken = Recipe(steps=6, cool=1, warm=1, every=3, batch_tokens=512, above=1, rate=1e-2)
    run = Trainer(base, desk, found, tmp_path / "broken", broken).run()
    assert "step 3 of 6" in next(run)
    run.close()
    again = steps("broken", 6)
    assert again.keys() == whole.keys()
    assert all(torch.equal(again[name], values) for name, values in whole.items())
    assert any(values.abs().max() > 0 for name, values in whole.items() if name.endswith(".up"))
    assert {name.split(".")[2] for name in whole} == {"1", "2"}


def test_a_run_may_begin_with_an_adapter(base: Path, tmp_path: Path) -> None:
    """It holds what the adapter holds before its first step; one of another rank or other layers is refused."""
    desk = local_card(max_input=300)
    recipe = Recipe(steps=3, cool=1, warm=1, every=3, batch_tokens=512, above=1, rate=1e-2)
    list(Trainer(base, desk, own()[:40], tmp_path / "first", recipe).run())
    start = tmp_path / "first" / ADAPTER
    then = Trainer(base, desk, own()[:40], tmp_path / "then", recipe, start)
    held = load_file(start)
    assert all(
        torch.equal(held[name], values) for name, values in tensors(then.adapted, torch.bfloat16).items()
    )
    for other in (replace(recipe, rank=4), replace(recipe, above=0)):
        with pytest.raises(ValueError, match="another rank"):
            Trainer(base, desk, own()[:40], tmp_path / "other", other, start)


def test_the_recipe_from_pairs_to_an_engine(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documented commands on the sample, from a newsroom's articles to an engine that drafts."""
    models = tmp_path / "models"
    models.mkdir()
    (models / "desk.toml").write_text(CARD, encoding="utf-8")
    monkeypatch.setenv("SEJUL_MODELS_DIR", str(models))
    monkeypatch.setenv("MALLOC_ARENA_MAX", "1")
    files = {name: str(tmp_path / name) for name in ("pairs.jsonl", "out")}
    sample = str(ROOT / "examples" / "finetune.jsonl")
    commands: list[tuple[Callable[..., object], list[str]]] = [
        (pairs_of.main, [files["pairs.jsonl"], "--newsroom", sample]),
        (
            main,
            [
                files["pairs.jsonl"],
                files["out"],
                "--card",
                "desk",
                "--base",
                str(base),
                "--steps",
                "2",
                "--above",
                "1",
            ],
        ),
    ]
    for command, args in commands:
        done = CliRunner().invoke(command, args)  # type: ignore[arg-type]  # a click command
        assert done.exit_code == 0, done.output
    out = tmp_path / "out"
    assert {path.name for path in out.iterdir()} == {ADAPTER, LOG, SETTINGS, STATE}
    about = json.loads((out / SETTINGS).read_text(encoding="utf-8"))
    assert set(about["inputs"]) == {"pairs.jsonl", "model.safetensors"}
    assert "step 2 of 2" in (out / LOG).read_text(encoding="utf-8")
    desk = local_card(adapter="adapter.safetensors", max_input=200)
    pull(desk, models / "weights", base, models_dir=out)
    (models / "adapter.safetensors").write_bytes((out / ADAPTER).read_bytes())
    engine = build(desk, Settings.model_validate({"models_dir": models, "runtime": "torch", "device": "cpu"}))
    assert engine.info.kind == "local"
    engine.close()
