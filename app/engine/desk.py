"""Whether what a model wrote is a line or a headline that a desk would print; facts are grounding's matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.domain import Style
from app.engine.writing import HEADLINE_LIMIT
from app.summary.compress.pointing import dangling
from app.summary.compress.torn import torn
from app.summary.compress.tree import parse
from app.text.morphology import tokenize
from app.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Token

_LONGEST = {Style.SENTENCE: 100, Style.BRIEF: 50}
_SHORTEST = 8
_FINISHED = re.compile(r"[다요죠까][.?!]?[”\"’')]*$")
# What no line ends with: a comma, a word that leads on.
_HANGING = re.compile(r"(?:[,·(‘“]|[가-힣\s](?:및|등의|위해|따라|대한|관한|대신|때|위한|통한))$")
# Nor with a particle of these, nor with a modifier. By morphemes: 통과, 결과, 합의 and 논의 end in no particle, and of the
# answers for 297 development lines 14 end so.
_TAKING = ("JKS", "JKO", "JKG", "JC", "ETM")
_LEADING = ("은", "는", "에서", "에게", "와", "과", "으로", "로")
_FIGURES = ("SN", "SW", "NR")
_VERBAL = ("EF", "EC", "ETN")
_LEADING_ON = ("고", "며", "면서", "지만", "는데", "ᆫ데", "거나", "려", "려고", "도록", "면", "으면")
_NOUNS = ("NNG", "NNB", "XR", "XSN", "NNP")
_PREDICATES = ("XSV", "XSA", "VCP", "VCN", "VV", "VA", "VX")
# What a noun is made of.
_NOMINAL = frozenset({"NNG", "NNP", "XR", "XPN", "XSN"})
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.-]*[A-Za-z0-9]|[A-Za-z]")
_COUNTED = re.compile(r"([가-힣]{2,})\s?(\d[\d,.]*\d|\d)")
_RANGE = re.compile(r"(\d[\d,.]*\d|\d)[^\d~∼～\n]{0,4}[~∼～]\s?(\d[\d,.]*\d|\d)")
# Particles behind which a number may be anything's.
_FREEING = frozenset({"JX", "JKS", "JKO", "JC"})
# Names and titles; what is said stands in double marks, and is grounding's matter.
_TITLED = re.compile(r"(?<![가-힣A-Za-z0-9])['‘]([^'‘’\n]{2,60})['’]|[「『<]([^「」『』<>\n]{2,60})[」』>]")
_BRACKETS = re.compile(r"\([^()\n]{1,40}\)")
_PAIRED = (("“", "”"), ("‘", "’"), ("(", ")"), ("[", "]"), ("「", "」"), ("『", "』"), ("<", ">"))
# `수원시, 수원시`: a small model that has said what it had to say begins again.
_QUOTES = str.maketrans("", "", "'\"‘’“”")
_AGAIN = re.compile(r"(?P<said>[가-힣A-Za-z0-9]{2,}(?:\s\S+)?)[,\s]+(?P=said)(?:\s|,|$)")


def as_line(text: str, style: Style, source: Sequence[Token]) -> str | None:
    """A model's answer as one line of a style; None where it is none, or does not stand alone.

    `source` is the article that it was written for, in morphemes.
    """
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
        return text.rstrip(".") if _says(parts[0].tokens, source) else None
    return text if text[-1] in ".?!”\"'’)" else f"{text}."


def _says(line: Sequence[Token], source: Sequence[Token]) -> bool:
    """Whether a noun-ending line says something: ends in what its article says, not in what it speaks of.

    `해온시, 상수도관 교체` does where the article has 교체한다, 교체를 마쳤다 or 교체 계획이다; `해온시 상수도관` names a thing. The
    evidence alone may say it in another word: of 297 lines' answers, 36 more pass than where it must have the noun.
    """
    last = next((t for t in reversed(line) if t.tag[0] != "S" or t.tag in _FIGURES), None)
    # '새봄비전 2030': the figure of a name.
    if last is None or (last.tag in _FIGURES and line[-1].tag == "SSC"):
        return False
    if last.tag in (*_FIGURES, *_VERBAL, "JKB"):  # …기로, the one particle that a desk ends with
        return last.form not in _LEADING_ON
    if last.tag not in _NOUNS:
        return False
    return any(t.form == last.form and _said(source, n) for n, t in enumerate(source)) or (
        last.tag == "NNB" and any(t.tag in ("SN", "NR", "MM") for t in line[-3:])
    )


def _said(source: Sequence[Token], n: int) -> bool:
    """Whether the noun at `n` is said of something: by its own ending, or as what a verb behind it takes."""
    after = source[n + 1 : n + 3]
    if after and after[0].tag in ("JKO", "JKS", "JX"):
        after = after[1:]
    return bool(after) and after[0].tag.split("-")[0] in _PREDICATES


def halves_a_range(text: str, source: str) -> bool:
    """Whether a text gives one end of a range as the value: 0.01% where its source has 0.01~4.15%."""
    ranges = set(_RANGE.findall(source))
    alone = set(_NUMBER.findall(_RANGE.sub(" ", source)))
    # What it gives whole says nothing of another range that shares an end with it.
    said = set(_NUMBER.findall(_RANGE.sub(lambda m: " " if m.groups() in ranges else m.group(), text)))
    return any((low in said) != (high in said) and not {low, high} & said & alone for low, high in ranges)


def rebinds(text: str, source: str) -> bool:
    """Whether a number stands behind a noun that its source has before other numbers alone.

    `지상 4층` of `지상 3층에서 지하 4층까지`. Behind a particle it may be anything's: 코스피가 5,300, 코스피 4% 급등.
    """
    given: dict[str, set[str]] = {}
    for noun, number in _COUNTED.findall(source):
        given.setdefault(noun, set()).add(number)
    moved = [m for m in _COUNTED.finditer(text) if m[1] in given and m[2] not in given[m[1]]]
    if not moved:
        return False
    # Not behind 일주일에, 하루에: those the number is of.
    particles = {token.end for token in tokenize(text) if token.tag in _FREEING}
    return any(m.end(1) not in particles for m in moved)


def foreign(text: str, source: str) -> bool:
    """Whether a text writes a Latin word as its source does not, in other letters or another case."""
    return any(word not in source for word in _LATIN.findall(text))


def invents(line: str, source: str) -> bool:
    """Whether a line has a noun, whole, that its source has not: grounding asks for names and figures alone.

    A small model spells a long word wrong at its end (…제제제 for …제제), where every part of it is known.
    """
    known = "".join(source.split())
    runs: list[str] = []
    end = -1
    for token in tokenize(line):
        if token.tag in _NOMINAL:
            if token.start == end:
                runs[-1] += line[token.start : token.end]
            else:
                runs.append(line[token.start : token.end])
            end = token.end
    # 그레타 툰베리, a name that a sentence points back to: one token, with a space in it.
    return any("".join(run.split()) not in known for run in runs)


def misquotes(text: str, source: str) -> bool:
    """Whether a text sets marks about what its source does not set them about: a part of a title, a word of its own."""
    said = _titles(text)
    # ‘유레카 마을(Eureka Town)’: what brackets add to a name may go.
    return bool(said) and not said <= _titles(source) | _titles(_BRACKETS.sub("", source))


def _titles(text: str) -> set[str]:
    return {"".join((m[1] or m[2]).split()).rstrip(".") for m in _TITLED.finditer(text)}


def as_headline(text: str) -> str | None:
    """A model's answer as a headline; None where it is none."""
    text = text.strip().rstrip(".")
    return text if _SHORTEST <= len(text) <= HEADLINE_LIMIT and _whole(text) else None


def _whole(text: str) -> bool:
    """Whether a text is closed in its marks, hangs on nothing, and says nothing twice."""
    closed = all(text.count(a) == text.count(b) for a, b in _PAIRED) and not any(
        text.count(mark) % 2 for mark in "\"'"
    )
    return closed and not _hangs(text) and not _AGAIN.search(text.translate(_QUOTES))


def _hangs(text: str) -> bool:
    """Whether a text ends in what leads on; 기로 is what a desk ends with."""
    if _HANGING.search(text):
        return True
    *before, last = tokenize(text)
    if last.tag == "JKB" and last.form in ("로", "으로") and before and before[-1].tag == "ETN":
        return False
    return last.tag in _TAKING or (last.tag[0] == "J" and last.form in _LEADING)
