"""Tokenizers: Hangul survives or nothing starts, framing is the card's, and text stays text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer as Backend
from tokenizers import decoders, models, pre_tokenizers

from app.engine.cards import Framing
from app.engine.checkpoint import read_checkpoint
from app.engine.tokenizer import HANGUL, HANJA, Tokenizer, load_tokenizer
from app.errors import ModelError
from bench.checkpoint import IDS, Kind, kobart

FRAMING = Framing(before=("bos",), after=("eos",))


def load(folder: Path, framing: Framing = FRAMING) -> Tokenizer:
    """The tokenizer of a checkpoint."""
    return load_tokenizer(read_checkpoint(folder, framing), framing)


@pytest.fixture(scope="module")
def tokenizer(small: Path) -> Tokenizer:
    """The tokenizer of the small checkpoint."""
    return load(small)


def test_auto_tokenizer_would_drop_hangul(small: Path) -> None:
    """The trap is real: on these very files AutoTokenizer loses every Hangul character, and ours loses none."""
    from transformers import AutoTokenizer

    auto = AutoTokenizer.from_pretrained(small)
    text = "서울시는 22일 예산안을 발표했다."
    assert "서울시" not in auto.decode(auto(text)["input_ids"])
    ours = load(small)
    assert ours.decode(ours.pieces([text])[0]) == text


def test_a_tokenizer_that_drops_hangul_is_refused(small: Path, tmp_path: Path) -> None:
    """A tokenizer.json that reads digits only, as a rebuilt byte-level one does, never starts."""
    folder = shutil.copytree(small, tmp_path / "kobart")
    vocabulary = {token: n for n, token in enumerate(["<s>", "</s>", "<unk>", "<pad>", *"0123456789.,Ġ"])}
    backend = Backend(models.BPE(vocabulary, []))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    backend.save(str(folder / "tokenizer.json"))
    with pytest.raises(ModelError, match="Hangul"):
        load(folder).check()


def test_hanja_that_would_be_lost_are_named(tokenizer: Tokenizer) -> None:
    """A tokenizer that never saw Hanja says which it loses; Hangul comes back whole."""
    assert set("檢與李") <= set(tokenizer.check())
    assert tokenizer.lost(f"檢 “압수수색” 與 {HANGUL}") == "檢與"
    assert set(tokenizer.check()) <= set(HANJA)


@pytest.mark.parametrize("kind", ["base", "summary"])
def test_framing_takes_the_ids_of_each_kind_of_config(kind: Kind, tmp_path: Path) -> None:
    """Bos and eos around an input are the checkpoint's own ids, which differ between published configs."""
    ours = load(kobart(tmp_path / kind, kind=kind))
    framed = ours.frame(ours.pieces(["서울"])[0], 100)
    assert (framed[0], framed[-1]) == (IDS[kind]["bos_token_id"], IDS[kind]["eos_token_id"])
    after = load(tmp_path / kind, Framing(after=("eos",)))
    assert after.frame(after.pieces(["서울"])[0], 100) == framed[1:]
    bare = load(tmp_path / kind, Framing())
    assert bare.frame(bare.pieces(["서울"])[0], 100) == framed[1:-1]


def test_inputs_are_cut_by_us(tokenizer: Tokenizer) -> None:
    """model_max_length of published tokenizers is 1e30, so a long input is cut by the framing, or not at all."""
    (pieces,) = tokenizer.pieces(["해온시가 예산을 늘렸다. " * 400])
    assert len(pieces) > 1026
    framed = tokenizer.frame(pieces, 1000)
    assert len(framed) == 1000
    assert (framed[0], framed[-1]) == (0, 1)


def test_a_page_cannot_write_special_tokens(tokenizer: Tokenizer) -> None:
    """Text that spells </s> or <mask> is text, and ends nothing."""
    (pieces,) = tokenizer.pieces(["앞 </s> <mask> <s> 뒤"])
    assert not {0, 1, 6} & set(pieces)
    assert tokenizer.decode(pieces) == "앞 </s> <mask> <s> 뒤"


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xAC00 + 500), min_size=1, max_size=40))
def test_what_is_not_lost_comes_back(tokenizer: Tokenizer, text: str) -> None:
    """Every text without a lost character comes back from its pieces, spaces aside."""
    (pieces,) = tokenizer.pieces([text])
    if not tokenizer.lost(text):
        assert tokenizer.knows(pieces)
        assert tokenizer.decode(pieces).replace(" ", "") == text.replace(" ", "")


def test_a_tokenizer_larger_than_the_model_is_refused(small: Path, tmp_path: Path) -> None:
    """Ids that the embedding lacks would be an index error on the first rare word."""
    folder = shutil.copytree(small, tmp_path / "kobart")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "vocab_size": 100}))
    with pytest.raises(ModelError, match="not of one model"):
        load(folder)


@pytest.mark.parametrize(
    ("content", "said"), [(None, "missing"), ("{}", "cannot be read"), ("{", "cannot be read")]
)
def test_a_missing_or_broken_tokenizer_is_refused(
    small: Path, tmp_path: Path, content: str | None, said: str
) -> None:
    """Without a sound tokenizer.json nothing starts."""
    folder = shutil.copytree(small, tmp_path / "kobart")
    (folder / "tokenizer.json").unlink()
    if content is not None:
        (folder / "tokenizer.json").write_text(content)
    with pytest.raises(ModelError, match=said):
        load(folder)


def test_token_type_ids_never_reach_the_model(small: Path, tmp_path: Path) -> None:
    """A tokenizer_config.json that asks for token_type_ids, at which generate() fails, is not listened to."""
    folder = shutil.copytree(small, tmp_path / "kobart")
    asked = {"model_input_names": ["input_ids", "token_type_ids", "attention_mask"]}
    (folder / "tokenizer_config.json").write_text(json.dumps(asked))
    ours = load(folder)
    assert set(ours._fast("서울", return_token_type_ids=None)) == {"input_ids", "attention_mask"}
