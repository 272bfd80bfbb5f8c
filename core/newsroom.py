"""The newsroom: which edition stands for a day, and the build of one that is missing.

An edition built before its due time is a draft: shown, never posted, replaced by the due build. What a build works with
is furnishing.py's.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from core.daily import make_edition
from core.desk import Job
from core.errors import SettingsError
from core.furnishing import Furnisher
from core.house import House
from core.llm import Completer
from core.model import Collected, Edition, Item, Profile, Reading
from core.sources import Day
from core.sources.calendar import day_at, newest
from core.store import Store
from core.week import Week
from core.weekly import week_of

_EARLIEST = ZoneInfo("Etc/GMT-14")  # where a date begins first


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
        self._furnisher = Furnisher(house, store, collect, read, completer, today, waited)

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
        desk = await self._furnisher.desk(on, profile, now, build, collecting, progress, anew=rebuild)
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
            self.store, on, profile, lambda made_of: self._furnisher.llm(f"{on}/{profile.key}/week/{made_of}"), now
        )

    async def kept_week(self, on: date, profile: Profile) -> Week | None:
        """The one that stands already."""
        return await self._furnisher.kept_week(on, profile)

    async def budget_reached(self) -> str:
        """A sentence when today's model budget is used up, else empty."""
        if self._furnisher.completer is None:
            return ""
        spent = await self.store.usage.spent(self._furnisher.today())
        reached = spent.reached(self.house.budget_usd, self.house.budget_tokens)
        return reached and f"{reached} 내일까지 발췌로 만듭니다."

    async def collect_now(self, profile: Profile, now: datetime) -> Collected:
        """What the sources give at this instant, kept nowhere (doctor)."""
        return await self._furnisher.collect(day_at(now, profile.categories or self.house.categories))


def _holds(stored: Edition, status: str, now: datetime) -> bool:
    """Whether a stored edition still stands: a final one always, a draft until its due time or a new batch."""
    return stored.status == "final" or (status == "draft" and stored.built_at >= newest(now).at)
