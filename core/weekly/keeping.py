"""week_of(): the review of a date, kept: asked for again, it costs nothing while its editions are the same."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.llm import Llm, Usage
from core.model import Profile
from core.store import Store
from core.week import SATURDAY, Week, days_of
from core.weekly.gathering import Gathering, Material
from core.weekly.reviewing import review

Writer = tuple[Llm | None, Callable[[], Usage]]
"""A model, None = none, and what it has been used for so far."""

_WEEK = timedelta(days=7)


async def week_of(
    store: Store, on: date, profile: Profile, writer: Callable[[str], Writer], now: datetime
) -> Week | None:
    """A new review of the days before and on `on` (see `days_of`), kept; None where no edition is kept of them.
    `writer` is asked with a name for what the review is made of. Raises StoreError."""
    first, last = days_of(on)
    made_of = await _made_of(store, on, profile)
    if not made_of:
        return None
    llm, used = writer(hashlib.blake2b("\n".join(made_of).encode(), digest_size=4).hexdigest())
    before = used()
    week = await review(on, await _gathered(store, profile, made_of, first, last), profile, llm, now)
    spent = used()
    tokens = spent.tokens_in + spent.tokens_out - before.tokens_in - before.tokens_out
    week = replace(week, calls=spent.calls - before.calls, tokens=tokens)
    await store.weeks.put(on, week)
    return week


async def kept_week(store: Store, on: date, profile: Profile, *, written: bool) -> Week | None:
    """The review that stands: what that Saturday's edition carries, else the last one made, while its editions are the
    same. `written`: one that was made without a model stands no more."""
    made_of = await _made_of(store, on, profile)
    if on.weekday() == SATURDAY:
        edition = await store.editions.get(on, profile.key)
        if edition and edition.week and edition.status == "final" and edition.week.made_of == made_of:
            return edition.week
    kept = await store.weeks.get(on, profile.key)
    if kept is None or kept.made_of != made_of or (written and kept.extracted and kept.strands):
        return None
    return kept


async def _made_of(store: Store, on: date, profile: Profile) -> tuple[str, ...]:
    """The editions' names: built anew or corrected, an edition is another."""
    built = await store.editions.built(profile.key, *days_of(on))
    return tuple(f"{day}@{at.isoformat()}" + (f"#{times}" if times else "") for day, at, times in built)


async def _gathered(store: Store, profile: Profile, made_of: tuple[str, ...], first: date, last: date) -> Material:
    """One edition in memory at a time."""
    gathering = Gathering(made_of)
    for n in range((last - first).days + 1):
        if edition := await store.editions.get(first + timedelta(days=n) - _WEEK, profile.key):
            await asyncio.to_thread(gathering.add_before, edition)
        if edition := await store.editions.get(first + timedelta(days=n), profile.key):
            await asyncio.to_thread(gathering.add, edition)
    return gathering.material(await store.feedback.tally(profile.key, first, last))
