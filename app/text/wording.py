"""Whether a line is worded like a headline or like running text, whatever its length.

Headlines drop particles and finished endings; running text is full of them. A linear model over word endings and
character pairs, learned from the headlines and bodies of press articles by `training/wording.py`.
"""

from __future__ import annotations

import re

from app.text.linear import load

_DIGITS = re.compile(r"\d+")
REACH = 60


def wording_features(line: str) -> list[str]:
    """The words' endings, the character pairs, and how the line begins and ends; numbers become one digit."""
    text = _DIGITS.sub("0", line[:REACH])
    found = [f"b{text[i : i + 2]}" for i in range(len(text) - 1)]
    for word in text.split(" ")[:-1]:
        found.append("w" + word[-1:])
        found.append("v" + word[-2:])
        found.append("u" + word[-3:])
    found += [f"s{text[:1]}", f"s{text[:2]}", f"S{text[:3]}"]
    found += [f"e{text[-1:]}", f"e{text[-2:]}", f"e{text[-3:]}", f"E{text[-4:]}"]
    return found


def headlike(line: str) -> float:
    """The log-odds that `line` is worded as a headline, as against running text of the same length."""
    return load("wording").score(wording_features(line))
