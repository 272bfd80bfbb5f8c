"""An edition's steps on Discord, each written once and found again.

The root goes out as plain content, complete by itself: a message of components alone makes an empty notification, and
one of previews is blank for who has turned them off. It is upgraded afterwards, where that is safe (not in
announcement channels); then a thread is opened and takes one message per story, silently. Where there can be no
thread (the server has its 1000, a direct message), the stories follow the root together, in as few messages as they
fit into. A forum's post is the root and its thread in one.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

import discord

from bot.chat import Absent, Closed, CouldNotLook, Done, Looked, NotSent, Outcome, Place, Rejected, Step, Unsure
from bot.discord import components, pictures
from bot.discord.checks import READ_HISTORY, permissions
from bot.discord.components import Payload
from bot.discord.rest import FAILURES, GONE, UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, Rest, outcome, reason, retry_after
from bot.discord.steps import Planned, thread_name
from core.render.message import Message, Picture

log = logging.getLogger(__name__)
IN_CHANNEL: Final = "in-channel"
"""The reference of a thread that could not be: what would be in it is in the channel."""

_DM, _GROUP_DM, _ANNOUNCEMENT, _FORUM, _MEDIA = 1, 3, 5, 15, 16
_THREAD_EXISTS, _TOO_MANY_THREADS = 160004, 160006
_NOT_FOR_MESSAGES, _NOT_HERE = frozenset({50008, 50024}), frozenset({50003, 50024, 50035})
_REQUIRES_TAG = 1 << 4
_ARCHIVE_AFTER_MIN = 1440
_KNOWN_FOR_S = 3600.0
_PAGE, _PAGES = 100, 5
_LOOK_BACK = timedelta(hours=26)  # longer than a delivery may be late
_TOO_MANY_THREADS_S = 900.0


@dataclass(frozen=True, slots=True)
class Channel:
    """What Discord says about a channel."""

    type: int
    guild: str
    tags: tuple[str, ...]  # those a post must have
    read_at: float

    @property
    def is_forum(self) -> bool:
        return self.type in (_FORUM, _MEDIA)


class Posting:
    """Writes and finds steps. What it remembers only saves requests; any process can go on with any delivery."""

    def __init__(self, rest: Rest) -> None:
        self._rest = rest
        self._channels: dict[str, Channel] = {}
        self._looked_down_to: dict[str, int] = {}

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        """One write, or none where the step is nothing here."""
        assert isinstance(step, Planned) and step.message is not None
        try:
            match step.kind:
                case "root":
                    return await self._root(step.message, step.key, place.channel)
                case "upgrade":
                    return await self._upgrade(step.message, step.key, place.channel, refs[0])
                case "thread":
                    return await self._thread(step.message, place.channel, refs[0])
                case "part":
                    return await self._part(step, place.channel, refs)
        except FAILURES as error:
            return outcome(error)

    async def tell(self, place: Place, message: Message) -> Outcome:
        """One message outside any edition, in several where it must be."""
        done: Outcome = Rejected("빈 글입니다.")
        for piece in components.pieces(message):
            try:
                done = Done(await self._send(place.channel, components.layout(piece), picture=piece.picture))
            except FAILURES as error:
                return outcome(error)
        return done

    async def find(self, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
        assert isinstance(step, Planned) and step.message is not None
        try:
            match step.kind:
                case "root":
                    return await self._find_root(step, place.channel)
                case "upgrade":
                    return await self._find_upgrade(place.channel, refs[0])
                case "thread":
                    return await self._find_thread(refs[0])
                case "part":
                    where, message = destination(step, place.channel, refs)
                    return await self._search(where, step.key, message) if message else Absent()
        except FAILURES as error:
            return CouldNotLook(reason(error), retry_after(error))

    def link(self, place: Place, refs: tuple[str, ...], step: Step | None) -> str | None:
        """As Discord's own "copy link" makes it; None where the server is not known."""
        known = self._channels.get(place.channel)
        guild = place.workspace or (known.guild if known else "")
        if not guild:
            return None
        where = destination(step, place.channel, refs)[0] if isinstance(step, Planned) else place.channel
        where = refs[0] if known and known.is_forum else where
        return f"https://discord.com/channels/{guild}/{where}/{refs[step.seq if step else 0]}"

    async def channel(self, id: str) -> Channel:
        """Raises one of FAILURES."""
        known = self._channels.get(id)
        if known is None or known.read_at < time.monotonic() - _KNOWN_FOR_S:
            seen = await self._rest.call("GET", "/channels/{channel_id}", channel_id=id)
            must = seen.get("flags", 0) & _REQUIRES_TAG
            tags = tuple(tag["id"] for tag in seen.get("available_tags", ())[:1]) if must else ()
            known = Channel(seen["type"], str(seen.get("guild_id", "")), tags, time.monotonic())
            self._channels[id] = known
        return known

    async def _root(self, message: Message, key: str, channel: str) -> Outcome:
        known = self._channels.get(channel)
        if not (known and known.is_forum):
            try:
                return Done(await self._send(channel, components.plain(message, key), key))
            except discord.HTTPException as error:
                if error.code not in _NOT_FOR_MESSAGES:
                    raise
            known = await self.channel(channel)
            if not known.is_forum:
                return Closed("글을 올릴 수 있는 채널이 아닙니다.")
        body: Payload = {
            "name": thread_name(message), "auto_archive_duration": _ARCHIVE_AFTER_MIN,
            "message": components.plain(message, key),
        }  # fmt: skip
        if known.tags:
            body["applied_tags"] = list(known.tags)
        try:
            post = await self._rest.call("POST", "/channels/{channel_id}/threads", json=body, channel_id=channel)
        except discord.HTTPException as error:
            if error.code == _TOO_MANY_THREADS:
                return NotSent("서버의 활성 스레드가 가득 찼습니다.", _TOO_MANY_THREADS_S)
            raise
        return Done(post["id"])

    async def _upgrade(self, message: Message, key: str, channel: str, root: str) -> Outcome:
        """A message that will not be upgraded is complete as it is."""
        known = await self.channel(channel)
        if known.type == _ANNOUNCEMENT:
            return Done(root)
        where = root if known.is_forum else channel
        try:
            await self._rest.call(
                "PATCH", "/channels/{channel_id}/messages/{message_id}",
                json=components.upgrade(message, key), channel_id=where, message_id=root,
            )  # fmt: skip
        except discord.HTTPException as error:
            if error.status not in (400, 404) or error.code in GONE:
                raise
            log.warning("discord.no_upgrade channel=%s reason=%s", channel, reason(error))
        return Done(root)

    async def _thread(self, message: Message, channel: str, root: str) -> Outcome:
        known = await self.channel(channel)
        if known.is_forum:
            return Done(root)
        if known.type in (_DM, _GROUP_DM):
            return Done(IN_CHANNEL)
        body = {"name": thread_name(message), "auto_archive_duration": _ARCHIVE_AFTER_MIN}
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        try:
            return Done((await self._rest.call("POST", path, json=body, channel_id=channel, message_id=root))["id"])
        except discord.HTTPException as error:
            if error.code == _THREAD_EXISTS:
                found = await self._find_thread(root)
                return found if isinstance(found, Done) else Unsure("스레드가 있다는데 보이지 않습니다.")
            if error.code == _TOO_MANY_THREADS or error.code in _NOT_HERE:
                return Done(IN_CHANNEL)
            if error.code == UNKNOWN_MESSAGE:
                return Rejected("루트 글이 지워져 스레드를 열지 않았습니다.")
            raise

    async def _part(self, step: Planned, channel: str, refs: tuple[str, ...]) -> Outcome:
        where, message = destination(step, channel, refs)
        if message is None:
            return Done(refs[-1])
        body = components.layout(message, step.key, flags=components.SILENT)
        try:
            return Done(await self._send(where, body, step.key, message.picture))
        except discord.HTTPException as error:
            if error.code == UNKNOWN_CHANNEL and where != channel:
                return Rejected("스레드가 지워져 나머지를 올리지 않았습니다.")
            raise

    async def _send(self, channel: str, body: Payload, key: str = "", picture: Picture | None = None) -> str:
        body = {**body, "tts": False, **({"nonce": key, "enforce_nonce": True} if key else {})}
        request = partial(self._rest.call, "POST", "/channels/{channel_id}/messages", channel_id=channel)
        return str((await pictures.send(request, body, picture))["id"])

    async def _find_root(self, step: Planned, channel: str) -> Looked:
        assert step.message is not None
        known = await self.channel(channel)
        if not known.is_forum:
            return await self._search(channel, step.key, step.message)
        mark = components.mark_of(step.message)
        async for post in self._posts(channel, known.guild, thread_name(step.message)):
            path = "/channels/{channel_id}/messages/{message_id}"
            try:
                starter = await self._rest.call("GET", path, channel_id=post, message_id=post)
            except discord.NotFound:
                continue
            if components.carries(starter, step.key, mark):
                return Done(post)
        return Absent()

    async def _posts(self, forum: str, guild: str, name: str) -> AsyncIterator[str]:
        """The forum's posts of that name, also those put away since."""
        for path in ("/guilds/{guild_id}/threads/active", "/channels/{channel_id}/threads/archived/public"):
            for thread in (await self._rest.call("GET", path, guild_id=guild, channel_id=forum))["threads"]:
                if thread["parent_id"] == forum and thread["name"] == name:
                    yield thread["id"]

    async def _find_upgrade(self, channel: str, root: str) -> Looked:
        where = root if (await self.channel(channel)).is_forum else channel
        path = "/channels/{channel_id}/messages/{message_id}"
        try:
            message = await self._rest.call("GET", path, channel_id=where, message_id=root)
        except discord.NotFound:
            return Absent()
        return Done(root) if message.get("flags", 0) & components.V2 else Absent()

    async def _find_thread(self, root: str) -> Looked:
        """A thread that was opened from a message has the message's id."""
        try:
            return Done((await self._rest.call("GET", "/channels/{channel_id}", channel_id=root))["id"])
        except discord.NotFound:
            return Absent()

    async def _search(self, channel: str, key: str, message: Message) -> Looked:
        """Our own message with that key or mark, from the newest back to a day ago. A busy channel takes several
        looks, each going on where the last one ended."""
        mark, oldest = components.mark_of(message), discord.utils.time_snowflake(datetime.now(UTC) - _LOOK_BACK)
        before = self._looked_down_to.pop(key, None)
        for _ in range(_PAGES):
            params = {"limit": str(_PAGE), **({"before": str(before)} if before else {})}
            page = await self._rest.call("GET", "/channels/{channel_id}/messages", params=params, channel_id=channel)
            for seen in page:
                if int(seen["author"]["id"]) == self._rest.me and components.carries(seen, key, mark):
                    return Done(seen["id"])
            if len(page) < _PAGE or int(page[-1]["id"]) < oldest:
                return Absent() if page or before else await self._truly_empty(channel)
            before = int(page[-1]["id"])
            await asyncio.sleep(0)
        assert before is not None
        self._looked_down_to[key] = before
        return CouldNotLook("채널에 글이 많아 더 찾아보아야 합니다.", 5.0)

    async def _truly_empty(self, channel: str) -> Looked:
        """Without the permission to read the history, Discord shows an empty one."""
        seen = await self._rest.call("GET", "/channels/{channel_id}", channel_id=channel)
        if READ_HISTORY & ~await permissions(self._rest, seen):
            return CouldNotLook("'메시지 기록 보기' 권한이 없어 확인하지 못했습니다.")
        return Absent()


def destination(step: Planned, channel: str, refs: tuple[str, ...]) -> tuple[str, Message | None]:
    """Where a part goes, and as what."""
    if step.thread is None:
        return channel, step.message
    if refs[step.thread] == IN_CHANNEL:
        return channel, step.instead
    return refs[step.thread], step.message
