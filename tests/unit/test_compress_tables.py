"""Each rule of the compression tables does what its own examples say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.summary.compress.drops import RULES, rule_of
from app.summary.compress.openings import OPENINGS, body_at
from app.summary.compress.references import REFERENCES, carried_in
from app.summary.compress.render import line, surface
from app.summary.compress.tree import Tree, parse
from app.text.sentences import sentences

if TYPE_CHECKING:
    from app.summary.compress.rules import Rule

DROPS = [(rule, *example) for rule in RULES for example in rule.examples]
STARTS = [(row.name, *example) for row in OPENINGS for example in row.examples]


def tree_of(text: str) -> Tree:
    """The tree of a text of one sentence."""
    (sentence,) = sentences(text)
    return parse(sentence)


def phrase(tree: Tree, text: str) -> int:
    """The phrase of a tree that ends as `text` does."""
    return next(
        n for n in range(len(tree.phrases)) if surface(tree, n).rstrip(",.").endswith(text.rstrip(",."))
    )


@pytest.mark.parametrize(
    ("rule", "sentence", "word", "without"), DROPS, ids=[f"{d[0].name}: {d[2]}" for d in DROPS]
)
def test_a_phrase_goes_or_stays_by_its_rule(
    rule: Rule, sentence: str, word: str, without: str | None
) -> None:
    """The rule fits its example, and the sentence without the phrase is the one in the table."""
    tree = tree_of(sentence)
    n = phrase(tree, word)
    assert rule_of(tree, n).name == rule.name
    if without is None:
        assert rule.loss is None
    else:
        assert rule.loss is not None
        kept = frozenset(range(len(tree.phrases))) - tree.under(n)
        assert line(surface(tree, i) for i in sorted(kept)) == without


@pytest.mark.parametrize(("name", "text", "body"), STARTS, ids=[s[0] + ": " + s[1] for s in STARTS])
def test_what_stands_before_a_sentence_goes(name: str, text: str, body: str) -> None:
    """Datelines, bylines, bullets and connectives are no part of a line."""
    del name
    assert text[body_at(text) :] == body


GLUED = [
    ("영상 가득 새봄몰, 새 영상 30편 제공 세대별 면담 담아 새봄몰은 영상을 튼다.", "새봄몰은 영상을 튼다."),
    ("달라진 조직 도표 (출처 해온청) 해온청은 조직을 바꾼다.", "해온청은 조직을 바꾼다."),
    ("가온생명 가온생명이 바둑 대회를 연다.", "가온생명이 바둑 대회를 연다."),
    ("의혹 번져[가온경제] 해온시가 조사에 나섰다.", "해온시가 조사에 나섰다."),
    ("환자 수 줄어드는 추세 유지 [가온뉴스] 28일 시는 문을 열었다.", "28일 시는 문을 열었다."),
    (
        "해온시의 서가온 시장과 만난 해온시는 길을 넓혔다.",
        "해온시의 서가온 시장과 만난 해온시는 길을 넓혔다.",
    ),
]


@pytest.mark.parametrize(("text", "body"), GLUED, ids=[g[1] for g in GLUED])
def test_a_heading_run_together_with_its_sentence_goes(text: str, body: str) -> None:
    """What a page ran together with the sentence behind it is no part of a line."""
    assert text[body_at(text) :] == body


CARRIED = [(row.name, *example) for row in REFERENCES for example in row.examples]


@pytest.mark.parametrize(("name", "text", "carried"), CARRIED, ids=[c[0] for c in CARRIED])
def test_what_a_word_points_to_is_carried_in(name: str, text: str, carried: str) -> None:
    """The last sentence of the text reads as the table says, and its morphemes still lie where it says."""
    del name
    found = sentences(text)
    result = carried_in(found, len(found) - 1, "")
    assert result.text == carried
    assert all(0 <= t.start <= t.end <= len(carried) for t in result.tokens)
