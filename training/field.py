"""A linear-chain conditional random field over a page's lines, around the splitter's constants as they stand."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from app.text.graph import IMPOSSIBLE, SKIPPED, STATES, gate
from app.text.weights import Role, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

BATCH = 40
NEVER = -1e4
# A loss beyond this says that no path of the graph is the page's gold; such a page teaches nothing.
NO_PATH = 500
# Weights smaller than this are left out of the table.
LEAST = 0.05
ROLES = list(Role)
TERMS = (
    "",
    "gap",
    "unfinished",
    "finished",
    "runs on",
    "lead",
    "fresh lead",
    "wire",
    "closed",
    "signed",
    "always signed",
    "opened",
    "continued",
    "said",
    "unsaid",
    "labelled",
    "label",
    "loose",
    "full",
    "not full",
    "onset",
)


@dataclass
class Example:
    """A page as the field sees it."""

    shown: np.ndarray
    terms: np.ndarray
    allowed: np.ndarray
    said: np.ndarray
    weight: float


class Field(torch.nn.Module):
    """The weights, as differences from the prior."""

    emit0: torch.Tensor
    step0: torch.Tensor
    enter0: torch.Tensor
    ends0: torch.Tensor
    index: torch.Tensor
    start: torch.Tensor
    role: torch.Tensor
    other: torch.Tensor
    skipped: torch.Tensor
    gate: torch.Tensor

    def __init__(self, names: dict[str, int], prior: Table) -> None:
        super().__init__()
        self.names, self.prior = names, prior
        self.steps = list(prior.steps)
        emit = np.zeros((len(names), len(ROLES)), dtype=np.float32)
        for r, role in enumerate(ROLES):
            for name, w in prior.roles[role].items():
                if name in names:
                    emit[names[name], r] = w
        step = np.zeros((len(self.steps), len(TERMS)), dtype=np.float32)
        for s, name in enumerate(self.steps):
            for term, w in prior.steps[name].items():
                step[s, TERMS.index(term)] = w
        enter = np.array([prior.enter.get(role, 0.0) for role in ROLES], dtype=np.float32)
        ends = np.array([prior.ends.get(s.part, IMPOSSIBLE) for s in STATES], dtype=np.float32)
        for name, value in (("emit0", emit), ("step0", step), ("enter0", enter), ("ends0", ends)):
            self.register_buffer(name, torch.from_numpy(value))
        self.emit = torch.nn.Parameter(torch.zeros(emit.shape))
        self.step = torch.nn.Parameter(torch.zeros(step.shape))
        self.enter = torch.nn.Parameter(torch.zeros(enter.shape))
        n = len(STATES)
        index, start = _places(self.steps)
        self.register_buffer("index", torch.from_numpy(index))
        self.register_buffer("start", torch.from_numpy(start))
        self.register_buffer("role", torch.tensor([ROLES.index(s.role) for s in STATES]))
        self.register_buffer("other", torch.from_numpy(1.0 - np.eye(n, dtype=np.float32)))
        self.register_buffer("skipped", torch.tensor([float(s.role in SKIPPED) for s in STATES]))
        self.register_buffer("gate", torch.tensor([gate(name) for name in self.steps]))

    def penalty(self) -> torch.Tensor:
        """How far the weights are from the prior."""
        return self.emit.square().sum() + self.step.square().sum() + self.enter.square().sum()

    def loss(self, batch: Sequence[Example]) -> torch.Tensor:
        """How unlikely the gold of `batch` is."""
        b, most = len(batch), max(len(e.shown) for e in batch)
        lengths = torch.tensor([len(e.shown) for e in batch])

        def pad(rows: list[np.ndarray], fill: float = 0.0) -> torch.Tensor:
            out = np.full((b, most, *rows[0].shape[1:]), fill, dtype=np.float32)
            for k, row in enumerate(rows):
                out[k, : len(row)] = row
            return torch.from_numpy(out)

        emit = pad([e.shown[:, : len(self.names)] for e in batch]) @ (self.emit0 + self.emit)
        emit = emit[:, :, self.role]
        bar = pad([np.where(e.allowed, 0.0, NEVER) for e in batch])
        emit = torch.cat([emit, emit + bar])
        said = pad([e.said for e in batch]) > 0
        barred = torch.where(said, -1, 1)[:, :, None] == self.gate
        values = pad([e.terms for e in batch]) @ (self.step0 + self.step).T + barred * IMPOSSIBLE
        values = torch.cat([values, torch.full((b, most, 1), NEVER)], dim=2)
        values = torch.cat([values, values])
        cost = (self.enter0 + self.enter).clamp(max=0)[self.role] * self.skipped
        alpha = values[:, 0, self.start] + cost + emit[:, 0]
        finals = []
        both = torch.cat([lengths, lengths])
        done = torch.zeros(2 * b)
        for t in range(most):
            if t:
                moves = values[:, t][:, self.index] + self.other * cost
                alpha = torch.logsumexp(alpha[:, :, None] + moves, dim=1) + emit[:, t]
            ending = both == t + 1
            if ending.any():
                finals.append((ending, torch.logsumexp(alpha + self.ends0, dim=1)))
        for ending, value in finals:
            done = done + torch.where(ending, value, torch.zeros(()))
        weights = torch.tensor([e.weight for e in batch])
        gap = done[:b] - done[b:]
        keep = (gap < NO_PATH).float()
        return (gap * weights * keep).sum() / (weights * lengths * keep).sum().clamp(min=1)

    def table(self) -> Table:
        """The weights as the splitter reads them, rounded; the very small ones are left out."""
        emit = (self.emit0 + self.emit).detach().numpy()
        step = (self.step0 + self.step).detach().numpy()
        enter = (self.enter0 + self.enter).clamp(max=0).detach().numpy()
        roles = {
            str(role): {
                name: short(emit[k, r])
                for name, k in self.names.items()
                if abs(emit[k, r]) > LEAST or not name
            }
            for r, role in enumerate(ROLES)
        }
        steps = {
            name: {
                term: short(step[s, k]) for k, term in enumerate(TERMS) if abs(step[s, k]) > LEAST or not term
            }
            for s, name in enumerate(self.steps)
        }
        return Table(
            roles,
            {str(r): short(enter[k]) for k, r in enumerate(ROLES) if r in SKIPPED},
            steps,
            self.prior.ends,
        )


def short(weight: float) -> float:
    """A weight to two places."""
    return round(float(weight), 2)


def _places(steps: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Which step leads from every state to every other, and which begins a page; one past the last where none does."""
    n = len(STATES)
    index = np.full((n, n), len(steps), dtype=np.int64)
    start = np.full(n, len(steps), dtype=np.int64)
    for s, name in enumerate(steps):
        source, to = name.rsplit(">", 1)
        for v, target in enumerate(STATES):
            if target.part != to:
                continue
            if source == "start":
                start[v] = s
            for u, origin in enumerate(STATES):
                if origin.part == source:
                    index[u, v] = s
    return index, start


def fit(found: Sequence[Example], names: dict[str, int], prior: Table, epochs: int, decay: float) -> Field:
    """The field that fits `found`."""
    torch.manual_seed(0)
    field = Field(names, prior)
    optimizer = torch.optim.Adam(field.parameters(), lr=0.05)
    order = sorted(range(len(found)), key=lambda k: len(found[k].shown))
    batches = [[found[k] for k in order[at : at + BATCH]] for at in range(0, len(order), BATCH)]
    rng = random.Random(0)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * len(batches), eta_min=0.002)
    for epoch in range(epochs):
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            loss = field.loss(batch)
            optimizer.zero_grad()
            (loss + decay * field.penalty()).backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
            torch.nn.utils.clip_grad_norm_(field.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        print(
            f"epoch {epoch} loss {total / len(batches):.4f} a line, {float(field.penalty().detach()):.1f} from the prior",
            flush=True,
        )
    return field
