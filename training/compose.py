"""Pages composed for training: press articles set as a newspaper sets them, between blocks of our own pages.

Each page has habits of its own: how it signs, where blank lines stand, how wide a line is, what stands between
articles. What comes out is lines with their gold, as `bench.pages` reads them; nothing of it is kept.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.pages import IN_ARTICLE, GoldLine, columns, read, taught

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Article = dict[str, str]
Run = tuple[GoldLine, ...]

HELD_OUT = 300
# How many of the articles without a subhead are taken.
BARE = 0.2
# How many advertisements are called by their name. Of 663 on own pages 4 are: too few to learn from what it tells.
NAMED = 0.08
AD_LABELS = (
    "[광고]",
    "광고",
    "전면광고",
    "[AD]",
    "<광고>",
    "[광고성 기사]",
    "기획광고",
    "PR",
    "[협찬]",
    "Advertorial",
)
_SENTENCE = re.compile(r"(?<=[다요]\.)\s+(?=\S)")
ARTICLES = Path(__file__).parent / "articles.page"
FURNITURE = Path(__file__).parent / "furniture.page"
_LABEL = re.compile(r"[가-힣&·\[\] ]{3,10}")
_SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심노하곽성차주우구민진나지엄변"
_GIVEN = "가건경광규근기나다도동라래로마명무미민보빈상서석선설성세소솔수순승아연영예오우원유윤은이인자재정제주준지진찬창채태하한해현혜호환훈희"
_PLACES = (
    "광주",
    "부산",
    "대구",
    "전주",
    "춘천",
    "제주",
    "목포",
    "여수",
    "수원",
    "인천",
    "청주",
    "세종",
    "런던",
    "도쿄",
)
_AGENCIES = ("뉴시스", "연합뉴스", "뉴스1", "새벽통신", "한길뉴스")
_CREDITS = (
    " 연합뉴스",
    " /연합뉴스",
    " 뉴시스",
    " /뉴스1",
    " 사진=뉴시스",
    " {who} 제공",
    " /{who} 제공",
    " [{who} 제공]",
    " ({who} 제공)",
    " 사진 제공 {who}",
    " {name} 기자",
    " /{name} 기자",
    " 독자 제공",
    " AP연합뉴스",
    "",
)
_OFFICES = ("시청", "도청", "구청", "주최 측", "소방본부", "경찰청", "대학", "조합", "업체")
_SHOWN = (
    "모습.",
    "전경.",
    "현장.",
    "둘러보고 있다.",
    "설명을 듣고 있다.",
    "기념사진을 찍고 있다.",
    "발언하고 있다.",
)


@dataclass(frozen=True)
class Bank:
    """What stands on pages beside press articles: labels over headlines, other blocks, articles of our own."""

    labels: list[Run]
    others: list[Run]
    own: list[list[GoldLine]]


@dataclass(frozen=True)
class Habits:
    """How a page is set."""

    sign: str = "none"
    gaps: str = "none"
    width: int = 0
    by_word: bool = False
    heads: str = "same"
    markdown: bool = False
    cut: bool = False
    mail: bool = False


def articles(data: Path) -> tuple[list[Article], list[Article]]:
    """The articles to learn line models from, and those that they have not seen, whose pages fit the path."""

    def load(name: str) -> list[Article]:
        return [json.loads(line) for line in (data / name).read_text(encoding="utf-8").splitlines()]

    dev = load("articles_dev.jsonl")
    random.Random(0).shuffle(dev)
    return _clean(dev[HELD_OUT:] + load("articles_more.jsonl")), _clean(dev[:HELD_OUT])


def _clean(found: Iterable[Article]) -> list[Article]:
    """The articles without what their bodies hold beside finished paragraphs: subheads, captions, bylines."""
    kept = []
    for article in found:
        body = article["body"].removeprefix(article["subtitle"] or "").strip()
        paragraphs = [p.strip() for p in body.split("\n")]
        body = " ".join(
            p for p in paragraphs if p.endswith(("다.", "요.", "까?", "다.”", '다."')) and len(p) > 30
        )
        if len(body) > 150 and article["title"]:
            kept.append({**article, "body": body})
    return kept


def runs(pages: Iterable[Sequence[GoldLine]]) -> tuple[list[Run], list[Run]]:
    """What own pages hold that is of no article: labels that stand over a headline, and the rest, run by run."""
    labels: list[Run] = []
    others: list[Run] = []
    for lines in pages:
        run: list[GoldLine] = []
        for line in [*lines, GoldLine("h", "")]:
            if (not line.code and run) or (
                line.code in "acntf" and line.code and (not run or line.code == run[0].code)
            ):
                run.append(line)
            else:
                while run and not run[-1].code:
                    run.pop()
                if run:
                    label = (
                        run[0].code == "f" and len(run) == 1 and line.code in "hB" and len(run[0].text) < 16
                    )
                    (labels if label else others).append(tuple(run))
                run = [line] if line.code and line.code in "acntf" else []
    return labels, others


def bank(more: Sequence[Path] = (), chosen: Callable[[int], bool] = lambda _: True) -> Bank:
    """What the own pages, `more` pages and the file of blocks hold, of those numbers that are chosen."""
    paths = [*taught(), *more]
    kept = [read(path) for k, path in enumerate(paths) if chosen(k)]
    labels, others = runs(kept)
    more_labels, more_others = furniture(read(FURNITURE))
    labels += [run for k, run in enumerate(more_labels) if chosen(k)]
    others += [run for k, run in enumerate(more_others) if chosen(k)]
    own = units(kept) + [unit for k, unit in enumerate(units([read(ARTICLES)])) if chosen(k)]
    return Bank(labels, others, own)


def furniture(lines: Sequence[GoldLine]) -> tuple[list[Run], list[Run]]:
    """The blocks of a file that holds nothing else, parted by its blank lines: labels, and the rest."""
    found: list[list[GoldLine]] = [[]]
    for line in lines:
        if line.code:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    labels = [
        tuple(run) for run in found if len(run) == 1 and _LABEL.fullmatch(run[0].text) and run[0].code == "f"
    ]
    return labels, [tuple(run) for run in found if run and tuple(run) not in labels]


def units(own: Iterable[Sequence[GoldLine]]) -> list[list[GoldLine]]:
    """The articles of own pages, each with the label over it and with what interrupts it."""
    found: list[list[GoldLine]] = []
    for lines in own:
        starts = [i for i, line in enumerate(lines) if line.code in ("h", "B")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            last = max(i for i in range(start, end) if lines[i].code and lines[i].code in IN_ARTICLE)
            first = start
            above = [i for i in range(max(0, start - 2), start) if lines[i].code]
            if above and lines[above[-1]].code == "f" and len(lines[above[-1]].text) < 16:
                first = above[-1]
            found.append([*lines[first : last + 1], GoldLine("", "")])
    return found


def name(rng: random.Random) -> str:
    """A name of nobody."""
    return rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2, 2, 2))))


def habits(rng: random.Random) -> Habits:
    """How one page is set."""
    width = rng.randint(13, 27) if rng.random() < 0.6 else 0
    gaps = (
        rng.choice(("none", "none", "none", "articles", "heads", "all", "all"))
        if width
        else rng.choice(("all", "all", "all", "articles", "none", "heads", "double"))
    )
    return Habits(
        rng.choice(
            (
                "end",
                "end",
                "end",
                "slash",
                "bracket",
                "glued",
                "start",
                "wire",
                "place",
                "none",
                "none",
                "none",
                "none",
            )
        ),
        gaps,
        width,
        rng.random() < 0.3,
        rng.choice(("same", "same", "wide", "whole")),
        rng.random() < 0.07 and not width,
        rng.random() < 0.25 and not width,
        rng.random() < 0.5,
    )


def _by(rng: random.Random, h: Habits, sign: str) -> str:
    who = name(rng)
    mail = (
        " "
        + "".join(rng.choice("abcdefghijkmnoprstuy") for _ in range(6))
        + "@"
        + rng.choice(("hangil.co.kr", "news.kr", "ilbo.com"))
        if h.mail
        else ""
    )
    role = rng.choice(("기자", "기자", "기자", "기자", "선임기자", "특파원", "객원기자"))
    if sign == "slash":
        return f"/{who} {role}{mail}"
    if sign == "bracket":
        return f"[{who} {role}{mail}]" if rng.random() < 0.5 else f"<{who} {role}>"
    if sign == "place":
        return f"{rng.choice(_PLACES)}={who} {role}{mail}"
    if rng.random() < 0.1:
        return f"{who}·{name(rng)} {role}{mail}"
    return f"{who} {role}{mail}"


def _paragraphs(body: str, rng: random.Random) -> list[str]:
    sentences = _SENTENCE.split(re.sub(r"\s+", " ", body).strip())
    keep = rng.choice((rng.randint(2, 8), rng.randint(3, 12), rng.randint(8, 24)))
    sentences = sentences[:keep]
    found: list[str] = []
    while sentences:
        n = rng.choice((1, 1, 2, 2, 3))
        found.append(" ".join(sentences[:n]))
        sentences = sentences[n:]
    return found


def _caption(article: Article, bank: Sequence[Run], rng: random.Random) -> list[GoldLine]:
    captions = [run for run in bank if run[0].code == "c"]
    if captions and rng.random() < 0.5:
        return list(rng.choice(captions))
    credit = rng.choice(_CREDITS).format(
        who=name(rng) if rng.random() < 0.2 else rng.choice(_OFFICES), name=name(rng)
    )
    sentences = _SENTENCE.split(article["body"])
    said = rng.choice(sentences)
    if len(said) > 110 or not credit or rng.random() < 0.7:
        said = re.sub(r"\S+$", rng.choice(_SHOWN), said[: rng.randint(20, 60)])
    elif rng.random() < 0.1:
        said += " " + rng.choice(sentences)
    return [GoldLine("c", rng.choice(("", "", "", "▲", "◀ ", "△ ", "사진=")) + said + credit)]


def _pieces(text: str, rng: random.Random) -> list[str]:
    """A text in two or three pieces of whole words."""
    words = text.split(" ")
    n = rng.choice((2, 2, 3)) if len(words) > 5 else 1
    cuts = sorted(rng.sample(range(1, len(words)), n - 1)) if n > 1 else []
    return [" ".join(words[a:b]) for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]


def _article(article: Article, h: Habits, others: Sequence[Run], rng: random.Random) -> list[GoldLine]:
    """One article as the page sets it; a blank line stands wherever a paragraph ends."""
    blank = GoldLine("", "")
    title = re.sub(r"\s+", " ", article["title"]).strip()
    found = [GoldLine("h", ("# " if h.markdown else "") + title)]
    if len(title) > 16 and rng.random() < 0.12 and not h.markdown:
        head = _pieces(title, rng)
        found = [GoldLine("h" if i == 0 else "+", piece) for i, piece in enumerate(head)]
    subtitle = re.sub(r"\s+", " ", article["subtitle"] or "").strip()
    inner: list[str] = []
    if subtitle and rng.random() < 0.65:
        pieces = _pieces(subtitle, rng) if len(subtitle) > 24 else [subtitle]
        if rng.random() < 0.45:
            inner = pieces
        else:
            gap = [blank] if rng.random() < 0.3 else []
            for piece in pieces:
                found += [*gap, GoldLine("s", ("## " if h.markdown else "") + piece)]
    found.append(blank)
    sign = h.sign
    if sign != "none" and rng.random() < 0.12:
        sign = rng.choice(("none", "end", "slash"))
    paragraphs = _paragraphs(article["body"], rng)
    if sign == "start":
        found += [GoldLine("y", _by(rng, h, sign)), blank]
    if sign == "wire":
        place = rng.choice(_PLACES)
        paragraphs[0] = (
            rng.choice(
                ("[{p}={a}] {n} 기자 = ", "({p}={a}) {n} 기자 = ", "[{p}={a}]{n} 기자 = ", "[{p}={a}] ")
            ).format(p=place, a=rng.choice(_AGENCIES), n=name(rng))
            + paragraphs[0]
        )
    if sign == "glued":
        paragraphs[-1] += rng.choice((" ", "/", " /", " ")) + _by(rng, h, "end")
    if rng.random() < 0.18:
        found += [*_caption(article, others, rng), blank]
    stray = rng.random()
    at = rng.randrange(len(paragraphs))
    mark = rng.choice(("", "", "", "■ ", "◆", "▲ ", "◇"))
    for i, paragraph in enumerate(paragraphs):
        if inner and i and i >= len(paragraphs) // 2:
            found += [GoldLine("s", ("### " if h.markdown else "") + mark + inner.pop(0)), blank]
        inside = i == at and stray < 0.3 and len(paragraph) > 60
        block: list[GoldLine] = []
        if inside:
            block = (
                _caption(article, others, rng)
                if rng.random() < 0.6 or not others
                else list(rng.choice(others))
            )
        if block and rng.random() < 0.35:
            cut = rng.randint(20, len(paragraph) - 20)
            if h.width:
                # A column is interrupted under a full line.
                cut = max(h.width, cut - cut % h.width)
            found += [
                GoldLine("b", paragraph[:cut].strip()),
                blank,
                *block,
                blank,
                GoldLine("b", paragraph[cut:].strip()),
                blank,
            ]
            continue
        found += [GoldLine("b", paragraph), blank, *block, blank]
    if sign in ("end", "slash", "bracket", "place"):
        found += [GoldLine("y", _by(rng, h, sign)), blank]
    if rng.random() < 0.08:
        found += [*_caption(article, others, rng), blank]
    return found


def wrap(lines: Sequence[GoldLine], h: Habits) -> list[GoldLine]:
    """Every long line cut to the page's width; a headline by its own measure, where the page has one."""
    found: list[GoldLine] = []
    for line in lines:
        width = h.width
        if line.code in "h+s" and line.code:
            width = {"same": h.width, "wide": int(h.width * 1.4), "whole": 999}[h.heads]
        if not line.code or line.code in "ty" or len(line.text) <= width:
            found.append(line)
            continue
        rest = {"h": "+", "B": "b"}.get(line.code, line.code)
        pieces = (
            _words(line.text, width)
            if h.by_word
            else [line.text[i : i + width].strip() for i in range(0, len(line.text), width)]
        )
        codes = [line.code, *[rest] * (len(pieces) - 1)]
        found += [GoldLine(code, piece) for code, piece in zip(codes, pieces, strict=True) if piece]
    return found


