"""A sentence as phrases: runs of words that stand or fall together, each with the part it plays.

Words are what spaces separate. An auxiliary joins its verb (`하고 있다`), a bound noun what it is bound to
(`할 수 있다`, `한 것으로 보인다`), a postposition made of a verb its noun (`개선을 위해`), a number its unit, and
whatever stands inside one pair of quotation marks or brackets stays in one piece, since nothing inside
quotation marks may change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.marks import enclosed

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Sentence, Token

    Tokens = tuple[Token, ...]


class Kind(StrEnum):
    """The part that a phrase plays, told by its last morpheme."""

    TOPIC = "topic"
    SUBJECT = "subject"
    ALSO = "also"
    OBJECT = "object"
    COMPLEMENT = "complement"
    OBLIQUE = "oblique"
    GENITIVE = "genitive"
    LIST = "list"
    NOUN = "noun"
    TIME = "time"
    ADVERB = "adverb"
    CONJUNCTION = "conjunction"
    DETERMINER = "determiner"
    ADNOMINAL = "adnominal"
    CLAUSE = "clause"
    QUOTED = "quoted"
    POSTPOSED = "postposed"
    SOURCE = "source"
    FINAL = "final"


# Verbs that have become postpositions: 를 위해, 에 따라, 에 대한.
POSTPOSITIONS = words(
    "위하 통하 따르 대하 관하 의하 비하 인하 걸치 이어 맞추 관련 힘입 앞두 두 거치 비롯 포함 계기"
)
# Nouns that make an adverbial of what stands before them.
ADVERBIAL_NOUNS = words(
    "결과 뒤 후 이후 가운데 중 당시 때 동안 채 직후 도중 이래 만큼 대신 즈음 반면 한편 사이 전 차례 씩 경우"
)
TIME_NOUNS = words(
    "오늘 어제 내일 전날 이날 올해 지난해 작년 내년 내달 지난달 이달 최근 현재 당시 오전 오후 이번달 그동안 향후 올 "
    "그간 지금 당초 앞 낮 밤 새벽 아침 저녁 상반기 하반기 초 말 중순 하순 상순 연말 연초 올여름 올겨울 이듬해 "
    "다음달 다음 달 지난 오는 주 날 월요일 화요일 수요일 목요일 금요일 토요일 일요일 쯤 께 경 전후"
)
# What a date may be followed by and stay one: 28일 기준, 9월 이후.
_DATED = words(
    "기준 현재 이후 이전 당시 사이 만 동안 전 뒤 후 말 초 이상 이하 미만 이내 내외 안팎 가량 정도 넘게 가까이"
)
_DATE_UNITS = words("년 월 일 시 분 초 주 분기 개월 시간")
# What may stand between a verb and its auxiliary.
_AUXILIARY_LINKS = words("고 어 지 게 어야 려 려고 도록 곤 고자 나 을까 ᆯ까 어도 면 으면")
_BOUND = words("수 것 바 적 예정 계획 방침 전망 필요 리 줄 뿐 터 셈 듯 상태 상황 중 처지 때문 모양 채 참")
_APPROXIMATE = words(
    "약 총 최대 최소 평균 무려 불과 하루 연 매년 매달 만 단 전체 모두 각각 각 최장 최고 누적 향후"
)
# 자원을 바탕으로, 정부를 상대로: nouns that make a postposition with the object before them.
_GROUNDS = words(
    "바탕 토대 대상 계기 기반 기준 중심 주제 이유 목표 상대 골자 목적 명목 근거 기점 필두 전제 조건"
)
# 10년 치, 3년 만에: what is said of the amount before it.
_OF_AMOUNTS = words("치 분 만 간 째 씩 가량 여 남짓 어치 짜리 쯤 당")
_SAME = words("달 기간 날 시기 분기 해 때 시점")
_JOINING = words("및 또는 혹은 내지")
_STRIPPED = frozenset({"SP", "SSC", "SF", "SE", "SSO", "SS"})
_NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "SN", "SL", "SH", "XR", "XSN", "SW", "XPN", "ETN"})
_QUOTATIVE = ("다고", "라고", "자고", "냐고", "다며", "라며", "자며", "다면서", "라면서")


@dataclass(frozen=True)
class Phrase:
    """Some words of a sentence; `start` and `end` are offsets into its text."""

    tokens: Tokens
    start: int
    end: int

    @cached_property
    def core(self) -> Tokens:
        """Its morphemes without closing punctuation, and without a bracket behind it: 29일(현지시간) → 29일."""
        return _core(self.tokens)

    @cached_property
    def comma(self) -> bool:
        """Whether a comma, or a middle dot, closes it."""
        return self.tokens[-1].tag == "SP"

    @cached_property
    def mark(self) -> str:
        """The form of its last morpheme."""
        return self.core[-1].form

    @cached_property
    def nominal(self) -> bool:
        """Whether a modifier of nouns may attach to it."""
        if self.kind in {Kind.ADVERB, Kind.CONJUNCTION, Kind.DETERMINER, Kind.QUOTED}:
            return False
        first = next((t for t in self.tokens if t.tag not in _STRIPPED), self.tokens[0])
        verb = next(
            (t for t in self.tokens if t.tag.startswith(("VV", "VA", "VX", "VC", "XSV", "XSA"))), None
        )
        noun = first.tag in _NOMINAL or (first.tag == "MM" and len(self.core) > 1)
        return noun and (
            verb is None
            or tag(verb) in {"VCP", "VCN"}
            or self.kind in {Kind.POSTPOSED, Kind.SOURCE}
            or self.postposed
        )

    @cached_property
    def postposed(self) -> bool:
        """예방을 위한, 사고에 대한: whether its verb is a postposition, which takes nothing further."""
        verb = next((i for i, t in enumerate(self.core) if t.tag.startswith("VV")), 0)
        return (
            verb > 0
            and self.core[verb].form in POSTPOSITIONS
            and self.core[verb - 1].tag in {"JKO", "JKB"}
            and all(tag(t) != "ETN" for t in self.core)
        )

    @cached_property
    def predicate(self) -> bool:
        """Whether it holds a verb, an adjective or a copula."""
        return any(t.tag.startswith(("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA")) for t in self.core)

    @cached_property
    def quotes(self) -> bool:
        """Whether it holds a quotation of a sentence."""
        return any(t.tag == "SSC" and t.form in "”\"’'" for t in self.tokens) and self.kind is Kind.QUOTED

    @cached_property
    def kind(self) -> Kind:
        """The part it plays."""
        return _kind(self)


def tag(token: Token) -> str:
    """The tag without Kiwi's mark of (ir)regular conjugation."""
    return token.tag.split("-")[0]


