"""Delivery: every step of every edition once, in order, on one platform.

The loop claims what is due, roots before everything, writes it to the platform and writes down that it did. A row
is held only while its step is under way: the row that still names its holder when the lease has run out MAY be
out, so whoever comes next looks on the platform before it sends. The channel's own pace is its row's next due time,
and so holds for all processes together. One channel's failure is that channel's.
"""

import asyncio
import contextlib
import hashlib
import json
import logging
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot import deadline
from bot.chat import Absent, Closed, CouldNotLook, Done, NotSent, Outcome, Place, Platform, Rejected, Step, Unsure
from bot.clock import Clock
from bot.linking import linked
from bot.operator import Operator
from bot.pace import Turns
from bot.planning import TOO_LATE
from core.errors import StoreError
from core.store import Delivery, Store

log = logging.getLogger(__name__)
_BACK_OFF_S = (1, 2, 5, 15, 30, 60)  # the last for ever after
_TRIES = 700  # failures in a row before a channel is given up: half a day of them
_STEPS_KEPT = 32
_EVERYTHING_FAILED_S = 1.0
_TOGETHER_S = 0.04  # where the platform's rate is what limits us
_LONGER = 1.01  # a channel's pace: writes do not all travel equally fast


@dataclass(frozen=True, slots=True)
class Timing:
    """`lease` > 2 × `sending_s`: one look and one write fit into it. `roots_first`: for how long a root that is
    not out yet keeps the rest waiting. `slots`: writes under way at once. `gather_s`, `ahead`: claims
    are made together, and a little before their time, so that each write goes at its time exactly. `max_age`: a
    root that a dead process has left unsent is not sent when it has been due for longer."""

    lease: timedelta = timedelta(seconds=20)
    build_lease: timedelta = timedelta(seconds=30)
    gateway_s: float = 15.0
    sending_s: float = 7.5
    roots_first: timedelta = timedelta(seconds=3)
    slots: int = 64
    gather_s: float = 0.02
    ahead: timedelta = timedelta(milliseconds=40)
    poll: timedelta = timedelta(seconds=2)
    warm_up: timedelta = timedelta(seconds=4)
    asleep_after: timedelta = timedelta(seconds=10)
    max_age: timedelta = timedelta(hours=12)


DEFAULT = Timing()


def key_of(on: date, place: Place, seq: int) -> str:
    """What a step can be found by, 24 hex digits (Discord's nonce takes 25)."""
    return hashlib.blake2b(f"{on}/{place}/{seq}".encode(), digest_size=12).hexdigest()


