"""`bench delivery`: 2,000 channels × 7 messages to a local platform that misbehaves, while processes are killed.

SQLite with one process, PostgreSQL with three. Beside them a bare loop posts the same messages through the same
adapter without any store, in the same run, so that the price of losing nothing can be read off.
"""

import asyncio
import contextlib
import json
import random
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.bench.local_platform import NAME, LocalPlatform
from bot.bench.platform_server import Behaviour
from bot.bench.postgres import Unavailable, postgres_server
from bot.bench.trial import CALM, PARTS, SLOTS, WILD, Trial, ask, edition, platform_process, trial
from bot.chat import Done, NotSent, Pace, Place
from core.store import Store, Subscription

_CHANNELS = 2_000
_SEOUL = ZoneInfo("Asia/Seoul")


async def bench_delivery() -> dict[str, Any]:
    """All figures; takes some minutes."""
    figures: dict[str, Any] = {"channels": _CHANNELS, "parts": PARTS, "aim": "≥ 300 messages/s, ≤ 3 ms CPU per message"}
    figures["bare"] = await bare(_CHANNELS)
    figures["sqlite"] = await _on_sqlite(_CHANNELS)
    figures["sqlite_chaos"] = await _on_sqlite(_CHANNELS, behaviour=WILD, kills=5, freezes=3)
    figures["one_channel_killed_60_times"] = await killed_through_a_day(60)
    limits = Behaviour(refused=0, per_channel_s=1.0, per_second=50)
    figures["at_the_limits"] = await _on_sqlite(100, behaviour=limits, per_channel_s=1.0, per_second=50.0)
    figures["at_the_limits"]["arithmetic_s"] = 100 * PARTS / 50
    figures |= await _on_postgres(_CHANNELS)
    return figures


async def _on_sqlite(channels: int, **how: Any) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="aidaily-bench-") as folder:
        return await trial(Trial(f"sqlite+aiosqlite:///{folder}/bench.db", channels, **how))


async def _on_postgres(channels: int) -> dict[str, Any]:
    """Three processes, calm and struck; or why there is no PostgreSQL here."""
    try:
        with postgres_server() as server, server.database() as database:
            calm = await trial(Trial(database, channels, processes=3))
            wild = await trial(Trial(database, channels, WILD, 3, kills=5, freezes=3, crashes=2, crash=server.crash))
            return {"postgres_x3": calm, "postgres_x3_chaos": wild}
    except Unavailable as reason:
        return {"postgres_x3": str(reason)}


async def bare(channels: int) -> dict[str, Any]:
    """The same messages, in order per channel, as many at once, and nothing remembered."""
    async with platform_process(CALM) as url:
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

        await asyncio.gather(*(worker() for _ in range(SLOTS)))
        took, used = time.monotonic() - began, time.process_time() - cpu
        await platform.close()
    messages = channels * PARTS
    return {"messages_per_s": round(messages / took), "cpu_ms_per_message": round(1000 * used / messages, 2)}


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


async def whole_bot(home: Path, database: str, url: str, *, lease_s: float, listens_alone: bool = False) -> Process:
    """`run` in a process of its own, once it is up."""
    how = {
        "home": str(home), "database": database, "server": url, "lease_s": lease_s, "listens_alone": listens_alone,
        "calls": str(home / "calls"), "model_s": 0.4,
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