def phrases(sentence: Sentence) -> tuple[Phrase, ...]:
    """The phrases of a sentence, in order; together they hold all of its morphemes."""
    words = _words(replace(sentence, tokens=_mended(sentence.tokens)))
    inside = [(lo, hi) for lo, hi in enclosed(sentence.text)]
    groups: list[list[Token]] = []
    for word in words:
        if groups and (_cuts(inside, word[0].start) or _joins(tuple(groups[-1]), word)):
            groups[-1].extend(word)
        else:
            groups.append(list(word))
    return tuple(Phrase(tuple(g), g[0].start, max(t.end for t in g)) for g in groups)


# Behind a sign Kiwi reads some particles as words: 16%가 as the verb 가다, 16%를 as a noun and its particle.
_MISREAD = {("가", "어"): ("가", "JKS"), ("르", "ᆯ"): ("를", "JKO")}


def _mended(tokens: Tokens) -> Tokens:
    """The morphemes with particles behind a sign, a figure or a bracket read as such."""
    found: list[Token] = []
    for token in tokens:
        particle = _MISREAD.get((found[-1].form, token.form)) if len(found) > 1 else None
        if (
            particle is not None
            and found[-2].tag in {"SW", "SSC", "SL", "SN"}
            and found[-2].end == found[-1].start
            and token.end - found[-1].start == 1
        ):
            found[-1] = found[-1]._replace(form=particle[0], tag=particle[1], end=token.end)
        else:
            found.append(token)
    return tuple(found)


