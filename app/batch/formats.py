"""The lines of a run in another format: read from its JSON lines, written whole or not at all."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from app.api.export import Page, digest, ninjs, table
from app.api.schemas import SummarizeResponse
from app.batch.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from app.api.labels import Labels


class Format(StrEnum):
    """What OUT is written in."""

    JSONL = "jsonl"
    CSV = "csv"
    NINJS = "ninjs"
    HTML = "html"
    PARQUET = "parquet"


def journal(out: Path, form: Format) -> Ledger:
    """What a run goes on from: OUT itself, or JSON lines beside it that OUT is made of.

    Raises:
        SetupError: Parquet was asked for without pyarrow.
    """
    if form is Format.PARQUET:
        from app.batch.parquet import ParquetLedger

        return ParquetLedger(out)
    return Ledger(out if form is Format.JSONL else out.with_name(f"{out.name}.jsonl"))


def render(
    records: Iterable[dict[str, Any]], out: Path, form: Format, labels: Labels, made: datetime
) -> None:
    """OUT, of all of a run's records; the last OUT stands until the new one is whole."""
    pages = _pages(records, labels, made)
    match form:
        case Format.JSONL | Format.PARQUET:
            return
        case Format.CSV:
            parts = table.rows(pages)
        case Format.NINJS:
            parts = (ninjs.dump(page) + b"\n" for page in pages)
        case Format.HTML:
            parts = digest.parts(pages, made)
    part = out.with_name(f"{out.name}.part")
    with part.open("wb") as file:
        file.writelines(parts)
    part.replace(out)


def _pages(records: Iterable[dict[str, Any]], labels: Labels, made: datetime) -> Iterator[Page]:
    for record in records:
        fields = {name: record[name] for name in SummarizeResponse.model_fields}
        yield Page(SummarizeResponse.model_validate(fields), labels, str(record["id"]), made)
