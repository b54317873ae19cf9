"""The submitted text in one form: NFC, plain spaces, line feeds; each character knows where it came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from typing import TYPE_CHECKING

from app.domain import Traced

if TYPE_CHECKING:
    from collections.abc import Callable

# What takes no room on paper: zero-width spaces and joiners, soft hyphens, BOMs, bidi controls, other controls.
_INVISIBLE = re.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_PLAIN = re.compile(r"[\n -~가-힣]+")
_MARK = re.compile(r"[\u0300-\u036f\u1160-\u11ff\u3099\u309a\ud7b0-\ud7ff]")


def normalize(source: str) -> Traced:
    """`source` in NFC, with line feeds for every kind of line break, plain spaces, and nothing invisible.

    Tabs stay (a table's columns are told by them). Full-width digits, letters and punctuation become plain.
    Linear in the length of `source`.
    """
    text: list[str] = []
    starts, ends = array("I"), array("I")

    def put(piece: str, start: int, end: int) -> None:
        text.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))

    at = 0
    while at < len(source):
        plain = _PLAIN.match(source, at)
        if plain is not None:
            # The last character may carry a combining mark that follows it.
            end = plain.end()
            if end < len(source) and _combines(source[end]):
                end -= 1
            text.append(source[at:end])
            starts.extend(range(at, end))
            ends.extend(range(at + 1, end + 1))
            if end > at:
                at = end
                continue
        at = _other(source, at, put)
    return Traced("".join(text), source, starts, ends)


def _other(source: str, at: int, put: Callable[[str, int, int], None]) -> int:
    """One character outside plain Korean and ASCII, or a cluster of a letter and its marks."""
    char = source[at]
    if char == "\r":
        end = at + (2 if source.startswith("\r\n", at) else 1)
        put("\n", at, end)
    elif char in "\v\f\x1c\x1d\x1e\x85\u2028\u2029":
        end = at + 1
        put("\n", at, end)
    elif char == "\t":
        end = at + 1
        put("\t", at, end)
    elif _INVISIBLE.match(char):
        end = at + 1
    else:
        end = at + 1
        while end < len(source) and _combines(source[end]):
            end += 1
        put(_form(source[at:end]), at, end)
    return end


def _combines(char: str) -> bool:
    return _MARK.match(char) is not None


def _form(cluster: str) -> str:
    if len(cluster) == 1:
        if cluster.isspace():
            return " "
        if "！" <= cluster <= "～":
            return chr(ord(cluster) - 0xFEE0)
    return unicodedata.normalize("NFC", cluster)
