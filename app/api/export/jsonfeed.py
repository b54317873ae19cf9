"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/): an item for every article."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from app.api.labels import IPTC, source_type

if TYPE_CHECKING:
    from app.api.export import Page
    from app.api.schemas import ArticleOut

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://www.jsonfeed.org/version/1.1/#sejul")


def feed(page: Page) -> dict[str, Any]:
    """The page as a feed; what JSON Feed has no field for is in `_sejul`, as its rules for extensions say."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title,
        "language": "ko",
        "items": [_item(article, page) for article in page.response.articles],
    }


def dump(page: Page) -> bytes:
    """The feed as JSON."""
    return json.dumps(feed(page), ensure_ascii=False).encode()


def _item(article: ArticleOut, page: Page) -> dict[str, Any]:
    kind = source_type(article)
    label = page.labels.text(generated=kind.generated)
    seed = "\n".join([page.title, str(article.index), article.headline or "", *article.summary])
    found: dict[str, Any] = {
        "id": uuid.uuid5(_NAMESPACE, seed).urn,
        "content_text": "\n".join([*article.summary, "", f"※ {label}"]),
        "summary": " ".join(article.summary),
        "date_published": page.made.isoformat(timespec="seconds"),
        "language": "ko",
        "_sejul": {
            "generated": kind.generated,
            "label": label,
            "digital_source_type": IPTC + kind,
            "headline_origin": article.headline_origin,
            "origins": article.origins,
            "notices": [n.model_dump() for n in article.notices],
        },
    }
    if article.headline:
        found["title"] = article.headline
    if article.bylines:
        found["authors"] = [{"name": b.name} for b in article.bylines]
    return found
