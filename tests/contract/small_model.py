"""Makes a small causal model that knows its answers by heart: `small_model.py FOLDER`, which holds pairs.json."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import PreTrainedTokenizerFast, Qwen3Config, Qwen3ForCausalLM

TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
STEPS, ENOUGH = 400, 0.02


def tokenizer(texts: list[str]) -> PreTrainedTokenizerFast:
    """A byte-level BPE trained on what it will read."""
    model = Tokenizer(models.BPE())
    model.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    model.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2000,
        special_tokens=["<|endoftext|>", "<|im_start|>", "<|im_end|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    model.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=model, eos_token="<|im_end|>", pad_token="<|endoftext|>", chat_template=TEMPLATE,  # noqa: S106 - tokens
    )  # fmt: skip


def main(folder: Path) -> None:
    """Train until the answers are known, and save."""
    torch.manual_seed(0)
    pairs = json.loads((folder / "pairs.json").read_text(encoding="utf-8"))
    words = tokenizer([m["content"] for chat, _ in pairs for m in chat] + [answer for _, answer in pairs])
    config = Qwen3Config(
        vocab_size=len(words), hidden_size=96, intermediate_size=192, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, head_dim=32, max_position_embeddings=2048,
        bos_token_id=None, eos_token_id=words.eos_token_id, pad_token_id=words.pad_token_id,
        tie_word_embeddings=True,
    )  # fmt: skip
    model = Qwen3ForCausalLM(config)
    examples = []
    for chat, answer in pairs:
        asked = words.apply_chat_template(chat, add_generation_prompt=True, tokenize=True, return_dict=True)
        prompt = list(asked["input_ids"])
        said = words(answer + words.eos_token)["input_ids"]
        examples.append((prompt + said, [-100] * len(prompt) + said))
    longest = max(len(ids) for ids, _ in examples)
    ids = torch.tensor([ids + [words.pad_token_id] * (longest - len(ids)) for ids, _ in examples])
    labels = torch.tensor([said + [-100] * (longest - len(said)) for _, said in examples])
    mask = (torch.arange(longest)[None] < torch.tensor([len(i) for i, _ in examples])[:, None]).long()
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    for step in range(STEPS):
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if loss.item() < ENOUGH:
            print(f"learned after {step} steps", longest, len(examples))  # noqa: T201 - a script
            break
    model.eval()
    model.save_pretrained(folder)
    words.save_pretrained(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
