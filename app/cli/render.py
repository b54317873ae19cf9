"""A page's result for people: a table in a terminal, plain lines in a pipe; Korean, as the desk reads it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.domain import BlockKind, HeadlineOrigin, Origin

if TYPE_CHECKING:
    from app.domain import Block, Brief, EngineInfo
    from app.pipeline import Result

KINDS = {
    BlockKind.HEADLINE: "제목",
    BlockKind.SUBHEAD: "부제",
    BlockKind.BODY: "본문",
    BlockKind.BYLINE: "기자",
    BlockKind.DATELINE: "발신지",
    BlockKind.CAPTION: "사진설명",
    BlockKind.AD: "광고",
    BlockKind.NOTICE: "알림",
    BlockKind.TABLE: "표",
    BlockKind.FURNITURE: "지면정보",
}
_HEADLINES = {HeadlineOrigin.EXTRACTED: " (본문에서 뽑은 제목)", HeadlineOrigin.GENERATED: " (생성한 제목)"}
_SNIPPET = 40


def heading(brief: Brief) -> str:
    """The headline, and where it came from if not from the page."""
    return (brief.headline or "(제목 없음)") + _HEADLINES.get(
        brief.headline_origin or HeadlineOrigin.PAGE, ""
    )


def plain(result: Result, engine: EngineInfo, *, title: str | None = None) -> str:
    """Plain lines, for a pipe."""
    out = [f"== {title}"] if title else []
    for brief in result.briefs:
        out.append(f"{brief.index + 1}. {heading(brief)}")
        out += [f"   - {line.text}{_mark(line.origin)}" for line in brief.lines]
        out += [f"   ! {notice.message}" for notice in brief.notices]
    if result.split.skipped:
        out.append(f"건너뜀: {skipped_counts(result)}")
        out += [f"   ~ {KINDS[block.kind]}: {snippet(block, result)}" for block in result.split.skipped]
    out.append(footer(result, engine))
    return "\n".join(out)


def table(result: Result, engine: EngineInfo, *, title: str | None = None) -> None:
    """A table on the terminal: articles first, then what was skipped, then what ran."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    briefs = Table(title=title, show_lines=True, expand=True)
    briefs.add_column("#", justify="right", no_wrap=True)
    # "fold", never the default "ellipsis": no character of a line may be cut away.
    briefs.add_column("제목", ratio=2, overflow="fold")
    briefs.add_column("세 줄", ratio=5, overflow="fold")
    for brief in result.briefs:
        lines = Text("\n").join(Text(f"· {line.text}{_mark(line.origin)}") for line in brief.lines)
        for notice in brief.notices:
            lines.append(f"\n! {notice.message}", style="yellow")
        briefs.add_row(str(brief.index + 1), Text(heading(brief), style="bold"), lines)
    console.print(briefs)
    if result.split.skipped:
        skipped = Table(title="건너뛴 것", expand=True)
        skipped.add_column("종류", no_wrap=True)
        skipped.add_column("자리", no_wrap=True)
        skipped.add_column("글머리", ratio=1)
        for block in result.split.skipped:
            span = f"{block.span.start}–{block.span.end}"
            skipped.add_row(KINDS[block.kind], span, Text(snippet(block, result)))
        console.print(skipped)
    console.print(Text(footer(result, engine), style="dim"))


def snippet(block: Block, result: Result) -> str:
    """How a skipped block begins, on one line."""
    text = " ".join(result.split.source[block.span.start : block.span.end].split())
    return text[:_SNIPPET] + ("…" if len(text) > _SNIPPET else "")


def skipped_counts(result: Result) -> str:
    """How many blocks of each kind no article holds."""
    counts = Counter(block.kind for block in result.split.skipped)
    return ", ".join(f"{KINDS[kind]} {n}" for kind, n in counts.most_common())


def footer(result: Result, engine: EngineInfo) -> str:
    """How many articles, what ran, how long it took."""
    ran = " · ".join(part for part in (engine.name, engine.runtime, engine.device, engine.prompt) if part)
    return f"기사 {len(result.briefs)}건 · 엔진 {ran} · {result.timings.total / 1000:.2f}초"


def _mark(origin: Origin) -> str:
    """Generated lines are marked; picked ones are the rule."""
    return " [생성]" if origin is Origin.MODEL else ""
