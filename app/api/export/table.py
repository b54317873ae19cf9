"""CSV: a row for every article, for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from app.api.labels import IPTC, source_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.api.export import Page

# Korean Excel reads a CSV as CP949 unless it begins so.
_BOM = "\ufeff"
_LINES = 5
_HEADER = [
    "id", "article", "headline", "headline_origin", *(f"line_{n}" for n in range(1, _LINES + 1)),
    "bylines", "notices", "label", "digital_source_type",
]  # fmt: skip


def rows(pages: Iterable[Page]) -> Iterator[bytes]:
    """The header, then the rows of each page."""
    yield _BOM.encode() + _row(_HEADER)
    for page in pages:
        for article in page.response.articles:
            kind = source_type(article)
            yield _row(
                [
                    page.title,
                    str(article.index + 1),
                    article.headline or "",
                    article.headline_origin or "",
                    *article.summary,
                    *[""] * (_LINES - len(article.summary)),
                    ", ".join(b.name for b in article.bylines),
                    " / ".join(n.message for n in article.notices),
                    page.labels.text(generated=kind.generated),
                    IPTC + kind,
                ]
            )


def _row(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([_inert(cell) for cell in cells])
    return out.getvalue().encode()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: the page's text is a stranger's."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
