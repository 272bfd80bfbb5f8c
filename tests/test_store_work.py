"""Leases on builds and deliveries: who may do what when, what a dead process leaves, what is written down."""

import sqlite3
from asyncio import CancelledError, create_task, gather, sleep
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import make_url

from core.errors import StoreError
from core.store import Delivery, Due, Found, Queue, Step, Store, Subscription
from tests.editions import DAY, draft, full

NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)
SECOND, LEASE = timedelta(seconds=1), timedelta(seconds=30)
AFTER = NOW + LEASE


async def plan(store: Store, count: int = 1, *, platform: str = "slack", day: date = DAY) -> list[Subscription]:
    """`count` channels of `platform` due now, and the edition for them."""
    await store.editions.save(replace(full(), date=day))
    names = [f"C{n}" for n in range(count)]
    channels = [await store.subscriptions.add(Subscription(platform, name, NOW)) for name in names]
    assert await store.deliveries.plan(Due(day, "default", channel.id, NOW) for channel in channels) == count
    return channels


async def claim(store: Store, owner: str = "a", at: datetime = NOW, limit: int = 1, **other: str) -> list[Delivery]:
    part = other.get("part", "any")
    return list(await store.deliveries.claim(at, owner, LEASE, limit, platforms=["slack"], part=part))  # type: ignore[arg-type]


async def test_planning_again_changes_nothing(store: Store) -> None:
    channels = await plan(store, 3)
    again = [Due(DAY, "default", channel.id, NOW + SECOND) for channel in channels]
    assert await store.deliveries.plan(again) == 0
    assert await store.deliveries.plan([]) == 0
    assert {row.due_at for row in await store.deliveries.of(DAY)} == {NOW}


async def test_a_channel_gets_one_edition_of_a_day_whatever_becomes_of_its_profile(store: Store) -> None:
    [channel] = await plan(store)
    assert await store.deliveries.plan([Due(DAY, "another", channel.id, NOW)]) == 0


async def test_what_is_not_begun_follows_its_channel_to_another_profile(store: Store) -> None:
    *channels, late = [await store.subscriptions.add(Subscription("slack", f"C{n}", NOW)) for n in range(4)]
    await store.deliveries.plan(Due(DAY, "default", channel.id, NOW) for channel in (*channels, late))
    await store.editions.save(full())
    begun, _held = await claim(store, limit=2)
    await store.deliveries.advance(begun, "root", "ts0", NOW, None)
    moved = [Due(DAY, "another", channel.id, NOW) for channel in (*channels, late)]

    async def profiles() -> list[str]:
        assert await store.deliveries.plan(moved) == 0
        return [row.profile for row in await store.deliveries.of(DAY)]

    assert await profiles() == ["default"] * 4  # which stands, and the other does not
    await store.editions.save(replace(full(), profile="another"))
    assert await profiles() == ["default", "default", "another", "another"]


async def test_a_delivery_is_not_claimed_before_its_time(store: Store) -> None:
    await plan(store)
    assert await claim(store, at=NOW - SECOND) == []
    assert len(await claim(store)) == 1


async def test_a_delivery_waits_for_its_edition_to_be_final(store: Store) -> None:
    channel = await store.subscriptions.add(Subscription("slack", "C1", NOW))
    await store.deliveries.plan([Due(DAY, "default", channel.id, NOW)])
    assert await claim(store) == []
    await store.editions.save(draft())
    assert await claim(store) == []
    await store.editions.save(full())
    assert len(await claim(store)) == 1


async def test_a_process_claims_only_for_the_platforms_it_can_speak_to(store: Store) -> None:
    await plan(store, platform="discord")
    assert await claim(store) == []
    [delivery] = await store.deliveries.claim(NOW, "a", LEASE, 5, platforms=["slack", "discord"])
    assert (delivery.platform, delivery.channel, delivery.workspace) == ("discord", "C0", "")


async def test_a_claimed_delivery_is_nobody_elses_until_the_lease_runs_out(store: Store) -> None:
    await plan(store)
    [mine] = await claim(store, "a")
    assert not mine.look and mine.lease_until == AFTER and mine.attempts == 1
    assert await claim(store, "b", AFTER - SECOND) == []
    [theirs] = await claim(store, "b", AFTER)
    assert theirs.owner == "b" and theirs.attempts == 2


