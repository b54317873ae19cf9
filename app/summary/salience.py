"""How much of its article a sentence carries: a few features of it, weighed by learned coefficients.

The coefficients are read from `salience.toml` beside this module, whose card says how they were learned
(`training/salience.py`). Nothing here knows a model or a style.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from app.summary.eligible import Eligibility, eligibilities
from app.summary.learned import learned
from app.text.morphology import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.domain import Article, Sentence, Token

CONTENT: Final = frozenset({"NNG", "NNP", "SN", "SL", "SH", "NR", "XR"})
"""Tags of the morphemes that carry what a sentence is about."""

# What a sentence opens with, ends in or holds; each is a feature by its name.
_OPENINGS: Final = {
    "addition": r"(?:또|또한|이어|아울러|이와 함께|이 밖에|이밖에|이외에|여기에|더불어|그러면서)\b",
    "background": r"(?:한편|앞서|이에 앞서|참고로|그동안|당초)\b",
    "contrast": r"(?:하지만|그러나|다만|반면|그럼에도|그런데)\b",
    "consequence": r"(?:이에 따라|이에|따라서|결국|이로써|이를 통해|이로 인해)\b",
    "emphasis": r"(?:특히|실제로?|예를 들어|가령|이를테면|일례로)\b",
    "deictic": r"(?:그|이)(?:는|들은|들이|런|러한|같은)?\s|이번\s|해당\s|당시\s|여기|양측|양사|두 사람",
    "bullet": r"[■□◆◇▲△▶▷○●◎※☞·*#-]|[①-⑳]|\d+[.)]\s",
}
_ENDINGS: Final = {
    "announced": r"(?:밝혔|발표했|알려졌|나타났|조사됐|집계됐|확인됐|드러났)(?:습니)?다\W*$",
    "said": r"(?:말했|전했|설명했|강조했|덧붙였|지적했|주장했|당부했|내다봤|분석했|평가했|촉구했|답했|했)(?:습니)?다\W*$",
    "remarked": r"(?:덧붙였|설명했|강조했|당부했|전했|말했|언급했|답했)(?:습니)?다\W*$",
    "planned": r"(?:예정|계획|방침|전망|예상|기대)\S{0,4}다\W*$|겠다\W*$|나선다\W*$|추진한다\W*$",
    "question": r"\?[”\"’']?\s*$",
    "scene": r"고 있(?:다|습니다)\W*$",
}
_HOLDINGS: Final = {
    "quotation": r"[“\"][^”\"]{12,}[”\"]",
    "said_by": r"[”\"’'](?:이?라고|고|이?라며|며|이?라는|면서)",
    "dated": r"(?<!\d)\d+일\s?(?:\([^()]*\)\s?)?(?:[가-힣]+에서\s)?(?:이같이\s)?(?:밝혔|발표했|보도했|전했|개최했|열었|체결했)",
}
_PATTERNS: Final = {
    **{name: re.compile(rf"\A(?:\s*{source})") for name, source in _OPENINGS.items()},
    **{name: re.compile(source) for name, source in (_ENDINGS | _HOLDINGS).items()},
}
_PLACES: Final = ("first", "second", "third", "early", "relative_place", "last", "paragraph_start")
_CONTENTS: Final = (
    "centrality", "mean_centrality", "log_length", "short", "figures", "many_figures", "names",
    "headline", "subheads",
)  # fmt: skip
FEATURES: Final = (*_PLACES, *_CONTENTS, *_PATTERNS)
"""The features, in the order of `Features.values`' columns."""

_MANY_FIGURES = 5
_SHORT = 30
_PARAGRAPHS = 3  # Below it a paragraph's start says nothing.


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of an article's sentences before they are weighed."""

    values: NDArray[np.float64]
    """Sentences by features."""
    eligible: tuple[Eligibility, ...]
    likeness: NDArray[np.float64]
    """Sentences by sentences: the cosine of their content words, 0 on the diagonal."""
    overlap: NDArray[np.float64]
    """Sentences by sentences: the share of the shorter one's content words that the other has, too."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The learned weights, and the analyser whose morphemes they were learned on."""

    weights: NDArray[np.float64]
    analyser: str


def content(tokens: Sequence[Token]) -> list[str]:
    """The content words among `tokens`, in order."""
    return [t.form for t in tokens if t.tag in CONTENT]


def features(article: Article, sentences: Sequence[Sentence]) -> Features:
    """The features of `article`'s sentences; its headline and subheads are analysed here."""
    headline = frozenset(content(tokenize(article.headline))) if article.headline else frozenset()
    subheads = frozenset(content(tokenize(" ".join(article.subheads)))) if article.subheads else frozenset()
    return features_of(sentences, headline, subheads)


