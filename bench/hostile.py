"""Hostile pages on doubling inputs: the CPU seconds of each stage must grow with the length, not faster.

python -m bench hostile
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from app.domain import Options
from app.engine.extractive import extracted
from app.publish import publish
from app.summary.assign import assign
from app.text.splitter import split

if TYPE_CHECKING:
    from collections.abc import Callable

_SIZES = (12_500, 25_000, 50_000, 100_000)
# Twice the text may take this much more: linear, with room for noise and for a cache that runs over.
_MOST_GROWTH = 3.0

_ARTICLE = (
    "해온시, 골목 빈집 40채 청년 공방으로 고친다\n\n해온시가 구도심의 빈집 40채를 사들여 청년 공방으로 고친다. "
    "시는 예산 9억원을 들여 {} 가로등 300개를 새로 세운다고 12일 밝혔다.\n\n한서윤 기자 seoyun@haeon.example\n"
)


def within(pump: str, length: int) -> str:
    """An article one sentence of which holds `pump` again and again: it is read as far as the grounding of lines."""
    return _ARTICLE.format(pump * (length // len(pump)))


CORPUS: dict[str, Callable[[int], str]] = {
    "one line": lambda n: "물가가 오르고 금리도 올랐으며 "[:16] * (n // 16),
    "sentences": lambda n: (
        "시는 예산 9억원을 들여 가로등 300개를 새로 세운다고 2일 밝혔다. " * (n // 36 + 1)
    )[:n],
    "line breaks": lambda n: "\n" * n,
    "spaces": lambda n: " " * n + "끝",
    "one letter": lambda n: "가" * n,
    "zalgo": lambda n: "a" + "\u0301" * n,
    "bidi": lambda n: "\u202e가\u202c" * (n // 3),
    "NULs": lambda n: "가\x00" * (n // 2),
    "digits": lambda n: "1," * (n // 2),
    "brackets": lambda n: "([" * (n // 2),
    "quotes": lambda n: "“" * n,
    "at signs": lambda n: "a@" * (n // 2),
    "bylines": lambda n: "홍길동 기자 " * (n // 7),
    "datelines": lambda n: "(서울=" * (n // 4),
    "dashes": lambda n: "-=" * (n // 2),
    "pipes": lambda n: "|" * n,
    "short lines": lambda n: "가나다\n" * (n // 4),
    "a number without end": lambda n: within("1", n),
    "magnitudes": lambda n: within("1만", n),
    "open quotes": lambda n: within("『가", n),
    "open brackets": lambda n: within("가가(임 ", n),
    "names": lambda n: within("가가, ", n),
    "a section's pages": lambda n: ("종합" + "1" * 44 + "x\n") * (n // 48),
    "triangles": lambda n: "▲ ▶\n" * (n // 4),
}


def seconds(text: str) -> float:
    """CPU seconds for a page, all stages of the embedded engine."""
    started = time.process_time()
    for index, article in enumerate(split(text).articles):
        assignment = assign(article, Options())
        publish(index, assignment, extracted(assignment))
    return time.process_time() - started


def main() -> None:
    """Prints the seconds for each page and size; the exit code is 1 where one grows faster than its length."""
    seconds("준비하는 글이다.")
    print(f"{'page':<14}" + "".join(f"{size:>10,}" for size in _SIZES) + f"{'growth':>10}")
    bad = False
    for name, make in CORPUS.items():
        taken = []
        for size in _SIZES:
            taken.append(seconds(make(size)))
            if taken[-1] > 60:
                break
        growth = taken[-1] / max(taken[-2], 0.05) if len(taken) > 1 else float("inf")
        bad |= growth > _MOST_GROWTH or len(taken) < len(_SIZES)
        print(f"{name:<14}" + "".join(f"{t:>10.2f}" for t in taken) + f"{growth:>10.2f}", flush=True)
    raise SystemExit(1 if bad else 0)


if __name__ == "__main__":
    main()
