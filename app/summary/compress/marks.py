"""Quotation marks and brackets: what they enclose, and which brackets only repeat what stands before them."""

from __future__ import annotations

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
QUOTES = "“”‘’\"'"


def enclosed(text: str) -> tuple[tuple[int, int], ...]:
    """The outermost pairs of `text`, opening mark to past the closing one; a mark without its mate is none."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        char = text[at]
        close = PAIRS.get(char) or (char if char in STRAIGHT and _opens(text, at) else None)
        end = -1 if close is None else _mate(text, at, close)
        if end > at:
            found.append((at, end + 1))
            at = end
        at += 1
    return tuple(found)


def _opens(text: str, at: int) -> bool:
    """A straight mark opens after a space or punctuation (21's is none)."""
    return at == 0 or not text[at - 1].isalnum()


def _mate(text: str, at: int, close: str) -> int:
    """Where the mark at `at` is closed, nested marks of its own kind counted; -1 where it is not."""
    depth = 0
    for i in range(at, len(text)):
        if text[i] == text[at] and (close != text[at] or i == at):
            depth += 1
        elif text[i] == close:
            depth -= 1
            if not depth:
                return i
    return -1


def brackets(text: str) -> tuple[tuple[int, int], ...]:
    """The round brackets of `text` that stand outside quotation marks and directly behind a word."""
    return tuple(
        (lo, hi) for lo, hi in enclosed(text) if text[lo] == "(" and lo and not text[lo - 1].isspace()
    )


def unglossed(text: str) -> str:
    """The text without the round brackets behind its words."""
    for lo, hi in reversed(brackets(text)):
        text = text[:lo] + text[hi:]
    return text


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket of `text` has its mate."""
    inside = {i for lo, hi in enclosed(text) for i in range(lo, hi)}
    return all(
        i in inside
        for i, char in enumerate(text)
        if char in PAIRS or char in PAIRS.values() or (char in STRAIGHT and _opens(text, i))
    )
