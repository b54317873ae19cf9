"""What a line shows by itself: its wording, its endings, the signs of the trade."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.text import signs
from app.text.bylines import author, byline, closing, opening
from app.text.cuts import HEAD, TAIL
from app.text.wording import headlike

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.text.lines import Line

Traits = dict[str, float]

_DIGIT = re.compile(r"\d")
_SYMBOL = re.compile(r"[^\w\s가-힣.,'\"“”‘’()…·?!]")
# After these no sentence goes on in the next line.
_CLOSES = frozenset({"byline", "closing", "credit", "agency credit", "credit line"})
# The signs of a sentence as a whole, whichever of its lines they stand in.
SAID = (
    "credit", "agency credit", "reporter credit", "weak credit", "caption words", "-고 있다", "shown", "house", "obituary", "posts",
    "moves", "field", "phone", "web", "price", "ad words", "weather", "horoscope", "auction", "produce", "score",
    "formal",
)  # fmt: skip
LONGEST_UNIT = 12
FAIR_SHARE = 0.34


def own_traits(line: Line, width: int) -> Traits:
    """The traits of a line by itself, on a page whose full lines have `width` characters (0: not hard-wrapped)."""
    text = line.text
    if line.rule:
        return {"rule": 1.0}
    if signs.LONE_STOP.fullmatch(text):
        # All that the width left of a sentence's last line.
        return {"sentence": 1.0, "plain -다.": 1.0}
    head, tail = text[:HEAD], text[-TAIL:]
    n = len(text)
    t: Traits = {}

    def put(name: str, value: object) -> None:
        if value:
            t[name] = float(value) if isinstance(value, (int, float)) else 1.0

    put("tiny", n < 5)
    put("long", max(0.0, min(3.0, (n - 45) / 30)))
    put("very long", n > 150)
    wording = headlike(text)
    put("wording", max(-6.0, min(6.0, wording)) if n >= 4 else 0.0)
    put("heading", line.level > 0)
    put("deep heading", line.level > 1)
    put("third heading", line.level > 2)
    put("over 24", n > 24)
    put("under 14", n < 14)
    put("bold", line.bold)
    ends = bool(signs.SENTENCE_END.search(tail))
    put("sentence", ends)
    put("plain -다.", signs.PLAIN_DA.search(tail))
    put("exclaims", not ends and signs.EXCLAIMS.search(tail))
    put("quote end", not ends and signs.QUOTE_END.search(tail))
    put("stop", not ends and signs.FULL_STOP.search(tail))
    sentences = len(signs.SENTENCES.findall(head))
    put("sentences", min(3, max(0, sentences - 1)))
    quoted = n < 60 and text[:1] in "\"“'‘" and "quote end" in t
    polite = not quoted and signs.POLITE.search(head if n < HEAD else tail)
    put("polite", polite)
    put("polite call", polite and n < 45 and sentences < 2)
    _signs(text, head, tail, t, put, prose=_prose(text, wording))
    named = n <= 90 and byline(text) is not None
    put("author", named and author(text) is not None)
    put("byline", named and "author" not in t)
    put("opening", opening(head))
    put("closing", n > 12 and closing(text))
    digits = len(_DIGIT.findall(head))
    put(
        "digits",
        max(0.0, min(1.0, digits / max(1, len(head)) * 3 - 0.45))
        * (0.3 if t.get("wording", 0) < -1.5 else 1),
    )
    put("quoted", quoted)
    put("symbols", min(1.0, len(_SYMBOL.findall(head)) / max(1, len(head)) * 8))
    put("wrapped", width and n >= width * 0.82 and n <= width * 1.15)
    put("beyond width", width and n > width * 1.3)
    return t


def _signs(
    text: str,
    head: str,
    tail: str,
    t: Traits,
    put: Callable[[str, object], None],
    *,
    prose: bool,
) -> None:
    """The signs of the trade in a line."""
    _said(text, head, tail, t, put, prose=prose)
    n = len(text)
    put("caption head", signs.CAPTION_HEAD.match(text))
    put("caption mark", signs.CAPTION_MARK.match(text))
    put("photo news", signs.PHOTO_NEWS.match(text))
    put("announced", n < 60 and signs.ANNOUNCED.search(text))
    put("jump", n < 60 and signs.JUMP.match(text))
    put("jump from", n < 50 and signs.JUMP_FROM.search(text))
    put("page number", n < 12 and signs.PAGE_NUMBER.match(text))
    put("section", n < 50 and signs.SECTION.match(text))
    put("date", n < 60 and signs.RUNNING_DATE.search(text) and not signs.PLAIN_DA.search(tail))
    put("issue", n < 70 and signs.RUNNING_ISSUE.search(text))
    put("label", n < 26 and signs.LABEL.match(text))
    put(
        "corner",
        n <= 13 and "label" not in t and signs.CORNER.match(text) and not signs.TABLE_LABEL.match(text),
    )
    put("index", n < 60 and signs.INDEX.search(text))
    put("correction", n < 40 and signs.CORRECTION.match(text))
    put("notice label", n < 34 and signs.NOTICE_LABEL.match(text))
    put("row", "|" in text and signs.TABLE_ROW.search(head))
    put("columns", min(3, head.count("\t")) if "\t" in head else 0)
    put("rate", n < 80 and not prose and signs.RATE_ROW.search(text))
    put("table label", n < 50 and signs.TABLE_LABEL.match(text))
    put("market", n < 80 and signs.MARKET.match(text))
    put("broadcast", n < 90 and signs.BROADCAST.match(text))
    put("marker", signs.MARKER.match(text))
    put("bracket", signs.BRACKET_HEAD.match(text))
    put("bar", n < 60 and signs.BAR_HEAD.match(text))
    put("ellipsis", n < 90 and signs.ELLIPSIS.search(text))
    put("run-in", signs.RUN_IN.match(text))
    put("bracket only", signs.BRACKET_ONLY.match(text))
    put("book", n < 90 and signs.BOOK.search(text))
    put("series", n < 50 and signs.SERIES.search(text))
    put("note", signs.NOTE.match(text))
    put("image", signs.IMAGE.match(text))
    put("colon field", n < 120 and signs.COLON_FIELD.match(text))
    put("date only", signs.DATE_ONLY.match(text))
    put("spaced out", n < 18 and signs.SPACED_OUT.match(text))
    put("credit line", n < 30 and signs.CREDIT_LINE.match(text))
    put(
        "question",
        n < 160 and signs.QUESTION.match(text) and text.rstrip('"”’').endswith(("?", "？", "나", "요", "까")),
    )
    put("answer", signs.ANSWER.match(text))


def _prose(text: str, wording: float) -> bool:
    """Whether a line is running text or a quotation, in which prices and trades are only spoken of."""
    n = len(text)
    return (n > 30 and wording < -2) or (n < 60 and text[:1] in "\"“'‘")


def _said(
    text: str,
    head: str,
    tail: str,
    t: Traits,
    put: Callable[[str, object], None],
    *,
    prose: bool,
) -> None:
    """The signs that words give wherever they stand, in a line or in a sentence cut over several."""
    n = len(text)
    credit = signs.CREDIT.search(tail)
    shown = signs.CAPTION_WORDS.search(head)
    put("credit", credit)
    put("agency credit", signs.AGENCY_CREDIT.search(tail))
    put("reporter credit", not credit and n > 12 and signs.REPORTER_CREDIT.search(tail))
    put("weak credit", not credit and signs.WEAK_CREDIT.search(tail))
    put("caption words", shown)
    put("-고 있다", signs.PROGRESSIVE.search(tail))
    put("shown", "-고 있다" in t and (credit or "reporter credit" in t or shown))
    put("house", signs.HOUSE.search(head))
    put("obituary", min(3, len(signs.OBITUARY.findall(head))))
    plain = signs.PLAIN_DA.search(tail)
    posts = len(signs.POSTS.findall(head))
    put("posts", min(3.0, posts / 2) if posts > 1 and not plain else 0)
    put("moves", not plain and signs.POST_MOVES.search(head))
    put("field", min(3, len(signs.FORM_FIELD.findall(head))))
    put("phone", signs.PHONE.search(head))
    put("web", signs.WEB.search(head))
    put("price", min(3, len(signs.PRICE.findall(head))) if n < 120 and not prose else 0)
    put("ad words", min(3, len(signs.AD_WORDS.findall(head))) if n < 160 and not prose else 0)
    put("weather", min(3, len(signs.WEATHER.findall(head))))
    put("horoscope", min(3, len(signs.HOROSCOPE.findall(head))))
    put("auction", min(3, len(signs.AUCTION.findall(head))))
    put("produce", min(3, len(signs.PRODUCE.findall(head))) if n < 120 else 0)
    put("score", min(3, len(signs.SCORE.findall(head))) if n < 140 else 0)
    put("formal", signs.FORMAL.search(head))


def share_units(
    lines: Sequence[Line], found: list[Traits], onward: Sequence[float], glued: Sequence[str]
) -> None:
    """What the lines of one cut sentence show together; a phone number or a credit is often cut in two."""
    start = 0
    for i, line in enumerate(lines):
        runs_on = i + 1 < len(lines) and onward[i] > 0 and lines[i + 1].gap == 0
        if runs_on and i - start < LONGEST_UNIT and not found[i].keys() & _CLOSES:
            continue
        if i > start and line.end - lines[start].start < HEAD:
            _unit("".join(glued[start : i + 1]).strip(), found[start : i + 1])
        start = i + 1


def _unit(text: str, found: Sequence[Traits]) -> None:
    """Lines that are one unit, of `text`: each shows its share of what the whole says."""
    whole: Traits = {}

    def put(name: str, value: object) -> None:
        if value:
            whole[name] = float(value) if isinstance(value, (int, float)) else 1.0

    _said(text, text[:HEAD], text[-TAIL:], whole, put, prose=_prose(text, headlike(text)))
    share = max(1 / len(found), FAIR_SHARE)
    for t in found:
        for name in SAID:
            t.pop(name, None)
        for name, value in whole.items():
            t[name] = value * share
