"""A finished line's words that are left without their own: a deed without its place, some without the rest."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.actors import actor, alive
from app.summary.compress.beside import elliptic
from app.summary.compress.joins import TITLES
from app.summary.compress.lexicon import ACTING, words
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS
from app.summary.compress.valency import intransitive, numbered

if TYPE_CHECKING:
    from app.summary.compress.tree import Tree


def pictured(tree: Tree) -> bool:
    """해온시청 앞 진료소, 해온 찾은 서가온 후보: what a picture shows, of which nothing is said."""
    root = tree.phrases[tree.root]
    noun = next((t for t in reversed(root.core) if t.tag.startswith("NN")), None)
    if root.predicate or noun is None or any(p.kind in SUBJECTS for p in tree.phrases):
        return False
    return noun.tag == "NNP" or noun.form in TITLES or noun.form.endswith(_SIGHTS)


def heaped(tree: Tree) -> bool:
    """상생경영, 디지털, 소비자보호: nouns in a heap, of which nothing is said."""
    every = [t for phrase in tree.phrases for t in phrase.core]
    if any(t.tag[0] in "VJEM" or t.tag.startswith("XS") or t.tag in {"SN", "NR"} for t in every):
        return False
    noun = next((t for t in reversed(every) if t.tag.startswith("NN")), None)
    return noun is not None and noun.form not in ACTING | _DEEDS


_DEEDS = words(
    "임명 선임 부임 취임 승진 인사 개최 개통 착공 완공 준공 증가 감소 상승 하락 급증 급감 확대 축소 확정 통과 의결 합의 시작 종료 중단 재개 연기 취소 철회 "
    "전망 예정 우려 논란 지적 주장 반발 비판 사망 부상 구조 기소 송치 선고 참여 참석 방문 수상 선정 당선 합격 돌파 경신 최고 최저 최대 최다 최초 완화 개선 개편 "
    "개정 폐지 신설 금지 허용 제한 면제 감면 협력 협약 기대 강조 당부 약속 여전 지속 계속 미흡 부족 심각 필요 가능 불가 결정 판결 무죄 유죄 승소 패소 교체 사퇴 해임"
)
_SIGHTS = (
    "진료소",
    "검사소",
    "전경",
    "모습",
    "현장",
    "내부",
    "외부",
    "도자기",
    "청사",
    "매장",
    "공장",
    "아파트",
    "거리",
)


def retold(tree: Tree, kept: frozenset[int]) -> bool:
    """의원이 주민을 만난 이유다, 전망치도 넘어선 수치: what it is said of stood in the sentence before."""
    root = [t.form for t in tree.phrases[tree.root].core]
    # 재판에 넘긴 지 열흘 만이다.
    of_before = root[0] in _OF_BEFORE or root[-3:] == ["만", "이", "다"]
    return of_before and not any(
        tree.phrases[n].kind is Kind.TOPIC and tree.heads[n] == tree.root for n in kept if n != tree.root
    )


_OF_BEFORE = words("이유 수치 수준 결과 의미 뜻 내용 셈")


def amountless(tree: Tree, kept: frozenset[int]) -> bool:
    """갑은 7조원, 을은 6조원으로 평가했다 → 갑은 7조원, 을은 평가했다: of amounts that each have who, one is gone."""
    last = tree.root
    return any(
        n not in kept and numbered(tree.phrases[n]) and tree.phrases[n].kind is Kind.OBLIQUE
        for n in tree.children[last]
    ) and any(tree.phrases[n].comma and numbered(tree.phrases[n]) and elliptic(tree, n) for n in kept)


def remainderless(tree: Tree, kept: frozenset[int]) -> bool:
    """갑 차관을 비롯해 기관 열 곳이 참석했다 → 갑 차관을 비롯해 참석: some, and not the rest."""
    # 51원만 쓰고 나머지는 이익으로 돌렸다.
    if any(
        tree.phrases[n].core[0].form == "나머지"
        and len(tree.phrases[n].core) > 1
        and not any(i < n and tree.phrases[i].kind in {Kind.CLAUSE, Kind.LIST} for i in kept)
        for n in kept
        if n != tree.root
    ):
        return True
    return any(
        tree.phrases[n].core[0].form in _AMONG | {"이어"} or tree.phrases[n].core[-1].form == "이어"
        for n in kept
        if n + 1 < tree.root and not any(n < i < tree.root for i in kept)
    )


_AMONG = words("비롯하 비롯")


def uneven(tree: Tree, kept: frozenset[int]) -> bool:
    """영업을 한 기사들과 짐을 나른 업자들: of two that stand beside each other, one without what tells which."""
    for n in kept:
        phrase = tree.phrases[n]
        if n == tree.root or phrase.mark not in {"와", "과"} or phrase.kind not in {Kind.LIST, Kind.OBLIQUE}:
            continue
        told = [c for c in tree.children[n] if tree.phrases[c].kind is Kind.ADNOMINAL]
        other = [
            c
            for c in tree.children[tree.heads[n]]
            if c > n and tree.phrases[c].kind is Kind.ADNOMINAL and phrase.kind is Kind.LIST
        ]
        if told and other and any(c in kept for c in told) != any(c in kept for c in other):
            return True
    return False


def placeless(tree: Tree, kept: frozenset[int]) -> bool:
    """무대에 올라 인사했다 → 올라 인사: a clause of a verb that says nothing without from where, or to where."""
    return any(
        tree.phrases[n].kind is Kind.CLAUSE
        and tree.phrases[n].core[0].form in _MOVES
        and tree.children[n]
        and not any(c in kept for c in tree.children[n])
        for n in kept
        if n != tree.root
    )


_MOVES = words("시작 출발 오르 들어서 들어가 나오 나가 가 오 지나 벗어나 떠나 이르 비롯되 힘입 맞")


def echoed(tree: Tree, kept: frozenset[int]) -> bool:
    """시행이 시행된다, 가온도는 가온도가 높다: the line says of a thing only itself."""
    own = [n for n in tree.own(kept) if tree.phrases[n].kind in SUBJECTS | {Kind.OBJECT}]
    names = [_name(tree, n) for n in own]
    root = tree.phrases[tree.root].core
    return len(set(names)) < len(names) or (
        len(root) > 1 and root[0].tag == "NNG" and root[1].tag == "XSV" and root[0].form in names
    )


def _name(tree: Tree, n: int) -> str:
    """A phrase as printed, without its last particle."""
    phrase = tree.phrases[n]
    return tree.text[phrase.start : phrase.core[-1].start]


def dispossessed(tree: Tree, kept: frozenset[int]) -> bool:
    """글을 꾸미고 언론에 유출한 혐의 → 언론에 유출한 혐의: a modifier whose object stood with the clause before it."""
    return any(
        tree.phrases[n].kind is Kind.ADNOMINAL
        and not has_object(tree, n)
        and any(t.tag == "XSV" and t.form == "하" for t in tree.phrases[n].core)
        and not intransitive(tree.phrases[n])
        and any(
            c not in kept and tree.phrases[c].mark == "고" and has_object(tree, c) for c in tree.children[n]
        )
        for n in kept
    )


def has_object(tree: Tree, n: int) -> bool:
    """Whether a verb has an object in its sentence."""
    return any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[n])


def displaced(tree: Tree, kept: frozenset[int]) -> bool:
    """열 곳이 노력이 부족한 대학으로 꼽혔다 → 노력이 부족한 대학으로 꼽혀: who it is of is gone, and a modifier's stands there."""
    acting = [n for n in kept if tree.phrases[n].kind in SUBJECTS]
    if len(acting) != 1 or not 0 < acting[0] < tree.root - 1:
        return False
    n = acting[0]
    if tree.phrases[n].kind is Kind.TOPIC or alive(tree.phrases[n]):
        return False
    # 회사가 생활도 바뀜에 따라 집을 고쳤다 → 생활도 집 고쳐.
    if has_object(tree, tree.root) and any(
        tree.phrases[i].kind is Kind.SUBJECT and alive(tree.phrases[i]) for i in range(n)
    ):
        return True
    modifies = n + 1 in kept and tree.phrases[n + 1].kind is Kind.ADNOMINAL
    return modifies and any(tree.phrases[i].kind in SUBJECTS for i in range(n))


