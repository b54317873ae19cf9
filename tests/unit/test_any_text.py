"""Whatever words a page holds, torn or out of order, it is summarized; no rule trusts that a sentence is whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import Article, Options, Style, Traced
from app.summary.assign import assign
from app.summary.compress.lexicon import words
from app.text.sentences import sentences

# Particles and endings alone, as a column that breaks leaves them, beside words that have theirs.
WORDS = sorted(
    words(
        "의 은 는 이 가 을 를 에 에서 으로 도 과 들의 때문 수 것 것이다 것으로 바 등 및 또 한편 그는 이날 27일 3명 20% 3억5천만원 ( ) “ ” ‘ ’ , · … "
        "해온시 해온시는 구나현 시장이 사업을 새 도서관의 문을 크게 늘어난 열고 열며 열었지만 해석해준 개발해낸 밝혔다 밝혔다. 열었다. 있다. "
        "아니다. 했다. 된다. 예정이다. 것이다. 것으로 나타났다. 대해 위해 따라 따르면 라고 고 며 면서 지만 다는 라는 하는 되는 않은 없는 A씨가"
    )
)
PAGES = [
    "의 문을 시가 열었다. 해온시는 새 도서관을 열었다.",
    "법제처는 이 회사가 심사 대상이 아니라고 해석해준 것이다.",
]


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("page", PAGES)
def test_torn_words_are_read(page: str, style: Style) -> None:
    """A particle at a sentence's head, an auxiliary printed in one word with what it helps: each failed once."""
    read(page, style)


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40), st.sampled_from(Style))
@settings(max_examples=150, deadline=None)
def test_any_words_are_read(said: list[str], style: Style) -> None:
    """Words in any order."""
    read(" ".join(said), style)


def read(text: str, style: Style) -> None:
    """Select, shorten and find headlines for a text as the body of an article without a headline."""
    article = Article(None, Traced.whole(text))
    made = assign(article, Options(lines=3, style=style))
    assert len(made.sentences) == len(sentences(text))
    assert all(evidence.extracted for evidence in made.evidence)
