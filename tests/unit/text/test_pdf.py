"""Born-digital newspaper pages in columns, back into text in reading order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.errors import Unreadable
from app.text.pdf import Run, is_pdf, page_texts, paragraphs, regions
from app.text.splitter import split
from tests.typeset import CHROMIUM, columns, typeset

if TYPE_CHECKING:
    from pathlib import Path

chromium = pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium and fonts-noto-cjk")

WATER = [
    "해온시가 30년 넘게 쓴 상수도관 120㎞를 2029년까지 새 관으로 바꾼다. 시 상수도사업본부는 노후 상수도관 정비사업의 총사업비 486억원을 확정했다고 19일 밝혔다.",
    "정비 대상은 1994년 이전에 묻은 관으로, 시 전체 상수도관 1천840㎞의 6.5%에 해당한다. 시는 누수가 잦은 구도심 4개 동을 먼저 정비하기로 하고 내년 3월 공사를 시작할 계획이다.",
    "상수도사업본부가 지난해 조사한 결과 해온시의 유수율은 81.2%로 전국 평균보다 4.3%포인트 낮았다. 땅속에서 새는 수돗물은 연간 960만t에 이르렀다.",
    "공사 기간에는 구간별로 하루 최대 6시간 단수가 예상된다. 시는 단수 사흘 전까지 문자와 안내문으로 시간을 알리기로 했다.",
]
NIGHT = [
    "해온시에서 밤에 어린이가 진료를 받을 수 있는 병원이 두 곳으로 늘어난다. 해온시보건소는 다음 달 1일부터 남구 새봄아동병원을 심야 소아 진료기관으로 추가 지정한다고 18일 밝혔다.",
    "새봄아동병원은 평일 오후 11시까지, 토·일요일과 공휴일에는 오후 9시까지 문을 연다. 지금까지 해온시의 심야 소아 진료기관은 북구 한빛병원 한 곳뿐이었다.",
]
PRINTS = [
    "해온시립미술관은 다음 달 4일부터 내년 3월 1일까지 판화가 오세림의 회고전을 연다. 오세림이 해온의 항구와 시장을 새긴 목판화 180점이 처음으로 한자리에 모인다."
]


def page(across: int) -> str:
    """Three articles and an ad under a running head; the first article is set in `across` columns."""
    return (
        "<div class=head><span>4 지역</span><span>해온일보 2026년 11월 20일 금요일</span></div>"
        "<h1>해온시, 노후 상수도관 120㎞ 바꾼다</h1><h2>총사업비 486억원 확정…내년 3월 착공</h2>"
        + columns(WATER, "한서윤 기자 seoyun@haeon.example", across)
        + "<div class=grid><div><h3>심야 소아진료 병원 두 곳으로 는다</h3>"
        + columns(NIGHT, "도현우 기자 hwdo@haeon.example", 2)
        + "</div><div><h3>판화가 오세림 회고전</h3>"
        + columns(PRINTS, "정다온 기자", 1)
        + "</div></div><div class=ad>가을맞이 침구 대전<br>거위털 이불 39% 할인 ☎ 000-0000</div>"
    )


def squeeze(text: str) -> str:
    """A text without its spaces, which a column's justification does not keep."""
    return "".join(text.split())


@chromium
@pytest.mark.system
@pytest.mark.parametrize("across", [3, 4, 5])
def test_a_typeset_page_comes_back_in_reading_order(across: int, tmp_path: Path) -> None:
    """Every paragraph of every column comes back whole and in its article's order, at any number of columns."""
    (text,) = page_texts(typeset(page(across), tmp_path))
    flat = squeeze(text)
    places = [flat.find(squeeze(paragraph)) for paragraph in [*WATER, *NIGHT, *PRINTS]]
    assert -1 not in places
    assert places == sorted(places)


@chromium
@pytest.mark.system
def test_a_typeset_page_is_split_into_its_articles(tmp_path: Path) -> None:
    """From the PDF to three articles: headlines kept, bodies repaired, the ad and the running head skipped."""
    (text,) = page_texts(typeset(page(4), tmp_path))
    found = split(text)
    assert [article.headline for article in found.articles] == [
        "해온시, 노후 상수도관 120㎞ 바꾼다",
        "심야 소아진료 병원 두 곳으로 는다",
        "판화가 오세림 회고전",
    ]
    assert [squeeze(a.body.text) for a in found.articles] == [
        squeeze("".join(b)) for b in (WATER, NIGHT, PRINTS)
    ]
    skipped = "".join(text[block.span.start : block.span.end] for block in found.skipped)
    assert "거위털" in skipped


def run(text: str, left: float, top: float, width: float = 100, size: float = 10) -> Run:
    """A line of type at a place."""
    return Run(text, left, left + width, top, top + size, size)


def test_columns_are_read_before_rows() -> None:
    """Under a headline across the page, the left column is read to its end before the right one begins."""
    found = regions(
        [
            run("R1", 120, 50),
            run("HEAD", 0, 0, width=220, size=30),
            run("L2", 0, 64),
            run("L1", 0, 50),
            run("R2", 120, 64),
        ]
    )
    assert [[r.text for r in sorted(region, key=lambda r: r.top)] for region in found] == [
        ["HEAD"],
        ["L1", "L2"],
        ["R1", "R2"],
    ]


def test_an_indent_begins_a_paragraph() -> None:
    """Within a column an indented line begins a paragraph; a byline set to the right in two lines is one block."""
    column = [
        run("가나다", 10, 0, width=90), run("라마바", 0, 14), run("사아자", 10, 28, width=90), run("차카타", 0, 42),
        run("홍길동 기자", 60, 56, width=40), run("hong@paper.example", 40, 70, width=60),
    ]  # fmt: skip
    assert paragraphs(column) == [
        ["가나다", "라마바"],
        ["사아자", "차카타"],
        ["홍길동 기자", "hong@paper.example"],
    ]


@pytest.mark.parametrize("raw", [b"%PDF-1.7\nnothing of the kind", b"%PDF-", b"%PDF-1.4\n" + b"\x00" * 5000])
def test_a_broken_pdf_is_refused(raw: bytes) -> None:
    """What begins as a PDF and is none is unreadable, and said so."""
    assert is_pdf(raw)
    with pytest.raises(Unreadable, match="broken or locked"):
        page_texts(raw)


def test_a_pdf_without_text_is_sent_to_ocr() -> None:
    """A page that holds only a picture is refused with what to do about it."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    from io import BytesIO

    out = BytesIO()
    document.save(out)
    with pytest.raises(Unreadable, match="OCR"):
        page_texts(out.getvalue())


@chromium
@pytest.mark.system
def test_a_page_that_pdfium_takes_for_vertical_writing(tmp_path: Path) -> None:
    """A short page with one line set right: PDFium breaks every line after each letter, the page does not."""
    content = (
        "<h1>해온시, 제설차 12대 늘린다</h1><p>해온시가 제설차를 12대 늘린다.</p><p class=by>한서윤 기자</p>"
    )
    (text,) = page_texts(typeset(content, tmp_path))
    assert text.split("\n\n") == [
        "해온시, 제설차 12대 늘린다",
        "해온시가 제설차를 12대 늘린다.",
        "한서윤 기자",
    ]
