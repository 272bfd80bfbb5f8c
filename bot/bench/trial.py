"""One trial of delivery: real processes, a real database, a local platform that misbehaves, blows at random.

What is counted is what the platform has got, not what we believe we sent.
"""

import asyncio
import contextlib
import json
import random
import signal
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.bench.local_platform import NAME
from bot.bench.papers import made_up_papers
from bot.bench.platform_server import Behaviour
from core.errors import StoreError
from core.model import Claim, Edition, Funnel, Link, SourceReport, Story
from core.store import Due, Store, Subscription

ON = date(2026, 2, 3)
PARTS = 7
SLOTS = 64
CALM = Behaviour(refused=0.02)
WILD = Behaviour(refused=0.02, lost=0.01, late=0.005, late_s=1.5, blind=0.02)


@dataclass(frozen=True, slots=True)
class Trial:
    """How many processes deliver what to whom, and what is done to them."""

    database: str
    channels: int
    behaviour: Behaviour = CALM
    processes: int = 1
    kills: int = 0
    freezes: int = 0  # each longer than a lease
    crashes: int = 0  # of the database
    crash: Callable[[], None] | None = None
    lease_s: float = 6.0
    per_channel_s: float = 0.0
    per_second: float = 1e6


@dataclass(slots=True)
class Crew:
    """The processes of a trial. The frozen are replaced, and out of reach of other blows also when they have woken."""

    awake: list[Process] = field(default_factory=list)
    frozen: dict[Process, asyncio.Task[None]] = field(default_factory=dict)

    def pick(self) -> Process:
        """One that is awake, no longer of the crew. Some end by themselves when the database is away."""
        picked = random.choice([one for one in self.awake if one.returncode is None])
        self.awake.remove(picked)
        return picked


Blow = Callable[[Trial, Crew], Awaitable[str]]


async def trial(wanted: Trial) -> dict[str, Any]:
    """What the platform has got in the end, how fast, and at what cost."""
    on = await plan(wanted.database, wanted.channels)
    with tempfile.TemporaryDirectory(prefix="aidaily-bench-") as folder:
        async with platform_process(wanted.behaviour) as url:
            began = time.monotonic()
            blows = await _deliver(wanted, on, url, Path(folder))
            took = time.monotonic() - began
            report = await ask(url, f"/report?parts={PARTS}&channels={wanted.channels}")
        costs = [json.loads(path.read_text())["cpu_s"] for path in Path(folder).glob("*.json")]  # noqa: ASYNC240
    spread = report["last_at"] - report["first_at"]
    figures = {
        "processes": wanted.processes, **blows, **report, "took_s": round(took, 1), "delivered_in_s": round(spread, 2),
        "messages_per_s": round(report["messages"] / spread) if spread else None,
    }  # fmt: skip
    if not wanted.kills:  # the killed do not tell what they cost
        figures["cpu_ms_per_message"] = round(1000 * sum(costs) / report["messages"], 2)
    return {name: value for name, value in figures.items() if name not in ("first_at", "last_at", "roots_done_at")}


async def _deliver(wanted: Trial, on: date, url: str, folder: Path) -> dict[str, int]:
    """Lets the processes work and strikes when random shares of the messages are out (not at random times, which a fast
    machine outruns), until every delivery has ended."""
    blows, struck = _blows(wanted), dict.fromkeys(("killed", "frozen", "crashed"), 0)
    crew = Crew()
    try:
        async with Store(wanted.database) as store:
            while await _pending(store, on):
                await asyncio.sleep(0.05 if blows else 0.5)
                crew.awake = [one for one in crew.awake if one.returncode is None]
                while len(crew.awake) < wanted.processes:
                    crew.awake.append(await _courier(wanted, url, folder))
                if blows and await _out(url) >= blows[0][0] * wanted.channels * PARTS:
                    struck[await blows.popleft()[1](wanted, crew)] += 1
            await asyncio.gather(*crew.frozen.values())
    finally:
        for process in (*crew.awake, *crew.frozen):
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.terminate()
        for process in (*crew.awake, *crew.frozen):
            await process.wait()
    return struck


