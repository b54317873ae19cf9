"""A prompt with its values, and how its answer is asked for: what is sent to a server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.engine.chat.answer import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openai.types.chat import ChatCompletionMessageParam

    from app.engine.chat.job import Job
    from app.engine.prompts import Messages, Prompt

LINE_TOKENS = 160
"""Room for a line's JSON: 80 characters at up to two tokens each."""
_KEPT = 2000
"""Characters of a wrong answer that are shown to the model again."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a model, but for the sentences of the article that fit its context."""

    prompt: Prompt
    values: dict[str, object]
    schema: dict[str, object]
    max_tokens: int
    in_words: bool = False
    """Whether the schema stands in the prompt, because the server does not hold to it."""
    wrong: tuple[str, str] | None = None
    """The last answer, and what was wrong with it, in Korean."""

    @classmethod
    def of(cls, prompt: Prompt, job: Job, most_tokens: int = 1024) -> Question:
        """The question that `prompt` asks about an article, with room for an answer as long as the lines need."""
        lines = len(job.assignment.evidence)
        asked = lines if prompt.front.task == "article" else 1
        return cls(
            prompt,
            {**job.values, "lines": lines, "wants_headline": job.wants_headline},
            schema(prompt.front.output, lines=lines, wants_headline=job.wants_headline),
            min((asked + 1) * LINE_TOKENS, most_tokens),
        )

    def rendered(self, job: Job, shown: Sequence[int], *, in_words: bool) -> Messages:
        """The prompt with the sentences of `shown` in it."""
        return self.prompt.render(
            {
                **self.values,
                "sentences": job.numbered(shown),
                "cut": len(shown) < len(job.shown),
                "schema": json.dumps(self.schema, ensure_ascii=False) if in_words else None,
            }
        )

    def messages(self, job: Job, shown: Sequence[int], *, in_words: bool) -> list[ChatCompletionMessageParam]:
        """The chat that is sent: the prompt, and what was wrong with the last answer."""
        system, user = self.rendered(job, shown, in_words=in_words)
        chat: list[ChatCompletionMessageParam] = [
            {"role": "system", "content": system},
            {"role": "user", "content": user},
        ]
        if self.wrong is not None:
            said, trouble = self.wrong
            chat.append({"role": "assistant", "content": said[:_KEPT] or "…"})
            chat.append({"role": "user", "content": f"{trouble} JSON 하나만, 한국어로 다시 답한다."})
        return chat


def text(messages: Sequence[ChatCompletionMessageParam]) -> str:
    """All of a chat's text, to count."""
    return "\n".join(str(message.get("content")) for message in messages)
