"""Days as they pass, on a clock that jumps: down at 16:40, days off, clocks set back, zones, weekends, bad builds."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import App
from bot.chat import NotSent
from bot.office import office, rules_of
from bot.status import status
from core.errors import LlmMisset
from core.llm import Completion, Request, Usage
from core.model import Profile
from core.store import Store, Subscription
from tests.editions import papers
from tests.fakes import FakeClock, FakePlatform, FakeSources, live, made_app, seoul, tick

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 2, 3), date(2026, 2, 4), date(2026, 2, 5)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class World:
    """One process's life: a clock, a platform, sources and an app that can be started again and again."""

    def __init__(self, store: Store, home: Path, start: str) -> None:
        self.clock = FakeClock(seoul(start))
        self.slack = FakePlatform(self.clock)
        self.sources = FakeSources(self.clock)
        self.store = store
        self.app: App = made_app(store, self.clock, home, self.slack, sources=self.sources, admin_channel="slack:COPS")

    async def subscribe(self, channel: str = "C1", **other: object) -> None:
        wanted = replace(Subscription("slack", channel, LONG_AGO), **other)  # type: ignore[arg-type]
        await self.store.subscriptions.add(wanted)

    async def live(self, until: str, step: timedelta = 10 * MINUTE) -> None:
        await live(self.app, self.clock, seoul(until), step)

    def roots(self, channel: str = "C1") -> list[datetime]:
        return [at for name, at in self.slack.times(0) if name == channel]

    def complete(self, editions: int, channel: str = "C1") -> bool:
        """Nothing lost, nothing doubled, all in order."""
        return self.slack.seqs(channel) == list(range(8)) * editions


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/days.db") as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


