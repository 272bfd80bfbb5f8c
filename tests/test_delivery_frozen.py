"""A process that is stopped between its look at the lease and the first byte sends nothing when it wakes: by then
another may have sent it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.bench.local_platform import NAME, LocalPlatform
from bot.bench.platform_server import Behaviour, Server, serving
from bot.chat import Outcome, Place, Step, Unsure
from bot.delivery import DEFAULT, Courier
from bot.operator import Operator
from core.store import Due, Store, Subscription
from tests.editions import DAY, full
from tests.fake_discord import GUILD, fake_discord
from tests.fake_slack import FakeSlack
from tests.fakes import UNLIMITED, FakeClock, seoul
from tests.test_discord_posting import discord_at
from tests.test_slack_delivery import opened

DUE = seoul("2026-02-03 16:40")


@dataclass
class Frozen:
    """A platform whose process is stopped at the beginning of one write, for longer than its lease."""

    platform: Any
    clock: FakeClock
    at: int  # the step
    arrived: Callable[[], int]  # writes that the platform has got
    frozen: list[tuple[Outcome, int]] = field(default_factory=list)  # how it ended, and what arrived of it

    def __getattr__(self, name: str) -> Any:
        return getattr(self.platform, name)

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        if step.seq != self.at or self.frozen:
            return await self.platform.do(step, place, refs)
        before = self.arrived()
        self.clock.at += DEFAULT.lease * 2
        outcome = await self.platform.do(step, place, refs)
        self.frozen.append((outcome, self.arrived() - before))
        return outcome


@asynccontextmanager
async def on_slack(tmp_path: Path) -> AsyncIterator[tuple[Any, Callable[[], int]]]:
    async with FakeSlack().running() as slack:
        slack.channel("C1")
        async with opened(slack, tmp_path) as platform:
            yield platform, lambda: len(slack.called("chat.postMessage"))


@asynccontextmanager
async def on_discord(tmp_path: Path) -> AsyncIterator[tuple[Any, Callable[[], int]]]:
    async with fake_discord() as fake, discord_at(fake) as platform:
        yield platform, lambda: sum(method != "GET" for method, _, _ in fake.requests)


@asynccontextmanager
async def on_the_local_platform(tmp_path: Path) -> AsyncIterator[tuple[Any, Callable[[], int]]]:
    server = Server(Behaviour(answer_s=0.0, refused=0.0))
    async with serving(server) as url:
        platform = LocalPlatform(url, UNLIMITED)
        await platform.open()
        yield platform, lambda: sum(len(written) for written in server.written.values())
        await platform.close()


PLATFORMS = {
    "slack": (on_slack, "C1", ""),
    "discord": (on_discord, "100", GUILD),
    NAME: (on_the_local_platform, "C1", ""),
}


@pytest.mark.parametrize("step", [0, 3])
@pytest.mark.parametrize("name", PLATFORMS)
async def test_what_it_was_about_to_send_stays_unsent_and_goes_out_once(tmp_path: Path, name: str, step: int) -> None:
    where, channel, workspace = PLATFORMS[name]
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/a.db") as store, where(tmp_path) as (platform, arrived):
        await store.editions.save(full())
        await store.subscriptions.add(Subscription(name, channel, DUE - timedelta(days=1), workspace))
        (one,) = await store.subscriptions.list()
        await store.deliveries.plan([Due(DAY, "default", one.id, DUE)])
        clock = FakeClock(DUE)
        frozen = Frozen(platform, clock, step, arrived)
        courier = Courier(store, frozen, clock, "stopped", Operator(store, {}, None, clock))
        for _ in range(12):
            await courier.run(until_idle=True)
            clock.at += DEFAULT.lease
        ((outcome, sent),) = frozen.frozen
        assert isinstance(outcome, Unsure) and sent == 0
        (row,) = await store.deliveries.of(DAY)
        assert row.state == "done" and arrived() == len(platform.steps(full(), {}))
