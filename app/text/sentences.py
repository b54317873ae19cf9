"""The sentences of an article's body, each with its morphemes, from one Kiwi pass."""

from __future__ import annotations

from app.domain import Sentence, Token
from app.text.morphology import tokenize_sentences


def sentences(body: str) -> tuple[Sentence, ...]:
    """The sentences of `body`, in order; paragraphs are its lines, and no sentence crosses one."""
    found: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(body.split("\n")):
        for tokens in tokenize_sentences(paragraph):
            start, end = tokens[0].start, max(t.end for t in tokens)
            local = tuple(Token(t.form, t.tag, t.start - start, t.end - start) for t in tokens)
            found.append(Sentence(paragraph[start:end], at + start, at + end, number, local))
        at += len(paragraph) + 1
    return tuple(found)
