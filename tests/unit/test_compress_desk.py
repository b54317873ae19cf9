"""The desk's endings, row by row, as their examples say."""

from __future__ import annotations

import pytest

from app.domain import Style
from app.summary.compress import shorten, tersely
from app.summary.compress.desk import ROWS
from app.summary.compress.tree import parse
from app.text.sentences import sentences
from app.text.splitter import single

EXAMPLES = [(row.name, *example) for row in ROWS for example in row.examples]


def brief(text: str) -> str | None:
    """The desk's line of a text of one sentence."""
    found = sentences(text)
    assert len(found) == 1
    return shorten(single(None, text).articles[0], found, (0,), Style.BRIEF)


def test_a_ground_ends_no_line() -> None:
    """늘었다는 이유에서다: its last noun's particle says that something stands before it."""
    assert brief("시는 새 도서관을 찾는 시민이 지난해보다 크게 늘었다는 이유에서다.") is None


def test_such_a_root_ends_no_line() -> None:
    """이러했다: what it points to stands behind, and its root is no noun."""
    assert brief("새봄에 사는 나 씨의 긴 사연은 이러했다.") is None


@pytest.mark.parametrize(("row", "sentence", "line"), EXAMPLES, ids=[": ".join(e[:2]) for e in EXAMPLES])
def test_a_predicate_ends_as_the_desk_ends_it(row: str, sentence: str, line: str) -> None:
    """A finished sentence becomes the line in the table."""
    del row
    assert brief(sentence) == line


@pytest.mark.parametrize(
    ("line", "tersely_set"),
    [
        ("시의회, 예산안 심의를 통과", "시의회, 예산안 심의 통과"),
        ("구의회의 심의 통과", "구의회 심의 통과"),
        ("새 도서관의 열람석 두 배로 확대", "새 도서관 열람석 두 배로 확대"),
        ("주차난 해소를 위한 대책 발표", "주차난 해소 위한 대책 발표"),
        # What modifies the next noun would take a bare one for its own.
        ("빈 땅을 작은 공원으로 조성", "빈 땅을 작은 공원으로 조성"),
        ("노력의 일환으로 공원 조성", "노력의 일환으로 공원 조성"),
        ("새봄만의 볼거리 마련", "새봄만의 볼거리 마련"),
        ('나 시장 "도서관의 미래를 열겠다"', '나 시장 "도서관의 미래를 열겠다"'),
        ("'도서관의 밤' 행사 개최", "'도서관의 밤' 행사 개최"),
    ],
)
def test_another_hands_line_is_set_as_ours(line: str, tersely_set: str) -> None:
    """Particles go where word order says the same, and nothing inside quotation marks changes."""
    (sentence,) = sentences(line)
    assert tersely(parse(sentence)) == tersely_set