def _words(sentence: Sentence) -> list[Tokens]:
    words: list[list[Token]] = []
    for before, token in pairwise([None, *sentence.tokens]):
        assert token is not None  # noqa: S101 -- only the first of the first pair is None, for mypy
        # A mark that stands alone belongs to the word before it.
        if before is None or (
            sentence.text[before.end : token.start].isspace() and token.tag not in {"SP", "SF", "SSC"}
        ):
            words.append([])
        words[-1].append(token)
    return [tuple(w) for w in words]


def _cuts(inside: list[tuple[int, int]], at: int) -> bool:
    return any(lo < at < hi for lo, hi in inside)


def _core(tokens: Tokens) -> Tokens:
    end = len(tokens)
    while end > 1 and tokens[end - 1].tag in _STRIPPED:
        end -= 1
        if tokens[end].form == ")":
            opening = next((i for i in range(end, 0, -1) if tokens[i].form == "("), end)
            end = opening or end
    return tokens[:end]


def _joins(before: Tokens, word: Tokens) -> bool:
    """Whether `word` continues the phrase that ends in `before`."""
    return before[-1].tag != "SP" and any(rule(_core(before), word) for rule in _JOINS)


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
    noun = next((t for t in reversed(before) if t.tag in {"NNB", "NNG"}), None)
    if noun is None or noun.form not in _BOUND:
        return False
    at = before.index(noun)
    if at == 0 or before[at - 1].tag != "ETM" or len(before) - at > 2:  # noqa: PLR2004 -- noun and one particle
        return False
    if noun.form == "것" and before[-1].form in {"으로", "로"}:
        return True
    return word[0].form in {"있", "없"} and noun.form in {"수", "바", "적", "리"}


def _postposition(before: Tokens, word: Tokens) -> bool:
    """개선을 위해, 계획에 따라, 시에 따르면, 시와 함께."""
    if before[-1].form in {"와", "과"}:
        return word[0].form in {"함께", "달리", "더불어", "같이", "아울러", "관련"}
    if before[-1].tag == "JKO" and word[0].form in _GROUNDS and _core(word)[-1].form in {"로", "으로"}:
        return True
    if before[-1].tag == "JX" and word[0].form in {"물론", "불구"}:
        return True
    case = before[-1].tag in {"JKO", "JKB"} or before[-1].tag == "ETN"
    return (
        case
        and (word[0].form in POSTPOSITIONS)
        and len(_core(word)) in {2, 3}
        and (_core(word)[-1].tag in {"EC", "ETM"} or _core(word)[-1].form in {"면", "으로", "서", "는", "도"})
    )


def _torn_off(before: Tokens, word: Tokens) -> bool:
    """애호박 (1개) | 이, 구축 | 했다: a particle or a suffix that the page set apart from its noun."""
    apart = word[0].tag in {"JKS", "JKO", "JKB", "JKG", "JX", "JC", "XSV", "XSA", "XSN", "VCP"}
    return apart and before[-1].tag.startswith(("N", "SN", "SL", "SSC", "XSN", "XR"))


def _beside(before: Tokens, word: Tokens) -> bool:
    """전날 | 대비, 제한 | 없이: what a noun is compared with, or is without."""
    noun = before[-1].tag in {"NNG", "NNP", "NNB", "XSN", "SW", "SL"}
    return noun and word[0].form in {"대비", "없이"} and len(_core(word)) <= 2  # noqa: PLR2004 -- 대비/NNG 로/JKB


def _number(before: Tokens, word: Tokens) -> bool:
    """3172억 | 원, 약 | 28%, 총 | 10면, 5년 | 간."""
    if before[-1].tag in {"SN", "NR"} and word[0].tag in {"NNB", "NR", "SW", "SN"}:
        return True
    bound = word[0].tag == "NNB" or (len(_core(word)) == 1 and word[0].tag in {"NNG", "XSN"})
    if bound and word[0].form in _OF_AMOUNTS and any(t.tag in {"SN", "NR"} for t in before):
        return True
    counted = word[0].tag in {"SN", "NR"}
    return counted and len(before) == 1 and before[0].form in _APPROXIMATE


def _date(before: Tokens, word: Tokens) -> bool:
    """지난 | 17일, 내년 | 1월, 28일 | 오전 | 10시30분께."""
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
    return timely(before) and (
        timely(word) or timely(_without_particle(word)) or _without_particle(word)[-1].form in _DATED
    )