class Courier:
    """Delivers on one platform. `counts`: outcomes so far, by name."""

    def __init__(
        self, store: Store, platform: Platform, clock: Clock, owner: str, operator: Operator, timing: Timing = DEFAULT
    ) -> None:
        self._store = store
        self._platform = platform
        self._clock = clock
        self._owner = owner
        self._operator = operator
        self._timing = timing
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._under_way = 0
        self._claimed_at = self._written_at = clock.now()
        self._steps: dict[tuple[date, str, str, str], asyncio.Task[tuple[Step, ...]]] = {}
        self.turns = Turns(platform.pace.per_second)
        self.counts: Counter[str] = Counter()

    async def run(self, *, until_idle: bool = False) -> None:
        """Delivers until `stop`, or until nothing is due; what is under way then is finished first."""
        async with asyncio.TaskGroup() as under_way:
            while not self._stopping.is_set():
                self._woken.clear()
                claimed = await self._claim()
                for delivery in claimed:
                    under_way.create_task(self._carry(delivery))
                if not until_idle or claimed:
                    await self._pause(idle=not claimed)
                elif self._under_way:
                    await self._woken.wait()
                else:
                    return

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    async def _claim(self) -> tuple[Delivery, ...]:
        room = min(self.turns.free(), self._timing.slots - self._under_way)
        if not room:
            return ()
        self._claimed_at = self._clock.now() + self._timing.ahead
        try:
            claimed = await self._store.deliveries.claim(
                self._claimed_at, self._owner, self._timing.lease, room,
                platforms=[self._platform.name], roots_first=self._timing.roots_first,
            )  # fmt: skip
        except StoreError as error:
            log.warning("deliver.no_store platform=%s reason=%s", self._platform.name, error)
            await asyncio.sleep(_EVERYTHING_FAILED_S)
            return ()
        self.turns.take(len(claimed))
        self._under_way += len(claimed)
        self._written_at = self._claimed_at if claimed else self._written_at
        return claimed

    async def _carry(self, delivery: Delivery) -> None:
        """The next step of one delivery, and what came of it written down."""
        place = Place(delivery.platform, delivery.channel, delivery.workspace, delivery.settings)
        try:
            steps = await self._steps_of(delivery)
            if not delivery.active:
                await self._store.deliveries.skip(delivery, "채널의 구독이 끝났거나 멈췄습니다.")
            elif not steps:
                await self._store.deliveries.skip(delivery, "게시할 이슈가 없는 날입니다.")
            else:
                seq = len(delivery.steps)
                step = await self._linked(replace(steps[seq], key=key_of(delivery.date, place, seq)), delivery, place)
                await self._clock.sleep_until(delivery.due_at)
                next_at = self._clock.now() + timedelta(seconds=self._platform.pace.per_channel_s * _LONGER)
                outcome = await self._write(delivery, step, place)
                await self._settle(delivery, step, place, outcome, None if seq + 1 == len(steps) else next_at)
        except StoreError as error:  # the lease runs out, and whoever comes next looks first
            log.warning("deliver.not_noted place=%s reason=%s", place, error)
        except Exception as error:  # a fault of ours is this channel's failure only
            log.exception("deliver.fault place=%s", place)
            with contextlib.suppress(StoreError):
                await self._again(delivery, place, f"프로그램 오류({type(error).__name__})", None, doubt=True)
        finally:
            self._under_way -= 1
            self._woken.set()

    async def _linked(self, step: Step, delivery: Delivery, place: Place) -> Step:
        """What it says of earlier stories, linked to this channel's own messages."""
        if step.message is None:
            return step
        message = await linked(step.message, self._store, self._platform, place, delivery.subscription)
        return step if message is step.message else replace(step, message=message)

    async def _write(self, delivery: Delivery, step: Step, place: Place) -> Outcome | CouldNotLook | Absent:
        """The step done, or found done. Never sends what may be out unseen, nor when the lease may not last. Absent:
        it is not out, and too late to be begun."""
        refs = tuple(each.ref for each in delivery.steps)
        limit_s = self._timing.sending_s
        if delivery.look:
            try:
                async with asyncio.timeout(limit_s):
                    looked = await self._platform.find(step, place, refs)
            except TimeoutError:
                return CouldNotLook("제때 응답이 없어 확인하지 못했습니다.")
            if not isinstance(looked, Absent) or self._too_late(delivery):
                return looked
        over = self._clock.now() + timedelta(seconds=limit_s)
        if over > delivery.lease_until:
            return NotSent("차례가 너무 늦게 왔습니다.", 0)
        try:
            with deadline.until(over, self._clock):
                async with asyncio.timeout(limit_s):
                    return await self._platform.do(step, place, refs)
        except TimeoutError:
            return Unsure("제때 응답이 없었습니다.")

    def _too_late(self, delivery: Delivery) -> bool:
        """Left by a dead process, so that planning could not skip it; nothing is known to be out."""
        return delivery.look and not delivery.steps and delivery.due_at < self._clock.now() - self._timing.max_age

    async def _settle(
        self, delivery: Delivery, step: Step, place: Place, outcome: Outcome | CouldNotLook | Absent,
        next_at: datetime | None,
    ) -> None:  # fmt: skip
        """`next_at`: when the step after it is due, None = it was the last."""
        self.counts[type(outcome).__name__] += 1
        deliveries, now = self._store.deliveries, self._clock.now()
        match outcome:
            case Done(ref):
                await deliveries.advance(delivery, step.key, ref, now, None, last=next_at is None, due_at=next_at)
            case NotSent(reason, wait_s, everywhere):
                if everywhere and wait_s:
                    self.turns.hold(wait_s)
                await self._again(delivery, place, reason, wait_s)
            case CouldNotLook(reason, wait_s):
                await self._again(delivery, place, reason, wait_s)
            case Absent():
                await deliveries.skip(delivery, TOO_LATE)
            case Unsure(reason):
                await self._again(delivery, place, reason, None, doubt=True)
            case Closed(reason):
                await deliveries.fail(delivery, reason)
                await self._store.subscriptions.pause(place.platform, place.channel, reason)
                await self._operator.failed(delivery.date, place, reason, paused=True)
            case Rejected(reason):
                await deliveries.fail(delivery, reason)
                await self._operator.failed(delivery.date, place, reason)

    async def _again(
        self, delivery: Delivery, place: Place, reason: str, wait_s: float | None, *, doubt: bool = False
    ) -> None:
        """Given back for later: when the platform says so, else ever more slowly, and not for ever. What may still
        land is left alone until the lease is over; a root that may be out gets no younger for being looked for."""
        failures = delivery.attempts - len(delivery.steps)
        if failures > _TRIES:
            await self._store.deliveries.fail(delivery, reason)
            await self._operator.failed(delivery.date, place, reason)
            return
        pause = _BACK_OFF_S[min(failures, len(_BACK_OFF_S)) - 1] if wait_s is None else wait_s
        log.info(
            "deliver.again place=%s pause_s=%.1f failures=%d doubt=%s reason=%s", place, pause, failures, doubt, reason
        )
        at = self._clock.now() + timedelta(seconds=pause)
        at = max(at, delivery.lease_until) if doubt else at
        keeps_its_age = not delivery.steps and (delivery.look or doubt)
        give = self._store.deliveries.again if keeps_its_age else self._store.deliveries.give_back
        await give(delivery, at, reason, doubt=doubt)

    async def _steps_of(self, delivery: Delivery) -> tuple[Step, ...]:
        """The edition's steps for these settings, rendered once for all channels that share them."""
        settings = json.dumps(dict(delivery.settings), sort_keys=True, default=str)
        key = (delivery.date, delivery.profile, f"{delivery.built_at}/{delivery.revision}", settings)
        if key not in self._steps:
            while len(self._steps) >= _STEPS_KEPT:
                del self._steps[next(iter(self._steps))]
            self._steps[key] = asyncio.create_task(self._render(delivery))
        try:
            return await asyncio.shield(self._steps[key])
        except StoreError:
            self._steps.pop(key, None)
            raise

    async def _render(self, delivery: Delivery) -> tuple[Step, ...]:
        edition = await self._store.editions.get(delivery.date, delivery.profile)
        assert edition is not None, "a delivery is claimed only when its edition stands"
        if not edition.stories and edition.date.weekday() == 6:  # on Sundays there is news only, or nothing
            return ()
        return await asyncio.to_thread(self._platform.steps, edition, delivery.settings)

    async def _pause(self, *, idle: bool) -> None:
        """Until there may be something to claim."""
        await asyncio.sleep(self._timing.gather_s)
        if wait_s := self.turns.wait_s():
            await _first(self._stopping.wait(), asyncio.sleep(max(wait_s, _TOGETHER_S)))
        elif idle and self._under_way >= self._timing.slots:
            await self._woken.wait()
        elif idle and not self._woken.is_set():
            await _first(self._woken.wait(), self._clock.sleep_until(await self._next_due() - self._timing.ahead))

    async def _next_due(self) -> datetime:
        """When something falls due, or when to ask again. Warms the connections that the next roots will need."""
        now = self._clock.now()
        again = now + self._timing.poll
        try:
            due = (await self._store.deliveries.queue(self._claimed_at)).next_due or again
        except StoreError:
            return again
        if now - self._written_at > self._timing.asleep_after and now < due < now + self._timing.warm_up:
            self._written_at = now
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout((due - now).total_seconds()):
                    await self._platform.warm()
        return min(due, again)


async def _first(*waits: Coroutine[Any, Any, Any]) -> None:
    """When one of them is over; the others are let go."""
    tasks = {asyncio.ensure_future(wait) for wait in waits}
    _, late = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in late:
        task.cancel()
