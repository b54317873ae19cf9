"""The chat engine against a server that does what servers do: answer, refuse, break off, and talk nonsense."""

from __future__ import annotations

import json
import logging
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.domain import Assignment, Draft, HeadlineOrigin, Origin, Style
from app.engine.cards import ChatCard
from app.engine.chat import build
from app.errors import EngineError, PromptError, SetupError
from app.settings import Settings
from bench.ports import free_port
from tests.chat_desk import Make, assigned
from tests.chat_server import Asked, Behave, Reply, answer, serving, truthful


def drafted(result: Draft | EngineError) -> Draft:
    """The draft; the error, raised, where there is none."""
    if isinstance(result, EngineError):
        raise result
    return result


def origins(draft: Draft) -> list[str]:
    """Where its lines came from."""
    return [line.origin.value for line in draft.lines]


def codes(draft: Draft) -> list[str]:
    """Its notices."""
    return [notice.code for notice in draft.notices]


def in_turn(*replies: Reply) -> Behave:
    """Behaviour that gives these replies one after the other, then the truth."""

    def behave(asked: Asked) -> Reply:
        return replies[asked.number] if asked.number < len(replies) else truthful(asked)

    return behave


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_becomes_a_draft(engine: Make, article: Assignment, *, stream: bool) -> None:
    """Lines come back as the model's, with the sentences they cite, whether or not the answer is streamed."""
    with serving() as server:
        chat = engine(server.url, stream=stream)
        draft = drafted(chat.draft([article])[0])
        assert origins(draft) == ["model"] * 3
        assert [line.sentences for line in draft.lines] == [(0,), (1,), (2,)]
        assert draft.headline is None
        assert chat.info.name == "test-model"
        assert chat.info.kind == "chat"
        assert chat.info.runtime == "openai/json_schema"
        assert chat.info.prompt is not None
        assert chat.info.prompt.startswith("headline_and_lines@1 sha256:")


def test_the_schema_that_is_sent_is_strict(engine: Make, article: Assignment) -> None:
    """The server is asked for exactly as many lines as are wanted and admits no other field."""
    with serving() as server:
        engine(server.url).draft([article])
        form = server.asked[0].body["response_format"]
        assert form["type"] == "json_schema"
        assert form["json_schema"]["strict"] is True
        schema = form["json_schema"]["schema"]
        assert schema["required"] == ["lines"]
        assert schema["additionalProperties"] is False
        assert (schema["properties"]["lines"]["minItems"], schema["properties"]["lines"]["maxItems"]) == (
            3,
            3,
        )
        assert "스키마" not in server.asked[0].prompt


def test_a_headline_is_asked_for_only_where_the_page_has_none(engine: Make) -> None:
    """Without a headline on the page, the schema wants one, and the model's is used."""

    def behave(asked: Asked) -> Reply:
        return Reply(answer(asked, headline="한들시, 낡은 상수관 62㎞ 바꾼다"))

    with serving(behave) as server:
        draft = drafted(engine(server.url).draft([assigned(headline=None)])[0])
        assert server.asked[0].schema is not None
        assert server.asked[0].schema["required"] == ["lines", "headline"]
        assert draft.headline == "한들시, 낡은 상수관 62㎞ 바꾼다"
        assert draft.headline_origin is HeadlineOrigin.GENERATED


def test_a_headline_about_something_else_is_replaced(engine: Make) -> None:
    """The extracted headline stands in, and a notice says so."""

    def behave(asked: Asked) -> Reply:
        return Reply(answer(asked, headline="월드컵 대표팀 극적인 역전승"))

    with serving(behave) as server:
        assignment = assigned(headline=None)
        draft = drafted(engine(server.url).draft([assignment])[0])
        assert draft.headline == assignment.headline
        assert draft.headline_origin is HeadlineOrigin.EXTRACTED
        assert codes(draft) == ["headline_replaced"]


