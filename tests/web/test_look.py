"""How the page stands on a phone, in the dark, under a hundred articles, and to a screen reader."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import Desk, article, done
from tests.web.test_page import CAPTION, ONE, TWO, marked, submit

pytestmark = pytest.mark.system

CONTRAST = """node => {
  const parse = text => { const c = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    c.fillStyle = text; c.fillRect(0, 0, 1, 1); return c.getImageData(0, 0, 1, 1).data; };
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  let back = node;
  while (parse(getComputedStyle(back).backgroundColor)[3] < 255) back = back.parentElement;
  const [low, high] = [node, back].map((n, i) => light(parse(getComputedStyle(n)[i ? 'backgroundColor' : 'color'])))
    .sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""


def test_a_hundred_articles(view: Page, desk: Desk) -> None:
    """A long page stays quick: all cards and parts are there, and the last line lights its evidence."""
    text = "\n\n".join(f"제목 {n}번이다\n첫 문장 {n}번이다. 둘째 문장 {n}번이다." for n in range(100, 200))
    desk.events = [
        article(text, n - 100, f"제목 {n}번이다", f"첫 문장 {n}번이다.", f"둘째 문장 {n}번이다.")
        for n in range(100, 200)
    ] + [done()]
    began = time.monotonic()
    submit(view, desk.url, text)
    expect(view.locator("#status")).to_have_text("기사 100건")
    assert time.monotonic() - began < 15
    expect(view.get_by_role("article")).to_have_count(100)
    view.locator(".lines li").last.hover()
    assert marked(view) == "둘째 문장 199번이다."
    box = view.locator("#source").bounding_box()
    lit = view.locator("#source mark").bounding_box()
    assert box is not None
    assert lit is not None
    assert box["y"] <= lit["y"] <= box["y"] + box["height"]


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_phone_is_wide_enough(browser: Browser, desk: Desk, width: int) -> None:
    """Nothing has to be scrolled sideways, and what is tapped is large enough for a finger."""
    desk.events = [ONE, TWO, done([CAPTION])]
    page = browser.new_page(viewport={"width": width, "height": 740}, has_touch=True)
    try:
        submit(page, desk.url)
        expect(page.locator("#label")).not_to_be_empty()
        page.get_by_role("button", name="1번째 줄의 근거").first.tap()
        expect(page.locator("blockquote").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.locator("button:visible").evaluate_all(
            "all => all.map(n => n.getBoundingClientRect().height)"
        )
        assert min(heights) >= 32
        page.get_by_role("link", name="지면에서 보기").tap()
        expect(page.locator("#source mark")).to_be_in_viewport()
    finally:
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_can_be_read_in_light_and_dark(browser: Browser, desk: Desk, scheme: str) -> None:
    """WCAG's 4.5 to 1 for all of the text, in both schemes and every article's colour."""
    text = "\n".join(f"제목 {n}번\n문장 {n}번이다." for n in range(8)) + "\n▲ 사진"
    events = [
        article(text, n, f"제목 {n}번", f"문장 {n}번이다.", origins=["model"], subheads=["작은 제목"])
        for n in range(8)
    ]
    events[0]["article"]["notices"] = [{"code": "x", "line": None, "message": "알림"}]
    skipped = {"kind": "caption", "span": [text.index("▲"), len(text)], "article": None}
    desk.events = [*events, done([skipped])]
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    try:
        submit(page, desk.url, text)
        expect(page.locator("#label")).not_to_be_empty()
        page.get_by_role("button", name="근거").first.click()
        weak = []
        for selector in (
            ".masthead p", "#status", "#label", ".number", ".mark", ".byline", ".card h2", ".subheads", ".text",
            "blockquote:visible", "blockquote a:visible", ".why", ".notices:visible", ".switch span", "#again",
            "#source .part", "#source .skipped", "#source .kind", "#source mark", "#source b",
        ):  # fmt: skip
            found = page.locator(selector)
            assert found.count(), selector
            weak += [
                (selector, ratio)
                for ratio in found.evaluate_all(f"all => all.map({CONTRAST})")
                if ratio < 4.5
            ]
        assert weak == []
    finally:
        page.close()


def test_the_page_is_one_a_screen_reader_can_walk(view: Page, desk: Desk) -> None:
    """Landmarks, one level-one heading, named controls, live regions for what changes."""
    desk.events = [ONE, TWO, done([CAPTION])]
    submit(view, desk.url)
    expect(view.locator("#label")).not_to_be_empty()
    expect(view.get_by_role("heading", level=1)).to_have_text("세줄")
    expect(view.get_by_role("main")).to_be_visible()
    expect(view.get_by_role("article", name="해온시, 제설차 12대 늘린다")).to_be_visible()
    expect(view.get_by_role("region", name="지면 원문, 화살표로 읽기")).to_be_visible()
    assert view.locator("[role=status]").count() == 2
    assert view.locator("html").get_attribute("lang") == "ko"
    unnamed = view.locator("button, input, select, textarea").evaluate_all(
        "all => all.filter(n => !(n.labels?.length || n.ariaLabel || n.textContent.trim())).map(n => n.outerHTML)"
    )
    assert unnamed == []
    ids = view.locator("[id]").evaluate_all("all => all.map(n => n.id)")
    assert len(ids) == len(set(ids))


def test_the_files_of_the_page_stay_small() -> None:
    """No build step and no library: everything the page loads, below 64 KiB."""
    static = Path(__file__).parents[2] / "app" / "api" / "web" / "static"
    assert sum(path.stat().st_size for path in static.iterdir()) < 64 * 1024
