"""`python -m bot` with Slack as real processes: README's way to the first post, SIGTERM, and what a wrong token ends
with."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests import slack_people as people
from tests.fake_slack import FakeSlack
from tests.fakes import until
from tests.slack_workspace import APP, BOT
from tests.world import needs_world, world

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def running(slack: FakeSlack, home: Path, *command: str, **other: str) -> AsyncIterator[Process]:
    settings = {
        "AIDAILY_HOME": str(home), "SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP,
        "SLACK_API_URL": f"{slack.base}/api/", "NEWS_SEARCH": "off", "HF_API_URL": "off", "HN_API_URL": "off",
        "ARXIV_API_URL": "http://127.0.0.1:9", "ARXIV_SITE_URL": "http://127.0.0.1:9",
        "ARXIV_RSS_URL": "http://127.0.0.1:9", "NEWS_FEEDS": "http://127.0.0.1:9/feed.xml", "ARXIV_DELAY_S": "0",
    }  # fmt: skip
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings, **other}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, cwd=home, env=environment, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_it_answers_and_sigterm_ends_it_with_0(slack: FakeSlack, tmp_path: Path) -> None:
    async with running(slack, tmp_path, "run") as process:
        await until(lambda: slack.sockets, within_s=30)
        await slack.deliver("slash_commands", people.command(slack, "help"))
        await until(lambda: slack.responses)
        assert "쓰는 법" in slack.responses[0]["text"]
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0


async def test_sigterm_ends_it_with_0_also_while_the_database_is_being_made(slack: FakeSlack, tmp_path: Path) -> None:
    async with running(slack, tmp_path, "run") as process:
        await until((tmp_path / "aidaily.db").exists, within_s=30)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0


async def test_sigterm_ends_it_with_0_also_while_slack_does_not_answer(slack: FakeSlack, tmp_path: Path) -> None:
    slack.fail("auth.test", *["hang"] * 20)
    async with running(slack, tmp_path, "run") as process:
        await until(lambda: slack.called("auth.test"), within_s=30)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0


@needs_world
async def test_the_readmes_way_from_nothing_to_the_first_post(slack: FakeSlack, tmp_path: Path) -> None:
    """`run`, `/aidaily subscribe`, `post`: two processes on one database, and each message is there once."""
    slack.channel("C1", joined=False)
    with world("2026-02-03") as w:
        sources = {"ARXIV_API_URL": w.url, "ARXIV_SITE_URL": w.url, "ARXIV_RSS_URL": w.url,
                   "NEWS_FEEDS": ",".join(w.feeds("openai"))}  # fmt: skip
        async with running(slack, tmp_path, "run", **sources) as bot:
            await until(lambda: slack.sockets, within_s=30)
            await slack.deliver("slash_commands", people.command(slack, "subscribe"))
            await until(lambda: slack.said("C1"))
            async with running(slack, tmp_path, "post", "--date", "2026-02-03", "--json", **sources) as post:
                async with asyncio.timeout(90):
                    out, said = await post.communicate()
            assert post.returncode == 0, said.decode()
            assert json.loads(out)["channels"] == [{"channel": "slack:C1", "state": "done", "parts": 7, "reason": ""}]
            bot.send_signal(signal.SIGTERM)
            async with asyncio.timeout(10):
                assert await bot.wait() == 0
    greeting, root, *below = slack.said("C1")
    assert "받습니다" in greeting["text"] and len(below) == 6
    assert {message["thread_ts"] for message in below} == {root["ts"]}


@pytest.mark.parametrize(("name", "value"), [("SLACK_APP_TOKEN", "xapp-refused"), ("SLACK_BOT_TOKEN", "xoxb-refused")])
async def test_a_refused_token_ends_it_with_2_and_one_sentence_that_names_it(
    slack: FakeSlack, tmp_path: Path, name: str, value: str
) -> None:
    async with running(slack, tmp_path, "--log-level", "ERROR", "run", **{name: value}) as process:
        async with asyncio.timeout(40):
            _, said = await process.communicate()
    assert process.returncode == 2
    assert said.decode().startswith(f"{name}: ") and len(said.decode().splitlines()) == 1
    assert value not in said.decode()


async def test_http_without_a_signing_secret_is_refused_at_the_start_also_where_slack_is_away(
    slack: FakeSlack, tmp_path: Path
) -> None:
    away = {"SLACK_MODE": "http", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    async with running(slack, tmp_path, "run", **away) as process, asyncio.timeout(40):
        _, said = await process.communicate()
    assert process.returncode == 2
    assert said.decode().startswith("SLACK_SIGNING_SECRET: ") and len(said.decode().splitlines()) == 1
