"""One article on its way through a model: what of it may be shown, and what of the answer may be used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain import Draft, DraftLine, HeadlineOrigin, Notice, Origin, Style
from app.engine.chat.answer import tidy
from app.engine.citation import HEADLINE_COVER, Words
from app.engine.extractive import extracted
from app.errors import EngineError
from app.summary.compress import shorten
from app.text.directives import addresses_machine
from app.text.morphology import tokenize
from app.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment

CUT = Notice("input_cut", "기사가 길어 일부 문장만 모델에 보임")
LINE_REPLACED = Notice("line_replaced", "모델이 쓴 줄이 기사와 맞지 않아 원문에서 뽑음")
HEADLINE_REPLACED = Notice("headline_replaced", "모델이 지은 제목이 기사와 맞지 않아 원문에서 뽑음")

_MARKS = frozenset({"SF", "SP", "SS", "SSO", "SSC", "SE", "SO", "SW"})
_CLOSING = "”’\"'"
"""A line that ends in someone's words keeps them: 시 “끝까지 찾겠다”."""


@dataclass(frozen=True, slots=True)
class Job:
    """An assignment, the sentences that a model may see, and when its answer must be there."""

    assignment: Assignment
    words: Words
    shown: tuple[int, ...]
    """The sentences to show: all of them, or one evidence group."""
    deadline: float
    """In seconds of `time.monotonic`."""

    @classmethod
    def of(cls, assignment: Assignment, deadline: float) -> Job:
        """The job of an assignment."""
        words = Words(assignment.article, assignment.sentences)
        return cls(assignment, words, tuple(range(len(assignment.sentences))), deadline)

    @property
    def wants_headline(self) -> bool:
        """Whether the page left the article without one."""
        return not self.assignment.article.headline

    @property
    def evidence(self) -> list[int]:
        """Where in `shown` the selected sentences stand: what is kept first when an article is cut."""
        chosen = {n for e in self.assignment.evidence for n in e.sentences}
        return [at for at, n in enumerate(self.shown) if n in chosen]

    @property
    def values(self) -> dict[str, object]:
        """What every prompt may draw on, but for the sentences."""
        article = self.assignment.article
        headline = article.headline if article.headline and not addresses_machine(article.headline) else None
        return {
            "headline": headline,
            "subheads": [s for s in article.subheads if not addresses_machine(s)],
            "style": self.assignment.options.style.value,
        }

    def numbered(self, shown: Sequence[int]) -> list[dict[str, object]]:
        """Sentences as a prompt shows them; numbers count from 1 and are the article's, also where it was cut."""
        return [{"number": n + 1, "text": self.assignment.sentences[n].text} for n in shown]

    def line(self, text: str, cited: Sequence[int], shown: Sequence[int]) -> DraftLine | None:
        """The draft line of what the model wrote, with evidence that bears it; None where it is none."""
        tidied = tidy(text, self.assignment.options.style)
        if tidied is None or addresses_machine(tidied) or not self.words.support(tidied).enough:
            return None
        styled = self._styled(tidied)
        evidence = self.words.cite(tidied, cited, shown) if styled else ()
        return DraftLine(styled, evidence, Origin.MODEL) if styled and evidence else None

    def _styled(self, line: str) -> str | None:
        """The line in the style asked for, whatever the model made of that; None where it cannot be had.

        A finished sentence becomes the desk's noun ending by the rules of `compress`; a noun ending cannot be
        finished without adding to it.
        """
        ending = next((t.tag for t in reversed(tokenize(line)) if t.tag not in _MARKS), "")
        if self.assignment.options.style is Style.SENTENCE:
            return line if ending == "EF" else None
        if ending != "EF" or line[-1] in _CLOSING:
            return line
        found = sentences(line)
        return shorten(self.assignment.article, found, tuple(range(len(found))), Style.BRIEF)

    def draft(self, written: Sequence[DraftLine | None], headline: str | None, *, cut: bool) -> Draft:
        """The draft of what the model wrote, an extracted line in the place of each that is none.

        Raises:
            EngineError: the model wrote no line that can be used.
        """
        written = _distinct(written)
        if not any(written):
            raise EngineError("no line of the chat model is about its article")
        notices = [CUT] if cut else []
        spare = self._spare([line for line in written if line is not None])
        lines: list[DraftLine] = []
        for line in (*written, *[None] * (len(self.assignment.evidence) - len(written))):
            if line is not None:
                lines.append(line)
            elif spare:
                lines.append(spare.pop(0))
                notices.append(replace(LINE_REPLACED, line=len(lines)))
        title, origin = self.assignment.headline, HeadlineOrigin.EXTRACTED
        if self.wants_headline:
            generated = self._title(headline)
            if generated is None:
                notices.append(HEADLINE_REPLACED)
            else:
                title, origin = generated, HeadlineOrigin.GENERATED
        return Draft(tuple(lines), title, origin, tuple(notices))

    def _spare(self, good: Sequence[DraftLine]) -> list[DraftLine]:
        """The extracted lines, those first that stand on sentences of which no good line speaks."""
        taken = {n for line in good for n in line.sentences}
        return sorted(extracted(self.assignment).lines, key=lambda line: len(taken & set(line.sentences)))

    def _title(self, headline: str | None) -> str | None:
        """The model's headline, where it is one and about the article."""
        tidied = tidy(headline or "", Style.BRIEF)
        if tidied is None or addresses_machine(tidied):
            return None
        support = self.words.support(tidied)
        return tidied if support.cover >= HEADLINE_COVER and not support.grave else None


def _distinct(written: Sequence[DraftLine | None]) -> list[DraftLine | None]:
    """The lines, None in the place of each that says again what one before it said."""
    texts = [line.text if line else None for line in written]
    return [line if texts[n] not in texts[:n] else None for n, line in enumerate(written)]
