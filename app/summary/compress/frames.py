"""The clauses of a sentence that may stand for it: whole, without its source, or one of two that are joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.summary.compress.attribution import content_of, plain
from app.summary.compress.endings import Predicate, finished, predicate, with_ending_of
from app.summary.compress.lexicon import words
from app.summary.compress.limits import concedes
from app.summary.compress.modifiers import reported
from app.summary.compress.needs import before_modifier
from app.summary.compress.phrases import Kind
from app.summary.compress.tree import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.summary.compress.tree import Tree

_JOINED = frozenset({"고", "며", "으며"})

# What is known or felt before a deed is not planned with it: 선행을 직감하고 쌀을 전달할 계획이다.
_AWARE = words("직감 알 깨닫 느끼 판단 보 생각 인식 확인 여기 고려 감안 의식 듣 접하 믿 우려 파악 안심")

# 조사를 인용해 …라고 전했다: what who tells it did, and no part of what is told.
_CITING = words("인용 출연 참석 배포")


@dataclass(frozen=True, slots=True)
class Frame:
    """A clause that may be a line: its tree, its last predicate, and phrases that read otherwise than printed."""

    tree: Tree
    last: Predicate | None
    """None where the root is printed as it stands."""
    finish: str | None
    """The root as the end of a sentence; None where it is printed as it stands."""
    barred: frozenset[int] = frozenset()
    reads: Mapping[int, str] = field(default_factory=dict)


def frames(tree: Tree) -> Iterator[Frame]:
    """The frames of a sentence, the whole of it first."""
    yield from _with_first_clauses(Frame(tree, predicate(tree.text, tree.phrases[tree.root].core), None))
    content = content_of(tree)
    if content is None:
        return
    if plain(tree, content):
        said = tree.rooted(content, _adopted(tree, content))
        last = predicate(said.text, said.phrases[said.root].core)
        if last is not None:
            cited = [n for n in said.children[said.root] if said.phrases[n].core[0].form in _CITING]
            barred = frozenset[int]().union(*(said.under(n) for n in cited))
            yield from _with_first_clauses(Frame(said, last, finished(last) + ".", barred))
    yield from _one_quotation(tree, content)


def _adopted(tree: Tree, clause: int) -> tuple[int, ...]:
    """The subject that a clause shares with the root."""
    beside = tree.children[tree.root]
    if tree.subject(clause) is not None or any(concedes(tree, n) for n in beside if n < clause):
        return ()
    return tuple(n for n in beside if tree.phrases[n].kind in SUBJECTS and n < clause)


def _with_first_clauses(frame: Frame) -> Iterator[Frame]:
    """The frame, and each clause that 고 or 며 joins to its root, with the root's ending."""
    yield frame
    tree, last = frame.tree, frame.last
    # 기자회견을 열고 …라고 밝혔다: what is said is the news, not that someone stood up to say it.
    if last is None or content_of(tree) is not None or _reports(tree):
        return
    for n in tree.children[tree.root]:
        phrase = tree.phrases[n]
        # 주고 받을 수 있다: of two verbs side by side that share an object, neither alone.
        beside_root = n == tree.root - 1 and not phrase.comma
        if phrase.kind is not Kind.CLAUSE or phrase.mark not in _JOINED or beside_root:
            continue
        found = predicate(tree.text, phrase.core)
        if found is None or any(t.form in _AWARE for t in phrase.core) or before_modifier(tree, n):
            continue
        # 시대가 열리며 거래가 는 것으로 나타났다: what was found is not what it went with.
        found_out = any(form == "것" for form, _ in last.morphemes)
        beside = phrase.mark != "고" and found_out
        taken = None if beside else with_ending_of(found, last)
        # 자력이 통을 끌어당겼고 … 난 것으로 결론지었다: what was concluded is no fact, and not of who concluded it.
        if taken is None and found_out:
            continue
        if taken is None and (not found.tense and not found.describes):
            continue
        clause = tree.rooted(n, _adopted(tree, n))
        if clause.subject(clause.root) is None:
            continue
        if taken is None:
            yield Frame(clause, found, finished(found) + ".")
        elif taken.morphemes[-1][1] == "EF":
            yield Frame(clause, taken, taken.text + ".")
        else:
            yield Frame(clause, taken, finished(taken) + ".")


def _reports(tree: Tree) -> bool:
    """…라는 전망이 나온다: what its subject says is the news."""
    said = tree.subject(tree.root)
    return said is not None and any(reported(tree, c) for c in tree.children[said])


def _one_quotation(tree: Tree, content: int) -> Iterator[Frame]:
    """`…라며 …라고 말했다`: each of two quotations by itself."""
    quoted = [n for n in tree.children[tree.root] if n < content and tree.phrases[n].kind is Kind.QUOTED]
    others = frozenset[int]().union(*(tree.under(n) for n in quoted))
    if others:
        yield Frame(tree, predicate(tree.text, tree.phrases[tree.root].core), None, others)
    for n in quoted:
        phrase = tree.phrases[n]
        if not phrase.mark.endswith(("며", "면서")):
            continue
        mark = phrase.core[-1]
        kept = tree.text[phrase.start : mark.start]
        ending = (
            "고" if mark.form in {"며", "면서"} else mark.form.removesuffix("면서").removesuffix("며") + "고"
        )
        last = predicate(tree.text, tree.phrases[tree.root].core)
        barred = (others | tree.under(content)) - tree.under(n)
        yield Frame(tree, last, None, barred, {n: kept + ending})
