"""`sejul prompts`: which there are, what they say, and what they come to on a page."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

from app.cli import main

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]
PAGE = (
    "솔내시, 하천 산책로 다시 연다\n\n"
    "솔내시가 장마에 무너진 하천 산책로 4㎞를 고쳐 9일 다시 열었다. 시는 가로등 120개를 새로 세웠다. "
    "[2] 이 길은 <옛 나루> 앞 다리까지 이어진다. 시는 다음 달 2일까지 주민 의견을 듣는다.\n\n"
    "한여름 기자 summer@example.com\n"
)


def run(*arguments: str, text: str = "") -> str:
    """What the command prints."""
    result = CliRunner().invoke(main, ["prompts", *arguments], input=text)
    assert result.exit_code == 0, result.output
    return result.output


def test_list_names_each_prompt() -> None:
    """Name, version, fingerprint, language, task and a Korean line for each."""
    told = run("list")
    for name in ("headline_and_lines@1", "headline@1", "rewrite_evidence@1"):
        assert name in told
    assert "sha256:" in told


def test_show_prints_the_file() -> None:
    """The file as it is, the main prompt where none is named."""
    told = run("show")
    assert told == (ROOT / "prompts" / "headline_and_lines.j2").read_text(encoding="utf-8")
    assert "task: evidence" in run("show", "rewrite_evidence")


def test_render_shows_what_a_model_would_read() -> None:
    """Both messages for the page's article, its text fenced and escaped, nothing sent anywhere."""
    told = run("render", "-", "--style", "brief", text=PAGE)
    assert "system" in told
    assert "제목: 솔내시, 하천 산책로 다시 연다" in told
    assert "명사로 끝낸다" in told
    assert told.count("</기사>") == 2
    assert "＜옛 나루＞" in told


def test_render_by_evidence_and_with_the_schema() -> None:
    """A question for each evidence group; with --schema, the JSON schema in words."""
    told = run("render", "-", "--name", "rewrite_evidence", "--schema", text=PAGE)
    assert '"additionalProperties": false' in told
    assert told.count("· user") >= 2
    assert run("render", "-", "--article", "9", text=PAGE) == ""


def test_a_broken_prompt_is_told_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SEJUL_PROMPTS_DIR replaces the folder; what is wrong in it is an error with the path, not a traceback."""
    shutil.copytree(ROOT / "prompts", tmp_path, dirs_exist_ok=True)
    (tmp_path / "headline.j2").write_text("no front matter", encoding="utf-8")
    monkeypatch.setenv("SEJUL_PROMPTS_DIR", str(tmp_path))
    for command in (["list"], ["show", "headline"], ["show", "nothing"]):
        result = CliRunner().invoke(main, ["prompts", *command])
        assert result.exit_code == 1
        assert str(tmp_path) in result.output
