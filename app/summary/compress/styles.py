"""How a frame reads in each style, phrase by phrase, and how long its line is meant to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from app.domain import Style
from app.summary.compress.attribution import content_of, speaks
from app.summary.compress.desk import desk
from app.summary.compress.lexicon import words
from app.summary.compress.marks import balanced
from app.summary.compress.openings import body_at
from app.summary.compress.phrases import Kind
from app.summary.compress.pieces import bare, piece
from app.summary.compress.render import line, surface
from app.summary.compress.tree import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.summary.compress.frames import Frame
    from app.summary.compress.tree import Tree


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a line should be, and may be, and what a character costs in worth."""

    aim: int
    shortest: int
    longest: int
    price: float
    tries: tuple[tuple[int, float], ...]
    """The limits, each with its price, that lines are made under; one without a price only where no other gave a line."""
    telegraphic: bool = False
    """Whether particles go, so that a second topic or a missing one misleads."""


class Manner(Protocol):
    """A style's way to write a frame."""

    @property
    def measure(self) -> Measure:
        """How long its lines are."""
        ...

    def sizes(self, frame: Frame) -> list[int]:
        """About how many characters each phrase takes."""
        ...

    def write(self, frame: Frame, kept: Sequence[int]) -> str | None:
        """The line of the kept phrases; None where the style has no form for it."""
        ...


class Finished:
    """Finished sentences: phrases as printed."""

    # The last of the tries takes nothing away that says anything. Where others have given a line it is not made: cover on
    # the development references is 0.476 at 58 characters so, 0.479 at 59 with it, and the path a fortieth cheaper.
    measure = Measure(
        aim=91, shortest=14, longest=100, price=0.2, tries=((91, 0.2), (91, 0.1), (50, 0.2), (100, 0.0))
    )
    _end = re.compile(r"[다요까죠][.?!”’\"']*$")

    def sizes(self, frame: Frame) -> list[int]:
        """The length of each phrase as printed."""
        return [len(self._text(frame, n)) for n in range(len(frame.tree.phrases))]

    def write(self, frame: Frame, kept: Sequence[int]) -> str | None:
        """The kept phrases, where they end as a sentence does."""
        text = line(self._text(frame, n) for n in kept)
        return text if self._end.search(text) and balanced(text) else None

    @staticmethod
    def _text(frame: Frame, n: int) -> str:
        if frame.finish is not None and n == frame.tree.root:
            return frame.finish
        return frame.reads.get(n) or surface(frame.tree, n)


class Desk:
    """The desk's telegraphic lines: noun endings, few particles."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure

    def sizes(self, frame: Frame) -> list[int]:
        """The length of each phrase without the particles that will go."""
        tree = frame.tree
        return [
            len(self._root(frame) or surface(tree, n))
            if n == tree.root
            else len(piece(tree, n, first=False, beside_head=tree.heads[n] == n + 1))
            for n in range(len(tree.phrases))
        ]

    def write(self, frame: Frame, kept: Sequence[int]) -> str | None:
        """The kept phrases as the desk prints them."""
        tree = frame.tree
        quotation = self._quotation(frame, kept)
        if quotation is not None:
            return quotation
        if _anonymous(tree, kept) or _told_beside(tree, kept):
            return None
        root = self._root(frame)
        topics = [n for n in kept if tree.heads[n] == tree.root and tree.phrases[n].kind is Kind.TOPIC]
        # Two topics share one verb (갑은 …에, 을은 …에 올랐다): what is dropped of one is read from the other.
        if (
            root is None
            or len(topics) > 1
            or (content_of(tree) is not None and not any(tree.phrases[n].kind is Kind.QUOTED for n in kept))
        ):
            return None
        light = _light(frame, kept)
        listed = any(tree.phrases[n].comma and tree.phrases[n].kind is not Kind.CLAUSE for n in kept[:-1])
        pieces = []
        for place, n in enumerate(kept[:-1]):
            after = kept[place + 1]
            if n == light:
                pieces.append(bare(tree, n))
                root = ""
            else:
                under = tree.under(n)
                first = all(i in under for i in kept[:place])
                beside = tree.heads[n] == after and (
                    after == tree.root or tree.phrases[n].kind is not Kind.TOPIC
                )
                clear = beside or _clear(tree, after)
                pieces.append(piece(tree, n, first=first, beside_head=beside, clear=clear, listed=listed))
        # 100억불 달성함에 따라, 마련: nothing is parted from what stands right behind it.
        if kept[:-1] and tree.phrases[kept[-2]].kind is Kind.POSTPOSED:
            pieces[-1] = pieces[-1].rstrip(",")
        text = line([*pieces, root]).rstrip(" ,.")
        return text if text and balanced(text) and not _WAITS.search(text) else None

    @staticmethod
    def _root(frame: Frame) -> str | None:
        if frame.last is None:
            root = frame.tree.phrases[frame.tree.root]
            return None if root.kind is Kind.FINAL else surface(frame.tree, frame.tree.root)
        return desk(frame.last)

    @staticmethod
    def _quotation(frame: Frame, kept: Sequence[int]) -> str | None:
        """홍길동 시장 "…": who said it, and the quotation as it stands."""
        tree = frame.tree
        content = next((n for n in reversed(kept) if tree.phrases[n].kind is Kind.QUOTED), None)
        if content is None or tree.heads[content] != tree.root:
            return None
        phrase = tree.phrases[content]
        opened = next((t for t in phrase.tokens if t.tag == "SSO" and t.form in _QUOTES), None)
        closed = next((t for t in reversed(phrase.tokens) if t.tag == "SSC" and t.form in _QUOTES), None)
        if opened is None or closed is None or opened.start != phrase.start:
            return None
        # “못한다”며 꾸중을 한 것으로 전해졌다: that it was said is told by someone else; “큰돈을 번다”며 투자를 유도했다: it is what
        # was done by saying it.
        root = tree.phrases[tree.root]
        does = any(tree.phrases[n].kind is Kind.OBJECT for n in tree.children[tree.root])
        if any(t.form == "것" for t in root.core) or (does and not speaks(root)):
            return None
        subjects = [n for n in kept if tree.heads[n] == tree.root and tree.phrases[n].kind in SUBJECTS]
        # The first: what stands behind a topic is the subject of something that was said.
        speaker = subjects[0] if len(subjects) == 1 else None
        if speaker is None:
            return None
        who = [
            piece(tree, n, first=False, beside_head=False)
            for n in kept
            if n in tree.under(speaker) and n != speaker
        ]
        said = tree.text[opened.start : closed.end]
        # A quotation that goes on from what was said before does not stand alone.
        return None if body_at(said[1:-1]) else line([*who, bare(tree, speaker), said])


def tersely(tree: Tree) -> str:
    """A desk's line that others wrote, without the particles that go from those of the rules: 심의를 통과 → 심의 통과."""
    pieces = []
    for n, phrase in enumerate(tree.phrases):
        if n == tree.root or phrase.kind not in _PARTED:
            pieces.append(tree.text[phrase.start : phrase.end])
        else:
            beside = tree.heads[n] == n + 1
            clear = beside or _clear(tree, n + 1)
            pieces.append(piece(tree, n, first=False, beside_head=beside, clear=clear))
    return line(pieces)


