"""The two seams: an engine blocks and owns the device; a drafter awaits and owns the queue, if there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from app.domain import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.domain import Assignment, Draft, EngineInfo
    from app.errors import EngineError

_FURTHER: Final[Mapping[tuple[str, Style], int]] = {("local", Style.BRIEF): 2}
"""Groups beside the evidence of which a kind of engine writes lines, too, for the best to be taken.

Of a desk's short lines three of five groups' say more than three of three's: on the development references (newsis)
a cover of 0.379 for 0.366 and a density of 0.532 for 0.489, on 102 training articles 0.314 for 0.298 and 0.440 for
0.390, before `app/summary/derived.py` looked at lines. It takes half as long again.
"""


def further(kind: str, style: Style) -> int:
    """How many groups beside the evidence an engine of a kind is to be given."""
    return _FURTHER.get((kind, style), 0)


class Engine(Protocol):
    """Assignments in, drafts out, in one blocking call; safe to call from one thread at a time."""

    @property
    def info(self) -> EngineInfo:
        """What really runs, as the response names it."""
        ...

    def cost(self, assignment: Assignment) -> int:
        """What one assignment adds to a batch, in the tokens of its longest input; a batch pads to it."""
        ...

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """A draft or an error for each assignment, in order; raises only where the whole batch failed.

        Raises:
            OutOfMemory: the batch did not fit the device; a smaller one may.
            EngineError: the engine failed as a whole.
        """
        ...

    def ready(self) -> str | None:
        """None where the engine can draft now, else a sentence for /readyz on why pages come back extracted."""
        ...

    def close(self) -> None:
        """Give the device back."""
        ...


class Drafter(Protocol):
    """One assignment in, one draft out, awaited; what the pipeline sees of an engine."""

    @property
    def info(self) -> EngineInfo:
        """What really runs."""
        ...

    async def draft(self, assignment: Assignment) -> Draft:
        """The draft of `assignment`.

        Raises:
            EngineError: it could not be drafted; the pipeline falls back to the extracted lines.
            Busy: the queue is full.
        """
        ...


@runtime_checkable
class Concurrent(Protocol):
    """An engine that waits for a server which batches by itself: it needs no batcher, and articles no turn."""

    def drafter(self) -> Drafter:
        """A drafter that asks for each article as it comes; a caller that is cancelled ends its question."""
        ...
