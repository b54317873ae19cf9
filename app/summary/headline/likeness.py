"""How like a press headline any text is expected to be, by the chances of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.headline.compose import CLOSING, USUAL
from app.summary.headline.words import LEXICAL, best_anywhere, chances, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain import Sentence, Token

_SENTENCES = 6  # Whose words a headline takes.
_UNKNOWN = 0.05


class Likeness:
    """The words of one article, each with the best chance that it has anywhere of standing in the headline."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        likely = chances(sentences, range(min(len(sentences), _SENTENCES)))
        self._chances = best_anywhere(sentences, likely)

    def of(self, tokens: Iterable[Token]) -> float:
        """The F1 that a text of these morphemes is expected to have with the press's own headline."""
        counted = [t for t in tokens if tag(t)[0] not in "JS" or t.tag in ("SN", "SL", "SH")]
        # In the text's order: a sum over a set differs in its last digit from process to process.
        forms = dict.fromkeys(t.form for t in counted if tag(t) in LEXICAL)
        matched = sum(self._chances.get(form, _UNKNOWN) for form in forms)
        matched += CLOSING * sum(tag(t) not in LEXICAL for t in counted)
        return 2 * matched / (len(counted) + USUAL)
