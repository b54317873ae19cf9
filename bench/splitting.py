"""What splitting costs: characters a second on one core, and how it grows with a page's length."""

from __future__ import annotations

import os
import time

from app.text.splitter import split
from bench import pages

SIZES = (10_000, 50_000, 200_000)


def _text(form: str, size: int) -> str:
    """The project's own pages in one of their forms, end to end until `size` characters."""
    found: list[str] = []
    length = 0
    while length < size:
        for path in sorted(pages.PAGES.glob("*.page")):
            page = dict(pages.variants(path))[form]
            found.append(page.text)
            length += len(page.text)
    return "\n".join(found)[:size]


def _seconds(text: str) -> float:
    """The processor's time for one page, the better of two."""
    best = float("inf")
    for _ in range(2):
        started = time.process_time()
        split(text)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Print the figures."""
    # One core is what is asked; numpy reads this when it is loaded, and its waiting threads count as work.
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    split("덥히기\n\n첫 번째 문단이다.")
    made = {
        "pages in blocks": [_text("plain", size) for size in SIZES],
        "hard-wrapped pages": [_text("wrapped", size) for size in SIZES],
        "one line": ["광주시는 27일 안전 대책을 발표했다. " * (size // 22) for size in SIZES],
        "line feeds only": ["\n" * size for size in SIZES],
        "open brackets": ["[<(" * (size // 3) for size in SIZES],
        "digits": ["0" * size for size in SIZES],
        "marks": ["▲ " * (size // 2) for size in SIZES],
    }
    for name, texts in made.items():
        times = [_seconds(text) for text in texts]
        rates = [f"{len(text) / max(t, 1e-9):>12,.0f}" for text, t in zip(texts, times, strict=True)]
        growth = (times[-1] / max(times[0], 1e-4)) / (SIZES[-1] / SIZES[0])
        print(
            f"{name:22s} characters a second at {SIZES}: {' '.join(rates)}   growth over linear {growth:.2f}"
        )


if __name__ == "__main__":
    main()