def usurped(tree: Tree, kept: frozenset[int]) -> bool:
    """시장이 개념을 제시하며 힘을 실은 정책은 성과를 냈다 → 시장, 성과 내: who the sentence is about is gone."""
    own = tree.children[tree.root]
    topics = [n for n in own if tree.phrases[n].kind is Kind.TOPIC]
    return any(
        topic not in kept
        and any(n in kept and n < topic and tree.phrases[n].kind is Kind.SUBJECT for n in own)
        for topic in topics
    )


def unequal(tree: Tree, kept: frozenset[int]) -> bool:
    """종가보다 4포인트 낮은 1022로 → 종가보다 4포인트 1022로: what is compared, and not how it differs."""
    return any(
        tree.phrases[n].mark == "보다"
        and any(
            i not in kept
            and tree.phrases[i].kind is Kind.ADNOMINAL
            and tree.phrases[i].core[0].form in _DIFFERS
            for i in range(n + 1, tree.heads[n])
        )
        for n in kept
        if n != tree.root
    )


_DIFFERS = words("낮 높 많 적 크 작")


def entrusted(tree: Tree, kept: frozenset[int]) -> bool:
    """주민을 감시원으로 위촉하고 홍보를 맡겼다 → 홍보를 맡겨: to whom is gone."""
    needed = _NEEDED.get(tree.phrases[tree.root].core[0].form)
    return needed is not None and not any(
        t.form in needed for n in kept if tree.heads[n] == tree.root for t in tree.phrases[n].core
    )


_NEEDED = {"맡기": words("에 에게 에서"), "나서": words("에 로 으로 고 며 위하 어")}


def unmeasured(tree: Tree, kept: frozenset[int]) -> bool:
    """가온그룹은 계열사가 62개에서 59개로 줄었다 → 가온그룹 줄어: a firm does not grow or shrink; what is its does."""
    if tree.phrases[tree.root].core[0].form not in _GROWS:
        return False
    own = tree.own(kept)
    return (
        bool(own)
        and all(tree.phrases[n].kind in SUBJECTS and actor(tree.phrases[n]) for n in own if _says(tree, n))
        and any(n not in kept for n in tree.children[tree.root])
    )


def _says(tree: Tree, n: int) -> bool:
    return tree.phrases[n].kind not in {Kind.TIME, Kind.ADVERB, Kind.CLAUSE}


_GROWS = words("늘 줄 늘어나 줄어들 증가 감소 급증 급감")


def curt(tree: Tree, kept: frozenset[int]) -> bool:
    """모든 학교가 동참했고 이웃 나라로 퍼졌다 → 모든 학교, 동참, …: a clause of two words between two commas."""
    return any(
        tree.phrases[n].kind is Kind.CLAUSE
        and tree.phrases[n].mark in {"고", "며", "면서"}
        and tree.phrases[n].core[0].tag == "NNG"
        and tree.phrases[before].kind in SUBJECTS
        and not any(i in kept for i in tree.children[n] if i != before)
        for before, n in pairwise(sorted(kept))
    )
