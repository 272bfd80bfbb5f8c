"""How Slack's events reach us: Socket Mode (no public address needed), or signed HTTP on PORT.

The Socket Mode client reconnects by itself, mostly: a watchdog looks every half minute, makes a new connection, and
after three misses in a row gives up, because a process that hears nothing and looks alive is the worst of both.
Slack that cannot be reached at the start is another matter: no new process would reach it, so it is tried again.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.settings import port_refused
from bot.slack import errors
from core.errors import PlatformAway, PlatformLost, SettingsError

log = logging.getLogger(__name__)
WATCH_S: Final = 30.0
MISSES: Final = 3
_CONNECT_S: Final = 20.0
PATH: Final = "/slack/events"


async def by_socket(app: AsyncApp, client: AsyncWebClient, token: str, *, watch_s: float = WATCH_S) -> None:
    """Listens until cancelled. Raises SettingsError for a refused app token, PlatformAway where Slack cannot be
    reached at first, PlatformLost after three misses in a row."""
    handler = AsyncSocketModeHandler(app, token, web_client=client)
    handler.client.proxy = client.proxy
    try:
        handler.client.wss_uri = await _address(client, token)
        async with asyncio.timeout(_CONNECT_S):  # it would try for ever, and with the one address
            await handler.connect_async()  # type: ignore[no-untyped-call]
        log.info("slack.listening mode=socket")
        await _watch(handler, watch_s)
    except TimeoutError as error:
        raise away(error) from error
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _address(client: AsyncWebClient, token: str) -> str:
    """Asked for here first: the client itself would ask for ever with a token that is refused."""
    try:
        return str((await client.apps_connections_open(app_token=token))["url"])
    except SlackApiError as error:
        if errors.code(error) in errors.REFUSED:
            raise SettingsError("SLACK_APP_TOKEN", f"Slack이 거절했습니다({errors.code(error)}).") from error
        raise away(error) from error
    except errors.FAULTS as error:
        raise away(error) from error


def away(error: BaseException) -> PlatformAway:
    return PlatformAway(f"Slack에 연결할 수 없습니다({errors.code(error)}).")


async def _watch(handler: AsyncSocketModeHandler, watch_s: float) -> None:
    misses = 0
    while True:
        await asyncio.sleep(watch_s)
        if await handler.client.is_connected():
            misses = 0
            continue
        misses += 1
        log.warning("slack.disconnected misses=%d", misses)
        if misses >= MISSES:
            raise PlatformLost(f"Slack과 끊긴 뒤 {MISSES}번 다시 연결하지 못했습니다. 프로세스를 새로 시작해야 합니다.")
        try:
            async with asyncio.timeout(watch_s):
                await handler.client.connect_to_new_endpoint(force=True)
        except errors.FAULTS as error:
            log.warning("slack.not_reconnected reason=%s", errors.code(error))


async def by_http(app: AsyncApp, port: int) -> None:
    """Serves /slack/events until cancelled; Bolt checks the signatures. Raises SettingsError for a port in use."""
    async with serving(app, port):
        log.info("slack.listening mode=http port=%d", port)
        await asyncio.Event().wait()


@asynccontextmanager
async def serving(app: AsyncApp, port: int) -> AsyncIterator[None]:
    async def events(request: web.Request) -> web.Response:
        body = (await request.read()).decode("utf-8", "replace")
        headers: dict[str, str | Sequence[str]] = {**request.headers}
        said = await app.async_dispatch(AsyncBoltRequest(body=body, query=request.query_string, headers=headers))
        kind = said.headers.get("content-type", ["text/plain"])[0].partition(";")[0]
        return web.Response(status=said.status, text=said.body, content_type=kind)

    served = web.Application(client_max_size=2**20)
    served.router.add_post(PATH, events)
    runner = web.AppRunner(served, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, port=port).start()
        except OSError as error:
            raise port_refused("PORT", port, error) from error
        yield
    finally:
        await runner.cleanup()
