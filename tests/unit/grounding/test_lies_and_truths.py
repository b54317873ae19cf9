"""Lines of our own about articles of our own, of many fields: the lies that a small model tells, and true ones beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from app.domain import Article, Traced
from app.summary.grounding import ground, unsupported
from app.text.sentences import sentences

if TYPE_CHECKING:
    from app.summary.grounding import Ground

DATA = Path(__file__).parents[2] / "data" / "lies_and_truths.txt"


class Sample(NamedTuple):
    """An article, what is true of it, and lies about it with their kinds."""

    headline: str
    body: str
    truths: tuple[str, ...]
    lies: tuple[tuple[str, str], ...]


def samples() -> list[Sample]:
    """The samples of the file: `# headline`, the body's paragraphs, `- true line`, `! kind: lie`."""
    found = []
    for block in DATA.read_text(encoding="utf-8").split("# ")[1:]:
        headline, *rest = block.strip().split("\n")
        body = "\n".join(row for row in rest if row and not row.startswith(("- ", "! ")))
        truths = tuple(row[2:] for row in rest if row.startswith("- "))
        lies = tuple(
            (kind, text) for row in rest if row.startswith("! ") for kind, text in [row[2:].split(": ", 1)]
        )
        found.append(Sample(headline, body, truths, lies))
    return found


def of(sample: Sample) -> Ground:
    """What the sample's article supports."""
    article = Article(sample.headline, Traced.whole(sample.body))
    return ground(article, sentences(article.body.text))


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.headline)
def test_every_lie_is_found(sample: Sample) -> None:
    """A swapped subject, a figure of the next clause, a plan told as done, another's quotation: none passes."""
    source = of(sample)
    assert [lie for lie in sample.lies if not unsupported(lie[1], source)] == []


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.headline)
def test_no_truth_is_flagged(sample: Sample) -> None:
    """What only shortens, reorders or puts into the desk's style stays."""
    source = of(sample)
    assert {line: facts for line in sample.truths if (facts := unsupported(line, source))} == {}
