"""Who said what as a headline: 이름 직함 “…”, the words of the quotation as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text.facts.names import TITLES, may_name
from app.text.facts.quotations import quotations
from app.text.facts.reading import read
from app.text.facts.subjects import phrase
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain import Sentence
    from app.text.facts.quotations import Quotation
    from app.text.facts.reading import Reading, Word

_SAID = re.compile(r"[”\"’'](?:이?라[고며]|고|며|면서)")
_LONGEST_SPEAKER = 14
_BEFORE_TITLE = 3  # 이수현 한국은행 신임 총재
# Less of a quotation is a catchword and says nothing by itself.
_SHORTEST = 9
# What a tail of a quotation may not open with: it points to what was cut off, or hangs on it.
_HANGING = re.compile(
    r"(?:그|이|저|그런|이런|이러한|그러한|이를|그를|그것|이것|이는|그는|또|및|것|수|때문|등)(?![가-힣]{2})"
)
_BODIES = frozenset(
    {
        "정부",
        "경찰",
        "검찰",
        "법원",
        "재판부",
        "국회",
        "여당",
        "야당",
        "노조",
        "노동계",
        "경영계",
        "재계",
        "업계",
        "학계",
    }
    | {"의료계", "시민단체", "유족", "유가족", "피해자들", "주민들", "전문가들", "참가자들"}
)
_OPENING = frozenset({"NNG", "NNP", "NP", "NR", "SN", "SL", "SH", "MM", "MAG", "XR", "XPN"})
_CONDITIONS = ("면", "야", "거든")


def quoted(sentence: Sentence, longest: int) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """The headlines that a sentence's quotations give, each with the ranges of the sentence that it is made of."""
    text = sentence.text
    spoken = [q for q in quotations(text) if _SAID.match(text, q.end)]
    if not spoken:
        return
    reading = read(text, sentence.tokens)
    speaker = _speaker(reading, spoken)
    if speaker is None:
        return
    who = text[speaker[0] : speaker[1]]
    for quotation in spoken:
        for start in _starts(reading, quotation):
            words = text[start : quotation.end].rstrip(" .,")
            # In the marks of the page: presses differ, and a headline takes those of its body.
            opening, closing = ('"', '"') if text[quotation.end] == '"' else ("“", "”")
            made = f"{who} {opening}{words}{closing}"
            if len(made) <= longest:
                if len(words) >= _SHORTEST and not re.search('[“”"]', words):
                    yield made, (speaker, (start, quotation.end))
                break


def _speaker(reading: Reading, spoken: list[Quotation]) -> tuple[int, int] | None:
    """The range of the speaker's name and title, or of an organization; None where the sentence only points."""
    outside = [
        w
        for w in reading.words
        if w.role in {"topic", "subject"}
        and w.end <= spoken[0].start
        and not any(q.start <= w.start < q.end for q in quotations(reading.text))
    ]
    if not outside:
        return None
    words = phrase(reading, outside[-1]).words
    head = words[-1]
    start = _of_person(reading, words) if head.stem.endswith(TITLES) else _of_body(reading, head)
    if start is None or head.end - start > _LONGEST_SPEAKER or "(" in reading.text[start : head.end]:
        return None
    return start, head.end


def _of_body(reading: Reading, head: Word) -> int | None:
    """Where the name of an organization begins; None for 관계자, 측, and half of a name that Kiwi takes apart."""
    whole = head.start == 0 or reading.text[head.start - 1] == " "
    named = head.name and not any(base(t) == "NP" for t in reading.tokens[head.first : head.first + 1])
    return head.start if whole and ((named and len(head.stem) > 1) or head.stem in _BODIES) else None


def _of_person(reading: Reading, words: tuple[Word, ...]) -> int | None:
    """Where the name before a title begins; None where there is none, or only a family name."""
    text, head = reading.text, words[-1]
    whole = text.rfind(" ", 0, head.start) + 1  # Kiwi takes rare names apart; spaces do not.
    pieces = list(re.finditer(r"\S+", text[:whole]))[-_BEFORE_TITLE:]
    for piece in reversed(pieces):
        if piece.start() < words[0].start and piece is not pieces[-1]:
            break
        if may_name(piece.group()) and (len(piece.group()) > 1 or head.stem == "대통령"):
            return piece.start()
    return None


def _starts(reading: Reading, quotation: Quotation) -> list[int]:
    """Where a quotation may begin: its start, or behind a clause that sets no condition."""
    starts = [] if _HANGING.match(reading.text, quotation.start) else [quotation.start]
    for token in reading.tokens:
        if not quotation.start < token.end < quotation.end - _SHORTEST or base(token) not in {"EC", "EF"}:
            continue
        if base(token) == "EC" and token.form.endswith(_CONDITIONS):
            break
        at = len(reading.text) - len(reading.text[token.end :].lstrip(" ,."))
        opens = next((t for t in reading.tokens if t.start >= at), token)
        if at > token.end and base(opens) in _OPENING and not _HANGING.match(reading.text, at):
            starts.append(at)
    return starts
