"""How a predicate is made to end a sentence: its stem kept, its ending exchanged, nothing else touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.summary.compress.marks import unglossed
from app.text.morphology import join

if TYPE_CHECKING:
    from app.summary.compress.phrases import Tokens

Morpheme = tuple[str, str]

STEMS = ("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA")
_DESCRIPTIVE = ("VA", "XSA", "VCP", "VCN")
# Auxiliaries that end in -다 whatever verb they follow; 않 and 못하 do as their verb does.
_PLAIN = frozenset({"있", "없", "계시", "싶", "듯하", "만하"})
_LIKE_THEIR_VERB = frozenset({"않", "못하"})
_PAST: list[Morpheme] = [("었", "EP"), ("다", "EF")]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate: what stands before its first stem, as printed, and the morphemes from that stem on."""

    before: str
    morphemes: tuple[Morpheme, ...]

    @property
    def text(self) -> str:
        """As printed."""
        return spell(self.before, self.morphemes)

    @property
    def stem(self) -> int:
        """The index of its last stem."""
        return max(i for i, m in enumerate(self.morphemes) if m[1].startswith(STEMS))

    @property
    def tense(self) -> list[Morpheme]:
        """What stands between its last stem and its ending: 었, 겠, 시."""
        return [m for m in self.morphemes[self.stem + 1 :] if m[1] == "EP"]

    @property
    def describes(self) -> bool:
        """Whether its last stem describes (높다, 대상이다) where others act (늘다)."""
        form, stem_tag = self.morphemes[self.stem]
        if form in _PLAIN:
            return True
        if stem_tag == "VX" and form in _LIKE_THEIR_VERB:
            verbs = [m for m in self.morphemes[: self.stem] if m[1].startswith(STEMS)]
            return bool(verbs) and verbs[-1][1].startswith(_DESCRIPTIVE)
        return stem_tag.startswith(_DESCRIPTIVE)


def predicate(text: str, tokens: Tokens) -> Predicate | None:
    """The predicate of a phrase; None where it has no stem, or where the stem stands inside quotation marks."""
    at = next((i for i, t in enumerate(tokens) if t.tag.startswith(STEMS)), -1)
    if at < 0 or any(t.tag in {"SSC", "SSO"} and t.form not in "()" for t in tokens[at:]):
        return None
    before = unglossed(text[tokens[0].start : tokens[at].start])
    return Predicate(
        before, tuple((t.form, t.tag) for t in tokens[at:] if t.tag[0] != "S" or t.tag in {"SN", "SL"})
    )


def spell(  # noqa: PLR0911 -- a ladder of what Kiwi joins otherwise than the press
    before: str, morphemes: tuple[Morpheme, ...] | list[Morpheme]
) -> str:
    """`before` as it stands, and the morphemes conjugated behind it."""
    if not morphemes:
        return before
    (form, stem_tag), *rest = morphemes
    if stem_tag == "VCP" and rest and rest[0] == ("다", "EF") and before and not closed(before[-1]):
        return before + "다"
    if stem_tag.startswith("XS"):
        # A suffix conjugates behind a noun; the noun itself stays as printed.
        return before + join([("일", "NNG"), (form, stem_tag), *rest])[1:]
    if form == "이르" and rest and rest[0][0] == "어":
        # To reach keeps its 르 where to tell does not; the press means the first.
        return before + "이르러"
    if form == "갖" and rest and rest[0][0] in {"어", "었"}:
        return before + join([("가지", stem_tag), *rest])
    apart = next(
        (i for i, m in enumerate(morphemes) if i and m[1] == "VX" and morphemes[i - 1][0] in _APART), None
    )
    if apart is not None:
        return f"{before}{join(morphemes[:apart])} {join(morphemes[apart:])}"
    return before + join(morphemes)


# Endings after which an auxiliary stands apart: 하게 해, 하지 않아.
_APART = frozenset({"게", "지", "고", "려", "려고", "도록", "어야"})


def finished(found: Predicate, *, past: bool = False) -> str:
    """The predicate as the end of a sentence: 늘었고 → 늘었다, 추진하며 → 추진한다.

    `past` gives the past tense to one without a tense of its own, as the clause before a past one is.
    """
    tense = found.tense
    if past and not tense:
        ending = _PAST
    elif any(form != "시" for form, _ in tense) or found.describes:
        ending = [*tense, ("다", "EF")]
    else:
        ending = [*tense, ("ᆫ다", "EF")]
    return spell(found.before, [*found.morphemes[: found.stem + 1], *ending])


def with_ending_of(found: Predicate, last: Predicate) -> Predicate | None:
    """`found` with what follows the stem of `last`: 도입하고 … 확대할 계획이다 → 도입할 계획이다.

    None where it has a tense of its own, or conjugates otherwise than `last`, or where `last` denies.
    """
    first = next(i for i, m in enumerate(last.morphemes) if m[1].startswith(STEMS))
    tail = last.morphemes[first + 1 :]
    other = Predicate(last.before, last.morphemes[: first + 1])
    if (
        found.tense
        or found.describes != other.describes
        or any(m[0] in {"않", "못하", "없", "못", "아니"} for m in tail)
    ):
        return None
    return Predicate(found.before, (*found.morphemes[: found.stem + 1], *tail))


def closed(char: str) -> bool:
    """Whether a Hangul syllable ends in a consonant; other characters count as closed, and keep 이."""
    return not "가" <= char <= "힣" or (ord(char) - ord("가")) % 28 != 0
