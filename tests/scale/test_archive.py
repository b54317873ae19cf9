"""`sejul batch --ray`: the same lines as without Ray, each once, whatever dies on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from app.batch import Ledger
from app.batch.parquet import ParquetLedger
from app.errors import SetupError
from bench.archive import workers_of, write_archive
from tests.cli.test_batch import batch, records, untimed
from tests.scale.conftest import PATIENCE_S, wait_for

if TYPE_CHECKING:
    from tests.scale.conftest import Cluster

pytestmark = [pytest.mark.ray, pytest.mark.timeout(600)]
parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra [ray]; `make test-ray` installs it")
pytest.importorskip("ray", reason="needs the extra [ray]; `make test-ray` installs it")

PAGES = 60


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short pages, and between them a line that is no JSON and an id that comes twice."""
    path = tmp_path_factory.mktemp("archive") / "in.jsonl"
    write_archive(path, PAGES)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[:20], "{broken\n", lines[3], *lines[20:]]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def expected(archive: Path) -> dict[str, dict[str, Any]]:
    """What one process makes of it."""
    assert batch(archive, "--out", archive.with_name("plain.jsonl"))[0] == 1
    return by_id(records(archive.with_name("plain.jsonl")))


def by_id(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Lines by their ids, of which none may come twice."""
    lines = {record["id"]: untimed(record) for record in found}
    assert len(lines) == len(found)
    return lines


def start(archive: Path, out: Path, *more: str, **environment: str) -> psutil.Popen:
    """The command in a process of its own, with two workers."""
    args = [sys.executable, "-m", "app", "batch", str(archive), "--out", str(out), "--ray", "--workers", "2"]
    given = {name: value for name, value in os.environ.items() if not name.startswith("SEJUL_")}
    return psutil.Popen(
        [*args, *more], env=given | environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )  # fmt: skip


def test_killed_workers_and_runs_lose_nothing_and_double_nothing(
    archive: Path, expected: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """A worker is killed, then the whole run with -9; started again it goes on, and leaves no process behind."""
    out = tmp_path / "out.jsonl"
    with start(archive, out) as run:
        wait_for(lambda: bool(out.exists() and out.stat().st_size) or run.poll() is not None)
        first, *_ = workers_of(run)
        first.kill()
        half = out.stat().st_size
        wait_for(lambda: out.stat().st_size > half or run.poll() is not None)
        left = run.children(recursive=True)
        run.kill()
    _, alive = psutil.wait_procs(left, timeout=PATIENCE_S)
    assert alive == []
    again = start(archive, out)
    _, said = again.communicate(timeout=PATIENCE_S)
    assert again.returncode == 1, said
    assert "읽지 못한 입력 2건" in said
    assert by_id(records(out)) == expected
    errors = records(tmp_path / "out.errors.jsonl")
    assert [(error["id"], error["line"]) for error in errors] == [(None, 21), ("p3", 22)]


def test_parts_of_parquet_on_a_cluster(
    cluster: Cluster, archive: Path, expected: dict[str, dict[str, Any]], tmp_path: Path
) -> None:
    """One row a page, readable by itself; other options are refused, the same ones find all done."""
    cluster.run(sys.executable, "-m", "app", "serve-ray", "--address", cluster.address, "--stop")
    out = tmp_path / "out.parquet"
    command = [
        sys.executable,
        "-m",
        "app",
        "batch",
        str(archive),
        "--out",
        str(out),
        "--format",
        "parquet",
        "--ray",
    ]
    joined = {"SEJUL_RAY_ADDRESS": cluster.address}
    done = cluster.run(*command, **joined)
    assert done.returncode == 1, done.stderr
    rows = parquet.read_table(out).to_pylist()
    assert by_id([json.loads(row["record"]) for row in rows]) == expected
    assert all(row["articles"][0]["summary"] == expected[row["id"]]["articles"][0]["summary"] for row in rows)
    refused = cluster.run(*command, "--style", "brief", **joined)
    assert (refused.returncode, "--fresh" in refused.stderr) == (3, True)
    again = cluster.run(*command, **joined)
    assert f"이미 있던 {PAGES}건" in again.stderr


def test_a_part_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """What a kill left half written is not a part; its pages are done anew, and damaged parts are named."""
    record = {
        "id": 7,
        "articles": [],
        "engine": {"name": "extractive"},
        "ai": {"generated": False, "label": "표"},
    }
    out = tmp_path / "out.parquet"
    with ParquetLedger(out).open({"style": "brief"}) as ledger:
        ledger.write(record)
        ledger.write(record | {"id": "7"})
    (out / "part-000001.tmp").write_bytes(b"PAR1 torn")
    with ParquetLedger(out).open({"style": "brief"}) as ledger:
        assert ledger.done == {7, "7"}
        assert list(ledger.records()) == [record, record | {"id": "7"}]
        ledger.write(record | {"id": "둘째"})
    assert [part.name for part in sorted(out.glob("part-*"))] == [
        "part-000000.parquet",
        "part-000001.parquet",
    ]
    (out / "part-000001.parquet").write_bytes(b"PAR1")
    with pytest.raises(SetupError, match="part-000001"), ParquetLedger(out).open({"style": "brief"}):
        pass
    with pytest.raises(SetupError, match="folder"), Ledger(out).open({}):
        pass
