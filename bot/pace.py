"""A platform's global rate limit as arithmetic: when the next writes may go.

Writes are spaced evenly at 97 % of the rate, so a limit counted over any second is not met by accident. Time lost
while writes were waiting is made up for, a little at a time; time in which there was nothing to write is not.
"""

import math
import time
from collections.abc import Callable

_OF_THE_RATE = 0.97
_CATCH_UP_S = 0.08
_PLENTY = 1_000_000


class Turns:
    """`share`: how many processes write to the platform; each takes its part of the rate."""

    def __init__(self, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._now = now
        self._next = now()
        self.share = 1

    @property
    def _interval(self) -> float:
        return self.share / (_OF_THE_RATE * self._per_second)

    def free(self) -> int:
        """How many writes may go now."""
        late = self._now() - self._next
        if late < 0:
            return 0
        return math.floor(min(late, _CATCH_UP_S) / self._interval) + 1 if self._interval else _PLENTY

    def take(self, count: int, of: int) -> None:
        """`count` writes go now, where `of` were free."""
        now = self._now()
        begin = max(self._next, now - _CATCH_UP_S) if count == of else max(self._next, now)
        self._next = begin + count * self._interval

    def wait_s(self) -> float:
        """Seconds until a write may go."""
        return max(0.0, self._next - self._now())

    def hold(self, seconds: float) -> None:
        """The platform wants no write at all for so long."""
        self._next = max(self._next, self._now() + seconds)
