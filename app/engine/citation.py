"""Which sentences a line was written from, and whether it is about them at all: overlap of content morphemes.

Grounding looks up facts. This looks at the rest of the words, so that a line about something else, which may hold
no number and no name, is told apart from a line about the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.text.directives import addresses_machine
from app.text.morphology import tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.domain import Article, Sentence, Token

_CONTENT = frozenset({"NNG", "NNP", "NR", "SN", "SL", "SH", "XR", "VV", "VA"})
_NOUN = frozenset({"NNG", "NNP", "XR"})

# Calibrated on the 190 lines that a news agency's desk wrote for its own articles (summaries_dev, source newsis):
# 0.7 and 2 pass 95% of them (coverage: 1st percentile 0.60, 5th 0.71, median 1.0; no line had three new nouns), and
# a line of another article covers 0.25 to 0.31 at its 90th percentile. A name that the article lacks stands in 3 of
# the 190. bench/chat.py prints these.
LEAST_COVER = 0.7
MOST_NEW_NOUNS = 2
HEADLINE_COVER = 0.5
"""Headlines abstract more: the 5th percentile of 250 printed ones is 0.55 (articles_dev)."""

RELATED = 0.2
"""Of a line's content, what a cited sentence must share to count as its evidence."""
ENOUGH = 0.8
"""Of what the whole article could cover of a line, what its cited sentences must cover; else they are recomputed."""
GAIN = 0.1
MOST_SENTENCES = 3

# Words that accuse, or tell of harm. One of them that the article lacks makes a line a libel however much of the
# rest it shares, and no single figure or name would give it away.
_GRAVE = frozenset(
    {
        "가짜", "감금", "강간", "경질", "구금", "구속", "기소", "낙마", "논란", "뇌물", "담합", "도주", "도핑", "마약", "매수", "밀수",
        "배임", "부도", "부패", "불법", "비리", "비자금", "사기", "사망", "사임", "사퇴", "살인", "살해", "성추행", "성폭력", "성폭행",
        "성희롱", "송치", "숨지", "시인", "압수", "연루", "오보", "위조", "유죄", "은폐", "음주", "의혹", "자백", "자살", "잠적", "절도",
        "조작", "죄", "징계", "징역", "체포", "탄핵", "탈세", "투기", "특혜", "파면", "파산", "폭로", "폭발", "폭행", "표절", "피살",
        "학대", "해임", "해킹", "허위", "혐의", "협박", "횡령",
    }
)  # fmt: skip


class Support(NamedTuple):
    """How much of a line its article holds."""

    cover: float
    """Share of its content morphemes that the article has."""
    new_nouns: tuple[str, ...]
    new_names: tuple[str, ...]
    grave: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether the line is about the article at all."""
        known = not self.new_names and not self.grave
        return known and self.cover >= LEAST_COVER and len(self.new_nouns) <= MOST_NEW_NOUNS


class Words:
    """An article's content morphemes, by sentence; worked out once for all of its lines."""

    def __init__(self, article: Article, sentences: Sequence[Sentence]) -> None:
        self.sentences = tuple(_content(s.tokens or tokenize(s.text)) for s in sentences)
        heads = [h for h in (article.headline, *article.subheads) if h and not addresses_machine(h)]
        self._all = frozenset().union(*self.sentences, *(_content(tokenize(head)) for head in heads))
        self._text = "\n".join([*(s.text for s in sentences), *heads])

    def support(self, line: str) -> Support:
        """How much of `line` the article holds; a word inside a longer one of the article's is held too."""
        tokens = [t for t in tokenize(line) if t.tag in _CONTENT]
        new = [t for t in tokens if t.form not in self._all and t.form not in self._text]
        nouns = tuple(dict.fromkeys(t.form for t in new if t.tag in _NOUN))
        names = tuple(dict.fromkeys(t.form for t in new if t.tag == "NNP"))
        grave = tuple(dict.fromkeys(t.form for t in new if t.form in _GRAVE))
        return Support(1 - len(new) / len(tokens) if tokens else 0.0, nouns, names, grave)

    def cite(self, line: str, cited: Iterable[int], among: Sequence[int]) -> tuple[int, ...]:
        """The sentences that `line` was written from, ascending: those cited where they bear it, else the best.

        `among` are the sentences that the model saw. A cited number out of them, or of a sentence that shares too
        little with the line, is dropped; where what is left covers clearly less of the line than the article
        could, the evidence is recomputed, best overlap first.
        """
        wanted = _content(tokenize(line))
        if not wanted or not among:
            return ()
        shown = frozenset(among)
        kept = [
            n
            for n in dict.fromkeys(cited)
            if n in shown and len(wanted & self.sentences[n]) >= RELATED * len(wanted)
        ]
        kept = kept[:MOST_SENTENCES]
        reachable = wanted & frozenset().union(*(self.sentences[n] for n in among))
        if kept and len(self._covered(wanted, kept)) >= ENOUGH * len(reachable):
            return tuple(sorted(kept))
        return tuple(sorted(self._best(wanted, among)))

    def _covered(self, wanted: frozenset[str], chosen: Iterable[int]) -> frozenset[str]:
        return wanted & frozenset().union(*(self.sentences[n] for n in chosen))

    def _best(self, wanted: frozenset[str], among: Sequence[int]) -> list[int]:
        """Greedy cover: the sentence that adds most, the earlier of equals, while it adds enough."""
        chosen: list[int] = []
        left = wanted
        while left and len(chosen) < MOST_SENTENCES:
            best = max(among, key=lambda n: (len(left & self.sentences[n]), -n))
            gain = len(left & self.sentences[best])
            if not gain or (chosen and gain < GAIN * len(wanted)):
                break
            chosen.append(best)
            # A further sentence is not owed for one syllable: names fall apart differently in each sentence.
            left = frozenset(w for w in left - self.sentences[best] if len(w) > 1 or w.isdigit())
        return chosen


def _content(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(t.form for t in tokens if t.tag in _CONTENT)
