"""What a predicate takes, by its own form: whether it governs, acts on something, undergoes or describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.morphemes import tag
from app.summary.compress.phrases import Kind

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase

# Nouns of verbs without an object: before a noun, they are of that noun (사망한 사람) or of what stands right before
# them (사고가 발생한 곳).
_INTRANSITIVE = words(
    "사망 참여 참가 참석 발생 도착 출발 근무 거주 입학 졸업 증가 감소 상승 하락 급증 급감 진출 위치 존재 성공 실패 합격 소속 "
    "입주 출전 등장 성장 확산 폭등 폭락 부상 출생 활동 도주 탈출 추락 취임 퇴임 은퇴 종사 소재 해당 적합 부족 충분 오르 내리 늘 줄 "
    "떨어지 생기 발현 출현 일하 살 죽 숨지 다니 모이 나오 나서 이어지 열리"
)
# Verbs of which no one who acts is the subject.
_HAPPENING = words(
    "발생 증가 감소 상승 하락 급증 급감 확산 폭등 폭락 부족 오르 내리 늘 늘어나 줄 줄어들 떨어지 생기 이어지"
)


def governs(phrase: Phrase) -> bool:
    """Whether it is a predicate to what stands before it; what is quoted governs nothing outside its marks."""
    if phrase.quotes or not phrase.predicate or phrase.kind is Kind.ADVERB or _only_quoted(phrase):
        return False
    if phrase.kind is Kind.ADNOMINAL and phrase.postposed:
        return False
    return phrase.kind not in {Kind.POSTPOSED, Kind.SOURCE} or any(tag(t) == "ETN" for t in phrase.core)


def _only_quoted(phrase: Phrase) -> bool:
    """‘새로운 길’의, ‘답하다’는: a name or a title whose verb stands inside its marks."""
    marks = [i for i, t in enumerate(phrase.core) if t.tag in {"SSO", "SSC"} and t.form not in "()[]"]
    verbs = [i for i, t in enumerate(phrase.core) if t.tag.startswith(("VV", "VA", "VX", "VC", "XSV", "XSA"))]
    return (
        len(marks) > 1
        and phrase.kind in {Kind.GENITIVE, Kind.OBJECT, Kind.OBLIQUE, Kind.NOUN, Kind.LIST, Kind.ADNOMINAL}
        and all(marks[0] < i < marks[-1] for i in verbs)
    )


def equates(phrase: Phrase, *, names: bool = False) -> bool:
    """기술이다: whether it says in one noun what something is, or, with `names`, who; 운영 중이다 does not."""
    nouns = {"NNG", "NNP"} if names else {"NNG"}
    return phrase.core[0].tag in nouns and [t.tag for t in phrase.core[1:2]] == ["VCP"]


def passive(phrase: Phrase) -> bool:
    """지정된, 거부당한, 회사인: what takes no object."""
    stems = [t for t in phrase.core if t.tag.startswith(("VV", "VA", "VX", "XSV", "XSA", "VCP"))]
    if not stems:
        return False
    # 가게를 운영 중인: of a noun that says when, the verb is the noun before it.
    noun = (
        len(stems) == 1
        and stems[0].tag == "VCP"
        and phrase.kind is Kind.ADNOMINAL
        and not any(t.form == "중" and t.tag == "NNB" for t in phrase.core)
        and phrase.core[0].tag != "NNB"
        and phrase.core[0].form not in {"예정", "계획"}
    )
    return noun or (stems[-1].tag == "XSV" and stems[-1].form in {"되", "당하"})


def grows(phrase: Phrase) -> bool:
    """목표를 | 3% 증가한 100만대로: a modifier that says what grew or fell, which takes no object."""
    made = any(t.form in {"시키", "하게"} for t in phrase.core)
    return phrase.kind is Kind.ADNOMINAL and happens(phrase) and not made


def themes(phrase: Phrase) -> bool:
    """에는, 에서는, 으로는: an adverbial that is spoken of reaches as far as a topic."""
    return (
        phrase.kind is Kind.OBLIQUE
        and tag(phrase.core[-1]) == "JX"
        and (phrase.mark in {"은", "는", "ᆫ"} and phrase.before.tag == "JKB")
    )


def undergoes(phrase: Phrase) -> bool:
    """Whether its subject acts on nothing: 확인된, 높은, 학생인."""
    return any(
        (t.form in {"되", "당하", "지"} and t.tag != "EC") or t.tag.startswith(("VA", "XSA", "VCP"))
        for t in phrase.core
    )


def describes(phrase: Phrase) -> bool:
    """Whether its last stem is an adjective's; that of 할 수 있는 or 보기 어려운 is the verb's before it."""
    stems = [t for t in phrase.core if t.tag.startswith(("VV", "VA", "VX", "XSV", "XSA", "VCP"))]
    if len(stems) > 1 and (stems[-1].form in {"있", "없"} or any(t.tag == "ETN" for t in phrase.core)):
        stems.pop()
    return bool(stems) and stems[-1].tag.startswith(("VA", "XSA"))


def numbered(phrase: Phrase) -> bool:
    """Whether it holds a number."""
    return any(t.tag in {"SN", "NR"} for t in phrase.core)


def intransitive(phrase: Phrase) -> bool:
    """Whether its verb has no object: 사망한, 참여한."""
    return any(t.form in _INTRANSITIVE for t in phrase.core)


def happens(phrase: Phrase) -> bool:
    """Whether its subject is no one who acts: 늘어, 발생해."""
    return any(t.form in _HAPPENING for t in phrase.core)
