"""The whole bot in one process, for the bench and the tests to kill: `python -m bot.bench.bot_process JSON`.

It is `run` with the sample day for sources, recorded replies for a model, and the local platform. Each model call
leaves a line in `calls`: what is asked again after its reply was stored would be paid for twice.
"""

import asyncio
import json
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.app import build
from bot.bench.local_platform import LocalPlatform
from bot.chat import Pace
from bot.clock import SystemClock
from bot.commands import build_answer
from bot.delivery import Timing
from bot.running import run
from bot.settings import Settings
from core.llm import Completion, Request
from core.llm.recorded import Recorded
from core.model import Collected, Item, Reading
from core.newsroom import Newsroom
from core.sample import sample_day, sample_replies
from core.sources import Day
from core.store import Store
from core.web import Web


class Slow(Recorded):
    """Answers after a while and writes down that it was asked."""

    def __init__(self, calls: Path, delay_s: float) -> None:
        super().__init__(sample_replies())
        self._calls = calls
        self._delay_s = delay_s

    async def complete(self, request: Request) -> Completion:
        with self._calls.open("a", encoding="utf-8") as file:
            file.write(f"{request.name}\n")
        await asyncio.sleep(self._delay_s)
        return await super().complete(request)


async def main(wanted: dict[str, Any]) -> None:
    settings = Settings(aidaily_home=Path(wanted["home"]), database_url=wanted["database"], judge="off")
    lease_s = float(wanted["lease_s"])
    lease = timedelta(seconds=lease_s)
    timing = Timing(lease=lease, build_lease=lease, gateway_s=lease_s, sending_s=lease_s * 0.375)

    async def collect(day: Day) -> Collected:
        return sample_day()

    async def read(item: Item) -> Reading:
        return Reading(item, item.text, "abstract", ())

    async with Store(settings.database) as store, Web() as web:
        app = build(settings, store, web)
        clock, house = SystemClock(), replace(app.newsroom.house, judged=False)
        newsroom = Newsroom(
            house, store, collect=collect, read=read, today=lambda: clock.now().astimezone(house.zone).date(),
            completer=Slow(Path(wanted["calls"]), wanted["model_s"]),
        )  # fmt: skip
        platform = LocalPlatform(wanted["server"], Pace(0, 1e6), listens_alone=wanted["listens_alone"])
        app = replace(app, newsroom=newsroom, platforms={platform.name: platform})
        sys.stdout.write(f"{os.getpid()}\n")
        sys.stdout.flush()
        await run(app, clock, build_answer(app), timing=timing)


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
