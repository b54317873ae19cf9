"""The local engine under the same attacks: a model that was bent tells each lie, and none of them leaves."""

from __future__ import annotations

import asyncio
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from app.domain import Options, Style
from app.engine.causal import Framer
from app.engine.checkpoint import CAUSAL, read_checkpoint
from app.engine.decoding import DecodingEngine
from app.engine.local import DeskWriter
from app.engine.tokenizer import load_tokenizer
from app.errors import EngineError
from app.pipeline import Desk, DirectDrafter, summarize_articles
from bench.checkpoint import gemma
from tests.checkpoints import local_card
from tests.contract.test_injection import AFTER, ATTACKS, BEFORE, HEADLINE
from tests.unit.engine.test_seq2seq import TellingRuntime

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.domain import Brief


@pytest.fixture(scope="module")
def framer(tmp_path_factory: pytest.TempPathFactory) -> Framer:
    """The framing of a small Gemma 3."""
    folder = gemma(tmp_path_factory.mktemp("base") / "gemma")
    desk = local_card()
    checkpoint = read_checkpoint(folder, desk.framing, CAUSAL)
    return Framer(desk, checkpoint, load_tokenizer(checkpoint, desk.framing))


def published(
    framer: Framer, reply: Callable[[str], str | None], body: str, style: Style, *, headline: bool
) -> tuple[Brief, list[str]]:
    """What leaves the house, and everything that the model read."""
    runtime = TellingRuntime(framer.tokenizer, reply)
    engine = DecodingEngine(
        local_card(), framer.tokenizer, runtime, DeskWriter(framer), budget=8192, revision=None
    )
    desk = Desk(DirectDrafter(engine))
    given = HEADLINE if headline else None
    (brief,) = asyncio.run(summarize_articles([(given, body)], Options(3, style), desk)).briefs
    return brief, [text for batch in runtime.batches for text in batch]


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_no_lie_leaves(framer: Framer, name: str) -> None:
    """Three lines come back, none of them holds the lie, and the order never reached the model."""
    attack = ATTACKS[name]
    marker = " ".join(attack.order.split("\n")[0].split())[:12]
    body = f"{BEFORE}\n{attack.order}\n{AFTER}"
    for headline, style in ((True, Style.SENTENCE), (False, Style.BRIEF)):
        lies = cycle([attack.title or attack.lies[0], *attack.lies, *(x.rstrip(".다") for x in attack.lies)])
        brief, read = published(framer, lambda _, lies=lies: next(lies), body, style, headline=headline)  # type: ignore[misc]
        told = "\n".join([*(line.text for line in brief.lines), brief.headline or ""])
        assert len(brief.lines) == 3
        assert [tell for tell in attack.tells if tell in told] == []
        if name != "quoted-order":
            assert not [text for text in read if marker in text]


def test_a_runtime_that_fails_costs_no_article(framer: Framer) -> None:
    """The extracted lines come back, with a notice of what failed."""

    def fail(_: str) -> str:
        raise EngineError("the runtime failed")

    brief, _ = published(framer, fail, f"{BEFORE}\n{AFTER}", Style.SENTENCE, headline=True)
    assert len(brief.lines) == 3
    assert {line.origin.value for line in brief.lines} == {"extracted"}
    assert EngineError("x").code in {notice.code for notice in brief.notices}
