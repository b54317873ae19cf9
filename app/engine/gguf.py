"""A Gemma 3 checkpoint out of a GGUF file: config, tokenizer and dequantised weights, as a Hub folder has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from app.engine.merge import write_tensors
from app.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

_LAYER = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "attn_norm": "input_layernorm",
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_TOP = {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}
# Not in the file, and the same in every Gemma 3 (google/gemma_pytorch, config.py): each sixth layer sees everything.
_PATTERN = 6
_LOCAL_BASE = 10_000.0


def unpack(gguf: Path, folder: Path) -> None:
    """Write config.json, tokenizer.json and model.safetensors of the model in `gguf` to `folder`.

    Raises:
        ModelError: the `gguf` library is missing, or the file is broken or of another family.
    """
    try:
        from gguf import GGUFReader
    except ImportError as exc:
        raise ModelError("reading a GGUF file needs the extra: pip install 'sejul[gemma]'") from exc
    try:
        reader = GGUFReader(gguf)
        fields = {name: field.contents() for name, field in reader.fields.items() if _plain(name)}
        (vocabulary,) = (int(t.shape[1]) for t in reader.tensors if t.name == "token_embd.weight")
        config = {**_config(fields), "vocab_size": vocabulary}
        (folder / "config.json").write_text(json.dumps(config, indent=1), encoding="utf-8")
        write_tensors(folder / "model.safetensors", _tensors(reader))
    except (OSError, ValueError, KeyError, IndexError) as exc:
        raise ModelError(f"{gguf} is no Gemma 3 GGUF file that can be read: {exc!r}") from exc
    from app.engine.tokenizer import save_from_gguf

    save_from_gguf(gguf, folder / "tokenizer.json")


def _plain(name: str) -> bool:
    """Whether a field is small: the vocabulary and its scores are not asked for here."""
    return name not in {f"tokenizer.ggml.{part}" for part in ("tokens", "scores", "token_type", "merges")}


def _config(fields: dict[str, Any]) -> dict[str, Any]:
    """The config of transformers, from the file's own figures."""
    if fields["general.architecture"] != "gemma3":
        raise ValueError(f"architecture {fields['general.architecture']!r}, not gemma3")

    def of(name: str) -> Any:  # noqa: ANN401 - whatever the file holds
        return fields[f"gemma3.{name}"]

    layers = of("block_count")
    return {
        "architectures": ["Gemma3ForCausalLM"],
        "model_type": "gemma3_text",
        "dtype": "float16",
        "hidden_size": of("embedding_length"),
        "intermediate_size": of("feed_forward_length"),
        "num_hidden_layers": layers,
        "num_attention_heads": of("attention.head_count"),
        "num_key_value_heads": of("attention.head_count_kv"),
        "head_dim": of("attention.key_length"),
        "query_pre_attn_scalar": of("attention.key_length"),
        "rms_norm_eps": of("attention.layer_norm_rms_epsilon"),
        "max_position_embeddings": of("context_length"),
        "sliding_window": of("attention.sliding_window"),
        "layer_types": [
            "full_attention" if (n + 1) % _PATTERN == 0 else "sliding_attention" for n in range(layers)
        ],
        "rope_parameters": {
            "full_attention": {"rope_type": "default", "rope_theta": of("rope.freq_base")},
            "sliding_attention": {"rope_type": "default", "rope_theta": _LOCAL_BASE},
        },
        "hidden_activation": "gelu_pytorch_tanh",
        "tie_word_embeddings": True,
        **{
            f"{name}_token_id": fields[f"tokenizer.ggml.{theirs}_token_id"]
            for name, theirs in (("bos", "bos"), ("eos", "eos"), ("pad", "padding"))
        },
    }


def _tensors(reader: Any) -> Iterator[tuple[str, NDArray[np.float32]]]:  # noqa: ANN401 - gguf's own
    """Every weight by its name in transformers, dequantised."""
    from gguf import dequantize

    for tensor in reader.tensors:
        name = _TOP.get(tensor.name)
        if name is None:
            _, layer, part, kind = tensor.name.split(".")
            name = f"model.layers.{layer}.{_LAYER[part]}.{kind}"
        values = np.asarray(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
        # llama.cpp keeps the factor of a norm, transformers what it is more than one.
        yield name, values - 1 if "norm" in name else values
