"""A platform's global rate limit as arithmetic: how many writes may go now.

Writes are spaced evenly; time that was lost while they were waiting is made up for, and yet no second gets more
than its due, counted over what was really sent. The second is taken 1.5 % longer than it is, because writes do not
all travel equally fast.
"""

import math
import time
from collections import deque
from collections.abc import Callable

_LONGER = 1.015
_MADE_UP_S = 0.3  # of lost time
_PLENTY = 1_000_000


class Turns:
    """`share`: how many processes write to the platform; each takes its part of the rate."""

    def __init__(self, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._now = now
        self._sent: deque[float] = deque()  # within the last second
        self._next = now()  # the next one's even turn
        self._held_until = now()
        self.share = 1

    def free(self) -> int:
        """How many writes may go now."""
        now = self._now()
        if now < self._held_until or now < self._next:
            return 0
        if math.isinf(self._per_second):
            return _PLENTY
        while self._sent and self._sent[0] <= now - self._second:
            self._sent.popleft()
        even = math.floor((now - max(self._next, now - _MADE_UP_S)) / self._interval) + 1
        return max(0, min(even, self._at_once - len(self._sent)))

    def take(self, count: int) -> None:
        """`count` writes go now."""
        if not math.isinf(self._per_second):
            now = self._now()
            self._sent.extend([now] * count)
            self._next = max(self._next, now - _MADE_UP_S) + count * self._interval

    def wait_s(self) -> float:
        """Seconds until a write may go."""
        if self.free():
            return 0.0
        turn = max(self._next, self._held_until)
        if self._sent and len(self._sent) >= self._at_once:
            turn = max(turn, self._sent[-self._at_once] + self._second)
        return max(0.0, turn - self._now())

    def hold(self, seconds: float) -> None:
        """The platform wants no write at all for so long."""
        self._held_until = max(self._held_until, self._now() + seconds)

    @property
    def _interval(self) -> float:
        return _LONGER * self.share / self._per_second

    @property
    def _at_once(self) -> int:
        return max(1, math.floor(self._per_second / self.share))

    @property
    def _second(self) -> float:
        """Longer where not even one write a second may go."""
        return self._at_once * self._interval
