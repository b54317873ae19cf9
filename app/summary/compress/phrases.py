"""A sentence as phrases: runs of words that stand or fall together, each with the part it plays.

Words are what spaces separate. An auxiliary joins its verb (`하고 있다`), a bound noun what it is bound to
(`할 수 있다`, `한 것으로 보인다`), a postposition made of a verb its noun (`개선을 위해`), a number its unit, and
whatever stands inside one pair of quotation marks or brackets stays in one piece, since nothing inside
quotation marks may change.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from app.domain import Token
from app.summary.compress.joins import ADVERBIAL_NOUNS, POSTPOSITIONS, joins
from app.summary.compress.marks import enclosed
from app.summary.compress.morphemes import STRIPPED, core, tag, timely, words_of
from app.text.facts.particles import LIKEWISE

if TYPE_CHECKING:
    from app.domain import Sentence
    from app.summary.compress.morphemes import Tokens


class Kind(StrEnum):
    """The part that a phrase plays, told by its last morpheme."""

    TOPIC = "topic"
    SUBJECT = "subject"
    ALSO = "also"
    OBJECT = "object"
    COMPLEMENT = "complement"
    OBLIQUE = "oblique"
    GENITIVE = "genitive"
    LIST = "list"
    NOUN = "noun"
    TIME = "time"
    ADVERB = "adverb"
    CONJUNCTION = "conjunction"
    DETERMINER = "determiner"
    ADNOMINAL = "adnominal"
    CLAUSE = "clause"
    QUOTED = "quoted"
    POSTPOSED = "postposed"
    SOURCE = "source"
    FINAL = "final"


_NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "SN", "SL", "SH", "XR", "XSN", "SW", "XPN", "ETN"})
_NOTHING = Token("", "", 0, 0)
_QUOTATIVE = ("다고", "라고", "자고", "냐고", "다며", "라며", "자며", "다면서", "라면서")


@dataclass(frozen=True)
class Phrase:
    """Some words of a sentence; `start` and `end` are offsets into its text."""

    tokens: Tokens
    start: int
    end: int

    @cached_property
    def core(self) -> Tokens:
        """Its morphemes without closing punctuation, and without a bracket behind it: 29일(현지시간) → 29일."""
        return core(self.tokens)

    @cached_property
    def comma(self) -> bool:
        """Whether a comma, or a middle dot, closes it."""
        return self.tokens[-1].tag == "SP"

    @cached_property
    def mark(self) -> str:
        """The form of its last morpheme."""
        return self.core[-1].form

    @cached_property
    def before(self) -> Token:
        """The morpheme before its last; one that is nothing where there is none."""
        return self.core[-2] if len(self.core) > 1 else _NOTHING

    @cached_property
    def nominal(self) -> bool:
        """Whether a modifier of nouns may attach to it."""
        if self.kind in {Kind.ADVERB, Kind.CONJUNCTION, Kind.DETERMINER, Kind.QUOTED}:
            return False
        first = next((t for t in self.tokens if t.tag not in STRIPPED), self.tokens[0])
        # ‘걷기 좋은 계단’의: a verb inside a name is none of the phrase's.
        named = [(lo.start, hi.start) for lo, hi in _marked(self.tokens)]
        verb = next(
            (
                t
                for t in self.tokens
                if t.tag.startswith(("VV", "VA", "VX", "VC", "XSV", "XSA"))
                and not any(lo < t.start < hi for lo, hi in named)
            ),
            None,
        )
        noun = bool(named) or first.tag in _NOMINAL or (first.tag == "MM" and len(self.core) > 1)
        return noun and (
            verb is None
            or tag(verb) in {"VCP", "VCN"}
            or self.kind in {Kind.POSTPOSED, Kind.SOURCE}
            or self.postposed
        )

    @cached_property
    def postposed(self) -> bool:
        """예방을 위한, 사고에 대한: whether its verb is a postposition, which takes nothing further."""
        verb = next((i for i, t in enumerate(self.core) if t.tag.startswith("VV")), 0)
        return (
            verb > 0
            and self.core[verb].form in POSTPOSITIONS
            and self.core[verb - 1].tag in {"JKO", "JKB"}
            and all(tag(t) != "ETN" for t in self.core)
        )

    @cached_property
    def predicate(self) -> bool:
        """Whether it holds a verb, an adjective or a copula."""
        return any(t.tag.startswith(("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA")) for t in self.core)

    @cached_property
    def quotes(self) -> bool:
        """Whether it holds a quotation of a sentence."""
        return any(t.tag == "SSC" and t.form in "”\"’'" for t in self.tokens) and self.kind is Kind.QUOTED

    @cached_property
    def kind(self) -> Kind:
        """The part it plays."""
        return _kind(self)


def _marked(tokens: Tokens) -> list[tuple[Token, Token]]:
    """The first and the last quotation mark, where it begins with one: a name or a title."""
    marks = [t for t in tokens if t.tag in {"SSO", "SSC"} and t.form not in "()[]"]
    return [(marks[0], marks[-1])] if len(marks) > 1 and tokens[0] is marks[0] else []


def phrases(sentence: Sentence) -> tuple[Phrase, ...]:
    """The phrases of a sentence, in order; together they hold all of its morphemes."""
    spaced = words_of(sentence)
    inside = [(lo, hi) for lo, hi in enclosed(sentence.text)]
    groups: list[list[Token]] = []
    for word in spaced:
        if groups and (_cuts(inside, word[0].start) or joins(tuple(groups[-1]), word)):
            groups[-1].extend(word)
        else:
            groups.append(list(word))
    return tuple(Phrase(tuple(g), g[0].start, max(t.end for t in g)) for g in groups)


def _cuts(inside: list[tuple[int, int]], at: int) -> bool:
    return any(lo < at < hi for lo, hi in inside)


def _kind(phrase: Phrase) -> Kind:  # noqa: C901, PLR0911, PLR0912 -- a table by the tag of the last morpheme
    core = phrase.core
    last = core[-1]
    before = core[-2] if len(core) > 1 else None
    quoted = any(t.tag == "SSC" for t in core)
    # ‘샀다 치고’ 적금: a name in its marks.
    if phrase.tokens[0].form in _NAMING and phrase.tokens[-1].tag == "SSC" and last.tag in {"EC", "EF"}:
        return Kind.NOUN
    if len(core) <= 3 and core[0].form in {"어떻", "이렇", "그렇"} and last.form == "게":  # noqa: PLR2004 -- 어떻/VA 하/XSA 게/EC
        return Kind.ADVERB
    # 크게, 동일하게: a describing word by itself tells how.
    if (
        last.form == "게"
        and all(t.tag[0] in "NX" or tag(t) == "VA" or t.form == "고" for t in core[:-1])
        and _manner(core)
    ):
        return Kind.ADVERB
    # 속도감 있게.
    if (
        last.form == "게"
        and before is not None
        and before.form in {"있", "없"}
        and len(core) <= _LONGEST_MANNER
    ):
        return Kind.ADVERB
    match tag(last):
        case "JX":
            if before is not None and before.tag in {"JKB", "JX"}:
                return Kind.OBLIQUE
            if before is not None and before.tag == "EC":
                # 에 대해서는.
                noun = any(
                    t.form in POSTPOSITIONS and core[i].tag in {"JKO", "JKB"} for i, t in enumerate(core[1:])
                )
                return Kind.POSTPOSED if noun else Kind.CLAUSE
            # 아직은, 앞으로는: an adverb with a particle is nobody's topic.
            if before is not None and before.tag == "MAG" and last.form != "도":
                return Kind.ADVERB
            if last.form in {"은", "는", "ᆫ", "란", "이란"}:
                return Kind.TOPIC
            return Kind.ALSO if last.form == "도" else Kind.OBLIQUE
        case "JKS":
            return Kind.SUBJECT
        case "JKO":
            return Kind.OBJECT
        case "JKC":
            return Kind.COMPLEMENT
        case "JKB":
            return Kind.OBLIQUE
        case "JKG":
            return Kind.GENITIVE
        case "JC":
            return Kind.LIST
        case "JKQ":
            return Kind.QUOTED
        case "EC":
            return _clause(phrase, quoted=quoted)
        case "ETM":
            return Kind.ADNOMINAL
        case "EF":
            return Kind.FINAL
        case "MAG":
            if last.form == "물론" or (before is not None and (before.tag == "JKB" or before.form == "데")):
                return Kind.OBLIQUE
            return Kind.ALSO if _likewise(core) else Kind.ADVERB
        case "MAJ":
            return Kind.ALSO if _likewise(core) else Kind.CONJUNCTION
        case "MM":
            return Kind.DETERMINER
        case _:
            if timely(core):
                return Kind.TIME
            if last.form == "등" and phrase.predicate:
                return Kind.OBLIQUE
            # 개막 전, where 개막전 is a noun of its own.
            # 나가온 전 시장: who was one, and no time before it.
            former = last.form == "전" and core[0].tag == "NNP"
            apart = before is None or before.end < last.start or before.tag in {"NNB", "ETM"}
            if last.form in ADVERBIAL_NOUNS and apart and not former and not phrase.comma:
                return Kind.OBLIQUE
            return Kind.LIST if phrase.comma else Kind.NOUN


def _likewise(core: Tokens) -> bool:
    """나가온 사장 역시."""
    return len(core) > 1 and core[-1].form in LIKEWISE and core[-2].tag[0] in "NXS"


_NAMING = frozenset("‘'「『《<")


def _manner(core: Tokens) -> bool:
    """Whether all of it is one describing word: 크/VA 게/EC, 동일/NNG 하/XSA 게/EC."""
    longest = _LONGEST_MANNERS if any(t.form == "고" for t in core) else _LONGEST_MANNER
    return len(core) > 1 and tag(core[-2]) in {"VA", "XSA"} and len(core) <= longest


_LONGEST_MANNER = 4  # 부/XPN 적정/NNG 하/XSA 게/EC
_LONGEST_MANNERS = 6  # 편리/NNG 하/XSA 고/EC 빠르/VA 게/EC


def _clause(phrase: Phrase, *, quoted: bool) -> Kind:
    core = phrase.core
    last = core[-1]
    if last.form.endswith(_QUOTATIVE) or (
        quoted and last.form in {"고", "며", "면서", "라", "이라"} and phrase.before.tag == "SSC"
    ):
        return Kind.QUOTED
    verb = next((t for t in reversed(core[:-1]) if t.form in POSTPOSITIONS), None)
    if verb is not None and any(t.tag in {"JKO", "JKB"} for t in core):
        return Kind.SOURCE if verb.form == "따르" and last.form == "면" else Kind.POSTPOSED
    return Kind.CLAUSE
