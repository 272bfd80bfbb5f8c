"""The bench's chat platform: bot/chat.py's promises over real HTTP to platform_server.py."""

import asyncio
import os
import random
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot import deadline
from bot.chat import (
    Absent,
    Answer,
    Closed,
    CouldNotLook,
    Done,
    Looked,
    NotSent,
    Outcome,
    Pace,
    Person,
    Place,
    Rejected,
    Request,
    Step,
    Unsure,
)  # fmt: skip
from core.model import Edition
from core.render.message import Message
from core.render.messages import messages

NAME = "local"
_CONNECTIONS = 100


class LocalPlatform:
    """The adapter: every answer sorted once. It keeps no state, so any process can go on with any delivery."""

    name = NAME

    def __init__(self, url: str, pace: Pace, *, listens_alone: bool = False) -> None:
        self.pace = pace
        self.listens_alone = listens_alone
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        connector = aiohttp.TCPConnector(limit=_CONNECTIONS, socket_factory=deadline.sockets)
        self._session = aiohttp.ClientSession(self._url, connector=connector, trust_env=False)

    async def warm(self) -> None:
        pass

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def listen(self, answer: Answer) -> None:
        assert self._session is not None
        who, since = str(os.getpid()), 0

        async def silent(words: str) -> None: ...

        while True:
            async with self._session.get("/listen", params={"who": who, "since": since}) as reply:
                asked = await reply.json()
            for id in asked:
                if await answer(Request(id, Place(NAME, "C00000"), Person("U1"), "help"), silent):
                    await self._session.post("/answer", json={"id": id, "who": who})
            since += len(asked)
            await asyncio.sleep(0.05)

    def steps(self, edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
        parts = messages(edition, thread=not settings.get("root_only", False))
        return tuple(Step(seq, "part" if seq else "root", part) for seq, part in enumerate(parts))

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        assert step.message is not None and len(refs) == step.seq
        body = {"key": step.key, "channel": place.channel, "seq": step.seq, "text": step.message.summary}
        return await self._post(body)

    def link(self, place: Place, refs: tuple[str, ...], step: Step | None = None) -> str | None:
        return None

    async def edit(self, step: Step, was: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        return Rejected("여기서는 고치지 않습니다.")

    async def welcome(self, place: Place) -> str | None:
        return None

    async def tell(self, place: Place, message: Message) -> Outcome:
        key = f"told-{random.randrange(10**12)}"
        return await self._post({"key": key, "channel": place.channel, "seq": 0, "text": message.summary})

    async def find(self, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
        assert self._session is not None
        try:
            async with self._session.get("/look", params={"key": step.key}) as reply:
                if reply.status != 200:
                    return CouldNotLook(f"HTTP {reply.status}", 0.5)
                ref = (await reply.json())["ref"]
        except aiohttp.ClientError as error:
            return CouldNotLook(type(error).__name__, 0.5)
        return Done(ref) if ref else Absent()

    async def _post(self, body: Mapping[str, Any]) -> Outcome:
        assert self._session is not None
        try:
            async with self._session.post("/write", json=body) as reply:
                match reply.status:
                    case 200:
                        return Done((await reply.json())["ref"])
                    case 429:
                        return NotSent("429", float((await reply.json())["retry_after"]))
                    case 403 | 404:
                        return Closed("채널에 쓸 수 없습니다.")
                    case 400:
                        return Rejected("플랫폼이 메시지를 받지 않습니다.")
                    case status:
                        return Unsure(f"HTTP {status}")
        except aiohttp.ClientConnectorError as error:
            return NotSent(type(error).__name__)
        except aiohttp.ClientError as error:
            return Unsure(type(error).__name__)
