"""Small things that work: a clock that jumps, a chat platform in memory, an app around them.

They keep the promises of the protocols they stand in for; what goes wrong is said by the test.
"""

import asyncio
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App, build
from bot.chat import Absent, Answer, Done, Looked, Outcome, Pace, Person, Place, Reply, Request, Step
from bot.office import Office, office
from bot.planning import next_post
from bot.settings import Settings
from core.errors import NoEdition
from core.house import House
from core.llm import Completer
from core.model import Batch, Collected, Edition, Item, Reading, SourceReport
from core.newsroom import Newsroom
from core.render.message import Message
from core.render.messages import messages
from core.sources import Day
from core.store import Store
from core.web import Web
from tests.editions import papers

SEOUL = ZoneInfo("Asia/Seoul")


def seoul(text: str) -> datetime:
    """`2026-02-03 16:40` on a clock in Korea."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL).astimezone(UTC)


UNLIMITED = Pace(0.0, math.inf)


class FakeClock:
    """Waiting for a time makes it that time."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    async def sleep_until(self, at: datetime) -> None:
        self.at = max(self.at, at)
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Landed:
    """The message is out, and yet this is what the sender is told."""

    outcome: Outcome


class FakePlatform:
    """A platform in memory. `out`: (channel, seq, time) in the order of appearance. `answers` are given instead of
    the ordinary one, by (channel, seq), first one first; the same for `looks`."""

    listens_alone = False

    def __init__(self, clock: FakeClock, name: str = "slack", pace: Pace = UNLIMITED) -> None:
        self.name = name
        self.pace = pace
        self.clock = clock
        self.out: list[tuple[str, int, datetime]] = []
        self.told: list[tuple[str, str]] = []
        self.tries: list[tuple[str, int]] = []
        self.looked: list[tuple[str, int]] = []
        self.warmed = 0
        self.answers: dict[tuple[str, int], list[Outcome | Landed | Exception]] = {}
        self.looks: dict[tuple[str, int], list[Looked]] = {}
        self.tells: list[Outcome] = []
        self.edits: dict[tuple[str, int], list[Outcome]] = {}
        self.edited: list[tuple[str, int, Message]] = []
        self._refs: dict[str, str] = {}
        self.delay_s = 0.0
        self.asked: asyncio.Queue[Request] = asyncio.Queue()
        self.replies: list[Reply | None] = []

    async def open(self) -> None:
        pass

    async def warm(self) -> None:
        self.warmed += 1

    async def close(self) -> None:
        pass

    async def listen(self, answer: Answer) -> None:
        async def silent(words: str) -> None: ...

        while True:
            self.replies.append(await answer(await self.asked.get(), silent))

    def ask(self, id: str, verb: str = "status") -> None:
        """A person asks something in a channel."""
        self.asked.put_nowait(Request(id, Place(self.name, "C1"), Person("U1"), verb))

    def steps(self, edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
        root, *rest = messages(edition, thread=not settings.get("root_only", False))
        parts = [Step(n, "part", part) for n, part in enumerate(rest, 2)]
        return (Step(0, "root", root), Step(1, "thread", root), *parts) if rest else (Step(0, "root", root),)

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        at = (place.channel, step.seq)
        self.tries.append(at)
        assert len(refs) == step.seq and len(step.key) == 24
        await asyncio.sleep(self.delay_s)
        answers = self.answers.get(at)
        answer: Outcome | Landed | Exception = answers.pop(0) if answers else Done(f"{place.channel}.{step.seq}")
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Landed | Done):
            self.out.append((*at, self.clock.now()))
            self._refs[step.key] = f"{place.channel}.{step.seq}"
        return answer.outcome if isinstance(answer, Landed) else answer

    async def edit(self, step: Step, was: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        at = (place.channel, step.seq)
        assert step.message is not None and len(step.key) == 24
        await asyncio.sleep(self.delay_s)
        answers = self.edits.get(at)
        answer: Outcome = answers.pop(0) if answers else Done(refs[step.seq])
        if isinstance(answer, Done):
            self.edited.append((*at, step.message))
        return answer

    async def find(self, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
        at = (place.channel, step.seq)
        self.looked.append(at)
        if looks := self.looks.get(at):
            return looks.pop(0)
        ref = self._refs.get(step.key)
        return Done(ref) if ref else Absent()

    def link(self, place: Place, refs: tuple[str, ...], step: Step | None = None) -> str | None:
        return f"https://{self.name}.example/{place.channel}/{refs[step.seq if step else 0]}"

    async def welcome(self, place: Place) -> str | None:
        return None

    async def tell(self, place: Place, message: Message) -> Outcome:
        answer = self.tells.pop(0) if self.tells else Done("told")
        if isinstance(answer, Done):
            self.told.append((place.channel, message.summary))
        return answer

    def seqs(self, channel: str) -> list[int]:
        """What is out in that channel."""
        return [seq for place, seq, _ in self.out if place == channel]

    def times(self, seq: int = 0) -> list[tuple[str, datetime]]:
        return [(channel, at) for channel, number, at in self.out if number == seq]


@dataclass(slots=True)
class FakeSources:
    """What the day's sources give. `fail_until`: before that time they all fail."""

    clock: FakeClock
    items: tuple[Item, ...] = field(default_factory=lambda: papers(40))
    fail_until: datetime | None = None
    asked: list[tuple[date, datetime]] = field(default_factory=list)

    async def collect(self, day: Day) -> Collected:
        self.asked.append((day.date, self.clock.now()))
        if self.fail_until and self.clock.now() < self.fail_until:
            raise NoEdition("모든 출처에서 수집하지 못했습니다.")
        reports = (SourceReport("arXiv", True, len(self.items)),)
        return Collected(self.items, Batch(day.date, day.now, len(self.items)), reports)


async def read_nothing_more(item: Item) -> Reading:
    return Reading(item, item.text, "abstract", ())


def made_app(
    store: Store,
    clock: FakeClock,
    home: Path,
    *platforms: FakePlatform,
    sources: FakeSources | None = None,
    completer: Completer | None = None,
    web: Web | None = None,
    **settings: Any,
) -> App:
    """The app with these platforms and without the outside world, but for what `web` reaches by `settings`."""
    chosen = Settings(aidaily_home=home, **settings)
    sources = sources or FakeSources(clock)
    house = House(
        ZoneInfo(chosen.timezone), chosen.post_time, timedelta(minutes=chosen.lead_minutes), chosen.llm_budget_usd,
        chosen.llm_budget_tokens,
    )  # fmt: skip
    newsroom = Newsroom(
        house, store, collect=sources.collect, read=read_nothing_more, completer=completer,
        today=lambda: clock.now().astimezone(house.zone).date(),
    )  # fmt: skip
    app = build(chosen, store, web or Web())
    return replace(app, newsroom=newsroom, platforms={each.name: each for each in platforms})


async def until(happened: Callable[[], object], within_s: float = 20.0) -> None:
    """Waits, in real time, until it has happened."""
    async with asyncio.timeout(within_s):
        while not happened():  # noqa: ASYNC110  (the thing waited for knows nothing of us)
            await asyncio.sleep(0.01)


async def tick(desk: Office) -> None:
    """Everything that is due at this moment, once."""
    await desk.planner.plan()
    await desk.build()
    for courier in desk.couriers:
        await courier.run(until_idle=True)


async def live(app: App, clock: FakeClock, until: datetime, step: timedelta = timedelta(minutes=10)) -> None:
    """A process that runs from now until then: it ticks every `step`, and also when an edition is to be built, shortly
    before it is to be posted, and whenever something falls due."""
    desk = office(app, clock)
    while clock.now() < until:
        await tick(desk)
        now = clock.now()
        posts = [next_post(channel, now).at for channel in await desk.planner.channels()]
        moments = [post - ahead for post in posts for ahead in (app.newsroom.house.lead, timedelta(seconds=20))]
        due = (await app.store.deliveries.queue(now)).next_due
        clock.at = min(moment for moment in (*moments, due or until, now + step, until) if moment > now)
