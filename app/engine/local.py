"""The local engine: a small causal model in this process that was taught the desk's hand (`training/`).

Select, then rewrite: each evidence group is one short input and its answer one line, in the style asked for; the
lead and the evidence together give a headline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import Draft, DraftLine, HeadlineOrigin, Notice, Origin, Style
from app.engine.base import further
from app.engine.cards import LocalCard
from app.engine.causal import Framer
from app.engine.checkpoint import CAUSAL
from app.engine.choice import ENOUGH, Chooser, read
from app.engine.decoding import DecodingEngine, opened
from app.engine.taught import adapter_digest
from app.engine.writing import Job, Refusal, unreadable
from app.errors import ModelError
from app.summary.eligible import Eligibility, eligibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment, Evidence
    from app.engine.cards import Card, Task
    from app.engine.writing import Answer
    from app.settings import Settings

# Characters that a headline is written from; what stands further down is rarely in it, and reading costs time. Of the
# development headlines RL is 0.367 with 240, 0.366 with 200, 0.358 with 160.
_GIST = 200
# Characters of a source that are a line as they stand: not asked for, in sentences. On the development references cover is
# 0.465 so, 0.459 where they are written anew; they are 92 of 297 groups, and a fifth of the characters that are read.
_LINE = 60
TOO_LONG = Refusal("source_too_long", "근거 문장이 너무 길어 원문에서 뽑음")


def gist(assignment: Assignment) -> tuple[int, ...]:
    """The sentences that a headline is written from: the lead, then the evidence of the lines, as far as it fits."""
    able = (n for n, s in enumerate(assignment.sentences) if eligibility(s) == Eligibility.SENTENCE)
    lead = next(able, None)
    evidence = [n for e in assignment.evidence for n in e.sentences]
    every = list(dict.fromkeys([*([] if lead is None else [lead]), *evidence]))
    room = _GIST - sum(len(assignment.sentences[n].text) for n in every[:1])
    kept = every[:1]
    for n in every[1:]:
        room -= len(assignment.sentences[n].text)
        if room < 0:
            break
        kept.append(n)
    return tuple(kept)


class DeskWriter:
    """What is asked of the model for an article, and what its answers come to."""

    def __init__(self, framer: Framer) -> None:
        self._framer = framer

    def jobs(self, assignment: Assignment) -> list[Job | Refusal]:
        """One job for each group that is asked for, then one for a headline where the page has none."""
        style: Task = "brief" if assignment.options.style is Style.BRIEF else "sentence"
        read_of = [[s.text for s in read(assignment, group)] for group in asked(assignment)]
        found = [self._job(texts, style) for texts in read_of]
        if assignment.headline is not None and assignment.evidence:
            found.append(self._job([assignment.sentences[n].text for n in gist(assignment)], "headline"))
        return found

    def _job(self, texts: Sequence[str], task: Task) -> Job | Refusal:
        """Sentences as one input, the last left out where they are too long together."""
        whole = " ".join(texts)
        if task == "sentence" and len(whole) <= _LINE:
            return ENOUGH
        lost = unreadable(self._framer.tokenizer, whole)
        if lost:
            return Refusal("unreadable_characters", f"모델이 읽지 못하는 글자({lost})가 있어 원문에서 뽑음")
        for count in range(len(texts), 0, -1):
            ids = self._framer.prompt(" ".join(texts[:count]), task)
            if ids is not None:
                return Job(ids, self._framer.how(task))
        return TOO_LONG

    def draft(self, assignment: Assignment, answers: Sequence[Answer]) -> Draft:
        """A line for each evidence group: the model's or the extracted one, with the reason where it had none."""
        chooser = Chooser(assignment)
        lines, notices = [], []
        groups = asked(assignment)
        for number, (evidence, chosen) in enumerate(chooser.lines(groups, answers), start=1):
            origin = Origin.MODEL if chosen.written else Origin.EXTRACTED
            lines.append(DraftLine(chosen.text, evidence.sentences, origin))
            if chosen.why is not None:
                notices.append(Notice(*chosen.why, number))
        if assignment.headline is None:
            return Draft(tuple(lines), notices=tuple(notices))
        headline = chooser.headline(answers[len(groups)] if len(answers) > len(groups) else None)
        if headline is None:
            return Draft(tuple(lines), assignment.headline, HeadlineOrigin.EXTRACTED, tuple(notices))
        return Draft(tuple(lines), *headline, tuple(notices))


def asked(assignment: Assignment) -> tuple[Evidence, ...]:
    """The groups that the model writes lines of: the assignment's evidence, and what may stand in its place."""
    used = {n for e in assignment.evidence for n in e.sentences}
    spare = [e for e in assignment.spare if not used & set(e.sentences)]
    return (*assignment.evidence, *spare[: further("local", assignment.options.style)])


def build(card: Card, settings: Settings) -> DecodingEngine:
    """The engine of a card whose weights are on this machine, after proving that it reads Korean.

    Raises:
        ModelError: weights, tokenizer or config are missing, broken, not what was pulled, or do not fit.
    """
    if not isinstance(card, LocalCard):
        raise ModelError(f"card {card.name!r} is no local card")
    checkpoint, tokenizer, runtime, revision = opened(card, settings, CAUSAL)
    if card.adapter is not None and revision is not None:
        taught = adapter_digest(card, settings.models_dir)
        if not revision.endswith(f"+{taught}"):
            raise ModelError(
                f"the weights of {card.name} hold another adapter than {card.adapter}; "
                f"run `sejul models pull {card.name}`"
            )
    longest = card.max_input + max(how.max_new_tokens for how in card.ways.values())
    if runtime.name == "ctranslate" and longest > (checkpoint.window or longest):
        # CTranslate2 4.8 keeps no more than the window, and fails at an input that is longer.
        raise ModelError(
            f"{card.name} may read and write {longest} tokens, and CTranslate2 holds {checkpoint.window} of this "
            "model's; use SEJUL_RUNTIME=torch"
        )
    writer = DeskWriter(Framer(card, checkpoint, tokenizer))
    return DecodingEngine(card, tokenizer, runtime, writer, budget=settings.batch_tokens, revision=revision)
