"""What an archive's inputs are read as, and what is set aside with which reason."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.batch import Item, Rejected, count, read
from app.batch.sources import at, plain

PAGE = "해온시, 겨울 제설차 12대 늘린다\n\n해온시가 올겨울 제설차를 12대 늘린다."


def lines(tmp_path: Path, *records: Any, name: str = "in.jsonl") -> Path:
    """A file of JSON lines; bytes are written as they are."""
    raw = b"".join((r if isinstance(r, bytes) else json.dumps(r).encode()) + b"\n" for r in records)
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_folder_is_read_in_the_encodings_that_newsrooms_have(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with or without BOM and CP949; the id is the file's stem."""
    (tmp_path / "A07.txt").write_bytes(PAGE.encode(encoding))
    (tmp_path / "notes.md").write_text("not a page", encoding="utf-8")
    (tmp_path / ".hidden.txt").write_text("an editor's own", encoding="utf-8")
    assert list(read(tmp_path, 1000)) == [Item("A07", PAGE)]
    assert count(tmp_path) == 1


def test_folders_inside_a_folder_keep_their_names(tmp_path: Path) -> None:
    """An archive sorted by day has the same file names in each; the ids stay apart."""
    for day in ("20", "21"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "A01.txt").write_text(PAGE, encoding="utf-8")
    assert [item.id for item in read(tmp_path, 1000)] == ["20/A01", "21/A01"]


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz", "packed-without-saying-so.gz"])
def test_lines_are_pages_or_single_articles(tmp_path: Path, name: str) -> None:
    """`text` is a page, `body` an article under its `headline` or `title`; other keys mean nothing."""
    path = lines(
        tmp_path,
        {"id": "p", "text": PAGE, "style": "columns", "lines": 9},
        {"id": 7, "body": "본문이다.", "title": "제목", "reference": "남의 제목"},
        {"id": "b", "body": "본문이다.", "headline": "머리", "title": "제목", "text": None},
        {"id": "n", "body": "본문이다."},
        name=name,
    )
    assert list(read(path, 1000)) == [
        Item("p", PAGE),
        Item(7, "본문이다.", "제목", single=True),
        Item("b", "본문이다.", "머리", single=True),
        Item("n", "본문이다.", None, single=True),
    ]
    assert count(path) == 4


def test_a_stream_is_read_once(tmp_path: Path) -> None:
    """Standard input gives the same items, packed or not, and cannot be counted ahead."""
    raw = lines(tmp_path, {"id": 1, "text": PAGE}, name="x.gz").read_bytes()
    for stream in (raw, gzip.decompress(raw)):
        assert list(read(io.BufferedReader(io.BytesIO(stream)), 1000)) == [Item(1, PAGE)]
    assert count(io.BufferedReader(io.BytesIO(raw))) is None


@pytest.mark.parametrize(
    ("record", "code", "says"),
    [
        (b"{broken", "unreadable_body", "not JSON at character 2"),
        (b"[1]", "unreadable_body", "object"),
        (b'{"id": "\xff\xff"}', "unreadable_body", "UTF-8"),
        (b"[" * 100_000, "unreadable_body", "not JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}", "unreadable_body", "digits"),
        ({"text": PAGE}, "invalid_request", "`id`"),
        ({"id": True, "text": PAGE}, "invalid_request", "`id`"),
        ({"id": "x"}, "invalid_request", "either"),
        ({"id": "x", "text": PAGE, "body": PAGE}, "invalid_request", "either"),
        ({"id": "x", "text": 3}, "invalid_request", "`text`"),
        ({"id": "x", "body": PAGE, "title": ["a"]}, "invalid_request", "`headline`"),
        ({"id": "x", "text": " \n"}, "invalid_request", "no text"),
        ({"id": "x", "text": "가" * 1001}, "too_large", "1001 characters"),
        ({"id": "x", "text": "가\x00나"}, "unreadable_body", "NUL"),
        ({"id": "x", "text": "\ud800"}, "unreadable_body", "surrogate"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, record: Any, code: str, says: str) -> None:
    """A bad line is set aside with its number and a reason that quotes no article text; the next one counts."""
    bad, good = read(lines(tmp_path, record, {"id": "good", "text": PAGE}), 1000)
    assert isinstance(bad, Rejected)
    assert (bad.line, bad.code) == (1, code)
    assert says in bad.reason
    assert "제설차" not in bad.reason
    assert good == Item("good", PAGE)


def test_an_id_that_comes_twice_is_set_aside(tmp_path: Path) -> None:
    """Two lines of OUT with one id could not be told apart, and one would be lost on going on."""
    first, second = read(lines(tmp_path, {"id": "a", "text": PAGE}, {"id": "a", "text": "다른 지면"}), 1000)
    assert first == Item("a", PAGE)
    assert isinstance(second, Rejected)
    assert (second.id, second.line) == ("a", 2)


def test_a_packed_file_that_was_cut_gives_what_it_has(tmp_path: Path) -> None:
    """The lines before the damage are used; the damage is named."""
    path = lines(tmp_path, *({"id": n, "text": f"{PAGE} {n * 7919}"} for n in range(500)), name="x.gz")
    path.write_bytes(path.read_bytes()[:-200])
    *items, damage = read(path, 1000)
    assert [item.id for item in items] == list(range(len(items)))
    assert isinstance(damage, Rejected)
    assert damage.line == len(items) + 1
    assert count(path) is None


@pytest.mark.parametrize("name", ["in.jsonl", "in.jsonl.gz"])
def test_inputs_are_found_again_at_their_places(tmp_path: Path, name: str) -> None:
    """Where an input was read, a worker that was told the place alone reads the same."""
    records = [{"id": f"쪽{n}", "text": PAGE * n} for n in range(1, 5)]
    path = lines(tmp_path, records[0], b"", b"{broken", *records[1:], name=name)
    items = [item for item in read(path, 1000) if isinstance(item, Item)]
    found = plain(path, tmp_path / "copy")
    assert (found == path) == (name == "in.jsonl")
    assert len(items) == 4
    assert list(at(found, [item.place for item in reversed(items)])) == items[::-1]


def test_files_of_a_folder_are_found_again(tmp_path: Path) -> None:
    """A folder's places are names; what was taken away meanwhile is rejected, not fatal."""
    (tmp_path / "20").mkdir()
    for name in ("A01.txt", "A02.TXT"):
        (tmp_path / "20" / name).write_text(PAGE, encoding="utf-8")
    items = [item for item in read(tmp_path, 1000) if isinstance(item, Item)]
    places = [item.place for item in items]
    assert list(at(plain(tmp_path, tmp_path / "copy"), places)) == items
    (tmp_path / "20" / "A01.txt").unlink()
    gone, there = at(tmp_path, places)
    assert isinstance(gone, Rejected)
    assert there == items[1]


def test_a_stream_is_copied_and_a_torn_pack_keeps_what_came_before(tmp_path: Path) -> None:
    """Standard input can be read once, and a packed file only from its start: both become plain lines."""
    raw = lines(tmp_path, *({"id": n, "text": PAGE * (n + 1)} for n in range(200))).read_bytes()
    assert plain(io.BytesIO(raw), tmp_path / "copy").read_bytes() == raw
    packed = tmp_path / "in.gz"
    packed.write_bytes(gzip.compress(raw)[:-200])
    read_before = [item for item in read(packed, 10**6) if isinstance(item, Item)]
    copy = plain(packed, tmp_path / "copy")
    assert list(at(copy, [item.place for item in read_before])) == read_before
