"""The seq2seq engine over a runtime that answers as it is told: what becomes of what a model writes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.domain import Article, Draft, HeadlineOrigin, Options, Origin, Style, Traced
from app.engine.checkpoint import read_checkpoint
from app.engine.registry import build as build_engine
from app.engine.runtime.base import Output, batches
from app.engine.seq2seq import Seq2SeqEngine, build
from app.engine.tokenizer import Tokenizer, load_tokenizer
from app.engine.whole import attribute
from app.errors import ModelError, OutOfMemory
from app.settings import Settings
from app.summary.assign import assign
from tests.checkpoints import NEWSROOM, card, house

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain import Assignment
    from app.engine.cards import Generation, Seq2SeqCard

Reply = str | None


class TellingRuntime:
    """A runtime that decodes its inputs, and writes what it is told for them; None is cut before its end."""

    name, device, dtype = "torch", "cpu", "float32"

    def __init__(self, tokenizer: Tokenizer, reply: Callable[[str], Reply]) -> None:
        self._tokenizer = tokenizer
        self._reply = reply
        self.batches: list[list[str]] = []

    def generate(self, inputs: Sequence[Sequence[int]], how: Generation) -> list[Output]:
        """What was told."""
        del how
        read = [self._tokenizer.decode(ids) for ids in inputs]
        self.batches.append(read)
        replies = [self._reply(text) for text in read]
        ids = self._tokenizer.pieces(["끝나지 않는" if reply is None else reply for reply in replies])
        return [Output(i, finished=reply is not None) for i, reply in zip(ids, replies, strict=True)]

    def copies(self, how: Generation) -> int:
        """One for each beam."""
        return how.num_beams

    def probe(self, ids: Sequence[int]) -> None:
        """Sound."""

    def close(self) -> None:
        """Nothing to give back."""


@pytest.fixture(scope="module")
def tokenizer(small: Path) -> Tokenizer:
    """The tokenizer of the small checkpoint."""
    return load_tokenizer(read_checkpoint(small, card().framing), card().framing)


def told(
    tokenizer: Tokenizer, reply: Callable[[str], Reply], desk: Seq2SeqCard | None = None, budget: int = 8192
) -> tuple[Seq2SeqEngine, TellingRuntime]:
    """An engine over a telling runtime."""
    runtime = TellingRuntime(tokenizer, reply)
    return Seq2SeqEngine(desk or card(), tokenizer, runtime, budget=budget, revision="r1"), runtime


def work(
    number: int = 0, *, headline: bool = True, style: Style = Style.SENTENCE, body: str = ""
) -> Assignment:
    """One of the newsroom's articles, assigned."""
    article = NEWSROOM[number]
    given = str(article["headline"]) if headline else None
    return assign(Article(given, Traced.whole(body or str(article["body"]))), Options(3, style))


def draft_of(engine: Seq2SeqEngine, assignment: Assignment) -> Draft:
    """The draft of one assignment, which is no error."""
    (draft,) = engine.draft([assignment])
    assert isinstance(draft, Draft)
    return draft


def test_each_evidence_group_is_one_input_and_one_line(tokenizer: Tokenizer) -> None:
    """The model reads a group's sentences and nothing else; its answer is that group's line."""
    engine, runtime = told(tokenizer, lambda text: f"해온시가 {len(text)}건을 바꾼다.")
    assignment = work()
    draft = draft_of(engine, assignment)
    read = [text for batch in runtime.batches for text in batch]
    groups = [" ".join(assignment.sentences[n].text for n in e.sentences) for e in assignment.evidence]
    assert sorted(read) == sorted(groups)
    assert [line.sentences for line in draft.lines] == [e.sentences for e in assignment.evidence]
    for line, group in zip(draft.lines, groups, strict=True):
        assert line.text == f"해온시가 {len(group)}건을 바꾼다."
        assert line.origin is Origin.MODEL
    assert draft.headline is None


def test_all_groups_of_all_articles_go_together(tokenizer: Tokenizer) -> None:
    """The lines of five articles are one batch, longest first; headlines, decoded otherwise, another."""
    desk = card(headline={"max_new_tokens": 20})
    engine, runtime = told(tokenizer, lambda _: "한 줄이다.", desk)
    many = [work(n, headline=n % 2 == 0) for n in range(5)]
    engine.draft(many)
    assert [len(batch) for batch in runtime.batches] == [sum(len(a.evidence) for a in many), 2]
    lengths = [len(ids) for ids in tokenizer.pieces(runtime.batches[0])]
    assert lengths == sorted(lengths, reverse=True)


