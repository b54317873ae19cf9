"""How fast: `python -m bench speed`. KoBART-shaped weights, the same pages in, outputs of fixed length.

The usual service writes 96 tokens an article in float32; ours writes three lines of 32 in the type that it takes by
itself, which the table names. Ratios are of one run, in which the ways take turns.
"""

from __future__ import annotations

import os
import statistics
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
        ours = {runtime: engine(models, runtime) for runtime in ("torch", "ctranslate")}
        compare(UsualService(path), ours)
        rates(ours["ctranslate"])
        for one in ours.values():
            one.close()
        for runtime in ours:
            where(models, runtime, assignments(3 * ON_A_PAGE))


def compare(usual: UsualService, ours: dict[str, Seq2SeqEngine], rounds: int = ON_A_PAGE) -> None:
    """A page by each way, the median of rounds in which the ways take turns; what disturbs one disturbs all.

    A round of the usual service is one article of the page, which is told as a page's worth.
    """
    texts = [body for _, body in articles(ON_A_PAGE)]
    work = assignments(ON_A_PAGE)
    usual.summarize(texts[0], 4)
    found: dict[str, list[Cost]] = {name: [] for name in ("usual", *ours)}
    for engine_ in ours.values():
        engine_.draft(work)
    for turn in range(rounds):
        one = timed(lambda: usual.summarize(texts[turn % ON_A_PAGE]))  # noqa: B023 - called at once
        found["usual"].append(Cost(ON_A_PAGE * one.wall, ON_A_PAGE * one.cpu))
        for name, engine_ in ours.items():
            found[name].append(timed(lambda: engine_.draft(work)))  # noqa: B023 - called at once
    print(f"\na page of {ON_A_PAGE} articles        wall s    CPU s   times the usual: wall     CPU")
    print(
        f"usual service, beam 4, fp32    {median(found['usual']).wall:6.2f}   {median(found['usual']).cpu:6.2f}"
    )
    for name, engine_ in ours.items():
        cost = median(found[name])
        ratio = median(
            [Cost(u.wall / o.wall, u.cpu / o.cpu) for u, o in zip(found["usual"], found[name], strict=True)]
        )
        print(
            f"{name:10} {engine_.info.dtype:19} {cost.wall:6.2f}   {cost.cpu:6.2f}   {ratio.wall:21.1f} {ratio.cpu:7.1f}"
        )
    selecting = timed(lambda: assignments(ON_A_PAGE), 3)
    print(f"selecting (on top of ours)     {selecting.wall:6.2f}   {selecting.cpu:6.2f}")


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each kind of seconds, or of each ratio."""
    return Cost(statistics.median(c.wall for c in costs), statistics.median(c.cpu for c in costs))


def rates(ours: Seq2SeqEngine, counts: Sequence[int] = (ON_A_PAGE, 16, 64, 64 * ON_A_PAGE, 512)) -> None:
    """Cost per article by how many come at once, in two rounds: 5 is a page, 320 are 64 pages.

    The weights are read once a step for all lines, so that writing gets cheaper with the batch; selecting does not.
    """
    everything = assignments(max(counts))
    found: dict[int, list[Cost]] = {count: [] for count in counts}
    for _ in range(2):
        for count in counts:
            repeats = max(1, 48 // count)
            cost = timed(lambda: ours.draft(everything[:count]), repeats)  # noqa: B023 - called at once
            found[count].append(Cost(cost.wall / count, cost.cpu / count))
    each = {count: median(costs) for count, costs in found.items()}
    selecting = timed(lambda: assignments(64), 3)
    whole = {n: Cost(c.wall + selecting.wall / 64, c.cpu + selecting.cpu / 64) for n, c in each.items()}
    print("\nCTranslate2, ms an article: articles at once   wall    CPU   with selecting: wall    CPU")
    for count, cost in each.items():
        print(
            f"{count:44} {1000 * cost.wall:6.1f} {1000 * cost.cpu:6.1f}"
            f" {1000 * whole[count].wall:22.1f} {1000 * whole[count].cpu:6.1f}"
        )
    page, pages = each[ON_A_PAGE], each[64 * ON_A_PAGE]
    print(
        f"64 pages at once: {page.wall / pages.wall:.2f} times the rate of one page ({page.cpu / pages.cpu:.2f} by CPU)"
    )
    for name, costs in (("writing alone", each), ("with selecting", whole)):
        many = [costs[count].wall for count in counts if count >= 16]
        print(
            f"16 to 512 articles, wall, {name}: dearest {max(many) / many[0]:.2f} of the cost at 16, "
            f"cheapest {min(many) / many[0]:.2f}"
        )


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
