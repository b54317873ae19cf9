"""Newspaper pages that the tests typeset: HTML in columns, printed to PDF by a real Chromium."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CHROMIUM = shutil.which("chromium")

_STYLE = """
@page { size: A3; margin: 12mm }
body { font: 9.5pt/1.5 'Noto Serif CJK KR'; margin: 0; word-break: break-all }
.head { border-bottom: 1px solid; display: flex; justify-content: space-between }
h1 { font-size: 34pt; margin: 6mm 0 2mm; line-height: 1.2 } h2 { font-size: 15pt; margin: 0 0 3mm }
h3 { font-size: 20pt; margin: 2mm 0; line-height: 1.2 }
p { margin: 0; text-indent: 1em } .by { text-align: right; text-indent: 0 }
.columns { text-align: justify; column-gap: 6mm }
.grid { display: grid; grid-template-columns: 2fr 1fr; gap: 8mm; margin-top: 6mm }
.ad { border: 2px solid; padding: 5mm; margin-top: 6mm; text-align: center; font-size: 18pt }
"""


def columns(body: list[str], byline: str, count: int) -> str:
    """Paragraphs and a byline, set in `count` columns."""
    inside = "".join(f"<p>{paragraph}</p>" for paragraph in body) + f"<p class=by>{byline}</p>"
    return f'<div class=columns style="column-count:{count}">{inside}</div>'


def typeset(content: str, folder: Path) -> bytes:
    """The PDF that Chromium prints of a page with this content."""
    assert CHROMIUM is not None
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(f"<html lang=ko><meta charset=utf-8><style>{_STYLE}</style>{content}", encoding="utf-8")
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder / 'profile'}",
        "--no-pdf-header-footer", f"--print-to-pdf={pdf}", str(page),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return pdf.read_bytes()
