"""Many processes on one database, killed at random: nothing lost, doubled or out of order, nothing half-written."""

import asyncio
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from core.store import Due, Store, Subscription
from tests.editions import DAY, full
from tests.store_worker import PARTS

NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)
ROOT = Path(__file__).parents[1]


async def prepare(url: str, channels: int) -> None:
    async with Store(url) as store:
        await store.editions.save(full(5))
        await store.subscriptions.seed(Subscription("slack", f"C{n}", NOW) for n in range(channels))
        rows = await store.subscriptions.list()
        await store.deliveries.plan(Due(DAY, "default", row.id, NOW) for row in rows)


@contextmanager
def worker(url: str, owner: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.store_worker", url, owner, str(log)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def messages(log: Path) -> dict[str, list[int]]:
    """By channel, the numbers of the parts in the order in which they came."""
    got: dict[str, list[int]] = {}
    for line in log.read_text().splitlines():
        channel, part = line.split("/")
        got.setdefault(channel, []).append(int(part))
    return got


async def states(url: str) -> Counter[tuple[str, int]]:
    async with Store(url) as store:
        return Counter((row.state, row.parts) for row in await store.deliveries.of(DAY))


def test_two_processes_on_one_database_send_each_message_once(database_url: str, tmp_path: Path) -> None:
    asyncio.run(prepare(database_url, 30))
    log = tmp_path / "platform"
    log.touch()
    with worker(database_url, "a", log) as first, worker(database_url, "b", log) as second:
        assert first.wait(60) == 0
        assert second.wait(60) == 0
    assert messages(log) == {f"C{n}": list(range(PARTS)) for n in range(30)}
    assert asyncio.run(states(database_url)) == {("done", PARTS): 30}


def test_killed_at_random_they_lose_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    asyncio.run(prepare(database_url, 40))
    log = tmp_path / "platform"
    log.touch()
    chance = random.Random(160)
    killed = 0
    for life in range(5):
        with worker(database_url, f"p{life}", log) as process:
            before = len(log.read_text().splitlines())
            deadline = time.monotonic() + 30
            while process.poll() is None and len(log.read_text().splitlines()) < before + 8:
                assert time.monotonic() < deadline
                time.sleep(0.005)
            time.sleep(chance.random() * 0.02)
            process.kill()
            killed += process.wait() != 0
    with worker(database_url, "last", log) as process:
        assert process.wait(60) == 0
    assert killed >= 3
    assert messages(log) == {f"C{n}": list(range(PARTS)) for n in range(40)}
    assert asyncio.run(states(database_url)) == {("done", PARTS): 40}


def test_a_database_whose_writer_was_killed_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    asyncio.run(prepare(sqlite_url, 40))
    log = tmp_path / "platform"
    log.touch()
    with worker(sqlite_url, "a", log) as process:
        deadline = time.monotonic() + 30
        while len(log.read_text().splitlines()) < 20:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        process.kill()
        process.wait()
    with closing(sqlite3.connect(str(make_url(sqlite_url).database))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        torn = """SELECT d.id FROM deliveries d LEFT JOIN steps s ON s.delivery = d.id
                  GROUP BY d.id HAVING count(s.seq) <> d.next_seq OR coalesce(max(s.seq), -1) <> d.next_seq - 1"""
        assert connection.execute(torn).fetchall() == []


_START = """
import asyncio, sys
from core.store import Store
async def main():
    async with Store(sys.argv[1]) as store:
        assert await store.migrate()
asyncio.run(main())
"""


@pytest.mark.parametrize("processes", [3])
def test_processes_that_start_at_once_migrate_once(database_url: str, processes: int) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", _START, database_url], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(processes)
    ]
    for process in started:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors.decode()


async def test_a_process_holds_a_lock_that_another_takes_over_when_it_is_gone(database_url: str) -> None:
    script = """
import asyncio, sys
from datetime import UTC, datetime
from core.store import Store
async def main():
    async with Store(sys.argv[1]) as store:
        assert await store.locks.acquire("gateway", "first", 60, datetime.fromisoformat(sys.argv[2]))
        print("held", flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""
    async with Store(database_url) as store:
        command = [sys.executable, "-c", script, database_url, NOW.isoformat()]
        first = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
        assert first.stdout is not None
        assert await first.stdout.readline() == b"held\n"
        assert not await store.locks.acquire("gateway", "second", 60, NOW + timedelta(seconds=30))
        first.kill()
        await first.communicate()
        assert await store.locks.acquire("gateway", "second", 60, NOW + timedelta(seconds=61))
