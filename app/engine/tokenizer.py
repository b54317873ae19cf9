"""Text to token ids and back, as a checkpoint's own tokenizer.json has it; framing is the card's.

Never AutoTokenizer: under transformers 5 it rebuilds a KoBART repository's tokenizer as a byte-level
RobertaTokenizer and drops every Hangul character without a word. `check` would catch that.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from app.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from transformers import PreTrainedTokenizerFast

    from app.engine.cards import Framing
    from app.engine.checkpoint import Checkpoint

# Every Korean newspaper prints these; a tokenizer that loses one cannot read Korean.
HANGUL = (
    "서울시는 22일 2조 3천억 원 규모의 예산안을 발표했다. "
    "다람쥐 헌 쳇바퀴에 타고파, 콩고물과 우유가 든 빙수는 차게 먹어야 특별한 맛이 잘 표현된다."
)
# What headlines write for offices, parties, countries and people: 검찰, 여당, 야당, 한국, 미국, 중국, 일본,
# 북한, 대통령실, 군, 재판, 이씨, 김씨, 박씨, 전, 현, 대, 고인, 한 표.
HANJA = "檢警與野韓美中日北靑軍法李金朴前現對故女男黨票"


class Tokenizer:
    """A checkpoint's tokenizer with its card's framing; encodes what the runtime takes, no more."""

    def __init__(self, fast: PreTrainedTokenizerFast, checkpoint: Checkpoint, framing: Framing) -> None:
        self._fast = fast
        self._unknown = fast.unk_token_id
        if self._unknown is None:
            unknown = getattr(fast.backend_tokenizer.model, "unk_token", None)
            self._unknown = fast.backend_tokenizer.token_to_id(unknown) if isinstance(unknown, str) else None
        ids = checkpoint.ids
        named = {"bos": ids.bos, "eos": ids.eos}
        self._before = [i for name in framing.before if (i := named[name]) is not None]
        self._after = [i for name in framing.after if (i := named[name]) is not None]
        self._special = {ids.bos, ids.eos, ids.pad, ids.decoder_start} - {None}
        self._survives = lru_cache(maxsize=65536)(self._survives_uncached)

    @property
    def framing_length(self) -> int:
        """Special tokens that stand around every input."""
        return len(self._before) + len(self._after)

    def pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The token ids of each text, without framing and without any limit."""
        if not texts:
            return []
        # truncation=True alone would cut nothing: KoBART's model_max_length is 1e30. Limits are the caller's.
        batch = self._fast(
            list(texts),
            add_special_tokens=False,
            # Text is data: a page that says "</s>" says four characters, and ends no sequence.
            split_special_tokens=True,
            return_attention_mask=False,
            return_token_type_ids=False,
            truncation=False,
            padding=False,
            verbose=False,
        )
        found: list[list[int]] = batch["input_ids"]
        return found

    def frame(self, pieces: Sequence[int], limit: int) -> list[int]:
        """An encoder input of at most `limit` tokens: the pieces, cut if they must be, in the card's framing."""
        return [*self._before, *pieces[: limit - self.framing_length], *self._after]

    def decode(self, ids: Sequence[int]) -> str:
        """The text of `ids`, special tokens left out and runs of spaces made one."""
        kept = [i for i in ids if i not in self._special]
        text = self._fast.decode(kept, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        return " ".join(str(text).split())

    def knows(self, ids: Sequence[int]) -> bool:
        """Whether no id stands for something that the tokenizer could not read."""
        return self._unknown is None or self._unknown not in ids

    def lost(self, text: str) -> str:
        """The characters of `text`, each once, that would not come back from the tokenizer."""
        return "".join(dict.fromkeys(c for c in text if not c.isspace() and not self._survives(c)))

    def _survives_uncached(self, character: str) -> bool:
        (ids,) = self.pieces([character])
        back = "".join(self._fast.decode(ids, clean_up_tokenization_spaces=False).split())
        return self.knows(ids) and _folded(back) == _folded(character)

    def tokens(self, count: int) -> list[str]:
        """The token of every id below `count`; ids that the tokenizer lacks get a name of their own."""
        found = [f"<unused_{i}>" for i in range(count)]
        for token, number in self._fast.get_vocab().items():
            found[number] = token
        return found

    def check(self) -> str:
        """The newspaper Hanja that this tokenizer would lose, after a round trip of Hangul.

        Raises:
            ModelError: Hangul does not survive the round trip, or ids lie outside the vocabulary.
        """
        (ids,) = self.pieces([HANGUL])
        back = self.decode(ids)
        if not self.knows(ids) or back.replace(" ", "") != HANGUL.replace(" ", ""):
            raise ModelError(
                f"the tokenizer does not bring Hangul back: {HANGUL[:20]!r}… came back as {back[:20]!r}…; "
                "its tokenizer.json is not this model's"
            )
        return self.lost(HANJA)


def load_tokenizer(checkpoint: Checkpoint, framing: Framing) -> Tokenizer:
    """The tokenizer beside a checkpoint's weights.

    Raises:
        ModelError: tokenizer.json is missing or broken, or has more tokens than the model has embeddings.
    """
    path = checkpoint.folder / "tokenizer.json"
    if not path.is_file():
        raise ModelError(f"{path} is missing; pull the model again, or save its tokenizer as tokenizer.json")
    from transformers import PreTrainedTokenizerFast

    try:
        # The file itself, so that no tokenizer_config.json can name another class or code of its own.
        fast = PreTrainedTokenizerFast(tokenizer_file=str(path))
    except Exception as exc:  # the Rust parser raises no narrower one
        raise ModelError(f"{path} cannot be read: {exc}; pull the model again") from exc
    highest = max(fast.get_vocab().values(), default=-1)
    if highest >= checkpoint.vocabulary:
        raise ModelError(
            f"{path} has ids up to {highest}, the weights know {checkpoint.vocabulary} tokens; "
            "they are not of one model"
        )
    return Tokenizer(fast, checkpoint, framing)


def _folded(text: str) -> str:
    """Text as tokenizers that normalise (NFKC) see it."""
    return unicodedata.normalize("NFKC", text)


def save_from_gguf(gguf: Path, out: Path) -> None:
    """Write the tokenizer inside a GGUF file as a tokenizer.json.

    Raises:
        ModelError: it cannot be read.
    """
    from transformers import PreTrainedTokenizerFast

    try:
        fast = PreTrainedTokenizerFast.from_pretrained(
            gguf.parent, gguf_file=gguf.name, local_files_only=True
        )
        fast.backend_tokenizer.save(str(out))
    except Exception as exc:  # the converter and the Rust library raise no narrower one
        raise ModelError(f"the tokenizer in {gguf} cannot be read: {exc}") from exc
