"""The global rate as arithmetic: never more in a second than it allows, never much less than it could be."""

import math

from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Turns


class Seconds:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def send(turns: Turns, clock: Seconds, count: int, pauses: list[float]) -> list[float]:
    """`count` writes as soon as they may go, with the sender away for each pause once a write or so."""
    sent: list[float] = []
    away = iter(pauses)
    while len(sent) < count:
        clock.at += turns.wait_s() + 1e-6
        free = min(turns.free(), count - len(sent))
        turns.take(free)
        sent += [clock.at] * free
        clock.at += next(away, 0.0)
    return sent


@given(rate=st.sampled_from([0.5, 1.0, 5.0, 50.0, 300.0]), pauses=st.lists(st.floats(0, 1.5), max_size=60))
def test_no_second_gets_more_than_the_rate(rate: float, pauses: list[float]) -> None:
    clock = Seconds()
    sent = send(Turns(rate, clock), clock, max(4, int(rate * 5)), pauses)
    second = max(1.0, 1 / rate)
    for n, begin in enumerate(sent):
        assert sum(begin <= at < begin + second for at in sent[n:]) <= max(1, rate)


def test_a_steady_stream_is_at_most_two_percent_slower_than_the_limit() -> None:
    clock = Seconds()
    sent = send(Turns(50, clock), clock, 1000, [])
    assert 19.9 < sent[-1] - sent[0] < 20 * 1.02


def test_time_lost_to_short_absences_is_made_up_for() -> None:
    clock = Seconds()
    sent = send(Turns(50, clock), clock, 1000, [0.0, 0.1] * 40)
    assert sent[-1] - sent[0] < 20 * 1.03


def test_processes_share_the_rate() -> None:
    clock = Seconds()
    turns = Turns(30, clock)
    turns.share = 3
    sent = send(turns, clock, 100, [])
    assert 9.8 < sent[-1] - sent[0] < 10.3


def test_a_platform_that_wants_no_writes_gets_none_for_so_long() -> None:
    clock = Seconds()
    turns = Turns(math.inf, clock)
    assert turns.free() > 1000 and turns.wait_s() == 0
    turns.hold(5)
    assert turns.free() == 0 and turns.wait_s() == 5
    clock.at += 5
    assert turns.free() > 1000
