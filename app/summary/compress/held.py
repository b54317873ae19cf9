"""What stays as long as its head stays, whatever part it plays: the head of the table of drops."""

from __future__ import annotations

from app.summary.compress import beside, limits, modifiers, needs
from app.summary.compress.phrases import Kind
from app.summary.compress.rules import Rule, of_kind

HELD: tuple[Rule, ...] = (
    Rule(
        "subject, object, complement",
        of_kind(
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
        beside.elliptic,
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
        limits.condition,
        None,
        (
            ("노사가 합의하면 내달 버스 요금을 올린다.", "합의하면", None),
            ("사고가 발생한 경우 현장을 통제한다.", "경우", None),
            ("새 회원의 경우 회비가 1만원 올랐다.", "경우", None),
        ),
    ),
    Rule(
        "name before a title",
        needs.name_before_title,
        None,
        (("도장부 최대한 대리가 협의회에 참석했다.", "최대한", None),),
    ),
    Rule(
        "in what it is so",
        needs.scoped,
        None,
        (("자동차 분야에서는 새봄국이 앞섰다.", "분야에서는", None),),
    ),
    Rule(
        "then, too",
        limits.then_too,
        None,
        (("행사는 작년에도 온라인 방식으로 열렸다.", "작년에도", None),),
    ),
    Rule("state", limits.state, None, (("등산객 두 명이 숨진 채 발견됐다.", "숨진 채", None),)),
    Rule(
        "time of a superlative",
        limits.of_superlative,
        None,
        (("시는 올해 가장 큰 축제를 연다.", "올해", None),),
    ),
    Rule(
        "joins to the sentence before",
        needs.resumes,
        -9.0,
        (("시는 또 도서관을 연다.", "또", "시는 도서관을 연다."),),
    ),
    Rule(
        "day of a figure",
        limits.dated_figure,
        None,
        (
            ("쌀값은 지난해 5만원에서 올해 4만원으로 내렸다.", "지난해", None),
            ("검사는 전날 110건으로 2주간 평균 120건으로 집계됐다.", "전날", None),
        ),
    ),
    Rule(
        "degree",
        limits.degree,
        None,
        (
            ("해담의 집값이 올해 가장 많이 올랐다.", "많이", None),
            ("공사는 전망치보다 1.9% 높게 목표를 정했다.", "높게", None),
        ),
    ),
    Rule(
        "of what",
        limits.about,
        None,
        (
            ("법원은 새 관세에 대해 위법 판결을 내렸다.", "대해", None),
            ("교사는 동화가 주는 메시지에 대해 토론한다.", "대해", None),
        ),
    ),
    Rule(
        "how often",
        limits.how_often,
        None,
        (("일주일에 1번 이상 책을 읽는 주민이 늘었다.", "일주일에", None),),
    ),
    Rule(
        "deed that is charged",
        limits.charged,
        None,
        (("나 씨는 이웃을 때려 구속됐다.", "때려", None),),
    ),
    Rule(
        "negation and limits",
        limits.limiting,
        None,
        (
            ("시는 아직 예산을 받지 못했다.", "아직", None),
            ("조합은 회원에게만 자료를 공개했다.", "회원에게만", None),
            ("누구나 수량 제한 없이 쌀을 산다.", "없이", None),
        ),
    ),
    Rule(
        "what a negation denies",
        limits.denied,
        None,
        (
            ("시는 세금을 많이 올리지 않도록 했다.", "많이", None),
            ("시는 야간에 문을 열지 않는다.", "야간에", None),
        ),
    ),
    Rule(
        "what a measuring word measures",
        limits.measured,
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
    Rule("list", of_kind(Kind.LIST), None, (("시는 학교, 병원 2곳을 점검했다.", "학교,", None),)),
    Rule("compound", of_kind(Kind.NOUN), None, (("시는 도로 확장 공사를 마쳤다.", "도로", None),)),
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
        beside.parallel,
        None,
        (("시는 낮에는 도서관에서, 밤에는 체육관에서 강좌를 연다.", "도서관에서,", None),),
    ),
    Rule("how long", limits.how_long, None, (("은행은 40년 상품을 내놓았다.", "40년", None),)),
    Rule(
        "from and to",
        beside.from_and_to,
        None,
        (
            ("쌀값이 5만원에서 4만원으로 크게 내렸다.", "5만원에서", None),
            ('시는 판단을 "줄고 있다"에서 "늘고 있다"로 올렸다.', "에서", None),
        ),
    ),
    Rule(
        "besides",
        limits.besides,
        None,
        (("시민은 주유소 외에 마트에서도 기름을 산다.", "외에", None),),
    ),
    Rule(
        "by how much",
        limits.exceeds,
        None,
        (("군의 집값은 시의 집값보다 두 배 넘게 높았다.", "넘게", None),),
    ),
)
