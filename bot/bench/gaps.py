"""How long a loop could do nothing: what an acknowledgement would have waited, and what the machine itself takes."""

import asyncio
import time
from typing import Final

LOOK_S: Final = 0.005


class Gaps:
    """How much later than asked a sleep of 5 ms ended, at the worst, in milliseconds, since it was last asked for."""

    def __init__(self) -> None:
        self._worst_s = 0.0

    async def watch(self) -> None:
        while True:
            begun = time.perf_counter()
            await asyncio.sleep(LOOK_S)
            self._worst_s = max(self._worst_s, time.perf_counter() - begun - LOOK_S)

    def worst_ms(self) -> float:
        worst_s, self._worst_s = self._worst_s, 0.0
        return round(1000 * worst_s, 1)
