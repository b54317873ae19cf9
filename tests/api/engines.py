"""Engines that do on purpose what a real one does by accident."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.domain import Draft, EngineInfo
from app.engine.extractive import extracted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Assignment
    from app.errors import EngineError


class GatedEngine:
    """An engine that drafts once its gate is opened."""

    info = EngineInfo(name="gated", kind="seq2seq", runtime="torch", device="cpu", dtype="float32")

    def __init__(self, *, open_: bool = True) -> None:
        self.gate = threading.Event()
        if open_:
            self.gate.set()
        self.asked = 0
        self.reason: str | None = None

    def cost(self, assignment: Assignment) -> int:
        """One for each article."""
        del assignment
        return 1

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """The extracted lines, once the gate is open."""
        self.asked += len(assignments)
        self.gate.wait(30)
        return [extracted(a) for a in assignments]

    def ready(self) -> str | None:
        """What the test says."""
        return self.reason

    def close(self) -> None:
        """Let go of whoever waits."""
        self.gate.set()


class FailingEngine(GatedEngine):
    """An engine that fails on every batch."""

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """Raises what a library would, with the page in its message."""
        raise RuntimeError(f"cannot draft {assignments[0].article.body.text}")
