"""One process that only delivers, for the bench and the tests to kill: `python -m bot.bench.courier_process JSON`.

The JSON names the database, the platform's server, its pace and the lease. Ends on SIGTERM, and writes what it
cost (CPU seconds) to `report` then.
"""

import asyncio
import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.bench.local_platform import LocalPlatform
from bot.chat import Pace
from bot.clock import SystemClock
from bot.delivery import Courier, Timing
from bot.operator import Operator
from core.store import Store


async def main(wanted: dict[str, Any]) -> None:
    stop, clock = asyncio.Event(), SystemClock()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    lease_s = float(wanted["lease_s"])
    timing = Timing(lease=timedelta(seconds=lease_s), sending_s=lease_s * 0.375, slots=int(wanted["slots"]))
    platform = LocalPlatform(wanted["server"], Pace(float(wanted["per_channel_s"]), float(wanted["per_second"])))
    async with Store(wanted["database"]) as store:
        await platform.open()
        operator = Operator(store, {}, None, clock)
        courier = Courier(store, platform, clock, f"courier-{os.getpid()}-{time.monotonic_ns()}", operator, timing)
        courier.turns.share = int(wanted["share"])
        running = asyncio.create_task(courier.run())
        began = time.process_time()
        await stop.wait()
        courier.stop()
        await running
        await platform.close()
    if report := wanted.get("report"):
        await asyncio.to_thread(Path(report).write_text, json.dumps({"cpu_s": time.process_time() - began}))


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
