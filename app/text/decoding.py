"""Bytes of a file or a request into text: UTF-8 with or without BOM, CP949, or what the sender named."""

from __future__ import annotations

import codecs

from app.errors import Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What Korean newsroom systems send; anything else is named in the error rather than guessed at.
_CHARSETS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "utf-16": "utf-16",
    "cp949": "cp949", "ms949": "cp949", "windows-949": "cp949", "uhc": "cp949", "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949", "euckr": "cp949",
}  # fmt: skip


def decode(raw: bytes, charset: str | None = None) -> str:
    """The text of `raw`; a BOM decides, then `charset`, then UTF-8, then CP949 where UTF-8 fails.

    A BOM is not part of the text. With `charset` given nothing is guessed.

    Raises:
        Unreadable: the bytes are not text in that charset, or in neither UTF-8 nor CP949.
    """
    for bom, codec in _BOMS:
        if raw.startswith(bom):
            return _decode(raw, codec)
    if charset is not None:
        codec = _CHARSETS.get(charset.strip().strip("\"'").lower(), "")
        if not codec:
            raise Unreadable(f"charset {charset[:40]!r} is not served; send UTF-8 or CP949 (EUC-KR)")
        return _decode(raw, codec)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as broken:
        try:
            return raw.decode("cp949")
        except UnicodeDecodeError:
            raise Unreadable(
                f"neither UTF-8 (byte {broken.start} is wrong) nor CP949; save the file as UTF-8"
            ) from broken


def _decode(raw: bytes, codec: str) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError as broken:
        raise Unreadable(
            f"not {broken.encoding}: byte {broken.start} is wrong; send the text as UTF-8"
        ) from broken
