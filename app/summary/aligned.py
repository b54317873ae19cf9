"""Where the words of a line stand in the sentence that it was made from, in the sentence's order.

The longest common subsequence of both, in which words that stand side by side in both weigh more. Nouns, numbers and
Latin are matched by letters, since a compound is cut into morphemes in one way alone and in another among others
(집유장, 월곶역); verbs by their stems, where both have them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from app.summary.compress.morphemes import tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Token

CONTENT = frozenset({"NNG", "NNP", "NNB", "NR", "SN", "SL", "SH", "XR", "VV", "VA", "MM", "MAG"})
_VERBS = frozenset({"VV", "VA"})
# What the second of two neighbours weighs that are neighbours in the sentence, too, more where they are of one word: its
# letters stay together where a letter of another word stands in between.
_BESIDE = 1.1
_INSIDE = 1.3
# 7곳서 for 7곳에서: a desk's particle, which the analyser takes for a verb.
_PARTICLE = "서"


class Pair(NamedTuple):
    """A morpheme of a line, and the one of its sentence that it is."""

    said: Token
    source: Token


class _Unit(NamedTuple):
    symbol: str
    token: Token
    at: int


def aligned(text: str, said: Sequence[Token], sentence: str, source: Sequence[Token]) -> list[Pair] | None:
    """The morphemes of a line beside those of its sentence, a pair for each letter or stem that they share.

    None where a content word of the line is not in the sentence, stands there before one that it follows here, or is put
    together of parts of others.
    """
    stems = _stems(said) & _stems(source)
    mine = _units(text, [token for token in said if tag(token) in CONTENT], stems)
    theirs = _units(sentence, source, stems)
    matched = _matched(mine, theirs)
    if any(n not in matched and unit.token.form != _PARTICLE for n, unit in enumerate(mine)):
        return None
    found = [(mine[n], theirs[m]) for n, m in sorted(matched.items())]
    if any(
        one[0].token is other[0].token and sentence[one[1].at + 1 : other[1].at].strip(" ,")
        for one, other in pairwise(found)
    ) or _halved("".join(text.split()), found):
        return None
    return [Pair(one.token, other.token) for one, other in found]


def _halved(text: str, found: list[tuple[_Unit, _Unit]]) -> bool:
    """Whether of a noun of the sentence only some letters are said: 투자 of 투자자; the line may read a name otherwise."""
    said: dict[int, int] = {}
    whole: dict[int, Token] = {}
    for _, unit in found:
        said[unit.token.start] = said.get(unit.token.start, 0) + 1
        whole[unit.token.start] = unit.token
    return any(
        token.tag in {"NNG", "NNP"}
        and said[start] < len(form := "".join(token.form.split()))
        and form not in text
        for start, token in whole.items()
    )


def _stems(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(token.form for token in tokens if tag(token) in _VERBS)


def _units(text: str, tokens: Sequence[Token], stems: frozenset[str]) -> list[_Unit]:
    """What is matched: of a sentence every letter, since a name is now and then read as a verb and its endings."""
    found = []
    at = 0
    for token in tokens:
        if tag(token) in _VERBS and token.form in stems:
            found.append(_Unit(f"{token.form}다", token, token.start))
        else:
            letters = enumerate(text[max(at, token.start) : token.end], max(at, token.start))
            found += [_Unit(c, token, n) for n, c in letters if not c.isspace() and c != ","]
        at = max(at, token.end)
    return found


def _matched(mine: Sequence[_Unit], theirs: Sequence[_Unit]) -> dict[int, int]:
    """The common subsequence that weighs most: places of the first, each with its place in the second."""
    ending: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {}
    above: list[tuple[float, tuple[int, int] | None]] = [(0.0, None)] * (len(theirs) + 1)
    for i, unit in enumerate(mine):
        beside_weight = _INSIDE if i and mine[i - 1].token is unit.token else _BESIDE
        row = [above[0]]
        for j, other in enumerate(theirs):
            best = max(row[j], above[j + 1], key=lambda one: one[0])
            if unit.symbol == other.symbol:
                weight, before = above[j][0] + 1, above[j][1]
                beside = ending.get((i - 1, j - 1))
                if beside is not None and beside[0] + beside_weight > weight:
                    weight, before = beside[0] + beside_weight, (i - 1, j - 1)
                ending[i, j] = weight, before
                if weight > best[0]:
                    best = weight, (i, j)
            row.append(best)
        above = row
    found: dict[int, int] = {}
    at = above[-1][1]
    while at is not None:
        found[at[0]] = at[1]
        at = ending[at][1]
    return found
