"""Fetching a card's weights: from the Hub, from its cache, or from a directory; whole, locked, or not at all."""

from __future__ import annotations

import hashlib
import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, cast

from filelock import FileLock

from app.engine.cards import LocalCard
from app.engine.taught import from_file, from_package, packaged, teach
from app.engine.weights import WEIGHTS, Lock, check, installed, locked, read_lock, write_lock
from app.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.engine.cards import Seq2SeqCard
    from app.engine.weights import Locked

LOCAL = "local-"
_REVISION = ".revision"
_NEEDED = ("config.json", "tokenizer.json")
_WELCOME = (
    "generation_config.json",
    "tokenizer_config.json",
    "LICENSE*",
    "README.md",
    "*.safetensors.index.json",
)


def wanted(names: Iterable[str]) -> list[str]:
    """Which of a repository's files to fetch: config, tokenizer, and weights of the safest kind that it has.

    Raises:
        ModelError: something that a model needs is not there.
    """
    names = sorted(names)
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise ModelError(f"the repository has no {' and no '.join(missing)}; it cannot be served")
    for patterns in WEIGHTS:
        weights = [name for name in names if any(fnmatch(name, p) for p in patterns)]
        if weights:
            index = [f"{Path(patterns[0]).name}.index.json"] if len(weights) > 1 else []
            others = [n for n in names if n in index or any(fnmatch(n, p) for p in _WELCOME)]
            return list(dict.fromkeys([*_NEEDED, *others, *weights]))
    raise ModelError("the repository has neither safetensors nor pytorch_model.bin weights")


def pull(
    card: Seq2SeqCard | LocalCard,
    weights_dir: Path,
    source: Path | None = None,
    *,
    update: bool = False,
    models_dir: Path | None = None,
) -> Lock:
    """Fetch the weights of `card` into `weights_dir`; a broken-off pull goes on where it was.

    What was locked once is fetched again at the same revision; `update` takes the newest. A pull that fails
    leaves what was there before. An adapter is looked for in `models_dir`, beside its card.

    Raises:
        ModelError: the source cannot be reached or lacks a file, or what came is not what it says.
    """
    folder, partial = weights_dir / card.name, weights_dir / f".{card.name}.partial"
    weights_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(weights_dir / f".{card.name}.lock"):
        held = None if update else read_lock(folder)
        if held is not None and held.hub != card.hub:
            held = None
        partial.mkdir(exist_ok=True)
        lock = _fetched(card, held, partial, source or card.folder)
        if isinstance(card, LocalCard):
            lock = teach(card, models_dir or weights_dir.parent, partial, lock)
        write_lock(partial, lock)
        _put(partial, folder)
    if not installed(folder):
        raise ModelError(f"{folder} is not whole; pull again")
    check(folder, card)
    return lock


def _fetched(card: Seq2SeqCard | LocalCard, held: Lock | None, partial: Path, source: Path | None) -> Lock:
    if isinstance(card, LocalCard) and source is not None and source.is_file():
        return from_file(card, source, partial)
    if source is not None:
        return _from_directory(card, source, partial)
    if isinstance(card, LocalCard) and packaged(card):
        return from_package(card, partial)
    return _from_hub(card, held, partial)


def _from_directory(card: Seq2SeqCard | LocalCard, source: Path, partial: Path) -> Lock:
    if not source.is_dir():
        raise ModelError(
            f"{source} is no directory; name one that holds config.json, tokenizer.json and weights"
        )
    names = wanted(path.name for path in source.iterdir() if path.is_file())
    for name in names:
        shutil.copyfile(source / name, partial / name)
    files = {name: locked(partial / name) for name in names}
    digest = hashlib.sha256("".join(f"{n}{f.sha256}" for n, f in files.items()).encode()).hexdigest()
    theirs = read_lock(source)
    revision = theirs.revision if theirs is not None and theirs.files == files else f"{LOCAL}{digest[:16]}"
    if card.revision is not None and revision != card.revision:
        raise ModelError(f"{source} is revision {revision}, and the card wants {card.revision}")
    return Lock(hub=card.hub, revision=revision, files=files)


