"""Markdown: a heading and a list for every article, readable as it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.api.labels import IPTC, source_type

if TYPE_CHECKING:
    from app.api.export import Page
    from app.api.schemas import ArticleOut

# What begins markup inside a line, and what does at its start: `1994. ` would be a list, `# ` a heading.
_INLINE = re.compile(r"([\\`*_\[\]<>|~&])")
_START = re.compile(r"^(\s*)(#|[-+=]|\d+(?=[.)]))")


def dump(page: Page) -> bytes:
    """The page's articles as Markdown."""
    return "\n".join(_article(article, page) for article in page.response.articles).encode()


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    text = _INLINE.sub(r"\\\1", " ".join(text.split()))
    match = _START.match(text)
    if match is None:
        return text
    at = match.end() if match[2].isdigit() else match.start(2)
    return f"{text[:at]}\\{text[at:]}"


def _article(article: ArticleOut, page: Page) -> str:
    kind = source_type(article)
    lines = [
        f"## {escaped(article.headline or '제목 없음')}",
        "",
        *(f"- {escaped(line)}" for line in article.summary),
        "",
        f"> ※ {escaped(page.labels.text(generated=kind.generated))}",
        "",
        f"<!-- digitalSourceType: {IPTC}{kind} -->",
    ]
    return "\n".join(lines) + "\n"
