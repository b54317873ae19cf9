"""What a word that points out of its sentence stands for: where it stands, and the one thing that it can be.

Each answers where the word begins and ends and what it means; None where there is no such word, or where it
may mean two things.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.summary.compress.actors import FIRMS, GENERIC, OFFICES_END, actor, organization, titled
from app.summary.compress.attribution import says
from app.summary.compress.joins import TITLES
from app.summary.compress.lexicon import ACTING, OFFICES, words
from app.summary.compress.marks import enclosed, unglossed
from app.summary.compress.morphemes import tag
from app.summary.compress.openings import body_at
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain import Sentence
    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_LONGEST_NAME = 16
_PERSONS = words("그 그녀")
_PAIRS = re.compile("(?<![가-힣])양[측사국교당](?=[은는이가의])")
_SUBJECT_MARKS = {"JX", "JKS"}


def _quoted(sentence: Sentence, at: int) -> bool:
    return any(lo < at < hi for lo, hi in enclosed(sentence.text))


def person(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
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
    rf"(?<![가-힣])(?:(?!(?:대통령|국회의원|의원|시장|지사|장관|총리)\s)[가-힣]{{1,3}}[가-힣](?<!의) (?:{_TITLE})(?! ?(?:예비)?후보| 당선)|[A-Z] ?씨|[가-힣]{{2,4}} ?씨)(?=[은는이가의,]|께서|에게|\s|$)"
)
_SHORT = re.compile(rf"(?<![가-힣])([가-힣]) (전 )?({_TITLE})(?=[은는이가의도와과]|에게|\s|$)")


def _unquoted(text: str) -> str:
    for lo, hi in reversed(enclosed(text)):
        text = text[:lo] + " " * (hi - lo) + text[hi:]
    return text


def full_name(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
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


def firm(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """이 회사: the one organisation that the sentences before it speak of."""
    del headline
    for this, noun in zip(sentence.tokens, sentence.tokens[1:], strict=False):
        if (
            this.form == "이"
            and this.tag == "MM"
            and noun.form in FIRMS
            and not _quoted(sentence, this.start)
        ):
            names = {
                name
                for tree, n, name in _topics(before)
                if _named(tree.phrases[n]) and not titled(tree.phrases[n])
            }
            if len(names) == 1 and len(name := names.pop()) <= _LONGEST_NAME:
                return this.start, noun.end, name
    return None


def office(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """구는, 재단은: the one name before it, or in the headline, that ends so."""
    at = body_at(sentence.text)
    opening = [t for t in sentence.tokens if t.tag[0] != "S" and t.start >= at][:2]
    if len(opening) < 2 or opening[0].form not in GENERIC or opening[1].tag not in _SUBJECT_MARKS:  # noqa: PLR2004
        return None
    noun = opening[0]
    if sentence.text[at : noun.start].strip() or opening[1].start != noun.end:
        return None
    ends = re.compile(rf"(?<![가-힣])[가-힣A-Za-z]{{1,12}}{noun.form}(?=[은는이가의,]|에서|에|\s|$)")
    near = " ".join(_unquoted(s.text) for s in before)
    for text in (near, headline):
        names = {m.group() for m in ends.finditer(text)}
        if len(names) == 1:
            return noun.start, noun.end, names.pop()
    return None


def both(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
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


def subject(sentence: Sentence, before: tuple[Sentence, ...], headline: str) -> tuple[int, int, str] | None:
    """A subject left out: the topic of the sentence before, where that acts and this goes on acting.

    Past the end of a paragraph, only an organization is still spoken of, or who goes on speaking (이어 "…"라고 말했다).
    """
    del headline
    tree = parse(sentence)
    if not lacks_subject(tree):
        return None
    for back in reversed(before):
        spoken = parse(back)
        n = spoken.subject(spoken.root)
        if n is None and lacks_subject(spoken):
            continue
        if n is None or spoken.phrases[n].kind is not Kind.TOPIC or not actor(spoken.phrases[n]):
            return None
        name, phrase = _name(spoken, n), spoken.phrases[n]
        if name not in _ALONE and not _named(phrase) and not _ministry(name):
            return None
        speaks = says(spoken.phrases[spoken.root]) and not says(tree.phrases[tree.root])
        goes_on = (
            says(spoken.phrases[spoken.root]) and says(tree.phrases[tree.root]) and body_at(sentence.text) > 0
        )
        away = back.paragraph != sentence.paragraph and not goes_on
        if (speaks or away) and not organization(phrase, name):
            return None
        start = body_at(sentence.text)
        clear = len(name) <= _LONGEST_NAME and not _MARKS.search(name) and sentence.text[-1] != "?"
        return (start, start, name) if clear else None
    return None


def _ministry(name: str) -> bool:
    """교육부, 특허청: an office whose name is one word, and not a word for all of its kind."""
    return (
        len(name) > 2 and name.endswith(OFFICES_END) and name not in GENERIC | FIRMS | _KINDS  # noqa: PLR2004 -- 일부
    )


_KINDS = words("연구회 동호회 상인회 전문가 사업부 대부분 절반 지도부 수뇌부 간부 국회 정부 학생회")
# What is one thing without a name: the state's powers, and what the next reference gives its name.
_ALONE = OFFICES | words("재판부 구 시 군 도")
_MARKS = re.compile("[“”‘’\"'?]")


def lacks_subject(tree: Tree) -> bool:
    """Whether the root acts on something, or will, and nobody is said to act."""
    root = tree.phrases[tree.root].core
    planned = any(t.form in _PLANNED for t in root)
    acts = planned or not any(tag(t) in {"VA", "XSA", "VCP", "VCN"} for t in root)
    undergoes = any(t.form in {"되", "당하"} for t in root)
    done_to = {tree.phrases[c].kind for c in tree.children[tree.root]} & {Kind.OBJECT, Kind.ALSO, Kind.QUOTED}
    # 인사도 실시했다: what also is done, where nothing else is; 인재란 … 뜻한다: what is defined.
    named = (
        {Kind.TOPIC, Kind.SUBJECT} if done_to == {Kind.ALSO} and root[0].form in ACTING else _SUBJECT_KINDS
    )
    subjects = any(p.kind in named or p.mark in {"란", "이란"} for p in tree.phrases)
    return acts and not undergoes and bool(done_to) and not subjects


_SUBJECT_KINDS = {Kind.TOPIC, Kind.SUBJECT, Kind.ALSO}
_PLANNED = words("예정 계획 방침")
