"""The clauses of a sentence that may stand for it: whole, without its source, or one of two that are joined."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.summary.compress.actors import alive
from app.summary.compress.attribution import content_of, plain
from app.summary.compress.endings import Predicate, finished, predicate, with_ending_of
from app.summary.compress.lexicon import words
from app.summary.compress.limits import concedes
from app.summary.compress.modifiers import reported
from app.summary.compress.needs import before_modifier, charged, scoped, thus
from app.summary.compress.phrases import Kind
from app.summary.compress.roles import own_verb
from app.summary.compress.tree import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.summary.compress.phrases import Phrase
    from app.summary.compress.tree import Tree

_JOINED = frozenset({"고", "며", "으며"})

# What is known or felt before a deed is not planned with it: 선행을 직감하고 쌀을 전달할 계획이다.
_AWARE = words(
    "직감 알 깨닫 느끼 판단 보 생각 인식 확인 여기 고려 감안 의식 듣 접하 믿 우려 파악 안심 제외 빼 둘러싸 맞물리 겹치 겹쳐지"
)

# 조사를 인용해 …라고 전했다: what who tells it did, and no part of what is told.
_CITING = words("인용 출연 참석 배포")


_ASKING = words("당부 촉구 주문 호소 요청 요구 약속 다짐 권고 제안 명령 지시")


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
    content = content_of(tree)
    reads = {} if content is None else _rejoined(tree, content)
    yield from _with_first_clauses(
        Frame(tree, predicate(tree.text, tree.phrases[tree.root].core), None, reads=reads)
    )
    if content is None:
        return
    if plain(tree, content):
        said = _apart(tree, content)
        last = None if said is None else predicate(said.text, said.phrases[said.root].core)
        if said is not None and last is not None:
            cited = [n for n in said.children[said.root] if said.phrases[n].core[0].form in _CITING]
            barred = frozenset[int]().union(*(said.under(n) for n in cited))
            yield from _with_first_clauses(Frame(said, last, finished(last) + ".", barred))
    yield from _one_quotation(tree, content)


def _adopted(tree: Tree, clause: int) -> tuple[int, ...]:
    """The subject that a clause shares with the root."""
    beside = tree.children[tree.root]
    if tree.subject(clause) is not None or any(concedes(tree, n) for n in beside if n < clause):
        return ()
    found = [n for n in beside if tree.phrases[n].kind in SUBJECTS and n < clause]
    # 공단은 이번 인사가 지역에 초점을 맞췄다고 밝혔다: of who says and who is said to act, the one who acts.
    if tree.phrases[clause].kind is Kind.QUOTED and Kind.SUBJECT in {tree.phrases[n].kind for n in found[1:]}:
        found = found[1:]
    return tuple(found)


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
        if found is None or _leads_on(tree, n) or before_modifier(tree, n) or charged(tree, n):
            continue
        found_out = any(form == "것" for form, _ in last.morphemes)
        taken = None if _besides(phrase, last) else with_ending_of(found, last)
        # 자력이 통을 끌어당겼고 … 난 것으로 결론지었다: what was concluded is no fact, and not of who concluded it.
        if taken is None and found_out:
            continue
        if taken is None and (not found.tense and not found.describes):
            continue
        clause = _apart(tree, n)
        if clause is None or clause.subject(clause.root) is None or _themed(tree, n):
            continue
        if taken is None:
            yield Frame(clause, found, finished(found) + ".")
        elif taken.morphemes[-1][1] == "EF":
            yield Frame(clause, taken, taken.text + ".")
        else:
            yield Frame(clause, taken, finished(taken) + ".")


def _leads_on(tree: Tree, clause: int) -> bool:
    """회의를 열고 대책을 발표했다, 균형을 잡지 못하고 쓰러졌다: the news is what came of it."""
    core = tree.phrases[clause].core
    if any(t.form in _AWARE or (t.form in {"못하", "않"} and t.tag == "VX") for t in core):
        return True
    if core[0].form in _CARRYING and tree.phrases[clause].mark == "고":
        return True
    objects = [tree.phrases[c] for c in tree.children[clause] if tree.phrases[c].kind is Kind.OBJECT]
    met = any(t.form.endswith(_MEETINGS) for phrase in objects for t in phrase.core)
    does = any(tree.phrases[c].kind is Kind.OBJECT or thus(tree, c) for c in tree.children[tree.root])
    return core[0].form in {"열", "갖", "개최"} and met and does


# 봉투를 들고 지구대를 찾았다: how somebody did it.
_CARRYING = words("들 가지 타 입 신 메 안 끌 데리 모시")
_MEETINGS = ("회의", "회견", "간담회", "브리핑", "이사회", "위원회", "협의체", "협의회")


def _besides(phrase: Phrase, last: Predicate) -> bool:
    """Whether a clause does not share what the sentence ends in: found to be, resolved, possible."""
    forms = {form for form, _ in last.morphemes}
    # 접종이 속도를 내고 조치가 나온 데 따른 것으로 보인다: what it follows from is not found of each.
    # 등록은 28일부터 진행되고, 누구나 신청할 수 있다.
    if phrase.mark == "고":
        return {"따르", "것"} <= forms or ("수" in forms and phrase.comma)
    # 각 회사를 돌며 역량을 키워 나간다는 방침이다.
    if "나가" in forms:
        return True
    # 시대가 열리며 거래가 는 것으로 나타났다: what was found is not what it went with.
    # 방향을 발표하며 세금을 줄여 주기로 했다: what was resolved is not what it went with.
    # 쿠폰은 한 번 주며, 모든 상품에 쓸 수 있다: what may be done is not what is done besides.
    return "것" in forms or ("기" in forms and not phrase.comma) or "수" in forms


def _themed(tree: Tree, clause: int) -> bool:
    """웃는 얼굴은 갑이 가장 많고 을이 가장 적다: what all the subjects behind it are said of goes with each."""
    beside = tree.children[tree.root]
    if any(n < clause and scoped(tree, n) for n in beside):
        return True
    theme = any(n < clause and tree.phrases[n].kind is Kind.TOPIC for n in beside)
    return theme and any(n > clause and tree.phrases[n].kind is Kind.SUBJECT for n in beside)


def _apart(tree: Tree, clause: int) -> Tree | None:
    """A clause by itself, with the subject that it shares; None where that may be another's."""
    adopted = _adopted(tree, clause)
    if _astray(tree, clause, tree.under(clause) | set(adopted)):
        return None
    return None if _anothers(tree, clause, adopted) else tree.rooted(clause, adopted)


