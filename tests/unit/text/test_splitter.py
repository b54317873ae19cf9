"""What the splitter promises for any text, and what it makes of the forms that pages come in."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import BlockKind
from app.text import repair
from app.text.normalize import normalize
from app.text.splitter import single, split
from bench import eval as gate
from bench import pages

if TYPE_CHECKING:
    from collections.abc import Iterable

PIECES = st.sampled_from(
    [
        "물빛시, 초등 입학생에 10만원",
        "물빛시가 내년부터 돈을 준다고 19일 밝혔다.",
        "방세영 기자 a@example.com",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "\t",
        "▲",
        "# ",
        "**",
        "|",
        "\u200b",
        "\ufeff",
        "\u3000",
        "ᄀ",
        "ᅡ",
        "[서울=뉴시스] ",
        "▶3면에 계속",
        "☎ 02-000-0000",
        ".",
    ]
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
@settings(deadline=None, max_examples=150)
def test_every_character_has_one_place(text: str) -> None:
    """Each character that is no space lies in one article's spans or one skipped block, ascending."""
    found = split(text)
    skipped = [block.span for block in found.skipped]
    for article in found.articles:
        assert list(article.spans) == sorted(article.spans)
    places = sorted([*skipped, *(span for article in found.articles for span in article.spans)])
    assert all(a.end <= b.start for a, b in itertools.pairwise(places))
    held = {i for span in places for i in range(*span)}
    assert {i for i, char in enumerate(text) if not char.isspace()} <= held
    assert all(0 <= span.start < span.end <= len(text) for span in places)


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_the_same_text_gives_the_same_split(text: str) -> None:
    """Splitting has no memory."""
    first, second = split(text), split(text)
    assert first.blocks == second.blocks
    assert [a.body.text for a in first.articles] == [a.body.text for a in second.articles]


@given(TEXTS)
@settings(deadline=None, max_examples=100)
def test_bodies_are_traced_to_the_page(text: str) -> None:
    """A body's source, spaces aside, is the body; and it lies inside its article's spans."""
    for article in split(text).articles:
        held = {i for span in article.spans for i in range(*span)}
        body = article.body
        for i, char in enumerate(body.text):
            if body.ends[i] > body.starts[i]:
                assert char in normalize(text[body.starts[i] : body.ends[i]]).text
                assert set(range(body.starts[i], body.ends[i])) <= held


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_an_article_sent_split_stays_one(text: str) -> None:
    """`single` gives one article whatever its body holds."""
    found = single("제목", text)
    assert len(found.articles) == 1
    assert found.articles[0].headline == "제목"


def test_a_line_above_whose_picture_it_is_goes_with_it() -> None:
    """A title of a picture and the credit below it are a caption, and no part of the sentence behind them."""
    body = (
        "해온시가 새해 첫날 해돋이를 실시간으로 중계한다고 28일 밝혔다.\n\n해온 앞바다 일출\n[가온뉴스 자료사진]\n\n"
        "해온시는 오전 7시부터 해 뜨는 시간까지 공식 채널로 해맞이를 보낸다."
    )
    found = single(None, body)
    assert "일출" not in found.articles[0].body.text
    assert any("일출" in body[b.span.start : b.span.end] for b in found.skipped)


@given(st.text(max_size=120))
@settings(deadline=None, max_examples=150)
def test_normalising_keeps_the_map(text: str) -> None:
    """Every normalised character knows an ascending range of the source."""
    found = normalize(text)
    assert len(found.text) == len(found.starts) == len(found.ends)
    assert all(a < b for a, b in zip(found.starts, found.ends, strict=True))
    assert list(found.starts) == sorted(found.starts)
    assert "\r" not in found.text


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "\u200b\ufeff"])
def test_a_page_without_words_has_no_article(text: str) -> None:
    """Nothing is made of nothing; invisible characters are still accounted for."""
    found = split(text)
    assert found.articles == ()
    assert len(found.blocks) == bool([c for c in text if not c.isspace()])


def test_a_cut_word_is_whole_again() -> None:
    """A paragraph cut in mid-word at a column's end is one paragraph, and no space is put into the word."""
    page = (
        "물빛시, 상생형 일자리 첫 선정\n\n"
        "물빛시가 정부의 상생형 지\n\n역일자리 사업에 처음으로 선정됐다고 19일 밝혔다. 시는 내년까지 400명을 뽑는다.\n\n"
        "한지우 기자 a@example.com\n"
    )
    article = split(page).articles[0]
    assert "지역일자리 사업에" in article.body.text
    assert article.bylines[0].name == "한지우"
    assert article.bylines[0].email == "a@example.com"