@pytest.mark.parametrize(
    "fault",
    [
        Reply(status=429, headers={"retry-after": "0.05"}),
        Reply(status=503, text="loading model"),
        Reply(status=500),
        Reply(status=408),
        Reply("x" * 500, cut=True),
        Reply(raw="<html>bad gateway</html>", headers={"content-type": "text/html"}),
        Reply(raw="{}"),
        Reply(raw='{"choices": []}'),
        Reply(raw='{"choices": [{"message": null}]}'),
        Reply(raw="not json"),
    ],
    ids=["429", "503", "500", "408", "cut", "html", "empty", "no-choice", "no-message", "no-json"],
)
@pytest.mark.parametrize("stream", [False, True])
def test_passing_faults_are_retried(engine: Make, article: Assignment, fault: Reply, *, stream: bool) -> None:
    """Two faults of a kind, then an answer: the draft is the model's."""
    with serving(in_turn(fault, fault)) as server:
        draft = drafted(engine(server.url, stream=stream).draft([article])[0])
        assert origins(draft) == ["model"] * 3
        assert len(server.asked) == 3


def test_retry_after_is_waited_for(engine: Make, article: Assignment) -> None:
    """The server's own word on when to come back is kept."""
    busy = Reply(status=429, headers={"retry-after": "0.4"})
    with serving(in_turn(busy)) as server:
        chat = engine(server.url)
        chat.ready()
        started = time.monotonic()
        drafted(chat.draft([article])[0])
        assert time.monotonic() - started >= 0.4


def test_a_wait_past_the_deadline_is_not_begun(engine: Make, article: Assignment) -> None:
    """A server that says to come back in an hour costs the page no time."""
    with serving(lambda _: Reply(status=429, headers={"retry-after": "3600"})) as server:
        started = time.monotonic()
        (result,) = engine(server.url).draft([article])
        assert isinstance(result, EngineError)
        assert time.monotonic() - started < 3


def test_a_slow_server_is_given_up_at_the_deadline(engine: Make, article: Assignment) -> None:
    """The article fails at the deadline, not when the server is done."""
    with serving(lambda asked: Reply(answer(asked), wait_s=3)) as server:
        chat = engine(server.url, deadline_s=0.5)
        chat.ready()
        started = time.monotonic()
        (result,) = chat.draft([article])
        assert isinstance(result, EngineError)
        assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    "said",
    [
        "물론입니다! 요약해 드리겠습니다.",
        '{"lines": [',
        "",
        '{"lines": []}',
        '{"lines": [{"text": "한들시가 상수관을 바꾼다."}]}',
        '{"lines": [{"sentences": [1], "text": "한들시가 상수관을 바꾼다.", "note": "x"}]}',
        '{"lines": [{"sentences": [1], "text": "The city will replace its old water pipes."}]}',
        '{"lines": [{"sentences": [1], "text": "市は古い水道管を交換する。"}]}',
        '{"lines": [{"sentences": [1], "text": ""}]}',
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
    ids=["prose", "broken", "empty", "no-line", "no-number", "extra", "english", "japanese", "blank", "deep", "deeper"],
)  # fmt: skip
def test_an_unusable_answer_is_asked_for_once_more(engine: Make, article: Assignment, said: str) -> None:
    """Once wrong, the model is told what was wrong; twice wrong, the article fails after two questions."""
    with serving(in_turn(Reply(said))) as server:
        draft = drafted(engine(server.url).draft([article])[0])
        assert origins(draft) == ["model"] * 3
        roles = [m["role"] for m in server.asked[1].body["messages"]]
        assert roles == ["system", "user", "assistant", "user"]
    with serving(lambda _: Reply(said)) as server:
        (result,) = engine(server.url).draft([article])
        assert isinstance(result, EngineError)
        assert len(server.asked) == 2


def test_an_answer_cut_at_its_limit_gets_more_room(engine: Make, article: Assignment) -> None:
    """finish_reason=length with half a JSON: asked once more with twice the tokens."""
    cut = Reply('{"lines": [{"sentences": [1], "text": "한들시가', finish="length")
    with serving(in_turn(cut)) as server:
        draft = drafted(engine(server.url).draft([article])[0])
        assert origins(draft) == ["model"] * 3
        first, second = (asked.body["max_tokens"] for asked in server.asked)
        assert second == 2 * first


