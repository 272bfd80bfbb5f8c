"""Subscriptions, events, locks and notices, on both databases."""

from asyncio import gather
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from core.model import Profile
from core.store import Store, Subscription

NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def channel(name: str = "C1", **other: object) -> Subscription:
    return replace(Subscription("slack", name, NOW), **other)  # type: ignore[arg-type]


async def test_a_subscription_comes_back_as_it_was_added(store: Store) -> None:
    wanted = channel(
        workspace="T1",
        post_at="09:05",
        tz="America/New_York",
        weekdays=(0, 4),
        profile=Profile(topics=("에이전트",), glossary=(("agent", "에이전트"),), stories=3),
        settings={"root_only": True, "holidays": "off"},
    )
    added = await store.subscriptions.add(wanted)
    assert added == replace(wanted, id=added.id) and added.id > 0
    assert await store.subscriptions.list() == (added,)
    assert await store.subscriptions.get("slack", "C1") == added
    assert added.name == "slack:C1"


async def test_adding_again_changes_the_channels_one_subscription(store: Store) -> None:
    first = await store.subscriptions.add(channel())
    again = await store.subscriptions.add(channel(post_at="08:00", created_at=NOW + MINUTE, workspace="T1"))
    assert again == replace(first, post_at="08:00", workspace="T1")
    assert await store.subscriptions.list() == (again,)


async def test_seeds_leave_alone_what_people_have_made(store: Store) -> None:
    assert await store.subscriptions.seed([channel("C1"), channel("C2"), channel("C3")]) == 3
    await store.subscriptions.remove("slack", "C1")
    await store.subscriptions.pause("slack", "C2", "채널이 보관되었습니다.")
    changed = await store.subscriptions.add(channel("C3", post_at="08:00"))
    assert await store.subscriptions.seed([channel("C1"), channel("C2"), channel("C3"), channel("C4")]) == 1
    assert await store.subscriptions.seed([]) == 0
    assert [one.channel for one in await store.subscriptions.list()] == ["C3", "C4"]
    assert changed in await store.subscriptions.list()


async def test_a_removed_channel_may_come_back_and_is_the_same(store: Store) -> None:
    first = await store.subscriptions.add(channel())
    assert await store.subscriptions.remove("slack", "C1")
    assert not await store.subscriptions.remove("slack", "C1")
    assert await store.subscriptions.get("slack", "C1") is None
    assert await store.subscriptions.list(active=False) == ()
    assert (await store.subscriptions.add(channel())).id == first.id


async def test_a_paused_channel_says_why_until_it_is_resumed(store: Store) -> None:
    first = await store.subscriptions.add(channel())
    assert await store.subscriptions.pause("slack", "C1", "봇이 채널에서 나갔습니다.")
    assert not await store.subscriptions.pause("slack", "C9", "없는 채널")
    assert await store.subscriptions.list() == ()
    assert await store.subscriptions.list(active=False) == (
        replace(first, active=False, paused_reason="봇이 채널에서 나갔습니다."),
    )
    assert await store.subscriptions.resume("slack", "C1")
    assert await store.subscriptions.list() == (first,)


async def test_a_paused_channel_that_subscribes_again_comes_anew_and_one_that_is_resumed_goes_on(store: Store) -> None:
    for name in ("C1", "C2"):
        await store.subscriptions.add(channel(name))
        await store.subscriptions.pause("slack", name, "봇이 채널에서 나갔습니다.")
    assert (await store.subscriptions.add(channel("C1", created_at=NOW + MINUTE))).created_at == NOW + MINUTE
    await store.subscriptions.resume("slack", "C2")
    assert {one.channel: one.created_at for one in await store.subscriptions.list()} == {"C1": NOW + MINUTE, "C2": NOW}


