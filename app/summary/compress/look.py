"""The last look at a finished line: read again by its kept phrases, and word by word against its sentence.

Deletion works on a shallow reading and the endings on a table; what either got wrong shows in the line itself.
Nothing here asks Kiwi: the phrases are at hand, and words are compared as strings.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.attribution import content_of
from app.summary.compress.lexicon import ACTING, PLANNED, words
from app.summary.compress.marks import unglossed
from app.summary.compress.modifiers import reported, twins
from app.summary.compress.morphemes import tag
from app.summary.compress.needs import before_its_noun, before_modifier
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_TELLING = frozenset({Kind.ADNOMINAL, Kind.GENITIVE, Kind.DETERMINER})
# What may have a topic of its own: a clause, what is reported, an amount that has its verb from the next clause.
_OF_TOPICS = frozenset({Kind.CLAUSE, Kind.QUOTED, Kind.FINAL, Kind.LIST, Kind.TIME, Kind.NOUN})
_DONE_TO = frozenset({Kind.OBJECT, Kind.ALSO, Kind.QUOTED, Kind.COMPLEMENT})


def merged(tree: Tree, kept: frozenset[int]) -> bool:
    """환자의 동선과 본인의 동선 → 동선과 본인의 동선: of a noun that the line says twice, what told the one is gone."""
    return any(
        n not in kept
        and tree.heads[n] in kept
        and tree.phrases[n].kind in _TELLING
        and any(twin in kept for twin in twins(tree, n))
        for n in range(len(tree.phrases) - 1)
    )


def objectless(tree: Tree, kept: frozenset[int]) -> bool:
    """해온시, 추진: someone does something, and the line does not say what."""
    root = tree.phrases[tree.root]
    stems = [t for t in root.core if t.tag.startswith(("VV", "VA", "VX", "XSV", "XSA", "VC"))]
    if not stems or stems[0].form not in {"하", *ACTING} or root.core[0].form not in ACTING:
        return False
    if any(t.form in {"되", "당하", "지"} and tag(t) in {"XSV", "VX", "VV"} for t in root.core):
        return False
    said = [n for n in kept if n != tree.root]
    # 책을 쓰고 …: an object may stand with a clause before; a second subject may be what is done.
    # 갑은 자료를 모으고 을은 공유한다: what one does is not what another does it to.
    own = [n for n in said if tree.heads[n] == tree.root or tree.subject(tree.heads[n]) is None]
    done_to = any(tree.phrases[n].kind in _DONE_TO or _about(tree.phrases[n]) for n in own)
    return not done_to and sum(tree.phrases[n].kind in SUBJECTS for n in said) < 2  # noqa: PLR2004


def _about(phrase: Phrase) -> bool:
    return phrase.kind is Kind.POSTPOSED and any(
        t.form in {"대하", "관하", "관련", "두"} for t in phrase.core
    )


def headless(tree: Tree, kept: frozenset[int]) -> bool:
    """지난해보다 줄었다고 강조했다, 이웃을 위한 대책이다: said by nobody, or of nothing."""
    if any(tree.phrases[n].kind in SUBJECTS | {Kind.SOURCE} for n in kept):
        return False
    root = tree.phrases[tree.root]
    if content_of(tree) is not None:
        return True
    last = next((t for t in reversed(root.core) if t.tag.startswith(("XSV", "XSA", "VA", "VC", "VV"))), None)
    if last is None or root.core[0].form in PLANNED:
        return False
    told = any(reported(tree, c) for c in tree.children[tree.root])
    return not told and (last.tag in {"XSA", "VCP"} or (last.form == "되" and last.tag == "XSV"))


def misled(tree: Tree, kept: frozenset[int]) -> bool:
    """법원이 손을 들어준 판결에 이목이 쏠렸다 → 법원이 이목이 쏠렸다: a subject without the modifier it may be of."""
    return any(tree.doubtful(n) and not _surely_of_root(tree, n, kept) for n in kept)


def _surely_of_root(tree: Tree, n: int, kept: frozenset[int]) -> bool:
    """Whether a subject is the root's own, whatever modifier has gone from behind it."""
    verb = next(i for i in range(n + 1, tree.root) if tree.phrases[i].kind is Kind.ADNOMINAL)
    if verb in kept or tree.phrases[verb].postposed:
        return True
    acts = any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[tree.root])
    behind = tree.phrases[n + 1 : tree.root]
    return acts and not any(
        p.kind in {Kind.TOPIC, Kind.SUBJECT} or (tag(p.core[-1]) == "JX" and p.mark in {"은", "는"})
        for p in behind
    )


def unsaid(tree: Tree, kept: frozenset[int]) -> bool:
    """경찰은 통이 사람을 친 것으로 파악했다 → 경찰, 사람을 친 것으로 파악: who did it is gone, and who says so stands there."""
    root = tree.phrases[tree.root].core
    pairs = [(a.form, b.form) for a, b in pairwise(root)]
    if ("것", "으로") not in pairs or not any(
        a.form in _THINKS and b.form == "하" for a, b in pairwise(root)
    ):
        return False
    actors = [n for n, phrase in enumerate(tree.phrases) if phrase.kind in SUBJECTS]
    return len(actors) > 1 and sum(n in kept for n in actors) == 1


_THINKS = words("파악 판단 추정 예상 전망 분석 추측 확인 진단")


def halved(tree: Tree, kept: frozenset[int]) -> bool:
    """기록을 세우며 오르던 주가를 … → 기록을 세우며 …: a clause that may be of the modifier behind it, which is gone."""
    for n in kept:
        phrase = tree.phrases[n]
        if phrase.kind is Kind.CLAUSE and phrase.mark in _BESIDE and before_modifier(tree, n):
            verb = next(i for i in range(n + 1, tree.root) if tree.phrases[i].predicate)
            if verb not in kept:
                return True
    return False


_BESIDE = frozenset({"고", "며", "으며", "면서", "으면서"})


def undated(tree: Tree, kept: frozenset[int]) -> bool:
    """2026년 첫 회의 참석을 위해 출국했다 → 2026년 출국: a time without the noun that it may be of."""
    return any(
        _a_date(tree.phrases[n]) and before_its_noun(tree, n) and n + 1 not in kept
        for n in kept
        if n < tree.root
    )


def _a_date(phrase: Phrase) -> bool:
    """2026년, 지난달: what may be a noun's; a day is the deed's, and 3년 is how long."""
    figures = [t.form for t in phrase.core if t.tag == "SN"]
    return phrase.core[-1].form not in _DAYS and (not figures or len(figures[0]) == _YEAR)


_DAYS = words("일 시 분")
_YEAR = 4  # Digits.


def crowded(tree: Tree, kept: frozenset[int]) -> bool:
    """연구팀은 이익은 …: two topics of one predicate, or one inside a modifier; a desk line has one, and has it first."""
    topics = [tree.heads[n] for n in kept if tree.phrases[n].kind is Kind.TOPIC]
    if len(set(topics)) < len(topics) or any(tree.phrases[n].kind not in _OF_TOPICS for n in topics):
        return True
    # 본부가 물량이 쌓였다: the first is a clause's that is gone.
    acting = [tree.heads[n] for n in kept if tree.phrases[n].kind is Kind.SUBJECT]
    return len(set(acting)) < len(acting)


def overfull(tree: Tree, kept: frozenset[int]) -> bool:
    """땅값을 결정을 내렸다: two objects of one verb, of which one is another's that is gone."""
    heads = [tree.heads[n] for n in kept if tree.phrases[n].kind is Kind.OBJECT]
    return len(set(heads)) < len(heads)


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
    source = f"{source} {unglossed(source)}"
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
