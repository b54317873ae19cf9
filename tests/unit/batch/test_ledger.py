"""OUT, its errors and its state, after every kind of interruption."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.batch import Ledger, Rejected
from app.errors import SetupError

OPTIONS = {"style": "sentence", "lines": 3}


def filled(out: Path) -> Path:
    """OUT with two lines."""
    with Ledger(out).open(OPTIONS) as ledger:
        ledger.write({"id": "가", "n": 1})
        ledger.write({"id": 2, "n": 2})
        ledger.reject(Rejected(None, 3, "unreadable_body", "not JSON"))
    return out


def test_the_files_stand_beside_out(tmp_path: Path) -> None:
    """OUT.jsonl, OUT.errors.jsonl and OUT.state; each line is one JSON object."""
    out = filled(tmp_path / "out.jsonl")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.errors.jsonl", "out.jsonl", "out.state"]
    assert [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()] == [
        {"id": "가", "n": 1},
        {"id": 2, "n": 2},
    ]
    error = json.loads((tmp_path / "out.errors.jsonl").read_text(encoding="utf-8"))
    assert error == {"id": None, "line": 3, "code": "unreadable_body", "reason": "not JSON"}


def test_every_torn_end_is_cut_off(tmp_path: Path) -> None:
    """Whatever byte the last write stopped at, the whole lines are kept and the torn one is done anew."""
    out = filled(tmp_path / "out.jsonl")
    whole = out.read_bytes()
    first = whole.index(b"\n") + 1
    for end in range(len(whole) + 1):
        out.write_bytes(whole[:end])
        with Ledger(out).open(OPTIONS) as ledger:
            kept = whole[: 0 if end < first else first if end < len(whole) else end]
            assert out.read_bytes() == kept
            assert (
                ledger.done == {"가", 2} if end == len(whole) else ledger.done == ({"가"} if kept else set())
            )


def test_errors_are_written_anew_in_every_run(tmp_path: Path) -> None:
    """An input that could not be read is tried again, so it is named once, or no more."""
    out = filled(tmp_path / "out.jsonl")
    with Ledger(out).open(OPTIONS):
        pass
    assert (tmp_path / "out.errors.jsonl").read_bytes() == b""


def test_other_options_are_refused_without_fresh(tmp_path: Path) -> None:
    """One OUT holds lines of one kind; --fresh gives up what is there."""
    out = filled(tmp_path / "out.jsonl")
    before = out.read_bytes()
    with pytest.raises(SetupError, match="lines=3"), Ledger(out).open({**OPTIONS, "lines": 2}):
        pass
    assert out.read_bytes() == before
    with Ledger(out).open({**OPTIONS, "lines": 2}, fresh=True) as ledger:
        assert ledger.done == set()
    assert out.read_bytes() == b""


def test_a_file_of_someone_else_is_not_touched(tmp_path: Path) -> None:
    """OUT without its state was not made here."""
    out = tmp_path / "out.jsonl"
    out.write_text('{"mine": 1}\n', encoding="utf-8")
    with pytest.raises(SetupError, match=r"without out\.state"), Ledger(out).open(OPTIONS):
        pass
    assert out.read_text(encoding="utf-8") == '{"mine": 1}\n'


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    """A line in the middle that is not ours stops the run instead of being done twice."""
    out = filled(tmp_path / "out.jsonl")
    out.write_bytes(b"{}\n" + out.read_bytes())
    with pytest.raises(SetupError, match="line 1"), Ledger(out).open(OPTIONS):
        pass


def test_two_runs_do_not_share_an_out(tmp_path: Path) -> None:
    """The second is refused while the first writes."""
    out = tmp_path / "out.jsonl"
    with (
        Ledger(out).open(OPTIONS),
        pytest.raises(SetupError, match="another run"),
        Ledger(out).open(OPTIONS),
    ):
        pass


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """The message says what to do."""
    with (
        pytest.raises(SetupError, match="make it first"),
        Ledger(tmp_path / "no" / "out.jsonl").open(OPTIONS),
    ):
        pass
