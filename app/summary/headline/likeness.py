"""How like a press headline any text is expected to be, by the chances of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.headline.words import LEXICAL, chances, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain import Sentence, Token

# Sentences whose words a headline takes, morphemes that it usually has, and the chance of a word by its side.
_SENTENCES = 6
_USUAL = 17
_CLOSING = 0.12
_UNKNOWN = 0.05


class Likeness:
    """The words of one article, each with the best chance that it has anywhere of standing in the headline."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._chances: dict[str, float] = {}
        for (n, i), chance in chances(sentences, range(min(len(sentences), _SENTENCES))).items():
            form = sentences[n].tokens[i].form
            self._chances[form] = max(chance, self._chances.get(form, 0.0))

    def of(self, tokens: Iterable[Token]) -> float:
        """The F1 that a text of these morphemes is expected to have with the press's own headline."""
        counted = [t for t in tokens if tag(t)[0] not in "JS" or t.tag in ("SN", "SL", "SH")]
        forms = {t.form for t in counted if tag(t) in LEXICAL}
        matched = sum(self._chances.get(form, _UNKNOWN) for form in forms)
        matched += _CLOSING * sum(tag(t) not in LEXICAL for t in counted)
        return 2 * matched / (len(counted) + _USUAL)
