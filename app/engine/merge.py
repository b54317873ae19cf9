"""Weights and adapters as arrays: safetensors read and written by the piece, an adapter added to what it adapts."""

from __future__ import annotations

import json
import math
import os
from typing import TYPE_CHECKING, Any

import numpy as np

from app.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_TYPES: dict[str, Any] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "BF16": np.dtype("<u2")}
_PREFIX = 8  # Bytes that hold the length of the header.


def read_tensors(path: Path) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """The tensors of a safetensors file, one after the other, in float32.

    Raises:
        ModelError: the file is broken, or holds numbers of another kind.
    """
    # The safetensors library gives NumPy no bfloat16; its bits are the upper half of a float32.
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(_PREFIX), "little")
            header = json.loads(file.read(min(length, path.stat().st_size)))
            header.pop("__metadata__", None)
            for name, about in header.items():
                kind, (start, end) = _TYPES[about["dtype"]], about["data_offsets"]
                file.seek(_PREFIX + length + start)
                raw = np.frombuffer(file.read(end - start), dtype=kind).reshape(about["shape"])
                if about["dtype"] == "BF16":
                    raw = (raw.astype(np.uint32) << 16).view(np.float32)
                yield name, raw.astype(np.float32)
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise ModelError(f"{path} cannot be read as safetensors: {exc!r}") from exc


def write_tensors(path: Path, tensors: Iterable[tuple[str, NDArray[np.float32]]]) -> None:
    """Write tensors as float16 safetensors, never all of them in memory."""
    data = path.with_suffix(".data")
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    at = 0
    with data.open("wb") as file:
        for name, values in tensors:
            raw = values.astype("<f2")
            header[name] = {"dtype": "F16", "shape": list(raw.shape), "data_offsets": [at, at + raw.nbytes]}
            at += raw.nbytes
            file.write(raw.tobytes())
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % _PREFIX)
    with path.open("wb") as file, data.open("rb") as body:
        file.write(len(head).to_bytes(_PREFIX, "little") + head)
        while part := body.read(1 << 20):
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    data.unlink()


def merge(weights: Path, adapter: Path) -> None:
    """Add an adapter (`NAME.down`, `NAME.up` for each weight that it changes) to the weights in their file.

    Raises:
        ModelError: a file is broken, or the adapter is not of these weights.
    """
    low = dict(read_tensors(adapter))
    left = {name.rpartition(".")[0] for name in low}
    if not left:
        raise ModelError(f"{adapter} holds no adapter")

    def added() -> Iterator[tuple[str, NDArray[np.float32]]]:
        for name, values in read_tensors(weights):
            if name in left:
                left.discard(name)
                down, up = low.get(f"{name}.down"), low.get(f"{name}.up")
                if down is None or up is None or (up.shape[0], down.shape[1]) != values.shape:
                    raise ModelError(
                        f"{adapter.name} does not fit {name} of {math.prod(values.shape)} numbers"
                    )
                yield name, values + up @ down
            else:
                yield name, values

    partial = weights.with_suffix(".merged")
    write_tensors(partial, added())
    if left:
        raise ModelError(f"{adapter.name} adapts {min(left)}, which the weights have not")
    partial.replace(weights)