def test_a_headline_holds_no_tab() -> None:
    """A tab in a headline, as exports put where its lines were broken, is a space of it."""
    page = "시장 골목\t사흘 만에 다시 연다\n\n달빛시는 3일 시장을 다시 열었다고 밝혔다. 상인 40명이 모였다.\n\n홍길순 기자\n"
    assert [article.headline for article in split(page).articles] == ["시장 골목 사흘 만에 다시 연다"]


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("시는 낡은 상수도관을 새 관으로 바꾸는 공사를 내년", "부터 시작해 2029년까지 마칠 계획이라고 밝혔다. 공사비는 국비와 시비로 절반씩 댄다. 주민 설명회는 다음 달에 연다.", ""),
        ("시는 낡은 상수도관을 새 관으로 바꾸는 공사를", "내년에 시작해 2029년까지 마칠 계획이라고 밝혔다. 공사비는 국비와 시비로 절반씩 댄다. 주민 설명회는 다음 달에 연다.", " "),
    ],
)  # fmt: skip
def test_a_column_break_is_joined_as_it_was_written(left: str, right: str, between: str) -> None:
    """A paragraph cut where a column ends is whole again, inside a word or between two."""
    assert repair.between(left, right) == between


def test_kiwi_is_asked_only_where_a_column_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """An unsure join of a hard-wrapped page is left to the model: a Kiwi pass for each of its lines would cost."""
    asked: list[str] = []
    monkeypatch.setattr(repair, "spaced", lambda *_: 0.1)

    def likelihoods(texts: Iterable[str]) -> tuple[float, ...]:
        asked.extend(texts)
        return (-9.0, 0.0)

    monkeypatch.setattr(repair, "likelihoods", likelihoods)
    assert repair.between("낡은 상수도관을 새 관", "으로 바꾼다고 밝혔다") == " "
    assert asked == []
    assert repair.between("낡은 상수도관을 새 관", "으로 바꾼다고 밝혔다. " * 8) == ""
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("first", "second", "full", "between"),
    [
        ("정기 노선 개편 한 달", "환승 늘고 불만도 늘고", False, " "),
        ("활자 없는 인쇄소", "마지막 납 냄새", False, " "),
        ("마을 방앗간 다시 돈다, 참기름 짜는 날 정", "했다", True, ""),
    ],
)
def test_a_headline_is_broken_between_words_where_its_line_is_short(
    first: str, second: str, *, full: bool, between: str
) -> None:
    """A short line of a headline ends with its word; one as wide as the page's lines may be cut inside it."""
    assert repair.between_heads(first, second, full=full) == between


def test_a_wire_opening_comes_off_the_body() -> None:
    """Agency, place and reporter of a wire story are a byline, not its first words."""
    page = "남극에서 새 생물 군락 발견\n\n[세종=뉴시스] 추가영 기자 = 남극 바다에서 새 생물 군락이 발견됐다고 9일 연구소가 밝혔다.\n"
    article = split(page).articles[0]
    assert article.body.text.startswith("남극 바다에서")
    assert (article.bylines[0].name, article.bylines[0].place, article.bylines[0].agency) == (
        "추가영",
        "세종",
        "뉴시스",
    )
    assert article.dateline == "[세종=뉴시스]"


def test_a_drawn_stop_is_no_rule() -> None:
    """A full stop alone on its line is the end of a cut sentence."""
    kinds = {
        block.kind
        for block in split(
            "빈집 고쳐 학생에 빌려준다\n물빛시가 빈집 열두 채를 고쳐 학생에게 빌려준다고 밝혔다\n.\n"
        ).blocks
    }
    assert BlockKind.FURNITURE not in kinds


def test_a_floor_is_not_lowered_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gate refuses to lower a floor without the flag that says so."""
    written: list[str] = []
    monkeypatch.setattr("pathlib.Path.write_text", lambda *a, **_: written.append(a[1]))
    floors = {"plain": {"article_f1": 0.9}}
    with pytest.raises(SystemExit, match="article_f1"):
        gate.update({"plain": {"article_f1": 0.8}}, floors, lower=False)
    assert written == []
    gate.update({"plain": {"article_f1": 0.8}}, floors, lower=True)
    assert len(written) == 1


@pytest.mark.slow
def test_the_pages_hold_their_floors() -> None:
    """The project's own pages come out no worse than their floors say."""
    gate.main([])


def test_each_page_has_its_gold() -> None:
    """There are a dozen pages and more, each with an article and with a line for every character."""
    files = sorted(pages.PAGES.rglob("*.page"))
    assert len(files) >= 12
    for path in files:
        page = pages.build(path.stem, pages.read(path))
        assert page.headlines
        held = {i for b in page.blocks for i in range(b.start, b.end)}
        assert all(c.isspace() or i in held for i, c in enumerate(page.text))


def test_a_section_line_of_digits_is_read_at_once() -> None:
    """A section's name and 44 digits took hours: each way to share the digits out between pages was tried."""
    assert split("종합" + "1" * 44 + "x").articles == ()