def test_a_whole_answer_that_ends_at_its_limit_is_used(engine: Make, article: Assignment) -> None:
    """The last token may be the closing brace."""
    with serving(lambda asked: Reply(answer(asked), finish="length")) as server:
        assert origins(drafted(engine(server.url).draft([article])[0])) == ["model"] * 3
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "wrapping", ["```json\n{}\n```", "<think>음… {{생각}}</think>{}", "생각</think>\n\n{}", "답: {} 끝."]
)
def test_what_stands_around_the_json_is_taken_off(engine: Make, article: Assignment, wrapping: str) -> None:
    """Code fences, thoughts and pleasantries are no part of the answer."""
    with serving(lambda asked: Reply(wrapping.replace("{}", answer(asked), 1))) as server:
        assert origins(drafted(engine(server.url).draft([article])[0])) == ["model"] * 3
        assert len(server.asked) == 1


@pytest.mark.parametrize("status", [400, 422, 501])
def test_a_server_without_schemas_is_asked_in_words(
    engine: Make, article: Assignment, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """response_format refused: the same prompt with the schema in it; remembered, logged, and said in `info`."""

    def behave(asked: Asked) -> Reply:
        if asked.schema is not None:
            return Reply("response_format is not supported", status=status)
        assert '"additionalProperties": false' in asked.prompt
        return truthful(asked)

    with serving(behave) as server:
        chat = engine(server.url)
        for _ in range(3):
            assert origins(drafted(chat.draft([article])[0])) == ["model"] * 3
        assert chat.info.runtime == "openai/json_prompt"
        assert [asked.schema is None for asked in server.asked] == [False, True, True, True]
        assert sum("response_format" in r.message for r in caplog.records) == 1


def test_a_server_that_ignores_schemas_is_found_out(engine: Make, article: Assignment) -> None:
    """Some servers accept response_format and do not hold to it: prose once, then asked in words for good."""

    def behave(asked: Asked) -> Reply:
        return Reply("요약은 다음과 같습니다.") if asked.schema is not None else truthful(asked)

    with serving(behave) as server:
        chat = engine(server.url)
        chat.draft([article])
        drafted(chat.draft([article])[0])
        assert chat.info.runtime == "openai/json_prompt"
        assert len(server.asked) == 3


def test_a_wrong_request_is_not_taken_for_a_refused_schema(engine: Make, article: Assignment) -> None:
    """A 400 that stays without the schema fails the article, and schemas are still asked for."""
    with serving(lambda _: Reply("no", status=400)) as server:
        chat = engine(server.url)
        (result,) = chat.draft([article])
        assert isinstance(result, EngineError)
        assert chat.info.runtime == "openai/json_schema"


def test_a_server_that_is_down_costs_little_and_is_told(engine: Make, article: Assignment) -> None:
    """No server: errors at once, a sentence for /readyz, no waiting for the next page; and back when it is back."""
    chat = engine(f"http://127.0.0.1:{free_port()}/v1")
    started = time.monotonic()
    results = chat.draft([article] * 5)
    assert all(isinstance(r, EngineError) for r in results)
    assert time.monotonic() - started < 3
    started = time.monotonic()
    chat.draft([article])
    assert time.monotonic() - started < 0.5
    said = chat.ready()
    assert said is not None
    assert "cannot be reached" in said


def test_a_server_that_comes_back_is_used_again(engine: Make, article: Assignment) -> None:
    """ready() notices it at once; without that, the next question after a few seconds does."""
    with serving() as server:
        chat = engine(server.url)
        drafted(chat.draft([article])[0])
        url = server.url
    assert isinstance(chat.draft([article])[0], EngineError)
    assert chat.ready() is not None
    with serving(port=int(url.rsplit(":", 1)[1].removesuffix("/v1"))):
        assert chat.ready() is None
        drafted(chat.draft([article])[0])


def test_a_server_that_fails_again_and_again_is_left_alone(engine: Make, article: Assignment) -> None:
    """Three articles in a row without an answer: the next fails without a question."""
    # Long enough that a busy machine's server has the question before it is given up.
    with serving(lambda asked: Reply(answer(asked), wait_s=2)) as server:
        chat = engine(server.url, deadline_s=0.5)
        for _ in range(4):
            assert isinstance(chat.draft([article])[0], EngineError)
        assert len(server.asked) == 3


def test_one_article_that_fails_loses_no_other(engine: Make, article: Assignment) -> None:
    """Errors come back as values, in their places."""
    other = assigned(
        body="보람동 주민센터가 새 청사로 옮긴다고 3일 알렸다. 새 청사는 4층이며 도서관을 둔다.",
        headline="보람동",
    )

    def behave(asked: Asked) -> Reply:
        return Reply("싫다") if "보람동 주민센터" in asked.prompt else truthful(asked)

    with serving(behave) as server:
        first, second, third = engine(server.url).draft([article, other, article])
        assert isinstance(second, EngineError)
        assert origins(drafted(first)) == origins(drafted(third)) == ["model"] * 3


def test_questions_under_way_are_bounded(engine: Make, article: Assignment) -> None:
    """However many articles and threads, the server sees at most the card's number at a time."""
    with serving(lambda asked: Reply(answer(asked), wait_s=0.02)) as server:
        chat = engine(server.url, concurrency=4)
        callers = [threading.Thread(target=chat.draft, args=([article] * 6,)) for _ in range(4)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join()
        assert len(server.asked) == 24
        assert server.most_at_once <= 4


def test_a_line_about_something_else_is_replaced(engine: Make, article: Assignment) -> None:
    """One line of another world: an extracted line stands in its place, with a notice that names it."""

    def behave(asked: Asked) -> Reply:
        kept = list(asked.sentences.values())
        return Reply(answer(asked, [kept[0], "박 시장이 뇌물을 받은 혐의로 구속됐다.", kept[2]]))

    with serving(behave) as server:
        draft = drafted(engine(server.url).draft([article])[0])
        assert origins(draft) == ["model", "extracted", "model"]
        assert [(n.code, n.line) for n in draft.notices] == [("line_replaced", 2)]


def test_too_few_lines_are_filled(engine: Make, article: Assignment) -> None:
    """A model that answers one line leaves the others to extraction."""

    def behave(asked: Asked) -> Reply:
        return Reply(answer(asked, [next(iter(asked.sentences.values()))]))

    with serving(behave) as server:
        draft = drafted(engine(server.url).draft([article])[0])
        assert origins(draft) == ["model", "extracted", "extracted"]
        assert len({line.text for line in draft.lines}) == 3


def test_brief_lines_lose_their_full_stop(engine: Make) -> None:
    """The style reaches the prompt, and a telegraphic line ends without a full stop."""

    def behave(asked: Asked) -> Reply:
        assert "명사로 끝낸다" in asked.prompt
        return Reply(
            answer(
                asked,
                [
                    "1. 한들시, 낡은 상수관 62㎞ 교체.",
                    "- 은내동과 보람동에 교체 대상 관 몰려",
                    "이 구간 누수율 21.4% [3]",
                ],
            )
        )

    with serving(behave) as server:
        draft = drafted(engine(server.url).draft([assigned(style=Style.BRIEF)])[0])
        assert [line.text for line in draft.lines] == [
            "한들시, 낡은 상수관 62㎞ 교체", "은내동과 보람동에 교체 대상 관 몰려", "이 구간 누수율 21.4%",
        ]  # fmt: skip


def test_a_style_that_the_model_missed_is_made_up_for(engine: Make) -> None:
    """Sentences where brief lines were asked for become brief; brief lines where sentences were, are replaced."""
    said = [
        "한들시가 3년 동안 240억 원을 들여 낡은 상수관 62㎞를 바꾼다.",
        "주민 “여름마다 흙탕물이 나와 정수기를 따로 사야 했다”",
        "한들시, 낡은 상수관 62㎞ 교체",
    ]
    with serving(lambda asked: Reply(answer(asked, said))) as server:
        chat = engine(server.url)
        brief = drafted(chat.draft([assigned(style=Style.BRIEF)])[0])
        assert origins(brief) == ["model"] * 3
        assert not brief.lines[0].text.endswith("다")
        assert [line.text for line in brief.lines[1:]] == said[1:]
        sentence = drafted(chat.draft([assigned()])[0])
        assert origins(sentence) == ["model", "model", "extracted"]


def test_a_long_article_is_cut_at_sentence_ends(engine: Make) -> None:
    """Over the context: whole sentences go, the evidence stays, and a notice says that it was cut."""
    body = "\n".join(
        f"{n}번째 안건은 은내동 도로 {n}㎞를 넓히는 사업으로 시의회가 오래 다투었다." for n in range(1, 200)
    )
    assignment = assigned(body=body, headline="시의회")
    with serving() as server:
        draft = drafted(engine(server.url, context=2400).draft([assignment])[0])
        shown = server.asked[0].sentences
        assert codes(draft) == ["input_cut"]
        assert 3 <= len(shown) < len(assignment.sentences)
        assert all(shown[n] == assignment.sentences[n - 1].text for n in shown)
        evidence = {n + 1 for e in assignment.evidence for n in e.sentences}
        assert evidence <= set(shown)
        assert "길어서 일부 문장을 뺐음" in server.asked[0].prompt


def test_the_server_s_own_limit_is_kept(engine: Make) -> None:
    """`max_model_len` in the list of models, as vLLM gives it, is known before the first question."""
    body = "\n".join(
        f"{n}번째 안건은 은내동 도로 {n}㎞를 넓히는 사업으로 시의회가 오래 다투었다." for n in range(1, 200)
    )
    with serving(context=2400) as server:
        draft = drafted(engine(server.url).draft([assigned(body=body, headline="시의회")])[0])
        assert codes(draft) == ["input_cut"]
        assert len(server.asked) == 1


def test_a_question_that_is_too_long_after_all_is_cut_again(engine: Make) -> None:
    """The server's refusal of a long prompt shortens it; a tokenizer we do not know may count otherwise."""
    body = "\n".join(
        f"{n}번째 안건은 은내동 도로 {n}㎞를 넓히는 사업으로 시의회가 오래 다투었다." for n in range(1, 100)
    )

    def behave(asked: Asked) -> Reply:
        if len(asked.prompt) > 3000:
            return Reply("This model's maximum context length is 3000 tokens.", status=400)
        return truthful(asked)

    with serving(behave) as server:
        draft = drafted(engine(server.url).draft([assigned(body=body, headline="시의회")])[0])
        assert codes(draft) == ["input_cut"]
        assert "response_format" in server.asked[-1].body


def test_a_context_without_room_is_an_error(engine: Make, article: Assignment) -> None:
    """A context that not even one sentence fits is said, and nothing is sent."""
    with serving(context=600) as server:
        (result,) = engine(server.url).draft([article])
        assert isinstance(result, EngineError)
        assert "context" in str(result)
        assert server.asked == []


def test_small_models_rewrite_one_group_at_a_time(engine: Make) -> None:
    """A card with the evidence prompt: a question a line, one for the headline, evidence as it was selected."""
    with serving() as server:
        assignment = assigned(headline=None)
        chat = engine(server.url, prompt="rewrite_evidence")
        draft = drafted(chat.draft([assignment])[0])
        assert origins(draft) == ["model"] * 3
        assert [line.sentences for line in draft.lines] == [e.sentences for e in assignment.evidence]
        assert draft.headline_origin is HeadlineOrigin.GENERATED
        assert len(server.asked) == 4
        assert chat.info.prompt is not None
        assert chat.info.prompt.startswith("rewrite_evidence@1")


def test_one_group_that_fails_is_extracted(engine: Make, article: Assignment) -> None:
    """In evidence mode a failed question costs its own line only; all failed, the article."""

    def behave(asked: Asked) -> Reply:
        return (
            Reply("싫다")
            if "240억" in asked.body["messages"][1]["content"].split("제목")[1][30:]
            else truthful(asked)
        )

    with serving(behave) as server:
        draft = drafted(engine(server.url, prompt="rewrite_evidence").draft([article])[0])
        assert sorted(origins(draft)) == ["extracted", "model", "model"]
    with serving(lambda _: Reply("싫다")) as server:
        (result,) = engine(server.url, prompt="rewrite_evidence").draft([article])
        assert isinstance(result, EngineError)


def test_the_key_is_sent_and_never_shown(
    article: Assignment, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """The key reaches the server, and no error, log, info or settings print holds it."""
    caplog.set_level(logging.DEBUG)
    card = ChatCard(
        kind="chat", name="chat", title="t", hub="m", licence="MIT", server="s", prompt="headline_and_lines", context=8192
    )  # fmt: skip
    with serving(in_turn(Reply(status=500), Reply(status=401))) as server:
        settings = Settings(chat_url=server.url, chat_api_key=SecretStr("sk-secret-key"))
        chat = build(card, settings)
        (result,) = chat.draft([article])
        assert isinstance(result, EngineError)
        assert "SEJUL_CHAT_API_KEY" in str(result)
        assert set(server.keys) == {"Bearer sk-secret-key"}
        said = chat.ready()
        chat.close()
        told = f"{result!r}{said}{chat.info}{settings!r}{caplog.text}{capsys.readouterr()}"
        assert "sk-secret-key" not in told


def test_no_article_text_is_logged(
    engine: Make, article: Assignment, caplog: pytest.LogCaptureFixture
) -> None:
    """Faults of every kind leave no word of the article in the log of this app."""
    caplog.set_level(logging.DEBUG, logger="app")
    faults = [Reply(status=503), Reply("한들시 상수관"), Reply("한들시 상수관")]
    with serving(in_turn(*faults)) as server:
        (result,) = engine(server.url).draft([article])
        assert "한들시" not in caplog.text + repr(result)


def test_what_cannot_be_built_is_said_at_once(tmp_path: Path) -> None:
    """No URL, no such prompt, a prompt for headlines only: errors that name what to set."""
    values = {
        "kind": "chat",
        "name": "chat",
        "title": "t",
        "hub": "",
        "licence": "MIT",
        "server": "vllm serve X",
        "context": 8192,
    }
    card = ChatCard.model_validate({**values, "prompt": "headline_and_lines"})
    with pytest.raises(SetupError, match=r"SEJUL_CHAT_URL.*vllm serve X"):
        build(card, Settings())
    with pytest.raises(SetupError, match="http"):
        build(card, Settings(chat_url="localhost:8000"))
    with pytest.raises(PromptError, match=str(tmp_path)):
        build(card, Settings(chat_url="http://127.0.0.1:1", prompts_dir=tmp_path))
    with pytest.raises(PromptError, match="headlines only"):
        build(
            ChatCard.model_validate({**values, "prompt": "headline"}), Settings(chat_url="http://127.0.0.1:1")
        )


def test_extra_fields_of_the_card_reach_the_server(engine: Make, article: Assignment) -> None:
    """What a model family wants said with each request stands in its card."""
    with serving() as server:
        engine(server.url, extra_body={"chat_template_kwargs": {"enable_thinking": False}}).draft([article])
        assert server.asked[0].body["chat_template_kwargs"] == {"enable_thinking": False}
        assert json.dumps(server.asked[0].body["messages"])


def test_closing_twice_is_closing_once(article: Assignment) -> None:
    """close() ends the thread, also with a question under way."""
    card = ChatCard(
        kind="chat", name="chat", title="t", hub="", licence="MIT", server="s", prompt="headline_and_lines", context=8192
    )  # fmt: skip
    with serving(lambda asked: Reply(answer(asked), wait_s=1)) as server:
        chat = build(card, Settings(chat_url=server.url))

        def draft() -> None:
            with suppress(BaseException):  # whatever tells a caller that its engine was closed under it
                chat.draft([article])

        caller = threading.Thread(target=draft)
        caller.start()
        time.sleep(0.2)
        chat.close()
        chat.close()
        caller.join(timeout=1)
        assert not caller.is_alive()
        assert not any(t.name == "sejul-chat" for t in threading.enumerate())


def test_nothing_to_say_is_not_asked(engine: Make) -> None:
    """An article without evidence costs no question."""
    with serving() as server:
        draft = drafted(engine(server.url).draft([assigned(body="", headline="제목")])[0])
        assert draft.lines == ()
        assert server.asked == []


def test_origin_is_not_the_server_s_to_choose(engine: Make, article: Assignment) -> None:
    """Every line that the server wrote is marked as a model's."""
    with serving() as server:
        draft = drafted(engine(server.url).draft([article])[0])
        assert {line.origin for line in draft.lines} == {Origin.MODEL}


@pytest.mark.parametrize(("status", "ready"), [(404, True), (500, True), (403, False)])
def test_a_server_that_lists_no_models_is_judged_by_its_answers(
    engine: Make, article: Assignment, status: int, *, ready: bool
) -> None:
    """Some servers have no list of models, or fail at it, and answer questions; a refused key is another matter."""
    with serving(models_status=status) as server:
        chat = engine(server.url)
        drafted(chat.draft([article])[0])
        assert (chat.ready() is None) is ready