async def test_what_a_dead_process_left_is_to_be_looked_at_until_somebody_knows(store: Store) -> None:
    await plan(store)
    await claim(store, "dead")
    [found] = await claim(store, "b", AFTER)
    assert found.look
    assert await store.deliveries.give_back(found, AFTER + SECOND, "찾아볼 수 없었습니다.")
    [again] = await claim(store, "c", AFTER + SECOND)
    assert again.look
    known = await store.deliveries.advance(again, "root", "ts1", AFTER, None)
    assert known is not None and not known.look
    [rest] = await claim(store, "d", AFTER + SECOND)
    assert not rest.look and rest.steps == (Step(0, "root", "ts1"),)


async def test_given_back_without_a_doubt_there_is_nothing_to_look_for(store: Store) -> None:
    await plan(store)
    [mine] = await claim(store)
    assert await store.deliveries.give_back(mine, NOW + 5 * SECOND, "429")
    assert await claim(store, at=NOW + 4 * SECOND) == []
    [again] = await claim(store, at=NOW + 5 * SECOND)
    assert not again.look
    assert await store.deliveries.give_back(again, NOW + 6 * SECOND, "시간 초과", doubt=True)
    [doubtful] = await claim(store, at=NOW + 6 * SECOND)
    assert doubtful.look
    [state] = await store.deliveries.of(DAY)
    assert (state.attempts, state.reason) == (3, "시간 초과")


async def test_steps_are_written_down_in_order_and_the_last_ends_the_delivery(store: Store) -> None:
    [channel] = await plan(store)
    [delivery] = await claim(store)
    for seq in range(3):
        after = await store.deliveries.advance(
            delivery, f"k{seq}", f"ts{seq}", NOW, AFTER + seq * SECOND, last=seq == 2
        )
        assert after is not None and len(after.steps) == seq + 1
        delivery = after
    assert await store.deliveries.steps_of(DAY, channel.id) == delivery.steps
    [state] = await store.deliveries.of(DAY)
    assert (state.state, state.parts, state.channel) == ("done", 3, "C0")
    assert await claim(store, at=NOW + timedelta(days=1)) == []


async def test_an_acknowledgement_holds_the_delivery_longer(store: Store) -> None:
    await plan(store)
    [delivery] = await claim(store)
    await store.deliveries.advance(delivery, "root", "ts0", NOW, AFTER + LEASE)
    assert await claim(store, "b", AFTER) == []
    assert len(await claim(store, "b", AFTER + LEASE)) == 1


async def test_a_step_cannot_be_written_down_twice(store: Store) -> None:
    await plan(store)
    [delivery] = await claim(store)
    assert await store.deliveries.advance(delivery, "root", "ts0", NOW, AFTER)
    assert await store.deliveries.advance(delivery, "root", "ts0", NOW, AFTER) is None


async def test_whoever_has_slept_through_the_lease_can_change_nothing(store: Store) -> None:
    [channel] = await plan(store)
    [slept] = await claim(store, "a")
    [awake] = await claim(store, "a", AFTER)  # the same process, another task
    deliveries = store.deliveries
    assert await deliveries.advance(slept, "root", "ts0", AFTER, None) is None
    assert not await deliveries.give_back(slept, AFTER)
    assert not await deliveries.renew(slept, AFTER + LEASE)
    assert not await deliveries.finish(slept)
    assert not await deliveries.skip(slept, "")
    assert not await deliveries.fail(slept, "")
    assert await deliveries.steps_of(DAY, channel.id) == ()
    assert await deliveries.advance(awake, "root", "ts0", AFTER, None) is not None


async def test_many_acknowledgements_at_once_are_each_answered_for_themselves(store: Store) -> None:
    await plan(store, 20)
    held = await claim(store, limit=20)
    lost = held[::2]
    for delivery in lost:
        await store.deliveries.give_back(delivery, NOW)
    answers = await gather(
        *(store.deliveries.advance(delivery, "root", f"ts{delivery.id}", NOW, None) for delivery in held)
    )
    assert [answer is None for answer in answers] == [True, False] * 10
    assert sum(row.parts for row in await store.deliveries.of(DAY)) == 10


async def test_a_caller_who_gives_up_takes_nobodys_acknowledgement_along(store: Store) -> None:
    await plan(store, 6)
    held = await claim(store, limit=6)
    writing = [create_task(store.deliveries.advance(one, "root", f"ts{one.id}", NOW, None)) for one in held]
    await sleep(0)
    writing[0].cancel()
    answers = await gather(*writing, return_exceptions=True)
    assert isinstance(answers[0], CancelledError)
    assert all(isinstance(answer, Delivery) for answer in answers[1:])
    await store.deliveries.settled()
    assert [row.parts for row in await store.deliveries.of(DAY)] == [1] * 6


