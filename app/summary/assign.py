"""From an article to an engine's assignment: its sentences, its evidence, the extracted line of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import Article, Assignment, Evidence, Options, Style
from app.summary.compress import ROOMY, Offer, Worth, offers
from app.summary.grounding import ground, unsupported
from app.summary.headline import headlines
from app.summary.select import Taste, select
from app.text.directives import orders
from app.text.sentences import sentences

if TYPE_CHECKING:
    from app.domain import Sentence

# Swept on the development references: salience 0.1 to 10, words 0 to 2, a character 0.002 to 0.06, what is lost 0 to
# 0.2. In sentences the salient are taken nearly whatever their lines; in the desk's style what all lines say together
# decides.
TASTES = {
    Style.SENTENCE: Taste(salience=4.0, words=0.5, character=0.009, lost=0.1),
    Style.BRIEF: Taste(salience=0.7, words=2.0, character=0.05, lost=0.1),
}

# Further lines that are kept of each evidence group.
_SPARE = 3


def assign(article: Article, options: Options, more: int = 0) -> Assignment:
    """What an engine needs to draft `article`: everything that costs CPU and knows no model.

    `more` is how many groups beside the evidence the engine writes lines of, too (`app.engine.base.further`).
    """
    every = sentences(article.body.text)
    dropped = orders(article.body.text, every)
    found: tuple[Sentence, ...] = tuple(s for n, s in enumerate(every) if n not in dropped)
    worth = Worth(found)
    made: dict[tuple[int, ...], tuple[Offer, ...]] = {}

    def offered(group: tuple[int, ...]) -> tuple[Offer, ...]:
        made[group] = offers(article, found, group, options.style, worth)
        return made[group]

    def standing_in(group: tuple[int, ...]) -> tuple[Offer, ...]:
        made[group] = made.get(group) or (
            *offers(article, found, group, options.style, worth, ROOMY),
            *offers(article, found, group, Style.SENTENCE, worth),
        )
        return made[group]

    chosen = select(article, found, options.lines, offered, TASTES[options.style], more)
    if len(chosen) < options.lines and options.style is Style.BRIEF:
        # Of a long article no line is missing for its form: what has no desk's line takes more room, or is said in a finished
        # sentence.
        chosen = select(article, found, options.lines, standing_in, TASTES[options.style], more)
    wanted = () if article.headline else _headlines(article, found)
    evidence = tuple(_evidence(group, offer, made[group]) for group, offer in chosen)
    left = [group for group, lines in made.items() if lines and group not in {g for g, _ in chosen}]
    spare = tuple(_evidence(group, _best(made[group]), made[group]) for group in left[:_SPARE])
    first = wanted[0] if wanted else None
    return Assignment(article, found, evidence, options, first, spare, wanted[1:], len(dropped))


def _best(every: tuple[Offer, ...]) -> Offer:
    """The line of the best quality."""
    return max(every, key=lambda offer: offer.quality)


def _evidence(group: tuple[int, ...], taken: Offer, every: tuple[Offer, ...]) -> Evidence:
    """Evidence with the line taken and those that may stand for it, which lost least first."""
    left = sorted((o for o in every if o.text != taken.text), key=lambda o: (o.lost, -o.quality))
    return Evidence(group, taken.text, tuple(o.text for o in left[:_SPARE]))


def _headlines(article: Article, sentences: tuple[Sentence, ...]) -> tuple[str, ...]:
    """Headlines of the article's words, that first which it supports."""
    source = ground(article, sentences)
    return headlines(article, sentences, lambda text: not unsupported(text, source))
