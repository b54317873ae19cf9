"""Which phrases may go, and what that costs the sentence: a table, read from the top, the first rule that fits.

A rule without a loss says that the phrase stays as long as what it hangs on stays. Losses are in the units of
`worth`: a content word is worth about one. Each rule's examples are its tests: a sentence, a phrase of it, and
the sentence without that phrase (or None where it stays).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.phrases import TITLES, Kind, tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

Example = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """When it applies to a phrase of a tree, and the loss of dropping that phrase; None where it stays."""

    name: str
    applies: Callable[[Tree, int], bool]
    loss: float | None
    examples: tuple[Example, ...]


def rule_of(tree: Tree, n: int) -> Rule:
    """The rule for phrase `n`; every phrase has one."""
    return next(rule for rule in RULES if rule.applies(tree, n))


# Endings and nouns that state a condition: without it the claim is another one.
_CONDITIONS = words(
    "면 으면 다면 는다면 ᆫ다면 라면 이라면 더라도 어도 아도 ᆯ수록 을수록 거든 어야 려면 으려면 거나 든 든지 자마자 면서도 라도 되"
)
_CONDITION_NOUNS = words("경우 때 시 한 이상 이하 미만 초과 제외 조건 대상 중")
_LIMITING_ADVERBS = words(
    "안 못 아직 거의 불과 겨우 고작 약 최소 최대 총 무려 단 미처 결코 전혀 별로 채 차마 더 덜 가장 다시 또 모두 각각 서로 함께 같이 "
    "처음 이미 곧 일부 반드시 오히려 평균 스스로 직접 대체로 전반적으로 사실상 달리 및 또는 혹은 내지 겸"
)
_MEASURING = words("넘 이르 달하 걸치 그치 웃돌 밑돌 육박하 미치 연속 이상 이하 미만")
_LIMITING_PARTICLES = words("만 밖에 뿐 조차 마저 씩 이나 나 까지 부터")
# Nouns that mean little without what modifies them.
_EMPTY_NOUNS = words(
    "것 수 바 데 점 줄 등 때 뒤 후 전 중 결과 가운데 경우 사실 계획 방침 방안 내용 혐의 의혹 사고 이유 과정 상황 상태 입장 취지 "
    "의견 지적 목소리 우려 전망 주장 판단 분석 평가 가능성 필요성 방식 방법 문제 사람 자 곳 측면 정도 만큼 채 뿐 때문 듯 셈 "
    "이후 당시 동안 직후 도중 이래 상황 모습 추세 움직임 분위기 관계자 생각 느낌 뜻 말 질문 요구 요청 제안 신고 소식 발표 "
    "설명 예정 목표 목적 일환 차원 기준 조건 대책 조치 역할 기능 효과 영향 수준 규모 비율 비중 절반 대부분 일부 하나 나머지 "
    "상당 가량 특징 장점 단점 원인 배경 근거 기회 능력 권리 의무 책임 행위 사례 현상 사태 날 해 지 가지 명 개 건 원 수치 구조 "
    "셈 대가 반면 한편 대신 만 뒤 끝 이 적 리 터 은 이들 사항 기업 업체 학생 환자 주민 시민 국민 노동자 가구 여성 남성 씨 아이 사람들 부분 분야 지역 곳곳 폭 속도 방향 쪽 순 상품 제품 값 가격 금액 액수 날짜 시점 시기 시간"
)
_ARGUMENT_PARTICLES = words(
    "에 으로 로 와 과 에게 라고 이라고 께 처럼 같이 로부터 으로부터 에게서 만큼 으로서 로서"
)
# With whom and to whom: what is done with or to someone is not done without.
_PARTNERS = words("와 과 에게 한테 께 에게서")
_ASIDES = words("비롯 포함")
_AGENTS = words("의하 대하 관하 비하 두")


def _phrase(tree: Tree, n: int) -> Phrase:
    return tree.phrases[n]


def _head(tree: Tree, n: int) -> Phrase:
    return tree.phrases[tree.heads[n]]


def _kind(*kinds: Kind) -> Callable[[Tree, int], bool]:
    return lambda tree, n: _phrase(tree, n).kind in kinds


def _first_noun(phrase: Phrase) -> str:
    token = next(
        (t for t in phrase.core if t.tag[0] in "NXS" and t.tag not in {"SSO", "SSC"}), phrase.core[0]
    )
    return token.form


def _last_noun(phrase: Phrase) -> str:
    return next((t.form for t in reversed(phrase.core) if t.tag.startswith(("NN", "NP", "XSN"))), "")


def _condition(tree: Tree, n: int) -> bool:
    phrase = _phrase(tree, n)
    core = phrase.core
    if phrase.kind is Kind.CLAUSE and phrase.mark in _CONDITIONS:
        return True
    nouns = [t for t in core if t.tag in {"NNG", "NNB"}]
    return (
        phrase.kind in {Kind.OBLIQUE, Kind.NOUN, Kind.TIME}
        and bool(nouns)
        and nouns[-1].form in _CONDITION_NOUNS
        and not phrase.predicate
        and any(tree.phrases[c].kind in {Kind.ADNOMINAL, Kind.NOUN} for c in tree.children[n])
        and nouns[-1].form != "중"
    )


def _measured(tree: Tree, n: int) -> bool:
    """30년 넘게, 6.5%에 달하는: the figure that a verb of measure stands on."""
    return _head(tree, n).core[0].form in _MEASURING and any(
        t.tag in {"SN", "NR"} for t in _phrase(tree, n).core
    )


def _limiting(tree: Tree, n: int) -> bool:
    phrase = _phrase(tree, n)
    if phrase.kind is Kind.ADVERB:
        return phrase.core[0].form in _LIMITING_ADVERBS or phrase.mark in _LIMITING_ADVERBS
    return phrase.kind is Kind.OBLIQUE and tag(phrase.core[-1]) == "JX" and phrase.mark in _LIMITING_PARTICLES


def _bound(tree: Tree, n: int) -> bool:
    """What an empty noun needs before it: the first phrase that it takes, or all that it takes."""
    head = _head(tree, n)
    modifier = _phrase(tree, n).kind in {Kind.ADNOMINAL, Kind.GENITIVE, Kind.NOUN, Kind.LIST}
    return (
        modifier
        and head.nominal
        and (
            _first_noun(head) in _EMPTY_NOUNS
            or _first_noun(head) in TITLES
            or head.tokens[0].tag == "NNB"
            or (_phrase(tree, n).kind is Kind.ADNOMINAL and _last_noun(head) in _EMPTY_NOUNS)
        )
    )


def _reported(tree: Tree, n: int) -> bool:
    """-다는, -라는: what was said, thought or planned."""
    phrase = _phrase(tree, n)
    return phrase.kind is Kind.ADNOMINAL and phrase.mark.endswith(
        ("다는", "라는", "자는", "냐는", "단", "란")
    )


def _argument(tree: Tree, n: int) -> bool:
    """Directly before its verb, which is where Korean puts what the verb cannot do without."""
    phrase, head = _phrase(tree, n), tree.heads[n]
    if phrase.kind is not Kind.OBLIQUE or phrase.core[-1].tag not in {"JKB", "JX"}:
        return False
    between = range(n + 1, head)
    if any(t.form in _PARTNERS and t.tag == "JKB" for t in phrase.core[-2:]):
        return True
    if phrase.mark == "으로" and len(phrase.core) > 1 and phrase.core[-2].form == "중":
        return True
    # 가동률은 76.7%로, …: a number that a comma closes is said of the subject.
    if phrase.comma and phrase.mark in {"로", "으로"}:
        return True
    if phrase.mark == "에" and any(t.tag in {"SN", "NR"} for t in phrase.core):
        return True
    near = all(tree.phrases[i].kind in {Kind.ADVERB, Kind.TIME} for i in between)
    return near and phrase.mark in _ARGUMENT_PARTICLES


def _passing_time(tree: Tree, n: int) -> bool:
    """A bare day, or a word for about now: the day of the news."""
    phrase = _phrase(tree, n)
    text = "".join(t.form for t in phrase.core)
    return phrase.kind is Kind.TIME and (text in _NOW or text.removesuffix("일").isdigit())


_NOW = words("이날 최근 현재 당시 오늘 어제 전날 그동안 지금")


def _bares_modifier(tree: Tree, n: int) -> bool:
    """The last that a verb before its noun has: 센터에서 운영하는 상담소."""
    return _head(tree, n).kind is Kind.ADNOMINAL and tree.children[tree.heads[n]][-1:] == (n,)


def _numbered(phrase: Phrase) -> bool:
    return any(t.tag in {"SN", "NR"} for t in phrase.core)


def _resumes(tree: Tree, n: int) -> bool:
    """또, 우선 and the like directly behind the topic: they join the sentence to the one before it."""
    phrase = _phrase(tree, n)
    return (
        phrase.kind is Kind.ADVERB
        and phrase.mark in _RESUMING
        and (n == 0 or tree.phrases[n - 1].kind in {Kind.TOPIC, Kind.SUBJECT, Kind.ALSO})
    )


_RESUMING = words("또 우선 먼저 한편 특히 아울러 이어 앞서 다만 이후 이에 이로써")


def _adverb_of_modifier(tree: Tree, n: int) -> bool:
    return _phrase(tree, n).kind is Kind.ADVERB and _head(tree, n).kind in {Kind.ADNOMINAL, Kind.ADVERB}


def _definition(tree: Tree, n: int) -> bool:
    """What says what the subject is: 개발하는 사업이다."""
    return _phrase(tree, n).kind in {Kind.ADNOMINAL, Kind.GENITIVE} and _head(tree, n).kind not in {
        Kind.OBJECT,
        Kind.OBLIQUE,
        Kind.POSTPOSED,
        Kind.TOPIC,
        Kind.SUBJECT,
        Kind.ALSO,
        Kind.GENITIVE,
        Kind.NOUN,
        Kind.LIST,
    }


def _list_item(tree: Tree, n: int) -> bool:
    """An item of a list that 등 closes; the one next to 등 stays."""
    phrase, head = _phrase(tree, n), tree.heads[n]
    if phrase.kind is not Kind.LIST or not phrase.comma or n == 0:
        return False
    before = tree.phrases[n - 1]
    return (
        before.kind is Kind.LIST
        and before.comma
        and any(t.form == "등" and t.tag == "NNB" for t in tree.phrases[head].core + _after(tree, head))
    )


def _after(tree: Tree, n: int) -> tuple:  # type: ignore[type-arg]
    return tree.phrases[n + 1].core[:1] if n + 1 < len(tree.phrases) else ()


def _proper_head(tree: Tree, n: int) -> bool:
    head = _head(tree, n)
    return _phrase(tree, n).kind is Kind.ADNOMINAL and any(t.tag in {"NNP", "SL"} for t in head.core[:2])


def _subject_head(tree: Tree, n: int) -> bool:
    """A clause that says which ones a claim is about: without it the claim is about all."""
    head = _head(tree, n)
    return _phrase(tree, n).kind is Kind.ADNOMINAL and head.kind in {Kind.TOPIC, Kind.SUBJECT}


def _serial(tree: Tree, n: int) -> bool:
    """-어 directly before its verb and without anything of its own: 이어 갔다, 넘겨받아 운영했다."""
    phrase = _phrase(tree, n)
    return (
        phrase.kind is Kind.CLAUSE
        and phrase.mark in {"어", "아", "게", "도록", "지"}
        and not tree.children[n]
        and (tree.heads[n] == n + 1)
    )


def _share(tree: Tree, n: int) -> bool:
    """10명 중 8명은: what a part is part of."""
    phrase = _phrase(tree, n)
    return phrase.kind is Kind.OBLIQUE and phrase.mark in {"중", "가운데"} and _numbered(tree.phrases[n + 1])


def _doubtful(tree: Tree, n: int) -> bool:
    """A modifying verb that the subject before it may belong to: without it, someone else would act."""
    return _phrase(tree, n).kind is Kind.ADNOMINAL and any(
        tree.doubtful(i) and not any(p.predicate for p in tree.phrases[i + 1 : n]) for i in range(n)
    )


def _holds_subject(tree: Tree, n: int) -> bool:
    """A clause that holds the only subject, or the object that its verb shares with the next."""
    if _phrase(tree, n).kind is not Kind.CLAUSE:
        return False
    head = tree.heads[n]
    if tree.subject(n) is not None and tree.subject(head) is None:
        return True
    objects = [_has(tree, i, Kind.OBJECT) for i in (n, head)]
    return (
        objects == [True, False]
        and _phrase(tree, n).mark in {"어", "아", "어서"}
        and _acts(tree.phrases[head])
    )


def _has(tree: Tree, n: int, kind: Kind) -> bool:
    return any(tree.phrases[c].kind is kind for c in tree.children[n])


def _acts(phrase: Phrase) -> bool:
    """Whether a predicate may take an object."""
    return not any(t.form in {"되", "당하"} or t.tag.startswith(("VA", "XSA", "VCP")) for t in phrase.core)


def _within_modifier(tree: Tree, n: int) -> bool:
    return _phrase(tree, n).kind is Kind.CLAUSE and _head(tree, n).kind is Kind.ADNOMINAL


def _marked(*marks: str) -> Callable[[Tree, int], bool]:
    return lambda tree, n: _phrase(tree, n).kind is Kind.CLAUSE and _phrase(tree, n).mark in marks


def _postposed(*verbs: str) -> Callable[[Tree, int], bool]:
    return lambda tree, n: (
        _phrase(tree, n).kind is Kind.POSTPOSED and any(t.form in verbs for t in _phrase(tree, n).core)
    )


def _particle(*forms: str) -> Callable[[Tree, int], bool]:
    return lambda tree, n: (
        _phrase(tree, n).kind is Kind.OBLIQUE
        and any(t.form in forms and t.tag in {"JKB", "JX"} for t in _phrase(tree, n).core[-2:])
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "subject, object, complement",
        _kind(
            Kind.TOPIC,
            Kind.SUBJECT,
            Kind.ALSO,
            Kind.OBJECT,
            Kind.COMPLEMENT,
            Kind.QUOTED,
            Kind.DETERMINER,
            Kind.FINAL,
        ),
        None,
        (
            ("해담시는 새 도서관을 열었다.", "해담시는", None),
            ("해담시는 새 도서관을 열었다.", "도서관을", None),
            ("시의회가 이 안건을 부결했다.", "이", None),
        ),
    ),
    Rule(
        "condition",
        _condition,
        None,
        (
            ("노사가 합의하면 내달 버스 요금을 올린다.", "합의하면", None),
            ("사고가 발생한 경우 현장을 통제한다.", "경우", None),
        ),
    ),
    Rule(
        "joins to the sentence before",
        _resumes,
        -9.0,
        (("시는 또 도서관을 연다.", "또", "시는 도서관을 연다."),),
    ),
    Rule(
        "negation and limits",
        _limiting,
        None,
        (
            ("시는 아직 예산을 받지 못했다.", "아직", None),
            ("조합은 회원에게만 자료를 공개했다.", "회원에게만", None),
        ),
    ),
    Rule(
        "what a measuring word measures", _measured, None, (("구가 30년 넘게 쓴 관을 바꾼다.", "30년", None),)
    ),
    Rule("share", _share, None, (("주민 10명 중 8명은 찬성했다.", "중", None),)),
    Rule(
        "verb that may have the subject",
        _doubtful,
        None,
        (("구청이 허가를 신청한 사업을 반려했다.", "신청한", None),),
    ),
    Rule(
        "reported",
        _reported,
        None,
        (("주민들은 지원을 늘려야 한다는 청원을 냈다.", "늘려야 한다는", None),),
    ),
    Rule(
        "bound to an empty noun",
        _bound,
        None,
        (
            ("구는 골목을 넓히는 방안을 검토한다.", "넓히는", None),
            ("검찰은 공금을 빼돌린 혐의를 수사한다.", "빼돌린", None),
        ),
    ),
    Rule(
        "clause with the only subject",
        _holds_subject,
        None,
        (("시는 헌 옷을 모아 기부했다.", "모아", None),),
    ),
    Rule("definition", _definition, None, (("이 약은 열을 내리는 약이다.", "내리는", None),)),
    Rule(
        "item of a list before 등",
        _list_item,
        0.1,
        (),
    ),
    Rule("list", _kind(Kind.LIST), None, (("시는 학교, 병원 2곳을 점검했다.", "학교,", None),)),
    Rule("compound", _kind(Kind.NOUN), None, (("시는 도로 확장 공사를 마쳤다.", "도로", None),)),
    Rule(
        "argument of its verb",
        _argument,
        None,
        (("해담시는 새 청사를 짓는 공사에 착수했다.", "공사에", None),),
    ),
    Rule("serial verb", _serial, None, (("물이 흘러 들어갔다.", "흘러", None),)),
    Rule(
        "connective",
        _kind(Kind.CONJUNCTION),
        -9.0,
        (("그러나 시는 예산을 줄였다.", "그러나", "시는 예산을 줄였다."),),
    ),
    Rule(
        "what a modifier needs",
        _bares_modifier,
        None,
        (("시는 센터에서 운영하는 상담소를 늘렸다.", "센터에서", None),),
    ),
    Rule(
        "passing time",
        _passing_time,
        -3.0,
        (("시는 28일 새 도서관을 열었다.", "28일", "시는 새 도서관을 열었다."),),
    ),
    Rule("time", _kind(Kind.TIME), 0.9, ()),
    Rule(
        "adverb of a modifier",
        _adverb_of_modifier,
        None,
        (("시는 꾸준히 책을 읽는 모임을 늘렸다.", "꾸준히", None),),
    ),
    Rule(
        "adverb",
        _kind(Kind.ADVERB),
        0.3,
        (("시는 꾸준히 사업을 추진했다.", "꾸준히", "시는 사업을 추진했다."),),
    ),
    Rule(
        "clause about a name",
        _proper_head,
        0.2,
        (("불법 주차로 몸살을 앓던 해담동에 주차장이 생겼다.", "앓던", "해담동에 주차장이 생겼다."),),
    ),
    Rule(
        "clause about the subject",
        _subject_head,
        None,
        (("약을 먹은 쥐가 오래 살았다.", "먹은", None),),
    ),
    Rule("clause about a noun", _kind(Kind.ADNOMINAL), 1.0, ()),
    Rule(
        "counted",
        lambda tree, n: _phrase(tree, n).kind is Kind.GENITIVE and _numbered(_phrase(tree, n)),
        None,
        (("시는 200세대의 집을 지었다.", "200세대의", None),),
    ),
    Rule("genitive", _kind(Kind.GENITIVE), 0.8, ()),
    Rule("aside", _postposed(*_ASIDES), 0.0, ()),
    Rule("agent or theme", _postposed(*_AGENTS), 1.0, ()),
    Rule(
        "purpose or means",
        _kind(Kind.POSTPOSED),
        0.4,
        (("시는 불편 해소를 위해 노선을 늘렸다.", "해소를 위해", "시는 노선을 늘렸다."),),
    ),
    Rule("source", _kind(Kind.SOURCE), 0.2, ()),
    Rule("comparison", _particle("보다"), 0.6, ()),
    Rule("adverbial", _kind(Kind.OBLIQUE), 0.6, ()),
    Rule("clause within a modifier", _within_modifier, 1.2, ()),
    Rule("concession", _marked("지만", "으나", "나", "는데", "ᆫ데"), 0.4, ()),
    Rule("coordinate clause", _marked("고", "며", "으며", "면서", "으면서"), 0.6, ()),
    Rule("clause", lambda _tree, _n: True, 0.6, ()),
)
