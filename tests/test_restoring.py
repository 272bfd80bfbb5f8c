"""Backup and restore as README says them, really done: a day is told, the machine is lost, and all is there again."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bench.postgres import Server, Unavailable, binary
from core.model import Profile
from core.searching import search
from core.store import Store, Subscription
from tests.editions import BUILT, CODEOCR, DAY, full

ROOT = Path(__file__).parents[1]


async def lived(url: str) -> None:
    async with Store(url) as store:
        await store.editions.save(full())
        await store.items.save(full().index, DAY)
        await store.subscriptions.add(Subscription("slack", "C1", BUILT, workspace="T1", post_at="09:30"))
        await store.feedback.vote("slack", "C1", "U1", DAY, "default", 1, CODEOCR.id, 1, BUILT, "T1")


async def assert_all_there(url: str) -> None:
    async with Store(url) as store:
        assert await store.editions.get(DAY) == full()
        [one] = await store.subscriptions.list()
        assert (one.name, one.post_at) == ("slack:C1", "09:30")
        assert len(await store.feedback.votes("slack", "C1", DAY)) == 1
        assert (await search(store, "CodeOCR", Profile())).hits.hits[0].n == 1
        assert await store.editions.save(full()), "and it can be written to"


def bot(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "AIDAILY_HOME": str(home), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=home.parent, timeout=60)


def run(*command: object) -> None:
    subprocess.run([str(word) for word in command], check=True, timeout=60)


def steps(heading: str) -> list[str]:
    """The commands under that heading of README."""
    part = (ROOT / "README.md").read_text(encoding="utf-8").split(heading, 1)[1].split("\n## ", 1)[0]
    block = re.search(r"```sh\n(.*?)```", part, re.DOTALL)
    assert block
    return [line.split("  #")[0].strip() for line in block[1].splitlines() if line.strip()]


async def test_a_sqlite_backup_is_a_new_home(tmp_path: Path) -> None:
    """Taken while another connection holds the database open, with its latest writes still in the journal."""
    home, there = tmp_path / "var", tmp_path / "new"
    home.mkdir()
    url = f"sqlite+aiosqlite:///{home}/aidaily.db"
    await lived(url)
    async with Store(url) as living:
        await living.feedback.vote("slack", "C1", "U2", DAY, "default", 1, CODEOCR.id, -1, BUILT, "T1")
        await living.feedback.vote("slack", "C1", "U2", DAY, "default", 2, CODEOCR.id, -1, BUILT, "T1")
        backup, restore, *_ = steps("### 백업과 복원")
        assert backup == ".venv/bin/python -m bot backup aidaily.backup"
        done = bot(home, "backup", str(tmp_path / "aidaily.backup"))
        assert done.returncode == 0, done.stderr
    shutil.rmtree(home)
    there.mkdir()
    assert restore == "cp aidaily.backup var/aidaily.db"
    shutil.copy(tmp_path / "aidaily.backup", there / "aidaily.db")
    done = bot(there, "status")
    assert f"마지막 다이제스트: {DAY}" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 1 and "slack:C1: slack에 연결할 토큰이" in done.stdout  # no token came along
    async with Store(f"sqlite+aiosqlite:///{there}/aidaily.db") as store:
        assert len(await store.feedback.votes("slack", "C1", DAY)) == 3
    done = bot(there, "search", "CodeOCR")
    assert done.returncode == 0 and "CodeOCR" in done.stdout


async def test_a_postgres_dump_is_a_new_database(postgres: Server, tmp_path: Path) -> None:
    try:
        dump, restore = binary("pg_dump"), binary("pg_restore")
    except Unavailable as reason:
        pytest.skip(str(reason))
    file = tmp_path / "aidaily.dump"
    with postgres.database() as old, postgres.database() as new:
        await lived(old)
        lines = [line for line in steps("### 백업과 복원") if line.startswith("pg_")]
        assert lines == ["pg_dump -Fc -f aidaily.dump DB", "pg_restore --no-owner -d DB aidaily.dump"]
        run(dump, "-Fc", "-f", file, _plain(old))
        run(restore, "--no-owner", "-d", _plain(new), file)
        await assert_all_there(new)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg:", "postgresql:")
