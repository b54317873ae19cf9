"""Which words continue the phrase before them: auxiliaries, bound nouns, postpositions, numbers, dates, titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.morphemes import core, tag, timely
from app.text.facts.particles import LIKEWISE

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.summary.compress.morphemes import Tokens

# Verbs that have become postpositions: 를 위해, 에 따라, 에 대한.
POSTPOSITIONS = words(
    "위하 통하 따르 대하 관하 의하 비하 인하 걸치 이어 맞추 관련 힘입 앞두 두 거치 비롯 포함 계기"
)
# Nouns that make an adverbial of what stands before them.
ADVERBIAL_NOUNS = words(
    "결과 뒤 후 이후 가운데 중 당시 때 동안 채 직후 도중 이래 만큼 대신 즈음 반면 한편 사이 전 차례 씩 경우"
)
# What a date may be followed by and stay one: 28일 기준, 9월 이후.
_DATED = words(
    "기준 현재 이후 이전 당시 사이 만 동안 전 뒤 후 말 초 이상 이하 미만 이내 내외 안팎 가량 정도 넘게 가까이"
)
# What may stand between a verb and its auxiliary.
_AUXILIARY_LINKS = words("고 어 지 게 어야 려 려고 도록 곤 고자 나 을까 ᆯ까 어도 면 으면")
_BOUND = words("수 것 바 적 예정 계획 방침 전망 필요 리 줄 뿐 터 셈 듯 상태 상황 중 처지 때문 모양 채 참")
_APPROXIMATE = words(
    "약 총 최대 최소 평균 무려 불과 하루 연 매년 매달 만 단 전체 모두 각각 각 최장 최고 누적 향후"
)
# 자원을 바탕으로, 정부를 상대로: nouns that make a postposition with the object before them.
_GROUNDS = words(
    "바탕 토대 대상 계기 기반 기준 중심 주제 이유 목표 상대 골자 목적 명목 근거 기점 필두 전제 조건 위주 끝 시작 배경 무대 매개 소재 담보 빌미 핵심 축 콘셉트 컨셉 모티브 슬로건 테마 구호 기치 제목 키워드"
)
# 10년 치, 3년 만에: what is said of the amount before it.
_OF_AMOUNTS = words("치 분 만 간 째 씩 가량 여 남짓 어치 짜리 쯤 당")
_AFTER_CASE = words("관계없이 상관없이 아랑곳없이 이어 잇따라")
_SAME = words("달 기간 날 시기 분기 해 때 시점")
_JOINING = words("및 또는 혹은 내지")


def joins(before: Tokens, word: Tokens) -> bool:
    """Whether `word` continues the phrase that ends in `before`."""
    kept = core(before)
    return before[-1].tag != "SP" and any(rule(kept, word) for rule in _JOINS)


def _auxiliary(before: Tokens, word: Tokens) -> bool:
    """하고 있다, 하지 않다, 해야 한다, 하게 됐다, 하기로 했다."""
    last, first = before[-1], word[0]
    if (
        len(before) > 1
        and last.tag == "JX"
        and before[-2].form == "지"
        and first.form in {"못하", "않", "못"}
    ):
        return True
    # 촉구하고 나섰다: what someone has set out to say.
    if last.form == "고" and first.form == "나서" and len(before) > 1 and before[-2].tag == "XSV":
        return True
    if last.tag == "EC" and last.form in _AUXILIARY_LINKS:
        return (
            first.tag.startswith("VX")
            or (first.form in {"되", "하", "있", "없"} and tag(first) in {"VV", "VA"})
            or (last.form == "지" and first.form in {"못하", "못", "않", "아니하", "말"})
        )
    if last.tag == "ETN" and last.form == "기":
        return first.form in {"어렵", "쉽", "힘들", "좋"}
    if last.tag == "JX" and len(before) > 1 and before[-2].tag in {"EC", "ETN"}:
        return first.tag.startswith("VX") or first.form == "하"
    return (
        len(before) > 1
        and before[-2].tag == "ETN"
        and last.form in {"로", "으로", "도"}
        and first.form in {"하", "합의", "결정"}
    )


def _bound(before: Tokens, word: Tokens) -> bool:
    """할 수, 한 것으로, 할 예정이다, 하는 등: a bound noun and its clause."""
    if before[-1].tag == "ETM" and word[0].form == "등" and word[0].tag == "NNB" and len(word) == 1:
        return True
    return (
        before[-1].tag == "ETM"
        and (word[0].form in _BOUND and word[0].tag in {"NNB", "NNG"})
        and (word[0].tag == "NNB" or any(t.tag == "VCP" for t in word[:2]))
    )


def _after_bound(before: Tokens, word: Tokens) -> bool:
    """할 수 | 있다, 한 것으로 | 보인다, 할 필요가 | 있다, 한 데 | 이어."""
    if [t.form for t in before] == ["데"] and before[0].tag == "NNB":
        return word[0].form == "이어" and len(core(word)) == 1
    noun = next((t for t in reversed(before) if t.tag in {"NNB", "NNG"}), None)
    if noun is None or noun.form not in _BOUND:
        return False
    at = before.index(noun)
    if at == 0 or before[at - 1].tag != "ETM" or len(before) - at > 2:  # noqa: PLR2004 -- noun and one particle
        return False
    if noun.form == "것" and before[-1].form in {"으로", "로"}:
        # 지시한 것으로 | 교육부 조사에서 드러났다: what it is found by stands between.
        return any(t.tag[0] == "V" or t.tag.startswith(("XSV", "XSA")) for t in word)
    return word[0].form in {"있", "없"} and noun.form in {"수", "바", "적", "리"}


def _postposition(before: Tokens, word: Tokens) -> bool:
    """개선을 위해, 계획에 따라, 시에 따르면, 시와 함께."""
    if before[-1].form in {"와", "과"}:
        return word[0].form in {
            "함께",
            "달리",
            "더불어",
            "같이",
            "아울러",
            "관련",
            "마찬가지",
            "상관없이",
            "관계없이",
        }
    if before[-1].tag == "JKO" and word[0].form in _GROUNDS and core(word)[-1].form in {"로", "으로"}:
        return True
    if before[-1].tag == "JX" and word[0].form in {"물론", "불구"}:
        return True
    # 사례에서 보듯이.
    if before[-1].form == "에서" and [t.form for t in core(word)] in (["보", "듯이"], ["보", "듯"]):
        return True
    # 수량에 관계없이, 나래시에 이어: read as an adverb.
    if before[-1].tag == "JKB" and word[0].form in _AFTER_CASE and len(core(word)) == 1:
        return True
    case = before[-1].tag in {"JKO", "JKB"} or before[-1].tag == "ETN"
    return (
        case
        and (word[0].form in POSTPOSITIONS)
        and len(core(word)) in {2, 3}
        and (core(word)[-1].tag in {"EC", "ETM"} or core(word)[-1].form in {"면", "으로", "서", "는", "도"})
    )


def _and_so_on(before: Tokens, word: Tokens) -> bool:
    """심사 결과 | 등의: a noun that would make an adverbial is an item of a list here."""
    return word[0].form == "등" and word[0].tag == "NNB" and before[-1].form in ADVERBIAL_NOUNS


def _torn_off(before: Tokens, word: Tokens) -> bool:
    """애호박 (1개) | 이, 구축 | 했다: a particle or a suffix that the page set apart from its noun."""
    apart = word[0].tag in {"JKS", "JKO", "JKB", "JKG", "JX", "JC", "XSV", "XSA", "XSN", "VCP"}
    return apart and before[-1].tag.startswith(("N", "SN", "SL", "SSC", "XSN", "XR"))


def _beside(before: Tokens, word: Tokens) -> bool:
    """전날 | 대비, 제한 | 없이: what a noun is compared with, or is without."""
    noun = before[-1].tag in {"NNG", "NNP", "NNB", "XSN", "SW", "SL", "ETN"}
    return noun and word[0].form in {"대비", "없이"} and len(core(word)) <= 2  # noqa: PLR2004 -- 대비/NNG 로/JKB


def _being(before: Tokens, word: Tokens) -> bool:
    """깊이 | 있게, 영향력 | 있는: what a word for being is said of, without a particle."""
    found = core(word)
    bare = before[-1].tag in {"NNG", "XSN"} or (len(before) == 1 and before[0].form == "깊이")
    return bare and len(found) == 2 and found[0].form in {"있", "없"} and found[1].form in {"게", "는"}  # noqa: PLR2004 -- 있/VA 게/EC


def _manners(before: Tokens, word: Tokens) -> bool:
    """쉽고 | 빠르게: of two that tell how, one."""
    found = core(word)
    both = len(before) > 1 and before[-1].form == "고" and found[-1].form == "게" and len(found) > 1
    return both and tag(before[-2]) in {"VA", "XSA"} and tag(found[-2]) in {"VA", "XSA"}


def _also(before: Tokens, word: Tokens) -> bool:
    """몸도 | 마음도: of two that both are, neither alone."""
    found = core(word)
    return (
        [t.form for t in (before[-1], found[-1])] == ["도", "도"]
        and [t.tag for t in (before[-1], found[-1])] == ["JX", "JX"]
        and len(before) == len(found) == 2  # noqa: PLR2004 -- a noun and its particle
        and before[0].tag[0] == found[0].tag[0] == "N"
    )


def _likewise(before: Tokens, word: Tokens) -> bool:
    """나가온 사장 | 역시: a noun and an adverb in the place of its particle."""
    return (
        len(core(word)) == 1
        and word[0].form in LIKEWISE
        and before[-1].tag in {"NNG", "NNP", "NNB", "NP", "XSN", "SL"}
    )


def _number(before: Tokens, word: Tokens) -> bool:
    """3172억 | 원, 약 | 28%, 총 | 10면, 5년 | 간."""
    if before[-1].tag in {"SN", "NR"} and word[0].tag in {"NNB", "NR", "SW", "SN"}:
        return True
    bound = word[0].tag == "NNB" or (len(core(word)) == 1 and word[0].tag in {"NNG", "XSN"})
    if bound and word[0].form in _OF_AMOUNTS and any(t.tag in {"SN", "NR"} for t in before):
        return True
    counted = word[0].tag in {"SN", "NR"}
    # 20분의 | 1.
    part = [t.form for t in before[-2:]] == ["분", "의"] and any(t.tag in {"SN", "NR"} for t in before)
    if counted and part:
        return True
    return counted and len(before) == 1 and before[0].form in _APPROXIMATE


def _date(before: Tokens, word: Tokens) -> bool:
    """지난 | 17일, 내년 | 1월, 28일 | 오전 | 10시30분께; not 3일 | 지난 1월."""
    if word[0].form in {"지난", "오는"}:
        return False
    if (
        timely(before)
        and len(word) > 1
        and word[0].tag == "SN"
        and word[1].form in {"시", "일", "월", "분", "년"}
    ):
        return True
    # 지난해 같은 달, 전년 같은 기간.
    same = len(before) > 2 and before[-2].form == "같"  # noqa: PLR2004 -- a time, 같/VA ᆫ/ETM
    if same and word[0].form in _SAME:
        return timely(before[:-2])
    if word[0].form == "같":
        return timely(before)
    # 10년 새: within which it came to pass.
    if word[0].form == "새" and len(word) == 1 and word[0].tag == "NNG":
        return timely(before)
    return timely(before) and (
        timely(word) or timely(_without_particle(word)) or _without_particle(word)[-1].form in _DATED
    )


def _without_particle(word: Tokens) -> Tokens:
    found = core(word)
    while len(found) > 1 and found[-1].tag in {"JKB", "JX", "JKG", "JKO", "JKS"}:
        found = found[:-1]
    return found


def _joined(before: Tokens, word: Tokens) -> bool:
    """인력 | 및 | 예산을: both sides stand or fall together."""
    return word[0].form in _JOINING or before[-1].form in _JOINING


def _title(before: Tokens, word: Tokens) -> bool:
    """홍길동 | 대표: a name and its title."""
    return before[-1].tag == "NNP" and word[0].form in TITLES


TITLES = words(
    "대표 대표이사 의원 장관 차관 시장 군수 구청장 도지사 지사 교수 회장 부회장 사장 부사장 이사장 이사 원장 의장 위원장 "
    "위원 총장 총리 부총리 대통령 국장 과장 팀장 실장 본부장 센터장 소장 관장 청장 서장 처장 감독 선수 기자 변호사 검사 판사 "
    "씨 군 양 전 총재 은행장 사무총장 부장 부장판사 연구원 박사 목사 신부 스님 후보 작가 배우 가수 감사 위원회 대변인 조합장"
)

_JOINS: tuple[Callable[[Tokens, Tokens], bool], ...] = (
    _auxiliary,
    _bound,
    _after_bound,
    _postposition,
    _and_so_on,
    _torn_off,
    _beside,
    _being,
    _manners,
    _also,
    _likewise,
    _number,
    _date,
    _joined,
    _title,
)
