"""Facts of a line looked up in its article."""

from __future__ import annotations

import pytest

from app.summary.grounding import ground, unsupported
from app.text.sentences import sentences
from app.text.splitter import single

BODY = (
    "해온시는 지난달 27일 오후 9시께 시청에서 예산 3억5천만원을 들여 하천 12㎞를 정비한다고 밝혔다.\n"
    "박 과장은 “주민 절반 이상이 찬성했다”며 “3월 10~12일 설명회를 열겠다”고 말했다. "
    "행사에는 약 2만여 명이 모였고 세 명이 다쳤다. 인공지능 관측기도 둔다. 물가는 2.5%p 올랐다."
)


@pytest.mark.parametrize(
    "line",
    [
        "해온시, 예산 350,000,000원 들여 하천 12km 정비",
        "지난달 27일 21시 시청서 발표",
        "3월 12일까지 설명회",
        "부상자 3명",
        "박 과장 “주민 절반 이상이 찬성”",
        "AI 관측기 설치",
        "2만여 명 모여",
    ],
)
def test_other_forms_of_a_fact_are_supported(line: str) -> None:
    """A number, date or name in another form is the same fact."""
    article = single(None, BODY).articles[0]
    assert unsupported(line, ground(article, sentences(article.body.text))) == ()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("예산 3억5천원 들여", "number"),
        ("예산 4억5천만원 들여", "number"),
        ("하천 12m 정비", "number"),
        ("물가 2.5% 상승", "number"),
        ("2만 명 모여", "number"),
        ("네 명 다쳐", "number"),
        ("27일 시청서 발표", "date"),
        ("이달 27일 발표", "date"),
        ("4월 12일까지 설명회", "date"),
        ("오전 9시께 발표", "time"),
        ("오후 0시 발표", "time"),
        ("박 과장 “주민 대부분이 찬성”", "quotation"),
        ("GPS 관측기 설치", "latin"),
    ],
)
def test_a_changed_fact_is_found(line: str, kind: str) -> None:
    """A changed value, unit, bound, date, time, quotation or Latin word is unsupported."""
    article = single(None, BODY).articles[0]
    found = unsupported(line, ground(article, sentences(article.body.text)))
    assert kind in {fact.kind for fact in found}
