"""`sejul doctor` says what a user needs when something is off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from app.cli import COMMANDS, LazyGroup, main
from app.cli.reference import reference

if TYPE_CHECKING:
    import pytest


def test_a_sound_installation_is_told_and_ends_well() -> None:
    """Python, libraries, device, cards, prompts and the engine that runs are all there, and nothing is wrong."""
    out = CliRunner().invoke(main, ["doctor"])
    assert out.exit_code == 0, out.output
    for said in (
        "Python: 3.",
        "torch: ",
        "kiwipiepy_model: 0.24.0",
        "장치: ",
        "모델 카드: ",
        "kobart",
        "프롬프트: ",
        "엔진: extractive",
    ):
        assert said in out.output
    assert "[!!]" not in out.output


def test_missing_cards_and_prompts_are_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A models or prompts folder that is not there is marked, named, and ends with code 3; the rest is still told."""
    monkeypatch.setenv("SEJUL_MODELS_DIR", str(tmp_path / "nowhere"))
    monkeypatch.setenv("SEJUL_PROMPTS_DIR", str(tmp_path / "nothing"))
    out = CliRunner().invoke(main, ["doctor"])
    assert out.exit_code == 3
    assert "nowhere" in out.output
    assert "nothing" in out.output
    assert "서버: 127.0.0.1:8000" in out.output


def test_secrets_are_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is set is told to be there, not what it is."""
    monkeypatch.setenv("SEJUL_API_KEYS", "cms:sesame-open")
    out = CliRunner().invoke(main, ["doctor"])
    assert "API 키 있음" in out.output
    assert "sesame" not in out.output


def test_the_table_of_commands_says_what_the_commands_say() -> None:
    """The help that --help prints without importing a command is the first sentence of the command's own."""
    group = main
    assert isinstance(group, LazyGroup)
    for name, said in COMMANDS.items():
        command = group.get_command(None, name)  # type: ignore[arg-type]  # the context is not looked at
        assert command is not None
        assert (command.help or "").startswith(said), name


def test_the_reference_is_the_commands_own_help() -> None:
    """docs/cli.md says what the commands say; `python -m app.cli.reference > docs/cli.md` remakes it."""
    root = Path(__file__).parent.parent.parent
    assert (root / "docs" / "cli.md").read_text(encoding="utf-8") == reference()