def _blows(wanted: Trial) -> deque[tuple[float, Blow]]:
    """In random order, each with the share of messages that is out when it falls."""
    blows = [_kill] * wanted.kills + [_freeze] * wanted.freezes + [_crash] * wanted.crashes
    return deque(zip(sorted(random.uniform(0, 0.7) for _ in blows), random.sample(blows, len(blows)), strict=True))


async def _out(url: str) -> int:
    return int((await ask(url, "/count"))["messages"])


async def _kill(wanted: Trial, crew: Crew) -> str:
    killed = crew.pick()
    killed.kill()
    await killed.wait()
    return "killed"


async def _freeze(wanted: Trial, crew: Crew) -> str:
    """Stopped for longer than its lease, while blows go on; it wakes up beside those that took over."""
    frozen = crew.pick()
    frozen.send_signal(signal.SIGSTOP)

    async def wake() -> None:
        await asyncio.sleep(wanted.lease_s * 1.3)
        frozen.send_signal(signal.SIGCONT)

    crew.frozen[frozen] = asyncio.create_task(wake())
    return "frozen"


async def _crash(wanted: Trial, crew: Crew) -> str:
    assert wanted.crash is not None
    await asyncio.to_thread(wanted.crash)
    return "crashed"


async def _pending(store: Store, on: date) -> bool:
    """Also while the database is away."""
    try:
        return any(row.state == "pending" for row in await store.deliveries.of(on))
    except StoreError:
        return True


async def _courier(wanted: Trial, url: str, folder: Path) -> Process:
    how = {
        "database": wanted.database, "server": url, "lease_s": wanted.lease_s, "slots": SLOTS,
        "per_channel_s": wanted.per_channel_s, "per_second": wanted.per_second, "share": wanted.processes,
        "report": str(folder / f"{random.randrange(10**12)}.json"),
    }  # fmt: skip
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.bench.courier_process", json.dumps(how), stdin=DEVNULL
    )


async def plan(database: str, channels: int) -> date:
    """An edition of a date that this database has not seen (one server serves several trials), and `channels`
    deliveries of it that are due."""
    now, on = datetime.now(UTC), ON
    async with Store(database) as store:
        while await store.editions.get(on):
            on += timedelta(days=1)
        await store.editions.save(edition(on))
        await store.subscriptions.seed(Subscription(NAME, f"C{n:05}", now) for n in range(channels))
        known = [one for one in await store.subscriptions.list() if one.platform == NAME][:channels]
        await store.deliveries.plan(Due(on, "default", one.id, now) for one in known)
    return on


@asynccontextmanager
async def platform_process(behaviour: Behaviour) -> AsyncIterator[str]:
    """A platform server in a process of its own, so that its work is not counted as ours."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.bench.platform_server", json.dumps(asdict(behaviour)), stdin=PIPE, stdout=PIPE
    )
    assert process.stdout is not None and process.stdin is not None
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 5)


async def ask(url: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """The server's own word (GET), or a change of its behaviour (POST)."""
    async with (
        aiohttp.ClientSession(trust_env=False) as session,
        session.request("POST" if body else "GET", url + path, json=body) as reply,
    ):
        return await reply.json()


def edition(on: date = ON) -> Edition:
    """Five made-up stories: a root, five parts, a closing."""
    now = datetime.combine(on, datetime.min.time(), UTC).replace(hour=7, minute=20)
    papers = made_up_papers(100, now)
    stories = [
        Story(
            n, paper, f"{paper.title} 요약", ("효율", "추론"), (Claim("문장입니다.", paper.abstract[:80]),) * 3,
            "한 줄 평입니다.", ("해 볼 일",) * 2, (Claim("주의할 점입니다."),), (Link(paper.title, paper.url),),
            "abstract", (("코드", "공개"),),
        )
        for n, paper in enumerate(papers[:5], 1)
    ]  # fmt: skip
    return Edition(
        on, "default", "final", now, None, Funnel(100, 100, 60, 5), (SourceReport("arXiv", True, 100),),
        tuple(stories), (), papers, tuple(paper.id for paper in papers[:20]), (),
    )  # fmt: skip
