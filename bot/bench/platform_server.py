"""A local chat platform that misbehaves as real ones do, and the adapter that speaks to it.

It answers slowly, refuses some writes with 429, loses replies after it has accepted, lands messages late; it may
keep rate limits, per channel and over all. What it has got it counts: lost, doubled, out of order, roots first.
It listens on 127.0.0.1 and ends with the process that started it (its standard input closes).
"""

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, fields
from typing import Any

from aiohttp import web


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Shares of all writes; seconds. A limit of 0 is none."""

    answer_s: float = 0.05
    refused: float = 0.02
    retry_after_s: float = 0.5
    lost: float = 0.0  # accepted, and the connection drops before the reply
    late: float = 0.0  # the connection drops, and the message appears after `late_s`
    late_s: float = 1.0
    blind: float = 0.0  # of all looks: 503
    per_channel_s: float = 0.0
    per_second: float = 0.0


class Server:
    """`written`: per channel the (seq, key, time) of what is out, in the order in which it appeared."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour
        self.closed: dict[str, int] = {}  # channel → status that it answers
        self.written: dict[str, list[tuple[int, str, float]]] = {}
        self._refs: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.asked: list[str] = []  # ids of what people asked; every listener gets each
        self.answered: list[tuple[str, str]] = []  # (id, by whom)
        self.listeners: dict[str, float] = {}  # who → when last seen
        self._last: dict[str, float] = {}
        self._window: deque[float] = deque()
        self._landing: set[asyncio.Task[None]] = set()

    async def write(self, request: web.Request) -> web.StreamResponse:
        body, now = await request.json(), time.time()
        channel = body["channel"]
        if status := self.closed.get(channel):
            return web.json_response({}, status=status)
        wait = self._limited(channel, now)
        if wait or random.random() < self.behaviour.refused:
            self.counts["limited" if wait else "refused"] += 1
            return web.json_response({"retry_after": wait or self.behaviour.retry_after_s}, status=429)
        self._last[channel] = now
        self._window.append(now)
        if random.random() < self.behaviour.late:
            self.counts["landed_late"] += 1
            self._land_later(channel, body)
            return self._drop(request)
        await asyncio.sleep(self.behaviour.answer_s * random.uniform(0.8, 1.2))
        ref = self._land(channel, body)
        if random.random() < self.behaviour.lost:
            self.counts["replies_lost"] += 1
            return self._drop(request)
        return web.json_response({"ref": ref})

    async def look(self, request: web.Request) -> web.Response:
        self.counts["looks"] += 1
        await asyncio.sleep(self.behaviour.answer_s)
        if random.random() < self.behaviour.blind:
            return web.json_response({}, status=503)
        return web.json_response({"ref": self._refs.get(request.query["key"])})

    async def report(self, request: web.Request) -> web.Response:
        """With `?parts=N&channels=M`, what is missing of N parts in M channels is lost."""
        parts, channels = int(request.query.get("parts", 0)), int(request.query.get("channels", len(self.written)))
        keys = Counter(key for written in self.written.values() for _, key, _ in written)
        first = {key: at for written in reversed(self.written.values()) for _, key, at in reversed(written)}
        roots = [at for written in self.written.values() for seq, _, at in written if seq == 0]
        rest = [at for written in self.written.values() for seq, _, at in written if seq]
        return web.json_response({
            "messages": sum(keys.values()),
            "lost": max(0, parts * channels - len(keys)),
            "doubled": sum(keys.values()) - len(keys),
            "out_of_order": sum(not _in_order(written) for written in self.written.values()),
            "rest_before_last_root": sum(at < max(roots) for at in rest) if roots else 0,
            "first_at": min(first.values(), default=0),
            "last_at": max(first.values(), default=0),
            "roots_done_at": max(roots, default=0),
            **self.counts,
        })  # fmt: skip

    async def count(self, request: web.Request) -> web.Response:
        """How much is out, cheaply."""
        return web.json_response({"messages": sum(map(len, self.written.values()))})

    async def ask(self, request: web.Request) -> web.Response:
        self.asked.append((await request.json())["id"])
        return web.json_response({})

    async def listen(self, request: web.Request) -> web.Response:
        self.listeners[request.query["who"]] = time.time()
        return web.json_response(self.asked[int(request.query["since"]) :])

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.answered.append((body["id"], body["who"]))
        return web.json_response({})

    async def talk(self, request: web.Request) -> web.Response:
        """Who listens now, and who has answered what."""
        now = [who for who, at in self.listeners.items() if at > time.time() - 0.5]
        return web.json_response({"listeners": now, "answered": self.answered})

    async def change(self, request: web.Request) -> web.Response:
        """Other behaviour, closed channels, or (`{"forget": true}`) a new beginning."""
        body = await request.json()
        self.closed |= body.pop("closed", {})
        if body.pop("forget", False):
            self.__init__(self.behaviour)  # type: ignore[misc]
        self.behaviour = Behaviour(**asdict(self.behaviour) | body)
        return web.json_response({})

    def _limited(self, channel: str, now: float) -> float:
        """Seconds to wait by the platform's own limits, 0 = may go."""
        while self._window and self._window[0] <= now - 1:
            self._window.popleft()
        if self.behaviour.per_second and len(self._window) >= self.behaviour.per_second:
            return self._window[0] + 1 - now
        return max(0.0, self._last.get(channel, 0.0) + self.behaviour.per_channel_s - now)

    def _land(self, channel: str, body: Mapping[str, Any]) -> str:
        self.written.setdefault(channel, []).append((body["seq"], body["key"], time.time()))
        return self._refs.setdefault(body["key"], f"{channel}.{len(self._refs)}")

    def _land_later(self, channel: str, body: Mapping[str, Any]) -> None:
        async def land() -> None:
            await asyncio.sleep(self.behaviour.late_s)
            self._land(channel, body)

        task = asyncio.create_task(land())
        self._landing.add(task)
        task.add_done_callback(self._landing.discard)

    @staticmethod
    def _drop(request: web.Request) -> web.StreamResponse:
        if request.transport is not None:  # the client may have gone before
            request.transport.abort()
        return web.Response()


def _in_order(written: list[tuple[int, str, float]]) -> bool:
    seen = list(dict.fromkeys(seq for seq, _, _ in written))  # a doubled one is counted as doubled
    return seen == list(range(len(seen)))


@asynccontextmanager
async def serving(server: Server) -> AsyncIterator[str]:
    """The server's URL while the block runs."""
    app = web.Application()
    app.add_routes([
        web.post("/write", server.write), web.get("/look", server.look), web.get("/report", server.report),
        web.get("/count", server.count), web.post("/change", server.change), web.post("/ask", server.ask),
        web.get("/listen", server.listen), web.post("/answer", server.answer), web.get("/talk", server.talk),
    ])  # fmt: skip
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _main(behaviour: Behaviour) -> None:
    async with serving(Server(behaviour)) as url:
        sys.stdout.write(url + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("behaviour", help="JSON", type=json.loads)
    given = parser.parse_args().behaviour
    asyncio.run(
        _main(Behaviour(**{field.name: given[field.name] for field in fields(Behaviour) if field.name in given}))
    )
