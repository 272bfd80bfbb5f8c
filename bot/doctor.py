"""doctor: every setting, permission and source looked at, each with what to do about it."""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from bot.app import App, opened
from bot.examined import Examined
from bot.hints import model_hint
from bot.posting import NO_TOKEN
from bot.settings import Settings
from core.errors import AiDailyError, LlmError, SettingsError, StoreUnreadable
from core.llm import Ask, Turn
from core.llm.structured import StructuredLlm
from core.model import Collected


class _Hello(BaseModel):
    ok: bool


async def examine(settings: Settings) -> tuple[Examined, ...]:
    """Everything, in the order an operator would go. Never raises for what it finds."""
    try:
        async with opened(settings) as app:
            database = Examined("데이터베이스", "ok", _shown(settings))
            parts = await asyncio.gather(_sources(app), _model(app), _slack(app), _discord(app))
            looked = (one for part in parts for one in part)
            return (_clock(settings), database, *looked, _platforms(settings), _operator(app))
    except SettingsError as error:
        return (Examined("설정", "fault", str(error), f"{error.name} 값을 고치세요.", error.name),)
    except StoreUnreadable as error:
        return (Examined("데이터베이스", "fault", str(error), "DATABASE_URL을 고치세요.", "DATABASE_URL"),)
    except AiDailyError as error:
        remedy = "AIDAILY_HOME 폴더와 DATABASE_URL, 디스크 여유를 확인하세요."
        return (Examined("데이터베이스", "fault", str(error), remedy),)


def _shown(settings: Settings) -> str:
    return settings.database.split("@")[-1] if "@" in settings.database else settings.database


def _clock(settings: Settings) -> Examined:
    now = datetime.now(UTC).astimezone(ZoneInfo(settings.timezone))
    return Examined("시계", "ok", f"지금 {now:%Y-%m-%d %H:%M} ({settings.timezone}), 게시 {settings.post_at}")


async def _sources(app: App) -> tuple[Examined, ...]:
    try:
        collected: Collected = await app.newsroom.collect_now(app.profile, datetime.now(UTC))
    except AiDailyError as error:
        what, _, remedy = str(error).partition(". ")
        return (Examined("소스", "fault", what, remedy),)
    remedy = "잠시 뒤 다시 해 보고, 이어지면 그 주소의 설정이나 네트워크를 확인하세요. 나머지 소스로 호는 만들어집니다."
    return tuple(
        Examined(r.name, "ok", f"{r.count:,}건" + (f" ({r.detail})" if r.detail else ""))
        if r.ok
        else Examined(r.name, "fault", r.detail, remedy)
        for r in collected.reports
    )


async def _model(app: App) -> tuple[Examined, ...]:
    if app.model is None:
        return (Examined("모델", "off", "LLM_MODEL이 없어 원문 발췌로 만듭니다", await model_hint(app.web)),)
    turns = (Turn("user", '{"ok": true} 라는 JSON만 그대로 답하세요.'),)
    try:
        await StructuredLlm(app.model).ask(Ask("hello", turns, _Hello, max_tokens=200))
    except SettingsError as error:
        return (Examined("모델", "fault", str(error), f"{error.name} 값을 고치세요.", error.name),)
    except LlmError as error:
        return (Examined("모델", "fault", str(error), "모델 서버의 상태와 LLM_API_BASE, 한도를 확인하세요."),)
    return (Examined("모델", "ok", app.model.model),)


async def _slack(app: App) -> tuple[Examined, ...]:
    if app.settings.slack_bot_token is None:
        return ()
    from bot.slack import checks

    subscribed = await app.store.subscriptions.list()
    return await checks.examine(app.settings, [one.channel for one in subscribed if one.platform == "slack"])


async def _discord(app: App) -> tuple[Examined, ...]:
    if app.settings.discord_bot_token is None:
        return ()
    from bot.discord.doctor import examine

    subscribed = await app.store.subscriptions.list()
    return await examine(app.settings, [one.channel for one in subscribed if one.platform == "discord"])


def _platforms(settings: Settings) -> Examined:
    known = {"Slack": settings.slack_bot_token, "Discord": settings.discord_bot_token}
    tokens = [name for name, token in known.items() if token]
    if tokens:
        return Examined("플랫폼", "ok", ", ".join(tokens))
    hint = "SLACK_BOT_TOKEN이나 DISCORD_BOT_TOKEN을 정하면 채널에 게시합니다."
    return Examined("플랫폼", "off", "토큰이 없어 터미널과 파일로만 냅니다", hint)


def _operator(app: App) -> Examined:
    """Whether what needs a person reaches one."""
    name, admin = "운영 채널", app.settings.admin_channel
    if admin is None:
        hint = "ADMIN_CHANNEL=slack:C01OPS처럼 정하면 바로 알립니다. 신고는 `python -m bot reports`로도 봅니다."
        return Examined(name, "off", "ADMIN_CHANNEL이 없어 신고와 게시 실패를 알리지 않고 적어만 둡니다", hint)
    if (platform := admin.partition(":")[0]) not in app.platforms:
        remedy = "그 플랫폼의 토큰을 넣거나, 토큰이 있는 플랫폼의 채널로 바꾸세요."
        return Examined(name, "fault", NO_TOKEN.format(platform).rstrip("."), remedy, "ADMIN_CHANNEL")
    return Examined(name, "ok", admin)
