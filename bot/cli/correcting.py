"""reports, withdraw and correct: what readers say is wrong, and what was told put right everywhere."""

import asyncio
import contextlib
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.cli.korean import KoreanCommand
from bot.cli.times import parse_date

if TYPE_CHECKING:
    from bot.correcting import Result

_STATES = {"done": "고침", "failed": "실패", "pending": "대기"}


@click.command(cls=KoreanCommand)
@click.argument("date", metavar="날짜")
@click.argument("n", type=click.IntRange(1), metavar="번호")
@click.argument("reason", metavar="이유")
@click.option("--profile", default="default", metavar="프로필", help="그 프로필의 호에서 센 번호 (기본: default)")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def withdraw(date: str, n: int, reason: str, profile: str, as_json: bool) -> int:
    """이슈 하나를 거둡니다: 게시된 글, 저장된 호, 파일에 이유와 함께 '정정'이라고 적습니다."""
    return _correct(date, n, ("", ""), _said(reason, "이유"), profile, as_json)


@click.command(cls=KoreanCommand)
@click.argument("date", metavar="날짜")
@click.argument("n", type=click.IntRange(1), metavar="번호")
@click.argument("before", metavar="틀린말")
@click.argument("after", metavar="맞는말")
@click.option("--reason", default="", metavar="이유", help="독자에게 보일 이유")
@click.option("--profile", default="default", metavar="프로필", help="그 프로필의 호에서 센 번호 (기본: default)")
@click.option("--json", "as_json", is_flag=True, help="JSON으로")
def correct(date: str, n: int, before: str, after: str, reason: str, profile: str, as_json: bool) -> int:
    """이슈 하나에서 틀린 말을 맞는 말로 바꾸고, 바꿨다고 적습니다."""
    words = (_said(before, "틀린말"), _said(after, "맞는말"))
    return _correct(date, n, words, reason.strip()[:500], profile, as_json)


def _said(words: str, name: str) -> str:
    from core.errors import SettingsError

    if not words.strip():
        raise SettingsError(name, "비어 있습니다.")
    return words.strip()[:500]


def _correct(date: str, n: int, words: tuple[str, str], reason: str, profile: str, as_json: bool) -> int:
    from bot.app import opened
    from bot.clock import SystemClock
    from bot.correcting import correct as put_right
    from bot.settings import load_settings
    from core.model import Correction

    settings, on = load_settings(), parse_date(date, "날짜")
    wanted = Correction(SystemClock().now(), reason, *words)
    assert on is not None

    async def work() -> "Result":
        async with opened(settings) as app:
            return await put_right(app, on, n, wanted, profile)

    with contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext():  # a terminal is a channel
        result = asyncio.run(work())
    if as_json:
        told = {"date": on.isoformat(), "n": n, "item": result.story.item.id, "profiles": result.profiles}
        shown = {**told, "channels": [asdict(one) for one in result.channels]}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        _show(result)
    return 1 if any(one.state != "done" for one in result.channels) else 0


def _show(result: "Result") -> None:
    from core.render import phrases

    click.echo(f"{result.story.n}. {phrases.headline(result.story)}")
    for line in phrases.corrections(result.story):
        click.echo(f"   {line}")
    if not result.profiles:
        click.echo("저장된 호는 이미 그렇게 되어 있습니다.", err=True)
    for one in result.channels:
        click.echo(f"{one.channel}: {_STATES[one.state]}{f': {one.reason}' if one.reason else ''}", err=True)
    if not result.channels:
        click.echo("고칠 글이 남은 채널이 없습니다.", err=True)


@click.command(cls=KoreanCommand)
def reports() -> int:
    """독자가 '틀렸어요'로 알린 것 가운데 아직 고치지 않은 것을 보입니다."""
    from bot.app import opened
    from bot.clock import SystemClock
    from bot.reported import DAYS, open_reports, remedy
    from bot.settings import load_settings
    from core.store import Report

    async def work() -> tuple[Report, ...]:
        async with opened(load_settings()) as app:
            zone = app.newsroom.house.zone
            return await open_reports(app.store, SystemClock().now().astimezone(zone).date())

    found = asyncio.run(work())
    for one in found:
        place = f"{one.platform}:{one.channel}"
        click.echo(f"{one.date} {one.n}번: {one.words or '(설명 없음)'} ({place}에서 {one.person})")
        click.echo(f"   {remedy(one.date, one.n, one.profile)}")
    if not found:
        click.echo(f"최근 {DAYS}일에 고치지 않은 신고가 없습니다.")
    return 0


COMMANDS = (reports, withdraw, correct)
