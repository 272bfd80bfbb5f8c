"""today and demo: one digest, in the terminal and as files."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.korean import KoreanCommand
from bot.cli.times import edition_time, parse_date
from bot.cli.words import progress_words

if TYPE_CHECKING:
    from bot.app import App
    from core.model import Edition


@click.command(cls=KoreanCommand)
@click.option("--date", "on", metavar="날짜", help="호의 날짜, 2026-02-03 형태 (기본: 오늘)")
@click.option("--now", metavar="시각", help="만드는 시각, ISO 8601 (지난 날짜의 기본: 그날 16:40 KST)")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="폴더", help="DATE.md, DATE.html을 둘 곳"
)
@click.option("--rebuild", is_flag=True, help="처음부터 다시 만듭니다 (게시된 호는 안 됨)")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
@click.option("--quiet", is_flag=True, help="진행 상황을 보이지 않습니다")
def today(on: str | None, now: str | None, out: Path | None, rebuild: bool, as_json: bool, quiet: bool) -> int:
    """오늘의 다이제스트를 보입니다. 없으면 만듭니다."""
    from bot.app import opened
    from bot.cli.showing import as_contract, shortfalls, show
    from bot.hints import model_hint
    from bot.settings import load_settings, make_output

    settings = load_settings()
    day, at, past = edition_time(settings, parse_date(on, "--date"), now)
    if out:
        make_output(out, "--out")  # before the day's work, not after it

    async def work() -> "tuple[Edition, list[Path], tuple[str, ...]]":
        async with opened(settings) as app:
            with progress_words(quiet) as say:
                edition = await app.newsroom.edition(day, app.profile, at, rebuild=rebuild, final=past, progress=say)
                if app.model is None and not quiet:
                    say(await model_hint(app.web))
            return edition, *await _filed(app, edition, out)

    edition, written, unwritten = asyncio.run(work())
    if as_json:
        click.echo(as_contract(edition))
    else:
        show(edition)
    lacking = (*shortfalls(edition), *unwritten)
    for sentence in lacking:
        click.echo(sentence, err=True)
    if edition.notes:
        click.echo("다시 만들려면 --rebuild를 붙이세요 (게시한 호는 안 됩니다).", err=True)
    if written and not quiet:
        click.echo("저장: " + ", ".join(sorted(map(str, written))), err=True)
    return 1 if lacking else 0


async def _filed(app: "App", edition: "Edition", out: Path | None) -> tuple[list[Path], tuple[str, ...]]:
    """The edition as files: those written, and a sentence where the others could not be."""
    from bot.archive import Archive
    from bot.files import write_files
    from core.errors import StoreError

    home = app.settings.aidaily_home / "editions"
    written: list[Path] = []
    try:
        if out and out.resolve() != home.resolve():  # noqa: ASYNC240  (nobody else is kept waiting)
            written += write_files(edition, out)
        written += write_files(edition, home, archived=True)
        await Archive(app.store, home).keep(edition.date)
    except StoreError as error:
        return written, (f"다이제스트를 파일로 남기지 못했습니다. {error}",)
    return written, ()


@click.command(cls=KoreanCommand)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="폴더",
    help="결과 파일을 둘 곳 (기본: 임시 폴더)",
)
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
@click.option("--quiet", is_flag=True, help="진행 상황을 보이지 않습니다")
def demo(out: Path | None, as_json: bool, quiet: bool) -> int:
    """계정도 인터넷도 없이, 들어 있는 표본 하루로 전체 과정을 보입니다."""
    from bot.cli.showing import as_contract, show
    from bot.demo import make_demo
    from bot.settings import make_output

    if out:
        make_output(out, "--out")
    with progress_words(quiet) as say:
        edition, written = asyncio.run(make_demo(out, say))
    if as_json:
        click.echo(as_contract(edition))
    else:
        show(edition)
    if not quiet:
        click.echo("저장: " + ", ".join(map(str, written)), err=True)
    return 0


COMMANDS = (today, demo)
