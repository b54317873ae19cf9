"""`sejul batch` as a newsroom runs it: on folders and lines, killed and started again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import main

PAGE = """해온시, 겨울 제설차 {n}대 늘린다

해온시가 올겨울 제설차를 {n}대 늘린다. 시는 20일 제설 대책을 내놓고 다음 달 1일부터 상황실을 연다고 밝혔다.
지난해에는 눈길 사고가 {n}건 있었다. 시는 염화칼슘 480t을 미리 사들였다.

한서윤 기자 seoyun@haeon.example
"""
BODY = "해온시립도서관이 다음 달 새 열람실을 연다. 좌석은 120석이다. 오후 10시까지 문을 연다."


def batch(*args: str | Path, stdin: bytes | None = None) -> tuple[int, str]:
    """The exit status and standard error of a run in this process."""
    done = CliRunner().invoke(main, ["batch", *map(str, args)], input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stderr


def records(path: Path) -> list[dict[str, Any]]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def archive(path: Path, pages: int) -> Path:
    """A file of pages."""
    path.write_text(
        "".join(json.dumps({"id": f"p{n}", "text": PAGE.format(n=n)}) + "\n" for n in range(1, pages + 1)),
        encoding="utf-8",
    )
    return path


def untimed(record: dict[str, Any]) -> dict[str, Any]:
    """A line without what differs from run to run."""
    return {key: value for key, value in record.items() if key != "timings_ms"}


def test_a_folder_of_pages(tmp_path: Path) -> None:
    """A line for every page, with the whole response; 0 says that nothing was set aside."""
    pages = tmp_path / "in"
    pages.mkdir()
    (pages / "A01.txt").write_text(PAGE.format(n=3), encoding="utf-8-sig")
    (pages / "A02.txt").write_text(PAGE.format(n=4), encoding="cp949")
    assert batch(pages, "--out", tmp_path / "out.jsonl")[0] == 0
    one, two = records(tmp_path / "out.jsonl")
    assert (one["id"], two["id"]) == ("A01", "A02")
    assert set(one) == {"id", "articles", "skipped", "engine", "ai", "timings_ms"}
    (article,) = one["articles"]
    assert len(article["summary"]) == len(article["evidence"]) == len(article["origins"])


def test_single_articles_have_their_fields_at_the_top(tmp_path: Path) -> None:
    """Headline, summary and evidence; offsets are into `body`; an article without a headline gets one."""
    lines = tmp_path / "in.jsonl"
    lines.write_text(
        json.dumps({"id": 1, "body": BODY, "title": "새 열람실"})
        + "\n"
        + json.dumps({"id": 2, "body": BODY, "reference": "기자가 쓴 제목"}),
        encoding="utf-8",
    )
    assert batch(lines, "--out", tmp_path / "out.jsonl", "--lines", "2")[0] == 0
    one, two = records(tmp_path / "out.jsonl")
    assert one["headline"] == "새 열람실"
    assert two["headline"]
    assert two["headline"] != "기자가 쓴 제목"
    assert len(one["summary"]) == 2
    assert one["summary"] == one["articles"][0]["summary"]
    for line, spans in zip(one["summary"], one["evidence"], strict=True):
        assert all(BODY[lo:hi].strip() for lo, hi in spans), line


def test_bad_inputs_are_set_aside_and_the_exit_status_says_so(tmp_path: Path) -> None:
    """The good ones are done; run again after the repair, only the repaired one is."""
    lines = tmp_path / "in.jsonl"
    good = json.dumps({"id": "good", "text": PAGE.format(n=5)})
    lines.write_text(good + "\n{broken\n", encoding="utf-8")
    out = tmp_path / "out.jsonl"
    code, said = batch(lines, "--out", out)
    assert code == 1
    assert "1건 요약, 읽지 못한 입력 1건" in said
    (error,) = records(tmp_path / "out.errors.jsonl")
    assert (error["id"], error["line"]) == (None, 2)
    lines.write_text(good + "\n" + json.dumps({"id": "mended", "body": BODY}) + "\n", encoding="utf-8")
    code, said = batch(lines, "--out", out)
    assert code == 0
    assert "1건 요약, 이미 있던 1건, 읽지 못한 입력 0건" in said
    assert [r["id"] for r in records(out)] == ["good", "mended"]
    assert records(tmp_path / "out.errors.jsonl") == []


def test_standard_input_and_other_options(tmp_path: Path) -> None:
    """`-` reads lines from a pipe; another style on the same OUT is refused until --fresh."""
    out, raw = tmp_path / "out.jsonl", archive(tmp_path / "in.jsonl", 2).read_bytes()
    assert batch("-", "--out", out, stdin=raw)[0] == 0
    before = out.read_bytes()
    code, said = batch("-", "--out", out, "--style", "brief", stdin=raw)
    assert code == 3
    assert "--fresh" in said
    assert out.read_bytes() == before
    assert batch("-", "--out", out, "--style", "brief", "--fresh", stdin=raw)[0] == 0
    assert len(records(out)) == 2


def command(source: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    """The command in a process of its own."""
    args = [sys.executable, "-m", "app", "batch", str(source), "--out", str(out), *more]
    return subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ})


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_twenty_times_nothing_is_lost_or_twice(tmp_path: Path) -> None:
    """SIGKILL at random moments; in the end OUT is what one quiet run gives, in the inputs' order."""
    rng = random.Random(8)  # noqa: S311 - moments to kill at, not secrets
    source, out = archive(tmp_path / "in.jsonl", 60), tmp_path / "out.jsonl"
    running: subprocess.Popen[bytes] | None = None
    for _ in range(20):
        running = command(source, out)
        before = out.stat().st_size if out.exists() else 0
        target, deadline = before + rng.randrange(5_000), time.monotonic() + rng.uniform(0.2, 30)
        while running.poll() is None and time.monotonic() < deadline:
            if out.exists() and out.stat().st_size > target:
                break
            time.sleep(rng.uniform(0, 0.01))
        running.kill()
        running.wait()
    quiet = tmp_path / "quiet.jsonl"
    assert batch(source, "--out", out)[0] == batch(source, "--out", quiet)[0] == 0
    assert [untimed(r) for r in records(out)] == [untimed(r) for r in records(quiet)]


