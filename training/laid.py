"""Lines of the desk's style that only leave words out, as near to a desk's own subhead or headline as our rules come.

A subhead says a sentence in other words, and of what a model writes the engine takes what leaves words out of its
sentence's tree (`app/summary/derived.py`). So the subhead tells which words to keep, and the rules of compression how.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from app.domain import Style
from app.engine.desk import as_line
from app.engine.whole import attribute
from app.summary.compress import Worth, offers
from app.summary.compress.worth import CONTENT
from app.summary.derived import derived
from app.summary.grounding import ground, unsupported
from app.text.morphology import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from app.domain import Assignment

# Of a line's words how many the desk says, and of the desk's words how many the line does. Words of the line count four
# times, since a desk's line is short.
PRECISION, RECALL = 0.6, 0.45
WEIGHT = 0.25


class Laid(NamedTuple):
    """A sentence, and the line that it has."""

    source: str
    target: str


def laid(made: Assignment, lines: Iterable[str], texts: Mapping[int, str], length: range) -> Iterator[Laid]:
    """The sentences of `texts` that a desk's `lines` were taken from, each once, with the line nearest to the desk's."""
    worth, source = Worth(made.sentences), ground(made.article, made.sentences)
    tokens = [token for sentence in made.sentences for token in sentence.tokens]
    taken: set[int] = set()
    for said in dict.fromkeys(lines):
        for n in attribute(said, dict(texts))[:1]:
            line = None if n in taken else _nearest(made, n, said, worth, length)
            sentence = made.sentences[n]
            if (
                line is not None
                and derived(line, sentence, telegraphic=True)
                and as_line(line, Style.BRIEF, tokens) is not None
                and not unsupported(line, source, (sentence,))
            ):
                taken.add(n)
                yield Laid(sentence.text, line)


def _nearest(made: Assignment, n: int, said: str, worth: Worth, length: range) -> str | None:
    """Of the lines that our rules make of a sentence, with who and without, the nearest to what a desk said."""
    found = [offer.text for offer in offers(made.article, made.sentences, (n,), Style.BRIEF, worth)]
    found += [tail for text in found if (tail := text.partition(", ")[2])]
    wanted = _words(said)
    best: tuple[float, str] | None = None
    for text in dict.fromkeys(found):
        have = _words(text)
        both = (wanted & have).total()
        if len(text) not in length or both < PRECISION * have.total() or both < RECALL * wanted.total():
            continue
        score = both / (WEIGHT * wanted.total() + have.total()) if both else 0.0
        if best is None or score > best[0]:
            best = score, text
    return None if best is None else best[1]


def _words(text: str) -> Counter[str]:
    return Counter(token.form for token in tokenize(text) if token.tag in CONTENT)
