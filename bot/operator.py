"""What needs a person is told to ADMIN_CHANNEL, once, and written to the log in any case."""

import asyncio
import logging
from collections.abc import Mapping

from bot.chat import Done, NotSent, Place, Platform
from bot.clock import Clock
from core.render.message import Message, Span, Text
from core.store import Store

log = logging.getLogger(__name__)
_TRIES = 3
_LONGEST_WAIT_S = 30.0


class Operator:
    """`admin` is ADMIN_CHANNEL, e.g. `slack:C01OPS`, or None."""

    def __init__(self, store: Store, platforms: Mapping[str, Platform], admin: str | None, clock: Clock) -> None:
        platform, _, channel = (admin or "").partition(":")
        self._store = store
        self._platform = platforms.get(platform)
        self._place = Place(platform, channel)
        self._clock = clock

    async def tell(self, key: str, sentence: str) -> None:
        """`key` says what and when it may be told again, e.g. `build/2026-02-03/default`. Whether the message
        arrives stops nothing; one that surely did not may be told again later. Raises StoreError."""
        if not await self._store.notices.once(key, self._clock.now()):
            return
        log.warning("operator.told key=%s text=%s", key, sentence)
        if self._platform and not await self._sent(self._platform, sentence):
            await self._store.notices.withdraw(key)

    async def _sent(self, platform: Platform, sentence: str) -> bool:
        message = Message("answer", (Text((Span(sentence),)),), sentence)
        for _ in range(_TRIES):
            outcome = await platform.tell(self._place, message)
            if isinstance(outcome, Done):
                return True
            log.warning("operator.unreached place=%s outcome=%s", self._place, outcome)
            if not isinstance(outcome, NotSent):
                break
            wait_s = 1.0 if outcome.retry_after_s is None else outcome.retry_after_s
            await asyncio.sleep(min(wait_s, _LONGEST_WAIT_S))
        return not isinstance(outcome, NotSent)
