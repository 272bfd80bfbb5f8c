"""When which edition is due in which channel: zones, clock changes, weekdays, ages; and the rows that come of it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.planning import HOUSE_TIME, Planner, Post, Rules, last_post, next_post
from core.house import House
from core.model import Profile
from core.store import Store, Subscription
from tests.fakes import SEOUL, FakeClock, seoul

LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def channel(tz: str = "Asia/Seoul", **other: object) -> Subscription:
    return replace(Subscription("slack", "C1", LONG_AGO, tz=tz), **other)  # type: ignore[arg-type]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/planning.db") as opened:
        yield opened


def planner(store: Store, at: datetime, **rules: object) -> Planner:
    return Planner(store, FakeClock(at), replace(Rules(House(SEOUL), Profile()), **rules), ["slack"])  # type: ignore[arg-type]


def test_at_the_minute_the_edition_is_due_and_a_moment_before_it_is_not() -> None:
    due = seoul("2026-02-03 16:40")
    assert last_post(channel(), due) == Post(date(2026, 2, 3), due)
    assert last_post(channel(), due - timedelta(microseconds=1)).date == date(2026, 2, 2)
    assert next_post(channel(), due).date == date(2026, 2, 4)
    assert next_post(channel(), due - MINUTE) == Post(date(2026, 2, 3), due)


@pytest.mark.parametrize(
    ("tz", "on", "utc"),
    [
        ("America/New_York", date(2026, 3, 6), "2026-03-06T21:40"),  # the Friday before the clocks go forward
        ("America/New_York", date(2026, 3, 9), "2026-03-09T20:40"),  # the Monday after
        ("America/New_York", date(2026, 10, 30), "2026-10-30T20:40"),
        ("America/New_York", date(2026, 11, 2), "2026-11-02T21:40"),
        ("Europe/Berlin", date(2026, 3, 27), "2026-03-27T15:40"),
        ("Europe/Berlin", date(2026, 3, 30), "2026-03-30T14:40"),
        ("Pacific/Kiritimati", date(2026, 2, 3), "2026-02-03T02:40"),
        ("Pacific/Pago_Pago", date(2026, 2, 3), "2026-02-04T03:40"),
    ],
)
def test_the_date_and_the_hour_are_those_of_the_channels_zone(tz: str, on: date, utc: str) -> None:
    due = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert last_post(channel(tz), due + HOUR) == Post(on, due)


def test_a_time_that_the_clocks_jump_over_is_posted_once_and_one_that_comes_twice_too() -> None:
    jumped = channel("America/New_York", post_at="02:30")
    around = [datetime(2026, 3, 7, 12, tzinfo=UTC) + n * 6 * HOUR for n in range(9)]
    assert [last_post(jumped, at).date.day for at in around] == [7, 7, 7, 7, 8, 8, 8, 8, 9]
    twice = channel("America/New_York", post_at="01:30")
    first = last_post(twice, datetime(2026, 11, 1, 5, 45, tzinfo=UTC))
    assert first == last_post(twice, datetime(2026, 11, 1, 6, 45, tzinfo=UTC))
    assert first.at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_only_the_channels_weekdays_count() -> None:
    friday = channel(weekdays=(4,))
    assert last_post(friday, seoul("2026-02-05 20:00")).date == date(2026, 1, 30)
    assert next_post(friday, seoul("2026-02-05 20:00")).date == date(2026, 2, 6)


@given(
    at=st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: LONG_AGO + minutes * MINUTE),
    tz=st.sampled_from(["Asia/Seoul", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia"]),
    post_at=st.times().map(lambda time: f"{time:%H:%M}"),
    weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
)
def test_the_last_post_and_the_next_have_none_between_them(
    at: datetime, tz: str, post_at: str, weekdays: tuple[int, ...]
) -> None:
    one = channel(tz, post_at=post_at, weekdays=weekdays)
    last, following = last_post(one, at), next_post(one, at)
    assert last.at <= at < following.at
    assert last.date < following.date and {last.date.weekday(), following.date.weekday()} <= set(weekdays)
    assert next_post(one, last.at) == following and last_post(one, following.at) == following


async def test_rows_are_made_half_a_minute_before_they_fall_due(store: Store) -> None:
    await store.subscriptions.add(channel())
    assert not await planner(store, seoul("2026-02-03 16:39")).plan()
    assert await planner(store, seoul("2026-02-03 16:39") + 31 * timedelta(seconds=1)).plan()
    [row] = await store.deliveries.of(date(2026, 2, 3))
    assert row.due_at == seoul("2026-02-03 16:40")


async def test_an_edition_is_built_the_lead_before_its_first_channel_wants_it(store: Store) -> None:
    await store.subscriptions.add(channel())
    await store.subscriptions.add(channel("Pacific/Auckland", channel="C2"))
    await store.subscriptions.add(channel(channel="C3", profile=Profile(stories=3)))
    await planner(store, seoul("2026-02-03 12:30")).plan()
    await planner(store, seoul("2026-02-03 16:30")).plan()
    builds = {row.profile: row.due_at for row in await store.builds.of(date(2026, 2, 3))}
    assert builds == {
        "default": seoul("2026-02-03 12:20"),  # 16:40 in Auckland is 12:40 in Korea
        Profile(stories=3).key: seoul("2026-02-03 16:20"),
    }


async def test_what_is_older_than_the_maximum_age_is_not_planned_and_what_waited_longer_is_skipped(
    store: Store,
) -> None:
    await store.subscriptions.add(channel())
    assert not await planner(store, seoul("2026-02-04 04:41")).plan()
    assert await planner(store, seoul("2026-02-04 04:39")).plan()
    await planner(store, seoul("2026-02-04 04:41")).plan()
    [row] = await store.deliveries.of(date(2026, 2, 3))
    assert row.state == "skipped" and "늦어" in row.reason


async def test_a_channel_gets_nothing_that_fell_due_before_it_subscribed(store: Store) -> None:
    await store.subscriptions.add(channel(created_at=seoul("2026-02-03 17:00")))
    assert not await planner(store, seoul("2026-02-03 17:01")).plan()
    assert await planner(store, seoul("2026-02-04 16:40")).plan()
    assert await store.deliveries.of(date(2026, 2, 3)) == ()


async def test_paused_removed_and_foreign_channels_are_not_planned(store: Store) -> None:
    await store.subscriptions.add(channel())
    await store.subscriptions.add(channel(channel="C2"))
    await store.subscriptions.add(channel(channel="C3", platform="discord"))
    await store.subscriptions.pause("slack", "C1", "채널이 보관되었습니다.")
    await store.subscriptions.remove("slack", "C2")
    assert not await planner(store, seoul("2026-02-03 16:40")).plan()
    assert await store.builds.of(date(2026, 2, 3)) == ()


async def test_a_channel_without_a_time_of_its_own_follows_the_house(store: Store) -> None:
    own = await store.subscriptions.add(channel(post_at="09:00"))
    follows = await store.subscriptions.add(channel(channel="C2", settings={HOUSE_TIME: "16:40 Asia/Seoul"}))
    house = House(ZoneInfo("Europe/Berlin"), time(8))
    rules = Rules(house, Profile(categories=("cs.RO",)))
    assert (rules.resolved(own).post_at, rules.resolved(own).tz) == ("09:00", "Asia/Seoul")
    assert (rules.resolved(follows).post_at, rules.resolved(follows).tz) == ("08:00", "Europe/Berlin")
    assert rules.resolved(follows).profile.categories == ("cs.RO",)
    assert rules.resolved(replace(follows, post_at="10:00")).post_at == "10:00"  # a person has chosen
    chosen = replace(own, profile=Profile(categories=("cs.SE",)))
    assert rules.resolved(chosen).profile.categories == ("cs.SE",)


async def test_planning_again_makes_nothing_new_also_in_another_process(store: Store) -> None:
    await store.subscriptions.add(channel())
    first = planner(store, seoul("2026-02-03 16:40"))
    assert await first.plan() and not await first.plan()
    assert not await planner(store, seoul("2026-02-03 16:41")).plan()
