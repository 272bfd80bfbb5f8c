"""`bench delivery`: 2,000 channels × 7 messages to a local platform that misbehaves, while processes are killed.

Real processes, a real database: SQLite with one process, PostgreSQL with three where TEST_POSTGRES_URL names a
server. Beside them a bare loop posts the same messages through the same adapter without any store, in the same
run, so that the price of losing nothing can be read off. What is counted is what the platform has got.
"""

import asyncio
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.bench.local_platform import NAME, LocalPlatform
from bot.bench.papers import made_up_papers
from bot.bench.platform_server import Behaviour
from bot.chat import Done, NotSent, Pace, Place
from core.model import Claim, Edition, Funnel, Link, SourceReport, Story
from core.store import Due, Store, Subscription

ON = date(2026, 2, 3)
PARTS = 7
_SLOTS = 64
_SEOUL = ZoneInfo("Asia/Seoul")
_CALM = Behaviour(refused=0.02)
_WILD = Behaviour(refused=0.02, lost=0.01, late=0.005, late_s=1.5, blind=0.02)


@dataclass(frozen=True, slots=True)
class Trial:
    """How many processes deliver what to whom, and what is done to them."""

    database: str
    channels: int
    behaviour: Behaviour = _CALM
    processes: int = 1
    kills: int = 0
    freezes: int = 0  # each longer than a lease
    lease_s: float = 6.0
    per_channel_s: float = 0.0
    per_second: float = 1e6
    every_s: tuple[float, float] = field(default=(2.0, 5.0))  # between two blows


async def bench_delivery(channels: int = 2_000) -> dict[str, Any]:
    """All figures; takes some minutes."""
    figures: dict[str, Any] = {"channels": channels, "parts": PARTS, "aim": "≥ 300 messages/s, ≤ 3 ms CPU per message"}
    figures["bare"] = await bare(channels)
    figures["sqlite"] = await _on_sqlite(channels)
    figures["sqlite_chaos"] = await _on_sqlite(channels, behaviour=_WILD, kills=5, freezes=1)
    figures["one_channel_killed_60_times"] = await killed_through_a_day(60)
    limits = Behaviour(refused=0, per_channel_s=1.0, per_second=50)
    figures["at_the_limits"] = await _on_sqlite(100, behaviour=limits, per_channel_s=1.0, per_second=50.0)
    figures["at_the_limits"]["arithmetic_s"] = 100 * PARTS / 50
    if server := os.environ.get("TEST_POSTGRES_URL"):
        calm = Trial(server, channels, processes=3)
        figures["postgres_x3"] = await trial(calm)
        figures["postgres_x3_chaos"] = await trial(Trial(server, channels, _WILD, 3, kills=8, freezes=2))
    return figures


async def _on_sqlite(channels: int, **how: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="aidaily-bench-") as folder:
        return await trial(Trial(f"sqlite+aiosqlite:///{folder}/bench.db", channels, **how))


