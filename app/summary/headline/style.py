"""The press's headline style: what becomes of particles and of the predicate when a clause heads an article.

Deletion and morphology only. A table of endings, read from the top; each row's examples are its tests. What
would weaken or strengthen the claim stays: 예정, 전망, 방침, 않, 못, 수 없, 것으로 알려져.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.summary.compress.endings import STEMS, Predicate, spell

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.summary.compress.endings import Morpheme

    Run = tuple[Morpheme, ...]

_FOUND = frozenset({"나타나", "드러나", "조사", "집계", "확인", "파악"})
_FORESEEN = frozenset({"전망", "예상", "예측", "관측", "추정", "우려", "기대"})
_PLANS = frozenset({"예정", "계획", "방침", "전망", "예상", "구상", "전략", "입장", "목표"})
_ACTING = frozenset({"하", "되", "시키"})
_AFTER_STEM = ("EP", "EF", "SF")


@dataclass(frozen=True, slots=True)
class Ending:
    """Endings that a pattern of tags and forms finds, what they become, and sentences before and after."""

    name: str
    make: Callable[[str, Run], str | None]
    examples: tuple[tuple[str, str], ...]


def headed(found: Predicate) -> str | None:
    """The predicate as a headline ends; None where no row of the table can say it."""
    run = tuple(m for m in found.morphemes if m[1] not in {"SF", "SP"})
    for ending in ENDINGS:
        text = ending.make(found.before.strip(), run)
        if text:
            return text
    return None


def _at(run: Run, form: str, tag: str, start: int = 0) -> int:
    """Where a morpheme stands in a run; -1 where it does not."""
    return next((i for i in range(start, len(run)) if run[i] == (form, tag)), -1)


def _core(before: str, run: Run) -> str | None:
    """A predicate without tense and ending: 체결, 늘어, 하지 않아, 대상."""
    stems = [i for i, m in enumerate(run) if m[1].startswith(STEMS)]
    if not stems:
        return None
    last = stems[-1]
    form, tag = run[last]
    if last >= 2 and _lasts(run[last - 2], run[last - 1], form):  # noqa: PLR2004 - 늘 + 고
        return _core(before, run[: last - 1])
    if before and last == 0 and (tag == "VCP" or (tag in {"XSV", "XSA"} and form in _ACTING)):
        return before + "해" if before.endswith((" 못", " 안")) else before
    bare_verb = not before and len(stems) == 1 and form in _ACTING
    if bare_verb or tag.startswith(("VCP", "VCN")) or any(m[0] == "겠" for m in run):
        return None
    if form.endswith("하") and tag.startswith("V"):
        # 못하다 and its kin contract (못해); joined, they would not.
        return f"{spell(before, list(run[:last]))} {form[:-1]}해".strip()
    return spell(before, [*run[: last + 1], ("어", "EC")])


def _lasts(stem: Morpheme, ending: Morpheme, auxiliary: str) -> bool:
    """Whether an auxiliary only says that it goes on: 늘고 있다, 지원해 왔다; 이어 가다 is a verb of its own."""
    if ending == ("고", "EC"):
        return auxiliary == "있"
    return ending == ("어", "EC") and stem[1] == "XSV" and auxiliary in {"오", "가", "내"}


def _found(before: str, run: Run) -> str | None:
    at = _at(run, "것", "NNB")
    if at < 1 or run[at - 1][1] != "ETM" or run[at - 1][0] not in {"ᆫ", "은", "는"}:
        return None
    return _core(before, run[: at - 1]) if any(form in _FOUND for form, _ in run[at:]) else None


def _foreseen(before: str, run: Run) -> str | None:
    at = _at(run, "것", "NNB")
    if at < 1 or run[at - 1] not in {("ᆯ", "ETM"), ("을", "ETM")}:
        return None
    said = next((form for form, _ in run[at:] if form in _FORESEEN), None)
    stem = _core(before, run[: at - 1])
    if said is not None and stem == before:
        return f"{before} {said}"
    clause = spell(before, list(run[:at]))
    if said is not None:
        return f"{clause} {said}"
    return f"{clause} 듯" if any(form == "보이" for form, _ in run[at:]) else None


def _planned(before: str, run: Run) -> str | None:
    at = next((i for i, (form, tag) in enumerate(run) if form in _PLANS and tag == "NNG"), -1)
    if at < 1 or run[at - 1][1] != "ETM":
        return None
    stem = _core(before, run[: at - 1])
    if stem == before and before:
        return f"{before} {run[at][0]}"
    return f"{spell(before, list(run[:at]))} {run[at][0]}"


def _decided(before: str, run: Run) -> str | None:
    at = _at(run, "기", "ETN")
    if at < 1 or at + 1 >= len(run) or run[at + 1][0] not in {"로", "으로"}:
        return None
    if at == 1 and run[0] == ("하", "XSV") and before:
        return before + "키로"
    return spell(before, [*run[: at + 1], ("로", "JKB")])


def _able(before: str, run: Run) -> str | None:
    at = _at(run, "수", "NNB")
    if at < 1:
        return None
    able = next((form for form, _ in run[at + 1 :] if form in {"있", "없"}), None)
    if able is None or not (at == 2 and run[0][0] in _ACTING and run[0][1] == "XSV" and before):  # noqa: PLR2004 - 하 + ᆯ
        return None
    return f"{before} {'가능' if able == '있' else '불가'}"


def _reported(before: str, run: Run) -> str | None:
    at = _at(run, "것", "NNB")
    if at < 1 or not any(form in {"알려지", "전해지"} for form, _ in run[at:]):
        return None
    return _core(before, run)


def _plain(before: str, run: Run) -> str | None:
    if any(tag in {"NNB", "ETM", "ETN"} for _, tag in run):
        return None
    return _core(before, run)


ENDINGS: tuple[Ending, ...] = (
    Ending("what was found", _found, (("인구가 감소한 것으로 나타났다.", "감소"),)),
    Ending(
        "what is foreseen",
        _foreseen,
        (("인구가 감소할 것으로 전망된다.", "감소 전망"), ("물가가 오를 것으로 보인다.", "오를 듯")),
    ),
    Ending("what is reported", _reported, (("배가 가라앉은 것으로 알려졌다.", "가라앉은 것으로 알려져"),)),
    Ending(
        "what is planned",
        _planned,
        (("시는 사업을 추진할 계획이다.", "추진 계획"), ("축제가 열릴 예정이다.", "열릴 예정")),
    ),
    Ending("what is decided", _decided, (("시는 예산을 삭감하기로 했다.", "삭감키로"),)),
    Ending(
        "what can be done",
        _able,
        (("누구나 신청할 수 있다.", "신청 가능"), ("더는 지원할 수 없다.", "지원 불가")),
    ),
    Ending(
        "plain",
        _plain,
        (
            ("시는 협약을 체결했다.", "체결"),
            ("환자가 늘었다.", "늘어"),
            ("환자가 늘고 있다.", "늘어"),
            ("시는 교체를 지원해 왔다.", "지원"),
            ("시는 답하지 않았다.", "답하지 않아"),
            ("이 섬이 대상이다.", "대상"),
            ("시는 침체에서 벗어나지 못하고 있다.", "벗어나지 못해"),
        ),
    ),
)


def bare(text: str, particle: str) -> str:
    """A phrase without the particle that ends it."""
    stripped = text.rstrip(" ,")
    for form in (particle, *_ALLOMORPHS.get(particle, ())):
        if stripped.endswith(form) and len(stripped) > len(form):
            return stripped[: -len(form)]
    return stripped


_ALLOMORPHS = {"은": ("는",), "는": ("은",), "이": ("가",), "가": ("이",), "을": ("를",), "를": ("을",)}
