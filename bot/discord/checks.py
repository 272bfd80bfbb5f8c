"""What the bot may do in a channel, said by name in Korean; the trial before a subscription.

Permissions are reckoned as Discord documents it (role permissions, then the channel's overwrites), from REST alone,
so that any process can say them; and since a sum may be wrong, a channel is subscribed only after a real message and
a real thread.
"""

import contextlib
from collections.abc import Sequence
from typing import Final

import discord

from bot.chat import Closed, Place
from bot.discord.components import NO_MENTIONS, SILENT, Payload
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
_FORUMS, _THREADS, _VOICE = (15, 16), (10, 11, 12), (2, 13)
_TRIAL = "AI Daily 연결을 확인하는 글입니다. 곧 지워집니다."
_TRIAL_THREAD = "AI Daily 연결 확인"
_ALL = P.all().value


async def permissions(rest: Rest, channel: Payload) -> int:
    """The bot's own in a channel as Discord shows it, as Discord's bits. Raises one of FAILURES."""
    if "guild_id" not in channel:
        return _ALL
    if channel["type"] in _THREADS:
        channel = await rest.call("GET", "/channels/{channel_id}", channel_id=channel["parent_id"])
    guild_id = channel["guild_id"]
    guild = await rest.call("GET", "/guilds/{guild_id}", guild_id=guild_id)
    path = "/guilds/{guild_id}/members/{user_id}"
    member = await rest.call("GET", path, guild_id=guild_id, user_id=str(rest.me))
    return _reckoned(channel, guild, set(member["roles"]), str(rest.me))


def _reckoned(channel: Payload, guild: Payload, roles: set[str], me: str) -> int:
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
    try:
        channel = await rest.call("GET", "/channels/{channel_id}", channel_id=place.channel)
        if names := missing(await permissions(rest, channel)):
            return lacking(names)
        await _tried(rest, channel)
    except FAILURES as error:
        return _sentence(error)
    return None


async def _tried(rest: Rest, channel: Payload) -> None:
    """A message, a thread, a message in it; then the thread is put away and the message deleted. A trial that fails
    half-way is put away all the same."""
    id = channel["id"]
    text = {"content": _TRIAL, "flags": SILENT, "allowed_mentions": NO_MENTIONS}
    named = {"name": _TRIAL_THREAD, "auto_archive_duration": 60}
    if channel["type"] in _FORUMS:
        tags = [tag["id"] for tag in channel.get("available_tags", ())[:1]]
        post = named | {"message": text} | ({"applied_tags": tags} if tags else {})
        await _put_away(rest, (await rest.call("POST", "/channels/{channel_id}/threads", json=post, channel_id=id)))
        return
    sent = (await rest.call("POST", "/channels/{channel_id}/messages", json=text, channel_id=id))["id"]
    try:
        if "guild_id" not in channel or channel["type"] in (*_VOICE, *_THREADS):
            return
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        thread = await rest.call("POST", path, json=named, channel_id=id, message_id=sent)
        try:
            await rest.call("POST", "/channels/{channel_id}/messages", json=text, channel_id=thread["id"])
        finally:
            await _put_away(rest, thread)
    finally:
        path = "/channels/{channel_id}/messages/{message_id}"
        with contextlib.suppress(*FAILURES):
            await rest.call("DELETE", path, channel_id=id, message_id=sent)


async def _put_away(rest: Rest, thread: Payload) -> None:
    """Archived: deleting would take a permission that nothing else needs."""
    with contextlib.suppress(*FAILURES):
        await rest.call("PATCH", "/channels/{channel_id}", json={"archived": True}, channel_id=thread["id"])


def lacking(names: Sequence[str]) -> str:
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
