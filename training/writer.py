"""Teach a small causal model the desk's hand, from pairs: `python -m training.writer PAIRS… OUT --help`.

Training and serving share the framing (`app/engine/local.py`). On two CPU cores it takes an hour or two, on a GPU
minutes; killed and started again, it goes on from its last checkpoint.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional

from app.engine.cards import LocalCard, read_card
from app.engine.causal import Framer
from app.engine.runtime.torch import device_of, dtype_of, load_model
from app.settings import Settings
from training.lora import adapt, begin, tensors
from training.pairs import Pair, read_lines

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from training.lora import Adapted

STATE, ADAPTER, LOG, SETTINGS = "state.pt", "adapter.safetensors", "train.log", "settings.json"
# Batches of ever new lengths make the allocator of torch's CPU kernels keep a block for each: 24 GB after twenty
# minutes. Lengths in few steps, and one arena, hold it at 5 to 6 GB (measured).
BUCKET = 32
ARENAS = "MALLOC_ARENA_MAX"
# The pairs held out are tried at every fifth checkpoint: they take as long as two steps.
TRIES = 5


class Example(NamedTuple):
    """A pair as token ids, and where in them the target starts."""

    ids: list[int]
    start: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the rate is held until the last `cool` steps, in which it falls to nothing.

    As gemma-desk was taught: 2,800 pairs once over. A rate held longer, or more steps, taught the pairs by heart.
    """

    steps: int = 240
    cool: int = 220
    warm: int = 20
    rate: float = 5e-4
    batch_tokens: int = 1536
    rank: int = 16
    scale: float = 2.0
    above: int = 6
    """The lowest layer with an adapter: what a sentence says is read below it."""
    dropout: float = 0.1
    """Of what an adapter reads, the share that is left out while it learns."""
    held_out: int = 5
    """Of 256 pairs, how many are not learned from."""
    every: int = 50
    seed: int = 1

    def rate_at(self, step: int) -> float:
        """The learning rate of a step, counted from 0."""
        return self.rate * min(1.0, (step + 1) / self.warm, (self.steps - step) / max(1, self.cool))

    def seed_of(self, step: int) -> int:
        """What a step draws its batch, and what dropout leaves out, from: so a run broken off goes on as it would have."""
        return self.seed * 1_000_003 + step


DEFAULT = Recipe()


def examples(pairs: Sequence[Pair], framer: Framer) -> list[Example]:
    """Pairs as the model reads and writes them; a target that does not fit is no example."""
    found = []
    for pair in pairs:
        prompt = framer.prompt(pair.source, pair.task, len(pair.target))
        target = framer.target(pair.target)
        if prompt is not None and len(target) <= framer.room(pair.task):
            found.append(Example([*prompt, *target], len(prompt)))
    return found