def _astray(tree: Tree, clause: int, within: frozenset[int]) -> bool:
    """Whether what was hung on the root before a clause is the clause's own, or its subject did not do it."""
    before = [n for n in tree.children[tree.root] if n < clause]
    # 사업을 유치한 시는 공사를 마치고 …: what stands between belongs to it, and the reading has missed that.
    if any(n not in within and tree.phrases[n].kind is Kind.OBJECT for n in before):
        return True
    # 교수가 위원장을 맡은 위원회는 출범식을 열고 …: a subject that stands before a modifier may be that verb's.
    if any(n not in within and tree.doubtful(n) for n in before):
        return True
    own = tree.subject(clause)
    if own is None:
        return False
    # 회사가 근무가 늘고 생활도 바뀜에 따라 집을 고쳤다고 밝혔다: what also is so did not do it.
    if tree.phrases[own].kind is Kind.ALSO and any(
        n < own and tree.phrases[n].kind is Kind.SUBJECT for n in before
    ):
        return True
    # 관세는 무효가 됐지만 정부는 세금을 매길 가능성이 크고 …: who it is about was hung on what comes last.
    chance = any(t.form in _CHANCES for t in tree.phrases[own].core)
    topics = [n for n in before if tree.phrases[n].kind is Kind.TOPIC]
    if not chance or not topics or tree.phrases[clause].kind is not Kind.CLAUSE:
        return False
    between = {phrase.kind for phrase in tree.phrases[topics[-1] : clause]}
    return topics[-1] not in within and not between & {Kind.CLAUSE, Kind.QUOTED}


_CHANCES = words("가능 가능성 우려 필요 필요성 의지 뜻 여지 계획 방침")


def _anothers(tree: Tree, clause: int, adopted: tuple[int, ...]) -> bool:
    """한국이 투자할 뜻이 분명함을 설명하며: a subject of the clause that another verb before it may have.

    So it may have one of a clause inside what comes next: 갑이 재촉하고 을이 허용한 것을 계기로.
    """
    subject = next(reversed(adopted), tree.subject(clause))
    if subject is None or tree.phrases[subject].kind is not Kind.SUBJECT:
        return False
    shared = adopted and any(
        tree.phrases[c].kind is Kind.SUBJECT for c in tree.children[tree.root] if c > clause
    )
    if shared and not alive(tree.phrases[subject]):
        return True
    verb = own_verb(tree, subject)
    living = alive(tree.phrases[subject])
    # 시행령이 의결돼 시행된다고 밝혔다: what leads to the clause may share its subject; one who acts may act past a modifier.
    leading = {Kind.CLAUSE, Kind.ADNOMINAL} if living else {Kind.CLAUSE}
    shares = verb == clause or (verb in tree.under(clause) and tree.phrases[verb].kind in leading)
    topic = any(tree.phrases[i].kind is Kind.TOPIC for i in range(subject))
    if not shares and (topic or not living):
        return True
    behind = next((i for i in range(clause + 1, tree.root) if tree.phrases[i].predicate), tree.root)
    between = any(tree.phrases[i].kind in {Kind.SUBJECT, Kind.ALSO} for i in range(clause + 1, behind))
    inner = between and tree.phrases[behind].kind not in {Kind.CLAUSE, Kind.QUOTED, Kind.FINAL}
    return inner and not tree.phrases[clause].comma


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
    # "…늘고 있다"며 "…머물러 달라"고 당부했다: what asks does so of the quotation right before it.
    if any(t.form in _ASKING for t in tree.phrases[tree.root].core):
        return
    for n in quoted:
        phrase = tree.phrases[n]
        if not phrase.mark.endswith(("며", "면서")):
            continue
        last = predicate(tree.text, tree.phrases[tree.root].core)
        barred = (others | tree.under(content)) - tree.under(n)
        yield Frame(tree, last, None, barred, {n: _said(tree, n)})


def _said(tree: Tree, n: int) -> str:
    """A quotation that ends in 며 or 면서 as it ends before its verb: …라며 → …라고."""
    phrase = tree.phrases[n]
    mark = phrase.core[-1]
    kept = tree.text[phrase.start : mark.start]
    return kept + (
        "고" if mark.form in {"며", "면서"} else mark.form.removesuffix("면서").removesuffix("며") + "고"
    )


def _rejoined(tree: Tree, content: int) -> dict[int, str]:
    """`…다"며 이같이 말했다`: the quotation as it reads where what stands between it and the verb goes."""
    between = range(content + 1, tree.root)
    if not tree.phrases[content].mark.endswith(("며", "면서")) or not between:
        return {}
    return {content: _said(tree, content)} if all(thus(tree, n) for n in between) else {}
