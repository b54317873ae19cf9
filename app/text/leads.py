"""Whether a paragraph opens an article or stands further down in one.

Leads name people and places in full and date the news; later paragraphs lean on what came before (이, 또, 한편,
그는). A linear model over the first words and the sentence's ending, learned by `training/leads.py`.
"""

from __future__ import annotations

import re

from app.text.linear import load

_DIGITS = re.compile(r"\d+")
REACH = 30


def lead_features(paragraph: str, end: str) -> list[str]:
    """The first words of a paragraph, and the words that its first sentence ends with."""
    text = _DIGITS.sub("0", paragraph[:REACH])
    words = text.split(" ")
    found = [f"1{words[0]}", f"1{words[0][-1:]}", f"1{words[0][-2:]}", f"n{min(len(words[0]), 6)}"]
    if len(words) > 1:
        found += [f"2{words[1][-1:]}", f"2{words[1][-2:]}", f"12{words[0][-1:]}{words[1][-1:]}"]
    if words[2:]:
        found += [f"3{words[2][-1:]}", f"3{words[2][-2:]}"]
    tail = _DIGITS.sub("0", end[-14:])
    found += [
        f"e{tail[-3:]}",
        f"e{tail[-5:]}",
        f"q{'”' in end or chr(34) in end[1:]}",
        f"Q{paragraph[:1] in '“‘' + chr(34)}",
    ]
    return found


def leadlike(paragraph: str, end: str) -> float:
    """The log-odds that `paragraph`, whose first sentence ends with `end`, opens an article."""
    return load("leads").score(lead_features(paragraph, end))
