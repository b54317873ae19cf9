"""Which of what a model wrote and what was extracted leaves the engine: what is true first, then what says most.

A small model that was taught a desk's hand writes a good line as often as a bad one, and seldom knows which is
which. Its likeliest answers are tried in turn: whether each is a line, whether the article bears its words and
supports its facts; those that pass stand beside the extracted lines, and of all those are taken that say most together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.domain import HeadlineOrigin, Style
from app.engine.citation import Words
from app.engine.desk import as_headline, as_line, foreign, halves_a_range, invents, misquotes, rebinds
from app.engine.heading import Head, best
from app.engine.writing import DANGLING, Refusal, Written, in_style
from app.summary.compress import Worth, offers, tersely
from app.summary.compress.references import carried_in
from app.summary.compress.tree import parse
from app.summary.compress.worth import CONTENT
from app.summary.derived import derived
from app.summary.grounding import ground, unsupported
from app.summary.select import repeats
from app.text.directives import addresses_machine
from app.text.morphology import tokenize
from app.text.sentences import sentences as sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.domain import Assignment, Evidence, Sentence
    from app.engine.writing import Answer

STRANGE = Refusal("line_strange", "모델이 쓴 줄이 기사와 맞지 않아 원문에서 뽑음")
ENOUGH = Refusal("source_short", "근거 문장이 이미 한 줄 길이여서 그대로 둠")
"""Nothing was asked, since the sentence is a line as it stands; no reader needs to be told."""
UNGROUNDED = Refusal("line_ungrounded", "모델이 쓴 줄에 근거에 없는 값이 있어 원문에서 뽑음")


# What the model itself holds for less likely than this, a token, is no line. At -0.45, which stood here before `derived`
# looked at every line, brief lost a density of 0.016; below -0.7 there are few.
GUESSED = -0.7


# Sets of lines that are looked at together.
_BEAM = 12
# What a line is worth that stands behind all others, and yet leaves the sets that need it in their order.
_LAST = -1000.0


class Taste(NamedTuple):
    """What a line is chosen by, in chances that the desk would say a word."""

    character: float
    """What a character costs."""
    written: float
    """What it is worth that a model wrote the line."""
    likely: float
    """What the logarithm of its likelihood weighs."""


# Swept on the development references, which are those that the figures of training/gemma-desk/ are of: a character 0 to
# 0.06, what is written -0.2 to 0.8, likelihood 0 to 1. In sentences the least cost of a character that keeps to 55 of them.
TASTES = {
    Style.SENTENCE: Taste(character=0.012, written=0.3, likely=0.3),
    Style.BRIEF: Taste(character=0.038, written=0.2, likely=0.2),
}


def read(assignment: Assignment, evidence: Evidence) -> tuple[Sentence, ...]:
    """The sentences of an evidence group as the model reads them, with what their first words point to."""
    headline = assignment.article.headline or ""
    return tuple(carried_in(assignment.sentences, n, headline) for n in evidence.sentences)


class Chosen(NamedTuple):
    """A line, whether the model wrote it, and why what it wrote is none."""

    text: str
    written: bool
    why: Refusal | None = None


class May(NamedTuple):
    """A line that may be taken: the chances of its words, and what it is worth but for them."""

    evidence: Evidence
    line: Chosen
    words: Mapping[str, float]
    worth: float


class _Set(NamedTuple):
    """Some lines, one of each evidence group, taken together."""

    worth: float = 0.0
    taken: tuple[May, ...] = ()
    said: frozenset[str] = frozenset()

    def and_(self, may: May) -> _Set | None:
        """The set with one line more, of which only the words count that no other says; None where it says that already."""
        used = {n for other in self.taken for n in other.evidence.sentences}
        if used & set(may.evidence.sentences) or any(repeats(may.words, o.words) for o in self.taken):
            return None
        new = sum(chance for word, chance in may.words.items() if word not in self.said)
        return _Set(self.worth + new + may.worth, (*self.taken, may), self.said | may.words.keys())


class Chooser:
    """The choices of one article."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._words = Words(assignment.article, assignment.sentences)
        self._ground = ground(assignment.article, assignment.sentences)
        self._worth = Worth(assignment.sentences)
        self._brief = assignment.options.style is Style.BRIEF
        self._tokens = [t for s in assignment.sentences for t in s.tokens]

    def lines(self, groups: Sequence[Evidence], answers: Sequence[Answer]) -> list[tuple[Evidence, Chosen]]:
        """As many lines as the assignment has evidence, those which say most together, in the article's order.

        The model was asked for the `groups`: the assignment's evidence, then what may stand in its place.
        """
        wanted = len(self._assignment.evidence)
        every = [self.candidates(*asked) for asked in zip(groups, answers, strict=False)]
        # Where nothing that the model wrote holds it is as if there were no model.
        written = any(may.line.written for mays in every for may in mays)
        beams = {0: [_Set()]}
        for mays in every:
            for size in range(min(wanted - 1, max(beams)), -1, -1):
                grown = [more for one in beams[size] for may in mays if (more := one.and_(may))]
                held = sorted([*beams.get(size + 1, ()), *grown], key=lambda one: -one.worth)[:_BEAM]
                if held:
                    beams[size + 1] = held
        best = beams.get(wanted)
        if not written or not best:
            best_of = [next(may for may in mays if not may.line.written) for mays in every[:wanted]]
        else:
            best_of = sorted(best[0].taken, key=lambda may: may.evidence.sentences)
        return [(may.evidence, may.line) for may in best_of]

    def candidates(self, evidence: Evidence, answer: Answer) -> list[May]:
        """The lines that an evidence group may have: those that hold of the model's, and extracted ones."""
        source = read(self._assignment, evidence)
        why: Refusal | None = answer if isinstance(answer, Refusal) and answer is not ENOUGH else None
        held: dict[str, float] = {}
        for one in _said(answer):
            for found in self._tried(evidence, source, one):
                if not isinstance(found, Refusal):
                    held.setdefault(found, one.score)
                elif why is None or found is UNGROUNDED:
                    why = found
        written = [self._may(evidence, Chosen(text, written=True), score) for text, score in held.items()]
        return [*written, *self._extracted(evidence, source, None if held else why)]

    def _extracted(
        self, evidence: Evidence, source: tuple[Sentence, ...], why: Refusal | None
    ) -> Iterator[May]:
        """The extracted lines that hold, the first with why nothing that the model wrote is beside it.

        Where none holds there is still the first, behind all others: what leaves is grounded once more, and another stands
        in for it.
        """
        texts = [text for text in (evidence.extracted, *evidence.others) if not self._wrong(evidence, text)]
        first, *others = texts or [evidence.extracted]
        may = self._may(evidence, Chosen(first, written=False, why=why))
        yield may if texts else may._replace(worth=_LAST)
        for text in (*others, *self._nameless(evidence, source, [first, *others])):
            yield self._may(evidence, Chosen(text, written=False))

    def _nameless(
        self, evidence: Evidence, source: tuple[Sentence, ...], texts: Sequence[str]
    ) -> Iterator[str]:
        """Desk's lines without who, as the model writes them: a subhead stands under a headline.

        On the development references (newsis) they bring a density of 0.02.
        """
        tails = [text.partition(", ")[2] for text in texts] if self._brief else []
        for text in dict.fromkeys(filter(None, tails)):
            found = self._line(evidence, source, text)
            if not isinstance(found, Refusal):
                yield found

    def _tried(
        self, evidence: Evidence, source: tuple[Sentence, ...], one: Written
    ) -> Iterator[str | Refusal]:
        """What a text of the model's comes to; where grounding finds it wrong, also what the rules leave of it."""
        if one.score <= GUESSED:
            yield DANGLING
            return
        found = self._line(evidence, source, one.text)
        yield found
        if found is UNGROUNDED:
            for text in self._shortened(one.text):
                yield self._line(evidence, source, text)

    def _shortened(self, text: str) -> list[str]:
        """A text with phrases left out, by the rules that shorten the article's own sentences."""
        parts = sentences_of(text)
        style = self._assignment.options.style
        found = offers(self._assignment.article, parts, tuple(range(len(parts))), style, self._worth)
        return [offer.text for offer in found]

    def headline(self, answer: Answer | None) -> tuple[str, HeadlineOrigin] | None:
        """The headline to take, and whose it is; None where the extracted one stands."""
        first = self._assignment.headline
        if not isinstance(answer, Written) or first is None:
            return None
        for head in best(heads_of(self._assignment, answer), self._assignment.sentences):
            if head.text == first:
                return None
            written = head.score is not None
            if written and (not self._bears(head.text) or self._misread(head.text)):
                continue
            if not unsupported(head.text, self._ground):
                return head.text, HeadlineOrigin.GENERATED if written else HeadlineOrigin.EXTRACTED
        return None

    def _line(self, evidence: Evidence, source: tuple[Sentence, ...], text: str) -> str | Refusal:
        """A text as a line that the evidence bears, or why it is none."""
        line = self._set(text)
        if line is None and self._brief:
            # A finished sentence in the place of a desk's line is given its ending by the rules.
            line = self._set(in_style(self._assignment, text, Style.BRIEF) or "")
        if line is None:
            return DANGLING
        if not self._bears(line) or invents(line, " ".join(sentence.text for sentence in source)):
            return STRANGE
        if self._misread(line) or self._wrong(evidence, line):
            return UNGROUNDED
        return line if any(derived(line, one, telegraphic=self._brief) for one in source) else STRANGE

    def _set(self, text: str) -> str | None:
        """A text as a line of the style, without the particles that our own desk's lines do without."""
        line = as_line(text, self._assignment.options.style, self._tokens)
        if line is None or not self._brief:
            return line
        (part,) = sentences_of(line)
        short = tersely(parse(part))
        return line if short == line else as_line(short, Style.BRIEF, self._tokens) or line

    def _wrong(self, evidence: Evidence, line: str) -> bool:
        """Whether a line says what its evidence does not support."""
        sentences = tuple(self._assignment.sentences[n] for n in evidence.sentences)
        return bool(unsupported(line, self._ground, sentences))

    def _may(self, evidence: Evidence, line: Chosen, score: float | None = None) -> May:
        """A line with what it says and costs."""
        taste = TASTES[self._assignment.options.style]
        words = {t.form: self._worth.chance(t) for t in tokenize(line.text) if t.tag in CONTENT}
        likely = 0.0 if score is None else taste.written + taste.likely * score
        return May(evidence, line, words, likely - taste.character * len(line.text))

    def _bears(self, text: str) -> bool:
        """Whether the article bears a text: its words are the article's, and it gives no orders."""
        support = self._words.support(text)
        return support.enough and not support.new_nouns and not addresses_machine(text)

    def _misread(self, text: str) -> bool:
        """Whether a figure of a text is another's, or a Latin word miswritten."""
        body = self._assignment.article.body.text
        return any(wrong(text, body) for wrong in (halves_a_range, rebinds, foreign, misquotes))


def heads_of(assignment: Assignment, answer: Written) -> list[Head]:
    """The headlines that an article may have: those that the model wrote, then the extracted ones."""
    wrote: dict[str, float | None] = {}
    for one in _said(answer):
        made = as_headline(one.text)
        if made is not None:
            wrote.setdefault(made, one.score)
    if assignment.headline is not None:
        for text in (assignment.headline, *assignment.headlines):
            wrote.setdefault(text, None)
    return [Head(text, tuple(tokenize(text)), score) for text, score in wrote.items()]


def _said(answer: Answer) -> Iterator[Written]:
    """What the model wrote, the likeliest first."""
    if isinstance(answer, Written):
        yield answer
        yield from answer.others
