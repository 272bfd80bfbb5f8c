"""What a name tends to do: lead a paper or stand last on it, submit near the deadline, work in large teams.

A pick says more of who led the work and of who ran it than of the names between, so first and last authors
have a record of their own. Habits need no label: how late in the day somebody's papers came and how many signed
them. A habit is held back towards a typical paper's while papers are few.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating[Any]]
Places = NDArray[np.integer[Any]]
LATE, TEAM = 1.0, math.log1p(4)  # a typical paper: -log of the share of its day that came later, log(1 + authors)
COLUMNS = (
    "led_max", "led_mean", "led_first", "led_last", "ran_max", "ran_mean", "ran_first", "ran_last",
    "late_max", "late_mean", "late_first", "late_last", "team_max", "team_mean", "team_last",
)  # fmt: skip
_HELD = 2.0  # papers' worth of holding back
_STRANGER = (0.0, 0.0, 0.0, 0.0, LATE, TEAM)


@dataclass(frozen=True, slots=True)
class Roles:
    """One value a name of the record: papers and picks as first author and as last author, and the two habits."""

    led: Values
    led_picks: Values
    ran: Values
    ran_picks: Values
    late: Values
    team: Values

    def columns(
        self, at: Places, known: NDArray[np.bool_], start: Places, size: Places, base: float
    ) -> Iterator[Values]:
        """The features COLUMNS of papers whose authors, one paper after the other from `start`, stand `at` these places
        of the record if `known`; `base` is a stranger's rate."""
        led, led_picks, ran, ran_picks, late, team = (
            taken(values, at, known, stranger) for values, stranger in zip(self._all(), _STRANGER, strict=True)
        )
        last = start + size - 1
        led, ran = ((picks + _HELD * base) / (papers + _HELD) for papers, picks in ((led, led_picks), (ran, ran_picks)))
        for each in (led, ran, late):
            yield from (
                np.maximum.reduceat(each, start), np.add.reduceat(each, start) / size, each[start], each[last],
            )  # fmt: skip
        yield from (np.maximum.reduceat(team, start), np.add.reduceat(team, start) / size, team[last])

    def grown(self, size: int, old: Places, new: Places, gain: Sequence[Values]) -> "Roles":
        """With room for `size` names, the old ones at `old`; the counts `gain` are added at `new`. Habits stay."""
        result = []
        for n, (values, stranger) in enumerate(zip(self._all(), _STRANGER, strict=True)):
            whole = np.full(size, stranger)
            whole[old] = values
            if n < len(gain):
                whole[new] += gain[n]
            result.append(whole)
        return Roles(*result)

    def _all(self) -> tuple[Values, ...]:
        return (self.led, self.led_picks, self.ran, self.ran_picks, self.late, self.team)


def taken(values: Values, at: Places, known: NDArray[np.bool_], stranger: float) -> Values:
    """The values at these places, the stranger's where nobody is known."""
    if not len(values):
        return np.full(len(at), stranger)
    return np.where(known, values[at], stranger).astype(np.float64)


def counts(at: Places, size: NDArray[np.int64], picked: Values, names: int) -> tuple[Values, Values, Values, Values]:
    """Papers and picks as first and as last author of so many names; `at` are the authors' places, one paper after
    the other, `size` their number (none is 0)."""
    last = np.cumsum(size) - 1
    led, ran = at[last - size + 1], at[last]
    one = np.ones(len(picked))
    return _sum(led, one, names), _sum(led, picked, names), _sum(ran, one, names), _sum(ran, picked, names)


def _sum(at: Places, values: Values, names: int) -> Values:
    return np.bincount(at, values, names).astype(np.float64)


def learn(at: Places, size: NDArray[np.int64], picked: Values, late: Values, names: int) -> Roles:
    """The roles that papers teach: `late` is -log of the share of its day that came later than each."""

    def habit(values: Values, typical: float) -> Values:
        total = np.bincount(at, np.repeat(values, size), names) + _HELD * typical
        return np.asarray(total / (np.bincount(at, minlength=names) + _HELD))

    return Roles(*counts(at, size, picked, names), habit(late, LATE), habit(np.log1p(size), TEAM))