def chosen(train: Sequence[Example], step: int, recipe: Recipe) -> list[Example]:
    """The batch of a step: as many examples of about one length as the budget holds, by the seed alone."""
    draw = random.Random(recipe.seed_of(step))
    length = _padded(len(train[draw.randrange(len(train))].ids))
    alike = [n for n, e in enumerate(train) if length - BUCKET < len(e.ids) <= length]
    return [train[n] for n in draw.sample(alike, min(len(alike), max(1, recipe.batch_tokens // length)))]


def loss_of(model: Any, batch: Sequence[Example], device: str) -> torch.Tensor:  # noqa: ANN401 - transformers
    """Cross entropy of the targets; logits are made at their places only, for the vocabulary is large."""
    length = _padded(max(len(e.ids) for e in batch))
    # Padding comes after, where a causal model does not look, so no mask is needed.
    ids = torch.tensor([[*e.ids, *[0] * (length - len(e.ids))] for e in batch], device=device)
    hidden = model.model(input_ids=ids, use_cache=False).last_hidden_state
    rows, places, wanted = [], [], []
    for n, example in enumerate(batch):
        for at in range(example.start, len(example.ids)):
            rows.append(n)
            places.append(at - 1)
            wanted.append(example.ids[at])
    logits = model.lm_head(hidden[rows, places]).float()
    return functional.cross_entropy(logits, torch.tensor(wanted, device=device))


def _padded(length: int) -> int:
    return -(-length // BUCKET) * BUCKET


class Trainer:
    """A run in its folder: the model with its adapter, the optimizer, and how far it is."""

    def __init__(
        self,
        base: Path,
        card: LocalCard,
        pairs: Sequence[Pair],
        out: Path,
        recipe: Recipe,
        start: Path | None = None,
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.framer = Framer.of(base, card)
        self.out, self.recipe = out, recipe
        # By what a pair says, so that pairs added later move none from one side to the other.
        held = [pair for pair in pairs if hashlib.sha256(pair.source.encode()).digest()[0] < recipe.held_out]
        self.held = examples(held, self.framer)
        self.train = examples([pair for pair in pairs if pair not in set(held)], self.framer)
        self.device = device_of("auto")
        # As at work: bfloat16 on a GPU and a CPU that multiplies in it, float32 on another, where ten steps in bfloat16 took
        # over five minutes (AMD Zen 3).
        dtype = dtype_of(self.device, self.framer.checkpoint.family)
        self.model: Any = load_model(self.framer.checkpoint, dtype).to(self.device)
        self.adapted: dict[str, Adapted] = adapt(
            self.model, recipe.rank, recipe.scale, recipe.above, recipe.dropout
        )
        if start is not None:
            begin(self.adapted, load_file(start))
        self.model.to(self.device)
        parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(parameters, lr=recipe.rate, weight_decay=0.0)
        self.step = 0
        out.mkdir(parents=True, exist_ok=True)
        if (out / STATE).is_file():
            state = torch.load(out / STATE, weights_only=True)
            self.step = state["step"]
            self.model.load_state_dict(state["adapter"], strict=False)
            self.optimizer.load_state_dict(state["optimizer"])

    def run(self) -> Generator[str]:
        """Train to the recipe's last step; a line for the log after every `every` of them."""
        losses: list[float] = []
        started = time.monotonic()
        while self.step < self.recipe.steps:
            for group in self.optimizer.param_groups:
                group["lr"] = self.recipe.rate_at(self.step)
            torch.manual_seed(self.recipe.seed_of(self.step))
            loss = loss_of(self.model, chosen(self.train, self.step, self.recipe), self.device)
            loss.backward()  # type: ignore[no-untyped-call]  # torch's own
            torch.nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.requires_grad], 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad(set_to_none=True)
            losses.append(loss.item())
            self.step += 1
            last = self.step == self.recipe.steps
            if self.step % self.recipe.every == 0 or last:
                self.save()
                took = (time.monotonic() - started) / len(losses)
                line = f"step {self.step} of {self.recipe.steps}: loss {sum(losses) / len(losses):.4f}"
                if last or self.step % (TRIES * self.recipe.every) == 0:
                    line += f", held out {self.held_loss():.4f}"
                yield f"{line}, {took:.1f} s a step"
                losses, started = [], time.monotonic()

    @torch.inference_mode()
    def held_loss(self) -> float:
        """The mean loss of the examples held out."""
        parts = [self.held[n : n + 8] for n in range(0, len(self.held), 8)]
        return sum(loss_of(self.model, part, self.device).item() for part in parts) / max(1, len(parts))

    def save(self) -> None:
        """Write the checkpoint and the adapter, each whole or not at all."""
        learned = {n: p.detach().cpu() for n, p in self.model.named_parameters() if p.requires_grad}
        state = {"step": self.step, "adapter": learned, "optimizer": self.optimizer.state_dict()}
        torch.save(state, self.out / f"{STATE}.partial")
        (self.out / f"{STATE}.partial").replace(self.out / STATE)
        save_file(tensors(self.adapted, torch.bfloat16), self.out / f"{ADAPTER}.partial")
        (self.out / f"{ADAPTER}.partial").replace(self.out / ADAPTER)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--card", "name", default="gemma-desk", show_default=True, help="카드 이름")
@click.option("--base", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--start", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="이어서 가르칠 어댑터"
)
@click.option("--steps", default=DEFAULT.steps, show_default=True)
@click.option("--cool", default=DEFAULT.cool, show_default=True)
@click.option("--rate", default=DEFAULT.rate, show_default=True)
@click.option("--above", default=DEFAULT.above, show_default=True, help="어댑터를 다는 가장 낮은 층")
@click.option("--dropout", default=DEFAULT.dropout, show_default=True)
@click.option("--every", default=DEFAULT.every, show_default=True)
@click.option("--seed", default=DEFAULT.seed, show_default=True)
def main(
    files: tuple[Path, ...], out: Path, name: str, base: Path, start: Path | None, **recipe: float
) -> None:
    """짝(JSONL)으로 작은 모델을 가르쳐 OUT에 어댑터를 씁니다. 멈췄다 다시 부르면 이어서 합니다."""
    if sys.platform == "linux" and ARENAS not in os.environ:  # read by the C library when a process starts
        os.execve(sys.executable, sys.orig_argv, {**os.environ, ARENAS: "1"})  # noqa: S606 - this program again
    card = read_card(Settings().models_dir / f"{name}.toml")
    if not isinstance(card, LocalCard):
        raise click.ClickException(f"{name}은 local 카드가 아닙니다")
    pairs = [Pair.read(row) for path in files for row in read_lines(path)]
    try:
        trainer = Trainer(base, card, pairs, out, Recipe(**recipe), start)  # type: ignore[arg-type]  # click's own
    except ValueError as exc:
        raise click.ClickException(str(exc)) from exc
    about = {
        "recipe": asdict(trainer.recipe),
        "examples": len(trainer.train),
        "held_out": len(trainer.held),
        "torch": torch.__version__,
        "inputs": {
            path.name: digest(path)
            for path in (*files, *([] if start is None else [start]), *trainer.framer.checkpoint.weights)
        },
    }
    (out / SETTINGS).write_text(json.dumps(about, indent=1), encoding="utf-8")
    with (out / LOG).open("a", encoding="utf-8") as log:
        for line in trainer.run():
            print(line, flush=True)
            log.write(f"{line}\n")
            log.flush()


if __name__ == "__main__":
    main()
