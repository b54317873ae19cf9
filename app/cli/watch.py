"""A folder that is watched: every page dropped into it gets its result beside it."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import click

from app.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_EVERY_S = 0.5


def watch(
    folder: Path, summarize: Callable[[bytes], dict[str, object]], *, rounds: int | None = None
) -> None:
    """Write NAME.json beside every NAME.txt of `folder` that is newer than it, until interrupted.

    A file is read once its size has stood still for one round, so that a page still being copied is not cut.
    What cannot be read gets NAME.error.json. `rounds` bounds the looks at the folder; None is for ever.
    """
    sizes: dict[Path, tuple[int, int]] = {}
    click.echo(f"{folder} 폴더를 지켜봅니다. 멈추려면 Ctrl-C", err=True)
    done = 0
    try:
        while rounds is None or done < rounds:
            for page in sorted(folder.glob("*.txt")):
                state = page.stat()
                look = (state.st_size, state.st_mtime_ns)
                if sizes.get(page) == look and not _answered(page, state.st_mtime_ns):
                    _answer(page, summarize)
                sizes[page] = look
            done += 1
            time.sleep(_EVERY_S)
    except KeyboardInterrupt:
        click.echo("그만 지켜봅니다.", err=True)


def _answered(page: Path, changed_ns: int) -> bool:
    """Whether a result or an error beside the page is as new as the page."""
    return any(
        beside.exists() and beside.stat().st_mtime_ns >= changed_ns
        for beside in (page.with_suffix(".json"), page.with_suffix(".error.json"))
    )


def _answer(page: Path, summarize: Callable[[bytes], dict[str, object]]) -> None:
    try:
        document, target = summarize(page.read_bytes()), page.with_suffix(".json")
        page.with_suffix(".error.json").unlink(missing_ok=True)
    except InputError as exc:
        document, target = {"code": exc.code, "detail": str(exc)}, page.with_suffix(".error.json")
    part = target.with_name(target.name + ".part")
    part.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.replace(target)
    click.echo(f"{page.name} → {target.name}", err=True)
