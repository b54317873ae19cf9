"""Bodies into requests: JSON, a page as text/plain, or a page as an uploaded file; nothing touches the disk."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.api.errors import FieldProblem, InvalidFields, invalid_fields
from app.api.requests import SplitRequest, SummarizeRequest
from app.errors import TooLarge, Unreadable, Unsupported
from app.text.decoding import decode

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

JSON, TEXT, FORM = "application/json", "text/plain", "multipart/form-data"

_MOST_FIELDS = 16

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Sent:
    """A body as it came in."""

    body: bytes
    content_type: str
    query: dict[str, Any]
    """The options that were given as query parameters, already checked; they go before those of the body."""


def summarize_request(sent: Sent, max_chars: int) -> SummarizeRequest:
    """The request of POST /summarize.

    Raises:
        Unsupported: a media type or a charset that is not served.
        Unreadable: not text, or not JSON.
        Invalid: a field is unknown, missing or out of its range.
        TooLarge: over `max_chars`.
    """
    request = _parse(sent, SummarizeRequest)
    _check_length(request.chars, max_chars)
    return request


def split_request(sent: Sent, max_chars: int) -> SplitRequest:
    """The request of POST /split; raises as `summarize_request` does."""
    request = _parse(sent, SplitRequest)
    _check_length(len(request.text), max_chars)
    return request


def _parse(sent: Sent, shape: type[Shape]) -> Shape:
    kind, parameters = _media_type(sent.content_type)
    charset = parameters.get("charset")
    if kind == JSON:
        fields = _json(sent.body, charset)
    elif kind == TEXT:
        fields = {"text": decode(sent.body, charset or "utf-8")}
    elif kind == FORM:
        fields = _form(sent)
    else:
        raise Unsupported(f"send {JSON}, {TEXT} or {FORM}, and say so (curl: -H 'Content-Type: text/plain')")
    try:
        return shape.model_validate(fields).model_copy(update=sent.query)
    except ValidationError as exc:
        raise invalid_fields(exc) from None


def _check_length(chars: int, most: int) -> None:
    if chars > most:
        raise TooLarge(f"the text has {chars} characters; at most {most} are taken: send a page at a time")


def _media_type(header: str) -> tuple[str, dict[str, str]]:
    kind, parameters = parse_options_header(header)
    return (
        kind.decode("latin-1").strip().lower(),
        {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in parameters.items()},
    )


def _json(body: bytes, charset: str | None) -> dict[str, Any]:
    """An object, by RFC 8259 and no more: UTF-8, each key once, only characters that are characters."""
    if (charset or "utf-8").strip().lower() not in {"utf-8", "utf8"}:
        raise Unsupported("JSON is UTF-8 (RFC 8259); send the page as text/plain with its charset instead")
    try:
        value = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError as exc:
        raise Unreadable(f"the JSON is not UTF-8: byte {exc.start} is wrong") from None
    except json.JSONDecodeError as exc:
        raise Unreadable(f"not JSON: {exc.msg} at character {exc.pos}") from None
    except RecursionError:
        raise Unreadable("the JSON is nested too deep") from None
    except ValueError:
        raise Unreadable("a number in the JSON is too long") from None
    if not isinstance(value, dict):
        raise InvalidFields([FieldProblem(field="body", reason="must be a JSON object")])
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise Unreadable("a key stands twice in one JSON object; which one is meant cannot be known")
    for name, value in pairs:
        try:
            name.encode()
            if isinstance(value, str):
                value.encode()
        except UnicodeEncodeError:
            raise Unreadable("half a surrogate pair stands in the JSON; it is no character") from None
    return fields


def _no_constant(name: str) -> NoReturn:
    raise Unreadable(f"{name} is not JSON")


@dataclass(slots=True)
class _Part:
    """A part of a form as it is read."""

    headers: dict[str, str] = field(default_factory=dict)
    data: bytearray = field(default_factory=bytearray)


def _form(sent: Sent) -> dict[str, Any]:
    """The one file of a form, decoded, and the options beside it."""
    fields: dict[str, Any] = {}
    for part in _parts(sent):
        _, disposition = _media_type(part.headers.get("content-disposition", ""))
        name = disposition.get("name", "")
        if "filename" in disposition and "text" not in fields:
            _, parameters = _media_type(part.headers.get("content-type", ""))
            fields["text"] = decode(bytes(part.data), parameters.get("charset"))
        elif "filename" in disposition or name == "text" or (name in fields and name != "include"):
            raise InvalidFields(
                [FieldProblem(field="file", reason="a form has one file, and each option once")]
            )
        elif name == "include":
            fields.setdefault("include", []).append(decode(bytes(part.data)))
        else:
            value = decode(bytes(part.data))
            number = name == "lines" and value.isascii() and value.isdecimal()
            fields[name] = int(value[:9]) if number else value
    if "text" not in fields:
        raise InvalidFields([FieldProblem(field="file", reason="a form must have the page as a file")])
    return fields


def _parts(sent: Sent) -> list[_Part]:
    """The parts of a form, kept in memory: the framework's own parser would put large files on the disk."""
    boundary = _media_type(sent.content_type)[1].get("boundary", "")
    parts: list[_Part] = []
    name, value = bytearray(), bytearray()
    ended = False

    def begin() -> None:
        if len(parts) == _MOST_FIELDS:
            raise Unreadable(f"a form has at most {_MOST_FIELDS} parts")
        parts.append(_Part())

    def header() -> None:
        parts[-1].headers[name.decode("latin-1").lower()] = value.decode("latin-1")
        name.clear()
        value.clear()

    def end() -> None:
        nonlocal ended
        ended = True

    callbacks: MultipartCallbacks = {
        "on_part_begin": begin,
        "on_part_data": lambda data, start, stop: parts[-1].data.extend(data[start:stop]),
        "on_header_field": lambda data, start, stop: name.extend(data[start:stop]),
        "on_header_value": lambda data, start, stop: value.extend(data[start:stop]),
        "on_header_end": header,
        "on_end": end,
    }
    try:
        MultipartParser(boundary.encode("latin-1"), callbacks).write(sent.body)
    except FormParserError:
        ended = False
    if not ended:
        raise Unreadable("not a multipart form with one file in it, or not all of one")
    return parts
