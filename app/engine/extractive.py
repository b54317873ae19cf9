"""The embedded engine: the extracted line of each evidence group, no model, no torch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import Draft, DraftLine, EngineInfo, HeadlineOrigin, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment
    from app.errors import EngineError


def extracted(assignment: Assignment) -> Draft:
    """The draft that needs no model: what `extractive` answers and every other engine falls back to."""
    return Draft(
        lines=tuple(DraftLine(e.extracted, e.sentences, Origin.EXTRACTED) for e in assignment.evidence),
        headline=assignment.headline,
        headline_origin=HeadlineOrigin.EXTRACTED,
    )


class ExtractiveEngine:
    """The engine that is always there."""

    info = EngineInfo(name="extractive", kind="extractive", device="cpu")

    def cost(self, assignment: Assignment) -> int:
        """One for each article: the work was done when it was assigned."""
        del assignment
        return 1

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """The extracted lines of each assignment."""
        return [extracted(a) for a in assignments]

    def ready(self) -> str | None:
        """Always."""
        return None

    def close(self) -> None:
        """Nothing to give back."""


class ExtractedDrafter:
    """The embedded engine as a drafter: it needs no queue, since its work was done when the article was assigned."""

    info = ExtractiveEngine.info

    async def draft(self, assignment: Assignment) -> Draft:
        """The extracted lines."""
        return extracted(assignment)
