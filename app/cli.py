"""The `sejul` command: it parses and prints; everything it does lives in the layers below, imported late."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from app import __version__

if TYPE_CHECKING:
    from app.pipeline import Result

_STYLES = click.Choice(["sentence", "brief"])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sejul")
def main() -> None:
    """세줄: 신문 지면 텍스트에서 기사를 나누고, 기사마다 제목과 사실인 세 줄을 뽑습니다."""


@main.command()
@click.argument("page", type=click.File("rb"), default="-")
@click.option("--style", type=_STYLES, default="sentence", show_default=True, help="줄의 문체")
@click.option("--lines", type=click.IntRange(1, 5), default=3, show_default=True, help="줄 수")
@click.option("--json", "as_json", is_flag=True, help="서버의 응답과 같은 JSON")
def summarize(page: BinaryIO, style: str, lines: int, *, as_json: bool) -> None:
    """PAGE(텍스트 파일, 없으면 표준 입력)의 기사마다 제목과 세 줄."""
    from app.api.schemas import response
    from app.domain import Options, Style
    from app.engine.registry import build
    from app.pipeline import Desk, DirectDrafter, summarize_page
    from app.settings import Settings

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


@main.command()
@click.option("--host", default=None)
@click.option("--port", type=int, default=None)
def serve(host: str | None, port: int | None) -> None:
    """서버를 띄웁니다."""
    import uvicorn

    from app.settings import Settings

    settings = Settings()
    uvicorn.run("app.api:create_app", factory=True, host=host or settings.host, port=port or settings.port)


if __name__ == "__main__":
    sys.exit(main())
