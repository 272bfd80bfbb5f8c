"""A small Discord over TCP: REST and gateway, for what an in-process one lacks. It misbehaves when told to: 429s of
every scope, answers lost after success, messages that land late, a gateway that drops and is resumed. What it knows
is tests/discord_server.py.

Answers carry exactly `application/json`, because discord.py compares with ==. It ends with its `async with`.
"""

import asyncio
import itertools
import json
import re
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import WSMsgType, web

from tests.discord_limits import Json
from tests.discord_server import ALL, APPLICATION, GUILD, ME, NEEDED, ROUTES, Refused, Server, user

__all__ = ("APPLICATION", "GUILD", "ME", "NEEDED", "TOKEN", "FakeDiscord", "Trouble", "fake_discord")
TOKEN = "fake.discord.token"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happens to the request that fits, after `skip` that go well. `done`: it has its effect all the same;
    `after_s`: then it has it later; `hang_s`: and is answered so late. `status` 0 = the connection drops."""

    method: str
    path: str  # a regular expression
    status: int = 0
    code: int = 0
    done: bool = False
    after_s: float = 0.0
    hang_s: float = 0.0
    skip: int = 0
    retry_after: float = 0.0
    scope: str = "user"
    via: str = "1.1 google"


@dataclass(slots=True)
class FakeDiscord(Server):
    """`requests`: (method, path, body) in the order in which they came."""

    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    troubles: deque[Trouble] = field(default_factory=deque)
    url: str = ""
    sockets: list[web.WebSocketResponse] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)  # IDENTIFY and RESUME, as they come
    close_codes: list[int | None] = field(default_factory=list)
    _sequence: Any = field(default_factory=lambda: itertools.count(1))
    _later: set[asyncio.Task[None]] = field(default_factory=set)

    def bodies(self, method: str, path: str) -> list[Any]:
        return [body for m, p, body in self.requests if m == method and re.fullmatch(path, p)]

    async def rest(self, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        body = await _body(request)
        self.requests.append((request.method, path, body))
        trouble = self._trouble(request.method, path)
        if trouble and trouble.after_s:
            self._in(trouble.after_s, lambda: self._handle(request, path, body))
        try:
            by_token = path.startswith(("/webhooks/", "/interactions/"))  # which stands in the path
            if not by_token and request.headers.get("Authorization") != f"Bot {TOKEN}":
                raise Refused(401, 0, "401: Unauthorized")
            answer = self._handle(request, path, body) if trouble is None or trouble.done else None
        except Refused as refused:
            return _json({"code": refused.code, "message": str(refused)}, refused.status)
        if trouble and trouble.hang_s:
            await asyncio.sleep(trouble.hang_s)
        if trouble is None:
            return _json(answer) if answer is not None else web.Response(status=204)
        if not trouble.status:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        told: Json = {"code": trouble.code, "message": "trouble"}
        headers = {"Via": trouble.via} if trouble.via else {}
        if trouble.status == 429:
            told = {"retry_after": trouble.retry_after, "global": trouble.scope == "global", "message": "limited"}
            headers |= {"Retry-After": str(trouble.retry_after), "X-RateLimit-Scope": trouble.scope}
            if trouble.scope == "global":
                headers["X-RateLimit-Global"] = "true"
        return _json(told, trouble.status, headers)

    def _trouble(self, method: str, path: str) -> Trouble | None:
        for trouble in self.troubles:
            if re.fullmatch(trouble.method, method) and re.fullmatch(trouble.path, path):
                self.troubles.remove(trouble)
                if not trouble.skip:
                    return trouble
                self.troubles.append(replace(trouble, skip=trouble.skip - 1))
                return None
        return None

    def _in(self, seconds: float, act: Callable[[], Any]) -> None:
        async def later() -> None:
            await asyncio.sleep(seconds)
            act()

        task = asyncio.create_task(later())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    def _handle(self, request: web.Request, path: str, body: Any) -> Any:
        for method, pattern, act in ROUTES:
            if method == request.method and (match := re.fullmatch(pattern, path)):
                return act(self, *match.groups(), **({"body": body} if body is not None else {}), query=request.query)
        raise Refused(404, 0, f"404: {request.method} {path}")

    # Gateway -------------------------------------------------------------------------------------------------------

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for received in socket:
            if received.type is not WSMsgType.TEXT:
                break
            said = json.loads(received.data)
            if said["op"] == 1:
                await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
            elif said["op"] == 2:
                self.logins.append("IDENTIFY")
                await self.send("READY", self._ready(), socket)
                await self.send("GUILD_CREATE", self.guild(), socket)
            elif said["op"] == 6:
                self.logins.append("RESUME")
                await self.send("RESUMED", {}, socket)
        self.close_codes.append(socket.close_code)
        return socket

    async def send(self, event: str, data: Json, socket: web.WebSocketResponse | None = None) -> None:
        target = socket or next(each for each in reversed(self.sockets) if not each.closed)
        await target.send_json({"op": 0, "t": event, "s": next(self._sequence), "d": data})

    async def drop(self) -> None:
        """The newest connection dies without a goodbye."""
        socket = next(each for each in reversed(self.sockets) if not each.closed)
        assert socket._req is not None and socket._req.transport is not None
        socket._req.transport.abort()

    def _ready(self) -> Json:
        return {"v": 10, "user": self._me(None), "guilds": [{"id": GUILD, "unavailable": True}], "session_id": "s1",
                "resume_gateway_url": self.gateway_url, "shard": [0, 1],
                "application": {"id": APPLICATION, "flags": 0}}  # fmt: skip

    async def interact(self, kind: int, data: Json, channel: str, **more: Any) -> str:
        """A person does something (2 command, 3 component, 4 autocomplete, 5 modal); its token."""
        id = self.new_id()
        member = {**self._member(GUILD, "701", None), "user": user("701", "민수"), "permissions": ALL}
        payload = {"id": id, "application_id": APPLICATION, "type": kind, "token": f"token-{id}", "version": 1,
                   "guild_id": GUILD, "channel_id": channel, "channel": self.channels[channel], "member": member,
                   "app_permissions": ALL, "locale": "ko", "guild_locale": "ko", "entitlements": [],
                   "authorizing_integration_owners": {"0": GUILD}, "context": 0, "data": data,
                   "attachment_size_limit": 10_000_000}  # fmt: skip
        await self.send("INTERACTION_CREATE", payload | more)
        return f"token-{id}"

    async def answered(self, token: str, count: int, within_s: float = 5.0) -> list[tuple[str, Any]]:
        """The first `count` things said to that interaction."""
        async with asyncio.timeout(within_s):
            while len(said := [(kind, body) for kind, of, body in self.webhooks if of == token]) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        return said


async def _body(request: web.Request) -> Any:
    """JSON, or multipart/form-data with `payload_json` and the files that its `attachments` name."""
    if not request.can_read_body:
        return None
    if request.content_type != "multipart/form-data":
        return await request.json()
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    for each in body["attachments"]:
        file = form[f"files[{each['id']}]"]
        assert isinstance(file, web.FileField) and file.filename == each["filename"]
        with file.file as content:
            data = content.read()
        each |= {"data": data.hex(), "url": f"https://cdn.discordapp.com/fake/{file.filename}"}
        each["size"] = len(data)
    return body


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    data = json.dumps(body, ensure_ascii=False).encode()
    return web.Response(body=data, status=status, headers={**(headers or {}), "Content-Type": "application/json"})


@asynccontextmanager
async def fake_discord(**how: Any) -> AsyncIterator[FakeDiscord]:
    """Listening on 127.0.0.1 while the block runs; channel "100" is there."""
    fake = FakeDiscord(**how)
    fake.channel("100")
    app = web.Application(client_max_size=1 << 24)
    app.router.add_route("*", "/api/v10/{rest:.*}", fake.rest)
    app.router.add_get("/gateway/", fake.gateway)
    app.router.add_get("/gateway", fake.gateway)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host = f"127.0.0.1:{runner.addresses[0][1]}"
    fake.url, fake.gateway_url = f"http://{host}/api/v10", f"ws://{host}/gateway"
    try:
        yield fake
    finally:
        for task in fake._later:
            task.cancel()
        for socket in fake.sockets:
            await socket.close()
        await runner.cleanup()
