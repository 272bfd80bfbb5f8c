"""Tidying: what nobody will ask for again is forgotten, some of it after days, editions only where RETENTION_DAYS says
so. One process at a time does it, in small bites, so that nothing that is due waits behind it."""

import asyncio
from datetime import date, timedelta

from bot.office import Office

EVERY_S = 6 * 3600.0
_KEPT = timedelta(days=14)  # claims, notices, checkpoints, exchanges
_ANSWERS_KEPT = timedelta(days=2)  # what could still be shared
_ITEMS_KEPT = timedelta(days=90)  # what can be searched beside editions
_BITES, _BETWEEN_S = 400, 0.25


async def tidy(desk: Office, retention_days: int | None) -> None:
    """What is left after so many bites waits for the next time. `retention_days` None: editions are kept for ever.
    Raises StoreError."""
    store, now = desk.store, desk.clock.now()
    if not await store.locks.acquire("tidy", desk.owner, EVERY_S / 2, now):
        return
    await store.events.prune(now - _KEPT)
    await store.notices.prune(now - _KEPT)
    await store.talk.prune(now - _KEPT)
    await store.answers.prune(now - _ANSWERS_KEPT)
    await store.steps.prune((now - _KEPT).date())
    today = now.astimezone(desk.rules.house.zone).date()
    oldest = today - timedelta(days=retention_days) if retention_days else date.min
    for _ in range(_BITES):
        if not await store.forgetting.older(oldest, max(oldest, today - _ITEMS_KEPT)):
            break
        await asyncio.sleep(_BETWEEN_S)
