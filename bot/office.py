"""The office: planning, building and delivery put together for `run` and `post`."""

import asyncio
import contextlib
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.app import App
from bot.archive import Archive
from bot.building import Builder
from bot.clock import Clock
from bot.delivery import DEFAULT, Courier, Timing
from bot.operator import Operator
from bot.planning import HOUSE_TIME, Planner, Rules
from bot.settings import Settings
from bot.terminal import NAME as TERMINAL
from core.errors import StoreError
from core.store import Store, Subscription

_PRESENT_S = 20.0


@dataclass(frozen=True, slots=True)
class Office:
    """`owner` names this process for one life of it."""

    store: Store
    clock: Clock
    owner: str
    rules: Rules
    planner: Planner
    builder: Builder
    archive: Archive
    couriers: tuple[Courier, ...]
    operator: Operator

    async def arrive(self) -> None:
        """Says for a while that this process is there, and takes its share of the platforms' rates."""
        now = self.clock.now()
        await self.store.locks.acquire(f"process/{self.owner}", self.owner, _PRESENT_S, now)
        share = await self.store.locks.held("process/", now)
        for courier in self.couriers:
            courier.turns.share = max(1, share)

    async def leave(self) -> None:
        """Makes room for the others at once; where the database is away, they will see it by the time."""
        with contextlib.suppress(StoreError):
            await self.store.locks.release(f"process/{self.owner}", self.owner)

    async def build(self) -> None:
        """Everything that is due to be built."""
        while await self.builder.build_due():
            self.wake()

    async def shelve(self) -> None:
        """The archive as the store is, in small goes."""
        while not await self.archive.keep(self.clock.now().astimezone(self.rules.house.zone).date()):  # noqa: ASYNC110
            await asyncio.sleep(0.2)

    async def remind(self) -> None:
        """The operator, of what could not be told when it failed."""
        await self.operator.catch_up(self.clock.now().astimezone(self.rules.house.zone).date())

    def wake(self) -> None:
        for courier in self.couriers:
            courier.wake()

    def stop(self) -> None:
        for courier in self.couriers:
            courier.stop()


def office(app: App, clock: Clock, *, at: Callable[[date], datetime] | None = None, timing: Timing = DEFAULT) -> Office:
    """`at`: the instant as of which an edition of a date is built; None = the clock's."""
    settings, store = app.settings, app.store
    owner = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    rules = rules_of(app)
    operator = Operator(store, app.platforms, settings.admin_channel, clock)
    folder = settings.aidaily_home / "editions"
    archive = Archive(store, folder, settings.retention_days)
    planner = Planner(store, clock, rules, app.platforms)
    builder = Builder(
        app.newsroom, store, clock, owner, operator, profile_of=planner.profile, too_late=planner.too_late,
        at=at or (lambda on: clock.now()), folder=folder, archive=archive, max_age=rules.max_age,
        lease=timing.build_lease,
    )  # fmt: skip
    timing = replace(timing, max_age=rules.max_age)
    couriers = tuple(Courier(store, each, clock, owner, operator, timing) for each in app.platforms.values())
    return Office(store, clock, owner, rules, planner, builder, archive, couriers, operator)


def rules_of(app: App) -> Rules:
    return Rules(app.newsroom.house, app.profile, timedelta(hours=app.settings.max_age_hours))


@asynccontextmanager
async def opened_platforms(app: App) -> AsyncIterator[None]:
    """Ready to write while the block runs. Raises SettingsError for a refused token."""
    async with AsyncExitStack() as stack:
        for platform in app.platforms.values():
            await platform.open()
            stack.push_async_callback(platform.close)
        yield


async def seed(app: App, now: datetime) -> int:
    """The subscriptions that the environment names, where the channel was never known; their number."""
    return await app.store.subscriptions.seed(_named(app.settings, TERMINAL in app.platforms, now))


def new_subscription(settings: Settings, platform: str, channel: str, now: datetime) -> Subscription:
    """As a channel begins: at the house's time, with the house's profile."""
    post_at, zone = settings.post_at, settings.timezone
    return Subscription(platform, channel, now, post_at=post_at, tz=zone, settings={HOUSE_TIME: f"{post_at} {zone}"})


def _named(settings: Settings, terminal: bool, now: datetime) -> tuple[Subscription, ...]:
    names = [("slack", channel) for channel in settings.slack_channels]
    names += [("discord", channel) for channel in settings.discord_channels]
    names += [(TERMINAL, "local")] if terminal else []
    return tuple(new_subscription(settings, platform, channel, now) for platform, channel in names)
