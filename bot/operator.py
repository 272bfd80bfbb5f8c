"""What needs a person is told to ADMIN_CHANNEL, once, and written to the log in any case."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import date, timedelta

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

    async def tell(self, key: str, sentence: str) -> bool:
        """`key` says what and when it may be told again, e.g. `build/2026-02-03/default`. Whether the message
        arrives stops nothing; False: it surely did not, and may be told again later. One that may have is told.
        Raises StoreError."""
        message = Message("answer", (Text((Span(sentence),)),), sentence)
        for left in range(_TRIES - 1, -1, -1):
            if not await self._store.notices.once(key, self._clock.now()):
                return True
            log.warning("operator.told key=%s text=%s", key, sentence)
            if self._platform is None:
                return True
            outcome = await self._platform.tell(self._place, message)
            if isinstance(outcome, Done):
                return True
            log.warning("operator.unreached place=%s outcome=%s", self._place, outcome)
            if not isinstance(outcome, NotSent):
                return True
            await self._store.notices.withdraw(key)  # before the wait, in which this process may die
            if left:
                wait_s = 1.0 if outcome.retry_after_s is None else outcome.retry_after_s
                await asyncio.sleep(min(wait_s, _LONGEST_WAIT_S))
        return False

    async def failed(self, on: date, place: Place, reason: str, *, paused: bool = False) -> bool:
        """Tells that a channel does not get the edition of that date; `paused`: nor any other. As `tell`."""
        what = "구독을 멈췄습니다" if paused else "에 게시하지 못했습니다"
        return await self.tell(f"failed/{on}/{place}", f"{place}{' ' if paused else ''}{what}: {reason}")

    async def catch_up(self, today: date) -> None:
        """Tells what failed of late and could not be told then: nobody was reached, or the process died before it.
        Ends where nobody is reached now either. Raises StoreError."""
        known = await self._store.subscriptions.list(active=False)
        paused = {one.name for one in known if not one.active}
        for on in (today + timedelta(days=n) for n in (-1, 0, 1)):  # in the east it is tomorrow already
            for row in await self._store.deliveries.of(on):
                place = Place(row.platform, row.channel)
                if row.state == "failed" and not await self.failed(on, place, row.reason, paused=str(place) in paused):
                    return
