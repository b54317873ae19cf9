"""What an article leaves out, and what it only denies, does not stand in a line as if it did not."""

from __future__ import annotations

from app.summary.grounding.exceptions import taken_in, undenied


def test_an_exception_is_not_the_rule() -> None:
    """What a source leaves out does not stand in a line without its being left out."""
    source = "조사 결과 8개 업체를 제외한 업체가 높은 수준을 유지했다. 주말을 빼고 매일 연다."
    assert list(taken_in("8개 업체, 높은 수준 유지", source))
    assert not list(taken_in("8개 업체를 제외한 업체, 높은 수준 유지", source))
    assert not list(taken_in("8개 업체 제외하면 높은 수준 유지", source))
    assert not list(taken_in("업체들, 높은 수준 유지", source))


def test_what_was_not_done_is_not_told_as_done() -> None:
    """A deed that its source only denies stands in no line without the denial."""
    source = "두 도시는 협약서에 서명도 하지 못하고 헤어졌다. 예산은 공개되지 않았으나 명단은 공개했다."
    assert list(undenied("두 도시, 협약서에 서명", source))
    assert not list(undenied("두 도시, 협약서에 서명 못 해", source))
    assert not list(undenied("두 도시, 명단 공개", source))
