"""Weights on this machine: which files make a checkpoint, and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def installed(folder: Path) -> bool:
    """Whether `folder` holds a checkpoint: a config and weights. Whether they are sound is not asked here."""
    return (folder / "config.json").is_file() and bool(weight_files(folder))


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The files that weights would be loaded from: safetensors, else pickled ones."""
    for pattern in ("*.safetensors", "pytorch_model*.bin"):
        found = tuple(sorted(folder.glob(pattern)))
        if found:
            return found
    return ()
