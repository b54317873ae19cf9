"""A sentence cut down to a headline: the phrases most likely to stand in one, in the press's style."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.summary.compress.attribution import accuses, content_of, plain
from app.summary.compress.drops import rule_of
from app.summary.compress.frames import frames
from app.summary.compress.joins import TITLES
from app.summary.compress.marks import QUOTES
from app.summary.compress.openings import body_at
from app.summary.compress.phrases import Kind
from app.summary.compress.pointing import dangling
from app.summary.compress.prune import Costs, prune
from app.summary.compress.tree import SUBJECTS, parse
from app.summary.headline.printed import JOINT, idles, printed, put_together
from app.summary.headline.quotes import quoted
from app.summary.headline.style import headed
from app.summary.headline.words import LEXICAL, tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.domain import Sentence, Token
    from app.summary.compress.frames import Frame
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

LONGEST = 44
# Morphemes of a headline of the press; the mean over the training articles.
USUAL = 17
_PRICES = tuple((limit, price) for limit in (44, 40, 33, 27, 21) for price in (0.0, 0.02, 0.04, 0.07, 0.12))
CLOSING = 0.12
_SHORTEST = 8
_FEWEST = 2  # Spaces: 국토교통부 결정 heads nothing.
_STUMP = re.compile(
    r"^(?:및|또는|중|등|만|간|것)\s|[,\s]중\s(?:최|가장)|\s못$|^(?:있|없)[가-힣]*,|(?:밝혔|말했|전했)으며"
)
# The table of losses is in content words; a word's chance of standing in a headline is a fraction of one.
_LOSSES = 0.5
_APPOSITION = 0.0
_NARROWING = 0.15
# What a time or an amount before them belongs to: 2024년 대비, 30일 기준.
_MEASURED = frozenset({"대비", "기준", "만", "이후", "이래"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A headline that may be, and how much of the press's own its words alone let expect it to share (F1)."""

    share: float
    text: str
    tokens: tuple[Token, ...]
    """The morphemes of its sentence that it says."""


def candidates(sentence: Sentence, chances: Mapping[int, float]) -> Iterator[Candidate]:
    """The headlines that a sentence may give; `chances` are its tokens' by their index."""
    at = body_at(sentence.text)
    tokens = tuple(t for t in sentence.tokens if t.start >= at)
    if not tokens:
        return
    by_start = {sentence.tokens[i].start: chance for i, chance in chances.items()}
    tree = parse(replace(sentence, tokens=tokens))
    said = content_of(tree)
    for frame in frames(tree):
        # Where what was announced may stand for itself, nobody heads with its being announced.
        if said is None or frame.tree is not tree or not plain(tree, said):
            yield from _of_frame(frame, by_start)
    for text, ranges in quoted(sentence, LONGEST):
        inside = tuple(t for t in sentence.tokens if any(lo <= t.start < hi for lo, hi in ranges))
        yield Candidate(_share(inside, by_start), text, inside)


def _of_frame(frame: Frame, chances: Mapping[int, float]) -> Iterator[Candidate]:
    tree = frame.tree
    ending = headed(frame.last) if frame.last is not None else None
    if ending is None:
        return
    texts = [printed(tree, n, frame) for n in range(len(tree.phrases))]
    idle = idles(tree)
    texts[tree.root] = "" if idle else ending
    away = dangling(tree)
    losses = [_loss(tree, n) for n in range(len(tree.phrases))]
    subjects = frozenset(n for n, p in enumerate(tree.phrases) if p.kind in SUBJECTS)
    costs = Costs(
        [sum(_chance(t, chances) for t in phrase.tokens) for phrase in tree.phrases],
        losses,
        [len(text) for text in texts],
        frame.barred | _unwanted(tree, away, losses),
    )
    seen = set()
    for limit, price in _PRICES:
        kept = prune(tree, costs, price=price, limit=limit - 1)
        text = put_together(tree, texts, kept)
        if kept & away or (subjects and not kept & subjects) or any(tree.phrases[n].quotes for n in kept):
            continue
        if any(texts[n].endswith(JOINT) and _lost(tree, n, kept) for n in kept) or _crowded(tree, kept):
            continue
        if text not in seen and not _torn(text) and _SHORTEST <= len(text) <= LONGEST:
            seen.add(text)
            said = tuple(
                t for n in sorted(kept - {tree.root} if idle else kept) for t in tree.phrases[n].tokens
            )
            yield Candidate(_share(said, chances), text, said)


