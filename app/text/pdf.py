"""The text of a born-digital PDF page in reading order: runs of characters, columns by recursive cuts, paragraphs.

The cuts are the recursive XY-cut of Nagy and Seth (1984): a region is cut at a gutter that runs through all of it,
else at its widest horizontal gap, until neither is left. A scanned page holds no text and is refused: OCR stays
outside. The only place that imports pypdfium2.
"""

from __future__ import annotations

import itertools
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import TooLarge, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pypdfium2

MAGIC = b"%PDF-"
MAX_PAGES = 32
MAX_CHARACTERS = 200_000
"""A page; a newspaper's densest holds about 20,000, and what is beyond ten of them is an attack."""

# In multiples of the type's size; looked at on pages that the tests typeset (three to five columns, 8 to 40 points).
_NEW_RUN_GAP = 1.5
_SPACE_GAP = 0.22
_GUTTER = 0.9
_BAND = 0.75
_HEADING = 1.3
_LEADING_JUMP = 1.45
_SIZE_JUMP = 1.2
_INDENT = 0.6


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand side by side on one baseline; points, with y growing downwards."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def is_pdf(raw: bytes) -> bool:
    """Whether `raw` says that it is a PDF."""
    return raw.startswith(MAGIC)


def page_texts(raw: bytes) -> list[str]:
    """The text of each page of a PDF, in reading order: a line for a line, a blank line between blocks.

    Raises:
        Unreadable: the file is broken or locked, or it holds pictures of text and no text.
        TooLarge: it has over MAX_PAGES pages, or a page over MAX_CHARACTERS.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as exc:
        raise Unreadable(f"the PDF is broken or locked by a password ({exc})") from exc
    try:
        if len(document) > MAX_PAGES:
            raise TooLarge(f"the PDF has {len(document)} pages; send at most {MAX_PAGES} at once")
        texts = [_page_text(document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError as exc:
        raise Unreadable(f"a page of the PDF is broken ({exc})") from exc
    finally:
        document.close()
    if not any(texts):
        raise Unreadable(
            "the PDF holds no text, only pictures of it; put it through OCR first and send the text"
        )
    return texts


def _page_text(page: pypdfium2.PdfPage) -> str:
    """One page in reading order."""
    found = list(_runs(page))
    blocks = [block for region in regions(found) for block in paragraphs(region)]
    return "\n\n".join("\n".join(line for line in block if line) for block in blocks).strip()


def _runs(page: pypdfium2.PdfPage) -> Iterator[Run]:
    """The runs of a page, as its content has them; a run ends where the baseline, the size or the place jumps."""
    height = page.get_height()
    text: list[str] = []
    left = right = top = bottom = size = 0.0
    guessed = False

    def run() -> Run:
        # PDFium gives UTF-16 units: two of them make one rare Hanja.
        whole = "".join(text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return Run(whole.strip(), left, right, height - top, height - bottom, size)

    for char, (lo, low, hi, high), points in _characters(page):
        if char in "\r\n":
            # PDFium's own guess, and a wrong one on a page it takes for vertical writing: there it breaks the line
            # after every letter and gives no spaces. The place of the next letter says what there is.
            guessed = True
            continue
        if not char.strip():
            if text and text[-1] != " ":
                text.append(" ")
            continue
        gap = lo - right
        middle = (low + high) / 2
        if text and (
            not bottom <= middle <= top
            or gap > _NEW_RUN_GAP * points
            or gap < -points
            or not 1 / _SIZE_JUMP < points / size < _SIZE_JUMP
        ):
            yield run()
            text = []
        if not text:
            left, top, bottom, size = lo, high, low, points
        elif gap > _SPACE_GAP * points and text[-1] != " " and (guessed or (char + text[-1]).isascii()):
            # Justified Hangul is spread without meaning a space; PDFium gives the spaces that were typed.
            text.append(" ")
        text.append(char)
        guessed = False
        right, top, bottom = hi, max(top, high), min(bottom, low)
    if text:
        yield run()


def _characters(
    page: pypdfium2.PdfPage,
) -> Iterator[tuple[str, tuple[float, float, float, float], float]]:
    """Each character with its box (left, bottom, right, top) and the size of its type, in points."""
    from pypdfium2 import raw

    layer = page.get_textpage()
    count = layer.count_chars()
    if count > MAX_CHARACTERS:
        raise TooLarge(f"a page of the PDF has {count:,} characters; the limit is {MAX_CHARACTERS:,}")
    for number in range(count):
        code = raw.FPDFText_GetUnicode(layer.raw, number)
        if not code:
            continue
        box = layer.get_charbox(number, loose=True)
        points = float(box[3] - box[1]) or raw.FPDFText_GetFontSize(layer.raw, number) or 1.0
        yield chr(code), box, points


def regions(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs of a page by region, in reading order: columns left to right, bands top to bottom."""
    if not runs:
        return []
    found: list[list[Run]] = []
    waiting = [list(runs)]
    while waiting:
        region = waiting.pop()
        parts = _cut(region)
        if len(parts) == 1:
            found.append(region)
        else:
            waiting.extend(reversed(parts))
    return found


