"""weekly: the week in the terminal and as files."""

import asyncio
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.korean import KoreanCommand
from bot.cli.times import edition_time, parse_date
from bot.cli.words import progress_words

if TYPE_CHECKING:
    from core.week import Week


@click.command(cls=KoreanCommand)
@click.option("--date", "on", metavar="날짜", help="이 날까지의 7일, 토요일이면 금요일까지의 7일 (기본: 오늘)")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="폴더", help="파일을 더 둘 곳")
@click.option("--quiet", is_flag=True, help="진행 상황을 보이지 않습니다")
def weekly(on: str | None, out: Path | None, quiet: bool) -> int:
    """한 주의 흐름을 보입니다. 처음이면 만들고, 다음부터는 만들어 둔 것을 보입니다."""
    from bot.app import opened
    from bot.settings import load_settings, make_output
    from core.errors import NoEdition, SettingsError
    from core.render.plain import text
    from core.render.weekly import message
    from core.week import days_of

    settings = load_settings()
    day, at, _ = edition_time(settings, parse_date(on, "--date"), None)
    if out:
        make_output(out, "--out")
    today = edition_time(settings, None, None)[0]
    if day > today:
        raise SettingsError("--date", f"아직 오지 않은 날입니다 ({day}).")

    async def work() -> "tuple[Week | None, bool]":
        async with opened(settings) as app:
            kept = await app.newsroom.kept_week(day, app.profile)
            if kept:
                return kept, False
            with progress_words(quiet) as say:
                say("한 주의 흐름")
                week = await app.newsroom.week(day, app.profile, at)
            return week, app.model is not None and week is not None and week.extracted and bool(week.strands)

    week, fell_back = asyncio.run(work())
    if week is None:
        first, last = days_of(day)
        raise NoEdition(f"{first}부터 {last}까지 나온 호가 없습니다. 호는 today --date 로 만듭니다.")
    written, unwritten = _filed(week, day, (*([out] if out else []), settings.aidaily_home / "editions"))
    click.echo(text(message(week), 100))
    if written and not quiet:
        click.echo("저장: " + ", ".join(map(str, written)), err=True)
    if unwritten:
        click.echo(f"한 주의 흐름을 파일로 남기지 못했습니다. {unwritten}", err=True)
    return 1 if unwritten or fell_back else 0


def _filed(week: "Week", day: date, places: Iterable[Path]) -> tuple[list[Path], str]:
    """The week as files: those written, and why the others could not be."""
    from bot.files import write_week
    from core.errors import StoreError

    written: list[Path] = []
    try:
        for place in places:
            written += write_week(week, day, place)
    except StoreError as error:
        return written, str(error)
    return written, ""


COMMANDS = (weekly,)
