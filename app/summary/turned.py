"""Whether what is left of a sentence came to pass by the whole of it: no plan, no charge, no contrary, no comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.summary.compress.morphemes import tag
from app.summary.compress.needs import charged
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS
from app.text.facts.lexicon import CHARGES, SUFFERED

if TYPE_CHECKING:
    from app.domain import Token
    from app.summary.compress.phrases import Phrase
    from app.summary.left import Left

_NEGATIVE = words("않 못하 없 아니 못 말")
_NEGATING = frozenset({"VX", "VA", "VCN", "MAG", "VV"})
# Verbs that add nothing to a noun: 검토에 착수했다 is 검토, 9도에 달한다 is 9도.
_LIGHT = words(
    "하 되 이루어지 나서 착수 들어가 실시 진행 받 있 내 내놓 밝히 발표 마치 거치 벌이 펼치 열 갖 완료 달하 이르 집계 기록 나타나 조사 오르 이 "
    "시작 의결 불과 나 나오 발생 일어나 결정 확정 시행 이어가 이어오 맺 체결 얻 거두 치르 통보 제기 차지 끝내 마무리 단행 선포 선언 돌입 신청"
)
# 석탄발전소로 운전을 시작했다 is no 석탄발전소, whatever the verb.
_TOWARDS = words("로 으로")
_WITHIN = words("에서 서")
# Verbs that make of a noun its contrary: 선정에서 제외했다 is no 선정.
_TURNING = words(
    "제외 취소 무산 중단 거부 반대 철회 연기 부인 반박 막 피하 면하 벗어나 포기 실패 미루 금지 폐지 해제 없애 빼 끊 멈추 그치 어렵 힘들 부족 "
    "다르 무시 기각 각하 반려 탈락 모자라 지연 늦추 놓치 잃 좌초 불발 유보 보류 중지 저지 배제 누락"
)
# Endings of a clause that happened as it says, and nouns behind a modifying verb of one: 설치한 뒤.
_TELLING = words("고 며 으며 면서 으면서 어 아 여 어서 아서 지만 나 으나 는데 ᆫ데 은데 자 다가 어다가")
_PAST = words("ᆫ 은")
_AFTER = words("뒤 후 가운데 결과 끝 등")
# 선고한 1심과 달리, 빼돌린 혐의: what the noun or the word behind it makes no fact of the clause.
_CONTRASTING = words("달리 대신 말 반대 비하 혐의 의혹 주장 가능성 경우 듯 것 척 셈 만큼 대로 정도")
# Clauses that only join what they have to what comes: 규제를 통해, 선거를 앞두고.
_JOINING = words("통틀 비롯 통하 위하 앞두 맞 따르 대하 관하 걸치 더하 비하 이어 인하 힘입 말미암")
_DOUBTING = words("ᆯ지 을지 ᆯ까 을까 면 으면 려고 도록")
# 원심을 깨다, 방안을 찾기 위하다: what stands under them was not upheld, or is yet to be.
_OVERTURNING = words("깨 뒤집 파기 위하")
_ARROW = "→"
# What makes 것으로 somebody's belief: 훼손한 것으로 봤다.
_HOLDING = words("보 보이 추정 판단 여기 의심 풀이 해석 전망 예상 관측 예측 기대 알려지 전해지 전하")
_EITHER = words("거나 든지 든가")
_PLANS = words("방침 계획 예정 전망 목표 구상 복안 태세")
# Nouns of what is so, whoever tells it: 개선했다는 점.
_FACTS = words("점 사실 뜻 의미 것")
_PURPOSES = words("고자 려고 으려고 도록")
_DUTIES = ("어야", "아야", "여야")
_IFS = words("면 으면 려면 으려면 거든")
# Endings of a modifier that tells what is said: 앓는다는 글.
REPORTING = ("다는", "라는", "자는", "냐는")
_VERBAL = frozenset({"VV", "NNG", "XR", "VX", "VCP"})


def turned(left: Left) -> bool:
    """선정에서 제외했다 → 선정, 매출을 공시한 기업 → 기업 매출: the verb that a last noun hung on was more than light."""
    if left.root == left.last:
        return False
    tree = left.tree
    head = tree.phrases[left.root]
    forms = {token.form for token in head.core}
    last = tree.phrases[left.last]
    if last.kind is Kind.OBLIQUE and last.mark in _TOWARDS:
        # 자산은 5조 원으로 세계 2위다 → 자산 5조 원.
        counted = any(token.tag == "SN" for token in last.core)
        whose = {n for n in tree.children[left.root] if tree.phrases[n].kind in SUBJECTS | {Kind.OBJECT}}
        return not (counted and whose & left.kept) or bool(forms & _NEGATIVE)
    if last.kind is Kind.OBLIQUE and last.mark in _WITHIN:
        return True
    if last.kind in SUBJECTS and any(tag(token) == "VCP" for token in head.core):
        return True  # 이정표는 협약이다 → 이정표
    if last.kind is not Kind.OBJECT and any(
        tree.phrases[n].kind is Kind.OBJECT and n not in left.kept for n in tree.children[left.root]
    ):
        return True  # 원아 3만 명이 혜택을 받는다 → 원아 3만 명
    first = next((token for token in head.core if tag(token) in _VERBAL), None)
    # 4개에서 70개까지 늘어난다 → 4개→70개.
    drawn = _ARROW in left.forms and last.core[0].tag == "SN"
    return not drawn and (first is None or first.form not in _LIGHT or bool(forms & _NEGATIVE))


def _ahead(phrase: Phrase) -> bool:
    """Whether a verb speaks of what is to come: 늘릴, 오르겠고."""
    return any(t.form == "겠" or (t.form in {"ᆯ", "을"} and t.tag == "ETM") for t in phrase.core)


def unfactual(left: Left) -> bool:
    """늘면, 늘리려고, 늘릴 사업, 늘린 혐의, “늘렸다”는: the clause that is left did not come to pass by its sentence."""
    if left.root == left.tree.root:
        return _believed(left)
    phrase = left.tree.phrases[left.root]
    end = phrase.core[-1].form
    match phrase.kind:
        case Kind.CLAUSE:
            return (
                end not in _TELLING
                or phrase.core[0].form in _JOINING
                or _contrasted(left)
                or (charged(left.tree, left.root) and not left.forms & CHARGES)
                or (not _happened(phrase) and (_believed(left) or _planned(left)))
            )
        case Kind.ADNOMINAL:
            if _managed(left):
                return False
            purposed = any(token.form in _JOINING for token in phrase.core)
            return end not in _PAST or phrase.postposed or purposed or _supposed(left) or _contrasted(left)
        case _:
            return not (
                end in _AFTER and any(t.form in {*_PAST, "는"} and t.tag == "ETM" for t in phrase.core)
            )


def _managed(left: Left) -> bool:
    """관을 바꾸는 데 성공했다: the clause came to pass."""
    at, *above = left.above
    phrases = left.tree.phrases
    return phrases[at].core[0].form == "데" and bool(above) and phrases[above[0]].core[0].form == "성공"


def _happened(phrase: Phrase) -> bool:
    """Whether a clause has a past of its own, whatever its sentence ends in: 마쳤고, 내년에 문을 열 계획이다."""
    return any(token.tag == "EP" and token.form[-1] in "었았였" for token in phrase.core)


def _planned(left: Left) -> bool:
    """선정하고 결과를 공개할 계획이다, 질을 높이고 사망률을 낮추고자 시작했다: what a clause stands beside is yet to come."""
    last = {token.form for token in left.tree.phrases[left.tree.root].core}
    beside = left.tree.phrases[left.root + 1 : left.tree.heads[left.root]]
    return bool(last & _PLANS) or any(
        _ahead(above) or above.core[-1].form in _PURPOSES for above in (*beside, *_verbs(left))
    )


def _believed(left: Left) -> bool:
    """훼손한 것으로 봤다 → 훼손: what somebody holds to be so is made a fact."""
    core = left.tree.phrases[left.tree.root].core
    at = next((n for n, token in enumerate(core) if token.form == "것" and token.tag == "NNB"), None)
    if at is None or "것" in left.forms:
        return False
    holding = {token.form for token in core[at:]} & _HOLDING
    return bool(holding) and not holding & left.forms


def _verbs(left: Left) -> list[Phrase]:
    """The predicates that a clause hangs on, one on the other."""
    return [phrase for n in left.above if (phrase := left.tree.phrases[n]).predicate]


def _contrasted(left: Left) -> bool:
    """무죄를 선고한 원심을 깨고, 돈을 빼돌리고 쓴 혐의로, 현장을 점검하고 방안을 찾기 위해: what a clause stands under is no fact."""
    phrases = left.tree.phrases
    modified = [n for n in (left.root, *left.above) if phrases[n].kind is Kind.ADNOMINAL]
    nouns = [token for n in modified for token in _behind(left, phrases[left.tree.heads[n]])]
    above = [phrases[left.root], *_verbs(left)]
    verbs = [token for phrase in above for token in phrase.core if token.form in _OVERTURNING]
    reported = [
        head
        for n in modified
        if phrases[n].mark.endswith(REPORTING)
        and (head := phrases[left.tree.heads[n]].core[0]).form not in _FACTS
    ]
    contrary = [token for token in nouns if token.form in _CONTRASTING]
    return any(token.start not in left.sources for token in (*contrary, *verbs, *reported))


def either(left: Left) -> bool:
    """지연되거나 중단됐다 → 중단: of two that may be the one."""
    tree = left.tree
    return any(
        tree.phrases[child].core[-1].form in _EITHER and child not in left.kept
        for n in left.kept
        for child in tree.children[n]
    )


def _supposed(left: Left) -> bool:
    """높은 설계, 결합한 모델을 내놓을지: what a modifier tells of a thing that is described, or that may come to be."""
    tree = left.tree
    if any(tag(token) in {"VA", "XSA", "VCP"} for token in tree.phrases[left.root].core):
        return True
    above = [tree.phrases[n] for n in left.above]
    return any(_ahead(phrase) or any(t.form in _DOUBTING for t in phrase.core) for phrase in above)


def _behind(left: Left, head: Phrase) -> list[Token]:
    """The morphemes of a noun, of the nouns before it that are its own (혐의 등), and of the phrase behind it."""
    at = left.tree.phrases.index(head)
    every = (*left.tree.compound(at), *left.tree.phrases[at + 1 : at + 2])
    return [token for phrase in every for token in phrase.core]


def denied(left: Left) -> bool:
    """늘지 않은 → 늘어, 출입 거부 식당 → 출입 식당: what is left was denied, and the line does not deny it."""
    tree = left.tree
    return any(
        n not in left.kept and tree.heads[n] in left.kept and tree.phrases[n].kind is Kind.NOUN
        for n in range(tree.root)
        if any(token.form in _TURNING and token.tag == "NNG" for token in tree.phrases[n].core)
    ) or (
        not left.forms & _NEGATIVE
        and any(
            token.form in _NEGATIVE and tag(token) in _NEGATING
            for n in left.kept
            for token in tree.phrases[n].core
        )
    )


def told(left: Left) -> bool:
    """앓는다는 글 → 앓는 글: what somebody tells is made a fact."""
    return any(
        source is not None
        and source.tag == "ETM"
        and source.form.endswith(REPORTING)
        and said is not None
        and said.tag == "ETM"
        and not said.form.endswith(REPORTING)
        for said, source in map(left.behind, left.pairs)
    )


def given(left: Left) -> bool:
    """통신자료를 제공받았다 → 통신자료 제공: who receives is made the giver."""
    # 인정받았다 is read as a verb of its own.
    receives = any(form.endswith(tuple(SUFFERED)) for form in left.forms)
    return not receives and any(
        token.form in SUFFERED and tag(token) == "XSV" for token in left.tree.phrases[left.root].core
    )


def undergone(left: Left) -> bool:
    """갑이 재판에 넘겨졌다 → 갑, 재판에 넘겨: who underwent is made the one who did it."""
    done = left.tree.phrases[left.root].core
    passive = any(token.form == "지" and token.tag == "VX" for token in done)
    verb = next((token for token in done if token.tag.startswith("VV")), None)
    return passive and verb is not None and verb.start in left.sources and "지" not in left.forms


def conditioned(left: Left) -> bool:
    """승인을 받으면서 → 승인 받으면, 신고해야 한다 → 신고: an if that its sentence has not, or a duty without its must."""
    root = left.tree.phrases[left.root].core
    must = any(token.tag == "EC" and token.form.endswith(_DUTIES) for token in root)
    if must and left.root == left.tree.root and not any(form.endswith(_DUTIES) for form in left.forms):
        return not left.forms & _MUSTS
    return any(
        said is not None and said.form in _IFS and (source is None or source.form != said.form)
        for said, source in map(left.behind, left.pairs)
    )


_MUSTS = words("필요 의무 필수 당위")
