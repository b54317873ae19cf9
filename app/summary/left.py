"""What a line that a model wrote leaves of its sentence's tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.aligned import CONTENT
from app.summary.compress.morphemes import tag
from app.summary.compress.tree import NO_HEAD, SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Token
    from app.summary.aligned import Pair
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree


def content(phrase: Phrase) -> list[Token]:
    """The morphemes of a phrase that say something by themselves."""
    return [token for token in phrase.core if tag(token) in CONTENT]


def amount(phrase: Phrase) -> bool:
    """Whether a phrase is a number with its unit: 120㎞를, 20명이."""
    own = content(phrase)
    return bool(own) and own[0].tag in {"SN", "NR"} and all(t.tag in {"SN", "NR", "NNB", "SL"} for t in own)


def others(phrase: Phrase) -> bool:
    """Whether a phrase only says that there are others: 등을."""
    return [token.form for token in content(phrase)] == ["등"]


@dataclass(frozen=True)
class Left:
    """What a line leaves of a tree."""

    tree: Tree
    said: Sequence[Token]
    pairs: Sequence[Pair]

    @cached_property
    def places(self) -> list[int | None]:
        """The phrase of each pair; None where it is none of this tree's."""
        return [self._phrase(pair.source) for pair in self.pairs]

    def _phrase(self, token: Token) -> int | None:
        return next((n for n, p in enumerate(self.tree.phrases) if p.start <= token.start < p.end), None)

    @cached_property
    def sources(self) -> frozenset[int]:
        """Where the morphemes that it says begin in the sentence."""
        return frozenset(pair.source.start for pair in self.pairs)

    @cached_property
    def last(self) -> int:
        """The phrase that the line ends with."""
        return self.places[-1] or 0

    @cached_property
    def root(self) -> int:
        """The predicate that the line ends with, or that the noun hangs on that it ends with."""
        named = not self.tree.phrases[self.last].predicate and self.last != self.tree.root
        return self.tree.heads[self.last] if named else self.last

    @cached_property
    def kept(self) -> frozenset[int]:
        """The phrases of which it says a word, and its root."""
        return frozenset(n for n in self.places if n is not None) | {self.root}

    @cached_property
    def adopted(self) -> tuple[int, ...]:
        """The subject that its clause shares with one around it."""
        tree = self.tree
        if tree.subject(self.root) is not None:
            return ()
        return tuple(
            n for n in sorted(self.kept) if tree.phrases[n].kind in SUBJECTS and tree.heads[n] in self.above
        )

    @cached_property
    def above(self) -> list[int]:
        """What its root hangs on, and what that does, up to the sentence's own predicate."""
        found = []
        at = self.tree.heads[self.root]
        while at != NO_HEAD:
            found.append(at)
            at = self.tree.heads[at]
        return found

    def bearer(self, n: int) -> Phrase:
        """The phrase whose particle a noun takes: its own, or that of its number, or of 등, where that is left out."""
        head = self.tree.heads[n]
        if head == NO_HEAD or head in self.kept:
            return self.tree.phrases[n]
        above = self.tree.phrases[head]
        return above if amount(above) or others(above) else self.tree.phrases[n]

    @cached_property
    def counted(self) -> frozenset[int]:
        """The numbers that are left out behind their nouns."""
        heads = {self.tree.heads[n] for n in self.kept - {self.root, *self.adopted}}
        return frozenset(n for n in heads - self.kept if amount(self.tree.phrases[n]))

    @cached_property
    def following(self) -> dict[int, Token | None]:
        """The morpheme behind each of the line's, by where that begins."""
        return dict(zip((token.start for token in self.said), [*self.said[1:], None], strict=True))

    @cached_property
    def followed(self) -> list[tuple[Pair, int, Token]]:
        """The words of the tree but the last, each with its phrase and the morpheme behind it in the line."""
        return [
            (pair, place, after)
            for pair, place in zip(self.pairs, self.places, strict=True)
            if place is not None and (after := self.following[pair.said.start]) is not None
        ]

    def followed_alike(self, pair: Pair) -> bool:
        """Whether behind a word of the line stands what stands behind it in the sentence: 상반기에는, ‘초·중·고, 대학’을."""
        return _alike(*self.behind(pair))

    def behind(self, pair: Pair) -> tuple[Token | None, Token | None]:
        """The morphemes behind a word, in the line and in the sentence."""
        return self.following[pair.said.start], self._behind.get(pair.source.start)

    def preceded_alike(self, pair: Pair) -> bool:
        """Whether before a word of the line stands what stands before it in the sentence."""
        said, source = (
            next((one for one in tokens if one.end == at.start or one.end + 1 == at.start), None)
            for tokens, at in ((self.said, pair.said), (self._tokens, pair.source))
        )
        return _alike(said, source)

    @cached_property
    def _tokens(self) -> list[Token]:
        return [token for phrase in self.tree.phrases for token in phrase.tokens]

    @cached_property
    def _behind(self) -> dict[int, Token]:
        return {one.start: other for one, other in pairwise(self._tokens)}

    @cached_property
    def forms(self) -> frozenset[str]:
        """The morphemes of the line."""
        return frozenset(token.form for token in self.said)


def _alike(one: Token | None, other: Token | None) -> bool:
    return one is not None and other is not None and (one.form, one.tag) == (other.form, other.tag)
