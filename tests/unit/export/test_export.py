"""The formats that leave the house: valid, labelled, and inert whatever the page says."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.api.export import Format, Page, digest, jsonfeed, markdown, ninjs, render, table
from app.api.labels import IPTC, Labels, SourceType, source_type
from app.api.schemas import ArticleOut, SummarizeResponse
from app.errors import SetupError
from app.settings import Settings
from tests.unit.export.ninjs_schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

MADE = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
VALID = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
NASTY = '=HYPERLINK("http://example.com") <script>alert(1)</script> **[굵게](x)** | `표` & "따옴표"'


def article(index: int = 0, **changed: Any) -> ArticleOut:
    """An article as a response has it."""
    fields: dict[str, Any] = {
        "index": index,
        "headline": "해온시, 제설차 12대 늘린다",
        "headline_origin": "page",
        "subheads": ["다음 달부터 상황실"],
        "bylines": [{"name": "한서윤", "email": None, "agency": "해온통신", "place": "해온"}],
        "summary": ["해온시가 제설차를 12대 늘린다.", "다음 달 상황실을 연다."],
        "evidence": [[(0, 5)], [(6, 9)]],
        "origins": ["extracted", "extracted"],
        "spans": [(0, 20)],
        "notices": [{"code": "fewer_lines", "line": None, "message": "기사가 짧아 2줄만 뽑음"}],
        "body": "해온시가 제설차를 12대 늘린다. 다음 달 상황실을 연다.",
    }
    return ArticleOut.model_validate(fields | changed)


def page(*articles: ArticleOut, title: str = "A01", labels: Labels | None = None) -> Page:
    """A page of these articles."""
    labels = labels or Labels()
    generated = any(source_type(a).generated for a in articles)
    response = SummarizeResponse.model_validate(
        {
            "articles": [a.model_dump() for a in articles],
            "skipped": [],
            "engine": {
                "name": "extractive", "kind": "extractive", "runtime": None, "device": None,
                "dtype": None, "revision": None, "prompt": None,
            },
            "ai": {"generated": generated, "label": labels.text(generated=generated)},
            "timings_ms": dict.fromkeys(["split", "select", "draft", "ground", "total"], 0.0),
        }
    )  # fmt: skip
    return Page(response, labels, title, MADE)


MODEL = article(origins=["model", "model"], headline_origin="generated")
MIXED = article(origins=["model", "extracted"])
FORMATS: dict[str, Callable[[Page], bytes]] = {
    "ninjs": ninjs.dump,
    "jsonfeed": jsonfeed.dump,
    "markdown": markdown.dump,
    "csv": lambda p: b"".join(table.rows([p])),
    "html": lambda p: b"".join(digest.parts([p], MADE)),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("made", "words", "term"),
    [(article(), "고른", "algorithmicMedia"), (MODEL, "지은", "trainedAlgorithmicMedia"),
     (MIXED, "지은", "compositeWithTrainedAlgorithmicMedia")],
)  # fmt: skip
def test_every_format_is_labelled_for_people_and_machines(
    name: str, made: ArticleOut, words: str, term: str
) -> None:
    """The newsroom's own wording, and the IPTC term for what really happened."""
    out = FORMATS[name](page(made, labels=Labels("고른 문장입니다", "지은 문장입니다"))).decode()
    assert f"{words} 문장입니다" in out
    other = {"고른": "지은", "지은": "고른"}[words]
    assert f"{other} 문장입니다" not in out
    # With its body, which a person wrote, a generated summary is a composite.
    assert (
        IPTC + ("compositeWithTrainedAlgorithmicMedia" if name == "ninjs" and made is MODEL else term) in out
    )


@pytest.mark.parametrize("name", ["LABEL_EXTRACTED", "LABEL_GENERATED"])
@pytest.mark.parametrize("wording", ["", "  \n"])
def test_an_empty_label_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, wording: str) -> None:
    """A label is never absent by accident: the server does not start without one."""
    monkeypatch.setenv(f"SEJUL_{name}", wording)
    with pytest.raises(SetupError, match=f"SEJUL_{name}"):
        Settings()


def test_the_newsroom_words_its_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    """SEJUL_LABEL_EXTRACTED and SEJUL_LABEL_GENERATED reach what is published."""
    monkeypatch.setenv("SEJUL_LABEL_EXTRACTED", " 해온일보가 고른 문장 ")
    assert Labels.of(Settings()).extracted == "해온일보가 고른 문장"


def test_ninjs_is_valid_and_says_what_the_article_says() -> None:
    """The page is a composite, its articles are associated with it, each with its own fields."""
    item = ninjs.item(page(article(), article(1, headline=None, headline_origin=None, bylines=[])))
    VALID.validate(item)
    first, second = item["associations"]
    assert (item["type"], item["language"], item["title"]) == ("composite", "ko", "A01")
    assert first["headlines"][0]["value"] == "해온시, 제설차 12대 늘린다"
    assert first["descriptions"][0]["value"].split("\n") == article().summary
    assert (first["by"], first["located"], first["infoSources"]) == ("한서윤", "해온", [{"name": "해온통신"}])
    assert first["bodies"][0]["charCount"] == len(article().body or "")
    assert first["edNote"] == "기사가 짧아 2줄만 뽑음"
    assert "by" not in second
    assert len({item["uri"], first["uri"], second["uri"]}) == 3
    assert item["uri"].startswith("urn:uuid:")
    assert datetime.fromisoformat(item["versionCreated"]) == MADE