async def test_a_channel_whose_zone_nobody_knows_is_paused_with_the_reason_until_it_subscribes_again(
    store: Store,
) -> None:
    kept, broken = await store.subscriptions.add(channel("C1")), await store.subscriptions.add(channel("C2"))
    async with store._database.write() as connection:
        await connection.execute(text("UPDATE subscriptions SET tz = 'Mars/Phobos' WHERE channel = 'C2'"))
    assert await store.subscriptions.list() == (kept,)
    found = await store.subscriptions.get("slack", "C2")
    assert found and not found.active and "Mars/Phobos" in found.paused_reason
    assert await store.subscriptions.list(active=False) == (kept, found)
    assert await store.subscriptions.add(found) == broken


async def test_moments_come_back_in_utc_whatever_the_zone_they_were_given_in(store: Store) -> None:
    seoul = NOW.replace(microsecond=123456).astimezone(timezone(timedelta(hours=9)))
    added = await store.subscriptions.add(channel(created_at=seoul))
    assert added.created_at == seoul and added.created_at.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="naive"):
        await store.subscriptions.add(channel("C2", created_at=NOW.replace(tzinfo=None)))


async def test_an_event_is_claimed_once(store: Store) -> None:
    claims = await gather(*(store.events.claim("Ev1", NOW) for _ in range(8)))
    assert sorted(claims) == [False] * 7 + [True]
    assert await store.events.claim("Ev2", NOW)


async def test_old_events_are_forgotten(store: Store) -> None:
    await store.events.claim("Ev1", NOW)
    await store.events.claim("Ev2", NOW + MINUTE)
    assert await store.events.prune(NOW + MINUTE) == 1
    assert not await store.events.claim("Ev2", NOW + MINUTE)
    assert await store.events.claim("Ev1", NOW + MINUTE)


async def test_an_answer_is_kept_as_it_was_until_it_is_old(store: Store) -> None:
    for n, said in enumerate(("처음", "다시")):
        await store.answers.keep("command/1", "slack", "T1", said, NOW + n * MINUTE)
    assert await store.answers.get("command/1") == "처음"
    assert await store.answers.get("command/2") is None
    assert await store.answers.prune(NOW) == 0
    assert await store.answers.prune(NOW + MINUTE) == 1
    assert await store.answers.get("command/1") is None


async def test_a_lock_is_held_by_one_until_it_runs_out(store: Store) -> None:
    locks = store.locks
    assert await locks.acquire("gateway", "a", 60, NOW)
    assert not await locks.acquire("gateway", "b", 60, NOW + timedelta(seconds=59))
    assert await locks.acquire("gateway", "a", 60, NOW + timedelta(seconds=30))  # again by its holder: longer
    assert not await locks.acquire("gateway", "b", 60, NOW + timedelta(seconds=89))
    assert await locks.acquire("gateway", "b", 60, NOW + timedelta(seconds=90))
    assert not await locks.renew("gateway", "a", 60, NOW + timedelta(seconds=91))
    assert await locks.renew("gateway", "b", 60, NOW + timedelta(seconds=91))
    assert await locks.acquire("another", "a", 60, NOW)


async def test_a_lock_given_up_is_free_at_once_but_only_by_its_holder(store: Store) -> None:
    await store.locks.acquire("gateway", "a", 60, NOW)
    await store.locks.release("gateway", "b")
    assert not await store.locks.acquire("gateway", "b", 60, NOW)
    await store.locks.release("gateway", "a")
    assert await store.locks.acquire("gateway", "b", 60, NOW)


async def test_of_many_who_want_a_lock_one_gets_it(store: Store) -> None:
    assert sum(await gather(*(store.locks.acquire("gateway", f"p{n}", 60, NOW) for n in range(8)))) == 1


async def test_a_notice_is_told_once_until_it_is_withdrawn(store: Store) -> None:
    assert await store.notices.once("budget/2026-02-03", NOW)
    assert not await store.notices.once("budget/2026-02-03", NOW)
    assert await store.notices.once("budget/2026-02-04", NOW)
    await store.notices.withdraw("budget/2026-02-03")
    assert await store.notices.once("budget/2026-02-03", NOW)
    assert await store.notices.prune(NOW + MINUTE) == 2
