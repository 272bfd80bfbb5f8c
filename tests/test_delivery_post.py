"""`post`: an operator's word, carried out once however often it is said."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App
from bot.chat import Closed, NotSent, Unsure
from bot.posting import Posted, post
from core.errors import NoEdition, SettingsError
from core.model import Profile
from core.store import Due, Store, Subscription
from tests.editions import draft, full
from tests.fakes import FakeClock, FakePlatform, FakeSources, live, made_app, seoul

TUESDAY = date(2026, 2, 3)
EVENING = seoul("2026-02-03 19:00")
ALL = list(range(8))


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/post.db") as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(EVENING)


@pytest.fixture
def slack(clock: FakeClock) -> FakePlatform:
    return FakePlatform(clock)


@pytest.fixture
def sources(clock: FakeClock) -> FakeSources:
    return FakeSources(clock)


@pytest.fixture
def app(store: Store, clock: FakeClock, slack: FakePlatform, sources: FakeSources, tmp_path: Path) -> App:
    return made_app(store, clock, tmp_path / "home", slack, sources=sources)


async def subscribe(store: Store, *channels: str, **other: object) -> None:
    for channel in channels:
        await store.subscriptions.add(replace(Subscription("slack", channel, EVENING), **other))  # type: ignore[arg-type]


async def say(app: App, clock: FakeClock, on: date = TUESDAY, channel: str | None = None) -> dict[str, Posted]:
    return {one.channel: one for one in await post(app, clock, on, EVENING, channel)}


async def test_it_builds_posts_and_ends_also_to_those_who_came_late(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform, tmp_path: Path
) -> None:
    await subscribe(store, "C1", "C2")
    assert await say(app, clock) == {f"slack:C{n}": Posted(f"slack:C{n}", "done", 8) for n in (1, 2)}
    edition = await store.editions.get(TUESDAY)
    assert edition and edition.status == "final"
    assert (tmp_path / "home" / "editions" / "2026-02-03.md").exists()


async def test_said_again_it_posts_only_to_those_who_lack_it(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform, sources: FakeSources
) -> None:
    await subscribe(store, "C1")
    await say(app, clock)
    await subscribe(store, "C2")
    again = await say(app, clock)
    assert again["slack:C1"] == Posted("slack:C1", "done", 8) and again["slack:C2"].state == "done"
    assert slack.seqs("C1") == ALL and slack.seqs("C2") == ALL and len(sources.asked) == 1


async def test_a_draft_is_never_posted_but_replaced(app: App, store: Store, clock: FakeClock) -> None:
    await store.editions.save(draft())
    await subscribe(store, "C1")
    await say(app, clock)
    edition = await store.editions.get(TUESDAY)
    assert edition and edition.status == "final" and edition.built_at == EVENING


async def test_one_channel_can_be_named(app: App, store: Store, clock: FakeClock, slack: FakePlatform) -> None:
    await subscribe(store, "C1", "C2")
    assert list(await say(app, clock, channel="slack:C2")) == ["slack:C2"]
    assert slack.seqs("C1") == [] and slack.seqs("C2") == ALL
    with pytest.raises(SettingsError, match="--channel"):
        await say(app, clock, channel="slack:C9")


async def test_a_failed_channel_is_told_and_gets_it_when_it_is_said_again(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform
) -> None:
    slack.answers["C1", 2] = [Closed("봇이 채널에서 나갔습니다.")]
    await subscribe(store, "C1", "C2")
    first = await say(app, clock)
    assert first["slack:C1"] == Posted("slack:C1", "failed", 2, "봇이 채널에서 나갔습니다.")
    assert first["slack:C2"].state == "done"
    await store.subscriptions.resume("slack", "C1")
    assert (await say(app, clock))["slack:C1"].state == "done" and slack.seqs("C1") == ALL


async def test_refusals_and_doubts_are_waited_for(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform
) -> None:
    slack.answers["C1", 0] = [NotSent("429", 2.0)]
    slack.answers["C1", 4] = [Unsure("시간 초과")]
    await subscribe(store, "C1")
    assert (await say(app, clock))["slack:C1"].state == "done" and slack.seqs("C1") == ALL


async def test_a_platform_that_is_away_leaves_the_channel_pending_with_the_reason(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.posting._LOOKS", 8)
    slack.answers["C1", 0] = [NotSent("연결할 수 없습니다.", 3600.0)] * 99
    await subscribe(store, "C1")
    assert await say(app, clock) == {"slack:C1": Posted("slack:C1", "pending", 0, "연결할 수 없습니다.")}


async def test_when_nothing_can_be_made_it_says_so(
    app: App, store: Store, clock: FakeClock, sources: FakeSources, slack: FakePlatform
) -> None:
    sources.fail_until = EVENING + timedelta(minutes=5)
    await subscribe(store, "C1")
    with pytest.raises(NoEdition, match="모든 출처"):
        await say(app, clock)
    clock.at += timedelta(minutes=6)
    assert (await say(app, clock))["slack:C1"].state == "done"


async def test_a_day_to_come_is_refused_and_a_day_gone_is_built_as_of_then(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform, sources: FakeSources
) -> None:
    await subscribe(store, "C1")
    with pytest.raises(SettingsError, match="--date"):
        await say(app, clock, TUESDAY + timedelta(days=1))
    monday = TUESDAY - timedelta(days=1)
    at = seoul("2026-02-02 16:40")
    [posted] = await post(app, clock, monday, at)
    edition = await store.editions.get(monday)
    assert posted.state == "done" and edition and edition.built_at == at
    assert [day for day, _ in sources.asked] == [monday]


async def test_what_a_dead_process_left_of_a_day_gone_is_built_and_posted_all_the_same(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform
) -> None:
    await subscribe(store, "C1")
    monday, at = TUESDAY - timedelta(days=1), seoul("2026-02-02 16:40")
    await store.builds.plan(monday, "default", at)
    await store.builds.claim(at, "dead", timedelta(seconds=30))
    [posted] = await post(app, clock, monday, at)
    assert posted.state == "done" and slack.seqs("C1") == ALL


async def test_a_root_left_in_flight_yesterday_is_posted_on_an_operators_word(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform
) -> None:
    await subscribe(store, "C1")
    [one], monday = await store.subscriptions.list(), TUESDAY - timedelta(days=1)
    at = seoul("2026-02-02 16:40")
    await store.editions.save(replace(full(), date=monday))
    await store.deliveries.plan([Due(monday, "default", one.id, at)])
    await store.deliveries.claim(at, "dead", timedelta(seconds=20), 1, platforms=["slack"])
    [posted] = await post(app, clock, monday, at)
    assert posted.state == "done" and slack.looked == [("C1", 0)] and slack.seqs("C1") == ALL


async def test_paused_and_removed_channels_are_left_alone(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform
) -> None:
    await subscribe(store, "C1", "C2", "C3")
    await store.subscriptions.pause("slack", "C2", "채널이 보관되었습니다.")
    await store.subscriptions.remove("slack", "C3")
    assert list(await say(app, clock)) == ["slack:C1"]


async def test_a_channel_of_a_platform_without_a_token_is_told_so(app: App, store: Store, clock: FakeClock) -> None:
    await subscribe(store, "C1")
    await store.subscriptions.add(Subscription("discord", "5", EVENING))
    await store.subscriptions.add(Subscription("terminal", "local", EVENING))  # from a time without any token
    results = await say(app, clock)
    assert set(results) == {"slack:C1", "discord:5"}
    assert results["discord:5"].state == "failed" and "토큰" in results["discord:5"].reason


async def test_each_profile_gets_its_own(app: App, store: Store, clock: FakeClock, slack: FakePlatform) -> None:
    await subscribe(store, "C1")
    await subscribe(store, "C2", profile=Profile(stories=3))
    await say(app, clock)
    assert slack.seqs("C1") == ALL and slack.seqs("C2") == list(range(6))


async def test_a_channel_that_waits_for_settings_it_has_no_more_gets_the_edition_of_those_it_has(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform
) -> None:
    await subscribe(store, "C1")
    [one] = await store.subscriptions.list()
    await store.deliveries.plan([Due(TUESDAY, "default", one.id, EVENING)])
    await subscribe(store, "C1", profile=Profile(stories=3))
    assert (await say(app, clock))["slack:C1"] == Posted("slack:C1", "done", 6)


async def test_said_while_the_bot_runs_nothing_is_doubled(
    app: App, store: Store, clock: FakeClock, slack: FakePlatform
) -> None:
    long_ago: datetime = EVENING - timedelta(days=30)
    await subscribe(store, *(f"C{n}" for n in range(10)), created_at=long_ago)
    slack.delay_s = 0.002
    await asyncio.gather(
        say(app, clock), live(app, clock, EVENING + timedelta(seconds=30), timedelta(seconds=1)), say(app, clock)
    )
    assert all(slack.seqs(f"C{n}") == ALL for n in range(10))
