"""Whether what a model wrote is a line or a headline that a desk would print; facts are grounding's matter."""

from __future__ import annotations

import re

from app.domain import Style
from app.engine.writing import HEADLINE_LIMIT
from app.summary.compress.references import dangling
from app.summary.compress.torn import torn
from app.summary.compress.tree import parse
from app.text.sentences import sentences

_LONGEST = {Style.SENTENCE: 100, Style.BRIEF: 50}
_SHORTEST = 8
_FINISHED = re.compile(r"[다요죠까][.?!]?[”\"’')]*$")
# What no line ends with: a particle, a comma, a word that leads on.
_HANGING = re.compile(r"(?:[,·(‘“]|[가-힣](?:은|는|을|를|의|와|과|에서|에게|및|등의|위해|따라|대한|관한))$")
_PAIRED = (("“", "”"), ("‘", "’"), ("(", ")"), ("[", "]"), ("「", "」"), ("『", "』"), ("<", ">"))
# `수원시, 수원시`: a small model that has said what it had to say begins again.
_AGAIN = re.compile(r"(?P<said>[가-힣A-Za-z0-9]{2,}(?:\s\S+)?)[,\s]+(?P=said)(?:\s|,|$)")


def as_line(text: str, style: Style) -> str | None:
    """A model's answer as one line of a style; None where it is none, or does not stand alone."""
    text = text.strip()
    if not _SHORTEST <= len(text) <= _LONGEST[style] or not _whole(text):
        return None
    finished = _FINISHED.search(text) is not None
    if finished != (style is Style.SENTENCE):
        return None
    parts = sentences(text)
    if len(parts) != 1 or dangling(parse(parts[0])) or torn(text, text):
        return None
    if style is Style.BRIEF:
        return text.rstrip(".") or None
    return text if text[-1] in ".?!”\"'’)" else f"{text}."


def as_headline(text: str) -> str | None:
    """A model's answer as a headline; None where it is none."""
    text = text.strip().rstrip(".")
    return text if _SHORTEST <= len(text) <= HEADLINE_LIMIT and _whole(text) else None


def _whole(text: str) -> bool:
    """Whether a text is closed in its marks, hangs on nothing, and says nothing twice."""
    closed = all(text.count(a) == text.count(b) for a, b in _PAIRED) and not any(
        text.count(mark) % 2 for mark in "\"'"
    )
    return closed and not _HANGING.search(text) and not _AGAIN.search(text)
