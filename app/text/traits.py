"""What each line of a page shows: its wording, endings, signs of the trade, and how it stands to its neighbours.

A trait is a number, mostly 0 or 1; `app.text.weights` says what each speaks for.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from app.text import signs
from app.text.bylines import author, byline, closing, opening
from app.text.continuity import continues
from app.text.leads import leadlike
from app.text.wording import headlike

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.text.lines import Line

Traits = dict[str, float]

# A long line shows what it is at its ends; so a page of one line costs no more than its length.
HEAD, TAIL = 400, 160
WINDOW = 420
_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,}")
_FIRST_END = re.compile(r"(?:[다요까죠]\.|[?!])")
_DIGIT = re.compile(r"\d")
_SYMBOL = re.compile(r"[^\w\s가-힣.,'\"“”‘’()…·?!]")


def measure(lines: Sequence[Line]) -> list[Traits]:
    """The traits of every line of a page."""
    width = page_width(lines)
    found = [_own(line, width) for line in lines]
    _neighbours(lines, found, width)
    return found


def page_width(lines: Sequence[Line]) -> int:
    """The usual length of a full line where the page is hard-wrapped; 0 where it is not."""
    close = [line.end - line.start for line in lines[1:] if line.gap == 0]
    long = sum(n > 60 for n in close)
    if len(close) < 6 or len(close) < len(lines) * 0.3 or long > len(close) * 0.3:
        return 0
    short = sorted(n for n in close if n <= 60)
    return short[int(len(short) * 0.8)]


def _narrowest(lines: Sequence[Line], width: int) -> int:
    """The length under which an unfinished line was not cut by the page's width; 0 where nothing is wrapped."""
    if not width:
        return 0
    inner = sorted(
        line.end - line.start for line in lines[1:] if line.gap == 0 and line.end - line.start <= width * 1.3
    )
    return int(inner[len(inner) // 4] * 0.8)


def _own(line: Line, width: int) -> Traits:
    text = line.text
    if line.rule:
        return {"rule": 1.0}
    head, tail = text[:HEAD], text[-TAIL:]
    n = len(text)
    t: Traits = {}

    def put(name: str, value: object) -> None:
        if value:
            t[name] = float(value) if isinstance(value, (int, float)) else 1.0

    put("tiny", n < 5)
    put("long", max(0.0, min(3.0, (n - 45) / 30)))
    put("very long", n > 150)
    put("wording", max(-6.0, min(6.0, headlike(text))) if n >= 4 else 0.0)
    put("heading", line.level > 0)
    put("deep heading", line.level > 1)
    put("bold", line.bold)
    ends = bool(signs.SENTENCE_END.search(tail))
    put("sentence", ends)
    put("plain -다.", signs.PLAIN_DA.search(tail))
    put("exclaims", not ends and signs.EXCLAIMS.search(tail))
    put("quote end", not ends and signs.QUOTE_END.search(tail))
    put("stop", not ends and signs.FULL_STOP.search(tail))
    sentences = len(signs.SENTENCES.findall(head))
    put("sentences", min(3, max(0, sentences - 1)))
    polite = signs.POLITE.search(head if n < HEAD else tail)
    put("polite", polite)
    put("polite call", polite and n < 45 and sentences < 2)
    _signs(text, head, tail, put)
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
    put("quoted", text[:1] in "\"“'‘" and "quote end" in t and n < 60)
    put("symbols", min(1.0, len(_SYMBOL.findall(head)) / max(1, len(head)) * 8))
    put("wrapped", width and n >= width * 0.82 and n <= width * 1.15)
    put("beyond width", width and n > width * 1.3)
    return t


def _signs(text: str, head: str, tail: str, put: Callable[[str, object], None]) -> None:
    n = len(text)
    prose = n > 30 and headlike(text) < -2
    credit = signs.CREDIT.search(tail)
    put("credit", credit)
    put("weak credit", not credit and signs.WEAK_CREDIT.search(tail))
    put("caption words", signs.CAPTION_WORDS.search(head))
    put("caption head", signs.CAPTION_HEAD.match(text))
    put("photo news", signs.PHOTO_NEWS.match(text))
    put("-고 있다", signs.PROGRESSIVE.search(tail))
    put("jump", n < 60 and signs.JUMP.match(text))
    put("jump from", n < 50 and signs.JUMP_FROM.search(text))
    put("page number", n < 12 and signs.PAGE_NUMBER.match(text))
    put("section", n < 50 and signs.SECTION.match(text))
    put("date", n < 60 and signs.RUNNING_DATE.search(text) and not signs.PLAIN_DA.search(tail))
    put("issue", n < 70 and signs.RUNNING_ISSUE.search(text))
    put("house", signs.HOUSE.search(head))
    put("label", n < 26 and signs.LABEL.match(text))
    put("index", n < 60 and signs.INDEX.search(text))
    put("correction", n < 40 and signs.CORRECTION.match(text))
    put("notice label", n < 34 and signs.NOTICE_LABEL.match(text))
    put("obituary", min(3, len(signs.OBITUARY.findall(head))))
    posts = len(signs.POSTS.findall(head))
    put("posts", min(3.0, posts / 2) if posts > 1 and not signs.PLAIN_DA.search(tail) else 0)
    put("moves", signs.POST_MOVES.search(head) and not signs.PLAIN_DA.search(tail))
    put("field", min(3, len(signs.FORM_FIELD.findall(head))))
    put("phone", signs.PHONE.search(head))
    put("web", signs.WEB.search(head))
    put("price", min(3, len(signs.PRICE.findall(head))) if n < 120 and not prose else 0)
    put("ad words", min(3, len(signs.AD_WORDS.findall(head))) if n < 160 and not prose else 0)
    put("row", "|" in text and signs.TABLE_ROW.search(head))
    put("columns", min(3, head.count("\t")) if "\t" in head else 0)
    put("rate", n < 80 and not prose and signs.RATE_ROW.search(text))
    put("weather", min(3, len(signs.WEATHER.findall(head))))
    put("horoscope", min(3, len(signs.HOROSCOPE.findall(head))))
    put("auction", min(3, len(signs.AUCTION.findall(head))))
    put("produce", min(3, len(signs.PRODUCE.findall(head))) if n < 120 else 0)
    put("market", n < 80 and signs.MARKET.match(text))
    put("broadcast", n < 90 and signs.BROADCAST.match(text))
    put("score", min(3, len(signs.SCORE.findall(head))) if n < 140 else 0)
    put("marker", signs.MARKER.match(text))
    put("bracket", signs.BRACKET_HEAD.match(text))
    put("ellipsis", n < 90 and signs.ELLIPSIS.search(text))
    put("run-in", signs.RUN_IN.match(text))
    put(
        "question",
        n < 160 and signs.QUESTION.match(text) and text.rstrip('"”’').endswith(("?", "？", "나", "요", "까")),
    )
    put("answer", signs.ANSWER.match(text))


def _neighbours(lines: Sequence[Line], found: list[Traits], width: int) -> None:
    """Traits that need the page: what follows a line, what came before, and how alike the two are."""
    texts = [line.text[:WINDOW] for line in lines]
    narrowest = _narrowest(lines, width)
    for i, (line, t) in enumerate(zip(lines, found, strict=True)):
        text = line.text
        n = len(text)
        if t.get("rule"):
            continue
        apart = line.gap > 0 and (i + 1 == len(lines) or lines[i + 1].gap > 0)
        _ending(text, t, width, 0 if apart else narrowest)
        if i and "cut" in found[i - 1] and n > 1:
            t["runs on"] = max(-5.0, min(5.0, continues(lines[i - 1].text[-40:], text[:40])))
        after = _gather(texts, i + 1, +1)
        if n <= 120 and not t.get("sentence") and t.get("wording", 0.0) > -3:
            t["echo"] = _echo(text, after) - 0.35
        if n > 14:
            paragraph = text if n > 60 else " ".join([text, *texts[i + 1 : i + 5]])[:300]
            end = _FIRST_END.search(paragraph, 20)
            upto = paragraph[: end.end()] if end else paragraph[:HEAD]
            t["lead"] = max(-4.0, min(4.0, leadlike(paragraph, upto)))


def _ending(text: str, t: Traits, width: int, narrowest: int) -> None:
    """How a line ends: a sentence said, or cut short, or loose (an unfinished line that nothing cut)."""
    n = len(text)
    if any(k in t for k in ("sentence", "closing")) or ("exclaims" in t and "polite" not in t and n > 12):
        t["said"] = 1.0
    if any(k in t for k in ("sentence", "stop", "exclaims", "closing", "credit", "byline")):
        return
    loose = max(0.0, min(1.0, (t.get("wording", 0.0) + 3) / 3)) if n > 20 else 1.0
    if narrowest and narrowest <= n <= width * 1.3:
        loose = 0.0
    elif n > 80:
        loose *= 0.7
    if _open_quote(text):
        loose *= 0.3
    t["loose"] = loose
    t["cut"] = 1 - loose


def _open_quote(text: str) -> bool:
    """Whether a quotation that begins in `text` does not end in it."""
    return (
        text.rfind("“") > text.rfind("”")
        or text.rfind("‘") > text.rfind("’")
        or text.rfind("(") > text.rfind(")")
    )


def _gather(texts: list[str], at: int, step: int) -> str:
    found: list[str] = []
    size = 0
    while 0 <= at < len(texts) and size < WINDOW:
        found.append(texts[at])
        size += len(texts[at])
        at += step
    return " ".join(found)[:WINDOW]


def _pairs(text: str) -> Counter[str]:
    return Counter(w[i : i + 2] for w in _WORD.findall(text) for i in range(len(w) - 1))


def _echo(line: str, after: str) -> float:
    """The share of a line's character pairs that the text after it has too."""
    pairs = _pairs(line)
    if not pairs:
        return 0.0
    return sum(1 for p in pairs if p in after) / len(pairs)
