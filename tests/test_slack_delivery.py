"""Whole deliveries to Slack over HTTP: from the day's sources to what a channel received, cut off or killed at every
write, and at Slack's own pace."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.delivery import Courier
from bot.operator import Operator
from bot.slack import Slack
from core.llm.recorded import Recorded
from core.sample import sample_day, sample_replies
from core.store import Due, Store, Subscription
from tests.editions import DAY, full
from tests.fake_slack import FakeSlack
from tests.fakes import FakeClock, FakeSources, live, made_app, seoul, until
from tests.slack_team import settings
from tests.test_slack_people import words

DUE = seoul("2026-02-03 16:40")
WRITES = 7  # root, five stories, closing
ENDS = ("lost", "500", "html", "internal_error", "429:2", "some_new_word")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/a.db") as opened:
        yield opened


@asynccontextmanager
async def opened(slack: FakeSlack, home: Path, **other: Any) -> AsyncIterator[Slack]:
    platform = Slack(settings(slack, home, **other))
    await platform.open()
    yield platform
    await platform.close()


async def due(store: Store, *channels: str) -> None:
    await store.editions.save(full())
    for channel in channels:
        await store.subscriptions.add(Subscription("slack", channel, DUE - timedelta(days=1)))
    await store.deliveries.plan([Due(DAY, "default", one.id, DUE) for one in await store.subscriptions.list()])


async def deliver(store: Store, platform: Slack, clock: FakeClock, name: str = "later") -> None:
    """Processes come and go until it is done."""
    for n in range(12):
        courier = Courier(store, platform, clock, f"{name}-{n}", Operator(store, {}, None, clock))
        await courier.run(until_idle=True)
        if all(row.state == "done" for row in await store.deliveries.of(DAY)):
            return
        clock.at += timedelta(seconds=31)
    raise AssertionError(await store.deliveries.of(DAY))


def assert_complete(slack: FakeSlack, channel: str = "C1") -> None:
    root, *below = slack.said(channel)
    assert len(below) == 6 and {message["thread_ts"] for message in below} == {root["ts"]}
    assert "thread_ts" not in root
    told = [words(message["blocks"]) for message in below]
    assert all(story.headline in text for story, text in zip(full().stories, told, strict=False))
    assert "오늘의 실무 액션" in told[-1]
    keys = [message["metadata"]["event_payload"]["key"] for message in (root, *below)]
    assert len(set(keys)) == WRITES


@pytest.mark.parametrize("how", ENDS)
@pytest.mark.parametrize("write", range(WRITES))
async def test_a_write_that_ends_badly_loses_and_doubles_nothing(
    store: Store, slack: FakeSlack, tmp_path: Path, write: int, how: str
) -> None:
    await due(store, "C1")
    slack.fail("chat.postMessage", *[""] * write, how)
    async with opened(slack, tmp_path) as platform:
        await deliver(store, platform, FakeClock(DUE))
    assert_complete(slack)


@pytest.mark.parametrize("write", range(WRITES))
async def test_a_process_killed_in_a_write_leaves_it_to_the_next(
    store: Store, slack: FakeSlack, tmp_path: Path, write: int
) -> None:
    await due(store, "C1")
    clock = FakeClock(DUE)
    slack.fail("chat.postMessage", *[""] * write, "hang")
    async with opened(slack, tmp_path) as platform:
        killed = asyncio.create_task(deliver(store, platform, clock, "killed"))
        await until(lambda: len(slack.called("chat.postMessage")) > write)
        await asyncio.sleep(0.05)
        killed.cancel()
        with contextlib.suppress(asyncio.CancelledError, BaseExceptionGroup):
            await killed
        await deliver(store, platform, clock)
    assert_complete(slack)


async def test_a_day_from_its_sources_to_what_the_channels_received(
    store: Store, slack: FakeSlack, tmp_path: Path
) -> None:
    """Built at 16:20, posted at 16:40; one channel wants the root alone, one has let us go, and the operator hears."""
    slack.channel("C2")
    slack.channel("C3", private=True, joined=False)
    slack.channel("COPS")
    clock = FakeClock(seoul("2026-02-03 15:00"))
    for channel, chosen in (("C1", {}), ("C2", {"root_only": True}), ("C3", {})):
        await store.subscriptions.add(Subscription("slack", channel, DUE - timedelta(days=2), settings=chosen))
    async with opened(slack, tmp_path) as platform:
        app = made_app(
            store, clock, tmp_path, sources=FakeSources(clock, sample_day().items),
            completer=Recorded(sample_replies()), admin_channel="slack:COPS",
        )  # fmt: skip
        await live(replace(app, platforms={"slack": platform}), clock, seoul("2026-02-03 18:00"))
    edition = await store.editions.get(DAY, "default")
    assert edition and edition.status == "final" and len(edition.stories) == 5
    root, *stories, closing = slack.said("C1")
    assert {message["thread_ts"] for message in (*stories, closing)} == {root["ts"]}
    for story, message in zip(edition.stories, stories, strict=True):
        assert story.headline in words(root["blocks"]) and story.headline in words(message["blocks"])
        assert all(claim.text in words(message["blocks"]) for claim in story.summary)
        assert {link.url for link in story.links} <= set(addresses(message["blocks"]))
    assert all(action.text in words(closing["blocks"]) for action in edition.actions)
    shown = [item.url for item in edition.index if item.id in edition.shortlist]
    assert shown and set(shown) <= set(addresses(closing["blocks"]))
    (alone,) = slack.said("C2")
    assert all(story.headline in words(alone["blocks"]) for story in edition.stories)
    gone = await store.subscriptions.get("slack", "C3")
    assert gone and not gone.active and "초대" in gone.paused_reason
    assert "C3" in words(slack.said("COPS"))


def addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        found = [value["url"]] if isinstance(value.get("url"), str) else []
        return found + [url for each in value.values() for url in addresses(each)]
    return [url for each in value for url in addresses(each)] if isinstance(value, list) else []


async def test_at_slacks_pace_no_channel_is_refused_and_none_is_five_percent_slower(tmp_path: Path) -> None:
    """A message a second and channel, by the clock of the one who counts: 7 messages take 6 s at the least. A busy
    machine gets three tries."""
    for _ in range(3):
        spans, calls = await paced(tmp_path, channels=3)
        if calls == 3 * WRITES and max(spans) < 6.0 * 1.05:
            break
    assert calls == 3 * WRITES, "no write was refused"
    assert min(spans) >= 6.0 and max(spans) < 6.0 * 1.05


async def paced(home: Path, channels: int) -> tuple[list[float], int]:
    """Seconds from the first to the last message of each channel, and how often it was tried to write."""
    names = [f"C{n}" for n in range(channels)]
    async with (
        FakeSlack(per_channel_s=1.0).running() as slack,
        Store(f"sqlite+aiosqlite:///{home}/{secrets.token_hex(4)}.db") as store,
        opened(slack, home) as platform,
    ):
        for name in names:
            slack.channel(name)
        await due(store, *names)
        clock = SystemClock()
        courier = Courier(store, platform, clock, "paced", Operator(store, {}, None, clock))
        running = asyncio.create_task(courier.run())
        await until(lambda: all(len(slack.said(name)) == WRITES for name in names))
        courier.stop()
        await running
        said = [[float(message["ts"]) for message in slack.said(name)] for name in names]
        return [last - first for first, *_, last in said], len(slack.called("chat.postMessage"))
