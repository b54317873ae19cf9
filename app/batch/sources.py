"""What an archive holds: a folder of .txt, or JSON lines (plain, gzip, or from a stream), one item at a time."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias, cast

from app.errors import InputError, Invalid, SejulError, TooLarge, Unreadable
from app.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

Id: TypeAlias = str | int
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Item:
    """One input: a page, or one article where `single`."""

    id: Id
    text: str
    """The page's text, or the article's body."""
    headline: str | None = None
    single: bool = False
    place: int | str = field(default=0, compare=False)
    """Where a worker elsewhere finds it: the byte at which its line begins, or its file's name in the folder."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that could not be used, as OUT.errors.jsonl names it."""

    id: Id | None
    line: int | None
    code: str
    reason: str


def read(source: Path | BinaryIO, max_chars: int) -> Iterator[Item | Rejected]:
    """Every input of `source`, in order: a folder's .txt by name, or a file's or a stream's JSON lines.

    An id that comes a second time is rejected: its line could not be told from the first one's.
    """
    seen: set[Id] = set()
    for found in _raw(source):
        if isinstance(found, Rejected):
            yield found
            continue
        item, line = found
        try:
            _check(item, max_chars)
        except InputError as exc:
            yield _rejected(item.id, line, exc)
            continue
        if item.id in seen:
            yield Rejected(item.id, line, Invalid.code, "this id came before; give every input its own")
            continue
        seen.add(item.id)
        yield item


def at(source: Path, places: Sequence[int | str]) -> Iterator[Item | Rejected]:
    """The inputs at these places of a folder or of plain lines, which `read` has found good.

    What is not there any more is rejected: somebody writes into the archive while it is read.
    """
    if source.is_dir():
        for place in places:
            try:
                yield _file(source, str(place))
            except (InputError, OSError):
                yield Rejected(
                    str(place), None, Unreadable.code, "the file changed while the archive was read"
                )
        return
    with source.open("rb") as lines:
        for place in places:
            lines.seek(int(place))
            try:
                record = _record(lines.readline())
                yield _item(_id(record), record, int(place))
            except InputError:
                yield Rejected(None, None, Unreadable.code, "the file changed while the archive was read")


def plain(source: Path | BinaryIO, copy: Path) -> Path:
    """A folder or a file whose lines can be sought: `source` itself, or `copy` of what is packed or streamed."""
    if _is_path(source):
        path = cast("Path", source)
        if path.is_dir():
            return path
        with path.open("rb") as raw:
            if raw.read(len(_GZIP)) != _GZIP:
                return path
    # What came before the cut of a packed file is good, and `read` rejects the rest.
    with copy.open("wb") as lines, _opened(source) as raw, suppress(OSError, EOFError, zlib.error):
        lines.writelines(_plain(raw))
    return copy


def count(source: Path | BinaryIO) -> int | None:
    """How many inputs there are to read; None for a stream, which can be read only once."""
    if not _is_path(source):
        return None
    path = cast("Path", source)
    if path.is_dir():
        return len(_texts(path))
    try:
        with path.open("rb") as raw, _plain(raw) as lines:
            return sum(1 for line in lines if line.strip())
    except (OSError, EOFError, zlib.error):
        return None


def _opened(source: Path | BinaryIO) -> AbstractContextManager[BinaryIO]:
    return cast("Path", source).open("rb") if _is_path(source) else nullcontext(cast("BinaryIO", source))


def _raw(source: Path | BinaryIO) -> Iterator[tuple[Item, int | None] | Rejected]:
    if not _is_path(source):
        yield from _lines(cast("BinaryIO", source))
        return
    path = cast("Path", source)
    if path.is_dir():
        yield from _folder(path)
    else:
        with path.open("rb") as raw:
            yield from _lines(raw)


def _is_path(source: Path | BinaryIO) -> bool:
    return hasattr(source, "is_dir")


