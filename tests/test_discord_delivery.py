"""A whole delivery to Discord over TCP, killed or cut off at every one of its writes: nothing lost, doubled or out of
order. The server forgets nonces at once, so that nothing but looking saves us."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.delivery import Courier
from bot.discord import Discord
from bot.operator import Operator
from core.store import Due, Store, Subscription
from tests.editions import DAY, full
from tests.fake_discord import GUILD, FakeDiscord, Trouble, fake_discord
from tests.fakes import FakeClock, seoul, until
from tests.test_discord_posting import discord_at

DUE = seoul("2026-02-03 16:40")
WRITES = 9  # root, upgrade, thread, five stories, closing
ANY: dict[str, Any] = {"method": "POST|PATCH", "path": r"/channels/.*"}
ENDS: dict[str, dict[str, Any]] = {
    "reply lost": {"done": True},
    "not received": {},
    "502 after success": {"status": 502, "done": True},
    "502": {"status": 502},
    "429": {"status": 429, "retry_after": 2.0},
}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/a.db") as opened:
        await opened.editions.save(full())
        await opened.subscriptions.add(Subscription("discord", "100", DUE - timedelta(days=1), GUILD))
        (one,) = await opened.subscriptions.list()
        await opened.deliveries.plan([Due(DAY, "default", one.id, DUE)])
        yield opened


def courier(store: Store, platform: Discord, clock: FakeClock, owner: str) -> Courier:
    return Courier(store, platform, clock, owner, Operator(store, {}, None, clock))


async def deliver(store: Store, platform: Discord, clock: FakeClock, name: str = "later") -> None:
    """Processes come and go until it is done."""
    for n in range(12):
        await courier(store, platform, clock, f"{name}-{n}").run(until_idle=True)
        (row,) = await store.deliveries.of(DAY)
        if row.state == "done":
            return
        clock.at += timedelta(seconds=31)
    raise AssertionError(f"not done: {row}")


def assert_complete(fake: FakeDiscord, kind: str = "text") -> None:
    threads = fake.threads("100")
    assert len(threads) == 1, "one thread"
    told = fake.texts(threads[0]["id"])
    if kind == "text":
        assert len(fake.messages["100"]) == 1, "one root"
        told = [fake.texts("100")[0], *told]
    heads = [f"### {story.n}" for story in full().stories]
    assert len(told) == 7
    assert told[0].startswith("## AI Daily")
    assert [text[:5] for text in told[1:6]] == heads
    assert told[6].startswith("### 오늘의 실무 액션")
    assert not fake.over


@pytest.mark.parametrize("how", list(ENDS.values()), ids=list(ENDS))
@pytest.mark.parametrize("write", range(WRITES))
async def test_a_write_that_ends_badly_loses_and_doubles_nothing(store: Store, write: int, how: dict[str, Any]) -> None:
    async with fake_discord(nonce_window_s=0.0) as fake, discord_at(fake) as platform:
        fake.troubles.append(Trouble(**ANY, **how, skip=write))
        await deliver(store, platform, FakeClock(DUE))
        assert not fake.troubles
        assert_complete(fake)


@pytest.mark.parametrize(
    ("kind", "write"), [("text", n) for n in range(WRITES)] + [("forum", n) for n in range(WRITES - 1)]
)
async def test_a_process_killed_in_a_write_leaves_it_to_the_next(store: Store, write: int, kind: str) -> None:
    clock = FakeClock(DUE)
    async with fake_discord(nonce_window_s=0.0) as fake, discord_at(fake) as platform:
        if kind == "forum":
            fake.channel("100", type=15)
        fake.troubles.append(Trouble(**ANY, done=True, hang_s=30.0, skip=write))
        killed = asyncio.create_task(deliver(store, platform, clock, "killed"))
        await until(lambda: not fake.troubles)
        await asyncio.sleep(0.05)
        killed.cancel()
        with contextlib.suppress(asyncio.CancelledError, BaseExceptionGroup):
            await killed
        await deliver(store, platform, clock)
        assert_complete(fake, kind)


@pytest.mark.parametrize("how", [{"done": True, "hang_s": 30.0}, *ENDS.values()], ids=["killed", *ENDS])
@pytest.mark.parametrize("write", range(3))
async def test_without_a_thread_what_follows_the_root_is_there_once_and_in_order(
    store: Store, write: int, how: dict[str, Any]
) -> None:
    """The server has all the threads it may have: the stories come together, none of them parted."""
    clock = FakeClock(DUE)
    async with fake_discord(nonce_window_s=0.0, most_threads=0) as fake, discord_at(fake) as platform:
        fake.troubles.append(Trouble("POST", r"/channels/100/messages", **how, skip=write))
        first = asyncio.create_task(deliver(store, platform, clock, "first"))
        await until(lambda: not fake.troubles)
        if "hang_s" in how:
            await asyncio.sleep(0.05)
            first.cancel()
        with contextlib.suppress(asyncio.CancelledError, BaseExceptionGroup):
            await first
        await deliver(store, platform, clock)
        root, *together = fake.texts("100")
    assert root.startswith("## AI Daily") and not fake.threads("100") and not fake.over
    everything = "\n".join(together)
    for story in full().stories:
        assert everything.count(f"### {story.n}") == 1
        assert any(
            f"### {story.n}" in text and story.one_liner in text and story.risks[-1].text in text for text in together
        )
    assert everything.index("### 5") < everything.index("### 오늘의 실무 액션")


async def test_a_channel_that_forbids_it_is_paused_and_not_asked_again(store: Store) -> None:
    async with fake_discord() as fake, discord_at(fake) as platform:
        fake.troubles.append(Trouble(**ANY, status=403, code=50013))
        for n in range(3):
            await courier(store, platform, FakeClock(DUE + timedelta(minutes=n)), f"p{n}").run(until_idle=True)
        assert len(fake.bodies("POST", ".*")) == 1
    subscribed = await store.subscriptions.get("discord", "100")
    assert subscribed and not subscribed.active and "/aidaily subscribe" in subscribed.paused_reason
