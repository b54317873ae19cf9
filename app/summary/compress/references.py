"""What points out of a sentence: 그는, 이 회사, 구는, 양측, a subject left out.

Each is carried in from the article where it can be only one thing; where it may be two, the sentence stays as
it is, and a line that still points out of itself is not taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain import Token
from app.summary.compress import antecedents, named
from app.summary.compress.endings import closed

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Sentence

# How many sentences back an antecedent may stand: beyond, something else has been spoken of.
_REACH = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """A kind of pointing word: where in a sentence it stands and what it stands for."""

    name: str
    find: Callable[[Sentence, tuple[Sentence, ...], str], tuple[int, int, str] | None]
    examples: tuple[tuple[str, str], ...]
    """A text of two or more sentences, and its last one with what it points to carried in."""


def carried_in(
    sentences: tuple[Sentence, ...], n: int, headline: str, *, under_headline: bool = False
) -> Sentence:
    """Sentence `n` with what its words point to in their place, where the article leaves no doubt."""
    sentence = sentences[n]
    before = sentences[max(0, n - _REACH) : n]
    for reference in REFERENCES:
        found = reference.find(sentence, before, headline)
        if found is not None:
            start, end, text = found
            if under_headline and start == end and text in headline:
                continue
            sentence = _put(sentence, start, end, text) if end > start else _led(sentence, start, text)
    return sentence


def _put(sentence: Sentence, start: int, end: int, text: str) -> Sentence:
    """The sentence with `text` for what stands from `start` to `end`, as one proper noun, its particle fitted."""
    after = next((t for t in sentence.tokens if t.start == end and t.tag[0] == "J"), None)
    particle = None if after is None else _fitted(text, after.form)
    if after is not None and particle is not None:
        end = after.end
    name = Token(text.rstrip(), "NNP", start, start + len(text.rstrip()))
    tokens = [*(t for t in sentence.tokens if t.end <= start), name]
    if after is not None and particle is not None:
        tokens.append(Token(after.form, after.tag, start + len(text), start + len(text) + len(particle)))
        text += particle
    shift = len(text) - (end - start)
    tokens.extend(
        t._replace(start=t.start + shift, end=t.end + shift) for t in sentence.tokens if t.start >= end
    )
    return replace(sentence, text=sentence.text[:start] + text + sentence.text[end:], tokens=tuple(tokens))


_BY_SOUND = {"은": ("은", "는"), "이": ("이", "가"), "을": ("을", "를"), "과": ("과", "와")}
_SOUNDS = {form: pair for pair in _BY_SOUND.values() for form in pair}


def _fitted(noun: str, particle: str) -> str | None:
    """The particle as it sounds behind `noun`; None where it has one form only, or the noun ends in no Hangul."""
    pair = _SOUNDS.get(particle)
    return None if pair is None or not "가" <= noun[-1] <= "힣" else pair[0 if closed(noun[-1]) else 1]


def _led(sentence: Sentence, start: int, topic: str) -> Sentence:
    """The sentence with a topic put before it."""
    mark = _fitted(topic, "는") or "는"
    shift = len(topic) + 2
    tokens = (
        *(t for t in sentence.tokens if t.end <= start),
        Token(topic, "NNP", start, start + len(topic)),
        Token(mark, "JX", start + len(topic), start + len(topic) + 1),
        *(t._replace(start=t.start + shift, end=t.end + shift) for t in sentence.tokens if t.start >= start),
    )
    text = f"{sentence.text[:start]}{topic}{mark} {sentence.text[start:]}"
    return replace(sentence, text=text, tokens=tokens)


REFERENCES: tuple[Reference, ...] = (
    Reference(
        "a subject left out",
        antecedents.subject,
        (
            ("해담시는 도서관을 열었다. 내년에는 공원을 조성한다.", "해담시는 내년에는 공원을 조성한다."),
            (
                "교육부는 학교를 짓는다.\n아울러 기본전략도 수립할 계획이다.",
                "아울러 교육부는 기본전략도 수립할 계획이다.",
            ),
            (
                "서가온 과장은 “길을 넓힌다”고 말했다.\n이어 “숲도 가꾼다”고 덧붙였다.",
                "이어 서가온 과장은 “숲도 가꾼다”고 덧붙였다.",
            ),
            ("서가온 과장은 말했다.\n새 학교를 짓는다.", "새 학교를 짓는다."),
            (
                "서가온 과장은 “길을 넓힌다”고 말했다. 나다온 소장 역시 “숲도 가꾼다”고 밝혔다.",
                "나다온 소장 역시 “숲도 가꾼다”고 밝혔다.",
            ),
            ("해온시는 새봄시에 길을 냈다. 공사를 마쳤다. 또 숲을 넓힌다.", "또 해온시는 숲을 넓힌다."),
        ),
    ),
    Reference(
        "he or she",
        antecedents.person,
        (("서가온 대표는 기부를 약속했다. 그는 내년에 공장을 연다.", "서가온 대표는 내년에 공장을 연다."),),
    ),
    Reference(
        "surname and title",
        antecedents.full_name,
        (
            (
                "서가온 해담시장은 공약을 발표했다. 서 시장은 도로를 넓힌다.",
                "서가온 해담시장은 도로를 넓힌다.",
            ),
        ),
    ),
    Reference(
        "this firm",
        antecedents.firm,
        (("가온전자는 공장을 지었다. 이 회사는 직원 30명을 뽑는다.", "가온전자는 직원 30명을 뽑는다."),),
    ),
    Reference(
        "a thing that has a name",
        named.thing,
        (
            (
                "가온시는 ‘동네 한 바퀴’ 사업을 시작했다. 이 사업은 6월까지 이어진다.",
                "‘동네 한 바퀴’ 사업은 6월까지 이어진다.",
            ),
            (
                "가온로보는 로봇 '누리(Nuri)'를 내놓았다. 지난해 해당 로봇을 병원 3곳이 들였다.",
                "지난해 '누리' 로봇을 병원 3곳이 들였다.",
            ),
            (
                "구는 ‘새싹’ 사업과 ‘열매’ 사업을 한다. 이 사업은 내년에 끝난다.",
                "이 사업은 내년에 끝난다.",
            ),
            (
                "주민은 “‘새싹’ 사업 덕을 봤다”고 했다. 이 사업은 내년에 끝난다.",
                "이 사업은 내년에 끝난다.",
            ),
        ),
    ),
    Reference(
        "an office by its last word",
        antecedents.office,
        (("서울 금천구는 주차장을 조성했다. 구는 골목을 넓힌다.", "금천구는 골목을 넓힌다."),),
    ),
    Reference(
        "both",
        antecedents.both,
        (
            (
                "가온전자와 나래중공업은 협약을 맺었다. 양사는 공장을 함께 짓는다.",
                "가온전자와 나래중공업은 공장을 함께 짓는다.",
            ),
        ),
    ),
)
