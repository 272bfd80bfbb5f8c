"""The newsroom: which edition stands for a day, and the desk that builds one that is missing.

An edition built before its due time is a draft: shown, never posted, replaced by the due build. A day's items
are collected once for all profiles, and a build's finished steps are kept, so a build that was killed goes on
where it stopped and pays for nothing twice.
"""

import asyncio
import contextlib
import ctypes
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from core import learning
from core.daily import make_edition
from core.desk import Desk, Job
from core.errors import SettingsError
from core.llm import Completer, Llm, Usage
from core.llm.checkpoint import Checkpointed
from core.llm.structured import StructuredLlm
from core.memory import MEMORY_DAYS
from core.model import Collected, Edition, Item, Profile, Reading, Story
from core.ranking import Record
from core.sources import Day
from core.sources.calendar import day_at, newest
from core.store import Store
from core.week import Week
from core.weekly import kept_week, week_of

_COLLECTED = TypeAdapter(Collected)
_KNOWN_DAYS = 7  # a batch made of what these days brought is an old one
_EARLIEST = ZoneInfo("Etc/GMT-14")  # where a date begins first


@dataclass(frozen=True, slots=True)
class House:
    """The rules of this installation. `due` is `post_at` of the edition's date in `zone`, less the lead."""

    zone: ZoneInfo
    post_at: time = time(16, 40)
    lead: timedelta = timedelta(minutes=20)
    budget_usd: float = 1.0
    budget_tokens: int = 2_000_000
    categories: tuple[str, ...] = ("cs.AI", "cs.LG", "cs.CL", "cs.CV")
    judged: bool = True
    sample: bool = False
    learns: bool = True  # the authors' record, from Hugging Face's later picks

    def posts_at(self, on: date) -> datetime:
        return datetime.combine(on, self.post_at, self.zone).astimezone(UTC)

    def due(self, on: date) -> datetime:
        return self.posts_at(on) - self.lead

    def ends(self, on: date) -> datetime:
        """The last moment of that date: a late build still tells that day."""
        return datetime.combine(on, time(23, 59, 59), self.zone).astimezone(UTC)