async def test_an_acknowledgement_that_cannot_be_written_is_said_to_everyone_who_waits(sqlite_url: str) -> None:
    async with Store(sqlite_url, patience_s=0.1) as store:
        await plan(store, 3)
        held = await claim(store, limit=3)
        with closing(sqlite3.connect(str(make_url(sqlite_url).database), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            waiting = (store.deliveries.advance(one, "root", f"ts{one.id}", NOW, None) for one in held)
            answers = await gather(*waiting, return_exceptions=True)
        assert [type(answer) for answer in answers] == [StoreError] * 3
        again = [await store.deliveries.advance(one, "root", f"ts{one.id}", NOW, None) for one in held]
        assert None not in again


async def test_all_roots_come_before_any_thread(store: Store) -> None:
    await plan(store, 3)
    first, second = await claim(store, limit=2)
    await store.deliveries.advance(first, "root", "ts0", NOW, None)
    await store.deliveries.give_back(second, NOW + SECOND)
    order = [delivery.channel for delivery in await claim(store, at=NOW + SECOND, limit=9)]
    assert order == ["C2", "C1", "C0"]  # earlier due first, and C0's root is out


async def test_roots_and_the_rest_can_be_claimed_apart(store: Store) -> None:
    await plan(store, 2)
    [first] = await claim(store, part="root")
    await store.deliveries.advance(first, "root", "ts0", NOW, None)
    assert [delivery.channel for delivery in await claim(store, limit=9, part="rest")] == ["C0"]
    assert [delivery.channel for delivery in await claim(store, limit=9, part="root")] == ["C1"]


async def test_a_delivery_ends_as_done_skipped_or_failed(store: Store) -> None:
    await plan(store, 3)
    first, second, third = await claim(store, limit=3)
    assert await store.deliveries.finish(first)
    assert await store.deliveries.skip(second, "일요일 소식이 없습니다.")
    assert await store.deliveries.fail(third, "채널이 보관되었습니다.")
    rows = await store.deliveries.of(DAY)
    assert [(row.state, row.reason) for row in rows] == [
        ("done", ""),
        ("skipped", "일요일 소식이 없습니다."),
        ("failed", "채널이 보관되었습니다."),
    ]
    assert await claim(store, at=NOW + timedelta(days=1), limit=9) == []


async def test_an_operator_brings_back_what_failed_but_not_what_is_done_or_in_hand(store: Store) -> None:
    channels = await plan(store, 4)
    done, failed, _held, waiting = await claim(store, limit=4)
    await store.deliveries.finish(done)
    await store.deliveries.fail(failed, "채널이 보관되었습니다.")
    await store.deliveries.give_back(waiting, NOW + timedelta(hours=1))
    assert await store.deliveries.revive(DAY, [channel.id for channel in channels], NOW + SECOND) == 2
    again = await claim(store, "b", NOW + SECOND, limit=9)
    assert [delivery.channel for delivery in again] == [failed.channel, waiting.channel]


async def test_what_is_too_old_is_skipped_unless_it_is_begun(store: Store) -> None:
    await plan(store, 4)
    begun, doubtful, _left = await claim(store, limit=3)
    await store.deliveries.advance(begun, "root", "ts0", NOW, None)
    await store.deliveries.give_back(doubtful, NOW, doubt=True)
    late = NOW + timedelta(hours=13)
    assert await store.deliveries.expire(NOW, late, "너무 오래됨") == 0
    assert await store.deliveries.expire(late - timedelta(hours=12), late, "너무 오래됨") == 1
    states = [(row.state, row.reason) for row in await store.deliveries.of(DAY)]
    assert states == [("pending", "")] * 3 + [("skipped", "너무 오래됨")]


async def test_a_message_of_ours_is_found_by_what_the_platform_calls_it(store: Store) -> None:
    [channel] = await plan(store)
    [delivery] = await claim(store)
    await store.deliveries.advance(delivery, "2026-02-03/root", "1770104400.000100", NOW, None)
    found = await store.deliveries.find("slack", "C0", "1770104400.000100")
    assert found == Found(DAY, "default", channel.id, 0, "2026-02-03/root")
    assert await store.deliveries.find("slack", "C9", "1770104400.000100") is None
    assert await store.deliveries.find("discord", "C0", "1770104400.000100") is None


async def test_the_queue_says_what_is_due_and_what_comes_next(store: Store) -> None:
    assert await store.deliveries.queue(NOW) == Queue(0, 0, None)
    await plan(store, 3)
    [delivery] = await claim(store)
    await store.deliveries.advance(delivery, "root", "ts0", NOW, None)
    later = await store.subscriptions.add(Subscription("slack", "C9", NOW))
    await store.deliveries.plan([Due(DAY, "default", later.id, NOW + LEASE)])
    assert await store.deliveries.queue(NOW) == Queue(due=3, roots=2, next_due=AFTER)


async def test_a_build_is_planned_once_and_made_by_one(store: Store) -> None:
    due = NOW - timedelta(minutes=20)
    assert await store.builds.plan(DAY, "default", due)
    assert not await store.builds.plan(DAY, "default", NOW)
    assert await store.builds.plan(DAY, "abc", due + SECOND)
    claims = await gather(*(store.builds.claim(NOW, owner, LEASE) for owner in "abc"))
    assert sorted(build.profile for got in claims for build in got) == ["abc", "default"]


async def test_a_build_that_fails_is_made_later_and_one_left_behind_is_taken_over(store: Store) -> None:
    await store.builds.plan(DAY, "default", NOW)
    [build] = await store.builds.claim(NOW, "a", LEASE)
    assert await store.builds.renew(build, AFTER + LEASE)
    assert await store.builds.claim(AFTER, "b", LEASE) == ()
    assert await store.builds.give_back(build, AFTER, "모든 소스가 실패했습니다.")
    [state] = await store.builds.of(DAY)
    assert (state.state, state.attempts, state.reason) == ("pending", 1, "모든 소스가 실패했습니다.")
    await store.builds.claim(AFTER, "dead", LEASE)
    [taken] = await store.builds.claim(AFTER + LEASE, "b", LEASE)
    assert taken.look and taken.attempts == 3
    assert await store.builds.finish(taken)
    assert [row.state for row in await store.builds.of(DAY)] == ["done"]


async def test_an_operator_has_a_build_made_again(store: Store) -> None:
    assert not await store.builds.reopen(DAY, "default", NOW)
    await store.builds.plan(DAY, "default", NOW)
    [build] = await store.builds.claim(NOW, "a", LEASE)
    assert not await store.builds.reopen(DAY, "default", NOW)  # it is being made
    await store.builds.fail(build, "예산")
    assert await store.builds.reopen(DAY, "default", NOW)
    assert len(await store.builds.claim(NOW, "b", LEASE)) == 1


async def test_a_build_that_is_put_off_stays_as_old_as_it_is(store: Store) -> None:
    await store.builds.plan(DAY, "default", NOW)
    [build] = await store.builds.claim(NOW, "a", LEASE)
    assert await store.builds.again(build, AFTER, "모든 소스가 실패했습니다.")
    assert await store.builds.claim(AFTER - SECOND, "b", LEASE) == ()
    [again] = await store.builds.claim(AFTER, "b", LEASE)
    assert again.due_at == NOW and not again.look


async def test_an_operator_has_what_a_dead_process_left_made_and_posted_now(store: Store) -> None:
    [channel] = await plan(store)
    await store.builds.plan(DAY, "default", NOW)
    await store.builds.claim(NOW, "dead", LEASE)
    await claim(store, "dead")
    assert not await store.builds.reopen(DAY, "default", AFTER - SECOND)
    assert await store.deliveries.revive(DAY, [channel.id], AFTER - SECOND) == 0
    assert await store.builds.reopen(DAY, "default", AFTER)
    assert await store.deliveries.revive(DAY, [channel.id], AFTER) == 1
    [build], [delivery] = await store.builds.claim(AFTER, "b", LEASE), await claim(store, "b", AFTER)
    assert build.due_at == delivery.due_at == AFTER and delivery.look


async def test_a_build_that_nobody_wanted_is_made_when_it_is_wanted_again(store: Store) -> None:
    await store.builds.plan(DAY, "default", NOW)
    [build] = await store.builds.claim(NOW, "a", LEASE)
    await store.builds.skip(build, "이 프로필을 쓰는 채널이 없습니다.")
    assert await store.builds.plan(DAY, "default", NOW)
    [again] = await store.builds.claim(NOW, "a", LEASE)
    await store.builds.fail(again, "예산")
    assert not await store.builds.plan(DAY, "default", NOW)
