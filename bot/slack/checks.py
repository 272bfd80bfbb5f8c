"""What doctor looks at for Slack: the tokens, the scopes by name, how events come in, and every channel, each with
what to do about it. It tries for real and leaves nothing behind.
"""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.examined import Examined
from bot.settings import Settings
from bot.slack import Slack, errors, posting, scopes_of

SCOPES: Final = (
    "app_mentions:read", "channels:history", "channels:join", "channels:read", "chat:write", "commands",
    "files:write", "groups:history", "groups:read", "im:history", "im:write",
)  # fmt: skip
_WITHIN: Final = aiohttp.ClientTimeout(total=10)
_NETWORK: Final = "네트워크, 프록시(HTTPS_PROXY)와 SLACK_API_URL을 확인하세요."
_REINSTALL: Final = "앱 설정의 OAuth & Permissions에서 더하고 다시 설치하세요. 모두 bot/slack/manifest.json에 있습니다."
_ELSEWHERE: Final = "채널을 되살리거나, unsubscribe로 구독을 끊고 SLACK_CHANNELS와 ADMIN_CHANNEL에서 빼세요."
_BOT_TOKEN: Final = "OAuth & Permissions의 Bot User OAuth Token을 다시 복사해 넣으세요."


async def examine(settings: Settings, channels: Iterable[str]) -> tuple[Examined, ...]:
    """Everything about Slack; `channels`: those that are posted to, besides the ones that the settings name. Never
    raises for what it finds."""
    async with aiohttp.ClientSession(timeout=_WITHIN) as session:
        client = Slack(settings).client(session, waits=True)
        found = await _token(settings, client)
        if found[0].state == "ok":
            wanted = dict.fromkeys((*settings.slack_channels, *channels, *_admin(settings)))
            found += tuple(await asyncio.gather(*(_channel(client, each) for each in wanted)))
        return (*found, await _events(settings, client))


async def _token(settings: Settings, client: AsyncWebClient) -> tuple[Examined, ...]:
    setting = "SLACK_BOT_TOKEN"
    if wrong := _kind(settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else "", "xoxb-"):
        return (Examined("Slack 토큰", "fault", wrong, _BOT_TOKEN, setting),)
    try:
        told = await client.auth_test()
    except errors.FAULTS as error:
        refused = isinstance(error, SlackApiError) and errors.code(error) in errors.REFUSED
        mend = (_BOT_TOKEN, setting) if refused else (_NETWORK,)
        return (Examined("Slack 토큰", "fault", f"auth.test가 실패했습니다({errors.code(error)})", *mend),)
    who = Examined("Slack 토큰", "ok", f"{told.get('team', '?')}의 {told.get('user', '?')}")
    granted = scopes_of(told.headers)
    if not granted:
        return (who, Examined("Slack 권한", "off", "Slack이 토큰의 권한을 알려 주지 않았습니다"))
    if missing := [scope for scope in SCOPES if scope not in granted]:
        return (who, Examined("Slack 권한", "fault", f"빠진 권한: {', '.join(missing)}", _REINSTALL))
    return (who, Examined("Slack 권한", "ok", f"{len(SCOPES)}개 모두"))


def _kind(token: str, prefix: str) -> str | None:
    """What is wrong with a token by its look; never the token itself."""
    if token.startswith(prefix):
        return None
    others = {"xoxb-": "봇 토큰", "xapp-": "앱 토큰", "xoxp-": "사용자 토큰", "xoxe": "갱신 토큰"}
    seen = next((name for start, name in others.items() if token.startswith(start)), "다른 값")
    return f"{prefix}로 시작해야 하는데 {seen}이 들어 있습니다"


def _admin(settings: Settings) -> Iterator[str]:
    platform, _, channel = (settings.admin_channel or "").partition(":")
    if platform == "slack":
        yield channel


async def _channel(client: AsyncWebClient, channel: str) -> Examined:
    """What is wrong, and apart from it what to do."""
    name = f"Slack 채널 {channel}"
    problem = await posting.welcome(client, channel)
    if problem is None:
        return Examined(name, "ok", "들어가 있고 쓸 수 있습니다")
    wrong, _, remedy = problem.partition(". ")
    return Examined(name, "fault", wrong.removesuffix("."), remedy or _ELSEWHERE)


async def _events(settings: Settings, client: AsyncWebClient) -> Examined:
    name = "Slack 이벤트"
    if settings.slack_mode == "http":
        if settings.slack_signing_secret is None:
            remedy = "앱 설정 Basic Information의 Signing Secret을 넣으세요."
            return Examined(name, "fault", "SLACK_MODE=http인데 서명 비밀이 없습니다", remedy, "SLACK_SIGNING_SECRET")
        return Examined(name, "ok", f"HTTP {settings.port}번 포트의 /slack/events")
    return next(_socket_look(settings), None) or await _socket(settings, client)


def _socket_look(settings: Settings) -> Iterator[Examined]:
    """What can be seen of the app token without asking."""
    name, setting = "Slack 이벤트", "SLACK_APP_TOKEN"
    remedy = "Basic Information의 App-Level Tokens에서 connections:write 권한으로 만들어 넣으세요."
    if settings.slack_app_token is None:
        yield Examined(name, "fault", "앱 토큰이 없어 글은 올려도 명령과 버튼에는 답하지 못합니다", remedy, setting)
    elif wrong := _kind(settings.slack_app_token.get_secret_value(), "xapp-"):
        yield Examined(name, "fault", wrong, remedy, setting)


async def _socket(settings: Settings, client: AsyncWebClient) -> Examined:
    """apps.connections.open, and a connection to the address it gives."""
    name, setting = "Slack 이벤트", "SLACK_APP_TOKEN"
    assert settings.slack_app_token is not None
    try:
        told = await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
        assert client.session is not None
        async with client.session.ws_connect(told["url"], proxy=client.proxy) as socket:
            await socket.receive(timeout=5)
    except SlackApiError as error:
        remedy = "앱 설정에서 Socket Mode를 켜고, 앱 토큰에 connections:write가 있는지 확인하세요."
        return Examined(name, "fault", f"Socket Mode를 열 수 없습니다({errors.code(error)})", remedy, setting)
    except errors.FAULTS as error:
        return Examined(name, "fault", f"Socket Mode에 닿지 않습니다({errors.code(error)})", _NETWORK)
    return Examined(name, "ok", "Socket Mode에 연결됩니다")
