"""How soon a command is acknowledged: while litellm is being loaded, and with it loaded.

A real process of the bot, on the given database, hears commands over Socket Mode from a small Slack; it answers each
of them too, because that is what may keep it from acknowledging the next. `gap_ms` is the worst that its loop was
kept from anything, `machine_gap_ms` the same of a loop that does nothing, in another process at the same time.
"""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

from bot.bench.gaps import Gaps
from bot.bench.slack_server import SlackServer, slack_server

_EVERY_S = 0.1
_READY_S = 60.0


async def bench_acknowledging(database: str, home: Path, words: Sequence[str], asked: int) -> dict[str, Any]:
    """`words`: the commands, in turn; `asked`: how many once litellm is loaded. Times in milliseconds."""
    commands, machine = cycle(words), Gaps()
    watching = asyncio.create_task(machine.watch())
    async with slack_server() as slack, _bot({"slack": slack.url, "database": database, "home": str(home)}) as process:
        async with asyncio.timeout(_READY_S):
            await slack.connected.wait()
        machine.worst_ms()
        loading = asyncio.create_task(_told(process))
        early: list[asyncio.Task[float]] = []
        while not loading.done():
            early.append(await _one(slack, next(commands)))
        noise_ms = machine.worst_ms()
        late = [await _one(slack, next(commands)) for _ in range(asked)]
        figures = {
            "while_loading": {**_spread(await asyncio.gather(*early)), **await loading, "machine_gap_ms": noise_ms},
            "loaded": _spread(await asyncio.gather(*late)),
        }
        process.send_signal(signal.SIGTERM)
        figures["loaded"] |= {**await _told(process), "machine_gap_ms": machine.worst_ms(), "answered": slack.answers}
    watching.cancel()
    return figures


async def _one(slack: SlackServer, text: str) -> asyncio.Task[float]:
    """Sent at its time, however long the one before takes."""
    sent = asyncio.create_task(slack.command(text))
    await asyncio.sleep(_EVERY_S)
    return sent


def _spread(took_s: Sequence[float]) -> dict[str, float]:
    took = sorted(1000 * each for each in took_s)
    at = {"median_ms": 0.5, "p99_ms": 0.99, "worst_ms": 1.0}
    return {"asked": len(took)} | {name: round(took[int(part * (len(took) - 1))], 1) for name, part in at.items()}


@asynccontextmanager
async def _bot(wanted: dict[str, str]) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.bench.slack_process", json.dumps(wanted), stdout=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _told(process: Process) -> dict[str, float]:
    """The next line that it says of itself."""
    assert process.stdout is not None
    line = await process.stdout.readline()
    told: dict[str, float] = json.loads(line)
    return told
