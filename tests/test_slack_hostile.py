"""Everything that people can do in Slack, on a day whose every text is hostile: the fake Slack takes each message and
view (it checks every limit), nothing pings, and every top-level text is set."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.model import Profile
from core.store import Subscription
from tests import slack_people as people
from tests.editions import HOSTILE, hostile
from tests.fake_slack import FakeSlack
from tests.slack_team import Team, at_work
from tests.slack_workspace import US
from tests.test_slack_blocks import kinds

Json = dict[str, Any]
WRITTEN = ("<!channel>", "<!here>", "<!everyone>", "<@", "<!subteam")
NAMES = {"user", "usergroup", "broadcast", "mrkdwn", "markdown"}
COMMANDS = (
    "today", "preview", "search {short}", "search 제목", "paper 1", "paper {}", "ask 1 {}", "status", "용어", "weekly",
    "용어 추가 {}={}", "취향", "{}", "subscribe", "help", "unsubscribe",
)  # fmt: skip


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack().running() as running:
        for channel in ("C1", "C9"):
            running.channel(channel)
        running.channel("D1", members={"U1", US})
        yield running


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_whatever_people_do_is_shown_and_pings_nobody(slack: FakeSlack, tmp_path: Path, text: str) -> None:
    typed, short = people.escaped(text[:3_000]), people.escaped(text[:40])
    async with at_work(slack, tmp_path, admin_channel="slack:C9") as team:
        edition = hostile(text)
        await team.app.store.editions.save(edition)
        profile = Profile(
            topics=(text[:40],), excluded=(text[:40],), glossary=((text[:60], text[:60]),), team=text[:600]
        )
        known = Subscription("slack", "C1", datetime.now(UTC), profile=profile)
        await team.app.store.subscriptions.add(known)
        story = next(message for message in await team.post(edition) if "틀렸어요" in str(message))
        for label in ("자세히", "근거", "👍", "👎"):
            await slack.deliver("interactive", people.click(slack, story, label))
        await reported(team, story, text)
        await configured(team)
        for command in COMMANDS:
            await slack.deliver("slash_commands", people.command(slack, command.format(typed, typed, short=short)))
        await slack.deliver("events_api", people.mention(slack, f"1 {typed}", thread=story["thread_ts"]))
        await slack.deliver("events_api", people.line(slack, typed))
        opened = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
        await slack.deliver("events_api", people.event(slack, opened))
        await quiet(team)
        for shown in [each for each in slack.responses if "채널에 공유" in str(each)][:3]:
            await slack.deliver("interactive", people.click_whispered(slack, shown, "채널에 공유"))
        await quiet(team)
    assert "U1" in slack.homes and len(slack.responses) > len(COMMANDS) / 2 and slack.said("C9")
    for body in everything(slack):
        assert not NAMES & set(kinds(body)), body
        assert not [word for word in WRITTEN if word in body.get("text", "")]
        assert "죄송합니다" not in str(body), "a fault of ours"


async def reported(team: Team, story: Json, text: str) -> None:
    await team.slack.deliver("interactive", people.click(team.slack, story, "틀렸어요"))
    await team.until(lambda: "report.save" in str(team.slack.views))
    view = next(id for id, view in team.slack.views.items() if "report.save" in str(view))
    await team.slack.deliver("interactive", people.submit(team.slack, view, {"what": text[:3_000]}))
    await team.until(lambda: team.slack.said("C9"))


async def configured(team: Team) -> None:
    """The form comes with the channel's hostile settings, and is sent as it is."""
    await team.slack.deliver("slash_commands", people.command(team.slack, "settings"))
    await team.until(lambda: "settings.save" in str(team.slack.views))
    view = next(id for id, view in team.slack.views.items() if "settings.save" in str(view))
    await team.slack.deliver("interactive", people.submit(team.slack, view, {}))


def everything(slack: FakeSlack) -> Iterator[Json]:
    """All that was ever shown to anybody."""
    yield from (body for method, body in slack.calls if method in ("chat.postMessage", "chat.update"))
    yield from (*slack.ephemeral, *slack.responses, *slack.views.values(), *slack.homes.values())


async def quiet(team: Team) -> None:
    """Until nothing is being answered any more."""
    await asyncio.sleep(0.05)
    await team.until(lambda: not [task for task in asyncio.all_tasks() if task.get_name().startswith("slack ")], 60)
