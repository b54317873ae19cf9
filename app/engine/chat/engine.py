"""The chat engine: assignments in, drafts out, by way of one structured answer for each article.

Whatever the model says is material: a line that is not Korean, not about the article, or cites what does not bear
it never becomes a draft line, and grounding judges the facts of the rest.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain import Draft, DraftLine, EngineInfo
from app.engine.chat import answer
from app.engine.chat.client import ChatClient
from app.engine.chat.job import Job
from app.engine.chat.question import Question, text
from app.engine.chat.server import FormRefused, Reply, Server, TooLong
from app.engine.chat.window import Gauge, fit
from app.engine.extractive import extracted
from app.engine.prompts import load
from app.errors import EngineError, PromptError, SetupError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from concurrent.futures import Future

    from app.domain import Assignment
    from app.engine.cards import ChatCard
    from app.engine.prompts import Prompt
    from app.settings import Settings

log = logging.getLogger(__name__)

T = TypeVar("T")
A = TypeVar("A", bound=answer.Answer)

ASKED = 2
"""How often an article is asked for: once, and once more where the answer cannot be used."""
FITTED = 4
"""How often one question is put in another form: without a schema, or shorter."""
PATIENCE = 0.8
"""The share of a request's time after which a question is given up: before the pipeline gives up the engine, so
that a server which hangs is known to."""
SHRINK = 0.6
"""How much of its room a question keeps when the server says that it was too long."""


def build(card: ChatCard, settings: Settings) -> ChatEngine:
    """The engine of a chat card, whether or not its server is up.

    Raises:
        SetupError: SEJUL_CHAT_URL is not set, or the `chat` extra is not installed.
        PromptError: the card's prompt is missing, broken, or for another task.
    """
    if not settings.chat_url:
        raise SetupError(f"engine {card.name!r} needs SEJUL_CHAT_URL; its server starts with: {card.server}")
    prompts = {card.prompt: load(settings.prompts_dir, card.prompt)}
    task = prompts[card.prompt].front.task
    if task == "headline":
        raise PromptError(f"card {card.name!r} names prompt {card.prompt!r}, which writes headlines only")
    if task == "evidence":
        prompts["headline"] = load(settings.prompts_dir, "headline")
    server = Server(
        url=settings.chat_url,
        model=settings.chat_model or card.hub or None,
        api_key=settings.chat_api_key,
        concurrency=card.concurrency,
        stream=card.stream,
        temperature=card.temperature,
        extra_body=card.extra_body,
    )
    return ChatEngine(server, prompts, card, PATIENCE * settings.deadline_s)


class ChatEngine:
    """Asks an OpenAI-compatible server about many articles at a time, on an event loop in a thread of its own.

    `draft` may be called from several threads at once: the bound on concurrent questions is the client's.
    """

    def __init__(
        self, server: Server, prompts: dict[str, Prompt], card: ChatCard, deadline_s: float = 60.0
    ) -> None:
        self._prompts = prompts
        self._main = prompts[card.prompt]
        self._card = card
        self._deadline_s = deadline_s
        self._gauge = Gauge()
        self._client = ChatClient(server)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="sejul-chat", daemon=True)
        self._thread.start()
        # Not waited for: a server that is down must not keep this one from starting.
        self._run(self._client.meet())

    @property
    def info(self) -> EngineInfo:
        """The served model, how its answer's shape is asked for, and the prompt with version and fingerprint."""
        return EngineInfo(
            name=self._client.model or self._card.name,
            kind="chat",
            runtime=f"openai/{self._client.form}",
            prompt=self._main.id,
        )

    def cost(self, assignment: Assignment) -> int:
        """One: the server batches by itself, and nothing is padded here."""
        del assignment
        return 1

    def draft(self, assignments: Sequence[Assignment]) -> list[Draft | EngineError]:
        """A draft or an error for each assignment, all of them asked at once."""
        deadline = time.monotonic() + self._deadline_s
        return self._run(self._drafts(assignments, deadline)).result()

    def drafter(self) -> ChatDrafter:
        """A drafter without a batcher: the server batches."""
        return ChatDrafter(self)

    def submit(self, assignment: Assignment) -> Future[Draft]:
        """The draft to come of one article; cancelling it ends the question to the server."""
        return self._run(self._draft(assignment, time.monotonic() + self._deadline_s))

    def ready(self) -> str | None:
        """None where the server answers; asks it, which takes up to `CONNECT_S` seconds where it hangs."""
        self._run(self._client.probe()).result()
        trouble = self._client.trouble
        return None if trouble is None else f"chat server: {trouble}; articles come back extracted"

    def close(self) -> None:
        """Give up what is under way and close the connections."""
        if self._loop.is_closed():
            return
        self._run(self._stop()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _stop(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.close()

    async def _drafts(self, assignments: Sequence[Assignment], deadline: float) -> list[Draft | EngineError]:
        return await asyncio.gather(*(_or_error(self._draft(a, deadline)) for a in assignments))

    async def _draft(self, assignment: Assignment, deadline: float) -> Draft:
        if not assignment.evidence:
            return extracted(assignment)
        # Morphology is the CPU's work: in a thread, so that the loop goes on reading answers.
        job = await asyncio.to_thread(Job.of, assignment, deadline)
        if self._main.front.task == "evidence":
            return await self._by_evidence(job)
        return await self._whole(job)

    async def _whole(self, job: Job) -> Draft:
        """Headline and lines of the whole article, in one answer."""
        shape = answer.ArticleAnswer if job.wants_headline else answer.LinesAnswer
        found, shown = await self._answered(self._main, shape, job)
        headline = found.headline if isinstance(found, answer.ArticleAnswer) else None
        lines = found.lines[: len(job.assignment.evidence)]

        def judged() -> Draft:
            written = [job.line(x.text, [n - 1 for n in x.sentences], shown) for x in lines]
            return job.draft(written, headline, cut=len(shown) < len(job.shown))

        return await asyncio.to_thread(judged)

    async def _by_evidence(self, job: Job) -> Draft:
        """A line for each evidence group and a headline, each a question of its own."""
        asked = [_or_error(self._rewritten(job, e.sentences)) for e in job.assignment.evidence]
        heading = _or_error(self._headline(job))
        written, headline = await asyncio.gather(asyncio.gather(*asked), heading)
        errors = [line for line in written if isinstance(line, EngineError)]
        if len(errors) == len(written):
            raise errors[0]
        lines = [line if isinstance(line, DraftLine) else None for line in written]
        return job.draft(lines, headline if isinstance(headline, str) else None, cut=False)

    async def _rewritten(self, job: Job, group: tuple[int, ...]) -> DraftLine | None:
        shown = tuple(n for n in group if n in job.shown)
        if not shown:
            return None
        part = replace(job, shown=shown)
        found, kept = await self._answered(self._main, answer.LineAnswer, part)
        return await asyncio.to_thread(job.line, found.text, kept, kept)

    async def _headline(self, job: Job) -> str | None:
        if not job.wants_headline:
            return None
        found, _ = await self._answered(self._prompts["headline"], answer.HeadlineAnswer, job)
        return found.headline

    async def _answered(self, prompt: Prompt, shape: type[A], job: Job) -> tuple[A, tuple[int, ...]]:
        """The model's answer and the sentences that it was shown; asked once more where it cannot be used."""
        question = Question.of(prompt, job, self._card.max_new_tokens)
        trouble = ""
        for _ in range(ASKED):
            reply, shown = await self._asked(question, job)
            try:
                found = answer.read(reply.text, shape)
            except answer.Unusable as exc:
                trouble = str(exc)
                if reply.cut:
                    question = replace(question, max_tokens=2 * question.max_tokens)
                else:
                    in_words = question.in_words or not exc.is_json
                    question = replace(question, wrong=(reply.text, trouble), in_words=in_words)
                continue
            if question.in_words:
                self._remember_in_words()
            return found, shown
        raise EngineError(f"the chat model's answer could not be used {ASKED} times: {trouble}")

    async def _asked(self, question: Question, job: Job) -> tuple[Reply, tuple[int, ...]]:
        """The reply to a question cut to the context, in the form that the server takes."""
        await self._client.meet()
        texts = [job.assignment.sentences[n].text for n in job.shown]
        room = min(self._card.context, self._client.context or self._card.context) - question.max_tokens
        refused = False
        for _ in range(FITTED):
            in_words = refused or question.in_words or self._client.form == "json_prompt"
            bare = self._gauge.tokens(text(question.messages(job, (), in_words=in_words)))
            shown = tuple(job.shown[at] for at in fit(texts, job.evidence, room - bare, self._gauge))
            if not shown:
                raise EngineError("the model's context has no room for a sentence of the article")
            messages = question.messages(job, shown, in_words=in_words)
            try:
                reply = await self._client.ask(
                    messages, None if in_words else question.schema, question.max_tokens, job.deadline
                )
            except TooLong:
                room = int(room * SHRINK)
            except FormRefused:
                refused = True
            else:
                if refused:
                    self._remember_in_words()
                self._gauge.seen(text(messages), reply.prompt_tokens)
                return reply, shown
        raise EngineError("the article is over the chat server's context even when it is cut")

    def _remember_in_words(self) -> None:
        """This server does not hold to a schema: from now on the prompt asks for the JSON, and `info` says so."""
        if self._client.form == "json_schema":
            self._client.form = "json_prompt"
            log.warning("the chat server does not hold to response_format; the prompt asks for JSON instead")


class ChatDrafter:
    """A drafter over a chat engine: each article is asked for as it comes, as many at once as the card says."""

    def __init__(self, engine: ChatEngine) -> None:
        self._engine = engine

    @property
    def info(self) -> EngineInfo:
        """What really runs."""
        return self._engine.info

    async def draft(self, assignment: Assignment) -> Draft:
        """The draft of `assignment`.

        Raises:
            EngineError: it could not be drafted.
        """
        return await asyncio.wrap_future(self._engine.submit(assignment))


async def _or_error(work: Coroutine[Any, Any, T]) -> T | EngineError:
    """What `work` comes to, its error as a value: one article that fails loses no other."""
    try:
        return await work
    except EngineError as exc:
        return exc
