"""What each trait of a line speaks for: the emission scores of the splitter, in nats.

Set by hand from what the traits mean, then swept on ../shared/data/pages_dev.jsonl and on the project's own pages.
"""

from __future__ import annotations

from typing import Final

from app.domain import BlockKind

H, S, B, Y = BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.BODY, BlockKind.BYLINE
C, A, N, T, F = BlockKind.CAPTION, BlockKind.AD, BlockKind.NOTICE, BlockKind.TABLE, BlockKind.FURNITURE
KINDS: Final = (H, S, B, Y, C, A, N, T, F)

BASE: Final[dict[BlockKind, float]] = {
    H: -1.0,
    S: -1.0,
    B: 0.0,
    Y: -7.0,
    C: -2.8,
    A: -1.0,
    N: -1.6,
    T: -2.0,
    F: -4.4,
}
# What it costs to begin a block that is skipped: advertisements, notices and tables come in runs of lines.
ENTER: Final[dict[BlockKind, float]] = {C: -0.4, A: -2.0, N: -2.0, T: -2.0, F: -0.6}

WEIGHTS: Final[dict[str, dict[BlockKind, float]]] = {
    "tiny": {H: -3, S: -2, B: -1.5, A: 1, F: 1.5},
    "long": {H: -0.8, S: -0.3, B: 0.6, C: 0.5, A: -0.8, F: -1.5, Y: -1, T: -0.5},
    "very long": {H: -5, S: -2.5, B: 2, C: -0.5, A: -2, N: -1, F: -3},
    "wording": {H: 0.55, S: 0.55, B: -0.4, C: -0.1, A: 0.15, N: 0.1, T: 0.15, F: 0.1},
    "heading": {H: 4, S: 3, B: -2.5, Y: -1, C: -1, A: -0.5},
    "deep heading": {H: -1.5, S: 1.0},
    "bold": {H: 1.5, S: 1.5, B: -1, A: 0.5},
    "exclaims": {H: -0.7, S: -0.7, B: 0.8, A: 0.7},
    "quote end": {H: 0.2, S: 0.2},
    "quoted": {H: 1.5, S: 1.0},
    "author": {Y: 8.5, H: -1, S: -1, B: -1},
    "loose": {B: -3.0, C: -0.3},
    "cut": {B: 0.0},
    "weak credit": {C: 1.2, B: -0.3},
    "sentence": {H: -3.5, S: -3.0, B: 2, C: 0.8, A: -0.5, T: -2, F: -1.5},
    "plain -다.": {H: -1.5, S: -1.5, B: 1.5, A: -2, N: -1.5, T: -2.5, F: -1.5},
    "stop": {H: -1.2, S: -1.0, B: 0.5},
    "sentences": {H: -1.5, S: -1.0, B: 1.5, C: -0.7, A: -0.7, N: -0.5, F: -1},
    "polite": {B: -0.8, A: 1.2, N: 1.0, H: -0.5, F: 0.5},
    "polite call": {B: -1.5, A: 0.8},
    "credit": {C: 5.0, B: -1.5, H: -2, S: -2, Y: -2},
    "caption words": {C: 2.0, H: -1, S: -1},
    "caption head": {C: 1.6, B: -0.6, N: 0.3},
    "photo news": {C: 5, H: -2},
    "-고 있다": {C: 2.0, B: -0.3},
    "jump": {F: 9, H: -4, S: -3, B: -3},
    "jump from": {F: 4, B: -1},
    "page number": {F: 7, A: -1},
    "section": {F: 7, H: -3, S: -3, B: -2},
    "date": {F: 2, B: -0.3, N: 0.3},
    "issue": {F: 3.5, B: -0.5},
    "house": {F: 6, B: -1.5, H: -2},
    "label": {F: 6, H: -1.5, S: -2, B: -2},
    "index": {F: 4, H: -2, B: -1},
    "correction": {H: 4, N: -1},
    "notice label": {N: 7, H: -2, S: -2.5, B: -2, A: 0.5},
    "obituary": {N: 3.0, B: -1, H: -1},
    "posts": {N: 1.8, B: -0.6},
    "moves": {N: 1.5},
    "field": {N: 2.0, A: 1.5, B: -1.0, H: -1.5, S: -1.5},
    "phone": {A: 2.5, N: 2.2, F: 0.8, B: -0.8, H: -2.5, S: -2.5},
    "web": {A: 1.2, N: 1.2, F: 0.7, B: -0.2, H: -1.5, S: -1.5},
    "price": {A: 0.9, T: 0.8, H: -0.2},
    "ad words": {A: 1.3, N: 0.3, H: -0.3, S: -0.2, B: -0.2},
    "row": {T: 9, H: -5, S: -5, B: -4, A: 1},
    "columns": {T: 3, H: -2, S: -2, B: -1.5, A: 1},
    "rate": {T: 3, B: -0.5, H: -0.5},
    "weather": {T: 2.2, H: -0.3},
    "horoscope": {T: 3.5, H: -0.5, B: -1},
    "auction": {T: 2.0, B: -0.3},
    "produce": {T: 1.4, B: -0.2},
    "market": {T: 2.0},
    "broadcast": {T: 3.0, B: -0.5, H: -1},
    "score": {T: 1.4},
    "digits": {T: 3, A: 1.5, N: 0.5, H: -2, S: -2, B: -2, F: 1},
    "symbols": {T: 1, A: 1, H: -0.5, B: -0.7},
    "marker": {H: 0.2, S: 0.6, N: 0.8, C: 0.2, A: 0.3},
    "bracket": {H: 0.8},
    "ellipsis": {H: 1.0, S: 0.7, B: -0.3},
    "question": {B: 2.5, H: -0.5},
    "answer": {B: 2.0},
    "byline": {Y: 14, H: -4, S: -4, B: -3, A: -1, C: -1, F: -1},
    "opening": {B: 6, H: -6, S: -6, C: 0},
    "closing": {B: 3.0, C: 0.5},
    "rule": {F: 12, B: -6, H: -8, S: -8},
    "wrapped": {B: 0.4},
    "beyond width": {B: -2.0, H: 0.8, S: 0.8, C: 0.8},
    "echo": {H: 3.0, S: 2.6, C: 0.5, A: -1.5, N: -0.5, F: -1},
    # Of transitions only: see app.text.path.
    "lead": {},
    "runs on": {},
    "said": {},
    "run-in": {B: 0.5},
}
