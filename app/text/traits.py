"""What each line of a page shows: its wording, endings, signs of the trade, and how it stands to its neighbours.

A trait is a number, mostly 0 or 1; `app.text.weights` says what each speaks for.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from app.text import signs
from app.text.bylines import author, byline, closing, opening
from app.text.company import accompany
from app.text.continuity import continues
from app.text.leads import leadlike
from app.text.linear import probability
from app.text.seats import SEATS, model, seats
from app.text.spacing import spaced
from app.text.wording import headlike

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.text.linear import Classes
    from app.text.lines import Line

Traits = dict[str, float]

_FINISHED = frozenset({"sentence", "stop", "exclaims", "closing", "credit", "reporter credit", "byline"})

# After these no sentence goes on in the next line.
_CLOSES = frozenset({"byline", "closing", "credit", "agency credit", "credit line"})

# A long line shows what it is at its ends; so a page of one line costs no more than its length.
HEAD, TAIL = 400, 160
WINDOW = 420
# Leads were one in four of the sentences that the model was trained on; evidence has no such prior.
ODDS_OF_LEADS = 1.1
_WORD = re.compile(r"[가-힣A-Za-z0-9]{2,}")
_FIRST_END = re.compile(r"(?:[다요까죠]\.|[?!])")
_PLAIN_END = re.compile(r"(?<!니)다\. ")
_DIGIT = re.compile(r"\d")
_SYMBOL = re.compile(r"[^\w\s가-힣.,'\"“”‘’()…·?!]")


# The signs of a sentence as a whole, whichever of its lines they stand in.
SAID = (
    "credit", "agency credit", "reporter credit", "weak credit", "caption words", "-고 있다", "shown", "house", "obituary", "posts",
    "moves", "field", "phone", "web", "price", "ad words", "weather", "horoscope", "auction", "produce", "score",
    "formal",
)  # fmt: skip
HEADLIKE = -2.0
LONGEST_UNIT = 12
FAIR_SHARE = 0.34
# The log-probability under which a seat is as good as ruled out.
FAINTEST = -6.0
AS = tuple(f"as {name}" for name in SEATS)
# The traits that an advertisement, a notice, a table and a caption spread over several lines.
TRADES = {
    "ad": ("phone", "web", "price", "ad words", "polite call"),
    "notice": ("notice label", "obituary", "posts", "moves", "field", "colon field", "formal"),
    "table": (
        "columns",
        "rate",
        "weather",
        "horoscope",
        "auction",
        "produce",
        "market",
        "broadcast",
        "score",
        "table label",
        "row",
        "digits",
    ),
    "caption": ("credit", "caption words", "caption head", "photo news", "reporter credit", "weak credit"),
}


def measure(lines: Sequence[Line], by: Classes | None = None) -> list[Traits]:
    """The traits of every line of a page; `by` is another model of seats than the one that is kept."""
    onward = _onward(lines)
    width = _width(lines, onward)
    found = [_own(line, width) for line in lines]
    glued = _glued(lines, onward)
    _units(lines, found, onward, glued)
    _neighbours(lines, found, onward, width, glued)
    accompany(lines, found, glued)
    _seats(lines, found, by or model())
    _around(lines, found)
    return found


def _units(lines: Sequence[Line], found: list[Traits], onward: Sequence[float], glued: Sequence[str]) -> None:
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


def _seats(lines: Sequence[Line], found: list[Traits], by: Classes) -> None:
    """For each line the log-probability of every seat in an article."""
    for line, t, row in zip(lines, found, seats(lines, by), strict=True):
        if "rule" not in t and not signs.LONE_STOP.fullmatch(line.text):
            for name, sure in zip(AS, row, strict=True):
                t[name] = max(FAINTEST, sure)


def _around(lines: Sequence[Line], found: list[Traits]) -> None:
    """What the lines around a line show of a trade, and where on the page it stands."""
    shares = {
        name: [min(1.0, sum(t.get(sign, 0.0) > 0 for sign in signs_of) / 2) for t in found]
        for name, signs_of in TRADES.items()
    }
    for name, share in shares.items():
        if not any(share):
            continue
        for i, t in enumerate(found):
            above, below = share[max(0, i - 3) : i], share[i + 1 : i + 4]
            if any(above):
                t[f"{name} above"] = sum(above) / 3
            if any(below):
                t[f"{name} below"] = sum(below) / 3
    for i, t in enumerate(found[:4]):
        t["top"] = 1.0 - i / 4
    for i, t in enumerate(found[-3:][::-1]):
        t["bottom"] = 1.0 - i / 3
    for t, following in pairwise(found):
        if (chance := following.get("as head", FAINTEST)) > HEADLIKE:
            t["head below"] = 1 - chance / HEADLIKE
    dialogue = [bool(signs.DIALOGUE.match(line.text)) for line in lines]
    if sum(dialogue) > 2:
        for i, t in enumerate(found):
            if dialogue[i]:
                t["dialogue"] = 1.0
            elif i and dialogue[i - 1]:
                t["after dialogue"] = 1.0


def _width(lines: Sequence[Line], onward: Sequence[float]) -> int:
    """The length of a full line where the page is hard-wrapped; 0 where it is not.

    A page is hard-wrapped where one line in twelve surely runs on into the next one.
    """
    sure = _sure(lines, onward)
    if len(sure) < max(4, len(lines) * 0.08):
        return 0
    return sure[int(len(sure) * 0.85)]


def _sure(lines: Sequence[Line], onward: Sequence[float]) -> list[int]:
    """The lengths of the short lines that surely run on into the line right below, ascending."""
    return sorted(
        n
        for i, (n, runs_on) in enumerate(zip((line.end - line.start for line in lines), onward, strict=True))
        if runs_on > 2.5 and n <= 60 and lines[i + 1].gap == 0
    )


def _onward(lines: Sequence[Line]) -> list[float]:
    """For each line how surely it runs on into the next one, in log-odds; 0 where it ends with a full stop."""
    found = []
    for i, line in enumerate(lines):
        ended = i + 1 == len(lines) or line.rule or signs.FULL_STOP.search(line.text[-TAIL:])
        left = line.text[-40:]
        if i and line.gap == 0 and len(left) < 8 and not signs.FULL_STOP.search(lines[i - 1].text[-TAIL:]):
            # The rest of a cut line says little by itself.
            left = lines[i - 1].text[-40:] + left
        found.append(0.0 if ended else continues(left, lines[i + 1].text[:40]))
    return found


def _narrowest(lines: Sequence[Line], onward: Sequence[float], width: int) -> int:
    """The length under which an unfinished line was not cut by the page's width; 0 where nothing is wrapped."""
    sure = _sure(lines, onward)
    return max(int(width * 0.6), sure[len(sure) // 20] - 1) if width else 0


def _own(line: Line, width: int) -> Traits:
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


def _neighbours(
    lines: Sequence[Line],
    found: list[Traits],
    onward: Sequence[float],
    width: int,
    glued: Sequence[str],
) -> None:
    """Traits that need the page: what follows a line, what came before, and how alike the two are."""
    unfinished = [not t.keys() & _FINISHED and "rule" not in t for t in found]
    narrowest = _narrowest(lines, onward, width)
    if width:
        _captions(lines, found, onward)
    whole = not width and not _cuts_paragraphs(lines, unfinished)
    head_marks = _head_marks(lines, found)
    for i, (line, t) in enumerate(zip(lines, found, strict=True)):
        if "rule" in t:
            continue
        if width and i and unfinished[i - 1] and line.gap == 0:
            # The rest of a cut line is short for no reason of its own.
            t.pop("tiny", None)
            t.pop("under 14", None)
        if "marker" in t and line.text[0] in head_marks:
            t["head mark"] = 1.0
        if i + 1 < len(lines) and lines[i + 1].gap == 0 and "credit line" in found[i + 1]:
            t["above a credit"] = 1.0
        text = line.text
        n = len(text)
        call = (
            "exclaims" in t
            and not t.keys() & {"polite", "ad words"}
            and signs.VERBAL_CALL.search(text[-TAIL:])
        )
        if "sentence" in t or "closing" in t or call:
            t["said"] = 1.0
        if width and n >= max(narrowest, width * 0.8):
            t["full"] = 1.0
        apart = line.gap > 0 and (i + 1 == len(lines) or lines[i + 1].gap > 0)
        opens = i == 0 or bool(found[i - 1].keys() & {"byline", "author", "label"})
        if (
            (apart or (opens and n <= 20))
            and n <= 28
            and not unfinished[i]
            and ("sentence" in t or "exclaims" in t)
            and not signs.DIALOGUE.match(text)
            and not signs.QUOTED_SENTENCE.search(text)
        ):
            t["short sentence alone"] = 1.0
        if unfinished[i]:
            t["cut"] = _cut(
                lines,
                i,
                onward[i] - (2.0 if whole and n <= 60 and not _hangs(text) else 0.0),
                0 if apart else width,
                narrowest,
            )
            t["loose"] = 1 - t["cut"]
            t["alone"] = 1.0 if apart and n <= 70 else 0.0
            after_end = i == 0 or not unfinished[i - 1] or line.gap > 0
            t["stands out"] = (
                1.0
                if whole and after_end and n <= 70 and t["cut"] < 0.5 and t.get("wording", 0.0) > -5
                else 0.0
            )
        if i and width and not unfinished[i - 1]:
            before = lines[i - 1].end - lines[i - 1].start
            t["after a full line" if before >= max(narrowest, width * 0.85) else "after a short line"] = 1.0
        if line.gap > 1:
            t["far below"] = 1.0
        if i and unfinished[i - 1]:
            # Where paragraphs come whole, a line that stands apart runs on into nothing.
            t["runs on"] = max(-5.0, min(5.0, onward[i - 1] - (2.0 if whole and line.gap else 0.0)))
        if n <= 120 and "sentence" not in t and t.get("wording", 0.0) > -4:
            t["echo"] = _echo(text, "".join(glued[i + 1 : i + 24])[:WINDOW]) - 0.35
            t["echo before"] = _echo(text, "".join(glued[max(0, i - 23) : i])[-WINDOW:]) - 0.35
        if n > 14:
            paragraph = text if n > 60 else "".join(glued[i : i + 6])[:300].strip()
            end = _FIRST_END.search(paragraph, 20)
            upto = paragraph[: end.end()] if end else paragraph[:HEAD]
            t["lead"] = max(-3.0, min(3.0, leadlike(paragraph, upto) + ODDS_OF_LEADS))


def _captions(lines: Sequence[Line], found: list[Traits], onward: Sequence[float]) -> None:
    """On a hard-wrapped page a caption's credit is on its last line; all its lines are told by it."""
    start = 0
    for i, last in enumerate(found):
        if i and (lines[i].gap or onward[i - 1] <= 0):
            start = i
        if start < i < start + 9 and not last.keys() & {"byline", "author"} and last.keys() & _FINISHED:
            text = "".join(line.text for line in lines[start : i + 1])[-TAIL:]
            below = found[i + 1] if i + 1 < len(lines) and lines[i + 1].gap == 0 else {}
            if "weak credit" in below and len(lines[i + 1].text) <= 16 and signs.PROGRESSIVE.search(text):
                below["of a caption"] = 1.0
            credit = "credit" in last or "of a caption" in below or signs.CREDIT.search(text)
            if credit or (signs.PROGRESSIVE.search(text) and signs.CAPTION_WORDS.search(text)):
                for k in range(start, i + 1):
                    found[k]["of a caption"] = 1.0 if credit else 0.6


def _cuts_paragraphs(lines: Sequence[Line], unfinished: Sequence[bool]) -> bool:
    """Whether the page's long paragraphs are cut at column ends: more than one in twenty ends unfinished."""
    long = [cut for line, cut in zip(lines, unfinished, strict=True) if line.end - line.start > 80]
    return sum(long) > len(long) * 0.05


def _head_marks(lines: Sequence[Line], found: Sequence[Traits]) -> set[str]:
    """The marks (■, ▲…) that headlines carry on this page: those that follow a label, a byline or nothing."""
    marks = set()
    for i, (line, t) in enumerate(zip(lines, found, strict=True)):
        before = found[i - 1] if i else {"label": 1.0}
        opens = "notice label" not in before and before.keys() & {
            "label",
            "corner",
            "section",
            "byline",
            "author",
            "issue",
            "page number",
        }
        if (
            "marker" in t
            and opens
            and not t.keys() & {"sentence", "notice label", "label", "obituary", "posts"}
        ):
            marks.add(line.text[0])
    return marks


def _glued(lines: Sequence[Line], onward: Sequence[float]) -> list[str]:
    """Each line's text with what stands between it and the one before: a space, or nothing inside a word."""
    found = [lines[0].text[:WINDOW]] if lines else []
    for i in range(1, len(lines)):
        left, right = lines[i - 1], lines[i]
        joined = onward[i - 1] and right.gap == 0 and spaced(left.text[-12:], right.text[:12]) <= 0
        found.append(("" if joined else " ") + right.text[:WINDOW])
    return found


def _cut(lines: Sequence[Line], i: int, onward: float, width: int, narrowest: int) -> float:
    """How likely an unfinished line was cut and goes on: in the next line, or after what stands between."""
    text = lines[i].text
    n = len(text)
    runs_on = onward
    if n > 40:
        later = (continues(text[-40:], lines[k].text[:40]) - 1 for k in range(i + 2, min(i + 6, len(lines))))
        runs_on = max(runs_on, *later, -5.0)
    if width:
        runs_on += 1.8 if narrowest <= n <= width * 1.3 else -3.0
    else:
        runs_on += 1.0 if n > 100 else 0.0 if n > 50 else -1.5
    if _PLAIN_END.search(text[:HEAD]):
        # A sentence that ends inside the line was followed by another one: no headline does that.
        runs_on += 3.0
    if _hangs(text):
        runs_on += 3.5
    return probability(runs_on)


def _hangs(text: str) -> bool:
    """Whether a line breaks off inside a quotation, or at a particle that no headline ends with."""
    hanging = signs.HANGING.search(text[-TAIL:])
    return _open_quote(text) or (hanging is not None and (len(text) > 11 or text[-1] in "'\"‘“("))


def _open_quote(text: str) -> bool:
    """Whether a quotation that begins in `text` does not end in it."""
    pairs = (("“", "”"), ("‘", "’"), ("(", ")"))
    return text.count('"') % 2 == 1 or any(text.rfind(a) > text.rfind(b) for a, b in pairs)


def _echo(line: str, after: str) -> float:
    """The share of a line's character pairs that the text after it has too."""
    pairs = {w[i : i + 2] for w in _WORD.findall(line) for i in range(len(w) - 1)}
    if not pairs:
        return 0.0
    return sum(1 for p in pairs if p in after) / len(pairs)
