"""The page at `/` in a real browser: what an editor does with it, and what must never happen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.settings import data_dir
from tests.typeset import CHROMIUM, typeset
from tests.web.conftest import Desk, article, done, problem

pytestmark = pytest.mark.system

TEXT = """𝗔 오늘의 해온 🗞

해온시, 제설차 12대 늘린다
해온시가 제설차를 12대 늘린다. 상황실은 다음 달 1일 연다.

▲ 제설차가 줄지어 서 있다. 해온시 제공

<b>새 열람실</b> 연다
시립도서관이 열람실을 연다. 좌석은 120석이다."""
ONE = article(
    TEXT, 0, "해온시, 제설차 12대 늘린다", "해온시가 제설차를 12대 늘린다.", "상황실은 다음 달 1일 연다."
)
TWO = article(TEXT, 1, "<b>새 열람실</b> 연다", "시립도서관이 열람실을 연다.", "좌석은 120석이다.")
CAPTION = {"kind": "caption", "span": [TEXT.index("▲"), TEXT.index("제공") + 2], "article": None}


def submit(view: Page, url: str, text: str = TEXT) -> None:
    """Put a page in and have it summarized."""
    view.goto(url)
    view.get_by_label("지면 텍스트를").fill(text)
    view.get_by_role("button", name="요약하기").click()


def marked(view: Page) -> str:
    """The lit evidence."""
    return "|".join(view.locator("#source mark").all_text_contents())


def test_a_sample_is_one_click_away(view: Page, real: str) -> None:
    """The real app: articles with headline, lines and label appear beside the page's text."""
    view.goto(real)
    view.get_by_role("button", name="견본 지면 열기").click()
    expect(view.locator("#label")).to_contain_text("주요 문장 추출")
    card = view.get_by_role("article").first
    expect(card.get_by_role("heading")).not_to_be_empty()
    expect(card.locator(".lines li")).to_have_count(3)
    expect(view.locator("#source")).to_contain_text("한서윤 기자")


def test_pasting_with_the_keyboard_alone(view: Page, real: str) -> None:
    """Ctrl+V and Ctrl+Enter are enough; the text that is shown is the text that was pasted."""
    view.goto(real)
    view.evaluate("text => navigator.clipboard.writeText(text)", TEXT)
    view.get_by_label("지면 텍스트를").focus()
    view.keyboard.press("Control+V")
    expect(view.locator("#count")).to_have_text(f"{len(TEXT)}자")
    view.keyboard.press("Control+Enter")
    expect(view.locator("#engine")).to_contain_text("extractive")
    shown = """node => {
        const copy = node.cloneNode(true);
        for (const kind of copy.querySelectorAll('.kind')) kind.remove();
        return copy.textContent;
    }"""
    assert view.locator("#source").evaluate(shown) == TEXT


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_a_file_is_opened_in_the_encodings_that_newsrooms_have(view: Page, desk: Desk, encoding: str) -> None:
    """What is sent is the text, whatever bytes it came in."""
    desk.events = [done()]
    view.goto(desk.url)
    view.locator("#file").set_input_files(
        {"name": "A01.txt", "mimeType": "text/plain", "buffer": "똠방각하, 제설차\n늘린다".encode(encoding)}
    )
    expect(view.locator("#status")).to_have_text("기사 0건")
    assert desk.asked == [{"text": "똠방각하, 제설차\n늘린다", "lines": 3, "style": "sentence"}]
    expect(view.locator(".empty")).to_be_visible()


def test_a_dropped_file_is_read(view: Page, desk: Desk) -> None:
    """Dropping works anywhere on the page."""
    desk.events = [ONE, done()]
    view.goto(desk.url)
    data = view.evaluate_handle(
        "text => { const d = new DataTransfer(); d.items.add(new File([text], 'a.txt')); return d; }", TEXT
    )
    view.dispatch_event("body", "drop", {"dataTransfer": data})
    expect(view.get_by_role("article")).to_have_count(1)
    assert desk.asked[0]["text"] == TEXT


