"""Which phrases may go, and what that costs the sentence: a table, read from the top, the first rule that fits.

A rule without a loss says that the phrase stays as long as what it hangs on stays. Losses are in the units of
`worth`: a content word is worth about one. Each rule's examples are its tests: a sentence, a phrase of it, and
the sentence without that phrase (or None where it stays).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.summary.compress import modifiers, needs
from app.summary.compress.lexicon import AGENTS, ASIDES
from app.summary.compress.phrases import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

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


RULES: tuple[Rule, ...] = (
    Rule(
        "subject, object, complement",
        needs.of_kind(
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
        "amount with a subject",
        needs.elliptic,
        None,
        (("논문이 33편, 책이 10권 발견됐으나 모두 문제가 없었다.", "33편,", None),),
    ),
    Rule(
        "examples of deeds",
        modifiers.deeds,
        None,
        (("이 말은 땅을 파는 등의 행위를 뜻한다.", "등의", None),),
    ),
    Rule(
        "condition",
        needs.condition,
        None,
        (
            ("노사가 합의하면 내달 버스 요금을 올린다.", "합의하면", None),
            ("사고가 발생한 경우 현장을 통제한다.", "경우", None),
        ),
    ),
    Rule(
        "joins to the sentence before",
        needs.resumes,
        -9.0,
        (("시는 또 도서관을 연다.", "또", "시는 도서관을 연다."),),
    ),
    Rule(
        "negation and limits",
        needs.limiting,
        None,
        (
            ("시는 아직 예산을 받지 못했다.", "아직", None),
            ("조합은 회원에게만 자료를 공개했다.", "회원에게만", None),
            ("누구나 수량 제한 없이 쌀을 산다.", "없이", None),
        ),
    ),
    Rule(
        "what a negation denies",
        needs.denied,
        None,
        (
            ("시는 세금을 많이 올리지 않도록 했다.", "많이", None),
            ("시는 야간에 문을 열지 않는다.", "야간에", None),
        ),
    ),
    Rule(
        "what a measuring word measures",
        needs.measured,
        None,
        (("구가 30년 넘게 쓴 관을 바꾼다.", "30년", None),),
    ),
    Rule("share", modifiers.share, None, (("주민 10명 중 8명은 찬성했다.", "중", None),)),
    Rule(
        "modifiers on end",
        modifiers.tangled,
        -9.0,
        (("시는 빠른 꺾는 행정을 폈다.", "빠른", "시는 꺾는 행정을 폈다."),),
    ),
    Rule(
        "verb that may have the subject",
        modifiers.doubtful,
        None,
        (("구청이 허가를 신청한 사업을 반려했다.", "신청한", None),),
    ),
    Rule(
        "reported",
        modifiers.reported,
        None,
        (("주민들은 지원을 늘려야 한다는 청원을 냈다.", "늘려야 한다는", None),),
    ),
    Rule(
        "bound to an empty noun",
        modifiers.bound,
        None,
        (
            ("구는 골목을 넓히는 방안을 검토한다.", "넓히는", None),
            ("검찰은 공금을 빼돌린 혐의를 수사한다.", "빼돌린", None),
        ),
    ),
    Rule(
        "clause with the only subject",
        needs.holds_subject,
        None,
        (
            ("시는 헌 옷을 모아 기부했다.", "모아", None),
            ("시는 지침을 정리하고, 공동 사업도 기획해 추진한다.", "기획해", None),
        ),
    ),
    Rule("definition", modifiers.definition, None, (("이 약은 열을 내리는 약이다.", "내리는", None),)),
    Rule(
        "item of a list before 등",
        modifiers.list_item,
        0.1,
        (),
    ),
    Rule("list", needs.of_kind(Kind.LIST), None, (("시는 학교, 병원 2곳을 점검했다.", "학교,", None),)),
    Rule("compound", needs.of_kind(Kind.NOUN), None, (("시는 도로 확장 공사를 마쳤다.", "도로", None),)),
    Rule(
        "as told before",
        needs.thus,
        -9.0,
        (('시장은 "예산을 늘리겠다"고 이처럼 말했다.', "이처럼", '시장은 "예산을 늘리겠다"고 말했다.'),),
    ),
    Rule(
        "argument of its verb",
        needs.argument,
        None,
        (
            ("해담시는 새 청사를 짓는 공사에 착수했다.", "공사에", None),
            ("조합은 위원장으로 나가온 씨를 선임했다.", "위원장으로", None),
            ("북부서장에는 서다온 총경이 예정됐다.", "북부서장에는", None),
            ("새봄사는 시장 공략에 속도를 낸다.", "공략에", None),
            ("시는 옛 역사를 지역 유산으로 새로 등록했다.", "유산으로", None),
        ),
    ),
    Rule(
        "beside its like",
        needs.parallel,
        None,
        (("시는 낮에는 도서관에서, 밤에는 체육관에서 강좌를 연다.", "도서관에서,", None),),
    ),
    Rule(
        "from and to",
        needs.from_and_to,
        None,
        (
            ("쌀값이 5만원에서 4만원으로 크게 내렸다.", "5만원에서", None),
            ('시는 판단을 "줄고 있다"에서 "늘고 있다"로 올렸다.', "에서", None),
        ),
    ),
    Rule(
        "besides",
        needs.besides,
        None,
        (("시민은 주유소 외에 마트에서도 기름을 산다.", "외에", None),),
    ),
    Rule(
        "by how much",
        needs.exceeds,
        None,
        (("군의 집값은 시의 집값보다 두 배 넘게 높았다.", "넘게", None),),
    ),
    Rule(
        "place that is spoken of",
        needs.spoken_of,
        1.5,
        (("축제에는 손님 50만명이 다녀갔다.", "축제에는", "손님 50만명이 다녀갔다."),),
    ),
    Rule(
        "what fills a light verb's object",
        modifiers.hollow,
        None,
        (("전력은 안정적인 수급을 보였다.", "안정적인", None),),
    ),
    Rule("serial verb", needs.serial, None, (("물이 흘러 들어갔다.", "흘러", None),)),
    Rule(
        "connective",
        needs.of_kind(Kind.CONJUNCTION),
        -9.0,
        (("그러나 시는 예산을 줄였다.", "그러나", "시는 예산을 줄였다."),),
    ),
    Rule(
        "what a modifier needs",
        needs.bares_modifier,
        None,
        (("시는 센터에서 운영하는 상담소를 늘렸다.", "센터에서", None),),
    ),
    Rule(
        "passing time",
        needs.passing_time,
        -3.0,
        (("시는 28일 새 도서관을 열었다.", "28일", "시는 새 도서관을 열었다."),),
    ),
    Rule(
        "time of a noun",
        needs.before_its_noun,
        1.5,
        (("시는 지난달 신규 채용을 마쳤다.", "지난달", "시는 신규 채용을 마쳤다."),),
    ),
    Rule("time", needs.of_kind(Kind.TIME), 0.9, ()),
    Rule(
        "adverb of a modifier",
        needs.adverb_of_modifier,
        None,
        (("시는 꾸준히 책을 읽는 모임을 늘렸다.", "꾸준히", None),),
    ),
    Rule(
        "manner",
        needs.manner,
        None,
        (("업체는 상품 대금을 늦게 줬다.", "늦게", None),),
    ),
    Rule(
        "adverb",
        needs.of_kind(Kind.ADVERB),
        0.3,
        (("시는 꾸준히 사업을 추진했다.", "꾸준히", "시는 사업을 추진했다."),),
    ),
    Rule(
        "comparison of a noun",
        modifiers.compared,
        None,
        (("시는 더 많은 예산을 마련했다.", "많은", None),),
    ),
    Rule(
        "name of a law",
        modifiers.in_title_of_law,
        None,
        (("시의회는 공원의 이용 등에 관한 조례를 고쳤다.", "공원의", None),),
    ),
    Rule(
        "whole of a part",
        modifiers.part_of,
        None,
        (("시는 가게의 16%를 도왔다.", "가게의", None),),
    ),
    Rule(
        "whose",
        modifiers.whose,
        None,
        (("가게의 매출은 크게 늘었다.", "가게의", None),),
    ),
    Rule(
        "clause about a name",
        modifiers.proper_head,
        0.2,
        (("불법 주차로 몸살을 앓던 해담동에 주차장이 생겼다.", "앓던", "해담동에 주차장이 생겼다."),),
    ),
    Rule(
        "clause about the subject",
        modifiers.subject_head,
        None,
        (("약을 먹은 쥐가 오래 살았다.", "먹은", None),),
    ),
    Rule("clause about a noun", needs.of_kind(Kind.ADNOMINAL), 1.0, ()),
    Rule(
        "counted",
        modifiers.counted,
        None,
        (
            ("시는 200세대의 집을 지었다.", "200세대의", None),
            ("법원은 해담시의 처분을 취소했다.", "해담시의", None),
        ),
    ),
    Rule("genitive", needs.of_kind(Kind.GENITIVE), 0.8, ()),
    Rule("aside", needs.postposed(*ASIDES), 0.0, ()),
    Rule("agent or theme", needs.postposed(*AGENTS), 1.0, ()),
    Rule(
        "purpose or means",
        needs.of_kind(Kind.POSTPOSED),
        0.4,
        (("시는 불편 해소를 위해 노선을 늘렸다.", "해소를 위해", "시는 노선을 늘렸다."),),
    ),
    Rule(
        "source that claims",
        needs.claimed,
        None,
        (
            ("가온연대에 따르면 회사의 이익은 18억원이다.", "따르면", None),
            ("나래노조에 따르면 조합원 300명이 파업에 참여했다.", "따르면", None),
        ),
    ),
    Rule("source", needs.of_kind(Kind.SOURCE), 0.2, ()),
    Rule(
        "comparison",
        needs.particle("보다"),
        None,
        (("관람객이 지난해보다 크게 늘었다.", "지난해보다", None),),
    ),
    Rule("adverbial", needs.of_kind(Kind.OBLIQUE), 0.6, ()),
    Rule(
        "clause within a definition",
        needs.within_definition,
        None,
        (("이 사업은 헌 옷을 모아서 이웃에게 책을 나누는 사업이다.", "모아서", None),),
    ),
    Rule("clause within a modifier", needs.within_modifier, 1.2, ()),
    Rule("concession", needs.marked("지만", "으나", "나", "는데", "ᆫ데"), 0.4, ()),
    Rule("coordinate clause", needs.marked("고", "며", "으며", "면서", "으면서"), 0.6, ()),
    Rule("clause", lambda _tree, _n: True, 0.6, ()),
)
