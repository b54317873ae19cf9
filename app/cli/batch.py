"""`sejul batch`: an archive into JSON lines."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

import click

from app.cli import INPUT_FAILED
from app.domain import Options, Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.batch import Ledger, Tally
    from app.batch.worker import Job


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--out", "-o", required=True, type=click.Path(path_type=Path), help="결과 파일")
@click.option("--style", type=click.Choice([s.value for s in Style]), default="sentence", show_default=True,
              help="줄의 문체: 문장(-다) 또는 개조식")  # fmt: skip
@click.option("--lines", type=click.IntRange(1, 5), default=3, show_default=True, help="줄 수")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="프로세스 수")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv", "ninjs", "html", "parquet"]),
              default="jsonl", show_default=True, help="결과 형식; html은 인쇄용 지면 묶음, parquet는 폴더")  # fmt: skip
@click.option("--ray", "by_ray", is_flag=True, help="Ray Data로: 여러 컴퓨터에서, 결과는 끝나는 차례로")
@click.option("--fresh", is_flag=True, help="있던 결과를 지우고 처음부터")
def batch(
    source: Path, out: Path, style: str, lines: int, workers: int, form: str, *, by_ray: bool, fresh: bool
) -> None:
    """지면 묶음을 한 번에 요약합니다. 멈췄다 다시 실행하면 이어서 합니다.

    IN은 .txt가 든 폴더(파일 이름이 id)이거나, 줄마다 id와 text(지면) 또는 body(기사 하나)가 있는
    JSONL(.gz도 가능, -는 표준 입력)입니다. 결과는 입력마다 한 줄이고, 읽지 못한 입력은 OUT.errors.jsonl에 남습니다.
    csv, ninjs, html은 끝난 뒤 OUT.jsonl에 쌓인 결과로 만듭니다. parquet의 OUT은 part-*.parquet가 쌓이는 폴더입니다.

    \b
    종료 코드: 0 모두 끝남, 1 끝났지만 읽지 못한 입력이 있음, 2 명령이 잘못됨,
              3 설정이나 OUT이 맞지 않아 시작하지 못함, 130 중단됨(다시 실행하면 이어짐)
    """  # noqa: D301 - click reads the backspace as "do not rewrap"
    from app.api.labels import Labels
    from app.batch import count, read, run
    from app.batch.formats import Format, journal, render
    from app.batch.worker import Job
    from app.settings import Settings

    settings = Settings()
    chosen = Format(form)
    job = Job(Options(lines, Style(style)), settings, bodies=chosen is Format.NINJS)
    stream: Path | BinaryIO = sys.stdin.buffer if str(source) == "-" else source
    options = {"style": style, "lines": lines, "engine": settings.engine, "format": form}
    try:
        with journal(out, chosen).open(options, fresh=fresh) as ledger:
            with _Progress(stream, count) as progress:
                if by_ray:
                    tally = _by_ray(stream, ledger, job, workers, progress)
                else:
                    tally = run(read(stream, settings.max_chars), ledger, job, workers, progress)
            render(ledger.records(), out, chosen, Labels.of(settings), datetime.now().astimezone())
    except KeyboardInterrupt:
        click.echo("중단했습니다. 같은 명령을 다시 실행하면 이어서 합니다.", err=True)
        sys.exit(130)
    _report(tally, ledger.errors)
    sys.exit(INPUT_FAILED if tally.rejected else 0)


def _by_ray(
    stream: Path | BinaryIO, ledger: Ledger, job: Job, workers: int, progress: Callable[[Tally], None]
) -> Tally:
    from app.scale import batch as archive
    from app.scale.cluster import cluster

    # One more than the workers: what Ray does between them must not wait for one.
    with cluster(job.settings.ray_address, cpus=workers + 1):
        return archive.run(stream, ledger, job, workers, progress)


def _report(tally: Tally, errors: Path) -> None:
    kept = f", 이미 있던 {tally.kept}건" if tally.kept else ""
    click.echo(f"{tally.done}건 요약{kept}, 읽지 못한 입력 {tally.rejected}건", err=True)
    if tally.fallen_back:
        click.echo(f"엔진이 쓰지 못해 원문에서 뽑은 기사 {tally.fallen_back}건", err=True)
    if tally.rejected:
        click.echo(f"읽지 못한 까닭: {errors}", err=True)


class _Progress:
    """A bar with rate and time left on a terminal's standard error; nothing in a pipe."""

    def __init__(self, source: Path | BinaryIO, count: Callable[[Path | BinaryIO], int | None]) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("요약"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(), TextColumn("남은 시간"), TimeRemainingColumn(),
            console=console, disable=not console.is_terminal,
        )  # fmt: skip
        total = None if self._bar.disable else count(source)
        self._task = self._bar.add_task("", total=total, rate="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, tally: Tally) -> None:
        """Show how far the run has come; the rate is of work done now, not of lines that were there."""
        task = self._bar.tasks[0]
        rate = tally.done / task.elapsed if task.elapsed and tally.done else 0.0
        self._bar.update(self._task, completed=tally.seen, rate=f"{rate:,.1f}건/초" if rate else "")
