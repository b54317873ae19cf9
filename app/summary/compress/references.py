"""What points out of a sentence: 그는, 이 회사, 구는, 양측, a subject left out.

Each is carried in from the article where it can be only one thing; where it may be two, the sentence stays as
it is, and a line that still points out of itself is not taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.domain import Token
from app.summary.compress.attribution import says
from app.summary.compress.endings import closed
from app.summary.compress.lexicon import words
from app.summary.compress.marks import enclosed, unglossed
from app.summary.compress.phrases import TITLES, Kind, tag
from app.summary.compress.tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.domain import Sentence
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

# How many sentences back an antecedent may stand: beyond, something else has been spoken of.
_REACH = 3
_LONGEST_NAME = 16
_PERSONS = words("그 그녀")
_GENERIC = words(
    "구 시 군 도 당 교육청 공단 공사 재단 협회 조합 은행 회사 업체 대학 학교 병원 센터 노조 위원회 연구원 공장 시의회 도의회 구의회"
)
_FIRMS = words(
    "회사 업체 기업 은행 단체 기관 재단 협회 대학 학교 병원 매체 신문 방송 법인 연구소 공사 공단 조합"
)
_PAIRS = re.compile("(?<![가-힣])양[측사국교당](?=[은는이가의])")
_SUBJECT_MARKS = {"JX", "JKS"}


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


def _quoted(sentence: Sentence, at: int) -> bool:
    return any(lo < at < hi for lo, hi in enclosed(sentence.text))


def _person(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """그는: the one person with a title that the sentences before it speak of."""
    del headline
    # A particle follows who is pointed to; 그간 and 그대로 begin so, too.
    pairs = zip(sentence.tokens, sentence.tokens[1:], strict=False)
    pronoun = next(
        (
            t
            for t, after in pairs
            if t.tag == "NP" and t.form in _PERSONS and after.tag[0] == "J" and after.start == t.end
        ),
        None,
    )
    if pronoun is None or _quoted(sentence, pronoun.start):
        return None
    names = {m.group() for s in before for m in _NAMED.finditer(_unquoted(s.text))}
    return (pronoun.start, pronoun.end, names.pop()) if len(names) == 1 else None


_TITLE = "|".join(sorted(TITLES - {"군", "양", "전", "위원회", "감사", "이사", "씨"}, key=len, reverse=True))
_NAMED = re.compile(
    rf"(?<![가-힣])(?:[가-힣]{{1,3}}[가-힣](?<!의) (?:{_TITLE})|[A-Z] ?씨|[가-힣]{{2,4}} ?씨)(?=[은는이가의,]|께서|에게|\s|$)"
)
_SHORT = re.compile(rf"(?<![가-힣])([가-힣]) (전 )?({_TITLE})(?=[은는이가의도와과]|에게|\s|$)")


def _unquoted(text: str) -> str:
    for lo, hi in reversed(enclosed(text)):
        text = text[:lo] + " " * (hi - lo) + text[hi:]
    return text


def _full_name(
    sentence: Sentence, before: tuple[Sentence, ...], headline: str
) -> tuple[int, int, str] | None:
    """김 장관: the one name with that surname and that title that the article has given."""
    match = _SHORT.search(_unquoted(sentence.text))
    if match is None:
        return None
    surname, title = match[1], match[3]
    full = re.compile(
        rf"(?<![가-힣]){surname}[가-힣]{{1,2}} (?:[^\s,.\"“”]+ ){{0,2}}?[가-힣]*{title}(?![가-힣]{{3}})"
    )
    found = [m.group() for text in (*(s.text for s in before), headline) for m in full.finditer(text)]
    if len({name.split(" ")[0] for name in found}) != 1:
        return None
    name = min(found, key=len)
    return (match.start(), match.end(), name) if len(name) <= _LONGEST_NAME else None


def _topics(before: tuple[Sentence, ...]) -> Iterator[tuple[Tree, int, str]]:
    """The named topics and subjects of the sentences before, nearest first."""
    for sentence in reversed(before):
        tree = parse(sentence)
        n = tree.subject(tree.root)
        if n is not None:
            yield tree, n, _name(tree, n)


def _name(tree: Tree, n: int) -> str:
    """A topic with the nouns right before it, without its particle."""
    first = n
    while first and tree.phrases[first - 1].kind is Kind.NOUN and tree.heads[first - 1] == first:
        first -= 1
    return unglossed(tree.text[tree.phrases[first].start : tree.phrases[n].core[-1].start])


def _named(phrase: Phrase) -> bool:
    nouns = [t for t in phrase.core if t.tag in {"NNG", "NNP", "SL", "XSN"}]
    return len(nouns) > 1 or any(t.tag in {"NNP", "SL"} for t in nouns)


def _actor(phrase: Phrase) -> bool:
    """Whether it is one that acts: a name, an office by its last word, who has a title."""
    nouns = [t for t in phrase.core if t.tag in {"NNG", "NNP", "SL", "XSN"}]
    return bool(nouns) and (
        any(t.tag in {"NNP", "SL"} for t in nouns)
        or nouns[-1].form.endswith(tuple(_GENERIC))
        or nouns[-1].form in TITLES
    )


def _firm(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """이 회사: the one organisation that the sentences before it speak of."""
    del headline
    for this, noun in zip(sentence.tokens, sentence.tokens[1:], strict=False):
        if (
            this.form == "이"
            and this.tag == "MM"
            and noun.form in _FIRMS
            and not _quoted(sentence, this.start)
        ):
            names = {
                name
                for tree, n, name in _topics(before)
                if _named(tree.phrases[n]) and not _titled(tree.phrases[n])
            }
            if len(names) == 1 and len(name := names.pop()) <= _LONGEST_NAME:
                return this.start, noun.end, name
    return None


def _titled(phrase: Phrase) -> bool:
    return any(t.form in TITLES for t in phrase.core)


def _office(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """구는, 재단은: the one name before it, or in the headline, that ends so."""
    opening = [t for t in sentence.tokens if t.tag[0] != "S"][:2]
    if len(opening) < 2 or opening[0].form not in _GENERIC or opening[1].tag not in _SUBJECT_MARKS:  # noqa: PLR2004
        return None
    noun = opening[0]
    if sentence.text[: noun.start].strip() or opening[1].start != noun.end:
        return None
    ends = re.compile(rf"(?<![가-힣])[가-힣A-Za-z]{{1,12}}{noun.form}(?=[은는이가의,]|에서|에|\s|$)")
    near = " ".join(_unquoted(s.text) for s in before)
    for text in (near, headline):
        names = {m.group() for m in ends.finditer(text)}
        if len(names) == 1:
            return noun.start, noun.end, names.pop()
    return None


def _both(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """양측은: A and B, where the sentence before it has A와 B as its subject."""
    del headline
    word = _PAIRS.search(sentence.text)
    if word is None or not before or _quoted(sentence, word.start()):
        return None
    tree = parse(before[-1])
    n = tree.subject(tree.root)
    if n is None or n == 0 or tree.phrases[n - 1].mark not in {"와", "과"}:
        return None
    pair = unglossed(tree.text[tree.phrases[n - 1].start : tree.phrases[n].core[-1].start])
    return (word.start(), word.end(), pair) if n == 1 and len(pair) <= 2 * _LONGEST_NAME else None


def _subject(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """A subject left out: the topic of the sentence before, where that acts and this goes on acting."""
    del headline
    tree = parse(sentence)
    if not lacks_subject(tree) or not before or before[-1].paragraph != sentence.paragraph:
        return None
    for tree_before, n, name in _topics(before[-2:]):
        phrase = tree_before.phrases[n]
        if phrase.kind is not Kind.TOPIC or not _actor(phrase) or len(name) > _LONGEST_NAME:
            return None
        if says(tree_before.phrases[tree_before.root]) and not says(tree.phrases[tree.root]):
            return None
        start = tree.phrases[0].start
        return start, start, name
    return None


def lacks_subject(tree: Tree) -> bool:
    """Whether the root acts on something and nobody is said to act."""
    root = tree.phrases[tree.root]
    acts = not any(t.form in {"되", "당하"} or tag(t) in {"VA", "XSA", "VCP", "VCN"} for t in root.core)
    acted_on = any(tree.phrases[c].kind is Kind.OBJECT for c in tree.children[tree.root])
    return acts and acted_on and not any(p.kind in _SUBJECT_KINDS for p in tree.phrases)


_SUBJECT_KINDS = {Kind.TOPIC, Kind.SUBJECT, Kind.ALSO}

REFERENCES: tuple[Reference, ...] = (
    Reference(
        "he or she",
        _person,
        (("서가온 대표는 기부를 약속했다. 그는 내년에 공장을 연다.", "서가온 대표는 내년에 공장을 연다."),),
    ),
    Reference(
        "surname and title",
        _full_name,
        (
            (
                "서가온 해담시장은 공약을 발표했다. 서 시장은 도로를 넓힌다.",
                "서가온 해담시장은 도로를 넓힌다.",
            ),
        ),
    ),
    Reference(
        "this firm",
        _firm,
        (("가온전자는 공장을 지었다. 이 회사는 직원 30명을 뽑는다.", "가온전자는 직원 30명을 뽑는다."),),
    ),
    Reference(
        "an office by its last word",
        _office,
        (("서울 금천구는 주차장을 조성했다. 구는 골목을 넓힌다.", "금천구는 골목을 넓힌다."),),
    ),
    Reference(
        "both",
        _both,
        (
            (
                "가온전자와 나래중공업은 협약을 맺었다. 양사는 공장을 함께 짓는다.",
                "가온전자와 나래중공업은 공장을 함께 짓는다.",
            ),
        ),
    ),
    Reference(
        "a subject left out",
        _subject,
        (("해담시는 도서관을 열었다. 내년에는 공원을 조성한다.", "해담시는 내년에는 공원을 조성한다."),),
    ),
)

_DETERMINERS = words("이 그 저 이런 그런 이러한 그러한 해당 동 이같은 위 양")
_PRONOUNS = words("그 그녀 이 이들 그들 이것 그것 이곳 그곳 여기 거기 이쪽 저희 둘 그쪽 이거 저 나 우리 제")
_POINTING = (
    "해당 ",
    "이러한 ",
    "그러한 ",
    "이런 ",
    "그런 ",
    "이같은 ",
    "이 같은 ",
    "그 같은 ",
    "이와 같은 ",
    "이처럼",
    "이같이",
    "이렇게",
    "그렇게",
    "이날",
    "같은 날",
    "이때",
    "그날",
    "같은 기간",
    "양측",
    "양사",
    "양국",
    "양 기관",
    "양 시",
    "당사자",
    "두 사람",
    "두 기관",
    "두 회사",
    "두 물질",
    "전자는",
    "후자는",
    "이로 인한",
    "이에 따른",
    "이를 위한",
    "이에 대한",
)


def points_back(phrase: Phrase, text: str) -> bool:
    """Whether a phrase can be understood only from what stood before its sentence."""
    printed = text[phrase.start : phrase.end].lstrip("‘'“\"")
    if any(t.tag in {"SSO", "SSC"} and t.form in '“”"' for t in phrase.tokens):
        return False
    first = phrase.tokens[0]
    return (
        (first.tag == "MM" and first.form in _DETERMINERS)
        or (first.tag == "NP" and first.form in _PRONOUNS)
        or printed.startswith(_POINTING)
    )


def dangling(tree: Tree) -> frozenset[int]:
    """The phrases of a tree that point out of it."""
    # 한미 양측: who the two are stands right before them.
    return frozenset(
        n
        for n, phrase in enumerate(tree.phrases)
        if points_back(phrase, tree.text)
        and not (
            phrase.tokens[0].form.startswith("양") and tree.children[n] and tree.children[n][-1] == n - 1
        )
    )
