"""What every engine holds to, whatever it runs on: one suite for all of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.domain import Article, HeadlineOrigin, Options, Origin, Style, Traced
from app.engine.cards import read_cards
from app.engine.extractive import ExtractiveEngine
from app.engine.local import build as build_local
from app.engine.seq2seq import build
from app.engine.weights import installed
from app.errors import EngineError
from app.settings import Settings
from app.summary.assign import assign
from bench.checkpoint import gemma
from bench.korean import articles
from tests.checkpoints import GENERATION, card, house, local_card

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from app.domain import Assignment, Draft
    from app.engine.base import Engine

ENGINES = [
    "extractive",
    "seq2seq on torch",
    "seq2seq on ctranslate",
    "seq2seq, whole articles",
    "seq2seq, beams",
    "local on torch",
    "local on ctranslate",
    "local, the real weights",
]
OURS = "gemma-desk"


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, small: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """Each engine in turn, over a small checkpoint where it needs one."""
    if request.param == "extractive":
        yield ExtractiveEngine()
        return
    runtime = "ctranslate" if "ctranslate" in request.param else "torch"
    if runtime == "ctranslate":
        pytest.importorskip("ctranslate2", reason="needs the extra [ctranslate]")
    if "local" in request.param:
        yield from local(request.param, runtime, tmp_path_factory)
        return
    mode = "article" if "whole" in request.param else "rewrite"
    how = GENERATION.model_copy(update={"num_beams": 3 if "beams" in request.param else 1})
    desk = card(mode=mode, rewrite=how, max_input=120)
    built = build(desk, house(tmp_path_factory.mktemp("house"), small, runtime))
    yield built
    built.close()


def local(param: str, runtime: str, folders: pytest.TempPathFactory) -> Iterator[Engine]:
    """A local engine: a small checkpoint that knows nothing, or our writer where its weights were pulled."""
    if "real" in param:
        settings = Settings(engine=OURS, device="cpu")
        if not installed(settings.weights_dir / OURS):
            pytest.skip(f"the weights of {OURS} are not here: `sejul models pull {OURS}`")
        built = build_local(read_cards(settings.models_dir)[OURS], settings)
    else:
        checkpoint = gemma(folders.mktemp("gemma") / "gemma")
        desk = local_card(max_input=120)
        built = build_local(desk, house(folders.mktemp("house"), checkpoint, runtime))
    yield built
    built.close()


def assignments(count: int, *, headlines: bool = True, style: Style = Style.SENTENCE) -> list[Assignment]:
    """Articles of different lengths, every other one without a headline."""
    found = []
    for n, (headline, body) in enumerate(articles(count, sentences=9)):
        text = ". ".join(body.split(". ")[: 3 + n % 6])
        given = headline if headlines or n % 2 else None
        found.append(assign(Article(given, Traced.whole(text)), Options(3, style)))
    return found


def drafts(engine: Engine, work: list[Assignment]) -> list[Draft]:
    """The drafts, none of them an error."""
    found = engine.draft(work)
    assert not [d for d in found if isinstance(d, EngineError)]
    return [d for d in found if not isinstance(d, EngineError)]


def test_one_draft_for_each_assignment_in_order(engine: Engine) -> None:
    """As many drafts as assignments, each of its own article's sentences, with as many lines as evidence."""
    work = assignments(9)
    for assignment, draft in zip(work, drafts(engine, work), strict=True):
        assert len(draft.lines) == len(assignment.evidence)
        for line in draft.lines:
            assert line.text.strip() == line.text != ""
            assert list(line.sentences) == sorted(set(line.sentences))
            assert all(0 <= n < len(assignment.sentences) for n in line.sentences)
        for line in draft.lines:
            if line.origin is Origin.EXTRACTED:
                assert line.text in {e.extracted for e in assignment.evidence}


def test_nothing_in_nothing_out(engine: Engine) -> None:
    """No assignments, no drafts; an article without evidence, no lines."""
    assert engine.draft([]) == []
    (full,) = assignments(1)
    (draft,) = drafts(engine, [replace(full, evidence=(), sentences=(), headline=None)])
    assert draft.lines == ()


def test_a_headline_only_where_the_page_has_none(engine: Engine) -> None:
    """A page's own headline is not written again; one that is asked for is there, and says where it is from."""
    for assignment, draft in zip(work := assignments(6, headlines=False), drafts(engine, work), strict=True):
        assert (draft.headline is None) == (assignment.headline is None)
        if draft.headline_origin is HeadlineOrigin.EXTRACTED:
            assert draft.headline in {assignment.headline, *assignment.headlines}


def test_the_same_work_has_the_same_answer(engine: Engine) -> None:
    """An article's draft is one and the same again, alone or among others."""
    work = assignments(5)
    together = drafts(engine, work)
    assert together == drafts(engine, work)
    if engine.info.dtype in {None, "float32"}:
        assert together == [drafts(engine, [one])[0] for one in work]


def test_briefs_are_briefs(engine: Engine) -> None:
    """Asked for noun endings, no engine hands over an extracted line in another form, but for one without who."""
    work = assignments(4, style=Style.BRIEF)
    for assignment, draft in zip(work, drafts(engine, work), strict=True):
        held = [*assignment.evidence, *assignment.spare]
        extracted = {text for e in held for text in (e.extracted, *e.others)}
        extracted |= {text.partition(", ")[2] for text in extracted}
        assert all(x.text in extracted for x in draft.lines if x.origin is Origin.EXTRACTED)


def test_costs_are_positive_and_grow(engine: Engine) -> None:
    """An article costs at least one token, and one with more to say no less."""
    work = assignments(6)
    costs = [engine.cost(assignment) for assignment in work]
    assert min(costs) >= 1
    fewer = [engine.cost(replace(assignment, evidence=assignment.evidence[:1])) for assignment in work]
    assert all(few <= all_ for few, all_ in zip(fewer, costs, strict=True))


def test_an_engine_says_what_it_is(engine: Engine) -> None:
    """Its name, kind and device are there, and it is ready once it is built."""
    assert engine.info.name
    assert engine.info.kind in {"extractive", "seq2seq", "local"}
    assert engine.info.device == "cpu"
    assert engine.ready() is None
