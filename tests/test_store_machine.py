"""Every interleaving of claiming, sending, dying, doubting and sleeping that hypothesis can think of.

The model is a platform that counts what it got. Workers follow the one rule (look before sending when told to);
then no channel may ever get a part twice or out of order, and in the end each has all of them.
"""

import asyncio
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.store import Delivery, Due, Store, Subscription
from tests.editions import DAY, full

NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)
LEASE, SECOND = timedelta(seconds=10), timedelta(seconds=1)
CHANNELS, PARTS = 3, 3
WORKERS = st.sampled_from(("a", "b"))


@dataclass
class Task:
    """What one worker believes about one delivery."""

    held: Delivery
    sent: bool = False  # its next part is out, and not yet written down
    until: datetime = field(default=NOW)


class Deliveries(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.Runner()
        self.now = NOW
        self.platform: dict[str, list[int]] = defaultdict(list)
        self.tasks: dict[str, list[Task]] = defaultdict(list)
        self.store = self.loop.run(self.prepare())

    async def prepare(self) -> Store:
        store = Store(f"sqlite:///{Path(self.folder.name)}/aidaily.db")
        await store.open()
        await store.editions.save(full(3))
        await store.subscriptions.seed(Subscription("slack", f"C{n}", NOW) for n in range(CHANNELS))
        rows = await store.subscriptions.list()
        await store.deliveries.plan(Due(DAY, "default", row.id, NOW) for row in rows)
        return store

    def teardown(self) -> None:
        try:
            self.now += 2 * LEASE
            self.tasks.clear()
            for _ in range(CHANNELS):
                self.claim("last", CHANNELS)
                while self.tasks["last"]:
                    self.send("last")
                    self.write_down("last", "keep")
                self.now += LEASE
            assert self.platform == {f"C{n}": list(range(PARTS)) for n in range(CHANNELS)}
        finally:
            self.loop.run(self.store.close())
            self.loop.close()
            self.folder.cleanup()

    @rule(seconds=st.sampled_from((1, 4, 10, 11)))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds * SECOND

    @rule(worker=WORKERS, limit=st.integers(1, CHANNELS))
    def claim(self, worker: str, limit: int) -> None:
        got = self.loop.run(self.store.deliveries.claim(self.now, worker, LEASE, limit, platforms=["slack"]))
        self.tasks[worker] += [Task(delivery, until=delivery.lease_until) for delivery in got]

    @precondition(lambda self: self.tasks["a"] or self.tasks["b"])
    @rule(worker=WORKERS)
    def send(self, worker: str) -> None:
        """A worker sends only while its lease lasts, and once; when told to look, only what is not there."""
        for task in self.tasks[worker][:1]:
            channel, part = self.platform[task.held.channel], len(task.held.steps)
            if self.now < task.until and not task.sent:
                if not (task.held.look and part in channel):
                    channel.append(part)
                task.sent = True

    @rule(worker=WORKERS, then=st.sampled_from(("keep", "free")))
    def write_down(self, worker: str, then: str) -> None:
        for task in self.tasks[worker][:1]:
            if not task.sent:
                continue
            part = len(task.held.steps)
            until, last = (self.now + LEASE if then == "keep" else None), part == PARTS - 1
            after = self.loop.run(
                self.store.deliveries.advance(task.held, f"k{part}", f"r{part}", self.now, until, last=last)
            )
            self.tasks[worker].remove(task)
            if after is not None and until is not None and not last:
                self.tasks[worker].append(Task(after, until=until))

    @rule(worker=WORKERS, seconds=st.integers(0, 5))
    def give_back(self, worker: str, seconds: int) -> None:
        """After a 429 (surely not sent) without a doubt, after a time-out (it may be out) with one."""
        for task in self.tasks[worker][:1]:
            self.tasks[worker].remove(task)
            due = self.now + seconds * SECOND
            self.loop.run(self.store.deliveries.give_back(task.held, due, "-", doubt=task.sent))

    @rule(worker=WORKERS)
    def die(self, worker: str) -> None:
        self.tasks[worker].clear()

    @invariant()
    def nothing_is_doubled_or_out_of_order(self) -> None:
        for parts in self.platform.values():
            assert parts == list(range(len(parts)))


TestDeliveries = Deliveries.TestCase
TestDeliveries.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