def _from_hub(card: Seq2SeqCard | LocalCard, held: Lock | None, partial: Path) -> Lock:
    from huggingface_hub import HfApi, constants
    from huggingface_hub.errors import HfHubHTTPError

    # What the HTTP library below raises has another name in each major version; its base is in the Hub's own.
    network = cast("tuple[type[Exception], ...]", (*HfHubHTTPError.__bases__, OSError))
    # A lock of local files names no commit.
    revision = card.revision or (held.revision if held and not held.revision.startswith(LOCAL) else None)
    if constants.HF_HUB_OFFLINE:
        return _from_cache(card, revision, partial)
    try:
        info = HfApi().model_info(card.hub, revision=revision, files_metadata=True)
        siblings = {s.rfilename: s for s in info.siblings or []}
        if info.sha is None:
            raise ModelError(f"the Hub names no revision for {card.hub}")
        names = wanted(siblings)
        _forget_others(partial, info.sha)
        for name in names:
            _fetch(card.hub, name, info.sha, siblings[name].size, partial)
    except network as exc:
        raise ModelError(
            f"{card.hub} cannot be fetched ({type(exc).__name__}); what came is kept, and the next pull goes "
            f"on from it. Without a network: `sejul models pull {card.name} --from DIRECTORY`"
        ) from exc
    files = {name: locked(partial / name) for name in names}
    told = {name: s.lfs.sha256 for name in names if (s := siblings[name]).lfs is not None}
    _hold(partial, files, told, "the Hub's")
    if held is not None and held.revision == info.sha:
        _hold(partial, files, {name: file.sha256 for name, file in held.files.items()}, "the locked one")
    return Lock(hub=card.hub, revision=info.sha, files=files)


def _forget_others(partial: Path, revision: str) -> None:
    """Throw away what a broken-off pull of another revision left."""
    marker = partial / _REVISION
    if not marker.is_file() or marker.read_text() != revision:
        shutil.rmtree(partial)
        partial.mkdir()
        marker.write_text(revision)


def _fetch(hub: str, name: str, revision: str, size: int | None, partial: Path) -> None:
    """One file, from where a broken-off pull left it.

    The Hub client's own hf_hub_download keeps nothing of a file that it did not finish (2.x); what it downloads
    with does.
    """
    from huggingface_hub import hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # public, not re-exported

    path, incomplete = partial / name, partial / f"{name}.incomplete"
    if path.is_file():
        return
    incomplete.touch()
    with incomplete.open("r+b") as file:
        have = file.seek(0, 2)
        http_get(
            hf_hub_url(hub, name, revision=revision),
            file,
            resume_size=have,
            headers=build_hf_headers(),
            expected_size=size,
            displayed_filename=name,
        )
    incomplete.rename(path)


def _from_cache(card: Seq2SeqCard | LocalCard, revision: str | None, partial: Path) -> Lock:
    """The files that the Hub's own cache on this machine has (HF_HUB_OFFLINE=1)."""
    from huggingface_hub import snapshot_download

    try:
        cached = Path(snapshot_download(card.hub, revision=revision, local_files_only=True))
    except (OSError, ValueError) as exc:
        raise ModelError(
            f"HF_HUB_OFFLINE is set and {card.hub} is not in the Hub's cache here; bring its files and run "
            f"`sejul models pull {card.name} --from DIRECTORY`"
        ) from exc
    lock = _from_directory(card.model_copy(update={"revision": None}), cached, partial)
    return lock.model_copy(update={"revision": cached.name})


def _hold(partial: Path, found: Mapping[str, Locked], known: Mapping[str, str], whose: str) -> None:
    """Refuse, and forget, a file whose hash is not the known one."""
    for name, sha256 in known.items():
        if name in found and found[name].sha256 != sha256:
            (partial / name).unlink()
            raise ModelError(f"{name} came with another sha256 than {whose}; it was thrown away, pull again")


def _put(partial: Path, folder: Path) -> None:
    """Move what was pulled into its place; a reader sees the old weights or the new, never a mixture."""
    (partial / _REVISION).unlink(missing_ok=True)
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