def test_batches_stay_within_the_token_budget(tokenizer: Tokenizer) -> None:
    """Longest times count is at most the budget, and every input is in one batch."""
    engine, runtime = told(tokenizer, lambda _: "한 줄이다.", budget=60)
    engine.draft([work(n) for n in range(6)])
    assert len(runtime.batches) > 3
    lengths = [7, 3, 9, 9, 1, 30, 2]
    found = list(batches(lengths, 18))
    assert sorted(n for batch in found for n in batch) == list(range(7))
    assert all(len(b) == 1 or max(lengths[n] for n in b) * len(b) <= 18 for b in found)
    assert found[0] == [5]


def test_beams_count_in_the_budget(tokenizer: Tokenizer) -> None:
    """Four beams take four times the memory, so that a batch has a quarter of the tokens."""
    greedy, one = told(tokenizer, lambda _: "한 줄이다.", budget=160)
    beams, four = told(
        tokenizer, lambda _: "한 줄이다.", card(rewrite={"max_new_tokens": 9, "num_beams": 4}), 160
    )
    many = [work(n) for n in range(6)]
    assert beams.cost(many[0]) == 4 * greedy.cost(many[0])
    greedy.draft(many)
    beams.draft(many)
    assert len(four.batches) > 2 * len(one.batches)


@pytest.mark.parametrize("reply", [None, "", "…", "檢檢"])
def test_what_is_no_line_comes_extracted(tokenizer: Tokenizer, reply: Reply) -> None:
    """A cut sentence, nothing, marks alone, or the unknown token: the extracted line, and a notice."""
    engine, _ = told(tokenizer, lambda _: reply)
    assignment = work()
    draft = draft_of(engine, assignment)
    assert [line.text for line in draft.lines] == [e.extracted for e in assignment.evidence]
    assert {line.origin for line in draft.lines} == {Origin.EXTRACTED}
    assert [(n.code, n.line) for n in draft.notices] == [("line_unfinished", n + 1) for n in range(3)]


def test_a_line_that_does_not_stand_alone_comes_extracted(tokenizer: Tokenizer) -> None:
    """그는, 이 사업: what the model copied of its input's pointing words is not published."""
    engine, _ = told(tokenizer, lambda _: "이 사업은 2029년까지 이어진다.")
    assignment = work()
    draft = draft_of(engine, assignment)
    assert {line.origin for line in draft.lines} == {Origin.EXTRACTED}
    assert {notice.code for notice in draft.notices} == {"line_dangling"}


def test_a_sentence_that_the_model_cannot_read_is_not_given_to_it(tokenizer: Tokenizer) -> None:
    """Hanja outside the vocabulary would reach the model as <unk>; that line is extracted and says why."""
    body = str(NEWSROOM[0]["body"]).replace("해온시 상수도사업본부는", "檢은 해온시 상수도사업본부가")
    engine, runtime = told(tokenizer, lambda _: "시는 공사를 시작했다.")
    assignment = work(body=body)
    draft = draft_of(engine, assignment)
    with_hanja = [
        n for n, e in enumerate(assignment.evidence) if "檢" in assignment.sentences[e.sentences[0]].text
    ]
    assert not any("檢" in text or "<unk>" in text for batch in runtime.batches for text in batch)
    for number, line in enumerate(draft.lines):
        assert (line.origin is Origin.EXTRACTED) == (number in with_hanja)
    assert [n.code for n in draft.notices] == ["unreadable_characters"] * len(with_hanja)


def test_a_headline_is_short_or_extracted(tokenizer: Tokenizer) -> None:
    """Where the page has none, the model's is taken if it is a headline, else the extracted one."""
    assignment = work(headline=False)
    assert assignment.headline is not None
    short = draft_of(told(tokenizer, lambda _: "해온시 상수도관 교체")[0], assignment)
    assert (short.headline, short.headline_origin) == ("해온시 상수도관 교체", HeadlineOrigin.GENERATED)
    long = "해온시와 누리군, 다온군, 솔내시, 한울시, 별마루군, 가람도, 새빛구, 물빛시, 노을구, 마루구의 공동 선언"
    for engine, _ in (told(tokenizer, lambda _: None), told(tokenizer, lambda _: long)):
        draft = draft_of(engine, assignment)
        assert (draft.headline, draft.headline_origin) == (assignment.headline, HeadlineOrigin.EXTRACTED)