def test_ninjs_names_a_page_the_same_every_time() -> None:
    """What is made again from the same page replaces what was made before; another page has another name."""
    one = ninjs.item(page(article()))["uri"]
    assert one == ninjs.item(page(article()))["uri"]
    assert one != ninjs.item(page(article(), title="A02"))["uri"]


def test_the_schema_refuses_what_the_standard_refuses() -> None:
    """The restated schema bites: an unknown property, a headline without value, an association without name."""
    for wrong in (
        {"uri": "urn:x:1", "headline": "옛 이름"},
        {"uri": "urn:x:1", "headlines": [{"role": "main"}]},
        {"uri": "urn:x:1", "associations": [{"uri": "urn:x:2"}]},
        {"type": "text"},
    ):
        assert not VALID.is_valid(wrong)


def test_json_feed_has_what_the_standard_asks_for() -> None:
    """Version, title, and items with id and content; extensions under one name with an underscore."""
    feed = jsonfeed.feed(page(article(), MODEL))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    for item in feed["items"]:
        assert item["id"]
        assert item["content_text"].startswith("해온시가")
        assert item["authors"] == [{"name": "한서윤"}]
        assert not {key for key in item if key.startswith("_")} - {"_sejul"}
    assert [item["_sejul"]["generated"] for item in feed["items"]] == [False, True]


def test_markdown_shows_the_words_and_nothing_more() -> None:
    """A line that looks like markup stays a line."""
    text = markdown.dump(
        page(article(headline="# 1. 제목", summary=["2026. 겨울", "- 목록", NASTY]))
    ).decode()
    assert text.startswith("## \\# 1. 제목\n")
    assert "- 2026\\. 겨울\n" in text
    assert "- \\- 목록\n" in text
    assert "\\<script\\>" in text
    assert "<script>" not in text


def test_csv_opens_in_a_spreadsheet_as_text() -> None:
    """A BOM for Korean Excel, a row an article, and no cell that is run."""
    raw = b"".join(table.rows([page(article(headline=NASTY)), page(article(1), title="A02")]))
    header, one, two = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert raw.startswith("\ufeff".encode())
    assert dict(zip(header, one, strict=True))["headline"] == "'" + NASTY
    assert (two[0], two[1], two[4]) == ("A02", "2", "해온시가 제설차를 12대 늘린다.")


class Tags(HTMLParser):
    """The elements of a document."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more."""
        assert not any(name.startswith("on") for name, _ in attrs)
        self.found.append(tag)


def test_the_digest_is_inert_and_complete() -> None:
    """No script, nothing from elsewhere; every page and every article is there, and the day."""
    pages = [page(article(headline=NASTY)), page(title="<b>A02</b>")]
    text = b"".join(digest.parts(pages, MADE)).decode()
    tags = Tags()
    tags.feed(text)
    assert not {"script", "link", "img", "iframe"} & set(tags.found)
    assert tags.found.count("article") == 1
    assert "&lt;b&gt;A02" in text
    assert "2026년 11월 20일 금요일" in text
    assert "지면 2면, 기사 1건" in text


@pytest.mark.parametrize("form", list(Format))
def test_the_server_can_answer_in_each_format(form: Format) -> None:
    """One function renders what POST /summarize is asked for."""
    out = render(page(article()).response, Labels(), form)
    assert "제설차".encode() in out or "제설차" in json.dumps(json.loads(out), ensure_ascii=False)


@given(st.text(min_size=1).filter(lambda s: min(s) < "\ud800" or max(s) < "\ud800"), st.booleans())
def test_any_text_leaves_whole(text: str, generated: bool) -> None:  # noqa: FBT001 - hypothesis gives both
    """Whatever a headline holds, ninjs stays valid and CSV gives it back."""
    text = text.encode("utf-8", "ignore").decode()
    made = article(headline=text or None, origins=["model" if generated else "extracted"] * 2)
    VALID.validate(ninjs.item(page(made)))
    rows = list(csv.reader(io.StringIO(b"".join(table.rows([page(made)])).decode("utf-8-sig"), newline="")))
    assert rows[1][2].removeprefix("'") == text.removeprefix("'") or not text


def test_the_term_is_of_what_happened() -> None:
    """Picked, written, or both; a body that a person wrote makes a composite."""
    assert source_type(article()) is SourceType.EXTRACTED
    assert source_type(article(), with_body=True) is SourceType.EXTRACTED
    assert source_type(MODEL) is SourceType.GENERATED
    assert source_type(MODEL, with_body=True) is SourceType.MIXED
    assert source_type(MIXED) is SourceType.MIXED
    assert source_type(article(headline_origin="generated")) is SourceType.MIXED
