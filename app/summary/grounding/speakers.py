"""Whether a desk's line that ends in a noun of speech (주장, 부인) lets the one speak who does so in its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.summary.grounding.claims import fact, noun_ends
from app.summary.grounding.compare import answering, one_subject, points
from app.text.facts.lexicon import REPORTING
from app.text.facts.subjects import phrase, subjects
from app.text.facts.tails import base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.text.facts import Fact
    from app.text.facts.reading import Predicate, Reading
    from app.text.facts.subjects import Phrase


def misspoken(line: Reading, sources: Sequence[Reading]) -> Iterator[Fact]:
    """The nouns of speech at the end of `line` or of its clauses whose speaker is another in the sentences behind it."""
    for predicate in noun_ends(line):
        mine = _speaker(line, predicate) if predicate.lemma in REPORTING else None
        if mine is None:
            continue
        known = [
            (reading, subjects(reading).get(other.at))
            for reading, other in answering(predicate, line, sources)
        ]
        if known and all(
            found is not None
            and found.sure
            and not points(reading, found.phrase)
            and not any(one_subject(line, mine, reading, one) for one in (found.phrase, *found.others))
            for reading, found in known
        ):
            yield fact("attribution", predicate)


def _speaker(line: Reading, predicate: Predicate) -> Phrase | None:
    """Whom a line lets speak: the subject that no verb parts from the noun of speech, else whom it begins with."""
    before = [w for w in line.words if w.first + len(w.parts) <= predicate.at]
    last = max((p.at for p in line.predicates if p.at < predicate.at and not p.nominal), default=-1)
    own = [w for w in before if w.role == "subject" and w.first > last]
    if own:
        return phrase(line, own[-1])
    for word in before:
        after = line.tokens[word.first + len(word.parts)]
        if word.role == "topic" or (not word.role and after.form == ","):
            leader = phrase(line, word)
            return leader if not leader.words[0].first else None
        if word.role or base(after) in {"SP", "SSO"}:
            return None
    return None
