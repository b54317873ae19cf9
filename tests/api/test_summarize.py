"""POST /summarize: the response of design.md, the ways in, and the defined answer to each bad input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import httpx

PROBLEM = "application/problem+json"


def covered(answer: dict[str, Any], length: int) -> list[int]:
    """How often each character lies in an article or a skipped block."""
    counts = [0] * length
    spans = [span for article in answer["articles"] for span in article["spans"]]
    spans += [skipped["span"] for skipped in answer["skipped"]]
    for start, end in spans:
        for n in range(start, end):
            counts[n] += 1
    return counts


def test_response_is_the_one_of_the_design(client: httpx.Client, page: str) -> None:
    """Every field of the design is there, no other, and each has its shape."""
    answer = client.post("/summarize", json={"text": page}).json()
    assert set(answer) == {"articles", "skipped", "engine", "ai", "timings_ms"}
    assert set(answer["engine"]) == {"name", "kind", "runtime", "device", "dtype", "revision", "prompt"}
    assert set(answer["ai"]) == {"generated", "label"}
    assert set(answer["timings_ms"]) == {"split", "select", "draft", "ground", "total"}
    for index, article in enumerate(answer["articles"]):
        assert set(article) == {
            "index", "headline", "headline_origin", "subheads", "bylines", "summary", "evidence", "origins",
            "spans", "notices",
        }  # fmt: skip
        assert article["index"] == index
        assert len(article["summary"]) == len(article["evidence"]) == len(article["origins"])
    assert all(set(block) == {"kind", "span", "article"} for block in answer["skipped"])
    assert answer["ai"]["generated"] is False
    assert "주요 문장 추출" in answer["ai"]["label"]


def test_articles_of_a_page(client: httpx.Client, page: str) -> None:
    """Both stories come back, in order, with the page's headlines and at most three lines."""
    articles = client.post("/summarize", json={"text": page}).json()["articles"]
    assert [a["headline"] for a in articles] == [
        "해온시, 골목 빈집 40채 청년 공방으로 고친다",
        "겨울 가뭄에 섬 12곳 제한급수",
    ]
    assert all(a["headline_origin"] == "page" for a in articles)
    assert all(1 <= len(a["summary"]) <= 3 for a in articles)


def test_nothing_of_a_page_is_lost(client: httpx.Client, page: str) -> None:
    """Every non-space character lies in exactly one article or one skipped block."""
    answer = client.post("/summarize", json={"text": page}).json()
    counts = covered(answer, len(page))
    assert all(count == 1 for count, char in zip(counts, page, strict=True) if not char.isspace())


def test_evidence_points_into_the_submitted_text(client: httpx.Client, page: str) -> None:
    """The spans of an extracted line's evidence lie in the page, inside its article."""
    for article in client.post("/summarize", json={"text": page}).json()["articles"]:
        for spans in article["evidence"]:
            assert spans
            assert all(any(lo <= s and e <= hi for lo, hi in article["spans"]) for s, e in spans)


def test_three_ways_in_give_one_answer(client: httpx.Client, page: str) -> None:
    """JSON, text/plain and an uploaded file come to the same articles."""
    raw = page.encode()
    ways = [
        client.post("/summarize", json={"text": page, "lines": 2, "include": ["body"]}),
        client.post("/summarize?lines=2&include=body", content=raw, headers={"content-type": "text/plain"}),
        client.post("/summarize?lines=2", files={"file": ("page.txt", raw)}, data={"include": "body"}),
    ]
    answers = [way.json()["articles"] for way in ways]
    assert answers[0]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_files_of_korean_desks_are_understood(client: httpx.Client, page: str, encoding: str) -> None:
    """An uploaded file may be UTF-8 with or without BOM, CP949 or UTF-16."""
    file = ("지면.txt", page.replace("㎞", "km").encode(encoding), "text/plain")
    answer = client.post("/summarize", files={"file": file}).json()
    assert answer["articles"][0]["headline"] == "해온시, 골목 빈집 40채 청년 공방으로 고친다"
    assert answer["articles"][0]["spans"][0][0] == 0


