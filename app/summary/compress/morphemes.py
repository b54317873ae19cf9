"""The words of a sentence, what of a word counts, and whether it says when."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from app.summary.compress.lexicon import words
from app.text.facts.tails import base

if TYPE_CHECKING:
    from app.domain import Sentence, Token

    Tokens = tuple[Token, ...]

STRIPPED = frozenset({"SP", "SSC", "SF", "SE", "SSO", "SS"})
TIME_NOUNS = words(
    "오늘 어제 내일 전날 이날 올해 지난해 작년 내년 내달 지난달 이달 최근 현재 당시 오전 오후 이번달 그동안 향후 올 "
    "그간 지금 당초 앞 낮 밤 새벽 아침 저녁 상반기 하반기 초 말 중순 하순 상순 연말 연초 올여름 올겨울 이듬해 "
    "다음달 다음 달 지난 오는 주 날 월요일 화요일 수요일 목요일 금요일 토요일 일요일 쯤 께 경 전후"
)
_DATE_UNITS = words("년 월 일 시 분 초 주 분기 개월 시간")


tag = base
"""The tag without Kiwi's mark of (ir)regular conjugation, as grounding reads it."""


def core(tokens: Tokens) -> Tokens:
    """The morphemes without closing punctuation, and without a bracket behind them: 29일(현지시간) → 29일."""
    end = len(tokens)
    while end > 1 and tokens[end - 1].tag in STRIPPED:
        end -= 1
        if tokens[end].form == ")":
            opening = next((i for i in range(end, 0, -1) if tokens[i].form == "("), end)
            end = opening or end
    return tokens[:end]


def timely(tokens: Tokens) -> bool:
    """Whether they say when, and nothing else: 28일, 내년 1월, 최근."""
    held = core(tokens)
    text = "".join(t.form for t in held)
    if text in TIME_NOUNS or text in {"지난", "오는", "이날", "이달", "다음달"}:
        return True
    numbers = [t for t in held if t.tag in {"SN", "NR"}]
    return (
        bool(held)
        and all(
            t.tag in {"SN", "NR", "SO", "SW"}
            or (t.form in _DATE_UNITS and t.tag in {"NNB", "NNG"} and bool(numbers))
            or t.form in TIME_NOUNS
            for t in held
        )
        and any(t.form in _DATE_UNITS or t.form in TIME_NOUNS for t in held)
    )


def words_of(sentence: Sentence) -> list[Tokens]:
    """Its words, which spaces separate."""
    found: list[list[Token]] = []
    for before, token in pairwise([None, *_mended(sentence.tokens)]):
        assert token is not None  # noqa: S101 -- only the first of the first pair is None, for mypy
        # A mark that stands alone belongs to the word before it.
        if before is None or (
            sentence.text[before.end : token.start].isspace() and token.tag not in {"SP", "SF", "SSC"}
        ):
            found.append([])
        found[-1].append(token)
    return [tuple(w) for w in found]


# Behind a sign Kiwi reads some particles as words: 16%가 as the verb 가다, 16%를 as a noun and its particle.
_MISREAD = {("가", "어"): ("가", "JKS"), ("르", "ᆯ"): ("를", "JKO"), ("늘", "ᆫ"): ("는", "JX")}


def _mended(tokens: Tokens) -> Tokens:
    """The morphemes, mended where Kiwi reads what a paper does not mean: particles behind a sign, dates, endings run on."""
    found: list[Token] = []
    for n, token in enumerate(tokens):
        particle = _MISREAD.get((found[-1].form, token.form)) if len(found) > 1 else None
        if (
            particle is not None
            and found[-2].tag in {"SW", "SSC", "SL", "SN"}
            and found[-2].end == found[-1].start
            and token.end - found[-1].start == 1
        ):
            found[-1] = found[-1]._replace(form=particle[0], tag=particle[1], end=token.end)
        elif (token.form, token.tag) == ("에", "JKG"):
            # 대통령에 보고했다: as one may say 의, which a paper prints.
            found.append(token._replace(tag="JKB"))
        elif token.tag == "ETM" and (to := _a_date_to(found, tokens[n + 1 : n + 3])) is not None:
            # 3일(현지 시각) 지난 1월, 나씨가 지난 21일, 강연을 오는 5일.
            found[-1] = found[-1]._replace(form=to, tag="MM", end=token.end)
        elif (token.form, token.tag) == ("로", "JKB") and _shall(found):
            # 추진키로: 추진하기로.
            noun = found.pop()
            found.extend((noun._replace(form="하", tag="XSV"), noun._replace(form="기", tag="ETN"), token))
        elif (token.form, token.tag) == ("하", "XSA") and len(found) > 1 and found[-1].form == "유치":
            # 사업을 유치한: brought in, and not childish.
            found.append(token._replace(tag="XSV"))
        elif (token.form, token.tag) == ("한", "MM") and _made_so(found):
            # 대상을 명확히 한 법, 잎을 본보기로 한 의자: the verb, and no number.
            found.append(token._replace(form="하", tag="VV"))
            found.append(token._replace(form="ᆫ", tag="ETM"))
        else:
            found.append(token)
    return tuple(found)


def _a_date_to(before: list[Token], after: Tokens) -> str | None:
    """지난 or 오는 where a date follows and nothing stands before that could have passed: 3년이 지난."""
    if len(before) < 2 or before[-1].tag != "VV" or before[-1].form not in _TO_DATES:  # noqa: PLR2004 -- and what is before it
        return None
    dated = len(after) > 1 and after[0].tag == "SN" and after[1].form in {"일", "월", "년"}
    # Behind a subject or an object, which it would take for its own, or a bracket.
    if not dated or before[-2].tag not in {"JKS", "JKO", "SSC"}:
        return None
    last = next((t for t in reversed(before[:-1]) if t.tag[0] not in "JS" or t.tag == "SSC"), None)
    # 나씨가 지난 21일: 씨 is a bound noun, and no time.
    passed = last is not None and last.form != "씨" and (last.tag in _TIMES or last.form in TIME_NOUNS)
    return None if passed else _TO_DATES[before[-1].form]


_TIMES = {"SN", "NR", "NNB"}
_TO_DATES = {"지나": "지난", "오": "오는"}


def _shall(before: list[Token]) -> bool:
    """Whether what stands before is a noun with the end of 하기로, run together."""
    if len(before) < 2 or (before[-1].form, before[-1].tag) != ("키", "NNG"):  # noqa: PLR2004 -- a noun, and 키
        return False
    return before[-2].tag == "NNG" and before[-2].end == before[-1].start


def _made_so(before: list[Token]) -> bool:
    """Whether what stands before tells what something is made, or how: 잎을 본보기로, 대상을 명확히."""
    last = before[-1] if before else None
    if last is None or not (last.form in {"로", "으로"} or (last.tag == "MAG" and last.form.endswith("히"))):
        return False
    return any(t.tag == "JKO" for t in before[-4:-1])
