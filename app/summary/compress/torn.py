"""Lines that no desk would print: what deletion tore, told by the line itself. The last look before a line is given.

The tree that deletion works on is a shallow reading; where it misread, the line shows it. Each row's examples are
its tests. Found by reading brief lines of the development articles aloud.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# `사직도서관, 프로그램 진행` says nothing: fewer words than this, of a sentence with more than that, have lost what
# it was about.
_LEAST_WORDS, _MANY_WORDS = 4, 10


@dataclass(frozen=True, slots=True)
class Tear:
    """A mark that deletion leaves where it cut through what belongs together."""

    name: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


TEARS = (
    Tear(
        "a governed word without what it governs",
        re.compile(r"(?:^|, )(?:및|또는|혹은|넘게|이상|이하|미만|가량|연속|만에)(?:\s|$)"),
        ("해온시, 넘게 쓴 상수도관 교체", "도서관, 및 프로그램 진행"),
    ),
    Tear(
        "a distance or a time without its measure",
        re.compile(r"[가-힣]로 넘게|[^\d년월일째회]\s연속 "),
        ("주민들, 아이 아프면 차로 넘게 이동", "광주시, 교통 분야 연속 최상위 등급"),
    ),
    Tear(
        "a comma after a modifier or an object",
        re.compile(r"(?:다는|라는|자는|냐는|[을를]),"),
        ("도시경관기록 시스템 구축했다는, 시 설명", "위원회, 실무위원회를, 고충처리위원회 구성"),
    ),
    Tear(
        "a list that begins with its second member",
        re.compile(
            r"(?:^|[은는이가]\s)(?:및|와|과)\s|^(?:등|간|중|내|은|는|을|를|의|이라는|라는|에서|으로)\s|^[^▲]*[가-힣](?<![은는이가을를로서도에터지등고며게])\s▲"
        ),
        (
            "이라는 두 축을 바탕으로 한 목표 발표",
            "등 새 이름 짓는 시, 표지판 설치",
            "도서관은 및 프로그램을 진행한다.",
            "사직도서관은 마스크 만들기 ▲기획 및 발표를 한다.",
        ),
    ),
    Tear(
        "an opening that waits for what stood before it",
        re.compile(
            r"^(?:동시에|실제로,|반면,?|힘입어|이어|나머지)\s|^(?:문제|이유|원인|관건|변수|사실|특징|핵심|대안), "
        ),
        (
            "동시에 1년 7개월 만에 가장 낮아",
            "실제로, 유동성 순주입",
            "문제, 부담이 커지면서 요금 인상으로 이어질 수 있다는 것",
            "나머지 6선석, 사업 추진 방침",
        ),
    ),
    Tear(
        "a bare being",
        re.compile(r"(?<!수 )(?:^|[가-힣], |[가-힣]\s)있어$"),
        ("첫 순서에서 강연 및 토론 있어",),
    ),
    Tear(
        "a notice or an item of a list",
        re.compile(r"^다음, |\s이 돼$|\s[ㄱ-ㅎ]$"),
        ("다음, 임원 인사 내용", "난방 설비, 배수 설비 등 이 돼", "새 약, 작용한다. ㅇ"),
    ),
    Tear(
        "a duty that ends in mid-air",
        re.compile(r"(?:어야|아야|해야|여야)$|^[^,]*도록$"),
        ("주민들, 병원까지 이동해야", "이듬해 결과를 바탕으로 논문 쓰도록"),
    ),
)


def torn(line: str, source: str) -> bool:
    """Whether a line bears a mark of having been torn from its source, or too little of it is left."""
    if len(line.split()) < _LEAST_WORDS and len(source.split()) >= _MANY_WORDS:
        return True
    return any(tear.pattern.search(line) for tear in TEARS)