@pytest.mark.parametrize("charset", ["euc-kr", "CP949", '"ks_c_5601-1987"'])
def test_text_in_a_named_charset(client: httpx.Client, page: str, charset: str) -> None:
    """text/plain may name the charset that Korean systems write."""
    answer = client.post(
        "/summarize", content=page.encode("cp949"), headers={"content-type": f"text/plain; charset={charset}"}
    )
    assert answer.json()["articles"][1]["headline"] == "겨울 가뭄에 섬 12곳 제한급수"


def test_include_adds_bodies_and_skipped_texts(client: httpx.Client, page: str) -> None:
    """`include` adds the repaired body and the text of what was skipped, and nothing else does."""
    answer = client.post("/summarize", json={"text": page, "include": ["body", "skipped"]}).json()
    assert answer["articles"][0]["body"].startswith("해온시가 구도심의")
    for block in answer["skipped"]:
        assert block["text"] == page[slice(*block["span"])]


def test_articles_already_split(client: httpx.Client) -> None:
    """Articles may be sent already split: offsets are into each body, and `article` says which."""
    bodies = [
        "가로등 300개가 새로 선다. 시는 예산 9억원을 세웠다. 공사는 5월에 끝난다.",
        "시립도서관이 밤 10시까지 문을 연다. 이용자는 하루 평균 800명이다.",
    ]
    answer = client.post(
        "/summarize",
        json={"articles": [{"headline": "가로등 늘린다", "body": bodies[0]}, {"body": bodies[1]}]},
    ).json()
    assert [a["index"] for a in answer["articles"]] == [0, 1]
    assert answer["articles"][0]["headline"] == "가로등 늘린다"
    assert answer["articles"][1]["headline_origin"] in {"extracted", None}
    for article, body in zip(answer["articles"], bodies, strict=True):
        assert all(0 <= s < e <= len(body) for spans in article["evidence"] for s, e in spans)
    assert all(block["article"] in {0, 1} for block in answer["skipped"])


