"""What points out of a sentence: 그는, 이 사업, 이날. Such words go, are carried in, or the sentence is not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_DETERMINERS = words("이 그 저 이런 그런 이러한 그러한 해당 동 이같은 위 양")
_PRONOUNS = words("그 그녀 이 이들 그들 이것 그것 이곳 그곳 여기 거기 이쪽 이 저희 둘 그쪽 이거")
_WORDS = (
    "해당 ",
    "이러한 ",
    "그러한 ",
    "이런 ",
    "그런 ",
    "이같은 ",
    "이 같은 ",
    "그 같은 ",
    "이와 같은 ",
    "이처럼",
    "이같이",
    "이렇게",
    "그렇게",
    "이날",
    "같은 날",
    "이때",
    "그날",
    "같은 기간",
    "이달",
    "양측",
    "양사",
    "양국",
    "양 기관",
    "양 시",
    "당사자",
    "두 사람",
    "두 기관",
    "두 회사",
    "전자는",
    "후자는",
)


def points_back(phrase: Phrase, text: str) -> bool:
    """Whether a phrase can be understood only from what stood before its sentence."""
    printed = text[phrase.start : phrase.end].lstrip("‘'“\"")
    if any(t.tag in {"SSO", "SSC"} and t.form in '“”"' for t in phrase.tokens):
        return False
    return (
        (phrase.tokens[0].tag == "MM" and phrase.tokens[0].form in _DETERMINERS)
        or (phrase.tokens[0].tag == "NP" and phrase.tokens[0].form in _PRONOUNS)
        or printed.startswith(_WORDS)
    )


def dangling(tree: Tree) -> frozenset[int]:
    """The phrases of a tree that point out of it."""
    return frozenset(n for n, phrase in enumerate(tree.phrases) if points_back(phrase, tree.text))
