"""`python -m app.cli.reference`: docs/cli.md, from the commands themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from app.cli import COMMANDS, main

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 100


def reference() -> str:
    """Every command's help, as Markdown."""
    out = ["# sejul", "", "Made by `python -m app.cli.reference`; a test holds it to the commands.", ""]
    root = _context(main, "sejul", None)
    for path, text in _helps(main, root):
        out += [f"## {path}", "", "```text", text.rstrip(), "```", ""]
    return "\n".join(out)


def _helps(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        names = list(COMMANDS) if command is main else command.list_commands(context)
        for name in names:
            below = command.get_command(context, name)
            if below is not None:
                yield from _helps(below, _context(below, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return click.Context(
        command,
        info_name=name,
        parent=parent,
        max_content_width=_WIDTH,
        terminal_width=_WIDTH,
        help_option_names=["-h", "--help"],
    )


if __name__ == "__main__":
    click.echo(reference(), nl=False)