async def bare(channels: int) -> dict[str, Any]:
    """The same messages, in order per channel, as many at once, and nothing remembered."""
    async with platform_process(_CALM) as url:
        platform = LocalPlatform(url, Pace(0, 1e6))
        await platform.open()
        steps = platform.steps(edition(), {})
        waiting = [Place(NAME, f"C{n:05}") for n in range(channels)]
        began, cpu = time.monotonic(), time.process_time()

        async def worker() -> None:
            while waiting:
                place, refs = waiting.pop(), tuple[str, ...]()
                while len(refs) < len(steps):
                    outcome = await platform.do(steps[len(refs)], place, refs)
                    if isinstance(outcome, Done):
                        refs += (outcome.ref,)
                    elif isinstance(outcome, NotSent):
                        await asyncio.sleep(outcome.retry_after_s or 0)

        await asyncio.gather(*(worker() for _ in range(_SLOTS)))
        took, used = time.monotonic() - began, time.process_time() - cpu
        await platform.close()
    messages = channels * PARTS
    return {"messages_per_s": round(messages / took), "cpu_ms_per_message": round(1000 * used / messages, 2)}


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
    """Lets the processes work, strikes them at random, replaces the dead, until every delivery has ended."""
    blows = [signal.SIGKILL] * wanted.kills + [signal.SIGSTOP] * wanted.freezes
    random.shuffle(blows)
    processes = [await _courier(wanted, url, folder) for _ in range(wanted.processes)]
    next_blow = time.monotonic() + random.uniform(*wanted.every_s)
    struck = {"killed": 0, "frozen": 0}
    async with Store(wanted.database) as store:
        while any(row.state == "pending" for row in await store.deliveries.of(on)):
            await asyncio.sleep(min(0.5, wanted.every_s[0]))
            if blows and time.monotonic() >= next_blow:
                at = random.randrange(len(processes))
                if blows.pop() is signal.SIGKILL:
                    processes[at].kill()
                    await processes[at].wait()
                    processes[at] = await _courier(wanted, url, folder)
                    struck["killed"] += 1
                else:
                    processes[at].send_signal(signal.SIGSTOP)
                    spare = await _courier(wanted, url, folder)
                    await asyncio.sleep(wanted.lease_s * 1.3)
                    processes[at].send_signal(signal.SIGCONT)
                    processes.append(spare)
                    struck["frozen"] += 1
                next_blow = time.monotonic() + random.uniform(*wanted.every_s)
    for process in processes:
        process.terminate()
    for process in processes:
        await process.wait()
    return struck


async def killed_through_a_day(kills: int) -> dict[str, Any]:
    """One channel, the whole bot from collecting to the last part, killed again and again. `calls_repeated`: model
    calls made although their reply was stored."""
    with tempfile.TemporaryDirectory(prefix="aidaily-bench-") as folder:
        home = Path(folder)
        database, calls = f"sqlite+aiosqlite:///{home}/bench.db", home / "calls"
        calls.touch()
        now = datetime.now(_SEOUL) - timedelta(minutes=1)
        async with Store(database) as store, platform_process(Behaviour(0.4, 0.02, lost=0.05)) as url:
            one = Subscription(NAME, "C00000", datetime.now(UTC) - timedelta(days=1), post_at=f"{now:%H:%M}")
            await store.subscriptions.add(one)
            paid, repeated, killed = dict[str, int](), 0, 0
            while not await _is_done(store, now.date()):
                bot = await whole_bot(home, database, url, lease_s=1.5)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(random.uniform(0.0, 0.7) if killed < kills else 60):
                        while not await _is_done(store, now.date()):  # noqa: ASYNC110
                            await asyncio.sleep(0.1)
                bot.kill()
                await bot.wait()
                killed += 1
                made = Counter(calls.read_text().split())
                repeated += sum(made[name] > count for name, count in paid.items())
                build = f"{now.date()}/default/final"
                paid = {name: made[name] for name in made if await store.steps.get(build, name)}
            report = await ask(url, f"/report?parts={PARTS}&channels=1")
    faults = {name: report[name] for name in ("messages", "lost", "doubled", "out_of_order")}
    return {"killed": killed, **faults, "model_calls": len(paid), "calls_repeated": repeated}


async def whole_bot(
    home: Path, database: str, url: str, *, lease_s: float, listens_alone: bool = False, model_s: float = 0.4
) -> Process:
    """`run` in a process of its own, once it is up."""
    how = {
        "home": str(home), "database": database, "server": url, "lease_s": lease_s, "listens_alone": listens_alone,
        "calls": str(home / "calls"), "model_s": model_s,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.bench.bot_process", json.dumps(how), stdin=DEVNULL, stdout=PIPE
    )
    assert process.stdout is not None
    if not await process.stdout.readline():
        raise RuntimeError(f"the bot ended with {await process.wait()}")
    return process


async def _is_done(store: Store, on: date) -> bool:
    rows = await store.deliveries.of(on)
    return bool(rows) and all(row.state != "pending" for row in rows)


async def _courier(wanted: Trial, url: str, folder: Path) -> Process:
    how = {
        "database": wanted.database, "server": url, "lease_s": wanted.lease_s, "slots": _SLOTS,
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
