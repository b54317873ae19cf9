"""A small network that reads the lines of a page together: what each line is by its own features and by the lines around it.

A line is the sum of the vectors of its hashed features; two convolutions look at the lines above and below it (four to
either side), and the page as a whole says what kind of page it is. The weights are numbers in a file beside the
package, one signed byte for each of a feature's; the feature texts themselves are nowhere kept.
"""

from __future__ import annotations

import io
from array import array
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from threadpoolctl import ThreadpoolController

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float32]

REACH = 2
"""How many lines to either side a convolution sees."""


class Context:
    """The network. `weights` are `vectors` (features by width, signed bytes in units of `scale`), and the layers'."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        import numpy as np

        self._vectors = weights["vectors"]
        self._scale = float(weights["scale"])
        self._mask = len(self._vectors) - 1
        self._layers = {name: w.astype(np.float32) for name, w in weights.items() if name != "vectors"}

    def log_probabilities(self, rows: array[int], starts: array[int]) -> Numbers:
        """Lines by classes, from the hashes of all features of a page's lines and where each line's begin."""
        import numpy as np

        vectors = self._vectors[np.frombuffer(rows, np.int64) & self._mask]
        sums = np.add.reduceat(vectors, np.frombuffer(starts, np.int64), dtype=np.int32)
        summed = sums.astype(np.float32) * self._scale
        own = np.maximum(summed + self._layers["own"], 0)
        near = self._around(own, "near")
        far = self._around(near, "far")
        page = (
            np.concatenate([own.max(axis=0), own.mean(axis=0)]) @ self._layers["page"]
            + self._layers["page bias"]
        )
        page = np.broadcast_to(np.maximum(page, 0), (len(own), len(page)))
        scores = (
            np.concatenate([own, near, far, page], axis=1) @ self._layers["out"] + self._layers["out bias"]
        )
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        found: Numbers = scores
        return found

    def _around(self, each: Numbers, name: str) -> Numbers:
        """A convolution over the lines; beyond the page's ends there is nothing."""
        import numpy as np

        padded = np.pad(each, ((REACH, REACH), (0, 0)))
        seen = np.concatenate([padded[k : k + len(each)] for k in range(2 * REACH + 1)], axis=1)
        found: Numbers = np.maximum(seen @ self._layers[name] + self._layers[f"{name} bias"], 0)
        return found


class Panel:
    """One network or several for the same classes; their mean is the answer."""

    def __init__(self, members: tuple[Context, ...]) -> None:
        self._members = members

    def log_probabilities(self, lines: Iterable[Iterable[str]]) -> list[list[float]]:
        """For each line of a page the mean log-probability of every class, made to add up to one again."""
        import numpy as np

        rows, starts = hashed(lines)
        if not starts:
            return []
        scores = sum(member.log_probabilities(rows, starts) for member in self._members) / len(self._members)
        found: list[list[float]] = (scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))).tolist()
        return found


def hashed(lines: Iterable[Iterable[str]]) -> tuple[array[int], array[int]]:
    """The hashes of all features of a page's lines, and where each line's begin."""
    rows, starts = array("q"), array("q")
    for features in lines:
        starts.append(len(rows))
        rows.extend([crc32(feature.encode()) for feature in features])
    return rows, starts


def read(*raw: bytes) -> Panel:
    """Networks as training writes them: archives of numpy's, which hold numbers only."""
    import numpy as np

    _keep_to_one_thread()
    members = []
    for each in raw:
        with np.load(io.BytesIO(each), allow_pickle=False) as weights:
            members.append(Context(dict(weights)))
    return Panel(tuple(members))


@cache
def load(*names: str) -> Panel:
    """The networks that training wrote under `names`, as one."""
    folder = resources.files("app.text").joinpath("weights")
    return read(*(folder.joinpath(f"{name}.npz").read_bytes() for name in names))


def _keep_to_one_thread() -> None:
    """Have numpy multiply on the thread that asks.

    A page's products are small: shared out among two threads, they cost a page a tenth to a fifth more of the processor
    (bench path), which the threads spend waiting for one another. The libraries of torch are left as they are.
    """
    for library in ThreadpoolController().lib_controllers:
        if any(part.startswith("numpy") for part in Path(library.filepath).parts):
            library.set_num_threads(1)
