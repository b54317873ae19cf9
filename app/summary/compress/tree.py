"""What each phrase of a sentence hangs on: a shallow dependency tree by the order and the endings of Korean.

Korean puts heads last, so the head of a phrase is the nearest later one that can take it; topics and subjects
reach further, to the clause that they speak of. A tree so made is right often enough to prune by, and where
it doubts it hangs a phrase on the later head, where it is dropped less readily.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.summary.compress.phrases import Kind, phrases

if TYPE_CHECKING:
    from app.domain import Sentence
    from app.summary.compress.phrases import Phrase

NO_HEAD = -1
SUBJECTS = frozenset({Kind.TOPIC, Kind.SUBJECT, Kind.ALSO})
_MODIFIERS = frozenset({Kind.ADNOMINAL, Kind.GENITIVE, Kind.NOUN, Kind.LIST, Kind.DETERMINER})


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

    def doubtful(self, n: int) -> bool:
        """Whether a subject stands before a modifying verb that may be its own: 구청이 | 신청한 사업을 반려했다."""
        if self.phrases[n].kind is not Kind.SUBJECT:
            return False
        first = _predicate_after(self.phrases, n, skip_adnominal=False)
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


def parse(sentence: Sentence) -> Tree:
    """The tree of a sentence."""
    found = phrases(sentence)
    return Tree(sentence.text, found, tuple(_head(found, n) for n in range(len(found))))


def _head(found: tuple[Phrase, ...], n: int) -> int:
    if n == len(found) - 1:
        return NO_HEAD
    kind = found[n].kind
    if kind in _MODIFIERS:
        return _noun_after(found, n)
    if kind is Kind.ADVERB and found[n + 1].kind is Kind.ADVERB:
        return n + 1
    if kind is Kind.TOPIC or (kind is Kind.ALSO and _opens(found, n)):
        return _topic_head(found, n)
    if kind is Kind.SUBJECT:
        return _subject_head(found, n)
    return _predicate_after(found, n, skip_adnominal=found[n].comma or kind is Kind.SOURCE)


def _predicate_after(found: tuple[Phrase, ...], n: int, *, skip_adnominal: bool) -> int:
    for i in range(n + 1, len(found)):
        # What stands inside quotation marks governs nothing outside them.
        if (
            found[i].predicate
            and not found[i].quotes
            and found[i].kind not in _POSTPOSED
            and not (skip_adnominal and (found[i].kind is Kind.ADNOMINAL or found[i].kind not in _VERBAL))
        ):
            return i
    return len(found) - 1


_POSTPOSED = frozenset({Kind.POSTPOSED, Kind.SOURCE})
_VERBAL = frozenset({Kind.CLAUSE, Kind.QUOTED, Kind.FINAL, Kind.NOUN})


def _noun_after(found: tuple[Phrase, ...], n: int) -> int:
    kind = found[n].kind
    for i in range(n + 1, len(found)):
        if found[i].nominal:
            # A clause modifies the whole compound that follows it, and so hangs on its last noun.
            while (
                kind in {Kind.ADNOMINAL, Kind.LIST}
                and found[i].kind is Kind.NOUN
                and found[i].tokens[0].tag != "NNB"
                and i + 1 < len(found)
                and found[i + 1].nominal
            ):
                i += 1  # noqa: PLW2901
            return i
        if found[i].predicate:
            return i
        if kind is Kind.DETERMINER:
            return i
    return len(found) - 1


# Endings whose clause keeps a subject that stands right before it: 우려가 있으면.
_DEPENDENT = frozenset({"면", "으면", "자", "도록", "어도", "다면", "ᆯ수록"})


def _opens(found: tuple[Phrase, ...], n: int) -> bool:
    """Whether a phrase is the first that may be a subject: 은행도 …한다, where …예산도 늘렸다 is an object."""
    return not any(p.kind in SUBJECTS or p.kind is Kind.OBJECT for p in found[:n])


def _topic_head(found: tuple[Phrase, ...], n: int) -> int:
    """The last predicate of the clauses that it speaks of: up to the next topic, past every embedded clause."""
    head = _predicate_after(found, n, skip_adnominal=True)
    while head < len(found) - 1:
        after = _predicate_after(found, head, skip_adnominal=True)
        if any(found[i].kind is Kind.TOPIC for i in range(head + 1, after)):
            return head
        if _undergoes(found[head]) and any(found[i].kind is Kind.OBJECT for i in range(head + 1, after)):
            return head
        head = after
    return head


def _undergoes(phrase: Phrase) -> bool:
    """Whether its subject acts on nothing: 확인됐으며, 높고. Who acts in the next clause is then another."""
    return any(t.form == "되" or t.tag.startswith(("VA", "XSA", "VCP")) for t in phrase.core)


def _subject_head(found: tuple[Phrase, ...], n: int) -> int:
    """The nearest predicate; where no later clause has a subject of its own, the last one."""
    first = _predicate_after(found, n, skip_adnominal=False)
    alone = not any(p.kind in SUBJECTS for i, p in enumerate(found) if i != n)
    if alone and not (first == n + 1 and found[first].mark in _DEPENDENT):
        return len(found) - 1
    adjacent = first == n + 1 and found[first].mark in _DEPENDENT
    if found[first].kind is not Kind.CLAUSE or adjacent or any(p.kind in SUBJECTS for p in found[:n]):
        return first
    head = first
    while head < len(found) - 1 and found[head].kind is Kind.CLAUSE:
        after = _predicate_after(found, head, skip_adnominal=False)
        if any(found[i].kind in SUBJECTS for i in range(head + 1, after + 1)):
            return head
        if found[after].kind is Kind.ADNOMINAL:
            return head
        head = after
    return head