def _lost(tree: Tree, clause: int, kept: frozenset[int]) -> bool:
    """Whether a clause is kept without its own subject, or bare: it would be another's deed, or say nothing."""
    mine = tree.children[clause]
    return any(tree.phrases[c].kind in SUBJECTS and c not in kept for c in mine) or not kept & set(mine)


def _crowded(tree: Tree, kept: frozenset[int]) -> bool:
    """Whether the predicate has two subjects left, of which one lost its own."""
    return sum(tree.phrases[n].kind is Kind.SUBJECT for n in kept & set(tree.children[tree.root])) > 1


def _torn(text: str) -> bool:
    """Whether a headline opens or breaks off in the middle of something."""
    opened = text.count("“") != text.count("”") or text.count("‘") != text.count("’")
    opened = opened or text.count('"') % 2 == 1 or text.count("'") % 2 == 1
    return opened or text.count(" ") < _FEWEST or _STUMP.search(text) is not None


def _loss(tree: Tree, n: int) -> float | None:
    """What a headline loses with a phrase; None where it would say something else without it."""
    if n == tree.root:
        return None
    phrase, head = tree.phrases[n], tree.phrases[tree.heads[n]]
    after = tree.phrases[n + 1].tokens[0].form
    if (
        phrase.mark == "도"
        or any(t.form == "만" and t.tag == "JX" for t in phrase.core)
        or after in _MEASURED
        or (phrase.kind is Kind.OBJECT and tree.heads[n] == tree.root)
    ):
        return None
    rule = rule_of(tree, n)
    if rule.name == "compound":
        return _loss_of_noun(phrase, head)
    if rule.name == "clause about the subject" and (named(head) or tag(phrase.before) == "VCP"):
        return _APPOSITION
    return None if rule.loss is None else _LOSSES * rule.loss


def _loss_of_noun(phrase: Phrase, head: Phrase) -> float | None:
    """A common noun before a name says what the name is; before another noun it only narrows it.

    Names (a place, a firm) stay with what they name, and numbers with what they count.
    """
    if any(t.tag in {"NNP", "SL", "SN", "SH", "NR", "XPN", "SSO"} for t in phrase.tokens):
        return None
    if named(head):
        return _APPOSITION
    noun = next((t for t in head.tokens if t.tag in {"NNG", "NNP"}), None)
    return None if noun is None or len(noun.form) == 1 or noun.form in TITLES else _NARROWING


def named(phrase: Phrase) -> bool:
    """Whether a phrase begins with a name, or is one in quotation marks."""
    return phrase.tokens[0].tag in {"NNP", "SL"} or phrase.tokens[0].form in QUOTES


def _unwanted(tree: Tree, away: frozenset[int], losses: list[float | None]) -> frozenset[int]:
    """What points out of the sentence, what is quoted at length, and sources of what accuses nobody."""
    said = frozenset(n for n, p in enumerate(tree.phrases) if p.kind is Kind.SOURCE)
    long = frozenset(n for n, p in enumerate(tree.phrases) if p.quotes)
    free = frozenset(n for n in away | long if losses[n] is not None)
    return free if accuses(tree) else free | said


def _chance(token: Token, chances: Mapping[int, float]) -> float:
    return chances.get(token.start, 0.0) if tag(token) in LEXICAL else 0.0


def _share(tokens: tuple[Token, ...], chances: Mapping[int, float]) -> float:
    counted = [t for t in tokens if tag(t)[0] not in "JS" or t.tag in ("SN", "SL", "SH")]
    matched = sum(_chance(t, chances) if tag(t) in LEXICAL else CLOSING for t in counted)
    return 2 * matched / (len(counted) + USUAL)
