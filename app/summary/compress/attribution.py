"""Who said it: when a line may stand without its source, and when it may not.

A plain announcement of what its maker did or will do may. A claim, an accusation, an opinion, a forecast or a
quotation stays as said by whom; and so does everything that this table does not know to be plain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.endings import predicate
from app.summary.compress.lexicon import words
from app.summary.compress.phrases import Kind

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

# 밝혔다 and its kin say that something was made known; 주장했다, 지적했다 and all others say how.
_ANNOUNCE = words("밝히 전하 발표 알리 공시 소개 설명")
_SAY = _ANNOUNCE | words(
    "말 말하 강조 주장 지적 비판 반박 촉구 요구 당부 호소 덧붙이 언급 답 답하 경고 우려 전망 예상 예측 내다보 진단 분석 평가 해명 "
    "토로 역설 제안 약속 다짐 일갈 꼬집 반발 규탄 성토 질타 거듭하 되묻 묻 외치 적 쓰 올리 부연 회상 고백 진술 증언 판단 하 보"
)
# Words of accusation, and of law: what they say of someone is said by someone.
_ACCUSING = words(
    "의혹 혐의 비리 갑질 위반 횡령 배임 폭행 불법 책임 잘못 비판 왜곡 조작 은폐 특혜 부당 유출 사기 성추행 성폭행 살해 살인 협박 "
    "뇌물 담합 탈세 표절 허위 거짓 위법 범행 범죄 학대 방치 부실 무책임 위선 외압 개입 로비 청탁 피의자 피고인 논란 고소 고발 기만 "
    "괴롭힘 차별 폭언 추행 마약 음주 사망 숨지"
)
# What is thought and foreseen rather than done: it is true only as said by someone.
_OPINION_TAGS = ("VA", "XSA", "VCN")
_OPINION = words(
    "것 수 듯 만하 싶 필요 중요 기대 전망 예상 우려 가능성 때문 최고 최선 최대 기회 위기 의미 사실 셈"
)
_PLANS = words("예정 계획 방침")


def says(phrase: Phrase) -> bool:
    """Whether a predicate says that something is said."""
    return any(t.form in _SAY for t in phrase.core if t.tag[0] in "NVX")


def speaks(phrase: Phrase) -> bool:
    """Whether its verb is one of saying, and not 하다 behind whatever noun."""
    return phrase.core[0].form in _SAY or any(t.form in _SAY - {"하", "보"} for t in phrase.core)


def content_of(tree: Tree) -> int | None:
    """The phrase that the root reports; None where it reports nothing."""
    if not says(tree.phrases[tree.root]):
        return None
    return next((n for n in reversed(tree.children[tree.root]) if tree.phrases[n].kind is Kind.QUOTED), None)


def plain(tree: Tree, content: int) -> bool:
    """Whether what the root reports may stand without its source."""
    root, said = tree.phrases[tree.root], tree.phrases[content]
    if not any(t.form in _ANNOUNCE for t in root.core) or any(t.tag == "SSC" for t in said.core):
        return False
    found = predicate(tree.text, said.core)
    # Who tells of an act of its own stays as its subject: 법원은 …를 선고했다고 밝혔다.
    own = tree.subject(content) is None
    if found is None or said.mark not in _STATED or (accuses(tree) and not own):
        return False
    forms = [form for form, _ in found.morphemes]
    if any(form in _PLANS for form in (*forms, found.before.split(" ")[-1])):
        return True
    opinion = any(t.startswith(_OPINION_TAGS) for _, t in found.morphemes) or any(
        f in _OPINION for f in forms
    )
    return not opinion and "겠" not in forms and not any(form == "어야" for form in forms)


_STATED = frozenset({"다고", "ᆫ다고", "는다고", "라고"})


def accuses(tree: Tree) -> bool:
    """Whether the sentence holds a word of accusation."""
    return any(t.form in _ACCUSING for p in tree.phrases for t in p.tokens)
