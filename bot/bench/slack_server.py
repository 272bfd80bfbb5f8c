"""A small Slack on 127.0.0.1 for the bench: it takes whatever is written, and hands out commands over Socket Mode.

What Slack would refuse is not its business (the tests have a Slack that keeps Slack's rules); it counts the seconds
until a command is acknowledged, by its own clock.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

_WITHIN_S = 10.0


@dataclass(slots=True)
class SlackServer:
    """`answers`: what came to a response_url."""

    url: str = ""
    answers: int = 0
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    _socket: web.WebSocketResponse | None = None
    _acknowledged: dict[str, asyncio.Future[float]] = field(default_factory=dict)
    _asked: int = 0

    async def command(self, text: str) -> float:
        """Seconds until it was acknowledged. Raises TimeoutError after ten."""
        assert self._socket is not None, "connected first"
        self._asked = n = self._asked + 1
        told = {
            "envelope_id": f"e{n}", "type": "slash_commands", "accepts_response_payload": True,
            "payload": {
                "command": "/aidaily", "text": text, "channel_id": "C0BENCH", "user_id": f"U{n}", "user_name": "bench",
                "team_id": "T0BENCH", "trigger_id": f"t{n}.{time.time_ns()}",
                "response_url": f"{self.url.removesuffix('/api')}/respond",
            },
        }  # fmt: skip
        heard = self._acknowledged[f"e{n}"] = asyncio.get_running_loop().create_future()
        begun = time.perf_counter()
        await self._socket.send_str(json.dumps(told))
        async with asyncio.timeout(_WITHIN_S):
            at: float = await heard
        return at - begun

    async def api(self, request: web.Request) -> web.Response:
        told: dict[str, Any] = {"ok": True, "ts": f"{time.time():.6f}", "view": {"id": "V0BENCH"}}
        match request.match_info["method"]:
            case "auth.test":
                told |= {"team": "bench", "user": "aidaily", "team_id": "T0BENCH", "user_id": "U0BOT", "bot_id": "B0"}
            case "apps.connections.open":
                told["url"] = self.url.replace("http", "ws").replace("/api", "/link")
            case "conversations.info":
                told["channel"] = {"id": "C0BENCH", "is_member": True, "creator": "U0MAKER"}
        return web.json_response(told)

    async def respond(self, request: web.Request) -> web.Response:
        await request.read()
        self.answers += 1
        return web.Response(text="ok")

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        self._socket = socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": 1}))
        self.connected.set()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                heard = self._acknowledged.pop(json.loads(message.data).get("envelope_id", ""), None)
                if heard and not heard.done():
                    heard.set_result(time.perf_counter())
        return socket


@asynccontextmanager
async def slack_server() -> AsyncIterator[SlackServer]:
    """The server, on a port of its own, until the block ends. `url` is what SLACK_API_URL takes."""
    server, app = SlackServer(), web.Application()
    app.router.add_route("*", "/api/{method}", server.api)
    app.router.add_post("/respond", server.respond)
    app.router.add_get("/link", server.link)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api"
        yield server
    finally:
        await runner.cleanup()
