"""`sejul summarize`: pages on the command line, from files, standard input or a watched folder."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from app.api.export import Page, markdown
from app.api.labels import Labels
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
from app.text.pdf import is_pdf, page_texts

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
    type=click.Choice(["auto", "table", "plain", "json", "markdown"]),
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

    PAGES는 UTF-8이나 CP949 텍스트, 또는 글자가 든 PDF입니다. 없거나 -이면 표준 입력을 읽습니다.

    끝맺음 코드: 0 모두 처리, 1 읽지 못한 입력이 있음, 2 잘못된 명령, 3 설치나 설정의 문제.
    """
    settings = Settings()
    options = Options(lines, Style(style))
    engine = build(settings)
    labels = Labels.of(settings)

    def result_of(text: str) -> Result:
        return _summarize(text, options, engine, settings)

    try:
        if folder is not None:
            watch(folder, lambda raw: _document(result_of(decode(raw)), engine.info, labels))
            return
        show = Show("json" if as_json else layout, engine, labels)
        paths = pages or (Path("-"),)
        failed = [path for path in paths if not _print(path, result_of, show, several=len(paths) > 1)]
    finally:
        engine.close()
    if failed:
        sys.exit(INPUT_FAILED)


class Show(NamedTuple):
    """How results are printed: the layout, the engine that is named, the newsroom's labels."""

    layout: str
    engine: Engine
    labels: Labels


def _print(path: Path, result_of: Callable[[str], Result], show: Show, *, several: bool) -> bool:
    """Print the results of one file; False where it could not be read, which is said on standard error."""
    try:
        texts = _texts(path)
        for number, text in enumerate(texts, start=1):
            name = str(path) if len(texts) == 1 else f"{path}#{number}"
            _show(result_of(text), show, name if several or len(texts) > 1 else None)
    except InputError as exc:
        click.echo(f"{path}: {exc.code}: {exc}", err=True)
        return False
    return True


def _show(result: Result, show: Show, title: str | None) -> None:
    """Print one page's result; `title` where there are several."""
    info = show.engine.info  # not before: a chat server's model is known once it was asked
    if show.layout == "json":
        document = _document(result, info, show.labels)
        if title is None:
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            click.echo(json.dumps({"file": title, **document}, ensure_ascii=False))
    elif show.layout == "markdown":
        sent = response(result, info, labels=show.labels)
        click.echo(markdown.dump(Page(sent, show.labels, title or "지면", datetime.now(UTC))), nl=False)
    elif show.layout == "table" or (show.layout == "auto" and sys.stdout.isatty()):
        table(result, info, title=title)
    else:
        click.echo(plain(result, info, title=title))


def _texts(path: Path) -> list[str]:
    """The text of a file, page by page: one, but for a PDF of several."""
    raw = _read(path)
    return page_texts(raw) if is_pdf(raw) else [decode(raw)]


def _read(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as exc:
        raise Unreadable(f"cannot be read: {exc.strerror}") from exc


def _summarize(text: str, options: Options, engine: Engine, settings: Settings) -> Result:
    if len(text) > settings.max_chars:
        raise TooLarge(f"{len(text):,} characters; the limit is {settings.max_chars:,} (SEJUL_MAX_CHARS)")
    desk = Desk(DirectDrafter(engine), deadline_s=settings.deadline_s)
    return asyncio.run(summarize_page(text, options, desk))


def _document(result: Result, info: EngineInfo, labels: Labels) -> dict[str, object]:
    dumped: dict[str, object] = response(result, info, labels=labels).model_dump(
        mode="json", exclude_unset=True
    )
    return dumped