def _cut(region: list[Run]) -> list[list[Run]]:
    """The parts of a region: at every gutter, else at its widest band of white, else itself."""
    size = statistics.median(run.size for run in region)
    columns = _parts(region, lambda run: (run.left, run.right), _GUTTER * size)
    bands = _parts(region, lambda run: (run.top, run.bottom), _BAND * size)
    if len(columns) > 1:
        # A headline shorter than its columns leaves a false gutter beside it: the column there has no heading of
        # its own. Then what stands above and under the heading is cut off first.
        headed = [any(run.size > _HEADING * size for run in column) for column in columns]
        if all(headed) or not any(headed) or len(bands) == 1:
            return columns
        first = next(n for n, band in enumerate(bands) if any(run.size > _HEADING * size for run in band))
        return _two(bands, first or 1)
    if len(bands) == 1:
        return [region]
    whites = [
        min(run.top for run in below) - max(run.bottom for run in above)
        for above, below in itertools.pairwise(bands)
    ]
    return _two(bands, whites.index(max(whites)) + 1)


def _two(bands: list[list[Run]], at: int) -> list[list[Run]]:
    """Bands put together again, above and below one cut."""
    return [list(itertools.chain(*bands[:at])), list(itertools.chain(*bands[at:]))]


def _parts(region: list[Run], extent: Callable[[Run], tuple[float, float]], least: float) -> list[list[Run]]:
    """The region cut at every gap of `least` or more that no run's extent reaches over."""
    ordered = sorted(region, key=lambda run: extent(run)[0])
    edges = [0]
    reach = extent(ordered[0])[1]
    for number, run in enumerate(ordered[1:], start=1):
        start, end = extent(run)
        if start - reach >= least:
            edges.append(number)
        reach = max(reach, end)
    edges.append(len(ordered))
    return [ordered[start:end] for start, end in itertools.pairwise(edges)]


def paragraphs(region: list[Run]) -> list[list[str]]:
    """The lines of a region by paragraph: a new one at an indent, a change of size, or a wider leading."""
    lines = _lines(region)
    pitches = [below.top - line.top for line, below in itertools.pairwise(lines)]
    pitch = statistics.median(pitches) if pitches else 0.0
    margin = min(line.left for line in lines)
    found: list[list[str]] = []
    previous: Run | None = None
    was_indented = False
    for line in lines:
        indented = line.left - margin > _INDENT * line.size
        begins = previous is None or (
            line.top - previous.top > _LEADING_JUMP * pitch
            or not 1 / _SIZE_JUMP < line.size / previous.size < _SIZE_JUMP
            or (indented and not was_indented)
        )
        if begins:
            found.append([])
        found[-1].append(line.text)
        # Two indented lines in a row are one block set to the right (a byline), not two paragraphs.
        previous, was_indented = line, indented
    return found


def _lines(region: list[Run]) -> list[Run]:
    """The runs of a region joined along their baselines, top to bottom."""
    lines: list[list[Run]] = []
    for run in sorted(region, key=lambda run: ((run.top + run.bottom) / 2, run.left)):
        last = lines[-1][0] if lines else None
        if last is not None and last.top <= (run.top + run.bottom) / 2 <= last.bottom:
            lines[-1].append(run)
        else:
            lines.append([run])
    joined = []
    for line in lines:
        line.sort(key=lambda run: run.left)
        joined.append(
            Run(
                " ".join(run.text for run in line),
                line[0].left,
                max(run.right for run in line),
                min(run.top for run in line),
                max(run.bottom for run in line),
                max(run.size for run in line),
            )
        )
    return joined
