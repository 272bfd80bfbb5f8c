"""A process that delivers, for tests that kill it: `python -m tests.store_worker URL OWNER LOG`.

Its platform is a file: a line per message, written at once. It looks there before it sends again what a dead
process may have sent, holds a delivery from the root to the end, and stops when nothing is due.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.store import Delivery, Store

PARTS = 4
LEASE = timedelta(seconds=1)


async def main(url: str, owner: str, log: Path) -> None:
    async with Store(url) as store:
        while True:
            now = datetime.now(UTC)
            claimed = await store.deliveries.claim(now, owner, LEASE, 4, platforms=["slack"])
            await asyncio.gather(*(deliver(store, one, log) for one in claimed))
            if not claimed:
                if (await store.deliveries.queue(now)).due == 0:
                    return
                await asyncio.sleep(0.05)


async def deliver(store: Store, delivery: Delivery, log: Path) -> None:
    held: Delivery | None = delivery
    while held and len(held.steps) < PARTS:
        message = f"{held.channel}/{len(held.steps)}"
        if not (held.look and sent(log, message)):
            send(log, message)
        now = datetime.now(UTC)
        last = len(held.steps) == PARTS - 1
        held = await store.deliveries.advance(held, message, message, now, now + LEASE, last=last)


def sent(log: Path, message: str) -> bool:
    return message in log.read_text().splitlines()


def send(log: Path, message: str) -> None:
    """One write of one line is never mixed with another process's."""
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{message}\n".encode())
    os.close(file)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
