"""Saturday's post: a week of days as they pass, and the review with its chart on both platforms, cut off and killed."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Platform
from bot.delivery import Courier
from bot.discord.components import nested
from bot.operator import Operator
from bot.slack import Slack
from core.model import Batch, Collected, Edition, Profile, SourceReport
from core.render import chart
from core.render.messages import messages
from core.render.plain import text
from core.sources import Day
from core.store import Due, Store, Subscription
from tests.days import Model, collected, newsroom
from tests.fake_discord import GUILD, FakeDiscord, Trouble, fake_discord
from tests.fake_slack import FakeSlack
from tests.fakes import FakeClock, FakePlatform, FakeSources, live, made_app, seoul, until
from tests.test_discord_posting import discord_at
from tests.test_slack_posting import settings as slack_settings
from tests.test_weekly import BINDING
from tests.weeks import FRIDAY, NOW, SATURDAY, TOLD, edition, keep, news, vote, week

DUE = seoul("2026-02-07 16:40")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/week.db") as opened:
        yield opened


class Week(FakeSources):
    """Each day brings what tests/weeks.py says of it, Saturday one piece of news, Sunday nothing."""

    async def collect(self, day: Day) -> Collected:
        items = tuple(item for on, item, *_ in TOLD if on == day.date)
        if day.date == SATURDAY:
            items = (news("https://news.example/sat", "Example ships agent updates", "Example shipped an update."),)
        batch = Batch(day.date, day.now, len(items)) if day.date.weekday() < 5 else None
        return Collected(items, batch, (SourceReport("arXiv", True, len(items)),))


async def test_a_week_of_days_ends_in_its_review(store: Store, tmp_path: Path) -> None:
    clock = FakeClock(seoul("2026-02-02 09:00"))
    slack = FakePlatform(clock)
    app = made_app(store, clock, tmp_path, slack, sources=Week(clock))
    await store.subscriptions.add(Subscription("slack", "C1", datetime(2026, 1, 1, tzinfo=UTC)))
    for day in range(2, 9):
        await live(app, clock, seoul(f"2026-02-0{day} 16:45"))
        if day == 6:
            await vote(store, "U1", FRIDAY, 1, 1)
        await live(app, clock, seoul(f"2026-02-0{day} 23:30"), timedelta(hours=1))
    days = {at.astimezone(UTC).day for _, seq, at in slack.out if seq == 0}
    assert days == {2, 3, 4, 5, 6, 7}, "nothing on a Sunday without news"
    saturday = await store.editions.get(SATURDAY)
    assert saturday and saturday.week
    assert saturday.week.stories == len(TOLD) and saturday.week.favourites[0].mention.date == FRIDAY
    assert [seq for _, seq, at in slack.out if at.astimezone(UTC).day == 7] == list(range(len(messages(saturday)) + 1))
    assert "한 주의 흐름" in text(messages(saturday)[1])
    page = (tmp_path / "editions" / "2026-02-07.html").read_text(encoding="utf-8")
    assert 'class="week"' in page and "원문 발췌" in page
    others = [each for each in await editions(store) if each.date != SATURDAY]
    assert len(others) == 6 and all(each.week is None for each in others)


async def editions(store: Store) -> list[Edition]:
    found = [await store.editions.get(on) for on in await store.editions.dates()]
    return [each for each in found if each]


@pytest.fixture
async def saturday(store: Store) -> Edition:
    """Saturday's edition with its review, due in slack:C1 and discord:100."""
    await keep(store, week())
    review = await newsroom(store, collected(), Model({"week": BINDING})).week(SATURDAY, Profile(), NOW)
    told = [(SATURDAY, *each[1:]) for each in TOLD[3:5]]
    made = replace(edition(SATURDAY, told), week=review)
    await store.editions.save(made)
    for platform, channel in (("slack", "C1"), ("discord", "100")):
        await store.subscriptions.add(Subscription(platform, channel, DUE - timedelta(days=1), GUILD))
    for one in await store.subscriptions.list():
        await store.deliveries.plan([Due(SATURDAY, "default", one.id, DUE)])
    return made


