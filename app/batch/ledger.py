"""The files of a run: OUT, its errors and its state, in order whatever moment the run is killed at."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from app.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from app.batch.sources import Id, Rejected


class Ledger:
    """What a run has written and what it goes on from.

    A line is written whole and counts once it ends in a line feed: one that was torn by a kill is cut off when
    the run is started again, and its input is done anew. OUT.state is written before OUT, so an OUT that this
    command made always says with which options. OUT.errors.jsonl is written anew in every run, since an input
    that could not be read is tried again.
    """

    def __init__(self, out: Path) -> None:
        base = out.name.removesuffix(".jsonl")
        self.out = out
        self.errors = out.with_name(f"{base}.errors.jsonl")
        self.state = out.with_name(f"{base}.state")
        self.done: set[Id] = set()
        self._lines: BinaryIO | None = None
        self._errors: BinaryIO | None = None

    @contextmanager
    def open(self, options: Mapping[str, object], *, fresh: bool = False) -> Iterator[Ledger]:
        """The ledger, held by this process alone until it is left.

        Raises:
            SetupError: OUT was made with other options, by another program, or is being written just now; or its
                folder is not there.
        """
        try:
            self._claim(options, fresh=fresh)
            try:
                yield self
            finally:
                self._seal()
        finally:
            for stream in (self._lines, self._errors):
                if stream is not None:
                    stream.close()

    def write(self, record: Mapping[str, Any]) -> None:
        """One more line of OUT."""
        self._append(record)
        self.done.add(record["id"])

    def reject(self, rejected: Rejected) -> None:
        """One more line of OUT.errors.jsonl."""
        _append(
            self._errors,
            {"id": rejected.id, "line": rejected.line, "code": rejected.code, "reason": rejected.reason},
        )

    def records(self) -> Iterator[dict[str, Any]]:
        """Every line of OUT, for what is rendered from all of them."""
        with self.out.open("rb") as lines:
            for line in lines:
                yield json.loads(line)

    def _append(self, record: Mapping[str, Any]) -> None:
        _append(self._lines, record)

    def _seal(self) -> None:
        """Writes what waits to be written, where anything does."""

    def _claim(self, options: Mapping[str, object], *, fresh: bool) -> None:
        if not self.out.parent.is_dir():
            raise SetupError(
                f"no folder {str(self.out.parent)!r} to write {self.out.name} into; make it first"
            )
        if self.out.is_dir():
            raise SetupError(f"{str(self.out)!r} is a folder; --out names a file, but for --format parquet")
        # Opened for appending before anything else, so that the lock is on the very file that is written.
        lines = self.out.open("ab+")
        self._lines = lines
        lock(lines, self.out)
        if fresh:
            lines.truncate(0)
            self.state.unlink(missing_ok=True)
        self._match(options, empty=lines.seek(0, os.SEEK_END) == 0)
        self._recover(lines)
        self._errors = self.errors.open("wb")

    def _match(self, options: Mapping[str, object], *, empty: bool) -> None:
        """OUT.state as `options` has it: written where there is none, refused where it says otherwise."""
        wanted = {"options": dict(options)}
        try:
            kept = json.loads(self.state.read_bytes())
        except FileNotFoundError:
            if not empty:
                raise SetupError(
                    f"{self.out.name} is there without {self.state.name}, so it is not known what made it; "
                    "choose another --out, or --fresh to write it anew"
                ) from None
            part = self.state.with_name(f"{self.state.name}.part")
            part.write_text(json.dumps(wanted, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
            part.replace(self.state)
            return
        except ValueError as exc:
            raise SetupError(f"{self.state.name} is not what sejul wrote; --fresh starts anew") from exc
        if kept != wanted:
            raise SetupError(
                f"{self.out.name} was begun with other options ({_shown(kept)}); "
                "give the same ones to go on, another --out, or --fresh to start anew"
            )

    def _recover(self, lines: BinaryIO) -> None:
        """The ids that are done; a last line that was torn is cut off."""
        lines.seek(0)
        end = 0
        for number, line in enumerate(lines, start=1):
            if not line.endswith(b"\n"):
                break
            try:
                self.done.add(json.loads(line)["id"])
            except (ValueError, KeyError, TypeError) as exc:
                raise SetupError(
                    f"line {number} of {self.out.name} is damaged; repair it, or --fresh to start anew"
                ) from exc
            end += len(line)
        lines.truncate(end)
        lines.seek(end)


def _append(stream: BinaryIO | None, record: Mapping[str, Any]) -> None:
    if stream is None:
        raise SetupError("the ledger is not open")
    stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    # What the kernel has survives kill -9; only a power cut could take it, and that too tears just the end.
    stream.flush()


def _shown(kept: object) -> str:
    options = kept.get("options") if isinstance(kept, dict) else None
    return ", ".join(f"{k}={v}" for k, v in sorted(options.items())) if isinstance(options, dict) else "?"


def lock(stream: BinaryIO, out: Path) -> None:
    """Holds OUT for this process: two runs on one would do everything twice. The kernel drops it with the process.

    Raises:
        SetupError: another run has it.
    """
    try:
        import fcntl
    except ImportError:  # Windows, where such a run is the user's own watch
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as exc:
        raise SetupError(f"another run is writing {out.name} now; wait for it or stop it") from exc
