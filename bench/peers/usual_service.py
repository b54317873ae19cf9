"""The usual KoBART service, as public projects write it: an article at a time, four beams, fp32, nothing batched.

Own code, after the shape that READMEs and demo servers of the field share: encode, wrap in bos and eos, generate
with beams, decode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from transformers import BartForConditionalGeneration, PreTrainedTokenizerFast

if TYPE_CHECKING:
    from pathlib import Path


class UsualService:
    """One model, one article, one call."""

    def __init__(self, folder: Path, device: str = "cpu") -> None:
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(folder / "tokenizer.json"))
        self.model = BartForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).to(device)
        self.device = device

    def summarize(self, text: str, tokens: int = 96) -> str:
        """A summary of exactly `tokens` tokens, so that every run costs the same."""
        ids = [0, *self.tokenizer.encode(text, add_special_tokens=False), 1]
        out = self.model.generate(
            torch.tensor([ids], device=self.device),
            num_beams=4,
            max_new_tokens=tokens,
            min_new_tokens=tokens,
            eos_token_id=1,
            forced_eos_token_id=None,
        )
        return str(self.tokenizer.decode(out[0], skip_special_tokens=True))