def test_engine_may_be_named(client: httpx.Client, page: str) -> None:
    """The loaded engine or `extractive` may be asked for; another is refused."""
    named = client.post("/summarize", json={"text": page, "engine": "extractive"})
    assert named.json()["engine"]["name"] == "extractive"
    refused = client.post("/summarize", json={"text": page, "engine": "kobart"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("text", ["", " \n\t　\n", "\u200b﻿"])
def test_a_text_of_nothing(client: httpx.Client, text: str) -> None:
    """Empty text and text of spaces have no articles."""
    answer = client.post("/summarize", json={"text": text})
    assert answer.status_code == 200
    assert answer.json()["articles"] == []


def test_longest_text(client: httpx.Client) -> None:
    """200,000 characters are taken; one more is too large, whichever way it comes."""
    text = ("물가가 올랐다. " * 25_000)[:200_000]
    assert client.post("/summarize", json={"text": text}).status_code == 200
    for answer in (
        client.post("/summarize", json={"text": text + "다"}),
        client.post("/summarize", content=(text + "다").encode(), headers={"content-type": "text/plain"}),
        client.post("/summarize", files={"file": ("page.txt", (text + "다").encode())}),
        client.post("/summarize", json={"articles": [{"body": text}, {"body": "다"}]}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


WORD = "대외비"
JSON_TYPE = {"content-type": "application/json"}
BAD: dict[str, tuple[bytes, dict[str, str], int, str]] = {
    "no_json": (b"{", JSON_TYPE, 400, "unreadable_body"),
    "broken_utf8": (b'{"text": "\xff"}', JSON_TYPE, 400, "unreadable_body"),
    "broken_utf8_text": (b"\xff\xfe\xfd", {"content-type": "text/plain"}, 400, "unreadable_body"),
    "duplicate_key": (f'{{"text": "{WORD}", "text": ""}}'.encode(), JSON_TYPE, 400, "unreadable_body"),
    "lone_surrogate": (b'{"text": "\\ud800"}', JSON_TYPE, 400, "unreadable_body"),
    "lone_surrogate_key": (b'{"text": "", "\\udfff": 1}', JSON_TYPE, 400, "unreadable_body"),
    "deep": (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", JSON_TYPE, 400, "unreadable_body"),
    "nan": (b'{"text": "", "lines": NaN}', JSON_TYPE, 400, "unreadable_body"),
    "long_number": (b'{"text": "", "lines": ' + b"1" * 5000 + b"}", JSON_TYPE, 400, "unreadable_body"),
    "charset": (b"abc", {"content-type": "text/plain; charset=klingon"}, 400, "unreadable_body"),
    "utf16_json": ('{"text": ""}'.encode("utf-16"), JSON_TYPE, 400, "unreadable_body"),
    "json_charset": (b"{}", {"content-type": "application/json; charset=euc-kr"}, 415, "unsupported_media_type"),
    "gzip": (b"\x1f\x8b", {**JSON_TYPE, "content-encoding": "gzip"}, 415, "unsupported_media_type"),
    "wrong_type": (b"<p/>", {"content-type": "text/html"}, 415, "unsupported_media_type"),
    "form_type": (b"a=b", {"content-type": "application/x-www-form-urlencoded"}, 415, "unsupported_media_type"),
    "no_type": (b"a", {}, 415, "unsupported_media_type"),
    "no_boundary": (b"a", {"content-type": "multipart/form-data"}, 400, "unreadable_body"),
    "broken_form": (b"a", {"content-type": "multipart/form-data; boundary=x"}, 400, "unreadable_body"),
    "list": (b"[]", JSON_TYPE, 422, "invalid_request"),
    "nothing": (b"{}", JSON_TYPE, 422, "invalid_request"),
    "both": (b'{"text": "", "articles": []}', JSON_TYPE, 422, "invalid_request"),
    "unknown": (f'{{"text": "", "{WORD}": 1}}'.encode(), JSON_TYPE, 422, "invalid_request"),
    "lines_0": (b'{"text": "", "lines": 0}', JSON_TYPE, 422, "invalid_request"),
    "lines_6": (b'{"text": "", "lines": 6}', JSON_TYPE, 422, "invalid_request"),
    "lines_text": (b'{"text": "", "lines": "3"}', JSON_TYPE, 422, "invalid_request"),
    "lines_bool": (b'{"text": "", "lines": true}', JSON_TYPE, 422, "invalid_request"),
    "style": (f'{{"text": "", "style": "{WORD}"}}'.encode(), JSON_TYPE, 422, "invalid_request"),
    "text_number": (b'{"text": 3}', JSON_TYPE, 422, "invalid_request"),
    "article_unknown": (
        f'{{"articles": [{{"body": "", "{WORD}": "{WORD}"}}]}}'.encode(), JSON_TYPE, 422, "invalid_request",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_bodies_have_their_answer(client: httpx.Client, name: str) -> None:
    """Each bad body is answered by its status and code, as a problem document without a word of the body."""
    body, headers, status, code = BAD[name]
    answer = client.post("/summarize", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == PROBLEM
    assert answer.json()["status"] == status
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert WORD not in answer.text


@pytest.mark.parametrize(
    "query", ["lines=0", "lines=x", "style=x", "colour=red", "include=x", "engine=" + "x" * 65]
)
def test_bad_options_in_the_query(client: httpx.Client, query: str) -> None:
    """Query parameters are held to the same ranges, and unknown ones are refused."""
    answer = client.post(f"/summarize?{query}", content=b"a", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_an_option_in_the_query_goes_before_the_body(client: httpx.Client, page: str) -> None:
    """An option may stand in the query beside any kind of body."""
    articles = client.post("/summarize?lines=1", json={"text": page, "lines": 3}).json()["articles"]
    assert {len(a["summary"]) for a in articles} == {1}


def test_forms_have_one_file(client: httpx.Client) -> None:
    """A form without a file, with two, or with an unknown field is refused."""
    assert client.post("/summarize", files={"lines": (None, "3")}).status_code == 422
    two = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    assert client.post("/summarize", files=two).status_code == 422
    unknown = client.post("/summarize", files={"file": ("a.txt", b"a")}, data={"colour": "red"})
    assert unknown.status_code == 422


def test_a_body_over_the_limit_in_bytes(client: httpx.Client) -> None:
    """A body is refused by its declared length, or while it comes in, without being held."""
    declared = client.post("/summarize", content=b"a" * 10_000_000, headers={"content-type": "text/plain"})
    chunked = client.post(
        "/summarize", content=(b"a" * 65536 for _ in range(200)), headers={"content-type": "text/plain"}
    )
    for answer in (declared, chunked):
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_nuls_and_controls_are_text(client: httpx.Client) -> None:
    """NUL, bidi controls and zalgo are characters like others: answered, with offsets that hold."""
    text = "비가\x00 왔다.\u202e 눈도 왔다.\n" + "a" + "\u0301" * 500
    answer = client.post("/summarize", json={"text": text, "include": ["skipped"]})
    assert answer.status_code == 200
    for block in answer.json()["skipped"]:
        assert block["text"] == text[slice(*block["span"])]


def test_streaming(client: httpx.Client, page: str) -> None:
    """With Accept: application/x-ndjson each article is an event, then comes the rest."""
    whole = client.post("/summarize", json={"text": page}).json()
    answer = client.post("/summarize", json={"text": page}, headers={"accept": "application/x-ndjson"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    *articles, done = [json.loads(line) for line in answer.text.splitlines()]
    assert {event["event"] for event in articles} == {"article"}
    assert sorted((e["article"] for e in articles), key=lambda a: a["index"]) == whole["articles"]
    assert done["event"] == "done"
    assert done["skipped"] == whole["skipped"]
    assert set(done) == {"event", "skipped", "engine", "ai", "timings_ms"}


def test_streaming_refuses_before_it_starts(client: httpx.Client) -> None:
    """What is wrong before the first event has its status, streamed or not."""
    answer = client.post("/summarize", json={}, headers={"accept": "application/x-ndjson"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)


def test_split(client: httpx.Client, page: str) -> None:
    """POST /split gives the articles without summaries, what was skipped, and every block."""
    answer = client.post("/split", json={"text": page, "include": ["body", "skipped"]}).json()
    assert set(answer) == {"articles", "skipped", "blocks"}
    assert answer["articles"][0]["headline"] == "해온시, 골목 빈집 40채 청년 공방으로 고친다"
    assert not {"summary", "evidence", "origins"} & set(answer["articles"][0])
    assert all(set(block) == {"kind", "span", "article"} for block in answer["blocks"])
    assert [b["span"] for b in answer["blocks"] if b["article"] is None] == [
        b["span"] for b in answer["skipped"]
    ]
    assert client.post("/split", json={"text": page, "lines": 3}).status_code == 422


def test_unknown_paths_and_methods(client: httpx.Client) -> None:
    """What is not there is a problem document too, and repeats nothing of the request."""
    for answer, code in (
        (client.get("/없음"), "not_found"),
        (client.get("/summarize"), "method_not_allowed"),
    ):
        assert answer.json()["code"] == code
        assert answer.headers["content-type"] == PROBLEM
        assert "없음" not in answer.text


def test_ninjs(client: httpx.Client, page: str) -> None:
    """`?format=ninjs` answers in IPTC ninjs, the bodies in it."""
    answer = client.post("/summarize?format=ninjs", json={"text": page})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["standard"]["version"] == "3.3"
    assert answer.json()["associations"][0]["bodies"][0]["value"].startswith("해온시가 구도심의")
    assert client.post("/summarize?format=docx", json={"text": page}).status_code == 422
