"""Discord: what an edition and a Reply look like there, and what people there do, for the house to answer.

    markup.py      literal text → Discord's Markdown      rest.py          each request once; what errors mean
    components.py  Message → content, Components V2       posting.py       one step written, and found by its key
    steps.py       an edition → steps                     gateway.py       the bot that hears, and its supervision
    commands.py    /aidaily, with Korean names            interactions.py  Request → Reply, in tasks of our own
    voice.py       how an answer reaches its asker        pictures.py      a file with the message that shows it
    checks.py      permissions by name, and a real trial  doctor.py        what an operator is told
    editing.py     a step that is out, written anew: corrections

Nothing is decided here: who may do what is in bot/commands, when to write in bot/delivery. Two clients: the one that
writes editions neither waits nor repeats, the gateway's waits when Discord asks for it.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from discord.http import HTTPClient

from bot.chat import Answer, Looked, Outcome, Pace, Place, Step
from bot.discord import checks, steps
from bot.discord.editing import edit
from bot.discord.gateway import Hearing, create_bot, listen
from bot.discord.interactions import NAME, Suggest
from bot.discord.posting import Posting
from bot.discord.rest import FAILURES, Rest, aim
from bot.settings import Settings
from core.model import Edition
from core.render.message import Message
from core.store import Store

_WARM: Final = 4


class Discord:
    """`http`: the client that writes, None = one of its own."""

    name = NAME
    pace = Pace(1.0, 50.0)
    listens_alone = True

    def __init__(self, settings: Settings, store: Store, suggest: Suggest, http: HTTPClient | None = None) -> None:
        assert settings.discord_bot_token is not None, "without a token there is no Discord"
        self._settings = settings
        self._token = settings.discord_bot_token.get_secret_value()
        self._store = store
        self._suggest = suggest
        self._rest = Rest(self._token, http)
        self._posting = Posting(self._rest)

    async def open(self) -> None:
        aim(self._settings.discord_api_url, self._settings.discord_gateway_url)
        await self._rest.open()

    async def warm(self) -> None:
        with contextlib.suppress(*FAILURES):
            await asyncio.gather(*(self._rest.call("GET", "/users/@me") for _ in range(_WARM)))

    async def close(self) -> None:
        await self._rest.close()

    async def listen(self, answer: Answer) -> None:
        await listen(self._token, lambda: self.bot(answer))

    def bot(self, answer: Answer, *, shard_count: int | None = None) -> Hearing:
        return create_bot(answer, self._suggest, self._changed, shard_count=shard_count)

    def steps(self, edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
        return steps.steps(edition, settings)

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        return await self._posting.do(step, place, refs)

    async def edit(self, step: Step, was: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        return await edit(self._rest, self._posting, step, was, place, refs)

    async def find(self, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
        return await self._posting.find(step, place, refs)

    async def tell(self, place: Place, message: Message) -> Outcome:
        return await self._posting.tell(place, message)

    def link(self, place: Place, refs: tuple[str, ...], step: Step | None = None) -> str | None:
        return self._posting.link(place, refs, step)

    async def welcome(self, place: Place) -> str | None:
        return await checks.welcome(self._rest, place)

    async def _changed(self, name: str, value: str, register: Callable[[], Awaitable[None]], anyway: bool) -> bool:
        """A lock that is never held for any time: its owner is the value of the last registration."""
        locks, now = self._store.locks, datetime.now(UTC)
        if await locks.renew(name, value, 0.0, now) and not anyway:
            return False
        await register()
        await locks.acquire(name, value, 0.0, now)
        return True
