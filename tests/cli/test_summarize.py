"""`sejul summarize` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.cli.watch import watch
from app.errors import Unreadable
from tests.typeset import CHROMIUM, columns, typeset

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "examples" / "page.txt"


def sejul(*args: str | Path, stdin: bytes = b"") -> Result:
    """Run the command in this process, without a terminal."""
    return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)


def test_help_answers_at_once() -> None:
    """`sejul --help` takes under half a second of processor time, whatever else the machine does."""
    code = (
        "import atexit, runpy, sys, time; sys.argv = ['sejul', '--help'];"
        "atexit.register(lambda: print(time.process_time(), file=sys.stderr));"
        "runpy.run_module('app', run_name='__main__')"
    )
    out = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "summarize" in out.stdout
    assert float(out.stderr) < 0.5


def test_it_runs_as_a_module_in_a_process_of_its_own() -> None:
    """`python -m app summarize FILE` prints the page and ends with 0."""
    command = [sys.executable, "-m", "app", "summarize", str(SAMPLE)]
    out = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "달빛병원" in out.stdout


def test_table_holds_headlines_lines_and_skipped() -> None:
    """The demo's table shows the headline, the caption and the ad among what was skipped, and what ran."""
    out = sejul("summarize", "--format", "table", SAMPLE).stdout
    flat = "".join(out.replace("│", "").split())
    for shown in ("‘달빛병원’", "사진설명", "광고", "엔진extractive"):
        assert shown in flat


def test_pipe_gets_plain_text() -> None:
    """Without a terminal the answer is plain lines: a number, the headline, its lines."""
    out = sejul("summarize", SAMPLE).stdout
    assert "\n2. 심야 소아진료 ‘달빛병원’ 두 곳으로 는다\n   - " in out
    assert "┃" not in out


def test_standard_input_and_json() -> None:
    """A page on standard input with --json gives the server's response."""
    out = sejul("summarize", "--json", stdin=SAMPLE.read_bytes())
    document = json.loads(out.stdout)
    assert set(document) == {"articles", "skipped", "engine", "ai", "timings_ms"}
    assert document["engine"]["name"] == "extractive"
    assert [len(a["summary"]) for a in document["articles"]] == [3, 3, 3]


@pytest.mark.parametrize("codec", ["cp949", "utf-8-sig"])
def test_cp949_and_bom_files_read_like_utf8(codec: str, tmp_path: Path) -> None:
    """A CP949 file and one with a BOM give what the UTF-8 file gives."""
    text = SAMPLE.read_text(encoding="utf-8")
    (tmp_path / "page.txt").write_bytes(text.encode(codec))
    (tmp_path / "same.txt").write_bytes(text.encode("utf-8"))
    out = sejul("summarize", "--json", tmp_path / "page.txt", tmp_path / "same.txt").stdout
    first, second = (json.loads(line) for line in out.splitlines())
    assert first["articles"] == second["articles"]


def test_one_unreadable_file_does_not_lose_the_others(tmp_path: Path) -> None:
    """A broken file is said on standard error with its code, the rest is printed, the exit code is 1."""
    (tmp_path / "broken.txt").write_bytes(b"\x89PNG\xff\xff\x80")
    out = sejul("summarize", tmp_path / "broken.txt", SAMPLE)
    assert out.exit_code == 1
    assert "broken.txt: unreadable_body" in out.stderr
    assert "달빛병원" in out.stdout


def test_an_empty_page_is_an_empty_answer() -> None:
    """Nothing in, no article out, and no error."""
    out = sejul("summarize", "--json", stdin=b"  \n ")
    assert out.exit_code == 0
    assert json.loads(out.stdout)["articles"] == []


def test_a_wrong_option_is_a_usage_error() -> None:
    """--lines 0 ends with click's exit code 2."""
    assert sejul("summarize", "--lines", "0", SAMPLE).exit_code == 2


def test_an_unknown_engine_is_a_setup_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that is not there ends with code 3 and is named, without a traceback."""
    monkeypatch.setenv("SEJUL_ENGINE", "kobrat")
    out = sejul("summarize", SAMPLE)
    assert out.exit_code == 3
    assert "kobrat" in out.stderr
    assert "Traceback" not in out.stderr


def test_watched_pages_get_results_beside_them(tmp_path: Path) -> None:
    """A page in a watched folder is answered once it stands still, a broken one gets an error, none twice."""
    (tmp_path / "a.txt").write_text("가", encoding="utf-8")
    (tmp_path / "b.txt").write_text("나", encoding="utf-8")
    seen: list[bytes] = []

    def summarize(raw: bytes) -> dict[str, object]:
        seen.append(raw)
        if raw.decode() == "나":
            raise Unreadable("broken")
        return {"articles": []}

    watch(tmp_path, summarize, rounds=3)
    assert seen == ["가".encode(), "나".encode()]
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == {"articles": []}
    assert json.loads((tmp_path / "b.error.json").read_text(encoding="utf-8"))["code"] == "unreadable_body"
    assert not list(tmp_path.glob("*.part"))


def test_markdown_carries_the_label() -> None:
    """--format markdown prints headings, lines and the label that says sentences were picked."""
    out = sejul("summarize", "--format", "markdown", SAMPLE).stdout
    assert "달빛병원" in out
    assert "주요 문장 추출" in out
    assert "┃" not in out


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium and fonts-noto-cjk")
@pytest.mark.system
def test_a_pdf_is_a_page_too(tmp_path: Path) -> None:
    """A born-digital PDF goes in as a text file does."""
    body = [
        "해온시는 새 도서관을 다음 달 연다. 장서는 3만 권이다.",
        "시는 개관 첫 주에 강연을 다섯 차례 마련한다.",
    ]
    raw = typeset("<h1>해온시 도서관 다음 달 개관</h1>" + columns(body, "한서윤 기자", 2), tmp_path)
    (tmp_path / "page.pdf").write_bytes(raw)
    out = sejul("summarize", tmp_path / "page.pdf")
    assert out.exit_code == 0
    assert "해온시 도서관 다음 달 개관" in out.stdout
