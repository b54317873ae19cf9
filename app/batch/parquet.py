"""A run's lines as Parquet: part files of a folder, each written whole or not at all; the extra [ray] has pyarrow."""

from __future__ import annotations

import json
import time
from functools import cache
from typing import TYPE_CHECKING, Any

from app.batch.ledger import Ledger, lock
from app.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# A part is one row group, held in memory until it is written; what a kill costs is done anew.
_ROWS = 1000
_SECONDS = 300.0


class ParquetLedger(Ledger):
    """OUT is a folder; a page is done once the part that holds it has its name."""

    def __init__(self, out: Path) -> None:
        """Nothing is opened yet.

        Raises:
            SetupError: pyarrow is not installed.
        """
        super().__init__(out)
        _schema()
        self._rows: list[dict[str, Any]] = []
        self._first_at = 0.0
        self._next = 0

    def records(self) -> Iterator[dict[str, Any]]:
        """Every record, as a line of JSON would have it."""
        from pyarrow import parquet

        for part in self._parts():
            for record in parquet.read_table(part, columns=["record"])["record"].to_pylist():
                yield json.loads(record)

    def _append(self, record: Mapping[str, Any]) -> None:
        if not self._rows:
            self._first_at = time.monotonic()
        self._rows.append(_row(record))
        if len(self._rows) >= _ROWS or time.monotonic() - self._first_at > _SECONDS:
            self._seal()

    def _seal(self) -> None:
        """Writes the rows that wait as the next part."""
        if not self._rows:
            return
        from pyarrow import Table, parquet

        part = self.out / f"part-{self._next:06d}.parquet"
        beside = part.with_suffix(".tmp")
        parquet.write_table(Table.from_pylist(self._rows, schema=_schema()), beside, compression="zstd")
        beside.replace(part)
        self._next += 1
        self._rows.clear()

    def _claim(self, options: Mapping[str, object], *, fresh: bool) -> None:
        from pyarrow import ArrowException, parquet

        if not self.out.parent.is_dir() or self.out.is_file():
            raise SetupError(f"{str(self.out)!r} is to be a folder of part files, in a folder that is there")
        self.out.mkdir(exist_ok=True)
        self._lines = (self.out / ".lock").open("ab+")
        lock(self._lines, self.out)
        for torn in self.out.glob("part-*.tmp"):
            torn.unlink()
        if fresh:
            for part in self._parts():
                part.unlink()
            self.state.unlink(missing_ok=True)
        parts = self._parts()
        self._match(options, empty=not parts)
        for part in parts:
            try:
                self.done |= set(
                    map(json.loads, parquet.read_table(part, columns=["key"])["key"].to_pylist())
                )
            except (ArrowException, OSError) as exc:
                raise SetupError(
                    f"{part.name} is damaged; take it away, and its pages are done anew"
                ) from exc
        self._next = 1 + max((int(part.stem.removeprefix("part-")) for part in parts), default=-1)
        self._errors = self.errors.open("wb")

    def _parts(self) -> list[Path]:
        return sorted(self.out.glob("part-*.parquet"))


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(record["id"]),
        "key": json.dumps(record["id"], ensure_ascii=False),
        "articles": record["articles"],
        "engine": record["engine"]["name"],
        "generated": record["ai"]["generated"],
        "label": record["ai"]["label"],
        "record": json.dumps(record, ensure_ascii=False, separators=(",", ":")),
    }


@cache
def _schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    """The columns: what is asked of an archive by itself, and the whole record as JSON."""
    try:
        import pyarrow as pa
    except ImportError as exc:
        raise SetupError("Parquet needs pyarrow; pip install 'sejul[ray]'") from exc
    article = pa.struct(
        [
            ("headline", pa.string()),
            ("headline_origin", pa.string()),
            ("summary", pa.list_(pa.string())),
            ("origins", pa.list_(pa.string())),
            ("evidence", pa.list_(pa.list_(pa.list_(pa.int64())))),
            ("spans", pa.list_(pa.list_(pa.int64()))),
        ]
    )
    return pa.schema(
        [
            ("id", pa.string()),
            ("key", pa.string()),
            ("articles", pa.list_(article)),
            ("engine", pa.string()),
            ("generated", pa.bool_()),
            ("label", pa.string()),
            ("record", pa.large_string()),
        ]
    )
