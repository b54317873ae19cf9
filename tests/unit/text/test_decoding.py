"""Bytes into text, as Korean newsrooms send them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Unreadable
from app.text.decoding import decode

PAGE = "해온시, 상수도관 교체 착공\n똠방각하 펲시콜라"  # both words lie outside EUC-KR, inside CP949


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_each_encoding_of_a_korean_newsroom_is_read(codec: str) -> None:
    """The same text comes out of UTF-8 with and without BOM, CP949 and UTF-16 with BOM."""
    assert decode(PAGE.encode(codec)) == PAGE


@pytest.mark.parametrize("name", ["cp949", "EUC-KR", '"ks_c_5601-1987"'])
def test_a_named_charset_is_held_to(name: str) -> None:
    """The Korean charset names all mean CP949, and bytes that are not in it are refused."""
    assert decode(PAGE.encode("cp949"), name) == PAGE
    with pytest.raises(Unreadable, match="cp949"):
        decode(b"\xff\xff\xff", name)


def test_nothing_is_guessed_beside_a_named_charset() -> None:
    """CP949 bytes sent as UTF-8 are an error that says which byte, not a silent second try."""
    with pytest.raises(Unreadable, match="byte 0"):
        decode(PAGE.encode("cp949"), "utf-8")


def test_an_unknown_charset_is_named() -> None:
    """A charset that is not served is said, with those that are."""
    with pytest.raises(Unreadable, match=r"shift_jis.*CP949"):
        decode(b"abc", "shift_jis")


def test_bytes_that_are_no_text_are_refused() -> None:
    """A picture is neither UTF-8 nor CP949."""
    with pytest.raises(Unreadable, match="neither UTF-8"):
        decode(b"\x89PNG\r\n\x1a\n\x00\xff\xff\xff\xfe\x80")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error_of_ours(raw: bytes) -> None:
    """No bytes raise anything but Unreadable."""
    with contextlib.suppress(Unreadable):
        assert isinstance(decode(raw), str)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=100))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    """A text survives UTF-8, except for one BOM at its start."""
    assert decode(text.encode()) == text.removeprefix("\ufeff")
