"""The `sejul` command: it parses and prints; everything it does lives in the layers below, imported late.

Each subcommand is a module of this package with a click command of the same name, loaded when it is called, so
that `sejul --help` answers at once.
"""

from __future__ import annotations

from importlib import import_module

import click

from app import __version__
from app.errors import SejulError, SetupError

# Exit codes: 0 all done, 2 a wrong command line (click's own), and these two.
INPUT_FAILED = 1
SETUP_FAILED = 3

# Name and one line of help, here so that --help imports nothing; a test holds them to the commands' own.
COMMANDS = {
    "summarize": "지면의 기사마다 제목과 사실인 세 줄을 보여 줍니다.",
    "split": "지면을 기사로 나눕니다.",
    "prompts": "지시형 모델에 보내는 프롬프트를 보여 줍니다.",
    "serve": "HTTP 서버를 띄웁니다.",
    "serve-ray": "HTTP 서버를 Ray Serve에 올립니다.",
    "batch": "지면 묶음을 한 번에 요약합니다. 멈췄다 다시 실행하면 이어서 합니다.",
    "doctor": "이 컴퓨터에서 무엇이 되고 무엇이 없는지 살핍니다.",
    "models": "모델 카드를 보고, 가중치를 받고, 검사합니다.",
}


class Failed(click.ClickException):
    """An error of ours on standard error, with the exit code that the help documents."""

    def __init__(self, error: SejulError) -> None:
        super().__init__(f"{error.code}: {error}")
        self._setup = isinstance(error, SetupError)

    @property
    def exit_code(self) -> int:  # type: ignore[override]  # click has a class attribute, read the same way
        """By whose fault: the input's, or the installation's."""
        return SETUP_FAILED if self._setup else INPUT_FAILED


class LazyGroup(click.Group):
    """A group whose commands are imported only when they are called."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error of ours is a message and an exit code, never a traceback."""
        try:
            return super().invoke(ctx)
        except SejulError as exc:
            raise Failed(exc) from exc

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(import_module(f"app.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without importing one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sejul")
def main() -> None:
    """세줄: 신문 지면 텍스트에서 기사를 나누고, 기사마다 제목과 사실인 세 줄을 뽑습니다."""
