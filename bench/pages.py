"""The project's own pages with their gold, and what is made of each to make it harder.

A page file (`tests/pages/*.page`) is the page itself, each line behind a letter that says what it is:

    h headline (an article begins)   + its second line   s subhead   b body   B body of an article without headline
    y byline   c caption   a advertisement   n notice   t table   f furniture
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = Path(__file__).parent.parent / "tests" / "pages"
# Pages by another hand that nothing was fitted to; their failures have been read, so a new paper may expect a little less.
UNSEEN = PAGES / "unseen"
LESSONS = Path(__file__).parent.parent / "training" / "pages"
"""Pages by yet other hands, which teach only: in all their forms they would cost the gate minutes."""
KINDS = {
    "h": "headline",
    "+": "headline",
    "s": "subhead",
    "b": "body",
    "B": "body",
    "y": "byline",
    "c": "caption",
    "a": "ad",
    "n": "notice",
    "t": "table",
    "f": "furniture",
}
IN_ARTICLE = frozenset("h+sbBy")


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A line of a page with what it is; `code` is empty for a blank line."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class GoldBlock:
    """A line's place in the page's text, its code, its kind and the article that holds it."""

    code: str
    kind: str
    article: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page's text, where everything stands in it, and its articles' headlines."""

    name: str
    text: str
    blocks: tuple[GoldBlock, ...]
    headlines: tuple[str, ...]


def taught() -> list[Path]:
    """The pages that teach: the gate's and the lessons; those of UNSEEN are none of them."""
    return [*sorted(PAGES.glob("*.page")), *sorted(LESSONS.glob("*.page"))]


def read(path: Path) -> list[GoldLine]:
    """The lines of a page file."""
    found = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip():
            found.append(GoldLine("", ""))
        elif raw[0] in KINDS and raw[1:3] == "| ":
            found.append(GoldLine(raw[0], raw[3:]))
        else:
            raise ValueError(f"{path.name}:{number}: a line begins with one of {''.join(KINDS)}, then '| '")
    return found


def _headline(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\u200b", "")).strip("# ")


def build(name: str, lines: list[GoldLine], newline: str = "\n") -> GoldPage:
    """The page that `lines` are, with its gold."""
    text: list[str] = []
    at, article = 0, -1
    blocks: list[GoldBlock] = []
    headlines: list[str] = []
    for line in lines:
        if line.code:
            if line.code in "hB":
                article += 1
                headlines.append(_headline(line.text) if line.code == "h" else "")
            elif line.code == "+":
                headlines[-1] += " " + _headline(line.text)
            owner = article if line.code in IN_ARTICLE else None
            blocks.append(GoldBlock(line.code, KINDS[line.code], owner, at, at + len(line.text)))
        text.append(line.text + newline)
        at += len(line.text) + len(newline)
    return GoldPage(name, "".join(text), tuple(blocks), tuple(headlines))


def wrapped(lines: list[GoldLine], width: int) -> list[GoldLine]:
    """The page as a narrow column of OCR gives it: every long line cut anywhere, no blank lines."""
    found: list[GoldLine] = []
    for line in lines:
        if not line.code:
            continue
        if len(line.text) <= width or line.code in "ty":
            found.append(line)
            continue
        rest = {"h": "+", "B": "b"}.get(line.code, line.code)
        pieces = [line.text[i : i + width].strip() for i in range(0, len(line.text), width)]
        codes = [line.code, *[rest] * (len(pieces) - 1)]
        found += [GoldLine(code, piece) for code, piece in zip(codes, pieces, strict=True) if piece]
    return found


def columns(lines: list[GoldLine]) -> list[GoldLine]:
    """The page with its long paragraphs cut in two, in mid-word, as a column's end cuts them."""
    found: list[GoldLine] = []
    for line in lines:
        if line.code not in ("b", "B") or len(line.text) < 60:
            found.append(line)
            continue
        at = len(line.text) * 3 // 5
        found += [
            GoldLine(line.code, line.text[:at].strip()),
            GoldLine("", ""),
            GoldLine("b", line.text[at:].strip()),
        ]
    return found


def decomposed(lines: list[GoldLine]) -> list[GoldLine]:
    """The page in NFD, with a zero-width space before every third word."""
    found = []
    for line in lines:
        words = unicodedata.normalize("NFD", line.text).split(" ")
        found.append(
            GoldLine(line.code, " ".join("\u200b" * (i % 3 == 2) + word for i, word in enumerate(words)))
        )
    return found


def unsigned(lines: list[GoldLine]) -> list[GoldLine]:
    """The page without its bylines."""
    return [line for line in lines if line.code != "y"]


def variants(path: Path) -> Iterator[tuple[str, GoldPage]]:
    """A page as it is and in each of its harder forms, by the form's name."""
    lines = read(path)
    yield "plain", build(path.stem, lines)
    yield "columns", build(path.stem, columns(lines))
    yield "wrapped", build(path.stem, wrapped(lines, 21))
    yield "decomposed", build(path.stem, decomposed(lines), "\r\n")
    yield "unsigned", build(path.stem, unsigned(lines))
    dense = [line for line in lines if line.code]
    yield "dense", build(path.stem, dense)
