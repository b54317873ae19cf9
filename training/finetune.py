"""Fine-tune a seq2seq checkpoint on a newsroom's own pairs: `python -m training.finetune --help`.

Training and serving share one encode function: a pair's source goes through the card's tokenizer and framing
exactly as an evidence group does at serving time (docs/finetune.md).
"""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import torch

from app.engine.cards import Seq2SeqCard, read_cards
from app.engine.checkpoint import read_checkpoint
from app.engine.runtime.base import batches
from app.engine.runtime.torch import device_of, load_model
from app.engine.tokenizer import load_tokenizer
from app.engine.whole import attribute
from app.settings import Settings
from app.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.engine.checkpoint import Checkpoint
    from app.engine.tokenizer import Tokenizer

IGNORED = -100


class Pair(NamedTuple):
    """What the model is to read, and what it is to write of it."""

    source: str
    target: str


class Example(NamedTuple):
    """A pair as token ids: the encoder input in its framing, and the target with its eos."""

    source: list[int]
    target: list[int]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the defaults are the usual ones for BART of this size, not swept here."""

    epochs: int = 3
    rate: float = 3e-5
    batch_tokens: int = 4096
    warmup: float = 0.1
    held_out: float = 0.05
    seed: int = 1


DEFAULT = Recipe()


def pairs_of(article: dict[str, object], card: Seq2SeqCard) -> Iterator[Pair]:
    """The pairs of one article (`body`, `lines`, and perhaps `headline`), evidence found for each line.

    A line is paired with the one or two sentences that it was written from, as the engine will see them; a line
    that no sentence of the body explains is left out, since a model that learns it learns to invent.
    """
    texts = {n: s.text for n, s in enumerate(sentences(str(article["body"])))}
    lines = article.get("lines")
    evidence: set[int] = set()
    for line in lines if isinstance(lines, list) else []:
        found = attribute(str(line), texts)
        if found:
            evidence |= set(found)
            yield Pair(card.framing.line_prefix + " ".join(texts[n] for n in found), str(line))
    if article.get("headline") and evidence:
        source = " ".join(texts[n] for n in sorted(evidence))
        yield Pair(card.framing.headline_prefix + source, str(article["headline"]))


def encode(pairs: Sequence[Pair], tokenizer: Tokenizer, checkpoint: Checkpoint, limit: int) -> list[Example]:
    """Pairs as the model takes them, by the functions that serve."""
    sources = tokenizer.pieces([pair.source for pair in pairs])
    targets = tokenizer.pieces([pair.target for pair in pairs])
    return [
        Example(tokenizer.frame(source, limit), [*target[: limit - 1], checkpoint.ids.eos])
        for source, target in zip(sources, targets, strict=True)
    ]


def finetune(base: Path, card: Seq2SeqCard, pairs: Sequence[Pair], out: Path, recipe: Recipe) -> list[float]:
    """Train the checkpoint in `base` on `pairs` and write the best epoch's weights to `out`.

    Returns the loss of each epoch on the pairs held out (on the training pairs where none are).
    """
    torch.manual_seed(recipe.seed)
    checkpoint = read_checkpoint(base, card.framing)
    tokenizer = load_tokenizer(checkpoint, card.framing)
    tokenizer.check()
    examples = encode(pairs, tokenizer, checkpoint, card.max_input)
    random.Random(recipe.seed).shuffle(examples)
    held = examples[: int(len(examples) * recipe.held_out)]
    train = examples[len(held) :]
    device = device_of("auto")
    model = load_model(checkpoint).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=recipe.rate)
    steps = recipe.epochs * len(list(batches([len(e.source) for e in train], recipe.batch_tokens)))
    warm = max(1, int(steps * recipe.warmup))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min((n + 1) / warm, max(0.0, (steps - n) / max(1, steps - warm)))
    )
    losses: list[float] = []
    best: dict[str, torch.Tensor] = {}
    for epoch in range(recipe.epochs):
        model.train()
        total = 0.0
        chosen = list(batches([len(e.source) for e in train], recipe.batch_tokens))
        random.Random(recipe.seed + epoch).shuffle(chosen)
        for batch in chosen:
            loss = _loss(model, [train[n] for n in batch], checkpoint, device)
            loss.backward()  # type: ignore[no-untyped-call]  # torch's own
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total += loss.item() / len(chosen)
        losses.append(_held_loss(model, held, checkpoint, device, recipe) if held else total)
        if losses[-1] == min(losses):
            best = {name: value.cpu().clone() for name, value in model.state_dict().items()}
    model.load_state_dict(best)
    _save(model, base, out)
    return losses


def _loss(
    model: torch.nn.Module, batch: Sequence[Example], checkpoint: Checkpoint, device: str
) -> torch.Tensor:
    """Cross entropy of a batch, the decoder starting with the id that it starts with when serving."""
    ids = checkpoint.ids
    source = _padded([e.source for e in batch], ids.pad, device)
    labels = _padded([e.target for e in batch], IGNORED, device)
    shifted = _padded([[ids.decoder_start, *e.target[:-1]] for e in batch], ids.pad, device)
    mask = _padded([[1] * len(e.source) for e in batch], 0, device)
    out = model(input_ids=source, attention_mask=mask, decoder_input_ids=shifted, labels=labels)
    loss: torch.Tensor = out.loss
    return loss


@torch.inference_mode()
def _held_loss(
    model: torch.nn.Module, held: Sequence[Example], checkpoint: Checkpoint, device: str, recipe: Recipe
) -> float:
    model.eval()
    total = 0.0
    for batch in batches([len(e.source) for e in held], recipe.batch_tokens):
        total += _loss(model, [held[n] for n in batch], checkpoint, device).item() * len(batch)
    return total / len(held)


def _padded(rows: Sequence[Sequence[int]], pad: int, device: str) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows], device=device)


def _save(model: torch.nn.Module, base: Path, out: Path) -> None:
    """The weights as safetensors, with the base's own config and tokenizer: training changes neither."""
    out.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(out)  # type: ignore[operator]  # a transformers model, which torch does not know
    (out / "generation_config.json").unlink(missing_ok=True)
    for name in ("config.json", "tokenizer.json"):
        shutil.copyfile(base / name, out / name)


@click.command()
@click.argument("articles", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--card", "name", default="kobart-base", show_default=True, help="미세조정할 모델 카드")
@click.option("--epochs", default=DEFAULT.epochs, show_default=True)
@click.option("--rate", default=DEFAULT.rate, show_default=True)
@click.option("--seed", default=DEFAULT.seed, show_default=True)
def main(articles: Path, out: Path, name: str, epochs: int, rate: float, seed: int) -> None:
    """ARTICLES(JSONL: body, lines, headline)로 모델을 미세조정해 OUT에 씁니다."""
    settings = Settings()
    card = read_cards(settings.models_dir)[name]
    if not isinstance(card, Seq2SeqCard):
        raise click.ClickException(f"{name}은 seq2seq 카드가 아닙니다")
    read = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines() if line.strip()]
    pairs = [pair for article in read for pair in pairs_of(article, card)]
    print(f"{len(read)} articles, {len(pairs)} pairs")
    recipe = Recipe(epochs=epochs, rate=rate, seed=seed)
    for epoch, loss in enumerate(finetune(settings.weights_dir / name, card, pairs, out, recipe), start=1):
        print(f"epoch {epoch}: loss {loss:.4f}")


if __name__ == "__main__":
    main()
