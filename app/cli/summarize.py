"""`sejul summarize`: pages on the command line, from files, standard input or a watched folder."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.api.schemas import response
from app.cli import INPUT_FAILED
from app.cli.render import plain, table
from app.cli.watch import watch
from app.domain import Options, Style
from app.engine.registry import build
from app.errors import InputError, TooLarge, Unreadable
from app.pipeline import Desk, DirectDrafter, summarize_page
from app.settings import Settings
from app.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import EngineInfo
    from app.engine.base import Engine
    from app.pipeline import Result


@click.command()
@click.argument("pages", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), nargs=-1)
@click.option(
    "--style",
    type=click.Choice([style.value for style in Style]),
    default=Style.SENTENCE.value,
    show_default=True,
    help="줄의 문체",
)
@click.option("--lines", type=click.IntRange(1, 5), default=3, show_default=True, help="줄 수")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["auto", "table", "plain", "json"]),
    default="auto",
    help="auto: 터미널에는 표, 파이프에는 글",
)
@click.option(
    "--json", "as_json", is_flag=True, help="--format json: 서버의 응답 그대로 (파일이 여럿이면 한 줄에 하나)"
)
@click.option(
    "--watch",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="이 폴더에 놓이는 지면마다 옆에 .json을 씀",
)
def summarize(
    pages: tuple[Path, ...], style: str, lines: int, layout: str, *, as_json: bool, folder: Path | None
) -> None:
    """지면의 기사마다 제목과 사실인 세 줄을 보여 줍니다.

    PAGES는 UTF-8이나 CP949 텍스트 파일입니다. 없거나 -이면 표준 입력을 읽습니다.

    끝맺음 코드: 0 모두 처리, 1 읽지 못한 입력이 있음, 2 잘못된 명령, 3 설치나 설정의 문제.
    """
    settings = Settings()
    options = Options(lines, Style(style))
    engine = build(settings)

    def result_of(raw: bytes) -> Result:
        return _summarize(raw, options, engine, settings)

    try:
        if folder is not None:
            watch(folder, lambda raw: _document(result_of(raw), engine.info))
            return
        layout = "json" if as_json else layout
        paths = pages or (Path("-"),)
        failed = [
            path for path in paths if not _print(path, result_of, engine, layout, several=len(paths) > 1)
        ]
    finally:
        engine.close()
    if failed:
        sys.exit(INPUT_FAILED)


def _print(
    path: Path, result_of: Callable[[bytes], Result], engine: Engine, layout: str, *, several: bool
) -> bool:
    """Print one page's result; False where it could not be read, which is said on standard error."""
    name = str(path)
    try:
        result = result_of(_read(path))
    except InputError as exc:
        click.echo(f"{name}: {exc.code}: {exc}", err=True)
        return False
    info = engine.info  # not before: a chat server's model is known once it was asked
    title = name if several else None
    if layout == "json":
        document = _document(result, info)
        one_a_line = json.dumps({"file": name, **document}, ensure_ascii=False)
        click.echo(one_a_line if several else json.dumps(document, ensure_ascii=False, indent=2))
    elif layout == "table" or (layout == "auto" and sys.stdout.isatty()):
        table(result, info, title=title)
    else:
        click.echo(plain(result, info, title=title))
    return True


def _read(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as exc:
        raise Unreadable(f"cannot be read: {exc.strerror}") from exc


def _summarize(raw: bytes, options: Options, engine: Engine, settings: Settings) -> Result:
    text = decode(raw)
    if len(text) > settings.max_chars:
        raise TooLarge(f"{len(text):,} characters; the limit is {settings.max_chars:,} (SEJUL_MAX_CHARS)")
    desk = Desk(DirectDrafter(engine), deadline_s=settings.deadline_s)
    return asyncio.run(summarize_page(text, options, desk))


def _document(result: Result, info: EngineInfo) -> dict[str, object]:
    dumped: dict[str, object] = response(result, info).model_dump(mode="json", exclude_unset=True)
    return dumped
