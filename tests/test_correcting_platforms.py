"""A correction as people on Slack and Discord see it: the real client libraries against local servers."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.chat import Platform
from bot.correcting import Corrected, correct
from bot.delivery import Courier
from bot.discord import Discord
from bot.operator import Operator
from bot.slack import Slack
from core.model import Correction
from core.store import Due, Store, Subscription
from tests.editions import CODEOCR, DAY, full
from tests.fake_discord import GUILD, FakeDiscord, Trouble, fake_discord
from tests.fake_slack import FakeSlack
from tests.fakes import FakeClock, made_app, seoul, until
from tests.slack_team import settings as slack_settings
from tests.slack_workspace import BOT
from tests.test_discord_posting import nobody, settings_for

ROOT = Path(__file__).parents[1]
AT = seoul("2026-02-04 11:30")
WITHDRAWN = Correction(AT, "원저자가 결과를 거두었습니다")
NOTE = "정정(2026-02-04 11:30 KST): 이 이슈를 거두었습니다. 이유: 원저자가 결과를 거두었습니다"
Json = dict[str, Any]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/correcting.db") as opened:
        yield opened


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as server:
        server.channel("100")
        yield server


def words(value: Any) -> str:
    """Everything that is said in a payload."""
    if isinstance(value, dict):
        return " ".join(words(each) for each in value.values())
    return " ".join(map(words, value)) if isinstance(value, list) else str(value)


class Posted:
    """The edition in one channel of a platform, delivered as `run` does it."""

    def __init__(self, store: Store, home: Path, make: Callable[[], Platform]) -> None:
        """`make`: the platform of one process."""
        self.clock = FakeClock(seoul("2026-02-03 16:40"))
        self.store, self.make = store, make
        self.app: App = made_app(store, self.clock, home)

    async def post(self, channel: str, workspace: str, **settings: object) -> None:
        edition = replace(full(), actions=tuple(replace(a, story=n) for n, a in enumerate(full().actions, 1)))
        await self.store.editions.save(edition)
        platform = self.make()
        kept = Subscription(platform.name, channel, self.clock.now(), workspace=workspace, settings=settings)
        one = await self.store.subscriptions.add(kept)
        await self.store.deliveries.plan([Due(DAY, "default", one.id, self.clock.now())])
        operator = Operator(self.store, {}, None, self.clock)
        await platform.open()
        for _ in range(20):
            await Courier(self.store, platform, self.clock, "p", operator).run(until_idle=True)
            self.clock.at += timedelta(seconds=5)
        await platform.close()
        [delivery] = await self.store.deliveries.of(DAY)
        assert delivery.state == "done"

    async def put_right(self, wanted: Correction = WITHDRAWN) -> list[Corrected]:
        platform = self.make()
        app = replace(self.app, platforms={platform.name: platform})
        return list((await correct(app, DAY, 1, wanted)).channels)


@pytest.fixture
async def on_slack(store: Store, slack: FakeSlack, tmp_path: Path) -> Posted:
    made = Posted(store, tmp_path, lambda: Slack(slack_settings(slack, tmp_path)))
    await made.post("C1", "T1")
    return made


async def test_on_slack_root_story_and_actions_are_edited_where_they_are(on_slack: Posted, slack: FakeSlack) -> None:
    before = [dict(message) for message in slack.said("C1")]
    assert [one.state for one in await on_slack.put_right()] == ["done"]
    after = slack.said("C1")
    assert [message["ts"] for message in after] == [message["ts"] for message in before]
    root, story, *others, closing = after
    assert "(거둔 이슈)" in words(root["blocks"]) and "CodeOCR" in words(root["blocks"])
    assert NOTE in words(story["blocks"]) and CODEOCR.title in words(story["blocks"])
    assert "코드를 이미지로" not in words(after) and "리뷰 봇" not in words(after)
    assert [block["type"] for block in story["blocks"]].count("actions") == 0
    assert others == before[2:-1], "what is right is left alone"
    assert closing != before[-1]
    assert [m["metadata"] for m in after] == [m["metadata"] for m in before], "and can be found by its key"
    edits = len(slack.called("chat.update"))
    assert await on_slack.put_right() == [] and len(slack.called("chat.update")) == edits


@pytest.mark.parametrize("how", ["lost", "429:0.1", "500", "internal_error"])
async def test_on_slack_an_edit_that_ends_badly_is_made_again(on_slack: Posted, slack: FakeSlack, how: str) -> None:
    slack.fail("chat.update", how)
    assert [one.state for one in await on_slack.put_right()] == ["done"]
    assert words(slack.said("C1")).count(NOTE) == 1
    assert len(slack.said("C1")) == 7


async def test_on_slack_what_may_not_be_edited_is_named(on_slack: Posted, slack: FakeSlack) -> None:
    slack.fail("chat.update", "edit_window_closed")
    [one] = await on_slack.put_right()
    assert (one.channel, one.state) == ("slack:C1", "failed") and "edit_window_closed" in one.reason
    assert [one.state for one in await on_slack.put_right()] == ["done"]


async def test_on_slack_a_deleted_message_needs_no_correction(on_slack: Posted, slack: FakeSlack) -> None:
    story = slack.said("C1")[1]
    slack.channels["C1"].messages.remove(story)
    assert [one.state for one in await on_slack.put_right()] == ["done"]


@pytest.fixture
def on_discord(store: Store, discord: FakeDiscord, tmp_path: Path) -> Posted:
    return Posted(store, tmp_path, lambda: Discord(settings_for(discord), store, nobody))


async def test_on_discord_root_story_and_actions_are_edited_where_they_are(
    on_discord: Posted, discord: FakeDiscord
) -> None:
    await on_discord.post("100", GUILD)
    discord.requests.clear()
    assert [one.state for one in await on_discord.put_right()] == ["done"]
    [thread] = discord.threads("100")
    [root], told = discord.messages["100"], discord.messages[thread["id"]]
    assert root["flags"] & 1 << 15 and "(거둔 이슈)" in words(root["components"]) and root["content"] == ""
    assert len(told) == 6 and NOTE in words(told[0]["components"])
    assert "코드를 이미지로" not in words(told) + words(root)
    assert not discord.bodies("POST", ".*") and len(discord.bodies("PATCH", ".*")) == 3
    assert not discord.over


async def test_on_discord_a_thread_that_was_put_away_is_taken_out(on_discord: Posted, discord: FakeDiscord) -> None:
    await on_discord.post("100", GUILD)
    [thread] = discord.threads("100")
    thread["thread_metadata"]["archived"] = True
    assert [one.state for one in await on_discord.put_right()] == ["done"]
    assert NOTE in words(discord.messages[thread["id"]][0])


@pytest.mark.parametrize("type", [0, 5, 15])
async def test_on_discord_in_every_kind_of_channel(on_discord: Posted, discord: FakeDiscord, type: int) -> None:
    """A text channel, one for announcements (its root stays plain), a forum."""
    discord.channel("100", type)
    await on_discord.post("100", GUILD)
    assert [one.state for one in await on_discord.put_right()] == ["done"]
    everything = words([message for messages in discord.messages.values() for message in messages])
    assert everything.count(NOTE) == 1 and "코드를 이미지로" not in everything
    assert "(거둔 이슈)" in everything and not discord.over


async def test_on_discord_where_no_thread_could_be_the_stories_in_the_channel_are_edited(
    on_discord: Posted, discord: FakeDiscord
) -> None:
    discord.most_threads = 0
    await on_discord.post("100", GUILD)
    assert [one.state for one in await on_discord.put_right()] == ["done"]
    assert words(discord.messages["100"]).count(NOTE) == 1
    assert "코드를 이미지로" not in words(discord.messages["100"])


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (Trouble("PATCH", ".*", 429, retry_after=0.1), "done"),
        (Trouble("PATCH", ".*", 500, done=True), "done"),
        (Trouble("PATCH", ".*", 0, done=True), "done"),
        (Trouble("PATCH", ".*", 404, 10008), "done"),
        (Trouble("PATCH", ".*", 403, 50013), "failed"),
    ],
)
async def test_on_discord_what_goes_wrong_is_done_again_or_named(
    on_discord: Posted, discord: FakeDiscord, trouble: Trouble, state: str
) -> None:
    await on_discord.post("100", GUILD)
    discord.troubles.append(trouble)
    [one] = await on_discord.put_right()
    assert (one.channel, one.state) == ("discord:100", state)
    assert [one.state for one in await on_discord.put_right()] == (["done"] if state == "failed" else [])


async def withdraw(home: Path, slack: FakeSlack) -> asyncio.subprocess.Process:
    """The command as an operator gives it."""
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "AIDAILY_HOME": str(home), "SLACK_BOT_TOKEN": BOT,
        "SLACK_API_URL": f"{slack.base}/api",
    }  # fmt: skip
    command = (sys.executable, "-m", "bot", "withdraw", str(DAY), "1", WITHDRAWN.reason)
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(*command, env=environment, cwd=home, stdout=pipe, stderr=pipe)


@pytest.mark.parametrize("edit", [0, 1, 2])
async def test_the_command_killed_at_an_edit_and_given_again_puts_all_right_once(
    slack: FakeSlack, tmp_path: Path, edit: int
) -> None:
    """`python -m bot withdraw` as a process, killed with -9 while Slack does not answer an edit."""
    home = tmp_path / "home"
    home.mkdir()
    async with Store(f"sqlite+aiosqlite:///{home}/aidaily.db") as store:
        await Posted(store, home, lambda: Slack(slack_settings(slack, home))).post("C1", "T1")
    slack.fail("chat.update", *[""] * edit, "hang")
    killed = await withdraw(home, slack)
    await until(lambda: len(slack.called("chat.update")) > edit, 60.0)
    killed.kill()
    await killed.communicate()
    again = await withdraw(home, slack)
    _, said = await again.communicate()
    assert again.returncode == 0 and "slack:C1: 고침" in said.decode(), said.decode()
    root, story, *_ = slack.said("C1")
    assert len(slack.said("C1")) == 7 and "(거둔 이슈)" in words(root["blocks"])
    assert words(slack.said("C1")).count("이 이슈를 거두었습니다") == 1 and "거두었습니다" in words(story["blocks"])
    third = await withdraw(home, slack)
    _, said = await third.communicate()
    assert third.returncode == 0 and "고칠 글이 남은 채널이 없습니다" in said.decode()
