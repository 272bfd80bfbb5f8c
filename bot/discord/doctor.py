"""What doctor looks at for Discord: the token, what is listened to, the gateway, the commands, and each channel's
permissions by name. It changes nothing and logs in nowhere: a second login would take people's presses from the bot.
"""

import asyncio
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.discord import commands
from bot.discord.checks import lacking, missing, permissions
from bot.discord.rest import FAILURES, Rest, aim, code, reason
from bot.examined import Examined
from bot.settings import Settings
from core.errors import SettingsError

_CATEGORY, _DIRECTORY = 4, 14
_INVITATION: Final = "봇을 서버에 초대했는지, 채널 번호가 맞는지, '채널 보기' 권한이 있는지 확인하세요."
_NETWORK: Final = "네트워크, 프록시(HTTPS_PROXY)와 {}을 확인하세요."
_INTENTS: Final = "특권 인텐트 없이 동작합니다(guilds, guild_messages, dm_messages)"


async def examine(settings: Settings, channels: Sequence[str]) -> tuple[Examined, ...]:
    """Everything about Discord; `channels`: those that are posted to, besides what DISCORD_CHANNELS names. Never raises
    for what it finds."""
    assert settings.discord_bot_token is not None, "without a token there is no Discord"
    aim(settings.discord_api_url, settings.discord_gateway_url)
    rest = Rest(settings.discord_bot_token.get_secret_value())
    try:
        await rest.open()
        me = await rest.call("GET", "/users/@me")
        application = await rest.call("GET", "/oauth2/applications/@me")
    except SettingsError:
        return (_refused(),)
    except FAILURES as error:
        return (_unanswered(error),)
    else:
        named = dict.fromkeys((*settings.discord_channels, *channels))
        return (
            Examined("Discord 토큰", "ok", f"봇 {me['username']} (애플리케이션 {application['id']})"),
            Examined("Discord 인텐트", "ok", _INTENTS),
            *await asyncio.gather(
                _gateway(rest),
                _commands(rest, application["id"]),
                *(_channel(rest, each, "DISCORD_CHANNELS" * (each in settings.discord_channels)) for each in named),
            ),
        )
    finally:
        await rest.close()


def _refused() -> Examined:
    remedy = "Discord 개발자 포털의 Bot 화면에서 토큰을 다시 만들어 넣으세요."
    return Examined("Discord 토큰", "fault", "Discord가 이 토큰을 받지 않습니다", remedy, "DISCORD_BOT_TOKEN")


def _unanswered(error: BaseException) -> Examined:
    if isinstance(error, discord.HTTPException) and error.status == 401:
        return _refused()
    detail = f"Discord에 닿지 않습니다({reason(error)})"
    return Examined("Discord 연결", "fault", detail, _NETWORK.format("DISCORD_API_URL"))


async def _gateway(rest: Rest) -> Examined:
    """Whether it can be reached, and how often the bot may still log in today."""
    name = "Discord 게이트웨이"
    try:
        left = (await rest.call("GET", "/gateway/bot"))["session_start_limit"]
        await rest.hello()
    except FAILURES as error:
        detail = f"명령과 버튼을 듣는 연결을 열 수 없습니다({reason(error)})"
        return Examined(name, "fault", detail, _NETWORK.format("DISCORD_GATEWAY_URL"))
    if not left["remaining"]:
        hours = left["reset_after"] / 3_600_000
        detail = f"하루 접속 {left['total']:,}번을 다 써서 지금 시작하면 명령을 듣지 못합니다"
        return Examined(name, "fault", detail, f"{hours:.1f}시간 뒤에 풀립니다. 봇이 자꾸 다시 시작하는지 살펴보세요.")
    return Examined(name, "ok", f"연결됩니다(오늘 남은 접속 {left['remaining']:,}/{left['total']:,})")


async def _commands(rest: Rest, application: str) -> Examined:
    name, wanted = "Discord 명령", commands.names(await commands.registered())
    try:
        there = await rest.call("GET", "/applications/{application_id}/commands", application_id=application)
    except FAILURES as error:
        return Examined(name, "fault", f"명령을 읽지 못했습니다({reason(error)})", "잠시 뒤 다시 하세요.")
    if absent := sorted(wanted - commands.names(there)):
        detail = f"등록되지 않은 명령: {', '.join('/' + each for each in absent)}"
        return Examined(name, "fault", detail, "`python -m bot run`을 (다시) 시작하면 등록됩니다.")
    return Examined(name, "ok", f"/aidaily 아래 {len(wanted)}개 등록됨")


async def _channel(rest: Rest, channel: str, setting: str) -> Examined:
    name = f"Discord 채널 {channel}"
    if not channel.isdecimal():
        remedy = "개발자 모드에서 채널을 오른쪽 클릭해 복사한 채널 ID(숫자)를 넣으세요."
        return Examined(name, "fault", "채널 번호가 아닙니다", remedy, setting)
    try:
        seen = await rest.call("GET", "/channels/{channel_id}", channel_id=channel)
        names = missing(await permissions(rest, seen))
    except FAILURES as error:
        mend = (_INVITATION, setting) if code(error) else (_NETWORK.format("DISCORD_API_URL"),)
        return Examined(name, "fault", _unseen(error), *mend)
    if seen["type"] in (_CATEGORY, _DIRECTORY):
        return Examined(name, "fault", "글을 올릴 수 있는 채널이 아닙니다", "그 안의 채널 번호를 넣으세요.", setting)
    if names:
        return Examined(name, "fault", lacking(names), "서버의 채널 설정 → 권한에서 봇의 역할에 켜세요.")
    return Examined(name, "ok", f"#{_called(seen)}: 권한이 모두 있습니다")


def _called(channel: dict[str, Any]) -> str:
    return channel.get("name") or "개인 메시지"


def _unseen(error: BaseException) -> str:
    match code(error):
        case 10003:
            return "그런 채널이 없습니다"
        case 10004:
            return "봇이 그 서버에 없습니다"
        case 50001:
            return "봇이 이 채널을 볼 수 없습니다('채널 보기' 권한)"
        case _:
            return f"채널을 살펴보지 못했습니다({reason(error)})"
