"""A line's words as its article reads them: 사기 is fraud where the article has the noun, and not buying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.domain import Token
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.summary.grounding.source import Ground

# 사기로 했다, 사기로 결정했다: a deed that is decided on.
_DECIDING = frozenset({"하", "결정", "합의", "확정", "약속", "마음먹"})


def as_read(tokens: Sequence[Token], source: Ground) -> tuple[Token, ...]:
    """The morphemes of a line, a verb made a noun (사/기) as the noun of these letters that its article has."""
    found: list[Token] = []
    n = 0
    while n < len(tokens):
        token, after = tokens[n], tokens[n + 1] if n + 1 < len(tokens) else None
        if after is not None and _is_noun(token, after, source) and not _decides(tokens[n + 2 : n + 4]):
            token = Token(token.form + after.form, "NNG", token.start, after.end)
            n += 1
        elif after is not None and (token.form, after.form) == ("없", "애"):
            found.append(
                Token("없애", "VV", token.start, after.end)
            )  # to do away with, and not: there is none
            token = Token("어", "EC", after.end, after.end)
            n += 1
        found.append(token)
        n += 1
    return tuple(found)


def _is_noun(token: Token, after: Token, source: Ground) -> bool:
    return base(token) in {"VV", "VA"} and base(after) == "ETN" and token.form + after.form in source.nouns


def _decides(following: Sequence[Token]) -> bool:
    return len(following) > 1 and following[0].form == "로" and following[1].form in _DECIDING
