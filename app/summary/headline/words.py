"""How likely each word of an article is to stand in its headline, by learned coefficients.

The coefficients are read from `words.toml` beside this module, whose card says how they were learned
(`training/headline.py`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final

from app.summary.learned import learned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from app.domain import Sentence, Token

LEXICAL: Final = frozenset({"NNG", "NNP", "SN", "SL", "SH", "NR", "XR", "VV", "VA", "MAG"})
"""Tags of the words that are scored; all others follow the word they stand by."""

_AFTER: Final = {
    "JX": "topic",
    "JKS": "subject",
    "JKO": "object",
    "JKG": "genitive",
    "JKB": "oblique",
    "JC": "list",
    "SP": "list",
    "XSV": "acting",
    "XSA": "describing",
    "VCP": "copula",
    "ETM": "adnominal",
    "NNB": "unit",
    "SSC": "closed",
}
_QUOTED = re.compile(r"‘[^‘’]*’|“[^“”]*”|'[^']*'|\"[^\"]*\"")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DAYS: Final = frozenset({"일", "월", "시", "분"})
_PLAIN: Final = (
    "bias", "often", "first_seen", "once", "in_lead", "in_second", "in_third", "place", "opens", "closes",
    "most", "among_most", "spread", "openings", "paired", "closing_act", "leading_name",
    "one_syllable", "long_word", "quoted", "bracketed", "day", "year", "amount", "in_compound", "starts_compound",
    *(f"tag_{tag}" for tag in sorted(LEXICAL - {"NNG"})), *sorted(f"before_{name}" for name in set(_AFTER.values())),
)  # fmt: skip
FEATURES: Final = (*_PLAIN, *(f"lead_{name}" for name in _PLAIN))
"""The features, in the order of the coefficients: in the lead each counts a second time, by a weight of its own."""
_INDEX: Final = {name: n for n, name in enumerate(FEATURES)}
_OPENS, _CLOSES = 0.2, 0.85
_LONG = 3
_MOST = 5
_NOUNS: Final = frozenset({"NNG", "NNP", "SL"})


@dataclass(frozen=True, slots=True)
class Coefficients:
    """The learned weights of the features, and of the commonest words by themselves."""

    weights: tuple[float, ...]
    words: dict[str, float]


def tag(token: Token) -> str:
    """A token's tag without Kiwi's mark of its conjugation."""
    return token.tag.partition("-")[0]


def occurrences(
    sentences: Sequence[Sentence], chosen: Sequence[int]
) -> Iterator[tuple[int, int, str, list[tuple[int, float]]]]:
    """Sentence, token, word and features (index and value, the others 0) of each word of `chosen` sentences."""
    spread = _Spread.of(sentences, chosen)
    for rank, n in enumerate(chosen):
        sentence = sentences[n]
        quoted = [m.span() for m in _QUOTED.finditer(sentence.text)]
        bracketed = [m.span() for m in _BRACKETED.finditer(sentence.text)]
        for i, token in enumerate(sentence.tokens):
            if tag(token) in LEXICAL:
                common = _of_word(token.form, spread)
                paired = (
                    i + 1 < len(sentence.tokens) and spread.pairs[token.form, sentence.tokens[i + 1].form] > 1
                )
                if paired and tag(sentence.tokens[i + 1]) in _NOUNS:
                    common = chain(common, [(_INDEX["paired"], 1.0)])
                found = [*common, *_of_place(sentence, i, rank, quoted, bracketed)]
                if rank == 0:
                    # What tells a headline's word in the lead is not what tells it elsewhere: the loss of the
                    # articles held out is 0.330 with these, 0.335 without.
                    found += [(k + len(_PLAIN), value) for k, value in found]
                yield n, i, token.form, found


@dataclass(frozen=True, slots=True)
class _Spread:
    """Where an article's words stand in it."""

    sentences: int
    seen: Counter[str]
    """The sentences that have each word."""
    first: dict[str, int]
    """The first of them."""
    opening: Counter[str]
    """How many of the sentences that a headline is sought in have it."""
    pairs: Counter[tuple[str, str]]
    """The sentences that have each two neighbours."""
    most: tuple[str, ...]
    """The nouns that most sentences have."""

    @classmethod
    def of(cls, sentences: Sequence[Sentence], chosen: Sequence[int]) -> _Spread:
        """The spread of the words of an article."""
        seen: Counter[str] = Counter()
        nouns: Counter[str] = Counter()
        opening: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        first: dict[str, int] = {}
        for n, sentence in enumerate(sentences):
            forms = {t.form for t in sentence.tokens if tag(t) in LEXICAL}
            seen.update(forms)
            # In the text's order, so that of nouns as common the earlier count, in every process the same.
            nouns.update(
                [*dict.fromkeys(t.form for t in sentence.tokens if tag(t) in _NOUNS and len(t.form) > 1)]
            )
            pairs.update({(a.form, b.form) for a, b in pairwise(sentence.tokens)})
            if n in chosen:
                opening.update(forms)
            for form in forms:
                first.setdefault(form, n)
        most = tuple(form for form, _ in nouns.most_common(_MOST))
        return cls(len(sentences), seen, first, opening, pairs, most)