async def deliver(store: Store, platform: Platform, clock: FakeClock) -> None:
    """Processes come and go until it is done."""
    for n in range(12):
        await courier(store, platform, clock, f"later-{n}").run(until_idle=True)
        rows = {row.platform: row for row in await store.deliveries.of(SATURDAY)}
        if rows[platform.name].state == "done":
            return
        clock.at += timedelta(seconds=31)
    raise AssertionError(f"not done: {rows}")


def courier(store: Store, platform: Platform, clock: FakeClock, owner: str) -> Courier:
    return Courier(store, platform, clock, owner, Operator(store, {}, None, clock))


def assert_on_slack(slack: FakeSlack, made: Edition) -> None:
    """Root, review with its chart, stories, closing: each once, in order."""
    root, review, *rest = slack.said("C1")
    assert len(rest) == len(made.stories) + 1
    shown = chart.picture(made.week) if made.week else None
    assert shown and slack.pictures(review) == [shown.data]
    assert "한 주의 흐름" in review["text"] and "에이전트의 도구 호출과 기억" in str(root["blocks"])
    assert not any(slack.pictures(message) for message in (root, *rest))


@pytest.mark.parametrize("how", ["", "lost", "500", "429:1", "invalid_blocks"])
async def test_on_slack_the_review_stands_once_whatever_happens(store: Store, saturday: Edition, how: str) -> None:
    async with FakeSlack().running() as slack:
        slack.channel("C1")
        slack.fail("chat.postMessage", "", how)
        platform = Slack(slack_settings(slack))
        await platform.open()
        await deliver(store, platform, FakeClock(DUE))
        await platform.close()
        assert_on_slack(slack, saturday)


ENDS: dict[str, dict[str, Any]] = {
    "reply lost": {"done": True},
    "not received": {},
    "502 after success": {"status": 502, "done": True},
    "429": {"status": 429, "retry_after": 2.0},
}


def assert_on_discord(discord: FakeDiscord, made: Edition) -> None:
    (thread,) = discord.threads("100")
    review, *rest = discord.messages[thread["id"]]
    shown = chart.picture(made.week) if made.week else None
    assert shown and bytes.fromhex(review["attachments"][0]["data"]) == shown.data
    assert [c["items"][0]["description"] for c in nested(review["components"]) if c["type"] == 12] == [shown.alt]
    assert len(rest) == len(made.stories) + 1 and not any(message["attachments"] for message in rest)
    assert len(discord.messages["100"]) == 1 and not discord.over, discord.over


@pytest.mark.parametrize("end", ENDS)
async def test_on_discord_the_review_stands_once_whatever_happens(store: Store, saturday: Edition, end: str) -> None:
    async with fake_discord(nonce_window_s=0.0) as discord, discord_at(discord) as platform:
        discord.troubles.append(Trouble("POST", r"/channels/\d+/messages", skip=1, **ENDS[end]))
        await deliver(store, platform, FakeClock(DUE))
        assert_on_discord(discord, saturday)


async def test_killed_while_the_review_goes_out_it_stands_once(store: Store, saturday: Edition) -> None:
    async with fake_discord(nonce_window_s=0.0) as discord, discord_at(discord) as platform:
        clock = FakeClock(DUE)
        discord.troubles.append(Trouble("POST", r"/channels/\d+/messages", skip=1, done=True, hang_s=30.0))

        def out() -> bool:
            return any(each["attachments"] for on in discord.messages.values() for each in on)

        while not out():
            first = asyncio.create_task(courier(store, platform, clock, "first").run(until_idle=True))
            await until(lambda: out() or first.done())  # noqa: B023
            clock.at += timedelta(seconds=0 if out() else 31)
        first.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await first
        clock.at += timedelta(seconds=31)
        await deliver(store, platform, clock)
        assert_on_discord(discord, saturday)


async def test_a_server_full_of_threads_shows_the_chart_in_the_channel(store: Store, saturday: Edition) -> None:
    async with fake_discord(most_threads=0) as discord, discord_at(discord) as platform:
        await deliver(store, platform, FakeClock(DUE))
        (shown,) = [each for each in discord.messages["100"] if each["attachments"]]
        assert any(component["type"] == 12 for component in nested(shown["components"]))
        assert not discord.over, discord.over