class Newsroom:
    """`completer` None = 발췌 mode. `today` is the date that model costs are booked on."""

    def __init__(
        self,
        house: House,
        store: Store,
        *,
        collect: Callable[[Day], Awaitable[Collected]],
        read: Callable[[Item], Awaitable[Reading]],
        completer: Completer | None,
        today: Callable[[], date],
        waited: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self.house = house
        self.store = store
        self._collect = collect
        self._read = read
        self._completer = completer
        self._today = today
        self._waited = waited

    async def edition(
        self,
        on: date,
        profile: Profile,
        now: datetime,
        *,
        rebuild: bool = False,
        final: bool = False,
        progress: Callable[[str], None] = lambda words: None,
    ) -> Edition:
        """The edition of `on` as it stands at `now`: the stored one while it holds, else built. `final` makes it
        final as of now, also where the date has begun in a channel's zone only. Raises what `make_edition` does,
        and SettingsError for a day to come or a posted edition to rebuild."""
        if on > now.astimezone(_EARLIEST if final else self.house.zone).date():
            raise SettingsError("--date", f"아직 오지 않은 날입니다 ({on}).")
        status: Literal["draft", "final"] = "final" if final or now >= self.house.due(on) else "draft"
        stored = await self.store.editions.get(on, profile.key)
        if stored and not rebuild and _holds(stored, status, now):
            return stored
        if rebuild and await self.store.editions.posted(on, profile.key):
            raise SettingsError("--rebuild", f"{on} 호는 이미 채널에 게시되어 다시 만들 수 없습니다.")
        stamp = status if status == "final" else f"draft@{newest(now).date}"
        build, collecting = f"{on}/{profile.key}/{stamp}", f"{on}/collect/{stamp}"
        if rebuild:
            await self.store.steps.forget(build)
            await self.store.steps.forget(collecting)
        desk = await self._desk(on, profile, now, build, collecting, progress, anew=rebuild)
        categories = profile.categories or self.house.categories
        job = Job(on, profile, now, status, categories, self.house.judged, self.house.sample)
        edition = await make_edition(job, desk)
        if status == "draft":  # a draft is looked at once; the next one is to see the sources as they are then
            await self.store.steps.forget(build)
            await self.store.steps.forget(collecting)
        return edition

    async def week(self, on: date, profile: Profile, now: datetime) -> Week | None:
        """A new review of the week of `on`, by the model where there is one. Raises what `week_of` does."""
        return await week_of(
            self.store, on, profile, lambda made_of: self._llm(f"{on}/{profile.key}/week/{made_of}"), now
        )

    async def kept_week(self, on: date, profile: Profile) -> Week | None:
        """The one that stands already."""
        return await kept_week(self.store, on, profile, written=self._completer is not None)

    def without_model(self) -> "Newsroom":
        """The same newsroom in 발췌 mode."""
        return Newsroom(
            self.house, self.store, collect=self._collect, read=self._read, completer=None, today=self._today
        )

    async def budget_reached(self) -> str:
        """A sentence when today's model budget is used up, else empty."""
        if self._completer is None:
            return ""
        spent = await self.store.usage.spent(self._today())
        if spent.tokens_in + spent.tokens_out >= self.house.budget_tokens:
            return f"오늘의 토큰 예산({self.house.budget_tokens:,})을 다 썼습니다. 내일까지 발췌로 만듭니다."
        if spent.usd is not None and spent.usd >= self.house.budget_usd:
            return f"오늘의 비용 예산(${self.house.budget_usd:.2f})을 다 썼습니다. 내일까지 발췌로 만듭니다."
        return ""

    async def collect_now(self, profile: Profile, now: datetime) -> Collected:
        """What the sources give at this instant, kept nowhere (doctor)."""
        return await self._collect(day_at(now, profile.categories or self.house.categories))

    async def _desk(
        self, on: date, profile: Profile, now: datetime, build: str, collecting: str, progress: Callable[[str], None],
        *, anew: bool,
    ) -> Desk:  # fmt: skip
        llm, used = self._llm(build)

        async def collect() -> Collected:
            kept = await self.store.steps.get(collecting, "collect")
            if kept is not None:
                return await asyncio.to_thread(_COLLECTED.validate_json, kept.output)
            known = await self.store.items.ids(on - timedelta(days=_KNOWN_DAYS), on)
            day = day_at(min(now, self.house.ends(on)), await self._categories(profile), known)
            papers = await self.store.editions.papers(on - timedelta(days=MEMORY_DAYS), on)
            collected = await self._collect(replace(day, told=papers))
            packed = await asyncio.to_thread(_COLLECTED.dump_json, collected)
            await self.store.steps.put(collecting, "collect", packed.decode(), Usage(), self._today())
            await self.store.items.save(collected.items, on)
            await self.store.items.upvoted(collected.upvotes)
            if self.house.learns:
                await learning.learn(self.store, on)
            await asyncio.to_thread(_give_back)
            return collected

        async def seen(items: Sequence[Item]) -> frozenset[str]:
            return frozenset(await self.store.items.seen_before((item.id for item in items), on))

        async def save(edition: Edition) -> None:
            await self.store.editions.save(edition)

        async def record() -> Record | None:
            return await learning.record(self.store, on) if self.house.learns else None

        async def review() -> Week | None:
            kept = None if anew else await self.kept_week(on, profile)
            return kept or await week_of(self.store, on, profile, lambda made_of: (llm, used), now)

        told = await self.store.editions.told(profile, on - timedelta(days=MEMORY_DAYS), on)
        taste = await learning.taste(self.store, profile, on)
        return Desk(
            collect, seen, told, taste, record, await self._lent(on, profile), self._read, save, llm, used,
            self._waited, review, progress,
        )  # fmt: skip

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

    def _llm(self, build: str) -> tuple[Llm | None, Callable[[], Usage]]:
        if self._completer is None:
            return None, Usage
        steps = self.store.steps.of(build, self._today())
        kept = Checkpointed(
            self._completer, steps, budget_usd=self.house.budget_usd, budget_tokens=self.house.budget_tokens
        )
        return StructuredLlm(kept), lambda: kept.used


def _give_back() -> None:
    """Hands the memory of a day's pages back to the machine. glibc would keep 100 MB of it for later, and later is
    tomorrow; other C libraries do so unasked."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def _holds(stored: Edition, status: str, now: datetime) -> bool:
    """Whether a stored edition still stands: a final one always, a draft until its due time or a new batch."""
    return stored.status == "final" or (status == "draft" and stored.built_at >= newest(now).at)
