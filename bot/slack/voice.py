"""How an answer reaches the one who asked: where it was asked, seen by whom, with signs of progress before it.

A command is answered through its response_url (5 uses in 30 minutes), which also works where we are no member; in a
thread an ephemeral message serves; in a direct message, and where the answer is for all, a message. Each falls back
to the other. `replace_original` is used only for our own progress line after a command: from a button it would
overwrite the digest.
"""

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack import blocks, errors
from bot.slack.blocks import Json
from bot.slack.pictures import UNREADY, tries
from bot.slack.posting import ANSWER

log = logging.getLogger(__name__)
_USES: Final = 5
_LAST: Final = "답이 길어 나머지를 보일 수 없습니다. 봇을 이 채널에 초대한 뒤 다시 물어봐 주세요."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something was asked. `thread` is the ts that answers go under, None = the channel itself. `for_all` is
    the channel for public answers (a command may name another). `trigger` opens one modal within three seconds."""

    channel: str
    user: str
    thread: str | None = None
    for_all: str = ""
    response_url: str | None = None
    trigger: str | None = None
    command: bool = False
    view: str | None = None  # the App Home that was pressed or opened

    @property
    def direct(self) -> bool:
        return self.channel.startswith("D")


@dataclass(slots=True)
class Line:
    """What one installation has learned about Slack: whether assistant status may be set here."""

    status_works: bool = True


class Voice:
    """Speaks to one asker. No method raises for what Slack does: it is logged, and the next way is tried."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession, origin: Origin, line: Line) -> None:
        self._client = client
        self._session = session
        self._origin = origin
        self._line = line
        self._uses = 0
        self._status = False  # an assistant status stands
        self._progress: str | None = None  # the ts of our own progress message
        self._said = False

    async def say(self, text: str, *, aloud: bool) -> None:
        """A sign of progress. `aloud`: the answer will be for all, so the sign may be as well."""
        origin, body = self._origin, blocks.line(text) | {"metadata": _metadata("progress", 0)}
        if await self._set_status(text):
            return
        if self._progress:
            await self._call("chat.update", {"channel": origin.channel, "ts": self._progress, **body})
        elif origin.direct or aloud:
            self._progress = await self._message(origin.channel, origin.thread, body)
        elif origin.command and self._uses < _USES - 2:
            self._said = await self._respond(body | {"replace_original": self._said}) or self._said
        elif not self._said:  # an ephemeral message cannot be edited: one is enough
            self._said = await self._ephemeral(body)

    async def give(self, posts: Sequence[Json], *, private: bool, request: str) -> None:
        """The answer: to the asker alone or to all."""
        kept = [post | {"metadata": _metadata(request, n)} for n, post in enumerate(posts)]
        if self._progress and kept:
            body = {"channel": self._origin.channel, "ts": self._progress, **kept[0]}
            if await self._call("chat.update", body):
                kept = kept[1:]
        if private and not self._origin.direct:
            await self._whisper(kept)
        else:
            await self._tell(kept)
        await self._clear_status()

    async def silence(self) -> None:
        """There is nothing to say: signs of progress are taken back."""
        if self._progress:
            await self._call("chat.delete", {"channel": self._origin.channel, "ts": self._progress})
        await self._clear_status()

    async def _whisper(self, posts: Sequence[Json]) -> None:
        origin = self._origin
        for n, post in enumerate(posts):
            replacing = {"replace_original": True} if origin.command and self._said and n == 0 else {}
            spent = self._uses >= _USES - 1 and n + 1 < len(posts)
            by_url = not spent and (origin.command or origin.thread is None)
            if by_url and await self._respond(post | replacing):
                continue
            if await self._ephemeral(post) or (not by_url and not spent and await self._respond(post)):
                continue
            log.warning("slack.unheard channel=%s posts_left=%d", origin.channel, len(posts) - n)
            await self._respond(blocks.line(_LAST))
            return

    async def _tell(self, posts: Sequence[Json]) -> None:
        """In the thread; without one the first is the channel's and the others hang below it."""
        origin = self._origin
        channel = origin.for_all or origin.channel
        thread = origin.thread if channel == origin.channel else None
        for post in posts:
            ts = await self._message(channel, thread, post)
            if ts is None and not await self._respond(post | {"response_type": "in_channel"}):
                await self._ephemeral(post)
            thread = thread or (None if origin.direct else ts)
        if channel != origin.channel and posts:
            await self._whisper([{"text": f"<#{channel}>에 답을 올렸습니다."}])

    async def _message(self, channel: str, thread: str | None, body: Json) -> str | None:
        under = {"thread_ts": thread} if thread else {}
        said = await self._call("chat.postMessage", {"channel": channel, **under, **body})
        return str(said["ts"]) if said else None

    async def _ephemeral(self, body: Json) -> bool:
        origin = self._origin
        if not origin.user:
            return False
        if origin.direct:
            return await self._message(origin.channel, origin.thread, body) is not None
        under = {"thread_ts": origin.thread} if origin.thread else {}
        told = {name: value for name, value in body.items() if name not in ("metadata", "unfurl_links", "unfurl_media")}
        sent = await self._call("chat.postEphemeral", {"channel": origin.channel, "user": origin.user, **under, **told})
        return sent is not None

    async def _respond(self, body: Json) -> bool:
        """One use of the response_url, to the asker alone unless `body` says otherwise."""
        url = self._origin.response_url
        if url is None or self._uses >= _USES:
            return False
        sent = {"response_type": "ephemeral", "replace_original": False} | body
        for wait_s, tried in tries(sent):
            await asyncio.sleep(wait_s)
            self._uses += 1
            try:
                async with self._session.post(url, data=json.dumps(tried), headers=_JSON) as answer:
                    reason = "" if answer.status == 200 else (await answer.text())[:80] or str(answer.status)
            except errors.FAULTS as error:
                reason = errors.code(error)
            if not reason:
                return True
            log.info("slack.not_responded reason=%s", reason)
            if UNREADY not in reason or self._uses >= _USES:
                break
        return False

    async def _set_status(self, text: str) -> bool:
        origin = self._origin
        if not (self._line.status_works and origin.thread) or self._progress:
            return False
        body = {"channel_id": origin.channel, "thread_ts": origin.thread, "status": text}
        self._status = await self._call("assistant.threads.setStatus", body) is not None
        self._line.status_works = self._status
        return self._status

    async def _clear_status(self) -> None:
        if self._status:
            body = {"channel_id": self._origin.channel, "thread_ts": self._origin.thread, "status": ""}
            await self._call("assistant.threads.setStatus", body)
            self._status = False

    async def _call(self, method: str, body: Json) -> Json | None:
        for wait_s, tried in tries(body):
            await asyncio.sleep(wait_s)
            try:
                said = await self._client.api_call(method, json=tried)
                return said.data if isinstance(said.data, dict) else {}
            except errors.FAULTS as error:
                word = errors.code(error)
                log.info("slack.refused method=%s channel=%s reason=%s", method, self._origin.channel, word)
                if word != UNREADY:
                    break
        return None


_JSON: Final = {"Content-Type": "application/json; charset=utf-8"}


def _metadata(request: str, n: int) -> Json:
    return {"event_type": ANSWER, "event_payload": {"request": request[:100], "n": n, "v": 1}}
