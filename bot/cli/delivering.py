"""run, post, status, subscribe, unsubscribe, pause, resume: what goes to the channels."""

import asyncio
import contextlib
import json
import signal
import sys
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from bot.cli.korean import KoreanCommand
from bot.cli.times import edition_time, parse_date

if TYPE_CHECKING:
    from bot.posting import Posted

_STATES = {"done": "완료", "pending": "대기", "failed": "실패", "skipped": "건너뜀"}


@click.command(cls=KoreanCommand)
def run() -> int:
    """봇을 켭니다: 매일 만들고, 제시간에 게시하고, 놓친 것을 챙깁니다."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # what follows takes a second, and nothing has begun yet

    from bot.app import opened
    from bot.clock import SystemClock
    from bot.commands import build_answer
    from bot.running import end_in_time, told_to_stop
    from bot.running import run as run_until_stopped
    from bot.settings import load_settings

    async def work() -> None:
        async with told_to_stop(end_in_time) as stop, opened(load_settings(listening=True)) as app:
            await run_until_stopped(app, SystemClock(), build_answer(app), stopping=end_in_time, stop=stop)

    asyncio.run(work())
    return 0


@click.command(cls=KoreanCommand)
@click.option("--date", "on", metavar="날짜", help="호의 날짜, 2026-02-03 형태 (기본: 오늘)")
@click.option("--channel", metavar="플랫폼:채널", help="이 채널에만 (예: slack:C01GEN)")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def post(on: str | None, channel: str | None, as_json: bool) -> int:
    """아직 받지 못한 구독 채널에 지금 게시하고 끝냅니다. 여러 번 해도 겹치지 않습니다."""
    from bot.app import opened
    from bot.clock import SystemClock
    from bot.posting import post as post_now
    from bot.posting import shelved
    from bot.settings import load_settings

    settings = load_settings()
    day, at, _ = edition_time(settings, parse_date(on, "--date"), None)

    async def work() -> "tuple[tuple[Posted, ...], str]":
        async with opened(settings) as app:
            return await post_now(app, SystemClock(), day, at, channel), await shelved(app, SystemClock())

    with contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext():
        results, unwritten = asyncio.run(work())
    if as_json:
        rows = [
            {"channel": one.channel, "state": one.state, "parts": one.parts, "reason": one.reason} for one in results
        ]
        click.echo(json.dumps({"date": day.isoformat(), "channels": rows}, ensure_ascii=False, indent=1))
    else:
        for one in results:
            reason = f": {one.reason}" if one.reason else ""
            click.echo(f"{one.channel}: {_STATES[one.state]} ({one.parts}개){reason}", err=True)
        if not results:
            click.echo("구독 중인 채널이 없습니다. subscribe로 구독하세요.", err=True)
    for note in dict.fromkeys(note for one in results for note in one.notes):
        click.echo(note, err=True)
    if unwritten:
        click.echo(f"다이제스트를 파일로 남기지 못했습니다. {unwritten}", err=True)
    return 1 if unwritten or any(one.state in ("failed", "pending") for one in results) else 0


@click.command(cls=KoreanCommand)
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def status(as_json: bool) -> int:
    """마지막 다이제스트, 게시 상태와 문제, 비용, 다음 게시 시각을 보입니다."""
    from bot.app import opened
    from bot.clock import SystemClock
    from bot.office import rules_of
    from bot.settings import load_settings
    from bot.status import Status, as_text
    from bot.status import as_json as packed
    from bot.status import status as status_at

    async def work() -> Status:
        async with opened(load_settings()) as app:
            return await status_at(app, rules_of(app), SystemClock().now())

    found = asyncio.run(work())
    click.echo(json.dumps(packed(found), ensure_ascii=False, indent=1) if as_json else as_text(found))
    return 1 if found.faults or found.paused else 0


@click.command(cls=KoreanCommand)
@click.argument("channel", metavar="플랫폼:채널")
def subscribe(channel: str) -> int:
    """채널이 매일 다이제스트를 받게 하고, 토큰이 있으면 쓸 수 있는지 시험합니다 (예: slack:C01GEN)."""
    asyncio.run(_change(channel, active=True))
    click.echo(f"{channel}: 구독했습니다.")
    if problem := asyncio.run(_tried(channel)):
        click.echo(f"아직 글을 올릴 수는 없습니다. {problem}", err=True)
    return 1 if problem else 0


@click.command(cls=KoreanCommand)
@click.argument("channel", metavar="플랫폼:채널")
def unsubscribe(channel: str) -> int:
    """채널의 구독을 끊습니다."""
    there = asyncio.run(_change(channel, active=False))
    if not there:  # what was stored can be taken back, whatever its name
        _named(channel)
    click.echo(f"{channel}: 구독을 끊었습니다." if there else f"{channel}: 구독하고 있지 않습니다.")
    return 0 if there else 1


@click.command(cls=KoreanCommand)
@click.argument("channel", metavar="플랫폼:채널")
@click.option("--until", metavar="날짜", required=True, help="글이 없을 마지막 날 (2026-02-20)")
def pause(channel: str, until: str) -> int:
    """채널을 정한 날까지 쉬게 합니다. 그 뒤에는 저절로 다시 받습니다."""
    return asyncio.run(_rest(channel, until))


@click.command(cls=KoreanCommand)
@click.argument("channel", metavar="플랫폼:채널")
def resume(channel: str) -> int:
    """쉬던 채널이 다시 받게 합니다."""
    return asyncio.run(_rest(channel, None))


async def _rest(channel: str, until: str | None) -> int:
    from bot.clock import SystemClock
    from bot.commands.resting import awake, next_words, until_day
    from bot.resting import paused
    from bot.settings import load_settings, make_home
    from core.errors import SettingsError
    from core.store import Store

    settings, now = load_settings(), SystemClock().now()
    platform, name = _named(channel)
    make_home(settings)
    async with Store(settings.database) as store:
        known = await store.subscriptions.get(platform, name)
        if known is None or not known.active:
            why = f": {known.paused_reason}" if known else ""
            click.echo(f"{channel}: 구독하고 있지 않거나 멈춰 있습니다{why}", err=True)
            return 1
        try:
            day = until_day(until, now.astimezone(ZoneInfo(known.tz)).date()) if until is not None else None
        except ValueError as error:
            raise SettingsError("--until", str(error).replace("/aidaily ", "")) from error
        changed = await store.subscriptions.add(paused(known, day) if day else awake(known, now))
    click.echo(f"{channel}: 다음 글은 {next_words(changed, now)}에 올라옵니다.")
    return 0


def _named(channel: str) -> tuple[str, str]:
    from bot.settings import named_channel
    from core.errors import SettingsError

    try:
        return named_channel(channel)
    except ValueError as error:
        raise SettingsError("채널", f"{error}.") from error


async def _change(channel: str, *, active: bool) -> bool:
    from dataclasses import replace

    from bot.clock import SystemClock
    from bot.office import new_subscription
    from bot.settings import load_settings, make_home
    from core.store import Store

    settings = load_settings()
    platform, _, name = channel.partition(":")
    if active:
        _named(channel)
    make_home(settings)
    async with Store(settings.database) as store:
        if not active:
            return await store.subscriptions.remove(platform, name)
        known, now = await store.subscriptions.get(platform, name), SystemClock().now()
        wanted = replace(known, created_at=now) if known else new_subscription(settings, platform, name, now)
        await store.subscriptions.add(wanted)
    return True


async def _tried(channel: str) -> str | None:
    """What the channel lacks, where its platform has a token; where it has none, that is said."""
    from bot.app import opened
    from bot.chat import Place
    from bot.settings import load_settings
    from bot.terminal import NAME as TERMINAL

    async with opened(load_settings()) as app, contextlib.AsyncExitStack() as stack:
        name, id = _named(channel)
        if (platform := app.platforms.get(name)) is None:
            if name != TERMINAL:
                token = f"{name.upper()}_BOT_TOKEN"
                click.echo(f"여기에 게시하려면 {token}이 있어야 합니다. 지금은 없어 시험하지 못했습니다.", err=True)
            return None
        stack.push_async_callback(platform.close)
        await platform.open()
        return await platform.welcome(Place(name, id))


COMMANDS = (run, post, status, subscribe, unsubscribe, pause, resume)
