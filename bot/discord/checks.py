"""What the bot may do in a channel, said by name in Korean; the trial before a subscription; what doctor looks at.

Permissions are reckoned as Discord documents it (role permissions, then the channel's overwrites), from REST alone,
so that any process can say them; and since a sum may be wrong, a channel is subscribed only after a real message and
a real thread.
"""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.chat import Closed, Place
from bot.discord import commands
from bot.discord.components import NO_MENTIONS, SILENT
from bot.discord.rest import FAILURES, Rest, code, outcome

P = discord.Permissions
READ_HISTORY: Final = P(read_message_history=True).value
NEEDED: Final = {
    P(view_channel=True).value: "채널 보기",
    P(send_messages=True).value: "메시지 보내기",
    P(create_public_threads=True).value: "공개 스레드 만들기",
    P(send_messages_in_threads=True).value: "스레드에서 메시지 보내기",
    READ_HISTORY: "메시지 기록 보기",
    P(embed_links=True).value: "링크 첨부",
    P(attach_files=True).value: "파일 첨부",
}
INVITE: Final = sum(NEEDED)
_FORUMS = (15, 16)
_TRIAL = "AI Daily 연결을 확인하는 글입니다. 곧 지워집니다."
_TRIAL_THREAD = "AI Daily 연결 확인"
_ALL = P.all().value


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that doctor looked at; `remedy` and the `setting` to change where it is not well."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    setting: str = ""


async def permissions(rest: Rest, channel: str) -> int:
    """The bot's own, as Discord's bits. Raises one of FAILURES."""
    seen = await rest.call("GET", "/channels/{channel_id}", channel_id=channel)
    if "guild_id" not in seen:
        return _ALL
    guild_id = seen["guild_id"]
    guild = await rest.call("GET", "/guilds/{guild_id}", guild_id=guild_id)
    path = "/guilds/{guild_id}/members/{user_id}"
    member = await rest.call("GET", path, guild_id=guild_id, user_id=str(rest.me))
    return _reckoned(seen, guild, set(member["roles"]), str(rest.me))


def _reckoned(channel: dict[str, Any], guild: dict[str, Any], roles: set[str], me: str) -> int:
    everyone = guild["id"]
    held = [int(role["permissions"]) for role in guild["roles"] if role["id"] in roles | {everyone}]
    allowed = 0
    for each in held:
        allowed |= each
    if guild.get("owner_id") == me or allowed & P(administrator=True).value:
        return _ALL
    overwrites = {one["id"]: one for one in channel.get("permission_overwrites", ())}
    ours = [overwrites[role] for role in roles if role in overwrites]
    for some in ([overwrites[everyone]] if everyone in overwrites else []), ours, [overwrites.get(me)]:
        deny = allow = 0
        for one in some:
            if one:
                deny, allow = deny | int(one["deny"]), allow | int(one["allow"])
        allowed = allowed & ~deny | allow
    return allowed if allowed & P(view_channel=True).value else 0


def missing(allowed: int) -> tuple[str, ...]:
    return tuple(name for bit, name in NEEDED.items() if not allowed & bit)


async def welcome(rest: Rest, place: Place) -> str | None:
    """None when the channel has taken a message and a thread, else one sentence that names what is wrong."""
    channel = place.channel
    try:
        if names := missing(await permissions(rest, channel)):
            return _lacking(names)
        await _tried(rest, channel)
    except FAILURES as error:
        return _sentence(error)
    return None


async def _tried(rest: Rest, channel: str) -> None:
    """A message, a thread, a message in it; then the thread is put away and the message deleted. A trial that fails
    half-way is put away all the same."""
    seen = await rest.call("GET", "/channels/{channel_id}", channel_id=channel)
    text = {"content": _TRIAL, "flags": SILENT, "allowed_mentions": NO_MENTIONS}
    named = {"name": _TRIAL_THREAD, "auto_archive_duration": 60}
    if seen["type"] in _FORUMS:
        tags = [tag["id"] for tag in seen.get("available_tags", ())[:1]]
        post = named | {"message": text} | ({"applied_tags": tags} if tags else {})
        await _put_away(
            rest, (await rest.call("POST", "/channels/{channel_id}/threads", json=post, channel_id=channel))
        )
        return
    sent = (await rest.call("POST", "/channels/{channel_id}/messages", json=text, channel_id=channel))["id"]
    try:
        if "guild_id" not in seen:
            return
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        thread = await rest.call("POST", path, json=named, channel_id=channel, message_id=sent)
        try:
            await rest.call("POST", "/channels/{channel_id}/messages", json=text, channel_id=thread["id"])
        finally:
            await _put_away(rest, thread)
    finally:
        path = "/channels/{channel_id}/messages/{message_id}"
        with contextlib.suppress(*FAILURES):
            await rest.call("DELETE", path, channel_id=channel, message_id=sent)


