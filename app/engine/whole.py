"""Whole-article mode: an article in as few inputs as the model's limit allows, and lines out of its answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.domain import Draft, DraftLine, Notice, Origin
from app.engine.writing import Job, Refusal, Rewriter, Written, in_style, unreadable, with_headline
from app.text.sentences import sentences as sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment, Sentence
    from app.engine.cards import Seq2SeqCard
    from app.engine.tokenizer import Tokenizer
    from app.engine.writing import Answer

# A sentence of the answer is said to come from a sentence of the article that has this share of its character
# pairs; a second sentence is added where it explains this much more.
_ENOUGH = 0.3
_MORE = 0.2


class Candidate(NamedTuple):
    """A sentence that the model wrote, and the article's sentences that it was written from."""

    text: str
    sources: tuple[int, ...]


class WholeWriter:
    """The whole article at once; long ones cut at sentence ends and merged."""

    def __init__(self, card: Seq2SeqCard, tokenizer: Tokenizer) -> None:
        self._card = card
        self._tokenizer = tokenizer
        self._rewriter = Rewriter(card, tokenizer)

    def jobs(self, assignment: Assignment) -> list[Job | Refusal]:
        """One job for each part of the article, then one for a headline where the page has none."""
        prefix = self._card.framing.line_prefix
        found: list[Job | Refusal] = []
        for part in self.parts(assignment.sentences):
            text = prefix + " ".join(assignment.sentences[n].text for n in part)
            (pieces,) = self._tokenizer.pieces([text])
            found.append(Job(self._tokenizer.frame(pieces, self._card.max_input), self._card.article))
        if assignment.headline is not None and assignment.evidence:
            found.append(self._rewriter.headline_job(assignment))
        return found

    def parts(self, sentences: Sequence[Sentence]) -> list[range]:
        """Ranges of sentences, each within the card's limit where it has more than one, of about one size."""
        if not sentences:
            return []
        prefix = self._card.framing.line_prefix
        (first,) = self._tokenizer.pieces([prefix])
        # A sentence after a space may take a token more than alone.
        lengths = [len(pieces) + 1 for pieces in self._tokenizer.pieces([s.text for s in sentences])]
        limit = self._card.max_input - self._tokenizer.framing_length - len(first)
        size = sum(lengths) / -(-sum(lengths) // limit)
        found, start, used = [], 0, 0
        for n, length in enumerate(lengths):
            if n > start and (used + length > limit or used >= size):
                found.append(range(start, n))
                start, used = n, 0
            used += length
        return [*found, range(start, len(lengths))]

    def draft(self, assignment: Assignment, answers: Sequence[Answer]) -> Draft:
        """The sentences that the model wrote of the evidence first, in the article's order, filled up extracted."""
        parts = self.parts(assignment.sentences)
        candidates = [
            candidate
            for part, answer in zip(parts, answers, strict=False)
            if isinstance(answer, Written)
            for candidate in self._candidates(assignment, part, answer.text)
        ]
        lines = _chosen(assignment, candidates)
        covered = {n for line in lines for n in line.sentences}
        notices = []
        for evidence in assignment.evidence:
            if len(lines) < assignment.options.lines and not covered & set(evidence.sentences):
                lines.append(DraftLine(evidence.extracted, evidence.sentences, Origin.EXTRACTED))
        lines.sort(key=lambda line: line.sentences)
        refused = [answer for answer in answers[: len(parts)] if isinstance(answer, Refusal)]
        if refused:
            notices.append(Notice(*refused[0]))
        headline = answers[len(parts)] if len(answers) > len(parts) else None
        return with_headline(assignment, Draft(tuple(lines), notices=tuple(notices)), headline)

    def _candidates(self, assignment: Assignment, part: range, answer: str) -> list[Candidate]:
        """The answer's sentences that the article's can be named for, and that the model could read."""
        found = []
        for sentence in sentences_of(answer):
            sources = attribute(sentence.text, {n: assignment.sentences[n].text for n in part})
            read = " ".join(assignment.sentences[n].text for n in sources)
            if sources and not unreadable(self._tokenizer, read):
                line = in_style(assignment, sentence.text, assignment.options.style)
                found.extend([Candidate(line, sources)] if line else [])
        return found


def attribute(line: str, sentences: dict[int, str]) -> tuple[int, ...]:
    """The one or two sentences that a line's character pairs come from; none where no sentence explains it."""
    pairs = _pairs(line)
    if not pairs or not sentences:
        return ()
    share = {n: len(pairs & _pairs(text)) / len(pairs) for n, text in sentences.items()}
    best = max(share, key=lambda n: share[n])
    if share[best] < _ENOUGH:
        return ()
    left = pairs - _pairs(sentences[best])
    more = {n: len(left & _pairs(text)) / len(pairs) for n, text in sentences.items() if n != best}
    second = max(more, key=lambda n: more[n], default=None)
    if second is None or more[second] < _MORE:
        return (best,)
    return tuple(sorted((best, second)))


def _chosen(assignment: Assignment, candidates: Sequence[Candidate]) -> list[DraftLine]:
    """At most as many lines as were asked for, those of the evidence first, none of one source twice."""
    wanted = {n for evidence in assignment.evidence for n in evidence.sentences}
    ranked = sorted(candidates, key=lambda c: (not wanted & set(c.sources), c.sources))
    taken: set[int] = set()
    lines: list[DraftLine] = []
    for candidate in ranked:
        if len(lines) < assignment.options.lines and not taken & set(candidate.sources):
            lines.append(DraftLine(candidate.text, candidate.sources, Origin.MODEL))
            taken |= set(candidate.sources)
    return lines


def _pairs(text: str) -> set[str]:
    bare = "".join(text.split())
    return {bare[i : i + 2] for i in range(len(bare) - 1)}
