"""The desk's telegraphic endings: a predicate becomes the noun that it was made of, or stops at a bare ending.

A table read from the top, over the morphemes of a predicate without its tense and final ending, written as
`form/TAG` with a space before each. A row cuts what it matches; then it is done, or adds an ending, or the table
is read again for what is left. Each row's examples are its tests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.summary.compress.endings import Predicate, spell
from app.summary.compress.lexicon import words

if TYPE_CHECKING:
    from app.summary.compress.endings import Morpheme

_READABLE = words("내 나 커 져 돼 써 줘")
# 이유에서다, 지난달부터다: a particle before the copula ends no line.
_WHENCE = re.compile("(?:에서|까지|부터|에게|으로)$")
# 사연은 이러했다: a root that is no noun.
_SUCH = re.compile("(?:^|\\s)(?:이러|그러|어떠)$")
AGAIN = "again"
NONE = "none"
_POSSIBLE: tuple[Morpheme, ...] = (("가능", "NNG"),)
_BARE: tuple[Morpheme, ...] = (("어", "EC"),)


@dataclass(frozen=True, slots=True)
class Row:
    """What it matches at the end of a predicate, what it keeps of that, and what follows."""

    name: str
    pattern: re.Pattern[str]
    """Cut from its match on, or from its group `cut` where it has one."""
    then: tuple[Morpheme, ...] | str
    """An ending to add, or AGAIN, or NONE where the desk has no form for it."""
    examples: tuple[tuple[str, str], ...]


def _row(name: str, pattern: str, *examples: tuple[str, str], then: tuple[Morpheme, ...] | str = ()) -> Row:
    return Row(name, re.compile(pattern + r"$"), then, examples)


# A noun of one syllable is none by itself: 말했다 → 말해, not 말.
_OWN_NOUN = "verb of the noun before it"
# 주민과 마주했다: an adverb is no noun, either.
_NO_NOUNS = words("마주 함께 더불어 달리 같이 가까이 멀리 다시 잘 못")
_OF_A_NOUN = frozenset({_OWN_NOUN, "can"})
_FOUND = r"(?: 나타나/VV| 드러나/VV| 조사/NNG 되/XSV| 집계/NNG 되/XSV| 확인/NNG 되/XSV| 분석/NNG 되/XSV)"
_PLANS = r"(?:예정|계획|방침|전망|구상|전략|복안|생각)"

ROWS: tuple[Row, ...] = (
    _row(
        "found to be",
        r" (?:ᆫ|은|는)/ETM 것/NNB 으?로/JKB" + _FOUND,
        ("행사 참가자가 크게 늘어난 것으로 나타났다.", "행사 참가자, 크게 늘어나"),
        ("사업장 9곳이 기준을 위반한 것으로 확인됐다.", "사업장 9곳, 기준 위반"),
        then=AGAIN,
    ),
    # 조사 결과에 따른 것이다: a line that stops at 따라 waits for its end.
    _row("it follows", r" (?:따르|의하|인하|위하|말미암)/VV (?:ᆫ|은)/ETM 것/NNB 이/VCP", then=NONE),
    _row(
        "it is that",
        r" (?:ᆫ|은|는)/ETM 것/NNB 이/VCP",
        ("시장이 장관에게 해제를 촉구한 것이다.", "시장, 장관에게 해제 촉구"),
        then=AGAIN,
    ),
    _row(
        "has done",
        r" (?:ᆫ|은)/ETM 바/NNB 있/V[AX]",
        ("시는 지난해 조치를 발동한 바 있다.", "시, 지난해 조치 발동"),
        then=AGAIN,
    ),
    _row(
        "can",
        r"^ (?:하|되)/XSV ᆯ/ETM 수/NNB 있/V[AX]",
        ("누구나 홈페이지에서 참여할 수 있다.", "누구나 홈페이지에서 참여 가능"),
        then=_POSSIBLE,
    ),
    _row(
        "has been doing",
        r" 어/EC 오/VX",
        ("시는 사업을 추진해 왔다.", "시, 사업 추진"),
        then=AGAIN,
    ),
    _row(
        "plan of a noun",
        r"(?P<cut> (?:하|되)/XSV ᆯ/ETM)(?P<keep> " + _PLANS + r"/NNG)( 이/VCP)?",
        ("시는 대책을 수립할 계획이다.", "시, 대책 수립 계획"),
        ("새 노선은 내년에 개통될 예정이다.", "새 노선, 내년에 개통 예정"),
    ),
    _row(
        "foreseen, of a noun",
        r"(?P<cut> (?:하|되)/XSV (?:ᆯ|을)/ETM 것/NNB 으?로/JKB)(?P<keep> (?:전망|예상)/NNG) 되/XSV",
        ("새 집은 3만 가구가 공급될 것으로 전망된다.", "새 집, 3만 가구 공급 전망"),
    ),
    # 늘 전망: 늘 reads as an adverb there.
    _row(
        "foreseen",
        r"(?<! 늘/VV ᆯ/ETM)(?P<cut> 것/NNB 으?로/JKB)(?P<keep> 전망/NNG) 되/XSV",
        ("기온이 크게 오를 것으로 전망된다.", "기온, 크게 오를 전망"),
    ),
    _row(
        "it seems",
        r"(?<=ᆯ/ETM)(?P<cut> 것/NNB 으?로/JKB 보이/V[VX])",
        ("기온이 더 오를 것으로 보인다.", "기온, 더 오를 듯"),
        then=(("듯", "NNB"),),
    ),
    _row(
        "resolve",
        r"(?<=기/ETN 로/JKB) 하/V[VX]",
        ("시는 요금을 동결하기로 했다.", "시, 요금 동결하기로"),
        ("시는 사업을 적극 추진키로 했다.", "시, 사업을 적극 추진하기로"),
    ),
    # 신청하면 된다.
    _row("it will do", r" (?:으?면|어도|아도)/EC 되/V[VX]", then=NONE),
    # 지양했으면 한다.
    _row("it is wished", r" (?:으?면)/EC 하/V[VX]", then=NONE),
    _row("must", r"(?<=어야/EC) 하/VX", ("시는 예산을 늘려야 한다.", "시, 예산 늘려야")),
    # 이용할 수 있도록 했다: a line that stops there waits for its end.
    _row("so that one can", r" 있/V[AX] 도록/EC 하/V[VX]", then=NONE),
    _row("shall", r"(?<=도록/EC) 하/V[VX]", ("시는 자료를 공개하도록 했다.", "시, 자료 공개하도록")),
    _row(
        "going on",
        r" (?:고|어)/EC 있/V[XA]",
        ("시는 사업을 추진하고 있다.", "시, 사업 추진"),
        ("빈집이 늘고 있다.", "빈집 늘어"),
        then=AGAIN,
    ),
    _row(
        "has set out to",
        r" 고/EC 나서/V[VX]",
        ("시는 제도 개선을 촉구하고 나섰다.", "시, 제도 개선 촉구"),
        then=AGAIN,
    ),
    _row(
        "come to",
        r" 게/EC 되/V[VX]",
        ("시는 상을 운영하게 됐다.", "시, 상 운영"),
        then=AGAIN,
    ),
    _row(
        "denied",
        r"(?<=지/EC) (?P<keep>않/VX|못하/VX)",
        ("시는 자료를 공개하지 않았다.", "시, 자료 공개하지 않아"),
        then=_BARE,
    ),
    _row(
        "verb of a noun",
        r"(?<=/NNG)(?<! 말/NNG)(?<! 당/NNG) (?:하|되|시키)/(?:XSV|VV)",
        ("시는 대책을 마련했다.", "시, 대책 마련"),
        ("개정안이 의결됐다.", "개정안 의결"),
        ("환자가 늘 것으로 예상된다.", "환자 늘 것으로 예상"),
    ),
    _row(
        _OWN_NOUN,
        r"^ (?:하|되|시키)/XSV",
        ("시는 도서관을 개관했다.", "시, 도서관 개관"),
    ),
    _row(
        "adjective of a noun",
        r"^ 하/XSA",
        ("수질은 양호했다.", "수질 양호"),
        ("지원이 필요하다.", "지원 필요"),
    ),
    _row("reason", r" (?:어서|면서|는데|고서|려고)/EC 이/VCP", then=NONE),
    _row("for a reason", r"(?:에서|로|으로|까지|부터|만|뿐)/J[KX]B? 이/VCP", then=NONE),
    _row("is", r" (?:이/VCP|ᆫ/VCP)", ("피해자는 30명이다.", "피해자 30명")),
    _row(
        "is not",
        r"(?P<keep> 아니/VCN)",
        ("새 물질은 독이 아니다.", "새 물질, 독이 아니다"),
        then=(("다", "EF"),),
    ),
    _row(
        "bare ending",
        r"(?P<keep> [^ ]+/(?:V[VAX]|XSV|XSA)(?:-[RI])?)",
        ("시는 수습에 나섰다.", "시, 수습에 나서"),
        ("수출이 크게 늘었다.", "수출, 크게 늘어"),
        ("행사는 내달 열린다.", "행사, 내달 열려"),
        then=_BARE,
    ),
)


def desk(found: Predicate) -> str | None:
    """The desk's form of a predicate: 마련했다 → 마련, 늘고 있다 → 늘어; None where the table knows none."""
    morphemes = list(found.morphemes)
    # 드리겠다, 오르겠다: what is pledged or foreseen is not done.
    if ("겠", "EP") in morphemes[-2:]:
        return None
    while morphemes and morphemes[-1][1] in {"EF", "EP", "EC"}:
        morphemes.pop()
    if morphemes and morphemes[0][1] == "VCP" and _WHENCE.search(found.before):
        return None
    return None if _SUCH.search(found.before) else _read(found.before, morphemes)