def _texts(folder: Path) -> list[Path]:
    """The folder's .txt, those of folders inside it too; hidden files are an editor's or a system's own."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() == ".txt"
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )


def _folder(folder: Path) -> Iterator[tuple[Item, None] | Rejected]:
    for path in _texts(folder):
        name = path.relative_to(folder).with_suffix("").as_posix()
        try:
            yield _file(folder, path.relative_to(folder).as_posix()), None
        except InputError as exc:
            yield _rejected(name, None, exc)
        except OSError as exc:
            yield Rejected(name, None, Unreadable.code, f"the file cannot be opened: {exc.strerror}")


def _file(folder: Path, place: str) -> Item:
    path = folder / place
    return Item(path.relative_to(folder).with_suffix("").as_posix(), decode(path.read_bytes()), place=place)


def _plain(raw: BinaryIO) -> BinaryIO:
    """The stream, unpacked where its first bytes say gzip, whatever the file is called."""
    ahead = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", raw))
    packed = ahead.peek(len(_GZIP))[: len(_GZIP)] == _GZIP
    return cast("BinaryIO", gzip.GzipFile(fileobj=ahead) if packed else ahead)


def _lines(raw: BinaryIO) -> Iterator[tuple[Item, int] | Rejected]:
    number = end = 0
    try:
        for number, line in enumerate(_plain(raw), start=1):
            place, end = end, end + len(line)
            if not line.strip():
                continue
            identity: Id | None = None
            try:
                record = _record(line)
                identity = _id(record)
                yield _item(identity, record, place), number
            except InputError as exc:
                yield _rejected(identity, number, exc)
    except (OSError, EOFError, zlib.error) as exc:
        # A packed file that was cut short: what came before is good and was handed out.
        reason = f"the file is damaged after line {number}: {exc}; pack it again"
        yield Rejected(None, number + 1, Unreadable.code, reason)


def _record(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(decode(line))
    except (json.JSONDecodeError, RecursionError) as exc:
        where = f" at character {exc.pos + 1}" if isinstance(exc, json.JSONDecodeError) else ""
        raise Unreadable(f"not JSON{where}; each line is one object") from exc
    except ValueError as exc:
        raise Unreadable("not JSON that can be read: a number has too many digits") from exc
    if not isinstance(record, dict):
        raise Unreadable("not a JSON object; each line is one object with `id` and `text` or `body`")
    return record


def _id(record: dict[str, Any]) -> Id:
    value = record.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise Invalid("`id` is missing, or neither a string nor a whole number")
    return value


def _item(identity: Id, record: dict[str, Any], place: int) -> Item:
    text, body = record.get("text"), record.get("body")
    if (text is None) == (body is None):
        raise Invalid("give either `text` (a page) or `body` (one article)")
    if text is not None:
        return Item(identity, _string("text", text), place=place)
    headline = next((h for h in (record.get("headline"), record.get("title")) if h is not None), None)
    if headline is not None:
        headline = _string("headline", headline).strip() or None
    return Item(identity, _string("body", body), headline, single=True, place=place)


def _string(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise Invalid(f"`{name}` is not a string")
    return value


def _check(item: Item, max_chars: int) -> None:
    """What would fail further down, or leave an empty line behind."""
    if not item.text.strip():
        raise Invalid("there is no text in it")
    if len(item.text) > max_chars:
        raise TooLarge(f"{len(item.text)} characters, over SEJUL_MAX_CHARS ({max_chars}); send it in parts")
    if "\x00" in item.text:
        raise Unreadable("a NUL character in it: this is a binary file, or UTF-16 without a BOM")
    try:
        f"{item.id}{item.headline}{item.text}".encode()
    except UnicodeEncodeError as exc:
        raise Unreadable("half of a surrogate pair in it, which is no character") from exc


def _rejected(identity: Id | None, line: int | None, exc: SejulError) -> Rejected:
    return Rejected(identity, line, exc.code, str(exc))