def test_articles_appear_as_they_are_ready(view: Page, desk: Desk) -> None:
    """The second article, ready first, is there before the first; then both stand in the page's order."""
    desk.events, desk.held = [TWO, ONE, done([CAPTION])], {1}
    submit(view, desk.url)
    expect(view.get_by_role("article")).to_have_count(1)
    expect(view.locator("#status")).to_have_text("기사 1건 도착")
    expect(view.get_by_role("button", name="멈추기")).to_be_visible()
    desk.let_go.set()
    expect(view.locator("#status")).to_have_text("기사 2건 · 건너뛴 것 1곳")
    headings = view.get_by_role("article").get_by_role("heading").all_text_contents()
    assert headings == ["해온시, 제설차 12대 늘린다", "<b>새 열람실</b> 연다"]
    expect(view.locator("#source .skipped .kind")).to_have_text("사진설명")
    expect(view.get_by_role("button", name="멈추기")).to_be_hidden()


def test_stopping_keeps_what_has_come(view: Page, desk: Desk) -> None:
    """The editor may go on with the articles that are there."""
    desk.events, desk.held = [ONE, TWO, done()], {1}
    submit(view, desk.url)
    expect(view.get_by_role("article")).to_have_count(1)
    view.get_by_role("button", name="멈추기").click()
    expect(view.locator("#status")).to_contain_text("멈췄습니다")
    expect(view.locator("#error")).to_be_hidden()
    expect(view.get_by_role("article")).to_have_count(1)


def test_pointing_at_a_line_lights_its_evidence(view: Page, desk: Desk) -> None:
    """Offsets are code points; two characters of this page are more than one unit of JavaScript."""
    desk.events = [ONE, TWO, done([CAPTION])]
    submit(view, desk.url)
    expect(view.locator("#label")).to_have_text("고른 문장")
    lines = view.locator(".lines li")
    for n, words in enumerate(ONE["article"]["summary"] + TWO["article"]["summary"]):
        lines.nth(n).hover()
        assert marked(view) == words
    view.locator(".masthead").hover()
    assert marked(view) == ""
    colours = view.locator("#source .part").evaluate_all("all => all.map(n => n.className.split(' ')[1])")
    assert colours == ["c0", "c0", "c1", "c1"]


def test_the_keyboard_reaches_every_line(view: Page, desk: Desk) -> None:
    """Tab goes to a line's 근거, which lights it; Enter opens the source's own words below it."""
    desk.events = [ONE, done()]
    submit(view, desk.url)
    expect(view.locator("#label")).not_to_be_empty()
    why = view.get_by_role("button", name="2번째 줄의 근거")
    for _ in range(30):
        view.keyboard.press("Tab")
        if why.evaluate("node => node === document.activeElement"):
            break
    assert marked(view) == "상황실은 다음 달 1일 연다."
    expect(why).to_have_attribute("aria-expanded", "false")
    view.keyboard.press("Enter")
    expect(why).to_have_attribute("aria-expanded", "true")
    expect(view.locator("blockquote:visible")).to_contain_text("상황실은 다음 달 1일 연다.")
    view.keyboard.press("Enter")
    expect(view.locator("blockquote:visible")).to_have_count(0)


def test_the_style_is_switched_for_one_article_or_all(view: Page, desk: Desk) -> None:
    """One request brings the other style; each card shows its own, and a style that is here costs nothing."""
    brief = [
        {**e, "article": {**e["article"], "summary": ["제설차 12대 늘려", "상황실 개설"]}} for e in (ONE, TWO)
    ]
    desk.events, desk.by_style = [ONE, TWO, done()], {"brief": [*brief, done()]}
    submit(view, desk.url)
    expect(view.locator("#label")).not_to_be_empty()
    cards = view.get_by_role("article")
    cards.nth(1).get_by_role("radio", name="개조식").check()
    expect(cards.nth(1).locator(".text").first).to_have_text("제설차 12대 늘려")
    expect(cards.nth(0).locator(".text").first).to_have_text("해온시가 제설차를 12대 늘린다.")
    view.get_by_role("group", name="모두").get_by_role("radio", name="개조식").check()
    expect(cards.nth(0).locator(".text").first).to_have_text("제설차 12대 늘려")
    cards.nth(0).get_by_role("radio", name="문장").check()
    expect(cards.nth(0).locator(".text").first).to_have_text("해온시가 제설차를 12대 늘린다.")
    assert [asked["style"] for asked in desk.asked] == ["sentence", "brief"]


