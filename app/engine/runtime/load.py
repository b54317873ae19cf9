"""Which runtime a checkpoint runs on: the settings' word, else the card's, else what is fastest here."""

from __future__ import annotations

import logging
import os
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from app.errors import ModelError

if TYPE_CHECKING:
    from app.engine.cards import RuntimeName
    from app.engine.checkpoint import Checkpoint
    from app.engine.runtime.base import Runtime
    from app.engine.tokenizer import Tokenizer


log = logging.getLogger(__name__)


def load(
    checkpoint: Checkpoint,
    tokenizer: Tokenizer,
    *,
    setting: RuntimeName,
    card: RuntimeName,
    device: str,
    int8: bool = False,
) -> Runtime:
    """A checkpoint on its device, under the runtime that was chosen.

    Raises:
        ModelError: the runtime is not installed, or the weights are broken or do not fit.
    """
    chosen = choose(setting, card, device)
    if chosen == "ctranslate" and "ctranslate" not in {setting, card} and not _convertible(checkpoint):
        log.warning(
            "%s cannot be written, so CTranslate2 cannot keep its conversion: torch", checkpoint.folder
        )
        chosen = "torch"
    if chosen == "torch":
        if checkpoint.causal:
            from app.engine.runtime.search import CausalTorchRuntime

            return CausalTorchRuntime(checkpoint, tokenizer, device, int8=int8)
        from app.engine.runtime.torch import TorchRuntime

        return TorchRuntime(checkpoint, device)
    from app.engine.runtime.ctranslate import CausalCTranslateRuntime, CTranslateRuntime

    return (CausalCTranslateRuntime if checkpoint.causal else CTranslateRuntime)(
        checkpoint, tokenizer, device
    )


def choose(setting: RuntimeName, card: RuntimeName, device: str) -> Literal["torch", "ctranslate"]:
    """The runtime: SEJUL_RUNTIME, else the card's; `auto` is CTranslate2 on the CPU and torch on a GPU.

    CTranslate2 in int8 is what bench.speed shows fastest on a CPU. On a GPU nothing has been measured yet
    (`make gpu` does), and torch needs no CUDA libraries beside its own.

    Raises:
        ModelError: CTranslate2 was asked for and is not installed.
    """
    asked = setting if setting != "auto" else card
    here = find_spec("ctranslate2") is not None
    if asked == "ctranslate" and not here:
        raise ModelError("SEJUL_RUNTIME=ctranslate needs CTranslate2: pip install 'sejul[ctranslate]'")
    if asked != "auto":
        return asked
    return "ctranslate" if here and _on_cpu(device) else "torch"


def _convertible(checkpoint: Checkpoint) -> bool:
    """Whether the converted weights are there, or can be put there; a container may mount weights read-only."""
    home = checkpoint.folder / "ctranslate2"
    return any(home.glob("*/model.bin")) or os.access(home if home.exists() else checkpoint.folder, os.W_OK)


def _on_cpu(device: str) -> bool:
    """Whether a device setting comes to the CPU, asked without loading torch."""
    if device != "auto":
        return device == "cpu"
    from app.engine.runtime.ctranslate import devices

    return sys.platform != "darwin" and devices() == 0
