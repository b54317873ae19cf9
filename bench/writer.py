"""Our own writer on the development references, after grounding, beside the extractive engine.

    python -m bench writer

Needs the weights (`sejul models pull gemma-desk`) and ../shared. Prints the scorers' figures for headlines and both
styles, how many lines are the model's, why there was none of it (a line that is extracted because it says more has no
reason), the share of which grounding left nothing (an answer came to it, and none held), the processor's seconds for an
article, and at the end how long a headline and three lines take by the clock; sixteen articles at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.domain import Draft, HeadlineOrigin, Options, Origin, Style
from app.engine.base import further
from app.engine.machine import cores
from app.engine.registry import build
from app.publish import publish
from app.settings import Settings
from app.summary.assign import assign
from app.text.splitter import single

if TYPE_CHECKING:
    from app.domain import Assignment, Brief
    from app.engine.base import Engine

CARD = "gemma-desk"
SHARED = Path("../shared")
TOGETHER = 16
# Batches that are timed, after one that is not; their median is told.
TIMED = 5


class Task(NamedTuple):
    """What is written of which references, and what scores it."""

    name: str
    references: str
    style: Style
    scorer: tuple[str, ...]


TASKS = (
    Task("headline", "headlines_dev.jsonl", Style.SENTENCE, ("score_headlines.py",)),
    Task("brief", "summaries_dev.jsonl", Style.BRIEF, ("score_summaries.py", "--style", "brief")),
    Task("sentence", "summaries_dev.jsonl", Style.SENTENCE, ("score_summaries.py", "--style", "sentence")),
)


def references_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of references."""
    with (SHARED / "data" / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def written(
    engine: Engine, work: list[tuple[dict[str, str], Assignment]]
) -> tuple[list[Brief], list[Draft], float]:
    """The briefs and drafts of all work, and the processor's seconds that drafting took."""
    started = time.process_time()
    drafts: list[Draft] = []
    for n in range(0, len(work), TOGETHER):
        found = engine.draft([assignment for _, assignment in work[n : n + TOGETHER]])
        drafts.extend(draft for draft in found if isinstance(draft, Draft))
    seconds = time.process_time() - started
    briefs = [publish(n, a, draft) for n, ((_, a), draft) in enumerate(zip(work, drafts, strict=True))]
    return briefs, drafts, seconds


def told(task: Task, briefs: list[Brief], drafts: list[Draft]) -> str:
    """How much of what the model wrote left the house, and why the rest did not."""
    if task.name == "headline":
        made = [d.headline_origin is HeadlineOrigin.GENERATED for d in drafts]
        kept = [b.headline_origin is HeadlineOrigin.GENERATED for b in briefs]
        return f"headlines {len(drafts)}, the model's {sum(made)}, replaced behind it {sum(made) - sum(kept)}"
    lines = [line for d in drafts for line in d.lines]
    offered = sum(line.origin is Origin.MODEL for line in lines)
    replaced = sum(n.code == "line_replaced" for b in briefs for n in b.notices)
    why = Counter(n.code for d in drafts for n in d.notices if n.line is not None)
    refused = replaced + why["line_ungrounded"]
    return (
        f"lines {len(lines)}, the model's {offered}, nothing of the model's left {dict(why)}; "
        f"replaced by grounding, in the engine or behind it, {refused} ({refused / max(1, len(lines)):.3f})"
    )


def measure(task: Task, engine: Engine, limit: int | None, folder: Path, worst: int = 0) -> None:
    """Print a task's figures for an engine, on every reference or on so many spread over the file."""
    rows = references_of(task.references)
    rows = rows[:: max(1, len(rows) // limit)][:limit] if limit else rows
    work = []
    for row in rows:
        title = None if task.name == "headline" else row.get("title")
        article = single(title, row["body"]).articles[0]
        work.append((row, assign(article, Options(3, task.style), further(engine.info.kind, task.style))))
    briefs, drafts, seconds = written(engine, work)
    references, predictions = folder / "references.jsonl", folder / f"{task.name}.{engine.info.name}.jsonl"
    references.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    with predictions.open("w", encoding="utf-8") as file:
        for row, brief in zip(rows, briefs, strict=True):
            said = {
                "id": row["id"],
                "headline": brief.headline,
                "summary": [line.text for line in brief.lines],
                "evidence": [line.evidence for line in brief.lines],
            }
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
    print(
        f"{task.name}, {engine.info.name}: {told(task, briefs, drafts)}; {seconds / len(rows):.2f} s of CPU an article"
    )
    script, *options = task.scorer
    command = [sys.executable, str(SHARED / "eval" / script), str(references), str(predictions), *options]
    out = subprocess.run([*command, "--worst", str(worst)], capture_output=True, text=True, check=True)
    print(out.stdout.rstrip(), flush=True)


def speed(engine: Engine) -> None:
    """Print what a headline and three lines of an article without one take, all of it, on the cores that there are."""
    rows = references_of("headlines_dev.jsonl")[: (1 + TIMED) * TOGETHER]
    for style in Style:
        more = further(engine.info.kind, style)
        work = [assign(single(None, row["body"]).articles[0], Options(3, style), more) for row in rows]
        engine.draft(work[:TOGETHER])  # what is only slow the first time
        took = []
        for n in range(TOGETHER, len(work), TOGETHER):
            started, used = time.perf_counter(), time.process_time()
            engine.draft(work[n : n + TOGETHER])
            took.append((time.perf_counter() - started, time.process_time() - used))
        wall, used = (sorted(part)[len(took) // 2] / TOGETHER for part in zip(*took, strict=True))
        print(
            f"headline and three lines, {style}: {wall:.2f} s an article on {cores()} cores, {used:.2f} of CPU"
        )


def main(limit: int | None = None, tasks: tuple[Task, ...] = TASKS, keep: Path | None = None) -> None:
    """Print the figures of all tasks, ours and the extractive engine's; `keep` is where their lines are left."""
    ours = build(Settings(engine=CARD))
    print(ours.info)
    with tempfile.TemporaryDirectory() as folder:
        for task in tasks:
            measure(task, ours, limit, keep or Path(folder))
            measure(task, build(Settings(engine="extractive")), limit, keep or Path(folder))
    speed(ours)


if __name__ == "__main__":
    main()
