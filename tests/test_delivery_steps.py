"""How one step of one delivery ends: done, refused, in doubt, closed, rejected; and in which order steps go out."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.chat import Absent, Closed, CouldNotLook, Done, NotSent, Pace, Place, Rejected, Unsure
from bot.delivery import Courier, Timing, key_of
from bot.operator import Operator
from core.store import Due, Store, Subscription
from tests.editions import DAY, full, nothing
from tests.fakes import FakeClock, FakePlatform, Landed, seoul, until

DUE = seoul("2026-02-03 16:40")
SECOND = timedelta(seconds=1)
LEASE = 20 * SECOND
ALL = list(range(8))  # root, thread, five stories, closing


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/steps.db") as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(DUE)


@pytest.fixture
def slack(clock: FakeClock) -> FakePlatform:
    return FakePlatform(clock)


async def due(store: Store, *channels: str, **other: object) -> None:
    """These channels are due; the edition stands."""
    await store.editions.save(full())
    wanted = [replace(Subscription("slack", name, DUE - 2 * LEASE), **other) for name in channels]  # type: ignore[arg-type]
    await store.subscriptions.seed(wanted)
    await store.deliveries.plan(Due(DAY, "default", one.id, DUE) for one in await store.subscriptions.list())


def courier(store: Store, platform: FakePlatform, owner: str = "a", **timing: object) -> Courier:
    operator = Operator(store, {platform.name: platform}, "slack:COPS", platform.clock)
    return Courier(store, platform, platform.clock, owner, operator, replace(Timing(), **timing))  # type: ignore[arg-type]


async def state(store: Store, channel: str = "C1") -> tuple[str, int, str]:
    [row] = [row for row in await store.deliveries.of(DAY) if row.channel == channel]
    return row.state, row.parts, row.reason


async def test_an_edition_goes_out_in_order_and_is_done(store: Store, slack: FakePlatform) -> None:
    await due(store, "C1")
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C1") == ALL
    assert await state(store) == ("done", 8, "")
    assert slack.looked == []
    await courier(store, slack, "b").run(until_idle=True)
    assert slack.seqs("C1") == ALL


async def test_a_channel_that_wants_the_root_only_gets_the_root_only(store: Store, slack: FakePlatform) -> None:
    await due(store, "C1", settings={"root_only": True})
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C1") == [0] and await state(store) == ("done", 1, "")


async def test_all_roots_go_out_before_anything_else(store: Store, slack: FakePlatform) -> None:
    slack.delay_s = 0.005
    await due(store, *(f"C{n}" for n in range(150)))
    await courier(store, slack, slots=16).run(until_idle=True)
    assert [seq for _, seq, _ in slack.out[:150]] == [0] * 150
    assert all(slack.seqs(f"C{n}") == ALL for n in range(150))


async def test_a_refused_root_is_waited_for_before_the_threads_begin(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    slack.answers["C1", 0] = [NotSent("429", 2.0)]
    await due(store, "C1", "C2")
    work = courier(store, slack)
    await work.run(until_idle=True)
    assert slack.seqs("C2") == [0] and slack.seqs("C1") == []
    clock.at = DUE + 2 * SECOND
    await work.run(until_idle=True)
    assert slack.out[1][:2] == ("C1", 0) and slack.seqs("C2") == ALL


async def test_a_root_in_doubt_keeps_nobody_waiting(store: Store, slack: FakePlatform) -> None:
    slack.answers["C1", 0] = [Unsure("시간 초과")]
    await due(store, "C1", "C2")
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C2") == ALL and slack.seqs("C1") == []


async def test_the_channels_pace_is_kept_also_by_another_process(store: Store, clock: FakeClock) -> None:
    slack = FakePlatform(clock, pace=Pace(1.1, math.inf))
    await due(store, "C1")
    for n in range(40):
        await courier(store, slack, f"process {n}").run(until_idle=True)
        clock.at += SECOND / 2
    times = [at for _, _, at in slack.out]
    assert slack.seqs("C1") == ALL
    assert min(later - at for at, later in pairwise(times)) >= 1.1 * SECOND


async def test_retry_after_is_kept_to_the_second(store: Store, slack: FakePlatform, clock: FakeClock) -> None:
    slack.answers["C1", 0] = [NotSent("429", 30.0)]
    await due(store, "C1")
    await courier(store, slack).run(until_idle=True)
    assert await state(store) == ("pending", 0, "429")
    clock.at = DUE + 29 * SECOND
    await courier(store, slack).run(until_idle=True)
    assert slack.out == []
    clock.at = DUE + 30 * SECOND
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C1") == ALL
    assert slack.looked == []  # surely not sent: nothing to look for


async def test_a_limit_of_the_whole_platform_stops_all_channels(store: Store, slack: FakePlatform) -> None:
    slack.answers["C1", 0] = [NotSent("429", 0.3, everywhere=True)]
    await due(store, "C1", "C2")
    began, work = time.monotonic(), courier(store, slack, slots=1)
    running = asyncio.create_task(work.run())
    await until(lambda: slack.seqs("C2"))
    assert time.monotonic() - began > 0.3
    work.stop()
    await running


async def test_without_a_word_from_the_platform_tries_become_slower_and_each_is_logged(
    store: Store, slack: FakePlatform, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    slack.answers["C1", 0] = [NotSent("연결할 수 없습니다.")] * 8
    caplog.set_level("INFO", "bot.delivery")
    await due(store, "C1")
    tried = []
    while not slack.out:
        before = len(slack.tries)
        await courier(store, slack).run(until_idle=True)
        tried += [clock.at] * (len(slack.tries) > before)
        clock.at += SECOND / 2
    pauses = [round((later - at).total_seconds()) for at, later in pairwise(tried)]
    assert pauses == [1, 2, 5, 15, 30, 60, 60, 60]
    said = [record.getMessage() for record in caplog.records if "deliver.again" in record.message]
    assert len(said) == 8 and "slack:C1" in said[7] and "연결할 수 없습니다." in said[7]


async def test_a_lost_reply_is_looked_for_after_the_lease_and_not_sent_again(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    slack.answers["C1", 3] = [Landed(Unsure("연결이 끊겼습니다."))]
    await due(store, "C1")
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C1") == [0, 1, 2, 3] and (await state(store))[1] == 3
    clock.at += LEASE - SECOND
    await courier(store, slack, "b").run(until_idle=True)
    assert slack.looked == []
    clock.at += 2 * SECOND
    await courier(store, slack, "b").run(until_idle=True)
    assert slack.looked == [("C1", 3)] and slack.seqs("C1") == ALL


async def test_what_is_not_there_after_a_doubt_is_sent(store: Store, slack: FakePlatform, clock: FakeClock) -> None:
    slack.answers["C1", 3] = [Unsure("시간 초과")]
    await due(store, "C1")
    await courier(store, slack).run(until_idle=True)
    clock.at += LEASE
    await courier(store, slack).run(until_idle=True)
    assert slack.looked == [("C1", 3)] and slack.seqs("C1") == ALL


async def test_who_could_not_look_does_not_send(store: Store, slack: FakePlatform, clock: FakeClock) -> None:
    slack.answers["C1", 0] = [Landed(Unsure("시간 초과"))]
    slack.looks["C1", 0] = [CouldNotLook("503", 7.0), CouldNotLook("503")]
    await due(store, "C1")
    for _ in range(60):
        await courier(store, slack).run(until_idle=True)
        clock.at += SECOND
    assert slack.looked == [("C1", 0)] * 3
    assert slack.seqs("C1") == ALL


async def test_a_dead_process_leaves_a_doubt(store: Store, slack: FakePlatform, clock: FakeClock) -> None:
    await due(store, "C1")
    [held] = await store.deliveries.claim(DUE, "dead", LEASE, 1, platforms=["slack"])
    await courier(store, slack).run(until_idle=True)
    assert slack.tries == []
    clock.at += LEASE
    await courier(store, slack).run(until_idle=True)
    assert slack.looked == [("C1", 0)] and slack.seqs("C1") == ALL
    assert held.owner == "dead"


async def test_a_root_that_a_dead_process_never_sent_is_not_begun_when_it_is_too_late(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    slack.looks["C1", 0] = [CouldNotLook("503", 30.0)] * 3  # looking again makes it no younger
    await due(store, "C1")
    await store.deliveries.claim(DUE, "dead", LEASE, 1, platforms=["slack"])
    clock.at = DUE + timedelta(hours=12) + SECOND
    for _ in range(4):
        await courier(store, slack).run(until_idle=True)
        clock.at += 30 * SECOND
    assert slack.looked == [("C1", 0)] * 4 and slack.tries == []
    assert await state(store) == ("skipped", 0, "정한 시각에서 너무 늦어 건너뛰었습니다.")


async def test_looking_for_a_root_makes_it_no_younger_and_an_operators_word_counts_meanwhile(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    slack.looks["C1", 0] = [CouldNotLook("503", 30.0)] * 3
    await due(store, "C1")
    await store.deliveries.claim(DUE, "dead", LEASE, 1, platforms=["slack"])
    clock.at = DUE + timedelta(hours=11, minutes=59)
    for _ in range(3):
        await courier(store, slack).run(until_idle=True)
        clock.at += 30 * SECOND
    assert await state(store) == ("pending", 0, "503") and slack.tries == []
    [one] = await store.subscriptions.list()
    assert await store.deliveries.revive(DAY, [one.id], clock.now()) == 1
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C1") == ALL


async def test_doubts_are_not_looked_into_for_ever(
    store: Store, slack: FakePlatform, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery._TRIES", 20)
    slack.answers["C1", 1] = [Unsure("시간 초과")] * 999
    await due(store, "C1")
    alone = courier(store, slack)
    while (await state(store))[0] == "pending":
        await alone.run(until_idle=True)
        clock.at += 60 * SECOND
    assert (await state(store))[2] == "시간 초과" and len(slack.tries) == 1 + 21


async def test_what_is_begun_is_finished_however_late_it_is(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    slack.answers["C1", 0] = [Landed(Unsure("시간 초과"))]
    slack.answers["C2", 1] = [Unsure("시간 초과")]
    await due(store, "C1", "C2")
    await courier(store, slack).run(until_idle=True)
    clock.at += timedelta(days=1)
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C1") == slack.seqs("C2") == ALL


async def test_a_write_without_an_answer_in_time_is_a_doubt(store: Store, slack: FakePlatform) -> None:
    slack.delay_s = 5
    await due(store, "C1")
    await courier(store, slack, sending_s=0.05).run(until_idle=True)
    assert await state(store) == ("pending", 0, "제때 응답이 없었습니다.")


async def test_who_wakes_up_after_the_lease_sends_nothing(store: Store, slack: FakePlatform, clock: FakeClock) -> None:
    """A look that took so long that the write might outlive the lease."""
    await due(store, "C1")
    await store.deliveries.claim(DUE, "dead", LEASE, 1, platforms=["slack"])
    clock.at += LEASE

    class Slow(FakePlatform):
        async def find(self, *asked: object) -> Absent:
            clock.at += LEASE - SECOND
            return Absent()

    slow = Slow(clock)
    work = asyncio.create_task(courier(store, slow).run())
    await asyncio.sleep(0.2)
    work.cancel()
    assert slow.tries == []


async def test_a_closed_channel_is_paused_with_the_reason_and_the_operator_told_once(
    store: Store, slack: FakePlatform
) -> None:
    slack.answers["C1", 1] = [Closed("봇이 채널에서 나갔습니다.")]
    await due(store, "C1", "C2")
    await courier(store, slack).run(until_idle=True)
    assert await state(store) == ("failed", 1, "봇이 채널에서 나갔습니다.")
    paused = await store.subscriptions.get("slack", "C1")
    assert paused and not paused.active and paused.paused_reason == "봇이 채널에서 나갔습니다."
    assert slack.told == [("COPS", "slack:C1 구독을 멈췄습니다: 봇이 채널에서 나갔습니다.")]
    assert slack.seqs("C2") == ALL


async def test_a_look_that_finds_the_channel_gone_pauses_it_too(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    slack.answers["C1", 0] = [Unsure("시간 초과")]
    slack.looks["C1", 0] = [Closed("채널이 없습니다.")]
    await due(store, "C1")
    await courier(store, slack).run(until_idle=True)
    clock.at += LEASE
    await courier(store, slack).run(until_idle=True)
    assert await state(store) == ("failed", 0, "채널이 없습니다.")


async def test_a_rejected_step_fails_the_delivery_and_is_told_once(store: Store, slack: FakePlatform) -> None:
    slack.answers["C1", 2] = [Rejected("msg_blocks_too_long")]
    await due(store, "C1")
    await courier(store, slack).run(until_idle=True)
    assert await state(store) == ("failed", 2, "msg_blocks_too_long")
    assert len(slack.told) == 1 and "msg_blocks_too_long" in slack.told[0][1]


async def test_an_operator_who_cannot_be_reached_is_told_later(store: Store, slack: FakePlatform) -> None:
    operator = Operator(store, {"slack": slack}, "slack:COPS", slack.clock)
    slack.tells = [NotSent("429", 0.0)] * 3
    await operator.tell("build/2026-02-03", "못 만들었습니다.")
    assert slack.told == []
    await operator.tell("build/2026-02-03", "못 만들었습니다.")
    await operator.tell("build/2026-02-03", "못 만들었습니다.")
    assert slack.told == [("COPS", "못 만들었습니다.")]


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(Closed("채널이 없습니다."), "slack:C1 구독을 멈췄습니다: 채널이 없습니다."),
     (Rejected("too_long"), "slack:C1에 게시하지 못했습니다: too_long")],
)  # fmt: skip
async def test_what_could_not_be_told_when_it_failed_is_told_later_and_once(
    store: Store, slack: FakePlatform, outcome: Closed | Rejected, words: str
) -> None:
    operator = Operator(store, {"slack": slack}, "slack:COPS", slack.clock)
    slack.answers["C1", 0] = [outcome]
    slack.tells = [NotSent("429", 0.0)] * 3
    await due(store, "C1")
    await courier(store, slack).run(until_idle=True)
    assert slack.told == []
    await operator.catch_up(DAY + timedelta(days=2))  # nobody wants to hear of it any more
    assert slack.told == []
    for _ in range(2):
        await operator.catch_up(DAY + timedelta(days=1))
    assert slack.told == [("COPS", words)]


async def test_a_process_that_dies_while_it_waits_to_tell_leaves_it_to_be_told(
    store: Store, slack: FakePlatform
) -> None:
    operator = Operator(store, {"slack": slack}, "slack:COPS", slack.clock)
    slack.tells = [NotSent("429", 30.0)]
    dying = asyncio.create_task(operator.failed(DAY, Place("slack", "C1"), "too_long"))
    await until(lambda: not slack.tells)
    await asyncio.sleep(0.1)
    dying.cancel()
    await operator.failed(DAY, Place("slack", "C1"), "too_long")
    assert [place for place, _ in slack.told] == ["COPS"]


async def test_what_may_have_been_told_is_not_told_again(store: Store, slack: FakePlatform) -> None:
    operator = Operator(store, {"slack": slack}, "slack:COPS", slack.clock)
    slack.tells = [Unsure("시간 초과")]
    for _ in range(2):
        await operator.failed(DAY, Place("slack", "C1"), "too_long")
    assert slack.told == []


async def test_a_fault_in_an_adapter_is_one_channels_failure_and_a_doubt(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    slack.answers["C1", 0] = [KeyError("ts")]
    await due(store, "C1", "C2")
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C2") == ALL and slack.seqs("C1") == []
    clock.at += LEASE
    await courier(store, slack).run(until_idle=True)
    assert slack.looked == [("C1", 0)] and slack.seqs("C1") == ALL


async def test_a_channel_that_left_between_planning_and_posting_gets_nothing(store: Store, slack: FakePlatform) -> None:
    await due(store, "C1", "C2")
    await store.subscriptions.remove("slack", "C1")
    await courier(store, slack).run(until_idle=True)
    assert slack.seqs("C1") == [] and (await state(store))[0] == "skipped"
    assert slack.seqs("C2") == ALL


async def test_a_sunday_without_a_story_is_not_posted_and_a_weekday_says_so(
    store: Store, slack: FakePlatform, clock: FakeClock
) -> None:
    sunday, monday = DAY - timedelta(days=2), DAY - timedelta(days=1)
    one = await store.subscriptions.add(Subscription("slack", "C1", DUE - 9 * LEASE))
    for on in (sunday, monday):
        await store.editions.save(replace(nothing(), date=on, status="final"))
        await store.deliveries.plan([Due(on, "default", one.id, DUE)])
    await courier(store, slack).run(until_idle=True)
    [quiet], [said] = await store.deliveries.of(sunday), await store.deliveries.of(monday)
    assert (quiet.state, quiet.reason) == ("skipped", "게시할 이슈가 없는 날입니다.")
    assert said.state == "done" and slack.seqs("C1")[0] == 0


async def test_no_more_writes_are_under_way_than_there_are_slots(store: Store, clock: FakeClock) -> None:
    class Counting(FakePlatform):
        now = most = 0

        async def do(self, *asked: object) -> Done:
            self.now += 1
            self.most = max(self.most, self.now)
            await asyncio.sleep(0.01)
            self.now -= 1
            return Done("x")

    platform = Counting(clock)
    await due(store, *(f"C{n}" for n in range(40)))
    await courier(store, platform, slots=7).run(until_idle=True)
    assert platform.most == 7


async def test_told_to_stop_it_claims_nothing_more_and_finishes_what_is_under_way(
    store: Store, slack: FakePlatform
) -> None:
    slack.delay_s = 0.2
    await due(store, "C1")
    work = courier(store, slack)
    running = asyncio.create_task(work.run())
    await until(lambda: slack.tries)
    work.stop()
    await running
    assert slack.seqs("C1") == [0] and await state(store) == ("pending", 1, "")
    assert work.counts == {"Done": 1}


async def test_before_the_roots_go_out_sleeping_connections_are_warmed(store: Store, clock: FakeClock) -> None:
    slack = FakePlatform(clock)
    await due(store, "C1")
    clock.at = DUE - timedelta(minutes=2)
    work = courier(store, slack)
    running = asyncio.create_task(work.run())
    await until(lambda: slack.out)
    work.stop()
    await running
    assert slack.warmed == 1
    [(_, at)] = slack.times(0)
    assert DUE <= at < DUE + SECOND


def test_keys_are_the_same_at_every_try_and_different_for_every_step() -> None:
    places = [Place("slack", "C1"), Place("slack", "C2"), Place("discord", "C1")]
    keys = {key_of(DAY + n * timedelta(days=1), place, seq) for n in range(3) for place in places for seq in range(9)}
    assert len(keys) == 81 and {len(key) for key in keys} == {24}
    assert key_of(DAY, Place("slack", "C1", "T1", {"root_only": True}), 3) == key_of(DAY, places[0], 3)
