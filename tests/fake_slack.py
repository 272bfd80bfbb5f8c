"""A Slack on 127.0.0.1 that keeps Slack's rules, for the real client libraries to talk to.

It checks tokens and scopes, validates every message and view (tests/slack_rules.py), keeps channels with threads and
metadata, pages their history, keeps files, limits rates with 429 and Retry-After, lets a trigger be used once within
three seconds, and gives every event to one of the open sockets. `fail` makes the next call of a method go wrong, also
after the message was taken. People act through tests/slack_people.py.
"""

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from tests.slack_rules import message_faults
from tests.slack_workspace import APP, BOT, NEEDS, SCOPES, Json, Refusal, Workspace


class FakeSlack(Workspace):
    """`per_channel_s`: the pace that chat.postMessage must keep in a channel, 0 = any. `deaf`: acknowledgements are
    not heard. `links_work`: whether the addresses of Socket Mode can be connected to."""

    def __init__(self, scopes: str = SCOPES, per_channel_s: float = 0.0, page: int = 1_000) -> None:
        super().__init__(page)
        self.scopes, self.per_channel_s = scopes, per_channel_s
        self.calls: list[tuple[str, Json]] = []
        self.responses: list[Json] = []  # what stands
        self.responded: list[Json] = []  # all of it, the replaced too
        self.urls: dict[str, int] = {}
        self.sockets: list[web.WebSocketResponse] = []
        self.deaf = False
        self.links_work = True
        self._failures: defaultdict[str, deque[str]] = defaultdict(deque)
        self._acks: dict[str, asyncio.Future[tuple[float, Json]]] = {}
        self._last: dict[str, float] = {}
        self._turn = 0

    def fail(self, method: str, *how: str) -> None:
        """The next calls of the method: `lost` (taken, then no answer), `hang` (taken, and no answer for
        long), `429:SECONDS`, `500`, `html`, an error, or nothing at all (""). "upload" is the address that files go
        to."""
        self._failures[method].extend(how)

    def called(self, method: str) -> list[Json]:
        return [body for name, body in self.calls if name == method]

    @asynccontextmanager
    async def running(self) -> AsyncIterator["FakeSlack"]:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/respond/{id}", self._respond)
        app.router.add_post("/upload/{id}", self._upload)
        app.router.add_get("/link/{ticket}", self._link)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        assert runner.addresses
        self.base = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await self.hang_up()
            await runner.cleanup()
        assert not self.faults, self.faults

    async def deliver(self, kind: str, payload: Json, envelope: str = "") -> tuple[float, Json]:
        """Gives an envelope to one of the sockets, in turn; (seconds until it was acknowledged, the payload then)."""
        envelope = envelope or f"e{self.ts()}"
        self._acks[envelope] = asyncio.get_running_loop().create_future()
        while not (alive := [each for each in self.sockets if not each.closed]):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        self._turn += 1
        begun = time.perf_counter()
        told = {"envelope_id": envelope, "type": kind, "payload": payload, "accepts_response_payload": True}
        await alive[self._turn % len(alive)].send_str(json.dumps(told))
        async with asyncio.timeout(10.0):
            at, answer = await self._acks[envelope]
        return at - begun, answer

    async def hang_up(self) -> None:
        for socket in self.sockets:
            await socket.close()
        self.sockets.clear()

    def response_url(self) -> str:
        self.urls[id := f"r{self.ts()}"] = 0
        return f"{self.base}/respond/{id}"

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method, body = request.match_info["method"], await _body(request)
        self.calls.append((method, body))
        how = self._failures[method].popleft() if self._failures[method] else ""
        if how.startswith("429:"):
            return _limited(how[4:])
        if how in ("500", "html"):
            return web.Response(status=500 if how == "500" else 200, text="<html>", content_type="text/html")
        if method == "chat.postMessage" and (wait := self._too_fast(body.get("channel", ""))):
            return _limited(f"{wait:.2f}")
        try:
            if how not in ("", "lost", "hang"):
                raise Refusal(how)
            self._admit(request, method, body)
            told = {"ok": True, **getattr(self, "_" + method.replace(".", "_"))(body)}
        except Refusal as refusal:
            told = {"ok": False, "error": str(refusal)}
            if str(refusal) == "missing_scope":
                told |= {"needed": NEEDS.get(method, ""), "provided": self.scopes}
        if how == "hang":
            await asyncio.sleep(30)
        if how == "lost":
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(told, headers={"x-oauth-scopes": self.scopes})

    def _admit(self, request: web.Request, method: str, body: Json) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or body.get("token", "")
        if token != (APP if method == "apps.connections.open" else BOT):
            raise Refusal("not_allowed_token_type" if token in (APP, BOT) else "invalid_auth")
        if (scope := NEEDS.get(method)) and scope not in self.scopes.split(","):
            raise Refusal("missing_scope")
        if not hasattr(self, "_" + method.replace(".", "_")):
            raise Refusal("unknown_method")

    def _too_fast(self, channel: str) -> float:
        now = time.monotonic()
        wait = self._last.get(channel, -1e9) + self.per_channel_s - now
        if wait > 0:
            return wait
        self._last[channel] = now
        return 0.0

    async def _respond(self, request: web.Request) -> web.Response:
        id, body = request.match_info["id"], await request.json()
        self.urls[id] += 1
        if self.urls[id] > 5:
            return web.Response(status=404, text="used_url")
        if faults := message_faults(body):
            self.faults += faults
            return web.Response(status=500, text="invalid_blocks")
        try:
            self.files_are_there(body)
        except Refusal as refusal:
            return web.json_response({"ok": False, "error": str(refusal)}, status=404)
        if body.get("replace_original") and self.responses:
            self.responses.pop()
        self.responses.append(body)
        self.responded.append(body)
        return web.Response(text="ok")

    async def _upload(self, request: web.Request) -> web.Response:
        if how := self._failures["upload"].popleft() if self._failures["upload"] else "":
            return web.Response(status=int(how))
        self.uploads[request.match_info["id"]]["data"] = data = await request.read()
        return web.Response(text=f"OK - {len(data)}")

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        if not self.links_work:
            raise web.HTTPForbidden
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": len(self.sockets) + 1}))
        self.sockets.append(socket)
        async for message in socket:
            if message.type == WSMsgType.TEXT and not self.deaf:
                told = json.loads(message.data)
                waiting = self._acks.get(told.get("envelope_id", ""))
                if waiting and not waiting.done():
                    waiting.set_result((time.perf_counter(), told.get("payload") or {}))
        return socket


async def _body(request: web.Request) -> Json:
    """JSON, a form or a query; values that are JSON in a form are read."""
    if request.content_type == "application/json":
        return dict(await request.json())
    fields: Mapping[str, Any] = {**request.query, **(await request.post())}
    return {
        name: json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") else value
        for name, value in fields.items()
    }


def _limited(seconds: str) -> web.Response:
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": seconds})
