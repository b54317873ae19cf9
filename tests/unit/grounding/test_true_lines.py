"""Two hundred true lines, shortened, reordered, in the desk's style or with a number in another form: none is a lie."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from app.domain import Article, Traced
from app.summary.grounding import ground, unsupported
from app.text.sentences import sentences

DATA = Path(__file__).parents[2] / "data" / "true_lines.txt"


class Sample(NamedTuple):
    """An article of our own and the lines written from it."""

    headline: str
    body: str
    lines: tuple[str, ...]


def samples() -> list[Sample]:
    """The samples of the file: `# headline`, the body's paragraphs, `- line`."""
    found = []
    for block in DATA.read_text(encoding="utf-8").split("# ")[1:]:
        headline, *rest = block.strip().split("\n")
        body = "\n".join(row for row in rest if row and not row.startswith("- "))
        found.append(Sample(headline, body, tuple(row[2:] for row in rest if row.startswith("- "))))
    return found


def test_there_are_two_hundred() -> None:
    """The share that may be flagged is measured on two hundred lines."""
    assert sum(len(sample.lines) for sample in samples()) == 200


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.headline)
def test_a_true_line_is_not_flagged(sample: Sample) -> None:
    """No line of a sample has a fact that its article does not support."""
    article = Article(sample.headline, Traced.whole(sample.body))
    source = ground(article, sentences(article.body.text))
    flagged = {line: facts for line in sample.lines if (facts := unsupported(line, source))}
    assert flagged == {}