async def _put_away(rest: Rest, thread: dict[str, Any]) -> None:
    """Archived: deleting would take a permission that nothing else needs."""
    with contextlib.suppress(*FAILURES):
        await rest.call("PATCH", "/channels/{channel_id}", json={"archived": True}, channel_id=thread["id"])


def _lacking(names: Sequence[str]) -> str:
    quoted = ", ".join(f"'{name}'" for name in names)
    return f"이 채널에서 봇에게 다음 권한이 없습니다: {quoted}. 채널 설정의 권한에서 봇의 역할에 켜 주세요."


def _sentence(error: BaseException) -> str:
    if code(error) == 160006:
        return "이 서버의 활성 스레드가 가득 차서 스레드를 열 수 없습니다. 오래된 스레드를 닫아 주세요."
    if code(error) in (50001, 10003):
        return "봇이 이 채널을 볼 수 없습니다. '채널 보기' 권한을 켜 주세요."
    sorted_out = outcome(error)
    if isinstance(sorted_out, Closed):
        return f"시험 글을 올리지 못했습니다. {sorted_out.reason}"
    return f"시험 글을 올리지 못했습니다. 잠시 뒤 다시 해 주세요. ({getattr(sorted_out, 'reason', '')})"


async def examined(rest: Rest, channels: Sequence[str], wanted: Sequence[dict[str, Any]]) -> tuple[Checked, ...]:
    """Token, intents, commands, each channel's permissions. `wanted`: the commands as they should be."""
    try:
        me = await rest.call("GET", "/users/@me")
        application = await rest.call("GET", "/oauth2/applications/@me")
    except FAILURES as error:
        return (_unanswered(error),)
    intents = "특권 인텐트 없이 동작합니다(guilds, guild_messages, dm_messages)"
    found = [
        Checked("Discord 토큰", True, f"봇 {me['username']} (애플리케이션 {application['id']})"),
        Checked("Discord 인텐트", True, intents),
        await _commands(rest, application["id"], wanted),
    ]
    for channel in channels:
        found.append(await _channel(rest, channel))
    return tuple(found)


def refused() -> Checked:
    remedy = "Discord 개발자 포털의 Bot 화면에서 토큰을 다시 만들어 넣으세요."
    return Checked("Discord 토큰", False, "Discord가 이 토큰을 받지 않습니다", remedy, "DISCORD_BOT_TOKEN")


def _unanswered(error: BaseException) -> Checked:
    if isinstance(error, discord.HTTPException) and error.status == 401:
        return refused()
    return Checked("Discord 연결", False, f"Discord에 닿지 않습니다({type(error).__name__})", "네트워크를 확인하세요.")


async def _commands(rest: Rest, application: str, wanted: Sequence[dict[str, Any]]) -> Checked:
    try:
        there = await rest.call("GET", "/applications/{application_id}/commands", application_id=application)
    except FAILURES as error:
        return Checked("Discord 명령", False, f"명령을 읽지 못했습니다({type(error).__name__})", "잠시 뒤 다시 하세요.")
    registered = commands.names(there)
    if lacking := sorted(commands.names(wanted) - registered):
        detail = f"등록되지 않은 명령: {', '.join('/' + name for name in lacking)}"
        return Checked("Discord 명령", False, detail, "`python -m bot run`을 (다시) 시작하면 등록됩니다.")
    return Checked("Discord 명령", True, f"/aidaily 아래 {len(registered)}개 등록됨")


async def _channel(rest: Rest, channel: str) -> Checked:
    name = f"Discord 채널 {channel}"
    try:
        names = missing(await permissions(rest, channel))
    except FAILURES as error:
        remedy = "봇을 서버에 초대했는지, 채널 번호가 맞는지, '채널 보기' 권한이 있는지 확인하세요."
        return Checked(name, False, _sentence(error), remedy, "DISCORD_CHANNELS")
    if names:
        return Checked(name, False, _lacking(names), "서버의 채널 설정 → 권한에서 봇의 역할에 켜세요.")
    return Checked(name, True, "권한이 모두 있습니다")
