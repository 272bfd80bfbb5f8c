"""Furnishing a desk: what one build works with, from the store, the sources and the model.

A day's items are collected once for all profiles, and a build's finished steps are kept, so a build that was killed
goes on where it stopped and pays for nothing twice.
"""

import asyncio
import contextlib
import ctypes
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pydantic import TypeAdapter

from core import learning
from core.desk import Desk
from core.errors import StoreError
from core.house import House
from core.llm import Completer, Llm, Usage
from core.llm.checkpoint import Checkpointed
from core.llm.structured import StructuredLlm
from core.memory import MEMORY_DAYS
from core.model import Collected, Edition, Item, Profile, Reading, Story
from core.ranking import Record
from core.sources import Day
from core.sources.calendar import day_at
from core.store import Store
from core.week import Week
from core.weekly import kept_week, week_of

_COLLECTED = TypeAdapter(Collected)
_KNOWN_DAYS = 7  # a batch made of what these days brought is an old one


@dataclass(frozen=True, slots=True)
class Furnisher:
    """`completer` None = 발췌 mode. `today` is the date that model costs are booked on."""

    house: House
    store: Store
    collect: Callable[[Day], Awaitable[Collected]]
    read: Callable[[Item], Awaitable[Reading]]
    completer: Completer | None
    today: Callable[[], date]
    waited: Callable[[], float]

    async def desk(
        self, on: date, profile: Profile, now: datetime, build: str, collecting: str, progress: Callable[[str], None],
        *, anew: bool,
    ) -> Desk:  # fmt: skip
        """For one build. `build` and `collecting` name the steps it keeps; `anew`: nothing kept of the week counts."""
        llm, used = self.llm(build)

        async def collect() -> Collected:
            kept = await self.store.steps.get(collecting, "collect")
            if kept is not None:
                return await asyncio.to_thread(_COLLECTED.validate_json, kept.output)
            known = await self.store.items.ids(on - timedelta(days=_KNOWN_DAYS), on)
            day = day_at(min(now, self.house.ends(on)), await self._categories(profile), known)
            papers = await self.store.editions.papers(on - timedelta(days=MEMORY_DAYS), on)
            collected = await self.collect(replace(day, told=papers))
            packed = await asyncio.to_thread(_COLLECTED.dump_json, collected)
            await self.store.steps.put(collecting, "collect", packed.decode(), Usage(), self.today())
            await self.store.items.save(collected.items, on)
            await self.store.items.upvoted(collected.upvotes)
            if self.house.learns:
                await learning.learn(self.store, on)
            await asyncio.to_thread(_give_back)
            return collected

        async def seen(items: Sequence[Item]) -> frozenset[str]:
            return frozenset(await self.store.items.seen_before((item.id for item in items), on))

        async def save(edition: Edition) -> Edition:
            if await self.store.editions.save(edition):
                return edition
            if anew:
                raise StoreError(f"{on} 다이제스트는 이미 확정되었거나 게시되어 다시 만들 수 없습니다.")
            standing = await self.store.editions.get(on, profile.key)
            assert standing is not None, "it was in the way"
            return standing

        async def record() -> Record | None:
            return await learning.record(self.store, on) if self.house.learns else None

        async def review() -> Week | None:
            kept = None if anew else await self.kept_week(on, profile)
            return kept or await week_of(self.store, on, profile, lambda made_of: (llm, used), now)

        told = await self.store.editions.told(profile, on - timedelta(days=MEMORY_DAYS), on)
        taste = await learning.taste(self.store, profile, on)
        return Desk(
            collect, seen, told, taste, record, await self._lent(on, profile), self.read, save, llm, used,
            self.waited, review, progress,
        )  # fmt: skip

    async def kept_week(self, on: date, profile: Profile) -> Week | None:
        """The review of the week that stands already."""
        return await kept_week(self.store, on, profile, written=self.completer is not None)

    async def _categories(self, profile: Profile) -> tuple[str, ...]:
        """All that any channel wants: the day is collected once for all of them."""
        subscribed = await self.store.subscriptions.list()
        profiles = (profile, *(each.profile for each in subscribed))
        wanted = (self.house.categories, *(each.categories for each in profiles))
        return tuple(dict.fromkeys(category for each in wanted for category in each))

    async def _lent(self, on: date, profile: Profile) -> Mapping[str, Story]:
        """What the default profile's edition of that day says, for a profile that the budget does not reach for."""
        default = await self.store.editions.get(on) if profile.key != Profile().key else None
        return {story.item.id: story for story in default.stories if not story.extracted} if default else {}

    def llm(self, build: str) -> tuple[Llm | None, Callable[[], Usage]]:
        """The model with this build's steps and the day's budget, and what it has used."""
        if self.completer is None:
            return None, Usage
        steps = self.store.steps.of(build, self.today())
        kept = Checkpointed(
            self.completer, steps, budget_usd=self.house.budget_usd, budget_tokens=self.house.budget_tokens
        )
        return StructuredLlm(kept), lambda: kept.used


def _give_back() -> None:
    """Hands the memory of a day's pages back to the machine. glibc would keep 100 MB of it for later, and later is
    tomorrow; other C libraries do so unasked."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
