"""Whether a line runs on into the next one or ends where it ends, when no full stop tells.

A linear model over the words on both sides of the line break, learned by `training/continuity.py` from bodies cut
anywhere, as against headlines and subheads followed by what really follows them.
"""

from __future__ import annotations

import re

from app.text.linear import load

_DIGITS = re.compile(r"\d+")


def break_features(left: str, right: str) -> list[str]:
    """The last words before a line break and the first ones after it."""
    a, b = _DIGITS.sub("0", left[-24:]), _DIGITS.sub("0", right[:24])
    before, after = a.split(" "), b.split(" ")
    word, rest = before[-1], after[0]
    found = [f"l{a[-k:]}" for k in (1, 2, 3, 4)] + [f"r{b[:k]}" for k in (1, 2, 3, 4)]
    found += [f"x{a[-1:]}|{b[:1]}", f"y{a[-2:]}|{b[:1]}", f"z{a[-1:]}|{b[:2]}", f"q{a[-2:]}|{b[:2]}"]
    found += ["w" + word, "v" + rest, "V" + rest[-1:], "U" + rest[-2:], f"W{word[-1:]}|{rest[-1:]}"]
    found += [f"n{w[-2:]}" for w in before[-4:-1]] + [f"m{w[-2:]}" for w in after[1:4]]
    found += [f"N{w[-1:]}" for w in before[-4:-1]] + [f"M{w[-1:]}" for w in after[1:3]]
    return found


def continues(left: str, right: str) -> float:
    """The log-odds that `right` goes on where `left` stopped."""
    return load("continuity").score(break_features(left, right))
