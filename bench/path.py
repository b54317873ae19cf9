"""The whole embedded path, page to lines, against one Kiwi pass over the same text on one thread.

The peer is `Kiwi.tokenize` of each page's text, as it was sent, in the same run, alternating with the path so
that a busy machine slows both. Processor seconds, not the clock's: neighbours do not count.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.domain import Options
from app.engine.extractive import ExtractiveEngine
from app.pipeline import Desk, DirectDrafter, summarize_page
from app.text.morphology import kiwi

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
ROUNDS = 5


def wrapped(text: str, width: int = 20) -> str:
    """The page as a narrow column gives it: cut every `width` characters, no blank lines."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n".join(line[at : at + width] for line in lines for at in range(0, len(line), width))


def pages() -> dict[str, list[str]]:
    """The samples in blocks and hard-wrapped; the development pages by style where they are at hand."""
    own = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").glob("*.txt"))]
    found = {"examples, blocks": own, "examples, wrapped": [wrapped(text) for text in own]}
    path = SHARED / "data" / "pages_dev.jsonl"
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            found.setdefault(f"development, {page['style']}", []).append(page["text"])
    return found


async def summarize_all(texts: list[str], engine: ExtractiveEngine) -> None:
    """The pages one after the other through one event loop and one thread, as the peer has one."""
    with ThreadPoolExecutor(1) as pool:
        for text in texts:
            await summarize_page(text, Options(), Desk(DirectDrafter(engine), pool))


def measure(texts: list[str]) -> tuple[float, float]:
    """Processor seconds of the path and of one Kiwi pass, for all of `texts`: of each page the median of the rounds.

    Page by page in turn, since a machine's pace drifts by a quarter within seconds.
    """
    engine = ExtractiveEngine()
    path_s: list[list[float]] = [[] for _ in texts]
    kiwi_s: list[list[float]] = [[] for _ in texts]
    for _ in range(ROUNDS):
        for n, text in enumerate(texts):
            started = time.process_time()
            asyncio.run(summarize_all([text], engine))
            path_s[n].append(time.process_time() - started)
            # Another page than the one that the path has just left in the processor's caches.
            other = (n + len(texts) // 2) % len(texts)
            started = time.process_time()
            kiwi().tokenize(texts[other])
            kiwi_s[other].append(time.process_time() - started)
    return sum(map(statistics.median, path_s)), sum(map(statistics.median, kiwi_s))


def main() -> None:
    """Print pages a second and the ratio to one Kiwi pass, by kind of page."""
    kiwi().tokenize("예열")
    print(f"{'pages':24s} {'n':>3s} {'chars':>8s} {'pages/s':>8s} {'kchars/s':>9s} {'Kiwi passes':>12s}")
    for name, texts in pages().items():
        path_s, kiwi_s = measure(texts)
        chars = sum(map(len, texts))
        print(
            f"{name:24s} {len(texts):3d} {chars:8d} {len(texts) / path_s:8.1f} "
            f"{chars / path_s / 1000:9.1f} {path_s / kiwi_s:12.2f}"
        )


if __name__ == "__main__":
    main()
