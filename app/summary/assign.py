"""From an article to an engine's assignment: its sentences, its evidence, the extracted line of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import Article, Assignment, Evidence, Options
from app.summary.compress import shorten
from app.summary.headline import headline
from app.summary.select import select
from app.text.directives import orders
from app.text.sentences import sentences

if TYPE_CHECKING:
    from app.domain import Sentence


def assign(article: Article, options: Options) -> Assignment:
    """What an engine needs to draft `article`: everything that costs CPU and knows no model."""
    every = sentences(article.body.text)
    dropped = orders(article.body.text, every)
    found: tuple[Sentence, ...] = tuple(s for n, s in enumerate(every) if n not in dropped)
    made: dict[tuple[int, ...], str] = {}

    def stands(group: tuple[int, ...]) -> bool:
        line = shorten(article, found, group, options.style)
        if line is None or line in made.values():
            return False
        made[group] = line
        return True

    chosen = select(article, found, options.lines, stands)
    wanted = None if article.headline else headline(article, found)
    evidence = tuple(Evidence(group, made[group]) for group in chosen)
    return Assignment(article, found, evidence, options, wanted, len(dropped))
