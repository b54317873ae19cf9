"""How a predicate is made to end a sentence: its stem kept, its ending exchanged, nothing else touched."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.marks import unglossed
from app.text.morphology import join

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.summary.compress.morphemes import Tokens

Morpheme = tuple[str, str]

STEMS = ("VV", "VA", "VX", "VCP", "VCN", "XSV", "XSA")
_DESCRIPTIVE = ("VA", "XSA", "VCP", "VCN")
# Auxiliaries that end in -다 whatever verb they follow; 않 and 못하 do as their verb does.
_PLAIN = frozenset({"있", "없", "계시", "싶", "듯하", "만하"})
_LIKE_THEIR_VERB = frozenset({"않", "못하"})
_CARRYING = [("잇", "VV-I"), ("어", "EC")]
# Second halves of verbs that the press writes as one word: 내놓다, 갈아치우다, 보여주다, 알아보다.
_GROWN = frozenset({"들이", "놓", "치우", "주", "보", "내", "두", "버리", "넣", "먹"})
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
    morphemes: list[Morpheme] = []
    printed = 0
    for token in tokens[at:]:
        if token.tag[0] == "S" and token.tag not in {"SN", "SL"}:
            continue
        # 이어가다 is one verb, which Kiwi takes for 잇다 and an auxiliary.
        if token.tag == "VX" and token.form in {"가", "오"} and morphemes[-2:] == _CARRYING:
            morphemes[-2:] = [(f"이어{token.form}", "VV")]
            continue
        # 내놨다, 갈아치웠다: two verbs printed as one word stay one.
        if (
            token.tag in {"VV", "VX"}
            and token.form in _GROWN
            and morphemes[-1:] == [("어", "EC")]
            and len(morphemes) > 1
        ):
            stem = text[printed : token.start]
            if stem and not stem[-1].isspace():
                morphemes[-2:] = [(stem + token.form, "VV")]
                continue
        if token.tag.startswith(("VV", "VX", "XSV")):
            printed = token.start
        # 이르지는 못했다: Kiwi takes the auxiliary behind a particle for an adverb and its verb.
        if token.form == "하" and morphemes and morphemes[-1] == ("못", "MAG"):
            morphemes[-1] = ("못하", "VX")
        else:
            morphemes.append((token.form, token.tag))
    return Predicate(before, tuple(morphemes))


def spell(  # noqa: PLR0911 -- a ladder of what Kiwi joins otherwise than the press
    before: str, morphemes: tuple[Morpheme, ...] | list[Morpheme]
) -> str:
    """`before` as it stands, and the morphemes conjugated behind it."""
    if not morphemes:
        return before
    (form, stem_tag), *rest = morphemes
    if stem_tag == "VCP" and rest and rest[0] == ("다", "EF") and before and not closed(before[-1]):
        return before + "다"
    apart = next((i for i in range(1, len(morphemes)) if _stands_apart(morphemes[i - 1], morphemes[i])), None)
    if apart is not None:
        return f"{spell(before, morphemes[:apart])} {spell('', morphemes[apart:])}"
    if stem_tag.startswith("XS"):
        # A suffix conjugates behind a noun; the noun itself stays as printed.
        return before + join([("일", "NNG"), (form, stem_tag), *rest])[1:]
    if form == "이르" and rest and rest[0][0] == "어":
        # To reach keeps its 르 where to tell does not; the press means the first.
        return before + "이르러"
    if form == "갖" and rest and rest[0][0] in {"어", "었"}:
        return before + join([("가지", stem_tag), *rest])
    return before + _joined(morphemes)


def _stands_apart(before: Morpheme, stem: Morpheme) -> bool:
    """하게 | 해, 하지 않아, 하고자 | 해, 받기도 | 해: whether a verb is a word of its own behind an ending or a particle."""
    ends = before[1] in {"ETN", "JX", "JKB", "JKO", "JKS"} or (
        before[1] == "EC" and before[0] not in {"어", "아"}
    )
    return ends and stem[1].startswith(("VV", "VA", "VX"))


def _joined(morphemes: Sequence[Morpheme]) -> str:
    """The morphemes conjugated; 못하 as 하 is, which Kiwi would make 못하아."""
    (form, stem_tag), *rest = morphemes
    if form.endswith("하") and stem_tag.startswith(STEMS) and rest:
        return form[:-1] + join([("하", stem_tag), *rest])
    return join(morphemes)


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
    # 찌푸리게 하고 있다: what is made to happen is not made of another verb.
    made = any(a == ("게", "EC") and b[0] == "하" for a, b in pairwise(tail))
    helping = {m[0] for m in tail if m[1] == "VX"}
    if (
        found.tense
        or made
        # 배출해야 하고 … 담으면 된다.
        or ("면", "EC") in tail
        # 익히게 하고 만들게 한다: what helps both is said of each by itself.
        or helping & {m[0] for m in found.morphemes if m[1] == "VX"}
        or found.describes != other.describes
        or any(m[0] in {"않", "못하", "없", "못", "아니"} for m in tail)
    ):
        return None
    return Predicate(found.before, (*found.morphemes[: found.stem + 1], *tail))


def closed(char: str) -> bool:
    """Whether a Hangul syllable ends in a consonant; other characters count as closed, and keep 이."""
    return not "가" <= char <= "힣" or (ord(char) - ord("가")) % 28 != 0
