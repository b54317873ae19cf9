"""Whether what is left of a sentence speaks of more than it did: without what said which one, or of whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.attribution import speaks
from app.summary.compress.joins import TITLES
from app.summary.compress.lexicon import words
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS
from app.summary.left import amount
from app.summary.turned import REPORTING

if TYPE_CHECKING:
    from app.summary.left import Left

_PERSONS = TITLES | words("함장 여사 옹 피해자 피의자 피고인")
_TERMS = words("전 현 전직 차기 신임 초대")
# Verbs that go from one to the other, and such as are of two.
_MOVING = words(
    "일원 이전 옮기 이관 이동 변경 전환 바꾸 바뀌 낮추 올리 늘 늘리 줄 줄이 확대 축소 조정 인상 인하 승격 넘기 넘어가 이송 이첩 통합 파견 "
    "상향 하향 격상 격하 오르 내리 떨어지 높이"
)
_PAIRING = words("다르 같 비슷 유사 동일 닮 맞먹 무관 상반")
_CAUSES = words("때문 탓 덕 덕분")
# Nouns that tell of nothing without what modifies them.
_ANYONE = words("사람 이 것 곳 때 경우 일 점")


def promoted(left: Left) -> bool:
    """전 해온청 국장 → 해온청 국장: without what says that somebody no longer is, or not yet."""
    phrases = left.tree.phrases
    return any(
        token.tag in {"MM", "NNG"} and token.form in _TERMS and token.start not in left.sources
        for n in left.kept
        for m in (n, *left.tree.children[n])
        if m == n or phrases[m].kind in {Kind.DETERMINER, Kind.NOUN}
        for token in phrases[m].core
    )


def untitled(left: Left) -> bool:
    """발명가라는 호칭을 받았다 → 호칭: a noun without what it is told to say."""
    phrases = left.tree.phrases
    return any(
        phrases[child].kind is Kind.ADNOMINAL
        and child not in left.kept
        and phrases[child].mark.endswith(REPORTING)
        for n in left.kept
        for child in left.tree.children[n]
    )


def overstated(left: Left) -> bool:
    """한국에서는 많고 일본에서는 적었다 → 적었다: without of whom, where another clause says the contrary of another."""
    tree = left.tree
    topics = [n for n, phrase in enumerate(tree.phrases) if phrase.mark in {"은", "는"}]
    return len(topics) > 1 and any(
        tree.phrases[n].before.form in {"에서", "에게"} and n not in left.kept and tree.heads[n] == left.root
        for n in topics
    )


def mistaken(left: Left) -> bool:
    """최 함장을 모욕한 혐의 → 최 함장 모욕 혐의: whom something was done to, alone and without its particle, is taken for who did it."""
    tree = left.tree
    if any(tree.phrases[n].kind in SUBJECTS for n in left.kept):
        return False
    return any(
        tree.phrases[place].kind is Kind.OBJECT and pair.source.form in _PERSONS and after.tag[0] == "N"
        for pair, place, after in left.followed
    )


def unpaired(left: Left) -> bool:
    """해온청에서 나래원으로 이관 → 해온청에서 이관, 남과 다르다 → 다르다: one of the two that a verb is of."""
    tree = left.tree
    for n in left.kept:
        forms = {token.form for token in tree.phrases[n].core}
        marks = [(tree.phrases[child].mark, child in left.kept) for child in tree.children[n]]
        whence = any(mark == "에서" and kept for mark, kept in marks)
        if forms & _MOVING and whence and any(mark in {"로", "으로"} and not kept for mark, kept in marks):
            return True
        if forms & _PAIRING and any(mark in {"와", "과"} and not kept for mark, kept in marks):
            return True
        # 지분을 100% 확보했다 → 100% 확보.
        if any(
            tree.phrases[child].kind is Kind.OBJECT
            and child not in left.kept
            and child + 1 in left.kept
            and tree.heads[child + 1] == n
            and amount(tree.phrases[child + 1])
            for child in tree.children[n]
        ):
            return True
    return False


def untold(left: Left) -> bool:
    """인재를 고르기 위해서라고 진단했다 → 진단: who says something, and not what."""
    tree = left.tree
    for n in left.kept:
        said = [child in left.kept for child in tree.children[n] if tree.phrases[child].kind is Kind.QUOTED]
        if said and not any(said) and speaks(tree.phrases[n]):
            return True
    return False


def robbed(left: Left) -> bool:
    """갑은 늦게 잔다는 결과가 나왔다 → 갑, 나와: a verb without its own subject, and with another's."""
    tree = left.tree
    return any(
        tree.phrases[child].kind is Kind.SUBJECT and child not in left.kept
        for n in left.kept
        if tree.phrases[n].kind in SUBJECTS and tree.heads[n] in left.kept
        for child in tree.children[tree.heads[n]]
        if child > n
    )


def uncaused(left: Left) -> bool:
    """총기 때문에 죽는 사람 → 죽는 사람: of whom it is told without what makes them so."""
    tree = left.tree
    return any(
        tree.phrases[n].kind is Kind.ADNOMINAL
        and tree.phrases[tree.heads[n]].core[0].form in _ANYONE
        and any(
            child not in left.kept and any(token.form in _CAUSES for token in tree.phrases[child].core)
            for child in tree.children[n]
        )
        for n in left.kept
    )


def lifted(left: Left) -> bool:
    """새봄사가 지원하는 사업 → 새봄사, 지원하는 사업: a comma behind who acts in a clause that modifies."""
    tree = left.tree
    return any(
        after.form == ","
        and not left.followed_alike(pair)
        and tree.phrases[place].kind in SUBJECTS
        and place != tree.root
        and tree.phrases[tree.heads[place]].kind is Kind.ADNOMINAL
        for pair, place, after in left.followed
    )
