"""Discord's REST through discord.py's own client, each request made once: it neither waits nor repeats.

The library sleeps through rate limits and repeats after a 502, with a connection in hand. Here the queue waits
(bot/delivery.py), and what may have been done is never done again unseen. `outcome` sorts what went wrong, once.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from types import SimpleNamespace, TracebackType
from typing import Any, Self

import aiohttp
import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from yarl import URL

from bot import deadline
from bot.chat import Closed, NotSent, Outcome, Rejected, Unsure
from bot.discord.components import Payload
from core.errors import SettingsError

log = logging.getLogger(__name__)
TIMEOUT_S = 7.0
GONE = frozenset({10003, 10004, 50001, 50013})
UNKNOWN_CHANNEL, UNKNOWN_MESSAGE = 10003, 10008
_REFUSED_TOKEN_S = 300.0
_SHUT_OUT_S = 60.0
_API, _GATEWAY = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY


def aim(api: str | None, gateway: str | None) -> None:
    """Where discord.py connects to in this process; None = Discord itself."""
    Route.BASE = api or _API
    DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway) if gateway else _GATEWAY


class MayBeDone(Exception):
    """A request whose end is not known: it was answered with 5xx, or not at all."""


@dataclass(slots=True)
class _Seen:
    """What one request has been answered with, and the guard against a second one: discord.py winds its files back
    (`reset`) before each try."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    def reset(self, *, seek: int) -> None:
        if seek and self.status == 429:
            raise discord.RateLimited(float(self.headers.get("Retry-After", 1.0)))
        if seek:
            raise MayBeDone(f"HTTP {self.status}")


class _Free:
    """A rate limit that lets everything pass."""

    remaining = 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def update(self, response: aiohttp.ClientResponse, *, use_clock: bool = False) -> None:
        pass


class OnceClient(HTTPClient):
    """discord.py's client without its waiting and repeating. Raises what it raises, RateLimited for any 429."""

    def __init__(self) -> None:
        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(_note)
        connector = aiohttp.TCPConnector(limit=0, socket_factory=deadline.sockets)
        super().__init__(asyncio.get_running_loop(), connector, http_trace=trace)
        self.max_ratelimit_timeout = 1e-6

    def get_ratelimit(self, key: str) -> Any:
        return _Free()

    async def request(self, route: Route, **how: Any) -> Any:
        seen = _Seen()
        files = [seen, *how.pop("files", ())]  # the guard first
        how |= {"files": files, "trace_request_ctx": seen, "timeout": aiohttp.ClientTimeout(total=TIMEOUT_S)}
        try:
            return await super().request(route, **how)
        except discord.RateLimited as error:
            error.everywhere = "X-Ratelimit-Global" in seen.headers  # type: ignore[attr-defined]
            raise


async def _note(session: aiohttp.ClientSession, context: SimpleNamespace, end: aiohttp.TraceRequestEndParams) -> None:
    seen = context.trace_request_ctx
    if seen is None:  # the gateway's connection
        return
    seen.status = end.response.status
    seen.headers = {name.title(): value for name, value in end.response.headers.items()}


class Rest:
    """`http`: the client to use, None = a new OnceClient at `open`."""

    def __init__(self, token: str, http: HTTPClient | None = None) -> None:
        self._token = token
        self._http = http
        self.me = 0

    async def open(self) -> None:
        """Raises SettingsError for a refused token. A Discord that is away is no reason not to start."""
        self._http = self._http or OnceClient()
        try:
            self.me = int((await self._http.static_login(self._token))["id"])
        except discord.LoginFailure as error:
            await self._http.close()
            raise SettingsError("DISCORD_BOT_TOKEN", "Discord가 이 토큰을 받지 않습니다.") from error
        except FAILURES as error:
            self._http.token = self._token
            log.warning("discord.away reason=%s", reason(error))

    async def close(self) -> None:
        if self._http:
            await self._http.close()

    async def hello(self) -> None:
        """Whether the gateway answers a connection; nobody logs in. Raises one of FAILURES."""
        assert self._http is not None, "opened first"
        async with asyncio.timeout(TIMEOUT_S):
            socket = await self._http.ws_connect(str(DiscordWebSocket.DEFAULT_GATEWAY.update_query(v="10")))
            await socket.receive()
            await socket.close(code=1000)

    async def call(
        self,
        method: str,
        path: str,
        *,
        json: Payload | None = None,
        form: list[Payload] | None = None,
        files: list[discord.File] | None = None,
        params: dict[str, str] | None = None,
        **ids: str,
    ) -> Any:
        """`form`: the fields of a multipart body, `files` what they read from. Raises one of FAILURES."""
        assert self._http is not None, "opened first"
        how: dict[str, Any] = {}
        for name, value in (("json", json), ("form", form), ("files", files), ("params", params)):
            if value is not None:
                how[name] = value
        if not self.me and path != "/users/@me":
            self.me = int((await self.call("GET", "/users/@me"))["id"])
        return await self._http.request(Route(method, path, **ids), **how)


FAILURES = (discord.HTTPException, discord.RateLimited, MayBeDone, aiohttp.ClientError, TimeoutError, OSError)
"""Everything that a request may end with, besides an answer."""


def outcome(error: BaseException) -> Outcome:
    """What a failed write means."""
    match error:
        case discord.RateLimited():
            return NotSent("Discord의 요청 제한에 걸렸습니다.", error.retry_after, getattr(error, "everywhere", False))
        case discord.HTTPException(status=429):  # not by the API but before it, for all that we send
            return NotSent("Discord 앞단이 요청을 막았습니다.", _retry_after(error) or _SHUT_OUT_S, everywhere=True)
        case discord.HTTPException(status=401):
            return NotSent("Discord가 토큰을 받지 않습니다.", _REFUSED_TOKEN_S, everywhere=True)
        case discord.HTTPException(status=403 | 404) | discord.HTTPException(code=10003 | 50001 | 50013):
            return Closed(_closed(error))
        case discord.HTTPException() if error.status < 500:
            return Rejected(f"Discord가 글을 받지 않습니다({error.status}/{error.code}: {error.text[:200]}).")
        case aiohttp.ClientConnectorError():
            return NotSent("Discord에 연결할 수 없습니다.")
        case _:
            return Unsure(reason(error))


def reason(error: BaseException) -> str:
    if isinstance(error, discord.HTTPException):
        return f"HTTP {error.status}/{error.code}"
    return str(error) if isinstance(error, MayBeDone) else type(error).__name__


def code(error: BaseException) -> int:
    """Discord's own number for what is wrong, 0 = none."""
    return error.code if isinstance(error, discord.HTTPException) else 0


def retry_after(error: BaseException) -> float | None:
    sorted_out = outcome(error)
    return sorted_out.retry_after_s if isinstance(sorted_out, NotSent) else None


def _retry_after(error: discord.HTTPException) -> float | None:
    try:
        return float(error.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return None


def _closed(error: discord.HTTPException) -> str:
    match error.code:
        case 10003 | 10004:
            return "채널이 없어졌습니다."
        case 50001:
            return "봇이 채널을 볼 수 없습니다('채널 보기' 권한)."
        case 50013:
            return (
                "봇에게 이 채널의 권한이 모자랍니다. 채널에서 /aidaily subscribe 를 하면 무엇이 모자란지 알려 드립니다."
            )
        case _:
            return f"Discord가 이 채널에 쓰는 것을 허락하지 않습니다({error.status}/{error.code})."
