"""The bot at work in a fake Slack: the real app and commands, a SQLite store with one edition, real sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import App, opened
from bot.chat import Answer, Place
from bot.commands import build_answer
from bot.settings import Settings
from bot.slack import Slack
from core.model import Edition
from tests.editions import full
from tests.fake_slack import FakeSlack
from tests.slack_workspace import APP, BOT

NOW = datetime(2026, 2, 3, 8, 0, tzinfo=UTC)
Json = dict[str, Any]


@dataclass
class Team:
    """`slack` is what people see, `app` what we keep."""

    slack: FakeSlack
    app: App
    platform: Slack

    async def until(self, true: Callable[[], Any], seconds: float = 10.0) -> None:
        """Waits for something to be so."""
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110  (what people see changes by itself)
                await asyncio.sleep(0.005)

    async def post(self, edition: Edition | None = None) -> list[Json]:
        """The edition in channel C1."""
        refs: tuple[str, ...] = ()
        for step in self.platform.steps(edition or full(), {}):
            outcome = await self.platform.do(step, Place("slack", "C1"), refs)
            refs += (outcome.ref,)  # type: ignore[union-attr]
        return self.slack.said("C1")


def settings(slack: FakeSlack, home: Path, **other: Any) -> Settings:
    values: Json = {
        "aidaily_home": home, "slack_bot_token": BOT, "slack_app_token": APP, "slack_api_url": f"{slack.base}/api",
        "arxiv_site_url": f"{slack.base}/no-arxiv", "arxiv_delay_s": 0,
    }  # fmt: skip
    return Settings(_env_file=None, **(values | other))


@asynccontextmanager
async def at_work(
    slack: FakeSlack, home: Path, answer: Answer | None = None, sockets: int = 1, **other: Any
) -> AsyncIterator[Team]:
    """Listening with `sockets` connections, each a process of its own in this respect."""
    async with opened(settings(slack, home, **other)) as app:
        await app.store.editions.save(full())
        platforms = [Slack(app.settings) for _ in range(sockets)]
        app.platforms["slack"] = platforms[0]  # type: ignore[index]
        given = answer or build_answer(app, lambda: NOW)
        for platform in platforms:
            await platform.open()
        tasks = [asyncio.create_task(platform.listen(given)) for platform in platforms]
        team = Team(slack, app, platforms[0])
        try:
            if app.settings.slack_mode == "socket":
                await team.until(lambda: len(slack.sockets) == sockets or any(task.done() for task in tasks))
            yield team
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for platform in platforms:
                await platform.close()
