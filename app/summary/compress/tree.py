"""What each phrase of a sentence hangs on: a shallow dependency tree by the order and the endings of Korean.

Korean puts heads last, so the head of a phrase is the nearest later one that can take it; topics and subjects
reach further, to the clause that they speak of. A tree so made is right often enough to prune by, and where
it doubts it hangs a phrase on the later head, where it is dropped less readily.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from app.summary.compress.attach import NO_HEAD, SUBJECTS, attach
from app.summary.compress.phrases import Kind, phrases

if TYPE_CHECKING:
    from app.domain import Sentence
    from app.summary.compress.phrases import Phrase

__all__ = ["NO_HEAD", "SUBJECTS", "Tree", "parse"]


@dataclass(frozen=True)
class Tree:
    """The phrases of a sentence and their heads; the last phrase is the root, whose head is NO_HEAD."""

    text: str
    phrases: tuple[Phrase, ...]
    heads: tuple[int, ...]

    @property
    def root(self) -> int:
        """The phrase that all others hang on."""
        return len(self.phrases) - 1

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """What hangs on each phrase, in order."""
        found: list[list[int]] = [[] for _ in self.phrases]
        for n, head in enumerate(self.heads):
            if head != NO_HEAD:
                found[head].append(n)
        return tuple(tuple(c) for c in found)

    def under(self, n: int) -> frozenset[int]:
        """The phrase and everything that hangs on it."""
        found = {n}
        for child in self.children[n]:
            found |= self.under(child)
        return frozenset(found)

    def own(self, kept: frozenset[int]) -> list[int]:
        """What hangs on the root of what is kept, in order."""
        return [n for n in self.children[self.root] if n in kept]

    def compound(self, n: int) -> list[Phrase]:
        """A noun behind the nouns that are its own: 혐의 등."""
        own = [self.phrases[c] for c in self.children[n] if self.phrases[c].kind is Kind.NOUN]
        return [*own, self.phrases[n]]

    def doubtful(self, n: int) -> bool:
        """Whether a subject stands before a modifying verb that may be its own: 구청이 | 신청한 사업을 반려했다."""
        if self.phrases[n].kind is not Kind.SUBJECT:
            return False
        later = range(n + 1, len(self.phrases))
        verbs = (i for i in later if self.phrases[i].predicate and self.phrases[i].kind is not Kind.ADVERB)
        first = next(verbs, self.root)
        return self.phrases[first].kind is Kind.ADNOMINAL and self.heads[n] != first

    def subject(self, n: int) -> int | None:
        """The topic or the subject of a predicate; its last one where it has both."""
        return next((c for c in reversed(self.children[n]) if self.phrases[c].kind in SUBJECTS), None)

    def rooted(self, root: int, adopted: tuple[int, ...] = ()) -> Tree:
        """The tree of one clause: what hangs on `root`, and `adopted` with what hangs on them."""
        kept = sorted(self.under(root).union(*(self.under(n) for n in adopted)))
        place = {n: i for i, n in enumerate(n for n in kept if n != root)} | {root: len(kept) - 1}
        heads = {place[n]: place[root] if n in adopted else place[self.heads[n]] for n in kept if n != root}
        order = sorted(place, key=lambda n: place[n])
        return Tree(
            self.text,
            tuple(self.phrases[n] for n in order),
            (*(heads[i] for i in range(len(order) - 1)), NO_HEAD),
        )


# A sentence is read for itself, in each style, and for each one behind it that may point to it: four times in the mean.
@lru_cache(maxsize=64)
def parse(sentence: Sentence) -> Tree:
    """The tree of a sentence."""
    found = phrases(sentence)
    return Tree(sentence.text, found, attach(found))
