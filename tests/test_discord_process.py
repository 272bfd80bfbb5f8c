"""`python -m bot` with Discord as real processes: one hears, another takes over, SIGTERM ends it cleanly; what a wrong
token and a channel without permissions end with."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fake_discord import GUILD, NEEDED, TOKEN, FakeDiscord, fake_discord
from tests.fakes import until
from tests.test_discord_gateway import HELP, text

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def running(fake: FakeDiscord, home: Path, *command: str, token: str = TOKEN) -> AsyncIterator[Process]:
    """One process of the bot, on the database in `home`; without a command it is `run`."""
    settings = {
        "AIDAILY_HOME": str(home), "DISCORD_BOT_TOKEN": token, "DISCORD_API_URL": fake.url,
        "DISCORD_GATEWAY_URL": fake.gateway_url, "NEWS_SEARCH": "off", "HF_API_URL": "off", "HN_API_URL": "off",
        "ARXIV_API_URL": "http://127.0.0.1:9", "ARXIV_SITE_URL": "http://127.0.0.1:9",
        "ARXIV_RSS_URL": "http://127.0.0.1:9", "NEWS_FEEDS": "http://127.0.0.1:9/feed.xml",
    }  # fmt: skip
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **settings}
    where = PIPE if command else DEVNULL
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *(command or ("run",)), cwd=home, env=environment, stdout=where, stderr=where
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


async def said_by(fake: FakeDiscord, home: Path, *command: str, token: str = TOKEN) -> tuple[int | None, str]:
    """(exit code, stderr) of a process that ends by itself."""
    async with running(fake, home, *command, token=token) as process, asyncio.timeout(40):
        _, told = await process.communicate()
    return process.returncode, told.decode().strip()


async def test_a_refused_token_ends_it_with_2_and_one_sentence_that_names_it(tmp_path: Path) -> None:
    async with fake_discord() as fake:
        ended = await said_by(fake, tmp_path, "--log-level", "ERROR", "run", token="wrong.token")
    assert ended == (2, "DISCORD_BOT_TOKEN: Discord가 이 토큰을 받지 않습니다.")


async def test_subscribing_at_a_terminal_tries_the_channel_and_says_what_it_lacks(tmp_path: Path) -> None:
    async with fake_discord() as fake:
        fake.roles = [{"id": GUILD, "permissions": str(int(NEEDED) & ~(1 << 11)), "name": "@everyone"}]
        code, told = await said_by(fake, tmp_path, "subscribe", "discord:100")
        assert code == 1 and "'메시지 보내기'" in told
        fake.roles = [{"id": GUILD, "permissions": NEEDED, "name": "@everyone"}]
        assert (await said_by(fake, tmp_path, "subscribe", "discord:100"))[0] == 0
        assert not fake.texts("100") and not fake.threads("100"), "the trial is put away"
