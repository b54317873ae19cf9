"""Checkpoints of our own making: KoBART's and KoT5's shape, tokenizer and ids, with weights that know nothing.

No hub can be reached where this project is built; what is measured and tested with these is everything but the
quality of a published model's Korean.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import torch
from safetensors.torch import load_file, save_file
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    BartConfig,
    BartForConditionalGeneration,
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    T5Config,
    T5ForConditionalGeneration,
)
from transformers.utils import logging

from bench.korean import corpus

if TYPE_CHECKING:
    from pathlib import Path

    from transformers import PreTrainedModel

Kind = Literal["base", "summary"]
# The first seven ids of KoBART's tokenizer, in their order.
SPECIAL = ["<s>", "</s>", "<usr>", "<pad>", "<sys>", "<unk>", "<mask>"]
# The two kinds of published configs: kobart-base-v2, and gogamza/kobart-summarization, whose forced eos is no eos.
IDS: dict[Kind, dict[str, int]] = {
    "base": {"bos_token_id": 1, "eos_token_id": 1, "decoder_start_token_id": 1, "forced_eos_token_id": 1},
    "summary": {"bos_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 2, "forced_eos_token_id": 2},
}


def train_tokenizer(vocabulary: int, special: list[str] | None = None) -> Tokenizer:
    """A character BPE tokenizer as KoBART's: metaspace, `<unk>` for what it never saw, Hanja among it."""
    tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL[5]))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    hangul = [chr(c) for c in range(0xAC00, 0xD7A4) if _in_ksx1001(chr(c))]
    printable = [chr(c) for c in range(0x21, 0x7F)] + list("“”‘’·…㎞㎡℃△▲%")
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[AddedToken(t, special=True, normalized=False) for t in special or SPECIAL],
        initial_alphabet=[*hangul, *printable],
        limit_alphabet=len(hangul) + len(printable) + 1,
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus(), trainer)
    return tokenizer


def _in_ksx1001(syllable: str) -> bool:
    """Whether a syllable is one of the 2,350 of KS X 1001, which printed Korean rarely leaves."""
    return len(syllable.encode("euc_kr")) == 2  # Python spells the others out in eight bytes


def kobart(
    folder: Path,
    *,
    kind: Kind = "summary",
    full: bool = False,
    binary: bool = False,
    std: float = 0.02,
    bias: float = 0.0,
) -> Path:
    """A KoBART-shaped checkpoint in `folder`; full is the real one's size (124 M parameters), else a small one.

    `bias` lifts the eos, so that weights that know nothing end their outputs all the same.
    """
    torch.manual_seed(0)
    width, layers, heads = (768, 6, 16) if full else (64, 2, 4)
    tokenizer = train_tokenizer(30_000 if full else 4_000)
    size = 30_000 if full else tokenizer.get_vocab_size()
    config = BartConfig(
        vocab_size=size, d_model=width, encoder_layers=layers, decoder_layers=layers,
        encoder_attention_heads=heads, decoder_attention_heads=heads,
        encoder_ffn_dim=4 * width, decoder_ffn_dim=4 * width,
        max_position_embeddings=1026, pad_token_id=3, init_std=std, **IDS[kind],
    )  # fmt: skip
    model = BartForConditionalGeneration(config)
    model.final_logits_bias[0, IDS[kind]["eos_token_id"]] = bias
    return write(folder, model, tokenizer, binary=binary)


def kot5(folder: Path, *, tied: bool = False) -> Path:
    """A small T5 checkpoint, tied as T5 1.0 or untied and gated as 1.1 (pko-t5)."""
    torch.manual_seed(0)
    tokenizer = train_tokenizer(4_000, ["<pad>", "</s>", "<unk>"])
    config = T5Config(
        vocab_size=tokenizer.get_vocab_size(), d_model=64, d_kv=16, d_ff=128, num_layers=2, num_heads=4,
        feed_forward_proj="relu" if tied else "gated-gelu", pad_token_id=0, eos_token_id=1,
        decoder_start_token_id=0, tie_word_embeddings=tied,
    )  # fmt: skip
    write(folder, T5ForConditionalGeneration(config), tokenizer)
    if not tied:
        # As published 1.1 checkpoints have it: an output layer of its own, and a config that says so.
        path = folder / "model.safetensors"
        weights = load_file(path)
        save_file(
            {**weights, "lm_head.weight": torch.randn_like(weights["shared.weight"])}, path, {"format": "pt"}
        )
        said = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        said.pop("scale_decoder_outputs")
        (folder / "config.json").write_text(
            json.dumps({**said, "tie_word_embeddings": False}), encoding="utf-8"
        )
    return folder


def gemma(folder: Path, window: int = 512) -> Path:
    """A small Gemma 3 checkpoint with layers of both kinds."""
    torch.manual_seed(0)
    tokenizer = train_tokenizer(4_000)
    config = Gemma3TextConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=64, intermediate_size=128, num_hidden_layers=3,
        num_attention_heads=4, num_key_value_heads=1, head_dim=16, query_pre_attn_scalar=16, sliding_window=window,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"], max_position_embeddings=2048,
        bos_token_id=0, eos_token_id=1, pad_token_id=3, initializer_range=0.2,
    )  # fmt: skip
    return write(folder, Gemma3ForCausalLM(config), tokenizer)


def write(folder: Path, model: PreTrainedModel, tokenizer: Tokenizer, *, binary: bool = False) -> Path:
    """A model and its tokenizer as published repositories keep them: all settings in config.json."""
    folder.mkdir(parents=True, exist_ok=True)
    if binary:
        state = {k: v for k, v in model.state_dict().items() if k != "lm_head.weight"}
        torch.save(state, folder / "pytorch_model.bin")
    else:
        logging.disable_progress_bar()
        model.save_pretrained(folder)
        logging.enable_progress_bar()
        (folder / "generation_config.json").unlink(missing_ok=True)
    config = model.config.to_dict()
    if config["model_type"] == "bart":
        config["normalize_before"] = False
    # What published configs carry and nothing must listen to: it asks for one beam and a fixed length.
    config["task_specific_params"] = {"summarization": {"num_beams": 1, "min_length": 56, "max_length": 142}}
    (folder / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder
