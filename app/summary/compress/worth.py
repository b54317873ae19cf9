"""What the words of an article are worth to its summary: the chance that its desk would say each in a line.

The coefficients are read from `worth.toml` beside this module, whose card says how they were learned
(`training/worth.py`).
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from app.summary.learned import learned

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Sentence, Token

CONTENT: Final = frozenset({"NNG", "NNP", "SN", "SL", "SH", "NR", "XR"})
FEATURES: Final = ("base", "often", "early", "figure")
"""One, the logarithm of how often the article says the word, whether its first sentences do, whether it is a number."""
_EARLIEST = 3
# A word's part in the sense of its sentence, whatever the article makes of it; in the same unit.
_SENSE = 0.12
_UNIT = 2.5
# The chance of a word that a line has and its article has not.
_UNKNOWN = 0.05


@lru_cache(maxsize=1)
def coefficients() -> tuple[float, ...]:
    """The learned weights of the features.

    Raises:
        ModelError: the file does not have a weight for each feature.
    """
    weights, _ = learned("app.summary.compress", "worth.toml", FEATURES, "training.worth")
    return weights


def features(sentences: tuple[Sentence, ...]) -> Callable[[str], tuple[float, float, float]]:
    """What an article shows of a word: the first three of `FEATURES`."""
    often = Counter(t.form for s in sentences for t in s.tokens if t.tag in CONTENT)
    early = {t.form for s in sentences[:_EARLIEST] for t in s.tokens}
    return lambda form: (1.0, math.log(max(1, often[form])), float(form in early))


class Worth:
    """The chance of each morpheme of one article, from 0 (a particle) to about 0.8."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        *shared, self._figure = coefficients()
        shown = features(sentences)
        forms = {t.form for s in sentences for t in s.tokens if t.tag in CONTENT}
        self._logits = {form: sum(w * x for w, x in zip(shared, shown(form), strict=True)) for form in forms}
        self._chances: dict[tuple[str, bool], float] = {}

    def chance(self, token: Token) -> float:
        """How likely a line of the desk's has this word."""
        if token.tag not in CONTENT:
            return 0.0
        key = token.form, token.tag == "SN"
        found = self._chances.get(key)
        if found is None:
            logit = self._logits.get(token.form)
            found = _UNKNOWN if logit is None else 1 / (1 + math.exp(-logit - self._figure * key[1]))
            self._chances[key] = found
        return found

    def of(self, token: Token) -> float:
        """What keeping this morpheme is worth, in units of the losses: a content word about one."""
        if token.tag in CONTENT:
            return _UNIT * (_SENSE + self.chance(token))
        return 0.1 if token.tag.startswith(("VV", "VA", "MAG", "NNB")) else 0.0
