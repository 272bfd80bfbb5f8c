"""How an answer reaches its asker: the deferred reply of an interaction, or messages under a mention.

An interaction is acknowledged as "thinking", seen by the asker alone; progress edits that line and the answer takes
its place (only an edit may turn it into Components V2). An answer for everybody is a message of its own instead.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

from discord.http import HTTPClient, Route

from bot.chat import Reply
from bot.discord import components, pictures
from bot.discord.components import Payload
from core.render.message import Heading, Message, Picture

_ALOUD = "모두가 볼 수 있게 채널에 올렸습니다."
_NOTHING = "더 할 일이 없습니다."


class Voice(Protocol):
    async def say(self, text: str) -> None:
        """Progress, in words."""
        ...

    async def give(self, reply: Reply) -> None: ...

    async def sorry(self, text: str) -> None: ...


@dataclass(slots=True)
class Aside:
    """A deferred interaction. `shareable`: there are others to share with."""

    http: HTTPClient
    application: int
    token: str
    shareable: bool = True
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _said: bool = False

    async def say(self, text: str) -> None:
        async with self._turn:
            if not self._said:
                await self._original(components.remark(text))

    async def give(self, reply: Reply) -> None:
        async with self._turn:
            self._said = True
            pieces = _pieces(reply.messages)
            if reply.private and pieces:
                first, *rest = (self._offering(piece) for piece in pieces)
                await self._original(components.upgrade(first), first.picture)
                for piece in rest:
                    await self._more(components.layout(piece, flags=components.EPHEMERAL), piece.picture)
            else:  # what follows would take the acknowledgement's place, and be as private as it
                await self._original(components.remark(_ALOUD if pieces else _NOTHING))
                for piece in pieces:
                    await self._more(components.layout(piece), piece.picture)

    async def sorry(self, text: str) -> None:
        async with self._turn:
            self._said = True
            await self._original(components.remark(text))

    def _offering(self, message: Message) -> Message:
        """With the offer to share it, if it says more than a remark."""
        if not self.shareable or not any(isinstance(block, Heading) for block in message.blocks):
            return message
        return replace(message, buttons=(*message.buttons, components.SHARE))

    async def _original(self, body: Payload, picture: Picture | None = None) -> None:
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        route = Route("PATCH", path, webhook_id=self.application, webhook_token=self.token)
        await pictures.send(partial(self.http.request, route), body, picture)

    async def _more(self, body: Payload, picture: Picture | None) -> None:
        path = "/webhooks/{webhook_id}/{webhook_token}"
        route = Route("POST", path, webhook_id=self.application, webhook_token=self.token)
        await pictures.send(partial(self.http.request, route), body, picture)


@dataclass(slots=True)
class Aloud:
    """Messages in a channel, each a reply to the one that asked (`asked` "": nobody did). Progress is a message that
    becomes the answer. discord.py repeats what ends in a 5xx, and Discord knows what it has by the nonce."""

    http: HTTPClient
    channel: str
    asked: str
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _progress: str = ""
    _said: bool = False
    _posts: int = 0

    async def say(self, text: str) -> None:
        async with self._turn:
            if self._said:
                return
            if self._progress:
                await self._edit(components.remark(text))
            else:
                self._progress = await self._post(components.remark(text))

    async def give(self, reply: Reply) -> None:
        async with self._turn:
            self._said = True
            for n, piece in enumerate(_pieces(reply.messages)):
                if n == 0 and self._progress:
                    await self._edit(components.upgrade(piece), piece.picture)
                else:
                    await self._post(components.layout(piece), piece.picture)

    async def sorry(self, text: str) -> None:
        async with self._turn:
            self._said = True
            await (self._edit(components.remark(text)) if self._progress else self._post(components.remark(text)))

    async def _post(self, body: Payload, picture: Picture | None = None) -> str:
        if self.asked:
            reference = {"message_id": self.asked, "channel_id": self.channel, "fail_if_not_exists": False}
            body = {**body, "message_reference": reference}
        self._posts += 1
        body = {**body, "nonce": f"{self.asked or self.channel}/{self._posts}", "enforce_nonce": True}
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=self.channel)
        return str((await pictures.send(partial(self.http.request, route), body, picture))["id"])

    async def _edit(self, body: Payload, picture: Picture | None = None) -> None:
        path = "/channels/{channel_id}/messages/{message_id}"
        route = Route("PATCH", path, channel_id=self.channel, message_id=self._progress)
        await pictures.send(partial(self.http.request, route), body, picture)


def _pieces(messages: Sequence[Message]) -> list[Message]:
    return [piece for message in messages for piece in components.pieces(message)]
