"""Work under a lease: it goes on while the lease is renewed and ends when it is lost."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.errors import StoreError

T = TypeVar("T")


async def while_held(work: Awaitable[T], renew: Callable[[], Awaitable[bool]], lease_s: float) -> T:
    """Awaits `work` and calls `renew` three times per lease. TimeoutError, and `work` is cancelled, when `renew`
    says that the lease is another's, or has not succeeded for a whole lease."""
    async with asyncio.timeout(lease_s) as limit:
        renewing = asyncio.create_task(_renew(renew, lease_s, limit))
        try:
            return await work
        finally:
            renewing.cancel()


async def _renew(renew: Callable[[], Awaitable[bool]], lease_s: float, limit: asyncio.Timeout) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(lease_s / 3)
        begun = loop.time()
        with contextlib.suppress(StoreError):  # the next try may succeed before the lease is over
            limit.reschedule(begun + lease_s if await renew() else begun)
