"""What the words of an article are worth to its summary: the headline's words and the often repeated ones most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain import Article, Sentence, Token

CONTENT = frozenset({"NNG", "NNP", "SN", "SL", "SH", "NR", "XR", "VV", "VA"})


class Worth:
    """The worth of each morpheme of one article, from 0 (a particle) to about 2 (a name from the headline)."""

    def __init__(self, article: Article, sentences: tuple[Sentence, ...]) -> None:
        self._often = Counter(t.form for s in sentences for t in s.tokens if t.tag in CONTENT)
        self._title = " ".join([article.headline or "", *article.subheads])

    def of(self, token: Token) -> float:
        """What keeping this morpheme is worth."""
        if token.tag not in CONTENT:
            return 0.1 if token.tag.startswith(("VV", "VA", "MAG", "NNB")) else 0.0
        worth = 0.4 + 0.15 * min(self._often[token.form], 4)
        if len(token.form) > 1 and token.form in self._title:
            worth += 0.6
        if token.tag in {"NNP", "SL", "SN", "SH", "NR"}:
            worth += 0.3
        return worth if token.tag not in {"VV", "VA"} else 0.5 * worth
