"""`python -m bot run` with Discord as a real process: it hears, another takes over, and SIGTERM ends it cleanly."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fake_discord import TOKEN, FakeDiscord, fake_discord
from tests.fakes import until
from tests.test_discord_gateway import HELP, text

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def running(fake: FakeDiscord, home: Path) -> AsyncIterator[Process]:
    """One process of the bot, on the database in `home`."""
    settings = {
        "AIDAILY_HOME": str(home), "DISCORD_BOT_TOKEN": TOKEN, "DISCORD_API_URL": fake.url,
        "DISCORD_GATEWAY_URL": fake.gateway_url, "NEWS_SEARCH": "off", "HF_API_URL": "off", "HN_API_URL": "off",
        "ARXIV_API_URL": "http://127.0.0.1:9", "ARXIV_SITE_URL": "http://127.0.0.1:9",
        "ARXIV_RSS_URL": "http://127.0.0.1:9", "NEWS_FEEDS": "http://127.0.0.1:9/feed.xml",
    }  # fmt: skip
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=home, env=environment, stdout=DEVNULL, stderr=DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_sigterm_ends_it_with_0_and_the_gateway_with_1000(tmp_path: Path) -> None:
    async with fake_discord() as fake, running(fake, tmp_path) as process:
        await until(lambda: fake.logins, within_s=30)
        await asyncio.sleep(0.3)
        said = await fake.answered(await fake.interact(2, HELP, "100"), 2)
        assert "AI Daily 쓰는 법" in text(said[1][1])
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            assert await process.wait() == 0
        assert fake.close_codes == [1000]


@pytest.mark.slow
async def test_one_process_holds_the_gateway_and_another_takes_over_when_it_is_killed(tmp_path: Path) -> None:
    async with fake_discord() as fake, running(fake, tmp_path) as first:
        await until(lambda: fake.logins, within_s=30)
        async with running(fake, tmp_path):
            await asyncio.sleep(3)
            assert fake.logins == ["IDENTIFY"]
            first.kill()
            await until(lambda: len(fake.logins) == 2, within_s=40)
            await asyncio.sleep(0.3)
            said = await fake.answered(await fake.interact(2, HELP, "100"), 2)
            assert "AI Daily 쓰는 법" in text(said[1][1])
