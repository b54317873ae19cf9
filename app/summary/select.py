"""Which sentences carry an article, and which of their lines say most of it together, in the article's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.summary.compress import Offer
from app.summary.eligible import Eligibility
from app.summary.salience import features, salience

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from app.domain import Article, Sentence
    from app.summary.salience import Features

    Group = tuple[int, ...]

# Logits that full likeness to a sentence already taken costs. Swept 0 to 2 on the development references:
# hit is flat to 0.5 and falls after 1 (people, too, pick sentences that share their subject).
_REDUNDANCY = 0.5
# Of two sentences that share this much of the shorter one's words, the second says nothing new.
_SAME = 0.9
# Of two lines that share this much of the shorter one's words, one is enough. Swept 0.5 to 1 on the development
# references: brief cover 0.379 to 0.390 on newsis; at 0.7 an article is left a line short, at 0.5 hit falls.
_REPEATED = 0.75
# How many sentences are looked at, most salient first, before fewer lines than asked are accepted.
_POOL = 6
_BEAM = 16


@dataclass(frozen=True, slots=True)
class Taste:
    """What lines are chosen by."""

    salience: float
    """A logit of a sentence's."""
    words: float
    """A word that the desk would say, said once."""
    character: float
    """The cost of a character."""
    lost: float
    """The cost of what deletion cost a line."""


SALIENCE_ALONE: Final = Taste(salience=1, words=0, character=0, lost=0)
UNWRITTEN: Final = Offer("", {}, 0.0)


@dataclass(frozen=True, slots=True)
class _Step:
    """A line that may be taken."""

    group: Group
    offer: Offer
    salience: float


@dataclass(frozen=True, slots=True)
class _Set:
    """Some lines taken together."""

    score: float = 0.0
    taken: tuple[tuple[Group, Offer], ...] = ()
    words: Mapping[str, float] = field(default_factory=dict)


def rank(article: Article, sentences: tuple[Sentence, ...]) -> tuple[float, ...]:
    """How well each sentence would stand for the article; higher is better."""
    return tuple(salience(features(article, sentences)).tolist())


def select(
    article: Article,
    sentences: tuple[Sentence, ...],
    lines: int,
    offers: Callable[[Group], Sequence[Offer]] = lambda _: (UNWRITTEN,),
    taste: Taste = SALIENCE_ALONE,
    more: int = 0,
) -> tuple[tuple[Group, Offer], ...]:
    """At most `lines` groups of sentence indices, each with one of its `offers`, in the article's order.

    The sentences that are most salient are looked at together; where they give too few lines, further ones
    are, then sentences that are no finished statement, each by itself and then with the one before it. Offers of
    `more` groups than lines are asked for, for whoever chooses anew.
    """
    found = features(article, sentences)
    scores = salience(found).tolist()
    beam: dict[int, list[_Set]] = {0: [_Set()]}
    most, sayable = 0.0, 0
    for tried, group in enumerate(_groups(found, scores)):
        full = beam.get(lines, ())
        if full and tried >= _POOL and sayable >= lines + more:
            break
        # More words than any line so far says would not make up for what the sentence lacks; one more line is kept at
        # hand, for where grounding refuses one.
        best = taste.salience * scores[group[-1]] + most
        if full and sayable > lines + more and beam[lines - 1][0].score + best < full[0].score:
            continue
        steps = [_Step(group, offer, scores[group[-1]]) for offer in offers(group)]
        sayable += bool(steps)
        most = max(most, *(_said(step.offer, step.offer.words, taste) for step in steps), 0.0)
        _extend(beam, lines, steps, found, taste)
    return tuple(sorted(beam[max(beam)][0].taken, key=lambda taken: taken[0]))


def _groups(found: Features, scores: list[float]) -> Iterator[Group]:
    """What may be evidence, in the order in which it is looked at."""
    seen: set[Group] = set()
    for lowest in (Eligibility.SENTENCE, Eligibility.STUB):
        fit = {n for n, e in enumerate(found.eligible) if e >= lowest}
        order = sorted(fit, key=lambda n: (-scores[n], n))
        for group in [*((n,) for n in order), *((n - 1, n) for n in order if n - 1 in fit)]:
            if group not in seen:
                seen.add(group)
                yield group


def _extend(
    beam: dict[int, list[_Set]], lines: int, steps: list[_Step], found: Features, taste: Taste
) -> None:
    """Each set of the beam with each of the steps, beside what it holds without one."""
    for size in range(min(lines - 1, max(beam)), -1, -1):
        grown = [more for one in beam[size] for step in steps if (more := _grown(one, step, found, taste))]
        if grown:
            held = [*beam.get(size + 1, ()), *grown]
            beam[size + 1] = sorted(held, key=lambda one: -one.score)[:_BEAM]


def _grown(one: _Set, step: _Step, found: Features, taste: Taste) -> _Set | None:
    """The set with one line more; None where it holds that already."""
    used = [n for group, _ in one.taken for n in group]
    if (
        any(n == m or found.overlap[n, m] >= _SAME for n in step.group[-1:] for m in used)
        or set(step.group) & set(used)
        or any(_repeats(step.offer, offer) for _, offer in one.taken)
    ):
        return None
    likeness = max((float(found.likeness[n, m]) for n in step.group for m in used), default=0.0)
    new = {form: chance for form, chance in step.offer.words.items() if form not in one.words}
    gain = taste.salience * (step.salience - _REDUNDANCY * likeness) + _said(step.offer, new, taste)
    return _Set(one.score + gain, (*one.taken, (step.group, step.offer)), {**one.words, **new})


def _said(offer: Offer, words: Mapping[str, float], taste: Taste) -> float:
    """What a line gives by its words, less what it costs."""
    return taste.words * sum(words.values()) - taste.character * len(offer.text) - taste.lost * offer.lost


def _repeats(one: Offer, other: Offer) -> bool:
    """Whether of two lines the second says nothing new."""
    return bool(one.text and one.text == other.text) or repeats(one.words, other.words)


def repeats(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether of two lines' words the fewer are nearly all among the other's."""
    fewer = min(len(one), len(other))
    return fewer > 0 and len(one.keys() & other.keys()) >= _REPEATED * fewer
