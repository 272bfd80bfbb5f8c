"""Slack: what an edition and a Reply look like there, and what people there do, for the house to answer.

    blocks.py      Message → Block Kit, within every limit     errors.py      what Slack's answers mean
    posting.py     one step written, and found by its key      voice.py       how an answer reaches its asker
    events.py      Slack's payloads → Request                  answering.py   Request → Reply, in tasks of our own
    forms.py       Form ↔ modal         home.py  App Home      connection.py  Socket Mode or signed HTTP
    people.py      who is asking                               pictures.py    uploaded unseen, shown by a message
    checks.py      for doctor

Nothing is decided here: who may do what is in bot/commands, when to write in bot/delivery. Three clients: the one
that writes editions repeats nothing, the others wait when Slack asks for it; all speak to SLACK_API_URL.
"""

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot import deadline
from bot.chat import Answer, Looked, Outcome, Pace, Place, Step
from bot.settings import Settings
from bot.slack import connection, errors, events, posting
from bot.slack.answering import Desk
from bot.slack.events import NAME
from bot.slack.people import People
from bot.slack.pictures import Pictures
from core.errors import SettingsError
from core.model import Edition
from core.render.message import Message

log = logging.getLogger(__name__)
_BOLT, _CLIENT = logging.getLogger("bot.slack.bolt"), logging.getLogger("bot.slack.client")
_PER_CHANNEL_S: Final = 1.01  # Slack takes one a second, and short bursts; delivery adds a hundredth more
_PER_SECOND: Final = 20.0  # over all channels of a workspace, which Slack does not publish: a guess
_WITHIN_S: Final = 7.0  # of any call; delivery gives up at 7.5 s
_DRAIN_S: Final = 5.5
_WARM: Final = 4


class Slack:
    name = NAME
    listens_alone = False

    def __init__(self, settings: Settings) -> None:
        assert settings.slack_bot_token is not None, "without a token there is no Slack"
        self._settings = settings
        self._token = settings.slack_bot_token.get_secret_value()
        self.pace = Pace(_PER_CHANNEL_S, _PER_SECOND)
        self._session: aiohttp.ClientSession | None = None
        self._scopes: frozenset[str] = frozenset()
        self._identity: Mapping[str, Any] = {}

    async def open(self) -> None:
        for theirs in (_BOLT, _CLIENT):  # below INFO they write down what people say, response_urls and tickets
            theirs.setLevel(max(logging.INFO, logging.getLogger().level))
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=_WITHIN_S),
            connector=aiohttp.TCPConnector(socket_factory=deadline.sockets),
        )
        self._writing = self.client(self._session, waits=False)
        self._speaking = self.client(self._session, waits=True)
        self._pictures = Pictures(self._writing)
        try:
            await self._introduce()
            for channel in self._settings.slack_channels:
                await posting.join(self._writing, channel)
        except SettingsError:
            await self.close()
            raise
        except errors.FAULTS as error:  # Slack is away: delivery and listening try on
            log.warning("slack.unreachable reason=%s", errors.code(error))

    async def warm(self) -> None:
        with contextlib.suppress(*errors.FAULTS):
            await asyncio.gather(*(self._writing.auth_test() for _ in range(_WARM)))

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    def steps(self, edition: Edition, settings: Mapping[str, Any]) -> tuple[Step, ...]:
        return posting.steps(edition, settings)

    async def do(self, step: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        return await posting.do(self._pictures, step, place, refs)

    async def edit(self, step: Step, was: Step, place: Place, refs: tuple[str, ...]) -> Outcome:
        return await posting.edit(self._pictures, step, place, refs)

    async def find(self, step: Step, place: Place, refs: tuple[str, ...]) -> Looked:
        return await posting.find(self._writing, step, place, refs)

    async def tell(self, place: Place, message: Message) -> Outcome:
        return await posting.tell(self._pictures, place, message)

    def link(self, place: Place, refs: tuple[str, ...], step: Step | None = None) -> str | None:
        site = str(self._identity.get("url", ""))
        return posting.link(site, place, refs, step.seq if step else 0) if site else None

    async def welcome(self, place: Place) -> str | None:
        return await posting.welcome(self._speaking, place.channel)

    async def listen(self, answer: Answer) -> None:
        """Raises SettingsError for what is missing or refused, PlatformAway and PlatformLost when Slack cannot be heard
        yet or any more."""
        assert self._session is not None, "opened first"
        if not self._identity:
            try:
                await self._introduce()
            except errors.FAULTS as error:
                raise connection.away(error) from error
        desk = Desk(self._speaking, self._session, People(self._speaking, self._scopes), self._pictures, answer)
        try:
            await self._hear(self.bolt(desk))
        finally:
            await desk.drain(_DRAIN_S)

    def bolt(self, desk: Desk) -> AsyncApp:
        """Bolt with our own `authorize`: no call of Slack stands before an acknowledgement, and the environment's
        SLACK_CLIENT_ID and SLACK_CLIENT_SECRET, which would make Bolt drop the bot token, change nothing."""
        told = self._identity
        known = AuthorizeResult(
            enterprise_id=told.get("enterprise_id"), team_id=told.get("team_id"), bot_user_id=told.get("user_id"),
            bot_id=told.get("bot_id"), bot_token=self._token,
        )  # fmt: skip

        async def authorize() -> AuthorizeResult:
            return known

        secret = self._settings.slack_signing_secret
        app = AsyncApp(
            name="aidaily", client=AsyncWebClient(base_url=self._settings.slack_api_url), authorize=authorize,
            signing_secret=secret.get_secret_value() if secret else "", logger=_BOLT,
        )  # fmt: skip
        events.listen(app, desk, str(told.get("user_id", "")))
        return app

    def client(self, session: aiohttp.ClientSession, *, waits: bool) -> AsyncWebClient:
        """`waits`: whether it tries again after a 429. Nothing is ever repeated after a lost response."""
        handlers: list[Any] = [AsyncRateLimitErrorRetryHandler(max_retry_count=2)] if waits else []
        client = AsyncWebClient(
            self._token, base_url=self._settings.slack_api_url, session=session, retry_handlers=handlers,
            logger=_CLIENT,
        )  # fmt: skip
        if (urlsplit(client.base_url).hostname or "").startswith(("127.", "localhost")):
            client.proxy = None  # a proxy of the environment is for the world, not for this machine
        return client

    async def _hear(self, app: AsyncApp) -> None:
        settings = self._settings
        if settings.slack_mode == "http":
            assert settings.slack_signing_secret is not None, "load_settings saw to it"
            await connection.by_http(app, settings.port)
        elif settings.slack_app_token is None:
            log.warning("slack.deaf reason=SLACK_APP_TOKEN is not set: posts only, answers nobody")
            await asyncio.Event().wait()
        else:
            await connection.by_socket(app, self._speaking, settings.slack_app_token.get_secret_value())

    async def _introduce(self) -> None:
        """auth.test: who we are, and with which scopes."""
        try:
            said = await self._speaking.auth_test()
        except SlackApiError as error:
            if errors.code(error) in errors.REFUSED:
                raise SettingsError("SLACK_BOT_TOKEN", errors.refusal(error)) from error
            raise
        self._identity = said.data if isinstance(said.data, dict) else {}
        self._scopes = scopes_of(said.headers)


def scopes_of(headers: Mapping[str, Any]) -> frozenset[str]:
    """What the token may do, as Slack says with every answer (x-oauth-scopes); empty where it does not say."""
    told = {name.lower(): str(value) for name, value in headers.items()}.get("x-oauth-scopes", "")
    return frozenset(scope.strip() for scope in told.split(",") if scope.strip())
