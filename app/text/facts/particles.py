"""What the particles behind a noun make of it in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.text.facts.tails import base

if TYPE_CHECKING:
    from app.domain import Token

_ROLES = {"JKS": "subject", "JKO": "object", "JKG": "of", "JC": "and", "JKC": "complement", "JKQ": "quote"}
# 사장 역시: adverbs in the place of a particle.
LIKEWISE = frozenset({"역시", "또한"})


def role_of(tokens: tuple[Token, ...], n: int) -> str:
    """The role that the particles from token `n` give; a parenthesis between a word and its particle is skipped."""
    while n < len(tokens) and (
        (base(tokens[n]) == "SSC" and tokens[n].form != ")") or tokens[n].form in {"(", "㈜"}
    ):
        if tokens[n].form == "(":
            n = next((k for k in range(n, min(len(tokens), n + 12)) if tokens[k].form == ")"), n)
        n += 1
    role = ""
    while n < len(tokens) and base(tokens[n]).startswith("J") and not _inside_word(tokens, n):
        form, tag = tokens[n].form, base(tokens[n])
        if tag == "JX" and form in {"은", "는", "ᆫ"}:
            limits = n > 0 and tokens[n - 1].form in {"부터", "까지"}  # 내년부터는
            role = role if role in {"to", "at"} else "at" if limits else "topic"
        elif tag == "JX" and form in {"도", "만"}:
            role = role or "also"
        elif tag == "JKB":
            role = "to" if form in {"에게", "께", "한테"} else "and" if form in {"와", "과"} else "at"
        elif tag in _ROLES:
            role = _ROLES[tag]
        n += 1
        if (
            role == "topic"
            and base(tokens[n - 2]) == "NNP"
            and (behind := _behind_aside(tokens, n)) is not None
        ):
            role, n = "", behind  # 노경은(투수)만을: a particle that is of the name
    return role or _role_of_bare(tokens, n)


def _role_of_bare(tokens: tuple[Token, ...], n: int) -> str:
    """The role of a word without particles, by token `n` behind it."""
    if n < len(tokens) and base(tokens[n]) in {"XSV", "XSA", "VCP", "VCN"}:
        return "predicate"
    return "also" if n < len(tokens) and tokens[n].form in LIKEWISE else ""  # 사장 역시


def _inside_word(tokens: tuple[Token, ...], n: int) -> bool:
    """Whether what looks like a particle of subjects stands inside a word: 자가재생, where a noun goes on behind it."""
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    return (
        after is not None
        and base(tokens[n]) in {"JKS", "JX"}
        and base(after) in {"NNG", "NNP", "XSN"}
        and after.start == tokens[n].end
    )


def _behind_aside(tokens: tuple[Token, ...], n: int) -> int | None:
    """The particle behind the parenthesis at token `n`, if there are both."""
    if n >= len(tokens) or tokens[n].form != "(" or tokens[n].start != tokens[n - 1].end:
        return None
    end = next((k for k in range(n, min(len(tokens), n + 12)) if tokens[k].form == ")"), None)
    if end is None or end + 1 >= len(tokens) or not base(tokens[end + 1]).startswith("J"):
        return None
    return end + 1