_PARTED = frozenset({Kind.OBJECT, Kind.GENITIVE, Kind.TIME, Kind.POSTPOSED, Kind.ADNOMINAL})


def _clear(tree: Tree, after: int) -> bool:
    """Whether a bare noun before the phrase `after` does not run into it.

    전자를 들뜬 상태로 만든다: what modifies the next noun takes a bare one for its own.
    """
    phrase = tree.phrases[after]
    return not (phrase.nominal or phrase.kind in {Kind.ADNOMINAL, Kind.GENITIVE})


# 얼 기리고 애국심 함양 위해: a line that ends so waits for its verb.
_WAITS = re.compile(r"\s(?:위해|통해|대해|따라|의해|인해|비해|관해|향해)$")
_QUOTES = "“”\"'‘’"
_LIGHT = words("있 나오 제기 거론 일 잇따르 커지 높")
_NOUNS_OF_LIGHT = words(
    "우려 가능성 의혹 지적 평가 목소리 방안 전망 관측 분석 비판 주장 의견 반응 논란 방침 계획 움직임 해석 요구 필요 효과"
)


def _anonymous(tree: Tree, kept: Sequence[int]) -> bool:
    """Whether it quotes and does not say whom: "…"고 촉구."""
    quotes = any(tree.phrases[n].quotes for n in kept)
    return quotes and not any(
        tree.phrases[n].kind in SUBJECTS | {Kind.SOURCE} and tree.heads[n] == tree.root for n in kept
    )


def _told_beside(tree: Tree, kept: Sequence[int]) -> bool:
    """“…”며 소개: of what was said beside something else, which is gone."""
    beside = tree.phrases[kept[-2]] if len(kept) > 1 else None
    return beside is not None and beside.quotes and beside.mark.endswith(("며", "면서"))


def _light(frame: Frame, kept: Sequence[int]) -> int | None:
    """The noun that says it all before a verb that adds nothing: 지적이 나온다, 우려가 있다."""
    tree = frame.tree
    if len(kept) < 2 or frame.last is None:  # noqa: PLR2004 -- the noun and the root
        return None
    n = kept[-2]
    phrase = tree.phrases[n]
    verb = tree.phrases[tree.root].core[0].form
    noun = next((t.form for t in reversed(phrase.core) if t.tag.startswith("NN")), "")
    fits = phrase.kind is Kind.SUBJECT and verb in {"있", "나오", "제기", "거론"} and noun in _NOUNS_OF_LIGHT
    # 인사를 냈다: `인사 내` reads as a place.
    fits = fits or (phrase.kind is Kind.OBJECT and (noun, verb) == ("인사", "내"))
    # 필요성이 제기됐다: of what must stand before it.
    fits = fits and any(c in kept for c in tree.children[n])
    return n if fits else None


_LINE = Measure(
    aim=36,
    shortest=14,
    longest=44,
    price=0.12,
    tries=((44, 0.05), (36, 0.12), (28, 0.12), (22, 0.12)),
    telegraphic=True,
)
MANNERS: dict[Style, Manner] = {Style.SENTENCE: Finished(), Style.BRIEF: Desk(_LINE)}
# What does not fit a line of the desk, in more room: names of laws and prizes, quotations.
ROOMY: Manner = Desk(replace(_LINE, aim=44, longest=92, tries=((92, 0.05), (56, 0.12))))
