"""An engine that lies in every line: no response holds a lie of any kind, and each says that it was replaced."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import Draft, DraftLine, HeadlineOrigin, Options, Origin, Style
from app.engine.extractive import ExtractiveEngine
from app.publish import LONGEST, publish
from app.summary.assign import assign
from app.text.facts.reading import read
from app.text.splitter import single
from bench.lies import WAYS, Mutant, Page
from tests.unit.grounding.test_lies_and_truths import Sample as Lies
from tests.unit.grounding.test_lies_and_truths import samples as written_lies
from tests.unit.grounding.test_true_lines import samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment, Brief
    from app.errors import EngineError

STRANGERS = ["고태산", "제주", "마윤슬", "한빛전자", "평양", "염하진"]
# Lies that leave a subject or a condition out may be true of another sentence; those that change a fact never are.
TOLD = [way for way in WAYS if way.__name__ not in {"subject", "condition", "opposite"}]


def test_a_brief_line_is_never_a_long_sentence() -> None:
    """Where the desk's line is not grounded a finished one stands in, shortened; a long sentence never does."""
    body = (
        "해온시는 새 도서관을 열었다. 변호인은 “검찰이 시의 연정을 지나치게 협소하게 해석하고 있다”며 “당시 여야뿐만 아니라 "
        "광역단체와 기초단체가 협력한 사업도 모두 연정에 포함됐기 때문에 이번 일은 허위사실이 아니다”고 강하게 반박했다."
    )
    assignment = assign(single(None, body).articles[0], Options(lines=2, style=Style.BRIEF))
    lies = tuple(
        DraftLine(f"고태산 “검찰이 {n}명을 놓쳤다”", (n,), Origin.MODEL)
        for n in range(len(assignment.sentences))
    )
    brief = publish(0, assignment, Draft(lies, None, HeadlineOrigin.EXTRACTED))
    assert brief.lines
    assert all(len(line.text) <= LONGEST and "고태산" not in line.text for line in brief.lines)


class LyingEngine(ExtractiveEngine):
    """Answers every assignment with lies made of the article's own sentences."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - lies to be told again, not secrets
        self.told: list[str] = []

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """A lie for each evidence group, and one for a headline."""
        return [self._lie(assignment) for assignment in assignments]

    def _lie(self, assignment: Assignment) -> Draft:
        lies = [self._about(assignment, e.sentences[0]) for e in assignment.evidence]
        self.told = [lie.text for lie in lies if lie is not None]
        lines = tuple(
            DraftLine(lie.text, e.sentences, Origin.MODEL)
            for lie, e in zip(lies, assignment.evidence, strict=True)
            if lie is not None
        )
        headline = self.told[0] if self.told else None
        return Draft(lines, headline, HeadlineOrigin.GENERATED)

    def _about(self, assignment: Assignment, n: int) -> Mutant | None:
        page = Page(assignment.sentences, [read(s.text, s.tokens) for s in assignment.sentences], STRANGERS)
        ways = self.random.sample(TOLD, len(TOLD))
        return next((lie for way in ways if (lie := way(page, n, self.random)) is not None), None)


def published(engine: LyingEngine, headline: str | None, body: str, style: Style) -> Brief:
    """What leaves the house of an article that the engine lied about."""
    assignment = assign(single(headline, body).articles[0], Options(style=style))
    (draft,) = engine.draft([assignment])
    assert isinstance(draft, Draft)
    return publish(0, assignment, draft)


@pytest.mark.parametrize("style", list(Style))
# The same lies on every run: what is measured in bench/grounding.py is a rate, and this is a promise.
@settings(deadline=None, max_examples=25, derandomize=True)
@given(seed=st.integers(0, 2**16), which=st.integers(0, 19))
def test_no_lie_is_published(style: Style, seed: int, which: int) -> None:
    """Every line and the headline come from the article, and no lie is among them."""
    sample = samples()[which]
    engine = LyingEngine(seed)
    brief = published(engine, None, sample.body, style)
    texts = {line.text for line in brief.lines}
    assert engine.told
    assert not texts & set(engine.told)
    assert brief.headline not in engine.told
    assert all(line.origin is Origin.EXTRACTED for line in brief.lines)


@pytest.mark.parametrize("sample", written_lies(), ids=lambda s: s.headline)
def test_no_written_lie_is_published(sample: Lies) -> None:
    """The lies that a small model tells leave in no text of the response: no line, no headline, no notice."""
    assignment = assign(single(None, sample.body).articles[0], Options(lines=5))
    lies = [text for _, text in sample.lies]
    groups = [e.sentences for e in assignment.evidence]
    lines = tuple(
        DraftLine(text, groups[n % len(groups)], Origin.MODEL) for n, text in enumerate(lies) if groups
    )
    for headline in lies:
        brief = publish(0, assignment, Draft(lines, headline, HeadlineOrigin.GENERATED))
        texts = [
            brief.headline or "",
            *(line.text for line in brief.lines),
            *(n.message for n in brief.notices),
        ]
        assert not set(lies) & set(texts)
        # What has lost its subject stands in the true line, behind that subject.
        parts = [text for kind, text in sample.lies if kind != "subject"]
        assert not any(lie.rstrip(".") in text for lie in parts for text in texts)


def test_the_response_says_so() -> None:
    """A replaced line has a notice with its number, and a line that the engine left out is filled in."""
    sample = samples()[0]
    engine = LyingEngine(7)
    brief = published(engine, sample.headline, sample.body, Style.SENTENCE)
    assert len(brief.lines) == 3
    assert {n.code for n in brief.notices} <= {"line_replaced", "line_added"}
    assert sorted(n.line for n in brief.notices if n.line is not None) == [1, 2, 3]
    assert brief.headline == sample.headline


def test_true_lines_of_a_model_stay() -> None:
    """A line that is true keeps its words and its origin."""
    sample = samples()[4]
    assignment = assign(single(sample.headline, sample.body).articles[0], Options())
    lines = tuple(
        DraftLine(text, (n,), Origin.MODEL) for text, n in zip(sample.lines[1:4:2], (0, 1), strict=True)
    )
    brief = publish(0, assignment, Draft(lines))
    assert [line.text for line in brief.lines[:2]] == [line.text for line in lines]
    assert [line.origin for line in brief.lines[:2]] == [Origin.MODEL] * 2
