"""A line about something else, which may hold no number and no name, is not of its article."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import Article, Traced
from app.summary.grounding import ground, unsupported
from app.text.sentences import sentences

BODY = (
    "해온군은 28일 해온읍 솔내리에 청소년을 위한 솔내문화창고를 열었다. "
    "옛 농협 창고를 고쳐 지은 이곳에는 연습실과 작은 도서관이 들어섰다."
)
WORDS = [
    "나무",
    "바다",
    "구름",
    "하늘이",
    "노래를",
    "부른다",
    "달린다.",
    "그리고",
    "매우",
    "27일",
    "“”",
    "3명",
    "ABC",
]
READ = sentences(BODY)
SOURCE = ground(Article(None, Traced.whole(BODY)), READ)


@pytest.mark.parametrize(
    "line", ["비가 내린다.", "사자와 호랑이", "손님은 밥을 먹고 잠들었다.", "고양이가 지붕에서 잔다"]
)
def test_of_a_line_about_something_else_nothing_is_supported(line: str) -> None:
    """Fewer than a third of its words stand in the article, whatever it is said to be written from."""
    for evidence in ((), READ[:1], READ):
        assert "words" in {fact.kind for fact in unsupported(line, SOURCE, evidence)}


@pytest.mark.parametrize(
    "line",
    ["솔내문화창고 개관", "청소년 위한 문화창고 문 열어", "연습실·도서관 들어서", "옛 창고 개보수해 개방"],
)
def test_other_words_for_what_the_article_says_are_its_own(line: str) -> None:
    """A desk says it in words of its own, and some of them are the article's."""
    assert unsupported(line, SOURCE, READ) == ()


@given(st.lists(st.sampled_from(WORDS), max_size=6))
@settings(deadline=None)
def test_any_words_come_to_an_end(said: list[str]) -> None:
    """Once a line with no word of its article, told with its evidence, was looked for without end."""
    for evidence in ((), READ[:1]):
        unsupported(" ".join(said), SOURCE, evidence)
