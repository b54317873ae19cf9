"""Which phrase each phrase of a sentence hangs on: a stack of phrases that wait for their head, read once.

Korean puts heads last. A phrase waits until a noun or a predicate comes that takes it; a predicate takes from
the top of the stack down, and stops at the first phrase that reaches past it. What reaches how far is the part
that a phrase plays: an object stops at the nearest verb, a topic at the last verb of what it speaks of. Where a
subject may be the verb's before a noun or the clause's around it, it is left to the clause, and `Tree.doubtful`
tells so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.compress.ahead import REPORTED, Ahead
from app.summary.compress.lexicon import COORDINATE, MEASURING, words
from app.summary.compress.morphemes import tag
from app.summary.compress.phrases import Kind
from app.summary.compress.valency import (
    describes,
    governs,
    grows,
    intransitive,
    numbered,
    passive,
    themes,
    undergoes,
)

if TYPE_CHECKING:
    from app.summary.compress.phrases import Phrase

NO_HEAD = -1
SUBJECTS = frozenset({Kind.TOPIC, Kind.SUBJECT, Kind.ALSO})
_MODIFIERS = frozenset({Kind.ADNOMINAL, Kind.GENITIVE, Kind.NOUN, Kind.LIST, Kind.DETERMINER})
# Clauses whose subject is seldom that of the next one.
_DEPENDENT = words("면 으면 자 도록 게 어도 아도 다면 ᆯ수록 을수록 니 으니")
_INNER = words("지만 으나 어 아 어서 아서 고 게 도록 면서 으면서 지 기 어다 듯")
# 줄었거나 줄 가게: of two modifiers the first has an ending of its own, and both are of one noun.
_OR = words("거나 든 든지")

# 시장은 28일, …: a day is no amount.
_CLOCK = words("일 시 분 월")


def attach(found: tuple[Phrase, ...]) -> tuple[int, ...]:
    """The head of each phrase; the last phrase is the root, whose head is NO_HEAD."""
    return tuple(_Reading(found).heads)


class _Reading:
    """One reading of a sentence from its first phrase to its last."""

    def __init__(self, found: tuple[Phrase, ...]) -> None:
        self._found = found
        self._ahead = Ahead(found)
        self.heads = [NO_HEAD] * len(found)
        self._waiting: list[int] = []
        # Nouns that a clause modifies.
        self._modified: set[int] = set()
        for n in range(len(found)):
            self._read(n)

    def _read(self, n: int) -> None:
        phrase = self._found[n]
        last = n == len(self._found) - 1
        if phrase.nominal:
            self._take_modifiers(n)
        if last:
            while self._waiting:
                self._hang(self._waiting.pop(), n)
        elif self._elliptic(n):
            self._hang(self._waiting.pop(), n)
        elif governs(phrase) or self._acts(n):
            self._take_arguments(n)
        elif phrase.kind in {Kind.ADVERB, Kind.DETERMINER}:
            while self._waiting and self._found[self._waiting[-1]].kind is Kind.ADVERB:
                self._hang(self._waiting.pop(), n)
        # 영국의 이날 확진자는: a day between a noun and whose it is waits for the verb.
        if (
            self._ahead.day_of_noun(n)
            and self._waiting
            and self._found[self._waiting[-1]].kind is Kind.GENITIVE
        ):
            self._waiting.insert(-1, n)
        else:
            self._waiting.append(n)

    def _hang(self, n: int, head: int) -> None:
        self.heads[n] = head
        if self._found[n].kind is Kind.ADNOMINAL:
            self._modified.add(head)

    def _take_modifiers(self, n: int) -> None:
        """What a noun takes: all modifiers right before it; a noun before a noun leaves clauses to the last one."""
        phrase = self._found[n]
        day = self._ahead.day_of_noun(n)
        compound = phrase.kind is Kind.NOUN and n + 1 < len(self._found) and self._found[n + 1].nominal
        while self._waiting:
            top = self._found[self._waiting[-1]]
            beside = phrase.kind is Kind.OBLIQUE or phrase.mark == "대비"
            dated = top.kind is Kind.TIME and not top.comma and beside
            shared = self._ahead.share(self._waiting[-1]) or self._ahead.twin(self._waiting[-1], n)
            listed = self._ahead.listed(self._waiting[-1]) or self._ahead.claims(n, top)
            if day and top.kind is Kind.GENITIVE:
                return
            if top.kind not in _MODIFIERS and not listed and not ((shared or dated) and numbered(phrase)):
                return
            if top.kind is Kind.LIST and (
                self._ahead.partner(self._waiting[-1]) or self._ahead.swallowed(n, self._waiting[-1])
            ):
                return
            if compound and top.kind in {Kind.ADNOMINAL, Kind.LIST} and phrase.tokens[0].tag != "NNB":
                return
            # Members of a list stand side by side under its last one, 초기작을 모은 1부와 연작을 모은 2부 under 2부.
            if top.kind is Kind.LIST and (phrase.kind is Kind.LIST or self._within_another(n)):
                return
            self._hang(self._waiting.pop(), n)

    def _within_another(self, n: int) -> bool:
        """Whether the list's last member has a clause before it, as the noun at `n` belongs to another's."""
        after = self._found[n + 1] if n + 1 < len(self._found) else None
        clause = self._waiting[-1] in self._modified
        return (
            clause
            and after is not None
            and after.kind is Kind.ADNOMINAL
            and self._found[n].kind is Kind.OBJECT
        )

    def _acts(self, n: int) -> bool:
        """두 과정으로 구성, …: a noun with its verb left out before the comma."""
        phrase = self._found[n]
        before = self._found[self._waiting[-1]].kind if self._waiting else Kind.FINAL
        noun = phrase.comma and phrase.core[-1].tag == "NNG" and len(phrase.core) == 1
        return phrase.kind is Kind.LIST and noun and before in {Kind.OBJECT, Kind.OBLIQUE}

    def _elliptic(self, n: int) -> bool:
        """갑이 3건, 을이 2건 발견됐다: an amount before a comma that has the next clause's verb."""
        phrase = self._found[n]
        if not (
            phrase.comma and numbered(phrase) and phrase.kind in {Kind.LIST, Kind.TIME} and self._waiting
        ):
            return False
        if phrase.core[-1].form in _CLOCK:
            return False
        top = self._found[self._waiting[-1]]
        behind = next((p for p in self._found[n + 1 :] if p.kind not in _MODIFIERS), self._found[-1])
        return (top.kind in SUBJECTS or themes(top)) and behind.kind in SUBJECTS

    def _take_arguments(self, n: int) -> None:
        """What a predicate takes of what waits, from the nearest on."""
        taken: set[Kind] = set()
        while self._waiting:
            top = self._waiting[-1]
            if not self._takes(n, top, taken):
                return
            taken.add(self._found[top].kind)
            self._hang(self._waiting.pop(), n)
            if self._found[n].kind is Kind.ADNOMINAL and self._found[top].kind in SUBJECTS:
                self._take_owner(n)
                self._take_other(n)
                return

    def _take_owner(self, n: int) -> None:
        """연구팀이 'GR'이 기능이 있다는 사실을 밝혔다: what has it, where yet another subject waits for its verb."""
        subjects = [i for i in self._waiting[-2:] if self._found[i].kind is Kind.SUBJECT]
        if len(subjects) > 1 and self._found[n].core[0].form in {"있", "없"}:
            self._hang(self._waiting.pop(), n)

    def _take_other(self, n: int) -> None:
        """매출이 줄었거나 감소가 예상되는: of two modifiers of one noun, the first."""
        if self._waiting:
            top = self._found[self._waiting[-1]]
            if top.kind is Kind.CLAUSE and top.mark in _OR and not top.comma:
                self._hang(self._waiting.pop(), n)

    def _takes(  # noqa: C901, PLR0911, PLR0912 -- a table by the kind of the phrase
        self, n: int, top: int, taken: set[Kind]
    ) -> bool:
        predicate, phrase = self._found[n], self._found[top]
        kind = phrase.kind
        # 정황이 보이면 바로 지우는 등: an example is a clause of its own.
        inner = predicate.kind not in {Kind.CLAUSE, Kind.QUOTED} and predicate.mark != "등"
        if kind in {Kind.SOURCE, Kind.CONJUNCTION}:
            return False
        # 40분 넘게: by how much, and nobody's deed.
        if predicate.mark == "게" and predicate.core[0].form in MEASURING:
            return (
                numbered(phrase) or phrase.mark == "보다" or kind in {Kind.NOUN, Kind.DETERMINER, Kind.ADVERB}
            )
        if any(t.form == "적" and t.tag == "XSN" for t in predicate.core):
            return kind is Kind.ADVERB
        if kind is Kind.OBJECT and (passive(predicate) or grows(predicate)):
            return False
        if inner and kind in {Kind.LIST, Kind.ADNOMINAL}:
            return False
        if predicate.kind is Kind.ADNOMINAL and describes(predicate):
            # 막대한, 높은: of adverbials, what they are compared with or fit for, right before them.
            if kind is Kind.OBLIQUE and not themes(phrase):
                return top == n - 1 and not phrase.comma
            if kind not in SUBJECTS and kind not in {Kind.ADVERB, Kind.COMPLEMENT}:
                # 강도 높은, 규모 큰: what is high is the noun right before it, whose particle is left out.
                bare = kind is Kind.NOUN and [t.tag for t in phrase.core] == ["NNG"]
                return bare and top == n - 1 and not phrase.comma
        if kind in _MODIFIERS or kind in {Kind.ADVERB, Kind.COMPLEMENT}:
            return True
        if kind is Kind.CLAUSE:
            if inner:
                return phrase.mark in _OR or (
                    phrase.mark in _INNER and not phrase.comma and not any(t.tag == "EP" for t in phrase.core)
                )
            return (
                phrase.mark not in COORDINATE
                or self._ahead.aims(n, phrase)
                # 시는 어렵지만 길을 냈다고 밝혔다: both are of what is reported.
                or (phrase.mark == "지만" and predicate.kind is Kind.QUOTED)
                or (not phrase.comma and phrase.mark == "고" and top == n - 1)
            )
        if kind in SUBJECTS or themes(phrase):
            return self._takes_subject(n, top, taken, inner=inner)
        if phrase.comma and (inner or kind is not Kind.OBJECT):
            return False
        return kind is not Kind.OBJECT or Kind.OBJECT not in taken

    def _takes_subject(  # noqa: C901, PLR0911, PLR0912 -- a ladder of readings, the surest first
        self, n: int, top: int, taken: set[Kind], *, inner: bool
    ) -> bool:
        """Whether a subject is that of the predicate at `n`, or waits for one behind it."""
        predicate, phrase = self._found[n], self._found[top]
        if phrase.kind is Kind.OBLIQUE:
            return not inner or self._ahead.adverbial(n)
        if taken & SUBJECTS:
            # A subject and a topic before it: 코끼리는 코가 길고.
            return False
        # Who says and who is said to act are two, where something is reported behind.
        wanted = 1 + any(p.kind is Kind.QUOTED for p in self._found[n + 1 :])
        other = sum(self._found[i].kind in SUBJECTS for i in self._waiting[:-1]) >= wanted
        if phrase.kind is Kind.TOPIC:
            beside = predicate.mark in COORDINATE or self._ahead.adverbial(n)
            if self._defined(n):
                return False
            return (beside and self._ahead.before_next(n, {Kind.TOPIC})) or (
                other and (not inner or self._ahead.clausal(n))
            )
        if predicate.kind is Kind.QUOTED and phrase.kind is Kind.SUBJECT and self._topic_waits():
            return True
        # 도가 노력해야 한다고 주장했다: who must is not who says so.
        must = any(t.form == "어야" for t in predicate.core)
        if predicate.kind is Kind.QUOTED and phrase.kind is Kind.SUBJECT and must:
            return True
        if not inner:
            if phrase.kind is Kind.SUBJECT and self._ahead.befalls(n, top):
                return True
            return other or predicate.mark in _DEPENDENT or self._ahead.before_next(n, SUBJECTS)
        if phrase.kind is Kind.ALSO:
            return top == n - 1 and other
        if phrase.comma:
            return False
        near = all(
            self._found[i].kind is Kind.ADVERB
            # 연구팀이 | 표면에 생기는 단백질인 'GR'이: what has a clause of its own is not who acts.
            or (predicate.nominal and self._leads_to(i, n) and not self._found[i].predicate)
            for i in range(top + 1, n)
        )
        unacted = undergoes(predicate) or intransitive(predicate)
        if predicate.kind is not Kind.ADNOMINAL:
            return near
        reported = predicate.mark.endswith(REPORTED)
        another = any(self._found[i].kind in SUBJECTS for i in self._waiting[:-1])
        if not (other or self._ahead.subject_later(n) or (another and (near or reported))):
            return False
        if reported or (unacted and near):
            return True
        if unacted:
            return False
        return self._ahead.clausal(n) or Kind.OBJECT not in taken

    def _topic_waits(self) -> bool:
        """의원은 상황이 심각하다며 …: who says is the topic, and the subject is of what is said."""
        return any(self._found[i].kind is Kind.TOPIC for i in self._waiting[:-1])

    def _defined(self, n: int) -> bool:
        """이 사업은 시가 땅을 사고 구는 집을 짓는 사업이다: the first topic is what the last noun says it is."""
        root = self._found[-1]
        return (
            self._waiting[:1] == self._waiting[-1:]
            and any(tag(t) == "VCP" for t in root.core)
            and not undergoes(self._found[n])
            and any(self._found[i].kind is Kind.SUBJECT for i in range(self._waiting[-1], n))
            and any(p.kind is Kind.ADNOMINAL for p in self._found[n + 1 : -1])
        )

    def _leads_to(self, n: int, head: int) -> bool:
        """Whether a noun has been hung on `head`, by itself or under another: 진행 중인."""
        while n not in {head, NO_HEAD}:
            n = self.heads[n]
        return n == head
