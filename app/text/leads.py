"""Whether a paragraph opens an article or stands further down in one.

Leads name people and places in full and date the news; later paragraphs lean on what came before (이, 또, 한편,
그는). A linear model over the first words and the sentence's ending, learned by `training/leads.py`.
"""

from __future__ import annotations

import re

from app.text.linear import load

_DIGITS = re.compile(r"\d+")
REACH = 48


def lead_features(paragraph: str, end: str) -> list[str]:
    """The first words of a paragraph, and the words that its first sentence ends with."""
    text = _DIGITS.sub("0", paragraph[:REACH])
    words = text.split(" ")
    found = [f"1{words[0][:2]}", f"1{words[0]}", f"1{words[0][-1:]}", f"1{words[0][-2:]}"]
    if len(words) > 1:
        found += [f"2{words[1]}", f"2{words[1][-1:]}", f"12{words[0][-1:]}{words[1][-1:]}"]
    found += [f"b{text[i : i + 2]}" for i in range(len(text) - 1)]
    found += [f"w{w[-2:]}" for w in words[:-1]]
    tail = _DIGITS.sub("0", end[-14:])
    found += [f"e{tail[-3:]}", f"e{tail[-5:]}", f"E{tail[-7:]}"]
    found += [f"t{w}" for w in tail.split(" ")[1:]]
    return found


def leadlike(paragraph: str, end: str) -> float:
    """The log-odds that `paragraph`, whose first sentence ends with `end`, opens an article."""
    return load("leads").score(lead_features(paragraph, end))
