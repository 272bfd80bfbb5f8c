"""Until when a write may begin, asked once more where its bytes leave.

Between the courier's look at its lease and the first byte lie a connection to be made and turns of the loop (on
Python 3.11 aiohttp sends a body in a task of its own). A process that is stopped just there would, on waking, send
what another has sent in the meantime: all that it had begun. So the sockets themselves look, at every piece; every
adapter makes its connections with them (aiohttp's `TCPConnector(socket_factory=...)`), and one that writes a file
looks itself.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from bot.clock import Clock

_over: ContextVar[Callable[[], bool] | None] = ContextVar("over", default=None)


@contextmanager
def until(at: datetime, clock: Clock) -> Iterator[None]:
    """What is begun within sends nothing later than `at`."""
    token = _over.set(lambda: clock.now() > at)
    try:
        yield
    finally:
        _over.reset(token)


class TooLate(OSError):
    """Not sent: the time for it was over. The connection is given up."""


class Socket(socket.socket):
    """Raises TooLate instead of sending too late."""

    def send(self, *what: Any) -> int:
        look()
        return super().send(*what)

    def sendmsg(self, *what: Any) -> int:
        look()
        return super().sendmsg(*what)


def sockets(address: tuple[Any, ...]) -> Socket:
    """For an address as getaddrinfo gives it (https://docs.aiohttp.org/en/stable/client_reference.html#tcpconnector)."""
    family, kind, protocol, *_ = address
    return Socket(family, kind, protocol)


def look() -> None:
    """Raises TooLate when the time for what is about to be written is over."""
    over = _over.get()
    if over is not None and over():
        raise TooLate("the time for sending this is over")
