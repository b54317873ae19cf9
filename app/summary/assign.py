"""From an article to an engine's assignment: its sentences, its evidence, the extracted line of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import Article, Assignment, Evidence, Options, Style
from app.summary.compress import Worth, offers
from app.summary.headline import headline
from app.summary.select import Taste, select
from app.text.directives import orders
from app.text.sentences import sentences

if TYPE_CHECKING:
    from app.domain import Sentence

TASTES = {
    Style.SENTENCE: Taste(salience=3.0, words=0.2, character=0.003, lost=0.05),
    Style.BRIEF: Taste(salience=0.2, words=2.0, character=0.03, lost=0.1),
}


def assign(article: Article, options: Options) -> Assignment:
    """What an engine needs to draft `article`: everything that costs CPU and knows no model."""
    every = sentences(article.body.text)
    dropped = orders(article.body.text, every)
    found: tuple[Sentence, ...] = tuple(s for n, s in enumerate(every) if n not in dropped)
    worth = Worth(found)
    chosen = select(
        article,
        found,
        options.lines,
        lambda group: offers(article, found, group, options.style, worth),
        TASTES[options.style],
    )
    wanted = None if article.headline else headline(article, found)
    evidence = tuple(Evidence(group, offer.text) for group, offer in chosen)
    return Assignment(article, found, evidence, options, wanted, len(dropped))
