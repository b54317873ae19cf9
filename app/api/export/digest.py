"""The printable digest: the day's pages in one HTML file that needs nothing else."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from app.api.labels import IPTC, KOREAN, source_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from app.api.export import Page
    from app.api.schemas import ArticleOut

_WEEKDAYS = "월화수목금토일"
_STYLE = """
:root { --ink: #1b1a18; --soft: #66625b; --rule: #cfc9bd; --act: #1d4f7c; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2.4rem 1.5rem 4rem; max-width: 60rem; color: var(--ink); background: #fff;
  font: 1rem/1.65 Pretendard, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; }
h1, h2, h3 { font-family: "Noto Serif KR", "Noto Serif CJK KR", "Nanum Myeongjo", AppleMyungjo, Batang, serif; line-height: 1.35; }
header { border-bottom: 3px double var(--ink); padding-bottom: .6rem; margin-bottom: 1.6rem;
  display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .2rem 1rem; }
h1 { font-size: 1.75rem; margin: 0; }
header p { margin: 0; color: var(--soft); }
section { margin-bottom: 2rem; }
h2 { font-size: 1.02rem; margin: 0 0 .9rem; padding: .1rem 0; border-bottom: 1px solid var(--ink); break-after: avoid; }
.articles { columns: 2 22rem; column-gap: 2.2rem; column-rule: 1px solid var(--rule); }
article { break-inside: avoid; padding-bottom: 1.3rem; }
h3 { font-size: 1.12rem; margin: 0 0 .35rem; letter-spacing: -.01em; }
/* Wide enough for the markers: what stands left of a column is cut off in print. */
ul { margin: 0; padding-left: 1.3em; }
li { margin: .15rem 0; }
li::marker { color: var(--act); }
article p { margin: .4rem 0 0; font-size: .8rem; color: var(--soft); }
footer { border-top: 1px solid var(--rule); padding-top: .7em; font-size: .85em; color: var(--soft); }
footer p { margin: .2rem 0; }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 9.6pt; line-height: 1.55; }
  h1 { font-size: 18pt; } h2 { font-size: 10.5pt; } h3 { font-size: 11.5pt; }
  .articles { columns: 2; column-gap: 8mm; }
}
"""


def parts(pages: Iterable[Page], made: datetime) -> Iterator[bytes]:
    """The document, a page of the paper at a time."""
    day = f"{made.year}년 {made.month}월 {made.day}일 {_WEEKDAYS[made.weekday()]}요일"
    yield _open(day)
    count, seen = 0, 0
    labels: dict[str, str] = {}
    for page in pages:
        count += 1
        seen += len(page.response.articles)
        body = "".join(_article(article, page, labels) for article in page.response.articles)
        body = body or "<p>기사를 찾지 못한 지면입니다.</p>"
        yield f'<section><h2>{escape(page.title)}</h2><div class="articles">{body}</div></section>\n'.encode()
    notes = "".join(
        f"<p>{escape(text if text.startswith(mark) else f'[{mark}] {text}')}</p>"
        for mark, text in labels.items()
    )
    yield f"<footer>{notes}<p>지면 {count}면, 기사 {seen}건</p></footer></body></html>\n".encode()


def _open(day: str) -> bytes:
    return (
        '<!doctype html><html lang="ko"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>지면 요약 {day}</title><style>{_STYLE}</style></head><body>"
        f"<header><h1>지면 요약</h1><p>{day}</p></header>\n"
    ).encode()


def _article(article: ArticleOut, page: Page, labels: dict[str, str]) -> str:
    """An article with its mark; the label's whole wording stands once at the end of the digest."""
    kind = source_type(article)
    mark = KOREAN[kind]
    labels.setdefault(mark, page.labels.text(generated=kind.generated))
    by = ", ".join(b.name for b in article.bylines)
    lines = "".join(f"<li>{escape(line)}</li>" for line in article.summary)
    return (
        f'<article data-ai="{"generated" if kind.generated else "extracted"}" '
        f'data-digital-source-type="{IPTC}{kind}">'
        f"<h3>{escape(article.headline or '제목 없음')}</h3><ul>{lines}</ul>"
        f"<p>{f'{escape(by)} · ' if by else ''}[{mark}]</p></article>"
    )
