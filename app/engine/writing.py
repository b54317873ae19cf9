"""Lines and headlines from a seq2seq model: what is asked of it for an article, and what its answers come to."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from app.domain import Draft, DraftLine, HeadlineOrigin, Notice, Origin, Style
from app.summary.compress import shorten
from app.text.sentences import sentences as sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment
    from app.engine.cards import Generation, Seq2SeqCard
    from app.engine.tokenizer import Tokenizer

# A headline of a desk is some 40 characters at most; a longer answer is a sentence, and the extracted one stands.
HEADLINE_LIMIT = 45


@dataclass(frozen=True, slots=True)
class Job:
    """One encoder input, framed, and how to decode it."""

    ids: list[int]
    how: Generation


class Refusal(NamedTuple):
    """Why the model has nothing for a job, as a notice says it."""

    code: str
    message: str


class Written(NamedTuple):
    """What the model wrote for a job."""

    text: str
    score: float = 0.0
    """The logarithm of its likelihood, by its length."""
    others: tuple[Written, ...] = ()
    """What it would have written next, the likeliest first."""


Answer = Written | Refusal
UNFINISHED = Refusal("line_unfinished", "모델이 문장을 끝맺지 못해 원문에서 뽑음")
DANGLING = Refusal("line_dangling", "모델이 쓴 줄이 홀로 뜻을 이루지 못해 원문에서 뽑음")


class Writer(Protocol):
    """A way to draft: which jobs an article comes to, and which draft their answers."""

    def jobs(self, assignment: Assignment) -> list[Job | Refusal]:
        """What to ask the model, or why not; every job is answered."""
        ...

    def draft(self, assignment: Assignment, answers: Sequence[Answer]) -> Draft:
        """The draft of the answers to `jobs`, in their order."""
        ...


class Rewriter:
    """Select, then rewrite: each evidence group is one short input, and its answer one line."""

    def __init__(self, card: Seq2SeqCard, tokenizer: Tokenizer) -> None:
        self._card = card
        self._tokenizer = tokenizer

    def jobs(self, assignment: Assignment) -> list[Job | Refusal]:
        """One job for each evidence group, then one for a headline where the page has none."""
        prefix = self._card.framing.line_prefix
        found = [
            self.job([assignment.sentences[n].text for n in evidence.sentences], self._card.rewrite, prefix)
            for evidence in assignment.evidence
        ]
        if assignment.headline is not None and assignment.evidence:
            found.append(self.headline_job(assignment))
        return found

    def headline_job(self, assignment: Assignment) -> Job | Refusal:
        """The evidence of all lines together, to be said in a headline's length."""
        chosen = sorted({n for evidence in assignment.evidence for n in evidence.sentences})
        texts = [assignment.sentences[n].text for n in chosen]
        return self.job(texts, self._card.headline, self._card.framing.headline_prefix)

    def job(self, texts: Sequence[str], how: Generation, prefix: str = "") -> Job | Refusal:
        """Sentences as one input, cut at a sentence's end where they are too long together."""
        lost = unreadable(self._tokenizer, " ".join(texts))
        if lost:
            return Refusal("unreadable_characters", f"모델이 읽지 못하는 글자({lost})가 있어 원문에서 뽑음")
        limit = self._card.max_input
        kept = list(texts)
        while True:
            (pieces,) = self._tokenizer.pieces([prefix + " ".join(kept)])
            if len(pieces) + self._tokenizer.framing_length <= limit or len(kept) == 1:
                return Job(self._tokenizer.frame(pieces, limit), how)
            kept.pop()

    def draft(self, assignment: Assignment, answers: Sequence[Answer]) -> Draft:
        """A line for each evidence group: the model's, or the extracted one with the reason."""
        lines, notices = [], []
        for number, (evidence, answer) in enumerate(zip(assignment.evidence, answers, strict=False), start=1):
            said = answer.text if isinstance(answer, Written) else None
            line = in_style(assignment, said, assignment.options.style) if said else None
            if line is not None:
                lines.append(DraftLine(line, evidence.sentences, Origin.MODEL))
                continue
            lines.append(DraftLine(evidence.extracted, evidence.sentences, Origin.EXTRACTED))
            code, message = answer if isinstance(answer, Refusal) else DANGLING
            notices.append(Notice(code, message, number))
        headline = answers[len(assignment.evidence)] if len(answers) > len(assignment.evidence) else None
        return with_headline(assignment, Draft(tuple(lines), notices=tuple(notices)), headline)


def with_headline(assignment: Assignment, draft: Draft, answer: Answer | None) -> Draft:
    """The draft with a headline where the page has none: the model's if it is one, else the extracted one."""
    if assignment.headline is None:
        return draft
    made = in_style(assignment, answer.text, Style.BRIEF) if isinstance(answer, Written) else None
    made = made.rstrip(".") if made else None
    if made and len(made) <= HEADLINE_LIMIT:
        return Draft(draft.lines, made, HeadlineOrigin.GENERATED, draft.notices)
    return Draft(draft.lines, assignment.headline, HeadlineOrigin.EXTRACTED, draft.notices)


def in_style(assignment: Assignment, text: str, style: Style) -> str | None:
    """What the model wrote, as a line of the house in the style asked for; None where it cannot be one.

    A seq2seq checkpoint has one style, finished sentences, and copies 그는 and 이 사업 from its input. The rules
    that shorten an article's own sentences give the desk's noun endings, and refuse what does not stand alone.
    """
    found = sentences_of(text)
    return shorten(assignment.article, found, tuple(range(len(found))), style) if found else None


def unreadable(tokenizer: Tokenizer, text: str) -> str:
    """The letters, numbers and signs of `text` that the model would not see; punctuation carries no fact."""
    return "".join(c for c in tokenizer.lost(text) if unicodedata.category(c)[0] in "LNS")