def features_of(
    sentences: Sequence[Sentence], headline: frozenset[str], subheads: frozenset[str]
) -> Features:
    """The same, from the content words of headline and subheads."""
    eligible = eligibilities(sentences)
    words = [frozenset(content(sentence.tokens)) for sentence in sentences]
    values = np.zeros((len(sentences), len(FEATURES)))
    if sentences:
        present = _presence(words)
        columns = {name: values[:, n] for n, name in enumerate(FEATURES)}
        _place(columns, sentences, eligible)
        _carry(columns, sentences, present, eligible)
        for name, wanted in (("headline", headline), ("subheads", subheads)):
            if wanted:
                columns[name][:] = [len(found & wanted) / len(wanted) for found in words]
        for name, pattern in _PATTERNS.items():
            columns[name][:] = [pattern.match(s.text) is not None for s in sentences] if name in _OPENINGS else [
                pattern.search(s.text) is not None for s in sentences
            ]  # fmt: skip
        return Features(values, eligible, _likeness(present), _overlap(present))
    return Features(values, eligible, np.zeros((0, 0)), np.zeros((0, 0)))


def _presence(words: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    """Sentences by content words: 1 where the sentence has the word."""
    index: dict[str, int] = {}
    for found in words:
        # In one order, since sums of the columns differ in the last digit by theirs, and sets know none.
        for word in sorted(found):
            index.setdefault(word, len(index))
    present = np.zeros((len(words), max(1, len(index))))
    for n, found in enumerate(words):
        present[n, [index[word] for word in found]] = 1
    return present


def _place(
    columns: dict[str, NDArray[np.float64]], sentences: Sequence[Sentence], eligible: Sequence[Eligibility]
) -> None:
    """Fill in where each sentence stands among those that are eligible."""
    finished = np.array([e == Eligibility.SENTENCE for e in eligible], dtype=np.float64)
    order = np.cumsum(finished) - finished
    total = max(1.0, float(finished.sum()))
    columns["first"][:] = order == 0
    columns["second"][:] = order == 1
    columns["third"][:] = order == 2  # noqa: PLR2004 - the third is the third
    columns["early"][:] = 1 / (1 + order)
    columns["relative_place"][:] = order / total
    columns["last"][:] = order == total - 1
    paragraphs = [sentence.paragraph for sentence in sentences]
    if len(set(paragraphs)) >= _PARAGRAPHS:
        columns["paragraph_start"][:] = [
            n == 0 or paragraphs[n - 1] != here for n, here in enumerate(paragraphs)
        ]


def _carry(
    columns: dict[str, NDArray[np.float64]],
    sentences: Sequence[Sentence],
    present: NDArray[np.float64],
    eligible: Sequence[Eligibility],
) -> None:
    """Fill in how many of the words that the article keeps coming back to each sentence has."""
    finished = np.array([e == Eligibility.SENTENCE for e in eligible], dtype=np.float64)
    elsewhere = np.maximum(finished @ present - 1, 0)
    size = np.maximum(present.sum(axis=1), 1)
    central = present @ np.log1p(elsewhere) / np.sqrt(size)
    mean = present @ elsewhere / size
    columns["centrality"][:] = central / max(float(central.max()), 1e-9)
    columns["mean_centrality"][:] = mean / max(float(mean.max()), 1e-9)
    columns["log_length"][:] = [math.log(max(1, len(s.text))) for s in sentences]
    columns["short"][:] = [len(s.text) < _SHORT for s in sentences]
    figures = np.array([sum(t.tag == "SN" for t in s.tokens) for s in sentences])
    columns["figures"][:] = np.minimum(3, figures)
    columns["many_figures"][:] = figures > _MANY_FIGURES
    columns["names"][:] = [min(3, sum(t.tag == "NNP" for t in s.tokens)) for s in sentences]


def _likeness(present: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cosines of the sentences' content words, rare ones counting for more."""
    rarity = np.log((len(present) + 1) / (present.sum(axis=0) + 0.5))
    weighed = present * np.maximum(rarity, 0)
    weighed /= np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), 1e-9)
    likeness: NDArray[np.float64] = weighed @ weighed.T
    np.fill_diagonal(likeness, 0)
    return likeness


def _overlap(present: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of the shorter of two sentences the other one says."""
    size = np.maximum(present.sum(axis=1), 1)
    overlap: NDArray[np.float64] = present @ present.T / np.minimum.outer(size, size)
    return overlap


@lru_cache(maxsize=1)
def coefficients() -> Coefficients:
    """The learned coefficients that come with the package.

    Raises:
        ModelError: the file does not have a weight for each feature.
    """
    weights, table = learned("app.summary", "salience.toml", FEATURES, "training.salience")
    return Coefficients(np.array(weights), table["card"]["analyser"])


def salience(found: Features) -> NDArray[np.float64]:
    """How well each sentence would stand for the article; higher is better, the scale is the logit's."""
    scores: NDArray[np.float64] = found.values @ coefficients().weights
    return scores
