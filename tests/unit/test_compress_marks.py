"""Quotation marks and brackets of a sentence."""

from __future__ import annotations

import pytest

from app.summary.compress.marks import enclosed


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“가 ‘나’ 다” 라", ["“가 ‘나’ 다”"]),
        ("(가 (나) 다) [라]", ["(가 (나) 다)", "[라]"]),
        ("『가 『나』", ["『나』"]),
        ("가』 『나』", ["『나』"]),
        ("'가' 나 '다'", ["'가'", "'다'"]),
        ("21's 가 '나", []),
        ("“가” 나”", ["“가”"]),
    ],
)
def test_pairs_are_the_outermost(text: str, inside: list[str]) -> None:
    """Marks of one kind nest; a mark without its mate is none."""
    assert [text[lo:hi] for lo, hi in enclosed(text)] == inside
