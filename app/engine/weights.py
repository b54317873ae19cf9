"""Weights on this machine: which files make a checkpoint, and the lock file that holds them to what was pulled.

Loading checks what is cheap: every file's size, the hashes of the small ones (config, tokenizer), and that no
weights lie there which were not pulled. `sejul models verify` reads everything.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from app.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.engine.cards import LocalCard, Seq2SeqCard

LOCK = "sejul.lock.json"
# In the order of preference: pickled weights are read only where there are no others, and with weights_only.
WEIGHTS = (
    ("model.safetensors", "model-*-of-*.safetensors"),
    ("pytorch_model.bin", "pytorch_model-*-of-*.bin"),
)
_SMALL = 16 * 2**20


class Locked(BaseModel):
    """A file as it was pulled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int
    sha256: str


class Lock(BaseModel):
    """What a pull resolved to."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hub: str
    revision: str
    """The Hub's commit; `local-…` with a digest of the files where they came from a directory."""
    files: dict[str, Locked]


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The files that weights would be loaded from: safetensors, else pickled ones."""
    for patterns in WEIGHTS:
        found = tuple(sorted(path for pattern in patterns for path in folder.glob(pattern)))
        if found:
            return found
    return ()


def installed(folder: Path) -> bool:
    """Whether `folder` holds a checkpoint: a config and weights. Whether they are sound is not asked here."""
    return (folder / "config.json").is_file() and bool(weight_files(folder))


def locked(path: Path, progress: Callable[[int], None] | None = None) -> Locked:
    """The size and hash of a file; `progress` is told the bytes read."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
            if progress is not None:
                progress(len(part))
    return Locked(size=path.stat().st_size, sha256=digest.hexdigest())


def write_lock(folder: Path, lock: Lock) -> None:
    """Write the lock file of a folder, whole or not at all."""
    partial = folder / f"{LOCK}.partial"
    with partial.open("w", encoding="utf-8") as file:
        file.write(lock.model_dump_json(indent=1))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / LOCK)


def read_lock(folder: Path) -> Lock | None:
    """The lock of a folder; None where weights were put there by hand.

    Raises:
        ModelError: the lock file is broken.
    """
    path = folder / LOCK
    if not path.is_file():
        return None
    try:
        return Lock.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, ValidationError) as exc:
        raise ModelError(f"{path} is broken; pull the model again") from exc


def check(
    folder: Path,
    card: Seq2SeqCard | LocalCard,
    *,
    full: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Lock | None:
    """The lock of a card's weights, after holding the files to it; None where there is none.

    Raises:
        ModelError: the weights are another revision's or another repository's, or a file is missing, changed
            or was added; or the card pins a revision and nothing says which one this is.
    """
    lock = read_lock(folder)
    again = f"run `sejul models pull {card.name}`"
    if lock is None:
        if card.revision is not None:
            raise ModelError(f"{folder} has no {LOCK}, and the card wants revision {card.revision}; {again}")
        return None
    if card.revision is not None and lock.revision != card.revision:
        raise ModelError(
            f"{folder} holds revision {lock.revision}, and the card wants {card.revision}; {again}"
        )
    if lock.hub != card.hub:
        raise ModelError(f"{folder} was pulled from {lock.hub}, and the card names {card.hub}; {again}")
    added = [path.name for path in weight_files(folder) if path.name not in lock.files]
    if added:
        raise ModelError(f"{folder}/{added[0]} is not in {LOCK}; remove it, or {again}")
    for name, known in lock.files.items():
        path = folder / name
        size = path.stat().st_size if path.is_file() else None
        if size != known.size:
            what = "is missing" if size is None else f"has {size} bytes in place of {known.size}"
            raise ModelError(f"{path} {what}; {again}")
        if (full or known.size <= _SMALL) and locked(path, progress).sha256 != known.sha256:
            raise ModelError(f"{path} is not the file that was pulled (its sha256 differs); {again}")
    return lock