def _of_word(form: str, spread: _Spread) -> Iterator[tuple[int, float]]:
    seen = spread.seen
    yield _INDEX["bias"], 1.0
    yield _INDEX["often"], math.log(seen[form])
    yield _INDEX["spread"], seen[form] / spread.sentences
    yield _INDEX["openings"], math.log(max(1, spread.opening[form]))
    yield _INDEX["first_seen"], 1 / (1 + spread.first[form])
    if form in spread.most[:2]:
        yield _INDEX["most"], 1.0
    elif form in spread.most:
        yield _INDEX["among_most"], 1.0
    if seen[form] == 1:
        yield _INDEX["once"], 1.0
    if len(form) == 1:
        yield _INDEX["one_syllable"], 1.0
    elif len(form) > _LONG:
        yield _INDEX["long_word"], 1.0


def _of_place(
    sentence: Sentence, i: int, rank: int, quoted: list[tuple[int, int]], bracketed: list[tuple[int, int]]
) -> Iterator[tuple[int, float]]:
    tokens, token = sentence.tokens, sentence.tokens[i]
    place = token.start / max(1, len(sentence.text))
    yield _INDEX["place"], place
    names = [("in_lead", "in_second", "in_third")[rank]] if rank < 3 else []  # noqa: PLR2004 - three names
    if place < _OPENS:
        names.append("opens")
    elif place > _CLOSES:
        names.append("closes")
    if tag(token) != "NNG":
        names.append(f"tag_{tag(token)}")
    if i == 0 and tag(token) in {"NNP", "SL"}:
        names.append("leading_name")
    if place > _CLOSES and i + 1 < len(tokens) and tag(tokens[i + 1]) == "XSV":
        names.append("closing_act")
    if any(lo < token.start < hi for lo, hi in quoted):
        names.append("quoted")
    if any(lo < token.start < hi for lo, hi in bracketed):
        names.append("bracketed")
    for name in (*names, *_of_neighbours(tokens, i)):
        yield _INDEX[name], 1.0


def _of_neighbours(tokens: Sequence[Token], i: int) -> Iterator[str]:
    token, after = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None:
        return
    if tag(after) in _AFTER:
        yield f"before_{_AFTER[tag(after)]}"
    if token.tag == "SN":
        yield "day" if after.form in _DAYS else "year" if after.form == "년" else "amount"
    if tag(after) in _NOUNS:
        yield "in_compound"
        if i == 0 or tag(tokens[i - 1]) not in _NOUNS:
            yield "starts_compound"


@lru_cache(maxsize=1)
def coefficients() -> Coefficients:
    """The learned coefficients that come with the package.

    Raises:
        ModelError: the file does not have a weight for each feature.
    """
    weights, table = learned("app.summary.headline", "words.toml", FEATURES, "training.headline")
    return Coefficients(weights, dict(table["words"]))


def chances(sentences: Sequence[Sentence], chosen: Sequence[int]) -> dict[tuple[int, int], float]:
    """For each word (sentence, token) of `chosen`, how likely it is to stand in the headline, 0 to 1."""
    learned = coefficients()
    found = {}
    for n, i, word, features in occurrences(sentences, chosen):
        logit = learned.words.get(word, 0.0) + sum(learned.weights[k] * value for k, value in features)
        found[n, i] = 1 / (1 + math.exp(-logit))
    return found


def best_anywhere(sentences: Sequence[Sentence], likely: Mapping[tuple[int, int], float]) -> dict[str, float]:
    """For each word of `chances`, the best that it has in any of its places."""
    best: dict[str, float] = {}
    for (n, i), chance in likely.items():
        form = sentences[n].tokens[i].form
        best[form] = max(chance, best.get(form, 0.0))
    return best