async def test_an_ordinary_day_is_built_ahead_and_posted_to_the_second(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 09:00")
    await world.subscribe()
    await world.live("2026-02-03 23:00")
    [at] = world.roots()
    assert timedelta(0) <= at - seoul("2026-02-03 16:40") < timedelta(seconds=1)
    assert world.complete(1)
    [(_, built)] = world.sources.asked
    assert seoul("2026-02-03 16:19") <= built <= seoul("2026-02-03 16:30")
    assert (home / "editions" / "2026-02-03.md").exists() and (home / "editions" / "2026-02-03.html").exists()


async def test_down_over_1640_is_up_at_1640_a_little_later(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 18:05")
    await world.subscribe()
    await world.live("2026-02-03 18:10", MINUTE)
    assert world.complete(1) and world.roots()[0] < seoul("2026-02-03 18:06")


async def test_after_three_days_off_there_is_one_edition_not_three(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    await world.subscribe()
    await world.live("2026-02-03 17:00")
    world.clock.at = seoul("2026-02-06 18:00")
    await world.live("2026-02-06 20:00")
    assert world.complete(2)
    assert [at.astimezone(UTC).date() for at in world.roots()] == [TUESDAY, date(2026, 2, 6)]


async def test_what_is_too_old_is_left_and_the_next_comes_on_time(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-04 05:00")
    await world.subscribe()
    await world.live("2026-02-04 17:00")
    assert world.complete(1) and world.roots()[0] >= seoul("2026-02-04 16:40")


async def test_a_clock_set_back_posts_nothing_again_and_loses_nothing(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    await world.subscribe()
    await world.live("2026-02-03 16:50")
    world.clock.at = seoul("2026-02-03 15:30")
    await world.live("2026-02-03 17:30")
    world.clock.at = seoul("2026-02-02 12:00")
    await world.live("2026-02-04 17:00", 30 * MINUTE)
    assert world.complete(3)  # the day before was due on that clock as well
    assert len(world.sources.asked) == 3


async def test_two_zones_get_each_its_own_day_at_its_own_hour(store: Store, home: Path) -> None:
    world = World(store, home, "2026-03-06 06:00")
    await world.subscribe("CSEOUL")
    await world.subscribe("CNEWYORK", tz="America/New_York")
    await world.live("2026-03-11 00:00", HOUR / 2)
    hours = [at.strftime("%d %H:%M") for at in world.roots("CNEWYORK")]
    assert hours == ["05 21:40", "06 21:40", "07 21:40", "08 20:40", "09 20:40"]  # the clocks go forward on the 8th
    assert [at.strftime("%d %H:%M") for at in world.roots("CSEOUL")] == [f"{day:02} 07:40" for day in range(6, 11)]
    assert len(world.sources.asked) == 6  # one collection a day for both


async def test_the_eastern_edge_of_the_world_gets_a_date_that_has_not_begun_in_korea(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-02 18:00")
    await world.subscribe(tz="Pacific/Kiritimati", post_at="00:30")
    await world.live("2026-02-02 20:00")
    [row] = await store.deliveries.of(TUESDAY)
    assert row.state == "done" and world.roots()[0] == seoul("2026-02-02 19:30")


async def test_weekdays_only_channels_rest_at_the_weekend(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-06 12:00")
    await world.subscribe(weekdays=(0, 1, 2, 3, 4))
    await world.live("2026-02-09 18:00", HOUR)
    assert [at.strftime("%a") for at in world.roots()] == ["Fri", "Mon"]


async def test_a_sunday_without_news_is_built_and_not_posted(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-08 12:00")
    world.sources.items = ()
    await world.subscribe()
    await world.live("2026-02-08 18:00")
    [row] = await store.deliveries.of(date(2026, 2, 8))
    assert (row.state, row.reason) == ("skipped", "게시할 이슈가 없는 날입니다.")
    assert world.slack.out == []


async def test_a_build_that_fails_at_1620_and_works_at_1650_is_posted_then(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.sources.fail_until = seoul("2026-02-03 16:50")
    await world.subscribe()
    await world.live("2026-02-03 17:30", MINUTE)
    [at] = world.roots()
    assert seoul("2026-02-03 16:50") <= at <= seoul("2026-02-03 16:56") and world.complete(1)
    told = [sentence for _, sentence in world.slack.told]
    assert len(told) == 1 and "만들지 못해" in told[0] and "모든 출처" in told[0]
    assert 5 <= len(world.sources.asked) <= 12  # ever more slowly


async def test_a_build_that_never_works_is_given_up_and_tomorrow_is_another_day(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.sources.fail_until = seoul("2026-02-04 10:00")
    await world.subscribe()
    await world.live("2026-02-04 17:00", 5 * MINUTE)
    assert world.complete(1) and world.roots()[0] >= seoul("2026-02-04 16:40")
    [build] = await store.builds.of(TUESDAY)
    [row] = await store.deliveries.of(TUESDAY)
    assert build.state == "failed" and row.state == "skipped"
    assert len(world.slack.told) == 1


async def test_a_build_that_a_dead_process_left_a_day_ago_is_not_made_any_more(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:20")
    await world.subscribe()
    await office(world.app, world.clock).planner.plan()
    await store.builds.claim(world.clock.now(), "dead", MINUTE)
    world.clock.at = seoul("2026-02-04 16:25")
    await world.live("2026-02-04 17:00")
    [left] = await store.builds.of(TUESDAY)
    assert (left.state, left.reason) == ("skipped", "정한 시각에서 너무 늦어 건너뛰었습니다.")
    assert await store.editions.get(TUESDAY) is None and [on for on, _ in world.sources.asked] == [WEDNESDAY]
    assert world.complete(1)


async def test_a_build_that_failed_before_days_off_is_not_made_after_them(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.sources.fail_until = seoul("2026-02-03 23:00")
    await world.subscribe()
    await world.live("2026-02-03 17:00")
    world.clock.at = seoul("2026-02-06 18:00")
    await world.live("2026-02-06 20:00")
    assert [each.date for each in await store.editions.finals()] == [date(2026, 2, 6)] and world.complete(1)


async def test_how_late_a_build_is_does_not_begin_anew_with_every_try(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.sources.fail_until = seoul("2026-02-03 23:00")
    await world.subscribe()
    await world.live("2026-02-03 20:00")
    world.clock.at = seoul("2026-02-04 04:41")
    await world.live("2026-02-04 05:00")
    assert await store.editions.finals() == () and world.slack.out == []


async def test_a_build_that_is_late_for_one_zone_is_made_while_another_waits_for_it(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 12:25")
    await world.subscribe("CAUCKLAND", tz="Pacific/Auckland")
    await world.subscribe("CNEWYORK", tz="America/New_York")
    await office(world.app, world.clock).planner.plan()
    await store.builds.claim(world.clock.now(), "dead", MINUTE)
    world.clock.at = seoul("2026-02-04 06:00")
    await world.live("2026-02-04 07:00")
    assert world.roots("CAUCKLAND") == [] and world.roots("CNEWYORK") == [seoul("2026-02-04 06:40")]


@pytest.mark.parametrize("back", [False, True])
async def test_settings_that_change_while_the_sources_are_down_cost_no_day(
    store: Store, home: Path, back: bool
) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.sources.fail_until = seoul("2026-02-03 16:50")
    await world.subscribe()
    await world.live("2026-02-03 16:42", MINUTE)
    await world.subscribe(profile=Profile(stories=3))
    await world.live("2026-02-03 16:46", MINUTE)
    if back:
        await world.subscribe()
    await world.live("2026-02-03 17:30", MINUTE)
    assert world.slack.seqs("C1") == list(range(8 if back else 6))
    assert seoul("2026-02-03 16:50") <= world.roots()[0] <= seoul("2026-02-03 16:56")


async def test_settings_that_change_in_the_last_seconds_do_not_delay_the_edition_that_stands(
    store: Store, home: Path
) -> None:
    world = World(store, home, "2026-02-03 16:00")
    await world.subscribe()
    await world.live("2026-02-03 16:39:45")
    desk = office(world.app, world.clock)
    await desk.planner.plan()
    await world.subscribe(profile=Profile(stories=3))
    await desk.planner.plan()
    await world.live("2026-02-03 16:45")
    assert world.roots() == [seoul("2026-02-03 16:40")] and world.complete(1)


async def test_channels_with_equal_profiles_share_an_edition_and_others_get_theirs(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.sources.items = papers(60)
    short = Profile(stories=3)
    for channel, profile in (("C1", Profile()), ("C2", Profile()), ("C3", short)):
        await world.subscribe(channel, profile=profile)
    await world.live("2026-02-03 17:00")
    assert len(world.sources.asked) == 1
    assert await store.editions.get(TUESDAY) and await store.editions.get(TUESDAY, short.key)
    assert world.slack.seqs("C3") == list(range(6)) and world.slack.seqs("C2") == list(range(8))


async def test_a_channel_that_subscribes_at_1700_waits_for_tomorrow(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    await world.subscribe()
    await world.live("2026-02-03 17:00")
    await world.subscribe("C2", created_at=world.clock.now())
    await world.live("2026-02-04 17:00", HOUR)
    assert [at.date() for at in world.roots("C2")] == [WEDNESDAY] and world.complete(2)


async def test_a_channel_that_left_and_comes_back_at_1700_waits_for_tomorrow_too(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    await world.subscribe()
    await store.subscriptions.remove("slack", "C1")
    await world.live("2026-02-03 17:00")
    await world.subscribe(created_at=world.clock.now())
    await world.live("2026-02-04 17:00", HOUR)
    assert [at.date() for at in world.roots()] == [WEDNESDAY] and world.complete(1)


async def test_a_post_time_that_is_changed_after_posting_does_not_post_twice(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    await world.subscribe()
    await world.live("2026-02-03 17:00")
    await world.subscribe(post_at="18:00")
    await world.live("2026-02-04 17:00", HOUR)
    assert len(world.roots()) == 1


async def test_a_platform_that_is_down_for_an_hour_gets_everything_then(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:35")
    await world.subscribe()
    world.slack.answers["C1", 0] = [NotSent("연결할 수 없습니다.")] * 30
    await world.live("2026-02-03 18:30", MINUTE)
    assert world.complete(1) and world.roots()[0] > seoul("2026-02-03 17:00")


async def test_a_channel_whose_zone_was_spoilt_by_hand_costs_the_others_nothing(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    await world.subscribe()
    await world.subscribe("C2")
    async with store._database.write() as connection:
        await connection.execute(text("UPDATE subscriptions SET tz = 'Mars/Phobos' WHERE channel = 'C2'"))
    await world.live("2026-02-03 17:00")
    assert world.complete(1) and world.roots("C2") == []
    found = await status(world.app, rules_of(world.app), world.clock.now())
    assert [(one.what, "Mars/Phobos" in one.reason) for one in found.paused] == [("slack:C2", True)]


class Nobody:
    """A model that the provider does not know."""

    model = "openai/no-such"

    async def complete(self, request: Request) -> Completion:
        raise LlmMisset("LLM_MODEL", "'openai/no-such' 모델을 찾을 수 없습니다.")


class Dear:
    """A model whose every call costs more than the day's budget."""

    model = "dear"

    async def complete(self, request: Request) -> Completion:
        return Completion("{}", self.model, Usage(1, 1000, 1000, 5.0))


async def test_a_model_that_nobody_knows_costs_the_day_its_writer_not_its_edition(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.app = made_app(
        store, world.clock, home, world.slack, completer=Nobody(), sources=world.sources, admin_channel="slack:COPS"
    )
    await world.subscribe()
    await world.live("2026-02-03 17:00")
    assert world.complete(1) and len(world.sources.asked) == 1
    [(_, sentence)] = world.slack.told
    assert "LLM_MODEL" in sentence and "발췌" in sentence


async def test_a_budget_that_is_used_up_is_told_once(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    world.app = made_app(
        store, world.clock, home, world.slack, completer=Dear(), sources=world.sources, admin_channel="slack:COPS"
    )
    for channel, stories in (("C1", 5), ("C2", 4), ("C3", 3)):
        await world.subscribe(channel, profile=Profile(stories=stories))
    await world.live("2026-02-03 17:00")
    assert [sentence for _, sentence in world.slack.told if "예산" in sentence][1:] == []
    assert any("예산($1.00)" in sentence for _, sentence in world.slack.told)
    assert world.slack.seqs("C1")


async def test_two_processes_that_tick_in_turn_deliver_each_thing_once(store: Store, home: Path) -> None:
    world = World(store, home, "2026-02-03 16:00")
    for n in range(20):
        await world.subscribe(f"C{n}")
    desks = [office(world.app, world.clock) for _ in range(3)]
    while world.clock.at < seoul("2026-02-03 16:45"):
        for desk in desks:
            await tick(desk)
        world.clock.at += timedelta(seconds=20)
    assert all(world.complete(1, f"C{n}") for n in range(20)) and len(world.sources.asked) == 1
