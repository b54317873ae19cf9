"""What follows a Korean predicate: its polarity, how sure it is, and how its clause ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from app.text.facts.lexicon import HEDGE_NOUNS, SEEN_AS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain import Token


class Tail(NamedTuple):
    """What the endings and auxiliaries after a predicate say of it."""

    negative: bool
    hedges: frozenset[str]
    past: bool
    ending: str
    """`final`, `connective`, `modifier`, `condition`, `quote`, `noun`, or empty where the text just stops."""
    end: int
    """The index of the first token after it."""


def base(token: Token) -> str:
    """A token's tag without the mark of its conjugation: VV-R is VV."""
    tag = token.tag
    return tag if "-" not in tag else tag.split("-", 1)[0]


def tail(tokens: Sequence[Token], at: int) -> Tail:
    """The tail of the predicate whose stem is the token before `at`."""
    return _Reader(tokens, at).read()


_QUOTING = ("다고", "라고", "냐고", "자고", "다며", "라며", "자며", "다면서", "라면서", "다는데", "다니")
_CONDITIONS = frozenset(
    {"면", "으면", "다면", "ᆫ다면", "는다면", "라면", "이라면", "거든", "으려면", "려면", "자면", "었더라면"}
)
_NEGATORS = frozenset({"않", "못하", "말"})
_INTENTS = frozenset({"려고", "으려고", "고자", "려", "으려"})
_WHETHER = frozenset({"는지", "은지", "ᆫ지", "을지", "ᆯ지"})
# 왜 숨졌는지: who asks why leaves no doubt that.
_ASKING = frozenset(
    {
        "왜",
        "어떻게",
        "어떻",
        "얼마나",
        "얼마",
        "누가",
        "누구",
        "무엇",
        "어디",
        "언제",
        "몇",
        "어떤",
        "어느",
        "무슨",
    }
)
_ASKED = 12
_OF_CASES = frozenset({"는", "가", "도", "은"})
_COUNTED = frozenset({"없", "있", "많", "적", "드물", "늘", "줄", "흔하", "잦", "늘어나", "줄어들"})
_MUST = ("어야", "아야", "여야", "야", "어야만", "아야만")


