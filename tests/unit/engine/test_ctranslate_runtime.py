"""The CTranslate2 runtime: the same tokens as torch, and a conversion that is whole or not there."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.engine.cards import Framing, Generation
from app.engine.checkpoint import CAUSAL, Checkpoint, read_checkpoint
from app.engine.runtime.load import choose, load
from app.engine.tokenizer import Tokenizer, load_tokenizer
from app.errors import EngineError, ModelError, OutOfMemory
from bench.checkpoint import gemma, kobart, kot5
from bench.korean import articles

if TYPE_CHECKING:
    from app.engine.runtime.ctranslate import CTranslateRuntime

ctranslate = pytest.importorskip("app.engine.runtime.ctranslate", reason="needs the extra [ctranslate]")
conversion = pytest.importorskip("app.engine.runtime.conversion", reason="needs the extra [ctranslate]")

FRAMING = Framing(before=("bos",), after=("eos",))
ROOT = Path(__file__).parents[3]


def parts(folder: Path, framing: Framing = FRAMING) -> tuple[Checkpoint, Tokenizer]:
    """A folder's checkpoint and tokenizer."""
    found = read_checkpoint(folder, framing)
    return found, load_tokenizer(found, framing)


def runtime(folder: Path, framing: Framing = FRAMING, dtype: str = "float32") -> CTranslateRuntime:
    """A folder's runtime on the CPU."""
    found: CTranslateRuntime = ctranslate.CTranslateRuntime(*parts(folder, framing), "cpu", dtype)
    return found


