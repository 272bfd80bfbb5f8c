"""Real processes on real databases, killed and frozen at random: nothing lost, doubled or out of order."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.bench.delivery import killed_through_a_day, whole_bot
from bot.bench.local_platform import NAME
from bot.bench.platform_server import Behaviour
from bot.bench.postgres import Server
from bot.bench.trial import PARTS, Trial, ask, platform_process, trial
from core.store import Store, Subscription

WILD = Behaviour(refused=0.05, retry_after_s=0.2, lost=0.02, late=0.01, late_s=0.6, blind=0.05)


def faultless(figures: dict[str, Any], channels: int) -> None:
    assert figures["messages"] == channels * PARTS
    assert [figures[fault] for fault in ("lost", "doubled", "out_of_order")] == [0, 0, 0], figures


async def test_two_processes_on_one_sqlite_file_killed_and_frozen(sqlite_url: str) -> None:
    channels = 100
    blows = Trial(sqlite_url, channels, WILD, processes=2, kills=2, freezes=1, lease_s=2.0)
    figures = await trial(blows)
    faultless(figures, channels)
    assert (figures["killed"], figures["frozen"]) == (2, 1) and figures["looks"] > 0


async def test_three_processes_on_postgres_killed_while_the_database_crashes(
    postgres: Server, postgres_url: str
) -> None:
    channels = 160
    blows = Trial(
        postgres_url, channels, WILD, 3, kills=1, freezes=1, crashes=2, crash=postgres.crash, lease_s=2.0
    )  # fmt: skip
    figures = await trial(blows)
    faultless(figures, channels)
    assert (figures["killed"], figures["frozen"], figures["crashed"]) == (1, 1, 2)


async def test_one_channel_from_collecting_to_the_last_part_under_kills(tmp_path: Path) -> None:
    figures = await killed_through_a_day(4)
    assert [figures[fault] for fault in ("lost", "doubled", "out_of_order", "calls_repeated")] == [0, 0, 0, 0], figures
    assert figures["messages"] == PARTS and figures["model_calls"] >= 7 and figures["killed"] >= 2


async def test_two_bots_answer_once_and_hand_the_gateway_over_when_its_holder_is_killed(
    postgres_url: str, tmp_path: Path
) -> None:
    async with Store(postgres_url) as store, platform_process(Behaviour(refused=0)) as url:
        later = datetime.now(UTC) + timedelta(hours=2)
        await store.subscriptions.add(Subscription(NAME, "C00000", later))
        homes = [_home(tmp_path, n) for n in range(2)]
        bots = [await whole_bot(home, postgres_url, url, lease_s=1.5, listens_alone=True) for home in homes]
        [holder] = await _listeners(url, 1)
        await ask(url, "/ask", {"id": "before"})
        await _answers(url, 1)
        first, second = sorted(bots, key=lambda bot: str(bot.pid) != holder)
        first.kill()
        await first.wait()
        assert await _listeners(url, 1, but=holder) == [str(second.pid)]
        await ask(url, "/ask", {"id": "after"})
        answered = await _answers(url, 2)
        assert [id for id, _ in answered] == ["before", "after"]
        assert answered[1][1] == str(second.pid)
        second.terminate()
        assert await asyncio.wait_for(second.wait(), 10) == 0


async def test_two_bots_that_both_hear_a_question_answer_it_once(sqlite_url: str, tmp_path: Path) -> None:
    async with Store(sqlite_url), platform_process(Behaviour(refused=0)) as url:
        bots = [await whole_bot(_home(tmp_path, n), sqlite_url, url, lease_s=1.5) for n in range(2)]
        assert len(await _listeners(url, 2)) == 2
        for n in range(10):
            await ask(url, "/ask", {"id": f"question {n}"})
        await _answers(url, 10)
        await asyncio.sleep(0.5)
        answered = (await ask(url, "/talk"))["answered"]
        assert sorted(id for id, _ in answered) == sorted(f"question {n}" for n in range(10))
        for bot in bots:
            bot.terminate()
        assert [await asyncio.wait_for(bot.wait(), 10) for bot in bots] == [0, 0]


def _home(tmp_path: Path, n: int) -> Path:
    home = tmp_path / f"home{n}"
    home.mkdir()
    return home


async def _listeners(url: str, count: int, but: str = "") -> list[str]:
    async with asyncio.timeout(20):
        while True:
            listening: list[str] = [who for who in (await ask(url, "/talk"))["listeners"] if who != but]
            if len(listening) == count:
                return listening
            await asyncio.sleep(0.1)


async def _answers(url: str, count: int) -> list[list[str]]:
    async with asyncio.timeout(20):
        while True:
            answered: list[list[str]] = (await ask(url, "/talk"))["answered"]
            if len(answered) >= count:
                return answered
            await asyncio.sleep(0.05)


@pytest.fixture(autouse=True)
def dice() -> None:
    random.seed()  # kills are to fall elsewhere in every run
