"""The clock as an argument: what time it is, and waiting for a time.

Waiting looks at the clock again every few seconds, so a clock that somebody sets right is followed within them.
"""

import asyncio
from datetime import UTC, datetime
from typing import Protocol

_LOOK_AGAIN_S = 5.0


class Clock(Protocol):
    def now(self) -> datetime:
        """In UTC."""
        ...

    async def sleep_until(self, at: datetime) -> None:
        """Returns at `at` or a little later, never before."""
        ...


class SystemClock:
    """The machine's."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, at: datetime) -> None:
        while (left := (at - self.now()).total_seconds()) > 0:  # noqa: ASYNC110  (time is no event)
            await asyncio.sleep(min(left, _LOOK_AGAIN_S))
