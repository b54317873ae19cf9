"""What a rule of the table of drops is, and the plainest conditions that one may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.summary.compress.phrases import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.summary.compress.tree import Tree

Example = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """When it applies to a phrase of a tree, and the loss of dropping that phrase; None where it stays."""

    name: str
    applies: Callable[[Tree, int], bool]
    loss: float | None
    examples: tuple[Example, ...]


def of_kind(*kinds: Kind) -> Callable[[Tree, int], bool]:
    """Whether it is of one of these kinds."""
    return lambda tree, n: tree.phrases[n].kind in kinds


def marked(*marks: str) -> Callable[[Tree, int], bool]:
    """Whether it is a clause with one of these endings."""
    return lambda tree, n: tree.phrases[n].kind is Kind.CLAUSE and tree.phrases[n].mark in marks


def postposed(*verbs: str) -> Callable[[Tree, int], bool]:
    """Whether it is a postposition made of one of these verbs."""
    return lambda tree, n: (
        tree.phrases[n].kind is Kind.POSTPOSED and any(t.form in verbs for t in tree.phrases[n].core)
    )


def particle(*forms: str) -> Callable[[Tree, int], bool]:
    """Whether it is an adverbial with one of these particles."""
    return lambda tree, n: (
        tree.phrases[n].kind is Kind.OBLIQUE
        and any(t.form in forms and t.tag in {"JKB", "JX"} for t in tree.phrases[n].core[-2:])
    )