@pytest.mark.slow
def test_workers_keep_the_order_and_die_with_their_run(tmp_path: Path) -> None:
    """Two processes write what one does, in the same order; killed with -9, the run leaves no process behind."""
    source, out = archive(tmp_path / "in.jsonl", 40), tmp_path / "out.jsonl"
    running = command(source, out, "--workers", "2")
    while not (out.exists() and out.stat().st_size):
        time.sleep(0.02)
        assert running.poll() is None
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    workers = children.read_text(encoding="ascii").split() if children.exists() else []
    running.kill()
    running.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert command(source, out, "--workers", "2").wait() == 0
    assert [r["id"] for r in records(out)] == [f"p{n}" for n in range(1, 41)]


@pytest.mark.parametrize(("form", "says"), [("csv", "line_1"), ("ninjs", "composite"), ("html", "<article")])
def test_other_formats_are_made_of_the_lines(tmp_path: Path, form: str, says: str) -> None:
    """OUT in its format, the JSON lines beside it; run again, it goes on and OUT holds the new page too."""
    source, out = archive(tmp_path / "in.jsonl", 1), tmp_path / f"out.{form}"
    assert batch(source, "--out", out, "--format", form)[0] == 0
    once = out.read_text(encoding="utf-8")
    assert says in once
    archive(source, 2)
    assert batch(source, "--out", out, "--format", form)[0] == 0
    assert out.read_text(encoding="utf-8").count("제설차를 2대") > once.count("제설차를 2대")
    assert len(records(tmp_path / f"out.{form}.jsonl")) == 2
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_stops_at_once_and_says_how_to_go_on(tmp_path: Path, workers: str) -> None:
    """130, one sentence, no traceback; nothing waits for pages that will not be written."""
    source, out = archive(tmp_path / "in.jsonl", 400), tmp_path / "out.jsonl"
    args = [sys.executable, "-m", "app", "batch", str(source), "--out", str(out), "--workers", workers]
    # A shell's background jobs ignore SIGINT, and so would the command, were these tests one.
    args = ["env", "--default-signal=INT", *args]
    running = subprocess.Popen(args, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (out.exists() and out.stat().st_size):
        time.sleep(0.02)
        assert running.poll() is None
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert said == "중단했습니다. 같은 명령을 다시 실행하면 이어서 합니다.\n"