def test_a_group_over_the_limit_is_cut_at_a_sentences_end(tokenizer: Tokenizer) -> None:
    """The model never reads half a sentence where whole ones fit."""
    assignment = work()
    together = replace(assignment.evidence[0], sentences=(0, 1, 2))
    texts = [assignment.sentences[n].text for n in (0, 1)]
    limit = len(tokenizer.pieces([" ".join(texts)])[0]) + 2
    engine, runtime = told(tokenizer, lambda _: "한 줄이다.", card(max_input=limit))
    engine.draft([replace(assignment, evidence=(together,))])
    assert runtime.batches == [[" ".join(texts)]]


def test_long_articles_are_cut_at_sentence_ends_and_merged(tokenizer: Tokenizer) -> None:
    """Whole-article mode: parts within the limit, each line named for its sentence, in the article's order."""
    body = " ".join(str(article["body"]) for article in NEWSROOM[:5])
    assignment = work(body=body)
    desk = card(mode="article", max_input=100)
    engine, runtime = told(tokenizer, lambda text: text.split(". ")[0].rstrip(".") + ".", desk)
    draft = draft_of(engine, assignment)
    parts = [text for batch in runtime.batches for text in batch]
    assert len(parts) > 2
    assert all(len(ids) <= 98 for ids in tokenizer.pieces(parts))
    assert sum(len(text) for text in parts) == sum(len(s.text) + 1 for s in assignment.sentences) - len(parts)
    assert all(text.endswith("다.") for text in parts)
    assert len(draft.lines) == 3
    assert [line.sentences for line in draft.lines] == sorted(line.sentences for line in draft.lines)
    for line in draft.lines:
        if line.origin is Origin.MODEL:
            source = " ".join(assignment.sentences[n].text for n in line.sentences)
            assert all(word[:2] in source for word in line.text.split())
    assert any(line.origin is Origin.MODEL for line in draft.lines)


def test_a_line_is_named_for_the_sentences_that_explain_it() -> None:
    """One sentence, two that were joined, or none for what nobody wrote."""
    sentences = {
        3: "해온시는 노후 상수도관 120㎞를 2029년까지 새 관으로 바꾼다.",
        4: "총사업비는 국비 291억원을 포함해 486억원이다.",
        9: "도서관은 밤 9시까지 문을 연다.",
    }
    assert attribute("해온시가 노후 상수도관 120㎞를 2029년까지 바꾼다.", sentences) == (3,)
    assert attribute("해온시는 상수도관 120㎞를 바꾸며 국비 291억원을 포함해 486억원이다.", sentences) == (
        3,
        4,
    )
    assert attribute("여야는 새 법안을 놓고 다투었다.", sentences) == ()
    assert attribute("", sentences) == ()


def test_full_memory_reaches_the_batcher(tokenizer: Tokenizer) -> None:
    """OutOfMemory is not swallowed: the batcher halves the batch."""

    def full(_: str) -> Reply:
        raise OutOfMemory("the batch does not fit")

    with pytest.raises(OutOfMemory):
        told(tokenizer, full)[0].draft([work()])


def test_a_start_is_refused_in_words(small: Path, tmp_path: Path) -> None:
    """A base for fine-tuning, missing weights and too long inputs are each refused before loading."""
    settings = Settings(models_dir=tmp_path)
    with pytest.raises(ModelError, match="fine-tuning"):
        build(card(serves=False), settings)
    with pytest.raises(ModelError, match="models pull desk"):
        build(card(), settings)
    with pytest.raises(ModelError, match="1026 positions"):
        build(card(max_input=1027), house(tmp_path, small))


def test_the_registry_builds_it_by_name(
    small: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """`SEJUL_ENGINE=desk` loads the weights; a missing lock and lost Hanja are said in the log."""
    settings = house(tmp_path, small)
    (tmp_path / "desk.toml").write_text(
        'name = "desk"\nkind = "seq2seq"\ntitle = "t"\nhub = "example/desk"\nlicence = "MIT"\nmax_input = 900\n'
        "[rewrite]\nmax_new_tokens = 9\n[headline]\nmax_new_tokens = 9\n[article]\nmax_new_tokens = 9\n"
    )
    engine = build_engine(settings)
    assert engine.info.name == "desk"
    assert "no lock file" in caplog.text
    assert "檢" in caplog.text
    (tmp_path / "weights" / "desk" / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing"):
        build_engine(settings)
    shutil.rmtree(tmp_path / "weights")
