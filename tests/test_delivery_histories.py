"""Whatever the platform answers and whenever a process dies: each step is out once, in order, and none is lost.

Hypothesis writes the histories: for every attempt at a step an answer, and between them deaths before a write, after
it has landed, or while others are under way. After each death another process takes over once the lease has run out.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from bot.chat import CouldNotLook, Looked, NotSent, Outcome, Place, Step, Unsure
from bot.delivery import Courier, Timing
from bot.operator import Operator
from core.store import Due, Store, Subscription
from tests.editions import DAY, full
from tests.fakes import FakeClock, FakePlatform, Landed, seoul

DUE = seoul("2026-02-03 16:40")
ALL = list(range(8))  # root, thread, five stories, closing


class Killed(BaseException):
    """The process dies here; no `except Exception` holds it."""


@dataclass(frozen=True, slots=True)
class Death:
    """`landed`: the message is out all the same."""

    landed: bool


answers = st.one_of(
    st.builds(NotSent, st.just("429"), st.sampled_from([0.0, 0.7, 30.0])),
    st.builds(NotSent, st.just("429"), st.just(0.01), st.just(True)),
    st.builds(NotSent, st.just("502"), st.none()),
    st.just(Unsure("reply lost before")),
    st.just(Landed(Unsure("reply lost after"))),
    st.just(RuntimeError("a fault of ours")),
    st.builds(Death, st.booleans()),
)
attempts = st.tuples(st.integers(0, 2), st.sampled_from(ALL))  # channel, step
histories = st.lists(st.tuples(attempts, answers), max_size=14)
blindness = st.lists(attempts, max_size=4)


@dataclass
class Mortal(FakePlatform):
    """A platform whose sender may die in the act."""

    clock: FakeClock
    deaths: dict[tuple[str, int], list[Death]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        FakePlatform.__init__(self, self.clock)

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        if deaths := self.deaths.get((place.channel, step.seq)):
            if deaths.pop(0).landed:
                await super().do(step, place, refs)
            raise Killed
        return await super().do(step, place, refs)


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which three channels are due."""
    path = tmp_path_factory.mktemp("histories") / "ready.db"

    async def make() -> None:
        async with Store(f"sqlite+aiosqlite:///{path}") as store:
            await store.editions.save(full())
            await store.subscriptions.seed(Subscription("slack", f"C{n}", DUE - timedelta(hours=1)) for n in range(3))
            await store.deliveries.plan(Due(DAY, "default", one.id, DUE) for one in await store.subscriptions.list())

    asyncio.run(make())
    return path


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories, blindness, st.integers(1, 8))
def test_nothing_is_lost_doubled_or_out_of_order(
    ready: Path,
    tmp_path: Path,
    history: list[tuple[tuple[int, int], Outcome | Landed | Exception | Death]],
    blind: list[tuple[int, int]],
    slots: int,
) -> None:
    platform = Mortal(FakeClock(DUE))
    for (channel, seq), answer in history:
        at = (f"C{channel}", seq)
        if isinstance(answer, Death):
            platform.deaths.setdefault(at, []).append(answer)
        else:
            platform.answers.setdefault(at, []).append(answer)
    for channel, seq in blind:
        looks: list[Looked] = platform.looks.setdefault((f"C{channel}", seq), [])
        looks.append(CouldNotLook("500"))
    database = tmp_path / "aidaily.db"
    copyfile(ready, database)
    deaths = asyncio.run(_delivered(f"sqlite+aiosqlite:///{database}", platform, Timing(slots=slots, gather_s=0)))
    event(f"deaths: {deaths}")
    assert [platform.seqs(f"C{n}") for n in range(3)] == [ALL] * 3


async def _delivered(url: str, platform: Mortal, timing: Timing) -> int:
    """Process after process until every delivery is done; how many died."""
    async with Store(url) as store:
        for life in range(60):
            operator = Operator(store, {}, None, platform.clock)
            courier = Courier(store, platform, platform.clock, f"process {life}", operator, timing)
            dead = 0
            try:
                await courier.run(until_idle=True)
            except BaseExceptionGroup as died:
                if died.split(Killed)[1] is not None:
                    raise
                dead = 1
            if all(row.state == "done" for row in await store.deliveries.of(DAY)):
                return life + dead
            platform.clock.at += timing.lease + timedelta(seconds=1)
    raise AssertionError("never done")