def test_what_is_copied_carries_its_label(view: Page, desk: Desk) -> None:
    """One article or all, as text or as HTML: the label for readers, the term for machines, no live markup."""
    model = {**TWO, "article": {**TWO["article"], "origins": ["model", "extracted"]}}
    desk.events = [ONE, model, done(generated=True)]
    submit(view, desk.url)
    expect(view.locator("#label")).to_have_text("AI가 쓴 요약")
    cards = view.get_by_role("article")
    expect(cards.nth(0).locator(".mark")).to_have_text("문장 추출")
    expect(cards.nth(1).locator(".mark")).to_have_text("AI 생성, 일부 추출")
    cards.nth(0).get_by_role("button", name="텍스트 복사").click()
    expect(view.locator("#toast")).to_have_text("기사를 텍스트로 복사했습니다")
    text = view.evaluate("navigator.clipboard.readText()")
    assert text.startswith("해온시, 제설차 12대 늘린다\n\n· 해온시가 제설차를 12대 늘린다.\n")
    assert "※ 주요 문장 추출" in text
    assert "[IPTC algorithmicMedia]" in text
    view.get_by_role("button", name="모두 HTML로 복사").click()
    expect(view.locator("#toast")).to_have_text("기사 2건을 HTML로 복사했습니다")
    html = view.evaluate(
        "navigator.clipboard.read().then(a => a[0].getType('text/html')).then(b => b.text())"
    )
    assert html.count("<article") == 2
    assert "&lt;b&gt;새 열람실" in html
    assert "AI가 자동 생성" in html
    plain = view.evaluate("navigator.clipboard.readText()")
    assert "digitalsourcetype/compositeWithTrainedAlgorithmicMedia" in plain


def test_copying_works_over_plain_http(view: Page, desk: Desk) -> None:
    """A newsroom's own server has no certificate, and there the newer clipboard is not offered."""
    view.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    desk.events = [ONE, done()]
    submit(view, desk.url)
    expect(view.locator("#label")).not_to_be_empty()
    view.get_by_role("button", name="모두 텍스트로 복사").click()
    expect(view.locator("#toast")).to_contain_text("복사했습니다")
    view.get_by_role("button", name="새 지면").click()
    view.get_by_label("지면 텍스트를").fill("")
    view.keyboard.press("Control+V")
    assert "· 상황실은 다음 달 1일 연다." in view.get_by_label("지면 텍스트를").input_value()


def test_errors_read_as_a_person_would_say_them(view: Page, desk: Desk) -> None:
    """Each in Korean, none in the server's English; trying again works."""
    desk.problems = [
        problem(429, "busy", **{"Retry-After": "7"}),
        problem(413, "too_large"),
        problem(500, "internal"),
    ]
    desk.events = [ONE, done()]
    submit(view, desk.url)
    said = view.get_by_role("alert")
    expect(said).to_contain_text("요청이 밀려 있습니다. 7초쯤 뒤 다시 시도해 주세요.")
    view.get_by_role("button", name="다시 시도").click()
    expect(said).to_contain_text("지면이 너무 깁니다. 나누어 넣어 주세요.")
    expect(view.get_by_label("지면 텍스트를")).to_have_value(TEXT)
    view.get_by_role("button", name="요약하기").click()
    expect(said).to_contain_text("서버에 문제가 생겼습니다")
    view.get_by_role("button", name="다시 시도").click()
    expect(view.get_by_role("article")).to_have_count(1)
    expect(said).to_be_hidden()


def test_a_page_that_breaks_off_says_so(view: Page, desk: Desk) -> None:
    """An error after the start is an event; what has come stays."""
    desk.events = [ONE, {"event": "error", "code": "deadline_passed"}]
    submit(view, desk.url)
    expect(view.get_by_role("alert")).to_contain_text("제시간에 끝내지 못했습니다")
    expect(view.get_by_role("article")).to_have_count(1)
    desk.events = [ONE]
    view.get_by_role("button", name="다시 시도").click()
    expect(view.get_by_role("alert")).to_contain_text("답이 오다가 끊겼습니다")


def test_nothing_to_read_and_no_server(view: Page, desk: Desk) -> None:
    """An empty page, a picture, a server that is gone: each is said before or instead of a request."""
    view.goto(desk.url)
    view.get_by_role("button", name="요약하기").click()
    expect(view.get_by_role("alert")).to_contain_text("아직 지면이 없습니다")
    view.locator("#file").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe"}
    )
    expect(view.get_by_role("alert")).to_contain_text("텍스트나 PDF 파일이 아닌 것 같습니다")
    assert desk.asked == []
    view.route("**/summarize", lambda route: route.abort())
    view.get_by_label("지면 텍스트를").fill(TEXT)
    view.get_by_role("button", name="요약하기").click()
    expect(view.get_by_role("alert")).to_contain_text("서버에 닿지 못했습니다")