class _Reader:
    """Reads one tail; a class only because a tail is read by many small steps over one position."""

    def __init__(self, tokens: Sequence[Token], at: int) -> None:
        self.tokens, self.at = tokens, at
        self.negative = self.past = False
        self.hedges: set[str] = set()

    def read(self) -> Tail:
        ending = ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            step = {
                "EP": self._ep,
                "EC": self._ec,
                "ETN": self._etn,
                "ETM": self._etm,
                "EF": self._ef,
                "VX": self._vx,
            }.get(base(token))
            if step is None:
                break
            ending = step(token)
            if ending:
                break
        return Tail(self.negative, frozenset(self.hedges), self.past, ending, self.at)

    def _peek(self, ahead: int = 1) -> tuple[str, str]:
        """The form and tag of a token further on; empty past the end."""
        n = self.at + ahead
        return (self.tokens[n].form, base(self.tokens[n])) if n < len(self.tokens) else ("", "")

    def _ep(self, token: Token) -> str:
        if "겠" in token.form:
            self.hedges.add("will")
        elif token.form[-1] in "었았였" and not self.hedges:
            self.past = True
        self.at += 1
        return ""

    def _vx(self, token: Token) -> str:
        del token
        self.at += 1
        return ""

    def _ef(self, token: Token) -> str:
        del token
        self.at += 1
        quoted = self._peek(0)[1] == "SSC" and self._peek()[1] in {"JKQ", "EC", "VCP", "ETM", "EF"}
        return "quote" if quoted else "final"

    def _ec(self, token: Token) -> str:
        skip = 1 if self._peek()[1] in {"JX", "JKO"} else 0
        form, tag = self._peek(1 + skip)
        if token.form == "지" and ((tag == "VX" and form in _NEGATORS) or (form, tag) == ("못", "MAG")):
            self.negative = not self.negative
            return self._past(2 + skip + (tag == "MAG"))
        if token.form.endswith(_MUST) and token.form != "야":
            if form not in {"하", "되"} and tag not in {"", "SF", "SE"}:
                self.at += 1
                return "condition"
            self.hedges.add("duty")
            return self._past(2)
        if token.form in _CONDITIONS:
            return self._condition(form)
        intent = token.form in _INTENTS and form == "하"
        if intent:
            self.hedges.add("will")
        if intent or (tag == "VX" and not skip):
            return self._past(2)
        if token.form in _WHETHER and not any(
            t.form in _ASKING for t in self.tokens[max(0, self.at - _ASKED) : self.at]
        ):
            self.hedges.add("whether")
        self.at += 1
        return "quote" if token.form.endswith(_QUOTING) else "connective"

    def _past(self, tokens: int) -> str:
        """Go on behind an auxiliary; the tail is not at its end."""
        self.at += tokens
        return ""

    def _condition(self, following: str) -> str:
        if following == "안" and self._peek(2)[0] == "되":
            self.hedges.add("duty")
            self.negative = not self.negative
            self.at += 3
            return ""
        self.at += 1
        return "connective" if following in {"좋", "되"} else "condition"

    def _etn(self, token: Token) -> str:
        if (
            token.form == "기"
            and self._peek() == ("로", "JKB")
            and self._peek(2)[0] in {"하", "결정", "합의", "확정"}
        ):
            self.hedges.add("will")
            self.at += 3
            while self._peek(0)[1] == "XSV":
                self.at += 1
            return ""
        if token.form == "기" and self._peek()[1] == "JX" and self._peek(2)[0] == "하":
            self.at += 3
            return ""
        self.at += 1
        return "noun"

    def _etm(self, token: Token) -> str:
        form, tag = self._peek()
        if tag == "SSC":  # “…할 것”이라는: marks between an ending and what it modifies
            self.at += 1
            form, tag = self._peek()
        if form == "것":
            return self._thing(token)
        if form == "수" and tag == "NNB":
            return self._can()
        if form in HEDGE_NOUNS:
            self.hedges.add(HEDGE_NOUNS[form])
            self.at += 2
            while self._peek(0)[1] in {"XSN", "JX", "JKB", "SSC", "NNB"}:
                self.at += 1
            if self._peek(0)[1] in {"VCP", "XSA"}:
                self.at += 1
                return ""
            return "modifier"
        if (form == "경우" and not self._told()) or (form == "한" and tag in {"NNG", "NNB"}):
            self.at += 2
            return "condition"
        self.at += 1
        return "modifier"

    def _told(self) -> bool:
        """Whether cases are counted and no condition is set: 거부하는 경우는 거의 없다."""
        ahead = [self._peek(n) for n in (2, 3, 4)]
        if ahead[0][1] not in {"JX", "JKS"} or ahead[0][0] not in _OF_CASES:
            return False
        return (ahead[2] if ahead[1][1] == "MAG" else ahead[1])[0] in _COUNTED

    def _can(self) -> str:
        """-ㄹ 수 있다, -ㄹ 수 없다."""
        self.at += 2
        while self._peek(0)[1] in {"JX", "JKS"}:
            self.at += 1
        form = self._peek(0)[0]
        if form not in {"있", "없"}:
            return "modifier"
        self.hedges.add("can")
        self.negative ^= form == "없"
        self.at += 1
        return ""

    def _thing(self, modifier: Token) -> str:
        """-ㄹ 것이다, -ㄴ 것으로 보인다, -ㄹ 것으로 전망된다."""
        self.at += 2
        if self._peek(0)[1] == "SSC":
            self.at += 1
        form, tag = self._peek(0)
        if tag == "VCP":
            if modifier.form in {"ᆯ", "을"}:
                self.hedges.add("will")
            self.at += 1
            return ""
        if tag not in {"JKB", "JX", "JKS"}:
            if modifier.form in {"ᆯ", "을"}:
                self.hedges.add("will")
            return "noun"
        while self._peek(0)[1] in {"JKB", "JX", "JKS"}:
            self.at += 1
        form = self._peek(0)[0]
        if form in SEEN_AS:
            self.hedges.add(SEEN_AS[form])
            self.at += 1
            while self._peek(0)[1] in {"XSV", "VX"} or (
                self._peek(0)[1] == "EC" and self._peek(0)[0] != "지" and self._peek()[1] == "VX"
            ):
                self.at += 1
            return ""
        return "noun"