@pytest.fixture(scope="module")
def converted(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small checkpoint that these tests convert."""
    return shutil.copytree(small, tmp_path_factory.mktemp("converted") / "kobart")


DECODINGS = {
    "greedy": Generation(max_new_tokens=24),
    "greedy, at least 5": Generation(max_new_tokens=24, min_new_tokens=5),
    "greedy, penalties": Generation(max_new_tokens=24, repetition_penalty=1.5, no_repeat_ngram_size=3),
    "beam": Generation(max_new_tokens=24, num_beams=4),
    "beam, no repeats": Generation(max_new_tokens=24, num_beams=4, no_repeat_ngram_size=3),
    "beam, long": Generation(max_new_tokens=24, num_beams=5, length_penalty=2.0, min_new_tokens=3),
    "beam, short": Generation(max_new_tokens=24, num_beams=3, length_penalty=0.5),
}


@pytest.mark.parametrize("how", DECODINGS.values(), ids=DECODINGS)
@pytest.mark.parametrize("model", ["bart", "bart, base ids", "t5, tied", "t5, untied"])
def test_float32_answers_as_torch_token_for_token(
    model: str, how: Generation, converted: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Greedy and beam, ended and cut, BART and T5: both runtimes write the same ids."""
    import torch

    from app.engine.runtime.torch import TorchRuntime

    framing = Framing(after=("eos",)) if "t5" in model else FRAMING
    folder = converted
    if model != "bart":
        folder = tmp_path_factory.getbasetemp() / model.replace(", ", "-").replace(" ", "-")
        if not folder.exists() and "t5" in model:
            kot5(folder, tied="untied" not in model)
        elif not folder.exists():
            kobart(folder, kind="base", std=0.2, bias=4.0)
    checkpoint, tokenizer = parts(folder, framing)
    texts = [body for _, body in articles(8, sentences=3)]
    inputs = [tokenizer.frame(pieces, 1000) for pieces in tokenizer.pieces(texts)]
    expected = TorchRuntime(checkpoint, "cpu", torch.float32).generate(inputs, how)
    assert runtime(folder, framing).generate(inputs, how) == expected
    if model == "bart" and how == DECODINGS["greedy"]:  # some end by themselves, some are cut
        assert len({output.finished for output in expected}) == 2


CAUSAL_DECODINGS = {
    "greedy": DECODINGS["greedy"],
    "greedy, at least 5": DECODINGS["greedy, at least 5"],
    "beam": DECODINGS["beam"],
    "beam, long": DECODINGS["beam, long"],
    "beam, all of them": Generation(max_new_tokens=24, num_beams=4, hypotheses=4),
}


@pytest.mark.parametrize("how", CAUSAL_DECODINGS.values(), ids=CAUSAL_DECODINGS)
def test_a_causal_model_answers_as_under_torch(how: Generation, tmp_path: Path) -> None:
    """Gemma 3, inputs of all lengths in one batch: the same ids, and the prompt not among them."""
    import torch

    from app.engine.runtime.search import CausalTorchRuntime

    folder = gemma(tmp_path / "gemma")
    framing = Framing(before=("bos",))
    checkpoint = read_checkpoint(folder, framing, CAUSAL)
    tokenizer = load_tokenizer(checkpoint, framing)
    texts = [body[: 20 + 30 * n] for n, (_, body) in enumerate(articles(8, sentences=3))]
    inputs = [tokenizer.frame(pieces, 1000) for pieces in tokenizer.pieces(texts)]
    assert max(map(len, inputs)) > 3 * min(map(len, inputs))
    expected = CausalTorchRuntime(checkpoint, tokenizer, "cpu", torch.float32).generate(inputs, how)
    found = ctranslate.CausalCTranslateRuntime(checkpoint, tokenizer, "cpu", "float32")
    assert found.generate(inputs, how) == expected
    assert found.generate([], how) == []
    alone = [found.generate([row], how)[0] for row in inputs]
    assert alone == expected
    found.probe(inputs[0])
    found.close()


def test_a_long_input_is_not_cut_in_silence(converted: Path) -> None:
    """Its default would read 1,024 tokens and say nothing; beyond the positions it is an error."""
    how = Generation(max_new_tokens=8)
    ours = runtime(converted)
    long, cut = [0, *[200] * 1023, 300, 1], [0, *[200] * 1023]
    assert len(long) == 1026
    scores = [ours._model.score_batch([[ours._tokens[i] for i in row]], [["한"]])[0] for row in (long, cut)]
    assert scores[0].log_probs != scores[1].log_probs
    assert ours.generate([long], how)
    with pytest.raises(EngineError, match="CTranslate2 failed"):
        ours.generate([[5] * 1100], how)


def test_int8_reads_and_writes(converted: Path) -> None:
    """The CPU's own compute type answers every input."""
    ours = runtime(converted, dtype="int8_float32")
    outputs = ours.generate([[0, 50, 51, 1], [0, 60, 1]], Generation(max_new_tokens=6, min_new_tokens=6))
    assert [len(output.ids) for output in outputs] == [6, 6]
    assert (ours.name, ours.device, ours.dtype) == ("ctranslate", "cpu", "int8_float32")


def test_a_batch_is_dealt_out_to_the_cores(converted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows enough for two cores are two parts, fewer are one; the answers and their order are the same."""
    assert [ctranslate.share(rows, 2) for rows in (1, 3, 11, 12, 15, 101)] == [1, 3, 11, 6, 8, 51]
    assert [ctranslate.share(15, parts) for parts in (1, 2, 64)] == [15, 8, 8]
    rows = [[0, *range(60 + 5 * n, 64 + 7 * n), 1] for n in range(15)]
    answers = []
    for count in (1, 2):
        monkeypatch.setattr(ctranslate, "cores", lambda count=count: count)
        ours = runtime(converted)
        assert ours._model.num_translators == count
        answers.append(ours.generate(rows, Generation(max_new_tokens=12)))
    assert answers[0] == answers[1]


def test_a_config_without_normalize_before_converts(small: Path, tmp_path: Path) -> None:
    """A checkpoint that transformers 5 saved lacks a key that the converter reads."""
    folder = shutil.copytree(small, tmp_path / "kobart", ignore=shutil.ignore_patterns("ctranslate2"))
    config = json.loads((folder / "config.json").read_text())
    del config["normalize_before"]
    (folder / "config.json").write_text(json.dumps(config))
    assert runtime(folder).generate([[0, 50, 1]], Generation(max_new_tokens=2))


def test_a_conversion_is_made_once_and_again_for_other_weights(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second start reads what the first wrote; new weights in the same folder convert anew."""
    folder = shutil.copytree(small, tmp_path / "kobart", ignore=shutil.ignore_patterns("ctranslate2"))
    runtime(folder)
    first = (folder / "ctranslate2" / "float32" / "model.bin").stat().st_mtime_ns
    runtime(folder)
    assert (folder / "ctranslate2" / "float32" / "model.bin").stat().st_mtime_ns == first
    os.utime(folder / "model.safetensors", ns=(time.time_ns(), time.time_ns()))
    runtime(folder)
    assert (folder / "ctranslate2" / "float32" / "model.bin").stat().st_mtime_ns > first
    leftovers = {path.name for path in (folder / "ctranslate2").iterdir()} - {"float32", "float32.lock"}
    assert leftovers == set()
    monkeypatch.setattr(conversion, "_Converter", None)  # a third start converts nothing
    runtime(folder)


def test_a_conversion_that_fails_leaves_nothing(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a conversion is never taken for a whole one."""
    folder = shutil.copytree(small, tmp_path / "kobart", ignore=shutil.ignore_patterns("ctranslate2"))

    class Failing(conversion._Converter):  # type: ignore[name-defined, misc]  # the module comes by importorskip
        """A converter whose disk is full."""

        def convert(self, output_dir: str, **kwargs: object) -> None:
            """Write some of it, then fail."""
            del kwargs
            Path(output_dir).mkdir()
            (Path(output_dir) / "model.bin").write_bytes(b"half")
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(conversion, "_Converter", Failing)
        with pytest.raises(ModelError, match="No space left"):
            runtime(folder)
    assert not list((folder / "ctranslate2").glob("*/model.bin"))
    assert runtime(folder).generate([[0, 50, 1]], Generation(max_new_tokens=2))


@pytest.mark.slow
def test_two_processes_convert_at_once(small: Path, tmp_path: Path) -> None:
    """Workers that start together wait for one conversion, and both read it whole."""
    folder = shutil.copytree(small, tmp_path / "kobart", ignore=shutil.ignore_patterns("ctranslate2"))
    code = (
        "import sys; from pathlib import Path; from app.engine.cards import Framing, Generation;"
        "from app.engine.checkpoint import read_checkpoint; from app.engine.tokenizer import load_tokenizer;"
        "from app.engine.runtime.ctranslate import CTranslateRuntime as R;"
        "f = Framing(before=('bos',), after=('eos',)); c = read_checkpoint(Path(sys.argv[1]), f);"
        "print(R(c, load_tokenizer(c, f), 'cpu', 'float32').generate([[0, 50, 1]], Generation(max_new_tokens=4)))"
    )
    command = [sys.executable, "-c", code, str(folder)]
    with ExitStack() as stack:
        both = [
            stack.enter_context(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True))
            for _ in range(2)
        ]
        answers = [process.communicate()[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert answers[0] == answers[1] != ""
    assert {path.name for path in (folder / "ctranslate2").iterdir()} <= {"float32", "float32.lock"}


def test_weights_beside_which_nothing_can_be_written(small: Path, tmp_path: Path) -> None:
    """A folder in the converter's way is said with what to do about it."""
    folder = shutil.copytree(small, tmp_path / "kobart", ignore=shutil.ignore_patterns("ctranslate2"))
    (folder / "ctranslate2").write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="SEJUL_RUNTIME=torch"):
        runtime(folder)


def test_auto_goes_on_with_torch_where_nothing_can_be_written(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Read-only weights run on torch, and the log says why; a card or a setting that asks is not overruled."""
    folder = shutil.copytree(small, tmp_path / "kobart", ignore=shutil.ignore_patterns("ctranslate2"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert load(*parts(folder), setting="auto", card="auto", device="cpu").name == "torch"
    assert "cannot be written" in caplog.text
    assert load(*parts(folder), setting="ctranslate", card="auto", device="cpu").name == "ctranslate"


def test_weights_that_are_no_numbers_are_refused_at_start(small: Path, tmp_path: Path) -> None:
    """NaN in the weights shows in the first step."""
    import torch
    from safetensors.torch import load_file, save_file

    folder = shutil.copytree(small, tmp_path / "kobart", ignore=shutil.ignore_patterns("ctranslate2"))
    weights = load_file(folder / "model.safetensors")
    weights["model.decoder.layernorm_embedding.weight"].fill_(torch.nan)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match="no numbers"):
        runtime(folder).probe([0, 50, 51, 1])


@pytest.mark.parametrize("error", [RuntimeError("CUDA failed with error out of memory"), MemoryError()])
def test_full_memory_has_one_name(converted: Path, error: Exception) -> None:
    """What CTranslate2 says of full memory is OutOfMemory, at which the batcher halves."""
    ours = runtime(converted)

    class Full:
        """A translator whose device is full."""

        def translate_batch(self, *_: object, **__: object) -> None:
            """Fail."""
            raise error

    ours._model = Full()
    with pytest.raises(OutOfMemory):
        ours.generate([[0, 50, 1]], Generation(max_new_tokens=2))


def test_a_device_that_is_not_there_is_refused(converted: Path) -> None:
    """CTranslate2 has no MPS, and no CUDA on this machine's number 99."""
    for device in ("mps", "cuda:99"):
        with pytest.raises(ModelError, match="SEJUL_RUNTIME=torch"):
            ctranslate.CTranslateRuntime(*parts(converted), device)


def test_the_settings_word_goes_before_the_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """SEJUL_RUNTIME, else the card, else CTranslate2 on the CPU and torch on a GPU."""
    assert choose("torch", "ctranslate", "cpu") == "torch"
    assert choose("auto", "torch", "cpu") == "torch"
    assert choose("auto", "auto", "cpu") == "ctranslate"
    assert choose("auto", "auto", "cuda") == "torch"
    monkeypatch.setattr(ctranslate, "devices", lambda: 1)
    assert choose("auto", "auto", "auto") == "torch"
    monkeypatch.setattr("app.engine.runtime.load.find_spec", lambda _: None)
    assert choose("auto", "auto", "cpu") == "torch"
    with pytest.raises(ModelError, match="pip install"):
        choose("ctranslate", "auto", "cpu")