def _no_noun(word: str) -> bool:
    return len(word) == 1 or word in _NO_NOUNS


def _read(before: str, morphemes: list[Morpheme]) -> str | None:
    encoded = "".join(f" {form}/{tag}" for form, tag in morphemes)
    for row in ROWS:
        match = row.pattern.search(encoded)
        if match is None or (row.name in _OF_A_NOUN and _no_noun(before.rsplit(" ", 1)[-1])):
            continue
        if row.then == NONE:
            return None
        kept = morphemes[: encoded[: match.start()].count(" ")]
        more = match.groupdict().get("keep")
        if row.then == _POSSIBLE:
            return f"{before} {_POSSIBLE[0][0]}"
        if row.then == AGAIN:
            return _read(before, kept) or (before.strip() or None if not kept else None)
        held = [tuple(m.split("/", 1)) for m in (more or "").split()]
        ending = [*kept, *((m[0], m[1]) for m in held), *row.then]
        if not kept and held and row.then == ():
            return f"{before} {spell('', ending)}".strip()
        printed = spell(before, [(f, t) for f, t in ending]).strip()
        # A bare 가 or 해 by itself reads as a particle, or as nothing.
        return printed if len(printed) > 1 or printed in _READABLE else None
    return (
        spell(before, morphemes).strip() or None
        if morphemes and morphemes[-1][1] in {"JKB", "EC", "NNG", "NNB"}
        else None
    )
