"""One `python -m bot run` with both tokens: the day goes to Slack and to Discord, people are answered on both, and
SIGTERM ends it; and a whole day, from its recorded sources to what both platforms received."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app import opened
from bot.bench.model_server import Behaviour, model_server
from bot.office import opened_platforms
from bot.settings import Settings
from core.store import Store, Subscription
from tests import slack_people as people
from tests.editions import DAY, full
from tests.fake_discord import GUILD, TOKEN, FakeDiscord, fake_discord
from tests.fake_slack import FakeSlack
from tests.fakes import FakeClock, live, seoul, until
from tests.slack_workspace import APP, BOT
from tests.test_discord_gateway import HELP, text
from tests.test_slack_people import words
from tests.world import World, needs_world, world

ROOT = Path(__file__).parents[1]
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as running:
        yield running
        assert not running.over, running.over


def environment(slack: FakeSlack, discord: FakeDiscord, home: Path, more: Mapping[str, str]) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "AIDAILY_HOME": str(home), "SLACK_BOT_TOKEN": BOT,
        "SLACK_APP_TOKEN": APP, "SLACK_API_URL": f"{slack.base}/api/", "DISCORD_BOT_TOKEN": TOKEN,
        "DISCORD_API_URL": discord.url, "DISCORD_GATEWAY_URL": discord.gateway_url, "NEWS_SEARCH": "off",
        "HF_API_URL": "off", "HN_API_URL": "off", "ARXIV_API_URL": NOWHERE, "ARXIV_SITE_URL": NOWHERE,
        "ARXIV_RSS_URL": NOWHERE, "NEWS_FEEDS": f"{NOWHERE}/feed.xml", "ARXIV_DELAY_S": "0", **more,
    }  # fmt: skip


@asynccontextmanager
async def process(settings: Mapping[str, str], home: Path) -> AsyncIterator[Process]:
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=home, env=settings, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.wait()


def resident_mb(pid: int) -> float:
    """What a Linux process holds in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) * 1024 / 1e6


@pytest.mark.slow
async def test_one_process_posts_and_answers_on_both(slack: FakeSlack, discord: FakeDiscord, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    zone = f"Etc/GMT{now.hour - 12:+}"  # where it is about noon: far from midnight
    local = now.astimezone(ZoneInfo(zone))
    edition = replace(full(), date=local.date(), built_at=now - timedelta(minutes=20))
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/aidaily.db") as store:
        await store.editions.save(edition)
        for platform, channel, workspace in (("slack", "C1", "T01TEAM"), ("discord", "100", GUILD)):
            at = {"post_at": f"{local:%H:%M}", "tz": zone}
            await store.subscriptions.add(Subscription(platform, channel, now - timedelta(days=1), workspace, **at))
    settings = environment(slack, discord, tmp_path, {"POST_AT": f"{local:%H:%M}", "TIMEZONE": zone})
    async with process(settings, tmp_path) as running:
        await until(lambda: len(slack.said("C1")) == 7, within_s=40)
        await until(lambda: discord.threads("100") and len(discord.messages[discord.threads("100")[0]["id"]]) == 6, 30)
        if sys.platform == "linux":
            assert resident_mb(running.pid) < 140
        for shown in (words(slack.said("C1")[0]["blocks"]), discord.texts("100")[0]):
            assert all(story.headline in shown for story in edition.stories)
        await slack.deliver("slash_commands", people.command(slack, "help"))
        await until(lambda: slack.responses)
        said = await discord.answered(await discord.interact(2, HELP, "100"), 2)
        assert "쓰는 법" in slack.responses[0]["text"] and "쓰는 법" in text(said[1][1])
        running.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await running.wait() == 0
    assert discord.close_codes == [1000]
    assert len(slack.said("C1")) == 7 and len(discord.messages["100"]) == 1


@needs_world
@pytest.mark.slow
async def test_a_day_from_its_sources_to_what_both_received(
    slack: FakeSlack, discord: FakeDiscord, tmp_path: Path
) -> None:
    """The recorded Tuesday, written by a local model from abstracts, built at 16:20 and posted at 16:40."""
    discord.channel("101", type=15)
    clock, due = FakeClock(seoul(f"{DAY} 16:00")), seoul(f"{DAY} 16:40")
    async with model_server(Behaviour()) as model:
        with world(f"{DAY}", "16:20") as outside:
            chosen = Settings(_env_file=None, **outside_of(outside, model.url), **tokens(slack, discord, tmp_path))
            async with opened(chosen) as app, opened_platforms(app):
                for platform, channel in (("slack", "C1"), ("discord", "100"), ("discord", "101")):
                    await app.store.subscriptions.add(Subscription(platform, channel, due - timedelta(days=2)))
                await live(app, clock, seoul(f"{DAY} 17:00"))
                edition = await app.store.editions.get(DAY)
                rows = await app.store.deliveries.of(DAY)
    assert edition and edition.status == "final" and len(edition.stories) == 5 and edition.funnel.collected > 1_000
    assert {row.state for row in rows} == {"done"}
    (root,), (thread,), (post,) = discord.texts("100"), discord.threads("100"), discord.threads("101")
    told = [root, *discord.texts(thread["id"])]
    assert discord.texts(post["id"]) == told, "a forum's post is the root and its thread"
    received = [list(map(bare, told)), [bare(words(message["blocks"])) for message in slack.said("C1")]]
    for root, *stories, closing in received:
        for story, message in zip(edition.stories, stories, strict=True):
            assert bare(story.headline) in root and bare(story.headline) in message
            assert all(bare(claim.text) in message for claim in story.summary)
        assert all(bare(action.text) in closing for action in edition.actions)


def outside_of(outside: World, model: str) -> dict[str, Any]:
    hosts = dict.fromkeys(("arxiv_api_url", "arxiv_site_url", "arxiv_rss_url", "hf_api_url", "hn_api_url"), outside.url)
    news = {"news_feeds": ",".join(outside.feeds("openai", "geeknews")), "news_search": "off", "arxiv_delay_s": 0}
    writer = {"llm_model": "openai/local", "llm_api_base": model, "llm_price_in": 0, "llm_price_out": 0}
    return {**hosts, **news, **writer, "digest_basis": "abstract", "judge": "off"}


def tokens(slack: FakeSlack, discord: FakeDiscord, home: Path) -> dict[str, Any]:
    return {
        name.lower(): value
        for name, value in environment(slack, discord, home, {}).items()
        if name.startswith(("SLACK", "DISCORD", "AIDAILY"))
    }


def bare(text: str) -> str:
    """Without what marks it up."""
    return re.sub(r"[\\`*\s]+", " ", text).strip()
