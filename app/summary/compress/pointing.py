"""Which phrases point out of their sentence, so that it can't stand without what stood before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.phrases import Kind

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_DETERMINERS = words("이 그 저 이런 그런 이러한 그러한 해당 동 이같은 위 양")
_PRONOUNS = words("그 그녀 이 이들 그들 이것 그것 이곳 그곳 여기 거기 이쪽 저희 둘 그쪽 이거 저 나 우리 제")
_POINTING = (
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
    "양측",
    "양쪽",
    "양사",
    "양국",
    "양 기관",
    "양 시",
    "당사자",
    "두 사람",
    "두 기관",
    "두 회사",
    "두 물질",
    "전자는",
    "후자는",
    "이로 인한",
    "이에 따른",
    "이를 위한",
    "이에 대한",
)
# "이는 두 달 만에 줄어든 것": what is quoted may go on from what was said before it, and so may not stand alone.
_QUOTED_POINTING = re.compile(
    r"[“\"](?:이[는를에]|이로|이것[은이을]|그것[은이을]|그[는가]|그녀[는가]|이들[은이의]|(?:이|그) ?같은|이러한|그러한)\s"
)


def points_back(phrase: Phrase, text: str) -> bool:
    """Whether a phrase can be understood only from what stood before its sentence."""
    printed = text[phrase.start : phrase.end].lstrip("‘'“\"") + " "
    if any(t.tag in {"SSO", "SSC"} and t.form in '“”"' for t in phrase.tokens):
        return _QUOTED_POINTING.match(text, phrase.start) is not None
    first = phrase.tokens[0]
    # 이미래 시장: what no space sets off from its noun is a surname.
    glued = len(first.form) == 1 and any(t.start == first.end for t in phrase.tokens[1:2])
    return (
        (first.tag == "MM" and first.form in _DETERMINERS and not glued)
        or (first.tag == "NP" and first.form in _PRONOUNS)
        or printed.startswith(_POINTING)
    )


def _the_same(tree: Tree, n: int) -> bool:
    """같은 기간, 같은 혐의를 받는: the same as what was told before."""
    phrase = tree.phrases[n]
    bare = phrase.kind is Kind.ADNOMINAL and phrase.core[0].form == "같" and not tree.children[n]
    return (
        bare
        and n < tree.root
        and tree.phrases[n + 1].core[0].form in _SAME
        and not any(p.kind is Kind.TIME for p in tree.phrases[:n])
    )


_SAME = words("기간 혐의 날 시간 이유 맥락 자리 방식")


def _bare_kind(tree: Tree, n: int) -> bool:
    """사업은, 검사는: a word for all of its kind as the topic that a sentence opens with, which one was told before it."""
    phrase = tree.phrases[n]
    return (
        phrase.kind is Kind.TOPIC
        and not tree.children[n]
        and len(phrase.core) == 2  # noqa: PLR2004 -- a noun and its particle
        and phrase.core[0].form in _OF_A_KIND
        and not any(tree.phrases[i].nominal for i in range(n))
    )


_OF_A_KIND = words("사업 검사 제도 나머지 대상 물건 범행 장소 방식 규모 기간")


def retells(tree: Tree, n: int) -> bool:
    """이 같은 내용의, 이런 기능을 갖춘: a modifier that only says what stood before its sentence, and so may go."""
    phrase = tree.phrases[n]
    if phrase.kind not in {Kind.GENITIVE, Kind.ADNOMINAL}:
        return False
    said = [n, *tree.children[n]] if phrase.kind is Kind.ADNOMINAL else [n]
    had = phrase.kind is Kind.ADNOMINAL and phrase.core[0].form in _HAVING
    return any(
        (tree.phrases[i].core[0].form in _CONTENTS or (had and i != n))
        and any(points_back(tree.phrases[c], tree.text) for c in tree.children[i])
        for i in said
    )


_CONTENTS = words("내용 취지 골자")
_HAVING = words("가지 지니 갖추 담")


def dangling(tree: Tree) -> frozenset[int]:
    """The phrases of a tree that point out of it."""
    # 한미 양측: who the two are stands right before them.
    return frozenset(
        n
        for n, phrase in enumerate(tree.phrases)
        if (points_back(phrase, tree.text) or _bare_kind(tree, n) or _the_same(tree, n))
        and not (
            phrase.tokens[0].form.startswith("양") and tree.children[n] and tree.children[n][-1] == n - 1
        )
    )
