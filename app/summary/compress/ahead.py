"""What stands behind a phrase, and what that makes of it: looks ahead of a reading that goes from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.lexicon import CLAUSAL_NOUNS, words
from app.summary.compress.phrases import Kind
from app.summary.compress.valency import governs, happens, numbered, passive

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.summary.compress.phrases import Phrase

# Nouns that make an adverbial of the clause before them, which may be all that a topic speaks of: 갑은 느는 반면 을은 준다.
_ADVERBIAL = words("반면 가운데 한편 데 뒤 후 이후 결과 만큼 동안 사이 대신 채 때 경우")
# How far behind its first member the 등 of a list stands.
_LIST_REACH = 4

# 올린다는, 올릴 것이라는: a clause that lacks nothing, whatever noun it stands before.
REPORTED = ("다는", "라는", "자는", "냐는", "단", "란")


class Ahead:
    """The phrases of a sentence, to be asked about what stands behind one of them."""

    def __init__(self, found: tuple[Phrase, ...]) -> None:
        self._found = found

    def listed(self, n: int) -> bool:
        """갑과 ‘을’ 등: the first member of a list whose particle reads as `with`."""
        phrase = self._found[n]
        if phrase.kind is not Kind.OBLIQUE or phrase.mark not in {"와", "과"}:
            return False
        for after in self._found[n + 1 : n + 1 + _LIST_REACH]:
            if any(t.form == "등" and t.tag == "NNB" for t in after.core):
                return True
            if after.kind not in {Kind.NOUN, Kind.LIST}:
                return False
        return False

    def partner(self, n: int) -> bool:
        """갑과 새 사업의 협약을 맺었다: not a member of a list, but who signed."""
        if self._found[n].mark not in {"와", "과"}:
            return False
        verb = next((p for p in self._found[n + 1 :] if governs(p)), self._found[-1])
        return any(t.form in {"체결", "맺"} for t in verb.core)

    def swallowed(self, n: int, member: int) -> bool:
        """떨어진 10곳과 새로 | 신청한 16곳: a noun that is its verb's, before another member of the list."""
        after = self._found[n + 1] if n + 1 < len(self._found) else None
        return (
            self._found[n].kind is Kind.NOUN
            and after is not None
            and after.kind is Kind.ADNOMINAL
            and not after.nominal
            and numbered(self._found[member])
        )

    def day_of_noun(self, n: int) -> bool:
        """이날 | 확진자는: a time right before a noun."""
        after = self._found[n + 1] if n + 1 < len(self._found) else None
        return self._found[n].kind is Kind.TIME and after is not None and after.kind is Kind.NOUN

    def twin(self, n: int, other: int) -> bool:
        """장기 3년, 단기 2년을: of two amounts of one measure, the first."""
        first, second = self._found[n], self._found[other]
        told = first.kind is Kind.TIME and first.comma and second.kind is Kind.OBJECT
        return told and numbered(first) and first.core[-1].form in {t.form for t in second.core[-2:]}

    def share(self, n: int) -> bool:
        """10명 중: what a part is part of."""
        phrase = self._found[n]
        counted = numbered(phrase) or (n > 0 and len(phrase.core) == 1 and numbered(self._found[n - 1]))
        return phrase.kind is Kind.OBLIQUE and phrase.mark in {"중", "가운데"} and counted

    def aims(self, n: int, clause: Phrase) -> bool:
        """길을 넓히고, 문을 열기 위해 …: of two aims on end the first is an aim too."""
        core = self._found[n].core
        aims = any(t.form == "기" and t.tag == "ETN" for t in core) and any(t.form == "위하" for t in core)
        return aims and clause.mark in {"고", "며", "으며"} and not any(t.tag == "EP" for t in clause.core)

    def before_next(self, n: int, kinds: Collection[Kind]) -> bool:
        """Whether the clause behind the one that ends at `n` has a phrase of one of these kinds."""
        for phrase in self._found[n + 1 :]:
            if phrase.kind in kinds:
                return True
            if phrase.kind in {Kind.CLAUSE, Kind.FINAL, Kind.QUOTED, Kind.ADNOMINAL}:
                return False
        return False

    def subject_later(self, n: int) -> bool:
        """Whether a subject stands behind it, and before the end of what is reported."""
        for phrase in self._found[n + 1 :]:
            if phrase.kind in {Kind.TOPIC, Kind.SUBJECT}:
                return True
            if phrase.kind is Kind.ADNOMINAL and phrase.mark.endswith(REPORTED):
                return False
        return False

    def befalls(self, n: int, top: int) -> bool:
        """수온이 크게 떨어져, 사업이 마무리되면서: of a verb that acts on nothing, what stands right before it."""
        near = all(self._found[i].kind is Kind.ADVERB for i in range(top + 1, n))
        verb = self._found[n]
        ended = passive(verb) and (verb.mark == "면서" or self.subject_later(n))
        # 시간이 없어 소송을 냈다: what there is, or is not.
        told = verb.core[0].form in {"없", "많", "적"} and verb.mark in {"어", "아"}
        return near and (ended or told or happens(verb))

    def clausal(self, n: int) -> bool:
        """Whether the noun that the predicate at `n` modifies is one whose clause lacks nothing."""
        return self._found[n].kind is not Kind.ADNOMINAL or self._noun_behind(n) in CLAUSAL_NOUNS

    def adverbial(self, n: int) -> bool:
        """Whether what is said to `n` makes an adverbial with the noun right behind: 는 반면, 한 뒤."""
        return self._found[n].kind is Kind.ADNOMINAL and any(
            t.form in _ADVERBIAL for t in self._found[n + 1].core[:1]
        )

    def _noun_behind(self, n: int) -> str:
        """The noun that the predicate at `n` modifies."""
        for phrase in self._found[n + 1 :]:
            if phrase.kind is not Kind.NOUN:
                return next((t.form for t in reversed(phrase.core) if t.tag.startswith("NN")), "")
        return ""

    def claims(self, n: int, top: Phrase) -> bool:
        """통계청과 업계에 따르면: who else says so."""
        return self._found[n].kind is Kind.SOURCE and top.kind is Kind.OBLIQUE and top.mark in {"와", "과"}
