"""`sejul prompts`: the prompt templates, and what they come to on a page."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import click

from app.errors import SejulError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.domain import Article, Options
    from app.engine.prompts import Messages, Prompt


@click.group()
def prompts() -> None:
    """지시형 모델에 보내는 프롬프트를 보여 줍니다."""


@prompts.command("list")
def list_prompts() -> None:
    """있는 프롬프트와 판, 하는 일을 보여 줍니다."""
    from app.engine.prompts import available
    from app.settings import Settings

    with _told():
        for prompt in available(Settings().prompts_dir):
            front = prompt.front
            click.echo(f"{prompt.id}  {front.language}  {front.task}")
            click.echo(f"    {front.description}")


@prompts.command()
@click.argument("name", default="headline_and_lines")
def show(name: str) -> None:
    """프롬프트 파일을 그대로 보여 줍니다."""
    with _told():
        click.echo(_load(name).path.read_text(encoding="utf-8"), nl=False)


@prompts.command()
@click.argument("page", type=click.File("rb"), default="-")
@click.option("--name", default="headline_and_lines", show_default=True, help="프롬프트 이름")
@click.option("--article", type=click.IntRange(1), default=None, help="몇째 기사만 (1부터)")
@click.option("--style", type=click.Choice(["sentence", "brief"]), default="sentence", help="줄의 문체")
@click.option("--lines", type=click.IntRange(1, 5), default=3, show_default=True, help="줄 수")
@click.option("--schema", "with_schema", is_flag=True, help="스키마를 받지 않는 서버에 보내는 꼴로")
def render(
    page: BinaryIO, name: str, article: int | None, style: str, lines: int, *, with_schema: bool
) -> None:
    """지면의 기사마다 모델이 받을 글을 보여 줍니다. 서버에는 보내지 않습니다."""
    from app.domain import Options, Style
    from app.text.decoding import decode
    from app.text.splitter import split

    options = Options(lines, Style(style))
    with _told():
        prompt = _load(name)
        for number, found in enumerate(split(decode(page.read())).articles, start=1):
            if article not in {None, number}:
                continue
            for messages in _messages(prompt, found, options, in_words=with_schema):
                click.echo(f"━━ 기사 {number} · {prompt.id} · system")
                click.echo(messages.system)
                click.echo(f"━━ 기사 {number} · {prompt.id} · user")
                click.echo(messages.user)


@contextmanager
def _told() -> Iterator[None]:
    """Our errors as the command line tells them."""
    try:
        yield
    except SejulError as exc:
        raise click.ClickException(str(exc)) from exc


def _load(name: str) -> Prompt:
    from app.engine.prompts import load
    from app.settings import Settings

    return load(Settings().prompts_dir, name)


def _messages(prompt: Prompt, article: Article, options: Options, *, in_words: bool) -> list[Messages]:
    """What the chat engine would send for an article: one question, or one for each evidence group."""
    from app.engine.chat.job import Job
    from app.engine.chat.question import Question
    from app.summary.assign import assign

    assignment = assign(article, options)
    job = Job.of(assignment, deadline=0.0)
    groups = [job.shown]
    if prompt.front.task == "evidence":
        groups = [tuple(n for n in e.sentences if n in job.shown) for e in assignment.evidence]
    question = Question.of(prompt, job)
    return [question.rendered(job, shown, in_words=in_words) for shown in groups if shown]
