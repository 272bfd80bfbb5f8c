"""search: what was told and what was collected."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import click

from bot.cli.korean import KoreanCommand
from bot.cli.times import parse_date

if TYPE_CHECKING:
    from core.searching import Searched
    from core.store import Hit


@click.command(cls=KoreanCommand)
@click.argument("words", metavar="말", nargs=-1, required=True)
@click.option("--since", metavar="날짜", help="이 날짜부터 (2026-02-01)")
@click.option("--source", metavar="출처", help="이 출처만 (OpenAI, arXiv …)")
@click.option("--category", metavar="분야", help="이 arXiv 분야만 (cs.CL)")
@click.option("--limit", type=click.IntRange(1, 100), default=10, metavar="수", help="보일 수 (기본 10)")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def search(
    words: tuple[str, ...], since: str | None, source: str | None, category: str | None, limit: int, as_json: bool
) -> int:
    """지난 이슈와 수집한 논문·뉴스를 찾습니다. 찾은 것이 없으면 1로 끝납니다."""
    from bot.app import opened
    from bot.settings import load_settings
    from core.errors import SettingsError
    from core.searching import read_query
    from core.searching import search as find

    day = parse_date(since, "--since")
    given = {"이후": day and day.isoformat(), "출처": source, "분야": category}
    typed = " ".join([*words, *(f"{name}:{''.join(value.split())}" for name, value in given.items() if value)])

    async def work() -> "Searched":
        async with opened(load_settings()) as app:
            if problem := read_query(typed, app.profile)[1]:
                raise SettingsError("말", problem)
            return await find(app.store, typed, app.profile, limit)

    found = asyncio.run(work())
    if as_json:
        shown = {"query": found.query.words, "more": found.hits.more, "hits": [_hit(hit) for hit in found.hits.hits]}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    elif found.hits.hits:
        from bot.commands.searching import found_message
        from core.render.plain import text

        click.echo(text(found_message(found, {}), 100))
    if found.said:
        click.echo(found.said, err=True)
    return 0 if found.hits.hits else 1


def _hit(hit: "Hit") -> dict[str, Any]:
    return {"kind": hit.kind, "date": hit.date.isoformat(), "n": hit.n or None, "profile": hit.profile or None,
            "title": hit.title, "item": hit.item, "source": hit.source, "url": hit.url}  # fmt: skip


COMMANDS = (search,)
