"""A word that belongs to another stays with it, and nothing is given to a verb that is not its own."""

from __future__ import annotations

import pytest

from app.domain import Style
from app.summary.compress import Worth, offers
from app.text.sentences import sentences
from app.text.splitter import single

# A sentence, and what no line of it may say.
SPOILT = [
    (
        "새벽에 공장 경보기가 울려 둘레를 살피던 경비원이 창고에서 불이 난 것을 보고 119에 신고했다.",
        "경보기가 119에",
    ),
    (
        "해온의 경우 나래국이 산지이지만 섬에 자리해 이웃 나라로부터 쌀을 수입하는 것이 값에서 유리하다고 평가된다.",
        "나래국이 쌀",
    ),
    (
        "위원회는 계약 해지 규정을 업자가 멋대로 넓게 해석하고 적용한 사례를 고쳤다는 점에서 의의가 있다고 평가했다.",
        "규정을 의의",
    ),
    (
        "새봄 조선사 중 가장 실적이 좋은 가온조선은 지난해 15척의 선박을 수주해 2030년까지 물량을 확보했다.",
        "가장 가온",
    ),
    (
        "제2기 몸도 마음도 새봄 교실은 초등학교 아동 50명을 선발해 3월을 시작으로 30회 진행되며 매주 일요일 체육관에서 운영된다.",
        "마음도 3월",
    ),
]

# A sentence, a word of it, and what stands with that in every line.
STAYS = [
    (
        "개정안에서는 '새 대출'을 받을 수 있는 학생의 범위를 일반 과정과 전문 과정을 이수하는 사람으로 명시했다.",
        "명시",
        "개정안에서",
    ),
    (
        "축제를 앞두고 모교인 해온 서구 가온동 나래초등학교 외벽에 높이 2m·길이 33m 크기의 초대형 벽화 설치가 한창이다.",
        "33m",
        "높이",
    ),
    (
        "수출의 30%를 차지하는 반도체 산업조차 메모리를 제외한 설계, 장비 등 비메모리 분야에서는 나래국이 우위를 보이는 것으로 평가됐다.",
        "우위",
        "분야에서",
    ),
]


def lines(text: str, style: Style) -> list[str]:
    """All lines of a text of one sentence."""
    found = sentences(text)
    return [o.text for o in offers(single(None, text).articles[0], found, (0,), style, Worth(found))]


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "words"), SPOILT, ids=[s[1] for s in SPOILT])
def test_nothing_is_given_to_a_verb_that_is_not_its_own(text: str, words: str, style: Style) -> None:
    """A thing does not do what someone did; what is so is not what is done."""
    assert all(words not in line for line in lines(text, style))


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize(("text", "word", "other"), STAYS, ids=[s[1] for s in STAYS])
def test_no_word_is_left_alone(text: str, word: str, other: str, style: Style) -> None:
    """How much goes with of what, what is so with where it is."""
    assert all(other in line for line in lines(text, style) if word in line)
