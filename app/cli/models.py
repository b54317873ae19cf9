"""`sejul models`: which model cards there are, fetching their weights, and holding them to their lock."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from app.engine.cards import ChatCard, LocalCard, read_cards
from app.engine.pull import pull as pull_weights
from app.engine.weights import check, installed, read_lock
from app.errors import SejulError
from app.settings import Settings

if TYPE_CHECKING:
    from app.engine.cards import Seq2SeqCard


@click.group()
def models() -> None:
    """모델 카드를 보고, 가중치를 받고, 검사합니다."""


@models.command("list")
def list_() -> None:
    """모델 카드와 이 컴퓨터에 받아 둔 가중치를 보여 줍니다."""
    settings = Settings()
    try:
        from app.engine.inspect import report

        found = report(settings)
    except SejulError as exc:
        raise click.ClickException(str(exc)) from exc
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("이름", "설명", "종류", "라이선스", "가중치", "판"):
        table.add_column(column, overflow="fold")
    for state in found.states:
        card = state.card
        if isinstance(card, ChatCard):
            here = "서버 설정됨" if state.installed else "서버 필요"
        elif state.problem is not None:
            here = "손상"
        else:
            here = f"{state.size / 2**20:.0f} MiB" if state.installed else "없음"
        mark = "*" if card.name == found.choice.name else ""
        table.add_row(
            card.name + mark, card.title, card.kind, card.licence, here, (state.revision or "")[:12] or "-"
        )
    Console(width=None if Console().is_terminal else 120).print(table)
    click.echo(f"\n지금 실행할 엔진(*): {found.choice.name} ({found.choice.why})")
    for state in found.states:
        if state.problem is not None:
            click.echo(f"{state.card.name}: {state.problem}", err=True)


@models.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="Hub 대신 가져올 폴더 (config.json, tokenizer.json, 가중치), 또는 local 카드의 GGUF 파일",
)
@click.option("--update", is_flag=True, help="고정된 판 대신 가장 새 판을 받음")
def pull(name: str, source: Path | None, *, update: bool) -> None:
    """NAME 카드의 가중치를 받아 판과 체크섬을 잠금 파일에 적습니다."""
    card, settings = _card(name)
    if isinstance(card, LocalCard) and card.terms and not installed(settings.weights_dir / name):
        click.echo(card.terms.strip() + "\n", err=True)
    try:
        lock = pull_weights(card, settings.weights_dir, source, update=update, models_dir=settings.models_dir)
    except SejulError as exc:
        raise click.ClickException(str(exc)) from exc
    size = sum(file.size for file in lock.files.values())
    click.echo(f"{name}: {lock.revision}, 파일 {len(lock.files)}개, {size / 2**20:.1f} MiB")
    click.echo(f"라이선스: {card.licence}")


@models.command()
@click.argument("name")
def verify(name: str) -> None:
    """NAME 카드의 가중치를 잠금 파일의 체크섬과 모두 대조합니다."""
    card, settings = _card(name)
    folder = settings.weights_dir / name
    if not installed(folder):
        raise click.ClickException(f"{name}의 가중치가 없습니다. `sejul models pull {name}`")
    try:
        known = read_lock(folder)
        total = sum(file.size for file in known.files.values()) if known is not None else 0
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(name, total=total)
            lock = check(folder, card, full=True, progress=lambda count: bar.advance(task, count))
    except SejulError as exc:
        raise click.ClickException(str(exc)) from exc
    if lock is None:
        raise click.ClickException(f"{name}에는 잠금 파일이 없어 무엇인지 알 수 없습니다. 다시 받으세요.")
    click.echo(f"{name}: {lock.revision}, 파일 {len(lock.files)}개 모두 받은 그대로입니다.")


def _card(name: str) -> tuple[Seq2SeqCard | LocalCard, Settings]:
    settings = Settings()
    try:
        card = read_cards(settings.models_dir)[name]
    except SejulError as exc:
        raise click.ClickException(str(exc)) from exc
    if isinstance(card, ChatCard):
        raise click.ClickException(f"{name}은(는) 서버에서 도는 모델입니다. 예: {card.server}")
    return card, settings
