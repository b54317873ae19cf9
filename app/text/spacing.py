"""Whether two halves of a cut text belong together with a space or without one.

A linear model over the characters on both sides of the cut, learned from press text by `training/spacing.py`;
no morphological analysis.
"""

from __future__ import annotations

from app.text.linear import load

REACH = 12


def cut_features(left: str, right: str) -> list[str]:
    """What a cut between `left` and `right` shows: the characters around it and the two half-words."""
    a, b = left[-REACH:], right[:REACH]
    l1, l2, l3 = a[-1:], a[-2:], a[-3:]
    r1, r2, r3 = b[:1], b[:2], b[:3]
    word, rest = a[a.rfind(" ") + 1 :], b.split(" ", 1)[0]
    return [
        "a" + l1,
        "b" + l2,
        "c" + l3,
        "d" + a[-4:],
        "e" + r1,
        "f" + r2,
        "g" + r3,
        "h" + b[:4],
        f"i{l1}|{r1}",
        f"j{l2}|{r1}",
        f"k{l1}|{r2}",
        f"l{l2}|{r2}",
        f"m{l3}|{r1}",
        f"n{l1}|{r3}",
        f"o{l3}|{r2}",
        f"p{l2}|{r3}",
        f"q{l3}|{r3}",
        "r" + word,
        "s" + rest,
        f"t{word}|{rest}",
        f"u{word}|{r1}",
        f"v{l1}|{rest}",
        f"w{min(len(word), 8)}{min(len(rest), 8)}",
        f"x{_shape(l1)}{_shape(r1)}{min(len(word), 4)}{min(len(rest), 4)}",
    ]


def _shape(char: str) -> str:
    if "가" <= char <= "힣":
        return "k"
    if char.isdigit():
        return "d"
    return "a" if char.isalpha() else char


def spaced(left: str, right: str) -> float:
    """The log-odds that a space stands between `left` and `right`."""
    return load("spacing").score(cut_features(left, right))