def _words(text: str, width: int) -> list[str]:
    pieces = [""]
    for word in text.split(" "):
        if pieces[-1] and len(pieces[-1]) + len(word) >= width:
            pieces.append(word)
        else:
            pieces[-1] += (" " if pieces[-1] else "") + word
    return pieces


def spaced(lines: Sequence[GoldLine], h: Habits) -> list[GoldLine]:
    """The page with blank lines where its habits have them."""
    found: list[GoldLine] = []
    gap = False
    for line in lines:
        if not line.code:
            gap = bool(found)
            continue
        before = found[-1].code if found else ""
        wanted = {
            "all": gap,
            "double": gap,
            "none": False,
            "articles": line.code == "h" or (gap and (line.code in "cantf" or before in "cantfy")),
            "heads": line.code == "h" or (gap and before in "hs+y"),
        }[h.gaps]
        if found and wanted and (gap or line.code == "h"):
            found += [GoldLine("", "")] * (2 if h.gaps == "double" and line.code == "h" else 1)
        found.append(line)
        gap = False
    return found


def picked(source: Sequence[Article], rng: random.Random, number: int) -> list[Article]:
    """Articles at random, of those without a subhead one in five: one press article in eleven came with its subheads."""
    found: list[Article] = []
    while len(found) < number:
        article = rng.choice(source)
        if article["subtitle"] or rng.random() < BARE:
            found.append(article)
    return found


def page(source: Sequence[Article], about: Bank, rng: random.Random) -> list[GoldLine]:
    """A page of a few articles, with what stands over, between and under them."""
    h = habits(rng)
    blank = GoldLine("", "")
    found: list[GoldLine] = []
    labels, others, own = about.labels, about.others, about.own

    def stray(share: float) -> None:
        while others and rng.random() < share:
            run = rng.choice(others)
            if run[0].code == "a" and rng.random() < NAMED:
                found.append(GoldLine("f", rng.choice(AD_LABELS)))
            found.extend([*run, blank])

    stray(0.4)
    for article in picked(source, rng, rng.randint(2, 6)):
        if labels and rng.random() < 0.15:
            found.extend([*rng.choice(labels), blank])
        if own and rng.random() < 0.6:
            lines = rng.choice(own)
            found.extend(line for line in lines if line.code != "y" or h.sign != "none")
            if found[-1].code:
                found.append(blank)
        else:
            found.extend(_article(article, h, others, rng))
        stray(0.3)
    if h.cut:
        found = columns(found)
    if h.width:
        found = wrap(found, h)
    return spaced(found, h)
