"""IPTC ninjs 3.3 (https://www.iptc.org/std/ninjs/): a page as one composite item, its articles associated with it.

IPTC's `aiInfo` (ADR 0004) is proposed and in no published schema, so it is not written here.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from app.api.labels import IPTC, KOREAN, SourceType, source_type

if TYPE_CHECKING:
    from app.api.export import Page
    from app.api.schemas import ArticleOut

_STANDARD = {
    "name": "ninjs",
    "version": "3.3",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.3.json#",
}
_TEXT = "text/plain"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.iptc.org/std/ninjs/#sejul")


def item(page: Page) -> dict[str, Any]:
    """The page as a ninjs document; the same page has the same uri whenever it is made.

    A page has no date that can be read for certain, so `contentCreated` is left out and `versionCreated` says when
    the summary was made.
    """
    articles = page.response.articles
    name = uuid.uuid5(_NAMESPACE, "\n".join([page.title, *(a.body or "" for a in articles)]))
    made = page.made.isoformat(timespec="seconds")
    generated = page.response.ai.generated
    kind = SourceType.MIXED if generated else SourceType.EXTRACTED
    return {
        "uri": name.urn,
        "type": "composite",
        "profile": "sejul-page",
        "standard": _STANDARD,
        "versionCreated": made,
        "language": "ko",
        "title": page.title,
        "descriptions": [_label(page, generated=generated)],
        "digitalSourceType": _digital(kind),
        "associations": [
            {"name": f"article-{a.index + 1}", "rel": "hasPart", **_article(a, name, made, page)}
            for a in articles
        ],
    }


def dump(page: Page) -> bytes:
    """The document as JSON, on one line."""
    return json.dumps(item(page), ensure_ascii=False).encode()


def _article(article: ArticleOut, page_name: uuid.UUID, made: str, page: Page) -> dict[str, Any]:
    kind = source_type(article, with_body=article.body is not None)
    found: dict[str, Any] = {
        "uri": uuid.uuid5(page_name, str(article.index)).urn,
        "type": "text",
        "profile": "sejul-article",
        "versionCreated": made,
        "language": "ko",
        "headlines": [
            *(
                [{"role": "main", "contentType": _TEXT, "value": article.headline}]
                if article.headline
                else []
            ),
            *({"role": "subhead", "contentType": _TEXT, "value": subhead} for subhead in article.subheads),
        ],
        "descriptions": [
            {"role": "summary", "contentType": _TEXT, "value": "\n".join(article.summary)},
            _label(page, generated=kind.generated),
        ],
        "digitalSourceType": _digital(kind),
    }
    if article.body is not None:
        found["bodies"] = [
            {
                "role": "main",
                "contentType": _TEXT,
                "charCount": len(article.body),
                "wordCount": len(article.body.split()),
                "value": article.body,
            }
        ]
    if article.bylines:
        found["by"] = ", ".join(b.name for b in article.bylines)
    agencies = dict.fromkeys(b.agency for b in article.bylines if b.agency)
    if agencies:
        found["infoSources"] = [{"name": agency} for agency in agencies]
    place = next((b.place for b in article.bylines if b.place), None)
    if place:
        found["located"] = place
    if article.notices:
        found["edNote"] = " / ".join(_note(n.line, n.message) for n in article.notices)
    return found


def _label(page: Page, *, generated: bool) -> dict[str, str]:
    return {"role": "aiLabel", "contentType": _TEXT, "value": page.labels.text(generated=generated)}


def _digital(kind: SourceType) -> dict[str, str]:
    return {"name": KOREAN[kind], "uri": IPTC + kind}


def _note(line: int | None, message: str) -> str:
    return message if line is None else f"{line}번째 줄: {message}"