def _without_particle(word: Tokens) -> Tokens:
    core = _core(word)
    while len(core) > 1 and core[-1].tag in {"JKB", "JX", "JKG", "JKO", "JKS"}:
        core = core[:-1]
    return core


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
    _torn_off,
    _beside,
    _number,
    _date,
    _joined,
    _title,
)


def timely(tokens: Tokens) -> bool:
    """Whether they say when, and nothing else: 28일, 내년 1월, 최근."""
    core = _core(tokens)
    text = "".join(t.form for t in core)
    if text in TIME_NOUNS or text in {"지난", "오는", "이날", "이달", "다음달"}:
        return True
    numbers = [t for t in core if t.tag in {"SN", "NR"}]
    return (
        bool(core)
        and all(
            t.tag in {"SN", "NR", "SO", "SW"}
            or (t.form in _DATE_UNITS and t.tag in {"NNB", "NNG"} and bool(numbers))
            or t.form in TIME_NOUNS
            for t in core
        )
        and any(t.form in _DATE_UNITS or t.form in TIME_NOUNS for t in core)
    )


def _kind(phrase: Phrase) -> Kind:  # noqa: C901, PLR0911, PLR0912 -- a table by the tag of the last morpheme
    core = phrase.core
    last = core[-1]
    before = core[-2] if len(core) > 1 else None
    quoted = any(t.tag == "SSC" for t in core)
    if len(core) <= 3 and core[0].form in {"어떻", "이렇", "그렇"} and last.form == "게":  # noqa: PLR2004 -- 어떻/VA 하/XSA 게/EC
        return Kind.ADVERB
    if last.form == "게" and len(core) == 2 and tag(core[0]) == "VA":  # noqa: PLR2004 -- 크/VA 게/EC
        return Kind.ADVERB
    match tag(last):
        case "JX":
            if before is not None and before.tag in {"JKB", "JX"}:
                return Kind.OBLIQUE
            if before is not None and before.tag == "EC":
                # 에 대해서는.
                noun = any(
                    t.form in POSTPOSITIONS and core[i].tag in {"JKO", "JKB"} for i, t in enumerate(core[1:])
                )
                return Kind.POSTPOSED if noun else Kind.CLAUSE
            if last.form in {"은", "는", "ᆫ"}:
                return Kind.TOPIC
            return Kind.ALSO if last.form == "도" else Kind.OBLIQUE
        case "JKS":
            return Kind.SUBJECT
        case "JKO":
            return Kind.OBJECT
        case "JKC":
            return Kind.COMPLEMENT
        case "JKB":
            return Kind.OBLIQUE
        case "JKG":
            return Kind.GENITIVE
        case "JC":
            return Kind.LIST
        case "JKQ":
            return Kind.QUOTED
        case "EC":
            return _clause(phrase, quoted=quoted)
        case "ETM":
            return Kind.ADNOMINAL
        case "EF":
            return Kind.FINAL
        case "MAG":
            if last.form == "물론" or (before is not None and before.tag == "JKB"):
                return Kind.OBLIQUE
            return Kind.ADVERB
        case "MAJ":
            return Kind.CONJUNCTION
        case "MM":
            return Kind.DETERMINER
        case _:
            if timely(core):
                return Kind.TIME
            if last.form == "등" and phrase.predicate:
                return Kind.OBLIQUE
            # 개막 전, where 개막전 is a noun of its own.
            apart = before is None or before.end < last.start or before.tag in {"NNB", "ETM"}
            if last.form in ADVERBIAL_NOUNS and apart and not phrase.comma:
                return Kind.OBLIQUE
            return Kind.LIST if phrase.comma else Kind.NOUN


def _clause(phrase: Phrase, *, quoted: bool) -> Kind:
    core = phrase.core
    last = core[-1]
    if last.form.endswith(_QUOTATIVE) or (
        quoted and last.form in {"고", "며", "면서", "라", "이라"} and core[-2].tag == "SSC"
    ):
        return Kind.QUOTED
    verb = next((t for t in reversed(core[:-1]) if t.form in POSTPOSITIONS), None)
    if verb is not None and any(t.tag in {"JKO", "JKB"} for t in core):
        return Kind.SOURCE if verb.form == "따르" and last.form == "면" else Kind.POSTPOSED
    return Kind.CLAUSE
