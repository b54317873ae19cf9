"""Whether a line says only what its article says: a pure function, which never sees an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.grounding.lookup import missing
from app.summary.grounding.source import Ground, ground

if TYPE_CHECKING:
    from app.domain import Sentence
    from app.text.facts import Fact

__all__ = ["Ground", "ground", "unsupported"]


def unsupported(line: str, source: Ground, evidence: tuple[Sentence, ...] = ()) -> tuple[Fact, ...]:
    """The facts of `line` that its article does not support; `evidence` is what it was written from."""
    del evidence
    return missing(line, source)