def test_a_key_is_asked_for_and_kept_for_the_tab(view: Page, desk: Desk) -> None:
    """401 brings the field; the key goes with the next request and never leaves the tab."""
    desk.problems, desk.events = [problem(401, "unauthorized"), problem(401, "unauthorized")], [ONE, done()]
    submit(view, desk.url)
    expect(view.get_by_role("alert")).to_contain_text("접근 키가 필요합니다")
    view.get_by_label("접근 키").fill("wrong")
    view.keyboard.press("Enter")
    expect(view.get_by_role("alert")).to_contain_text("키가 맞지 않습니다")
    view.get_by_label("접근 키").fill("right")
    view.keyboard.press("Enter")
    expect(view.get_by_role("article")).to_have_count(1)
    assert desk.keys == [None, "Bearer wrong", "Bearer right"]
    assert view.evaluate("localStorage.length + document.cookie.length") == 0


def test_what_a_page_says_is_never_run(view: Page, desk: Desk) -> None:
    """Markup in headline, lines, notices and text is text."""
    bad = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    text = f"{bad}\n{bad} 본문이다."
    event = article(text, 0, bad, f"{bad} 본문이다.", subheads=[bad])
    event["article"]["notices"] = [{"code": "x", "line": 1, "message": bad}]
    event["article"]["bylines"][0]["name"] = bad
    desk.events = [event, done([{"kind": bad, "span": [0, 3], "article": None}])]
    asked: list[str] = []
    view.on("dialog", lambda dialog: asked.append(dialog.message))
    submit(view, desk.url, text)
    expect(view.get_by_role("article").get_by_role("heading")).to_have_text(bad)
    expect(view.locator(".notices")).to_have_text(f"1번째 줄: {bad}")
    view.get_by_role("button", name="근거").click()
    assert view.locator("main img, main script").count() == 0
    assert asked == []


def test_the_real_stream_fills_the_page(view: Page, real: str) -> None:
    """The app's own events, errors and fields are the ones that this page reads."""
    answers: list[str] = []
    view.on(
        "response",
        lambda r: answers.append(r.headers["content-type"]) if r.url.endswith("/summarize") else None,
    )
    submit(view, real, (data_dir("examples") / "page.txt").read_text(encoding="utf-8"))
    expect(view.locator("#label")).not_to_be_empty()
    assert answers == ["application/x-ndjson"]
    lines = view.locator(".lines li")
    lines.first.hover()
    assert len(marked(view)) > 10
    view.get_by_role("group", name="모두").get_by_role("radio", name="개조식").check()
    expect(view.get_by_role("article").first.get_by_role("radio", name="개조식")).to_be_checked()
    view.route("**/summarize", lambda route: route.continue_(post_data="{"))
    view.get_by_role("button", name="새 지면").click()
    view.get_by_role("button", name="요약하기").click()
    expect(view.get_by_role("alert")).to_contain_text("읽을 수 없는 글자가 있습니다")


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium to typeset with")
def test_a_pdf_is_leafed_through(view: Page, real: str, tmp_path: Path) -> None:
    """A file of two pages: the first is summarized at once, the second by a button; a broken one is told."""
    view.goto(real)
    first, second = (
        f"<h1>해온시, 제설차 {n}대 늘린다</h1><p>해온시가 제설차를 {n}대 늘린다. 상황실은 다음 달 1일 연다.</p>"
        "<p class=by>한서윤 기자 seoyun@haeon.example</p>"
        for n in (12, 34)
    )
    raw = typeset(f"{first}<div style='break-after: page'></div>{second}", tmp_path)
    view.locator("#file").set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": raw})
    expect(view.locator("#source")).to_contain_text("제설차 12대")
    view.get_by_role("navigation", name="파일의 쪽").get_by_role("button", name="2쪽").click()
    expect(view.locator("#source")).to_contain_text("제설차 34대")
    expect(view.get_by_role("article")).to_have_count(1)
    view.get_by_role("button", name="새 지면").click()
    view.locator("#file").set_input_files(
        {"name": "b.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 broken"}
    )
    expect(view.get_by_role("alert")).to_contain_text("PDF에서 글자를 찾지 못했습니다")
