"""A finished line word by word against its sentence: what is glued, half a word, or conjugated as nobody writes it.

Nothing here asks Kiwi: words are compared as strings.
"""

from __future__ import annotations

import re
import unicodedata

from app.summary.compress.marks import unglossed

_MARKS = "“”‘’\"'`.,·…()[]「」『』《》<>〈〉"
# What the desk's table may put in place of a word.
_OF_THE_TABLE = frozenset(
    {
        "가능",
        "않아",
        "못해",
        "해",
        "있어",
        "없어",
        "한다",
        "했다",
        "않는다",
        "못한다",
        "있다",
        "가졌다",
        "가져",
        "아니다",
    }
)
_COPULA = frozenset(unicodedata.normalize("NFD", form) for form in ("이다", "다", "이었다", "였다"))
# The last words may end otherwise than printed: a predicate of so many words.
_PREDICATE = 4
_ENDING = 5  # Jamo: 었다, 는다.
_LONG_ENDING = 10  # 겠다는, behind a stem of
_STEM = 6


def strays(line: str, source: str) -> bool:
    """Whether a word of `line` is none of `source`, its particle or its ending set aside: glue, or a half word."""
    # 지사(52)는: a bracket goes from between a noun and its particle.
    # 추진키로 is printed 추진하기로.
    source = f"{source} {unglossed(source)} {source.replace('키로', '하기로')}"
    printed = source.split()
    bare = [_clean(word) for word in printed]
    kept = [_clean(word) for word in line.split()]
    return any(
        word
        and word not in source
        and word not in _OF_THE_TABLE
        and not (len(parts := _CLOSED.split(word)) > 1 and parts[0] in source)
        and not (n >= len(kept) - _PREDICATE and _conjugated(word, bare))
        for n, word in enumerate(kept)
    ) or any(_uncontracted(word, source) for word in kept[-1:])


# 늘리겠다"고, printed 늘리겠다"며: the end of a quotation, with another particle.
_CLOSED = re.compile("[\"”’']")


def _clean(word: str) -> str:
    return word.strip(_MARKS)


def _conjugated(word: str, source: list[str]) -> bool:
    """Whether some word of the source has its stem, and is not itself the stem: 받기도해 is glued of 받기도."""
    jamo = unicodedata.normalize("NFD", word)
    for other in source:
        theirs = unicodedata.normalize("NFD", other)
        same = 0
        while same < min(len(jamo), len(theirs)) and jamo[same] == theirs[same]:
            same += 1
        if same == len(theirs) < len(jamo):
            # A noun that becomes what something is: 계획 → 계획이다.
            if jamo[same:] in _COPULA:
                return True
            continue
        if same and len(jamo) - same <= (_ENDING if same < _STEM else _LONG_ENDING):
            return True
    return False


_VOWELS = re.compile("[가카하나다라마바사아자차타파까따빠싸짜]아$|[우구두루무부수주추쿠투푸후누]어$")


def _uncontracted(word: str, source: str) -> bool:
    """못하아, 치우어: a stem and an ending that Korean runs together."""
    return _VOWELS.search(word) is not None and word not in source
