"""Model cards: what they accept, and what they refuse in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.engine.cards import Seq2SeqCard, read_card, read_cards
from app.engine.extractive import ExtractiveEngine
from app.engine.registry import build, choose
from app.errors import ModelError
from app.settings import Settings, data_dir

CARD = """
name = "desk"
kind = "seq2seq"
title = "편집국 모델"
hub = "example/desk"
licence = "MIT"
max_input = 512
[rewrite]
max_new_tokens = 64
[headline]
max_new_tokens = 32
[article]
max_new_tokens = 150
"""


def folder(tmp_path: Path, card: str = CARD, order: str = "desk\n") -> Path:
    """A models folder with one card."""
    (tmp_path / "desk.toml").write_text(card, encoding="utf-8")
    (tmp_path / "order.txt").write_text(order, encoding="utf-8")
    return tmp_path


def test_the_cards_of_the_house_are_sound() -> None:
    """Every card in models/ reads, has a licence, and those of order.txt can serve."""
    cards = read_cards(data_dir("models"))
    assert {"kobart", "kobart-news", "kobart-base", "kot5"} <= set(cards.cards)
    for card in cards.in_order():
        assert not isinstance(card, Seq2SeqCard) or card.serves


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('licence = "MIT"\n', "", "licence"),
        ("max_input = 512", "max_input = 512\ntrust_remote_code = true", "trust_remote_code"),
        ('kind = "seq2seq"', 'kind = "magic"', "kind"),
        ("max_new_tokens = 64", "max_new_tokens = 0", "rewrite.max_new_tokens"),
        ('name = "desk"', 'name = "other"', "other.toml"),
        ('name = "desk"', "name = ", "cannot be read"),
    ],
)
def test_a_wrong_card_says_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A card with an unknown, missing or impossible field is refused, by the field's name."""
    with pytest.raises(ModelError, match=said):
        read_card(folder(tmp_path, CARD.replace(old, new)) / "desk.toml")


def test_an_order_names_only_cards(tmp_path: Path) -> None:
    """A name in order.txt without a card is refused."""
    with pytest.raises(ModelError, match="ghost"):
        read_cards(folder(tmp_path, order="desk # ours\nghost\n"))


def test_a_missing_models_folder_is_named(tmp_path: Path) -> None:
    """A models folder that is not there is refused with its path."""
    with pytest.raises(ModelError, match="SEJUL_MODELS_DIR"):
        read_cards(tmp_path / "none")


def test_a_local_directory_stands_in_for_a_hub_name(tmp_path: Path) -> None:
    """A `hub` that is a path names a directory; an owner/name does not."""
    assert read_card(folder(tmp_path) / "desk.toml").folder is None
    local = CARD.replace("example/desk", "/srv/models/desk")
    assert read_card(folder(tmp_path, local) / "desk.toml").folder == Path("/srv/models/desk")


def test_auto_without_weights_is_extractive(tmp_path: Path) -> None:
    """With no weights on the machine, auto runs the embedded engine and says why."""
    settings = Settings(models_dir=folder(tmp_path))
    assert choose(settings).name == "extractive"
    assert "가중치" in choose(settings).why
    assert isinstance(build(settings), ExtractiveEngine)


def test_auto_takes_the_first_card_with_weights(tmp_path: Path) -> None:
    """Weights beside the cards make auto take that card."""
    settings = Settings(models_dir=folder(tmp_path))
    weights = settings.weights_dir / "desk"
    weights.mkdir(parents=True)
    (weights / "config.json").write_text("{}")
    (weights / "model.safetensors").write_bytes(b"")
    choice = choose(settings)
    assert (choice.name, choice.card) == ("desk", read_card(tmp_path / "desk.toml"))


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    """A name without a card points to the list of those there are."""
    with pytest.raises(ModelError, match="sejul models list"):
        build(Settings(models_dir=folder(tmp_path), engine="kogpt"))
