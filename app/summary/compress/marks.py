"""Quotation marks and brackets: what they enclose, and which brackets only repeat what stands before them."""

from __future__ import annotations

import re

PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "<": ">",
    "(": ")",
    "[": "]",
    "〈": "〉",
    "【": "】",
}
STRAIGHT = "\"'`"
# Phrases are asked thousands of times a page, and most have no mark.
_MARK = re.compile("[" + re.escape("".join(PAIRS) + STRAIGHT) + "]")
QUOTES = "“”‘’\"'"


def enclosed(text: str) -> tuple[tuple[int, int], ...]:
    """The outermost pairs of `text`, opening mark to past the closing one; a mark without its mate is none."""
    if not _MARK.search(text):
        return ()
    found: list[tuple[int, int]] = []
    mates = _mates(text)
    at = 0
    while at < len(text):
        char = text[at]
        straight = char in STRAIGHT and _opens(text, at)
        end = text.find(char, at + 1) if straight else mates.get(at, -1)
        if end > at:
            found.append((at, end + 1))
            at = end
        at += 1
    return tuple(found)


def _opens(text: str, at: int) -> bool:
    """A straight mark opens after a space or punctuation (21's is none)."""
    return at == 0 or not text[at - 1].isalnum()


def _mates(text: str) -> dict[int, int]:
    """Where each opening mark is closed, nested marks of its own kind counted; one that is not has no entry."""
    found: dict[int, int] = {}
    open_: dict[str, list[int]] = {close: [] for close in PAIRS.values()}
    for at, char in enumerate(text):
        if char in PAIRS:
            open_[PAIRS[char]].append(at)
        elif open_.get(char):
            found[open_[char].pop()] = at
    return found


def brackets(text: str) -> tuple[tuple[int, int], ...]:
    """The round brackets of `text` that stand outside quotation marks and directly behind a word."""
    return tuple(
        (lo, hi) for lo, hi in enclosed(text) if text[lo] == "(" and lo and not text[lo - 1].isspace()
    )


def unglossed(text: str) -> str:
    """The text without the round brackets behind its words."""
    if "(" not in text:
        return text
    for lo, hi in reversed(brackets(text)):
        text = text[:lo] + text[hi:]
    return text


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket of `text` has its mate."""
    # 노력하겠다"고, where the page had closed another quotation with another mark.
    if text.count('"') % 2:
        return False
    inside = {i for lo, hi in enclosed(text) for i in range(lo, hi)}
    return all(
        i in inside
        for i, char in enumerate(text)
        if char in PAIRS or char in PAIRS.values() or (char in STRAIGHT and _opens(text, i))
    )
