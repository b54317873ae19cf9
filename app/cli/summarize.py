"""`sejul summarize`: a page on the command line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, BinaryIO

import click

from app.api.schemas import response
from app.domain import Options, Style
from app.engine.registry import build
from app.pipeline import Desk, DirectDrafter, summarize_page
from app.settings import Settings

if TYPE_CHECKING:
    from app.pipeline import Result


@click.command()
@click.argument("page", type=click.File("rb"), default="-")
@click.option("--style", type=click.Choice(["sentence", "brief"]), default="sentence", help="줄의 문체")
@click.option("--lines", type=click.IntRange(1, 5), default=3, show_default=True, help="줄 수")
@click.option("--json", "as_json", is_flag=True, help="서버의 응답과 같은 JSON")
def summarize(page: BinaryIO, style: str, lines: int, *, as_json: bool) -> None:
    """지면의 기사마다 제목과 사실인 세 줄을 보여 줍니다."""
    text = page.read().decode("utf-8-sig")
    engine = build(Settings())
    result = asyncio.run(summarize_page(text, Options(lines, Style(style)), Desk(DirectDrafter(engine))))
    if as_json:
        click.echo(response(result, engine.info).model_dump_json(indent=2))
        return
    _table(result)


def _table(result: Result) -> None:
    for brief in result.briefs:
        click.echo(f"■ {brief.headline}")
        for line in brief.lines:
            click.echo(f"  · {line.text}")
