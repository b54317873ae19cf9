"""The learned coefficients that come with the package: a table beside the module that weighs by them, with its card."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from app.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence


def learned(
    package: str, file: str, features: Sequence[str], script: str
) -> tuple[tuple[float, ...], dict[str, Any]]:
    """The weights of `features`, in their order, and the whole table of `file`, which `script` wrote.

    Raises:
        ModelError: the file does not have a weight for each feature.
    """
    table = tomllib.loads(files(package).joinpath(file).read_text(encoding="utf-8"))
    weights = table["weights"]
    if set(weights) != set(features):
        odd = ", ".join(sorted(set(weights) ^ set(features)))
        raise ModelError(f"{file} and the features differ in {odd}; run `python -m {script}`")
    return tuple(float(weights[name]) for name in features), table
