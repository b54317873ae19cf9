"""`sejul split`: a page's articles and everything between them, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO

import click

from app.cli.reasons import in_korean
from app.errors import Unreadable
from app.text import splitter

if TYPE_CHECKING:
    from app.domain import Split

KINDS = {
    "headline": "제목",
    "subhead": "부제",
    "body": "본문",
    "byline": "바이라인",
    "dateline": "발신",
    "caption": "사진설명",
    "ad": "광고",
    "notice": "알림",
    "table": "표",
    "furniture": "지면정보",
}
SHOWN = 44


@click.command()
@click.argument("page", type=click.File("rb"), default="-")
@click.option("--json", "as_json", is_flag=True, help="기사·블록·위치를 JSON으로")
@click.option("--explain", is_flag=True, help="블록마다 종류와 그렇게 본 까닭을 표로")
def split(page: BinaryIO, *, as_json: bool, explain: bool) -> None:
    """지면을 기사로 나눕니다."""
    try:
        text = _decoded(page.read())
    except Unreadable as error:
        raise click.ClickException(str(error)) from error
    found = splitter.split(text)
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
    elif explain:
        _explain(found)
    else:
        _list(found)


def _decoded(raw: bytes) -> str:
    """The page as text: UTF-8, with or without a BOM, or CP949."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("파일을 읽을 수 없습니다: UTF-8이나 CP949로 저장해 주세요.")


def _plain(found: Split) -> dict[str, object]:
    """The split as plain values."""
    return {
        "articles": [
            {
                "index": index,
                "headline": article.headline,
                "subheads": list(article.subheads),
                "bylines": [
                    {"name": b.name, "email": b.email, "agency": b.agency, "place": b.place}
                    for b in article.bylines
                ],
                "dateline": article.dateline,
                "spans": [list(span) for span in article.spans],
                "body": article.body.text,
            }
            for index, article in enumerate(found.articles)
        ],
        "skipped": [{"kind": b.kind.value, "span": list(b.span), "article": None} for b in found.skipped],
        "blocks": [{"kind": b.kind.value, "span": list(b.span), "article": b.article} for b in found.blocks],
    }


def _list(found: Split) -> None:
    """The articles, one a paragraph, then what was skipped."""
    for number, article in enumerate(found.articles, start=1):
        click.echo(f"{number}. {article.headline or '(제목 없음)'}")
        for subhead in article.subheads:
            click.echo(f"   - {subhead}")
        names = ", ".join(b.name or b.email or "" for b in article.bylines)
        click.echo(f"   본문 {len(article.body):,}자" + (f" · {names}" if names else ""))
    for block in found.skipped:
        click.echo(
            f"건너뜀 [{KINDS[block.kind.value]}] {_short(found.source[block.span.start : block.span.end])}"
        )


def _explain(found: Split) -> None:
    """Each block with its kind and the traits that spoke loudest for it."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("위치", "기사", "종류", "글", "까닭 (점수)")
    for block in found.blocks:
        said = _short(found.source[block.span.start : block.span.end])
        article = "" if block.article is None else str(block.article + 1)
        where = f"{block.span.start}–{block.span.end}"
        # Page text is text, not markup: a bracket in it is a bracket.
        table.add_row(
            where,
            article,
            KINDS[block.kind.value],
            Text(said),
            Text(", ".join(in_korean(why) for why in block.why)),
        )
    Console().print(table)


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"
