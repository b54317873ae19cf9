"""Which phrases may go, and what that costs the sentence: a table, read from the top, the first rule that fits.

A rule without a loss says that the phrase stays as long as what it hangs on stays. Losses are in the units of
`worth`: a content word is worth about one. Each rule's examples are its tests: a sentence, a phrase of it, and
the sentence without that phrase (or None where it stays).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress import limits, modifiers, needs
from app.summary.compress.held import HELD
from app.summary.compress.lexicon import AGENTS, ASIDES
from app.summary.compress.phrases import Kind
from app.summary.compress.rules import Rule, marked, of_kind, particle, postposed

if TYPE_CHECKING:
    from app.summary.compress.tree import Tree


def rule_of(tree: Tree, n: int) -> Rule:
    """The rule for phrase `n`; every phrase has one."""
    return next(rule for rule in RULES if rule.applies(tree, n))


RULES: tuple[Rule, ...] = (
    *HELD,
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
    Rule(
        "serial verb",
        needs.serial,
        None,
        (("물이 흘러 들어갔다.", "흘러", None), ("나 씨는 이웃을 때리려고 시도했다.", "때리려고", None)),
    ),
    Rule(
        "connective",
        of_kind(Kind.CONJUNCTION),
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
        (
            ("시는 지난달 신규 채용을 마쳤다.", "지난달", "시는 신규 채용을 마쳤다."),
            ("명단에는 1980년 이후 출생자 8명이 올랐다.", "1980년 이후", "명단에는 출생자 8명이 올랐다."),
        ),
    ),
    Rule("time", of_kind(Kind.TIME), 0.9, ()),
    Rule(
        "adverb of a modifier",
        needs.adverb_of_modifier,
        None,
        (("시는 꾸준히 책을 읽는 모임을 늘렸다.", "꾸준히", None),),
    ),
    Rule(
        "manner",
        limits.manner,
        None,
        (
            ("업체는 상품 대금을 늦게 줬다.", "늦게", None),
            ("농도는 아이들에게서 높게 나타났다.", "높게", None),
        ),
    ),
    Rule(
        "at once upon",
        limits.upon,
        None,
        (("시는 약을 도입 즉시 나눠 준다.", "즉시", None),),
    ),
    Rule(
        "adverb",
        of_kind(Kind.ADVERB),
        0.3,
        (
            ("시는 꾸준히 사업을 추진했다.", "꾸준히", "시는 사업을 추진했다."),
            ("학자는 위기를 깊이 있게 분석했다.", "있게", "학자는 위기를 분석했다."),
        ),
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
        (("가게의 매출은 크게 늘었다.", "가게의", None), ("새 기계의 수입량은 크게 늘었다.", "기계의", None)),
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
    Rule("clause about a noun", of_kind(Kind.ADNOMINAL), 1.0, ()),
    Rule(
        "counted",
        modifiers.counted,
        None,
        (
            ("시는 200세대의 집을 지었다.", "200세대의", None),
            ("법원은 해담시의 처분을 취소했다.", "해담시의", None),
        ),
    ),
    Rule("genitive", of_kind(Kind.GENITIVE), 0.8, ()),
    Rule("aside", postposed(*ASIDES), 0.0, ()),
    Rule("agent or theme", postposed(*AGENTS), 1.0, ()),
    Rule(
        "purpose or means",
        of_kind(Kind.POSTPOSED),
        0.4,
        (("시는 불편 해소를 위해 노선을 늘렸다.", "해소를 위해", "시는 노선을 늘렸다."),),
    ),
    Rule(
        "source that claims",
        limits.claimed,
        None,
        (
            ("가온연대에 따르면 회사의 이익은 18억원이다.", "따르면", None),
            ("나래노조에 따르면 조합원 300명이 파업에 참여했다.", "따르면", None),
        ),
    ),
    Rule("source", of_kind(Kind.SOURCE), 0.2, ()),
    Rule(
        "comparison",
        particle("보다"),
        None,
        (("관람객이 지난해보다 크게 늘었다.", "지난해보다", None),),
    ),
    Rule("adverbial", of_kind(Kind.OBLIQUE), 0.6, ()),
    Rule(
        "clause within a definition",
        needs.within_definition,
        None,
        (("이 사업은 헌 옷을 모아서 이웃에게 책을 나누는 사업이다.", "모아서", None),),
    ),
    Rule("clause within a modifier", needs.within_modifier, 1.2, ()),
    Rule("concession", marked("지만", "으나", "나", "는데", "ᆫ데"), 0.4, ()),
    Rule("coordinate clause", marked("고", "며", "으며", "면서", "으면서"), 0.6, ()),
    Rule(
        "what was ordered",
        limits.ordered,
        None,
        (("교수는 값을 논문에 싣도록 학생들에게 지시했다.", "싣도록", None),),
    ),
    Rule(
        "aim",
        marked("도록"),
        2.0,
        (("시는 손님이 늘도록 규정을 고쳤다.", "늘도록", "시는 규정을 고쳤다."),),
    ),
    Rule("clause", lambda _tree, _n: True, 0.6, ()),
)
