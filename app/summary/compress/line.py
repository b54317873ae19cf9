"""One line from the sentences of an evidence group."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain import Style
from app.summary.compress.attribution import content_of, plain
from app.summary.compress.bereft import heaped, pictured
from app.summary.compress.drops import rule_of
from app.summary.compress.frames import frames
from app.summary.compress.openings import body_at
from app.summary.compress.phrases import Kind
from app.summary.compress.pointing import dangling, retells
from app.summary.compress.prune import Costs, prune
from app.summary.compress.references import carried_in
from app.summary.compress.roles import subjectless
from app.summary.compress.spelled import strays
from app.summary.compress.styles import MANNERS
from app.summary.compress.torn import torn
from app.summary.compress.tree import SUBJECTS, parse
from app.summary.compress.worth import CONTENT, Worth
from app.summary.compress.wrongs import TELEGRAPHIC_WRONGS, WRONGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.domain import Article, Sentence
    from app.summary.compress.frames import Frame
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.styles import Manner
    from app.summary.compress.tree import Tree

# A picture's credit: what holds it is a caption.
_CREDIT = re.compile(r"[(\[](?:사진|이미지|자료|그래픽|영상|제공)\s*[=:]|(?:재판매|무단전재) 및|제공[)\]]")
# What a character beyond the aim of a style costs, in worth.
_OVER = 0.2
# What a sentence costs that does not say who or what: taken where there is no other. A desk's line of nobody is none;
# that costs a density of 0.006 on the editors' lines (newsis).
_SUBJECTLESS = 45.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A line that may stand for an evidence group."""

    text: str
    words: Mapping[str, float]
    """Its content words, each with the chance that the desk would say it."""
    quality: float
    """How well it says what its sentence says; higher is better, in units of `worth`."""
    lost: float = 0.0
    """What the phrases that it leaves out cost its sense."""


def shorten(
    article: Article, sentences: tuple[Sentence, ...], group: tuple[int, ...], style: Style
) -> str | None:
    """One line from the sentences of `group`, or None where they cannot stand alone."""
    found = offers(article, sentences, group, style, Worth(sentences))
    return max(found, key=lambda offer: offer.quality).text if found else None


def offers(
    article: Article,
    sentences: tuple[Sentence, ...],
    group: tuple[int, ...],
    style: Style,
    worth: Worth,
    manner: Manner | None = None,
) -> tuple[Offer, ...]:
    """The lines that may stand for `group`, each text once; `manner` is another than the style's own."""
    headline = article.headline or ""
    found: dict[str, Offer] = {}
    for n in group:
        sentence = carried_in(sentences, n, headline, under_headline=style is Style.BRIEF)
        for offer in _lines(sentence, worth, manner or MANNERS[style]):
            if offer.text in found or torn(offer.text, sentence.text) or strays(offer.text, sentence.text):
                continue
            found[offer.text] = offer
    return tuple(found.values())


def _lines(sentence: Sentence, worth: Worth, manner: Manner) -> Iterator[Offer]:
    """The lines that one sentence may give."""
    at = body_at(sentence.text)
    tokens = tuple(t for t in sentence.tokens if t.start >= at)
    if not tokens or _CREDIT.search(sentence.text):
        return
    least = min(manner.measure.shortest, len(sentence.text) // 2)
    tree = parse(replace(sentence, tokens=tokens))
    if heaped(tree) or (manner.measure.telegraphic and pictured(tree)):
        return
    said = content_of(tree)
    # Where what was announced may stand for itself, its being announced tells nothing.
    announced = said is not None and plain(tree, said)
    for frame in frames(tree):
        if announced and frame.tree is tree:
            continue
        for offer in _of_frame(frame, worth, manner):
            if least <= len(offer.text) <= manner.measure.longest:
                yield offer


def _of_frame(frame: Frame, worth: Worth, manner: Manner) -> Iterator[Offer]:
    """The lines of a frame, of several lengths; none where it points out of its sentence."""
    tree, measure = frame.tree, manner.measure
    sizes = manner.sizes(frame)
    losses = [None if n == tree.root else rule_of(tree, n).loss for n in range(len(tree.phrases))]
    away = dangling(tree)
    values = [sum(map(worth.of, phrase.tokens)) for phrase in tree.phrases]
    costs = Costs(values, losses, sizes, frame.barred | _holders(tree, away, losses))
    seen: set[frozenset[int]] = set()
    made = False
    for limit, price in measure.tries:
        if made and not price:
            break
        kept = prune(tree, costs, price=price, limit=limit)
        if kept in seen:
            continue
        seen.add(kept)
        if kept & away or _lost_subject(tree, kept) or any(wrong(tree, kept) for wrong in WRONGS):
            continue
        telegraphic = manner.measure.telegraphic
        if telegraphic and any(wrong(tree, kept) for wrong in TELEGRAPHIC_WRONGS):
            continue
        text = manner.write(frame, sorted(kept))
        if text is not None:
            lost = sum(losses[n] or 0.0 for n in _cuts(tree, kept))
            over = _OVER * max(0, len(text) - measure.aim)
            if not telegraphic and subjectless(tree, kept):
                lost += _SUBJECTLESS
            quality = sum(values[n] for n in kept) - lost - measure.price * len(text) - over
            words = {
                t.form: worth.chance(t) for n in kept for t in tree.phrases[n].tokens if t.tag in CONTENT
            }
            made = True
            yield Offer(text, words, quality, lost)


def _cuts(tree: Tree, kept: frozenset[int]) -> list[int]:
    """The phrases that were dropped from a kept head."""
    return [n for n, head in enumerate(tree.heads) if n not in kept and head in kept]


def _lost_subject(tree: Tree, kept: frozenset[int]) -> bool:
    """Whether someone acts in the sentence, or the root has a subject, and none is left in what is kept of it."""
    acts = any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[tree.root])
    actors = {n for n, phrase in enumerate(tree.phrases) if phrase.kind in SUBJECTS}
    own = tree.subject(tree.root) is not None
    # 환자 A씨가 갑자기 빨려 온 통에 눌려 숨졌다: a person whom a modifier further behind has taken may be the root's.
    if any(n not in kept and _person(tree.phrases[n]) and tree.heads[n] > n + 1 for n in actors):
        return True
    return (acts or own) and bool(actors) and not actors & kept


def _person(phrase: Phrase) -> bool:
    return phrase.kind is Kind.SUBJECT and any(t.form == "씨" and t.tag == "NNB" for t in phrase.core)


def _holders(tree: Tree, away: frozenset[int], losses: list[float | None]) -> frozenset[int]:
    """For each phrase that points away, the nearest phrase above it that may go."""
    found = set()
    for n in away:
        while n != tree.root and losses[n] is None and not retells(tree, n):
            n = tree.heads[n]  # noqa: PLW2901
        if n != tree.root:
            found.add(n)
    return frozenset(found)
