"""How fast: `python -m bench speed`. KoBART-shaped weights, the same pages in, outputs of fixed length.

The usual service writes 96 tokens an article; ours writes three lines of 32. Ratios are of one run. Both wall
and CPU seconds are shown: on a machine that others use, the CPU's are the ones to believe.
"""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from app.domain import Article, Options, Traced
from app.engine.cards import Framing, Generation, Seq2SeqCard
from app.engine.seq2seq import build
from app.engine.writing import Job
from app.settings import Settings
from app.summary.assign import assign
from bench.checkpoint import kobart
from bench.korean import articles
from bench.peers.usual_service import UsualService

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.domain import Assignment
    from app.engine.seq2seq import Seq2SeqEngine

ON_A_PAGE = 5
LINE = Generation(max_new_tokens=32, min_new_tokens=32)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the wall and of the CPU."""

    wall: float
    cpu: float


def timed(work: Callable[[], object], repeats: int = 1) -> Cost:
    """The cheapest of some runs, in CPU seconds."""
    found = []
    for _ in range(repeats):
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        found.append(Cost(time.perf_counter() - wall, time.process_time() - cpu))
    return min(found, key=lambda cost: cost.cpu)


def card(name: str = "kobart", line: Generation = LINE) -> Seq2SeqCard:
    """A card whose lines all have one length."""
    return Seq2SeqCard(
        name=name, kind="seq2seq", title="bench", hub="example/bench", licence="MIT", max_input=1000,
        framing=Framing(before=("bos",), after=("eos",)), rewrite=line, headline=line, article=line,
    )  # fmt: skip


def engine(models: Path, runtime: str, device: str = "cpu", line: Generation = LINE) -> Seq2SeqEngine:
    """The engine over the weights in `models`, with the settings' own defaults."""
    settings = Settings.model_validate({"models_dir": models, "runtime": runtime, "device": device})
    return build(card(line=line), settings)


def weights(models: Path) -> Path:
    """KoBART-shaped weights of full size (124 M parameters), random but whole."""
    return kobart(models / "weights" / "kobart", full=True)


def assignments(count: int) -> list[Assignment]:
    """That many articles, assigned: what the engine starts from."""
    return [assign(Article(h, Traced.whole(body)), Options()) for h, body in articles(count)]


def main() -> None:
    """Print the comparison, the rates by number of articles, and where the time goes."""
    print(f"torch {torch.__version__}, {torch.get_num_threads()} threads, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        models = Path(folder)
        path = weights(models)
        texts = [body for _, body in articles(ON_A_PAGE)]
        work = assignments(ON_A_PAGE)
        selecting = timed(lambda: assignments(ON_A_PAGE), 3)
        usual = UsualService(path)
        usual.summarize(texts[0], 4)
        base = timed(lambda: [usual.summarize(text) for text in texts])
        print(f"\na page of {ON_A_PAGE} articles        wall s    CPU s   times the usual (CPU)   (wall)")
        print(f"usual service, beam 4, fp32    {base.wall:6.2f}   {base.cpu:6.2f}")
        for runtime in ("torch", "ctranslate"):
            ours = engine(models, runtime)
            ours.draft(work)
            cost = timed(lambda: ours.draft(work), 3)  # noqa: B023 - called at once
            print(
                f"{runtime:10} {ours.info.dtype:19} {cost.wall:6.2f}   {cost.cpu:6.2f}   "
                f"{base.cpu / cost.cpu:8.1f}                {base.wall / cost.wall:8.1f}"
            )
            if runtime == "ctranslate":
                rates(ours)
            ours.close()
        print(f"selecting (on top of ours)     {selecting.wall:6.2f}   {selecting.cpu:6.2f}")
        for runtime in ("torch", "ctranslate"):
            where(models, runtime, assignments(3 * ON_A_PAGE))


def rates(ours: Seq2SeqEngine, counts: Sequence[int] = (5, 16, 64, 320, 512)) -> None:
    """Cost per article by how many come at once: 5 is a page, 320 are 64 pages."""
    everything = assignments(max(counts))
    each: dict[int, float] = {}
    print("\nCTranslate2: articles at once   CPU ms an article   wall ms an article")
    for count in counts:
        repeats = max(1, 48 // count)
        cost = timed(lambda: ours.draft(everything[:count]), repeats)  # noqa: B023 - called at once
        each[count] = cost.cpu / count
        print(f"{count:30}   {1000 * each[count]:17.1f}   {1000 * cost.wall / count:18.1f}")
    print(f"64 pages at once: {each[5] / each[320]:.2f} times the rate of one page")
    flat = [each[count] for count in counts if count >= 16]
    print(f"16 to 512 articles: dearest over cheapest {max(flat) / min(flat):.2f}\n")


def where(models: Path, runtime: str, work: Sequence[Assignment]) -> None:
    """Where the time of a draft goes; encode is a run of one token less its step, decode the rest."""
    ours = engine(models, runtime)
    jobs = [ours._writer.jobs(one) for one in work]  # noqa: SLF001 - looking inside is the point
    inputs = [job.ids for some in jobs for job in some if isinstance(job, Job)]
    tokenize = timed(lambda: [ours._writer.jobs(one) for one in work], 3)  # noqa: SLF001
    run = ours._runtime.generate  # noqa: SLF001
    run(inputs, replace_tokens(2))
    one = timed(lambda: run(inputs, replace_tokens(1)), 2)
    two = timed(lambda: run(inputs, replace_tokens(2)), 2)
    whole = timed(lambda: run(inputs, LINE), 2)
    outputs = run(inputs, LINE)
    detokenize = timed(lambda: [ours._tokenizer.decode(o.ids) for o in outputs], 3)  # noqa: SLF001
    step = max(0.0, two.cpu - one.cpu)
    encode = max(0.0, one.cpu - step)
    parts = {
        "tokenize": tokenize.cpu,
        "encode": encode,
        "decode": whole.cpu - encode,
        "detokenize": detokenize.cpu,
    }
    total = sum(parts.values())
    print(f"\n{runtime}, {len(inputs)} lines of 32 tokens   CPU ms    share")
    for name, value in parts.items():
        print(f"  {name:12}                    {1000 * value:8.1f}   {value / total:6.1%}")
    ours.close()


def replace_tokens(count: int) -> Generation:
    """Lines of another length."""
    return LINE.model_copy(update={"max_new_tokens": count, "min_new_tokens": count})
