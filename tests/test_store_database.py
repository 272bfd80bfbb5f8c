"""The database itself: addresses, migrations, what is said when it fails, cancellation, backup."""

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

import core.store.migrations
from bot.cli import exit_code
from core.errors import SettingsError, StoreError, StoreUnreadable
from core.llm import Usage
from core.model import Profile
from core.store import Store, Subscription
from core.store.engine import Database
from core.store.migrations import REVISIONS
from core.store.tables import metadata
from tests.databases import files_of_at_most
from tests.editions import BUILT, DAY, full, papers

NOW = datetime(2026, 2, 3, 7, 40, tzinfo=UTC)


def file_of(url: str) -> Path:
    return Path(str(make_url(url).database))


def korean_sentence(error: BaseException) -> bool:
    words = str(error)
    return words.endswith((".", "dump", "db")) and any("가" <= letter <= "힣" for letter in words) and "\n" not in words


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program sees it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "mysql://u:p@h/db",
        "postgresql+asyncpg://u:p@h/db",
        "postgresql://u:p@h:port/db",
    ],
)
def test_an_address_that_cannot_be_used_names_the_setting(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Store(url)
    assert caught.value.name == "DATABASE_URL"
    assert korean_sentence(caught.value)


@pytest.mark.parametrize("short", ["sqlite", "sqlite+aiosqlite"])
async def test_the_short_form_of_an_address_means_the_driver_we_use(short: str, tmp_path: Path) -> None:
    async with Store(f"{short}:///{tmp_path}/새 폴더/100% 다이제스트.db") as store:
        assert await store.editions.save(full())
    assert (tmp_path / "새 폴더" / "100% 다이제스트.db").exists()


async def test_postgres_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    store = Store("postgres://user:hunter2@127.0.0.1:1/db")
    with pytest.raises(StoreError, match="연결할 수 없습니다") as caught:
        await store.open()
    assert "hunter2" not in str(caught.value) and "127.0.0.1" in str(caught.value)


async def test_a_postgres_database_that_does_not_exist_is_a_matter_of_settings(postgres_url: str) -> None:
    url = make_url(postgres_url).set(database="no_such_database").render_as_string()
    with pytest.raises(StoreUnreadable, match=r"^DATABASE_URL: .*createdb") as caught:
        await Store(url).open()
    assert exit_code(caught.value) == 2


# Migrations


async def test_an_empty_database_is_migrated_once(database_url: str) -> None:
    async with Store(database_url) as store:
        assert await store.migrate() == (REVISIONS[-1], REVISIONS[-1])
        await store.editions.save(full())
    async with Store(database_url) as store:
        assert await store.editions.get(DAY) == full()


async def test_the_tables_are_what_the_migrations_make(database_url: str) -> None:
    async with Store(database_url):
        pass
    database = Database(database_url)
    await database.open()
    async with database.read() as connection:
        only = {"include_name": lambda name, kind, parents: not (name or "").startswith("search_words")}
        differences: list[Any] = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts=only), metadata)
        )
    await database.close()
    assert differences == []


def test_every_revision_is_known_to_the_program_in_order() -> None:
    [folder] = core.store.migrations.__path__
    script = ScriptDirectory(folder)
    assert tuple(reversed([revision.revision for revision in script.walk_revisions()])) == REVISIONS


async def test_many_may_start_on_an_empty_database_at_once(database_url: str) -> None:
    stores = [Store(database_url) for _ in range(5)]
    await asyncio.gather(*(store.open() for store in stores))
    assert await stores[0].editions.save(full())
    assert await stores[4].editions.get(DAY) == full()
    for store in stores:
        await store.close()


async def test_a_database_of_a_newer_program_is_refused_and_left_alone(database_url: str) -> None:
    async with Store(database_url) as store:
        await store.editions.save(full())
    database = Database(database_url)
    await database.open()
    async with database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="새 버전으로") as caught:
        await Store(database_url).open()
    assert korean_sentence(caught.value)
    async with database.read() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM editions")) == 1
    await database.close()


async def test_a_migration_that_fails_leaves_nothing_behind(sqlite_url: str) -> None:
    file = file_of(sqlite_url)
    file.parent.mkdir()
    with opened(file) as connection:
        connection.execute("CREATE TABLE steps (mine)")  # in the way of the last table
    with pytest.raises(StoreError):
        await Store(sqlite_url).open()
    with opened(file) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("steps",)]


# Faults


async def test_sqlite_is_set_so_that_a_commit_outlives_a_power_loss(sqlite_url: str) -> None:
    async with Store(sqlite_url):
        database = Database(sqlite_url)
        await database.open()
        async with database.write() as connection:
            values = [
                await connection.scalar(text(f"PRAGMA {name}"))
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            ]
        await database.close()
    assert values == ["wal", 2, 1, 10_000]


async def test_look_ups_cannot_write(sqlite_url: str) -> None:
    async with Store(sqlite_url):
        database = Database(sqlite_url)
        await database.open()
        with pytest.raises(StoreError, match="쓸 수 없습니다"):
            async with database.read() as connection:
                await connection.execute(text("DELETE FROM editions"))
        await database.close()


async def test_a_look_up_does_not_wait_for_a_writer(sqlite_url: str) -> None:
    async with Store(sqlite_url) as store:
        await store.editions.save(full())
        with opened(file_of(sqlite_url)) as other:
            other.execute("BEGIN IMMEDIATE")
            other.execute("DELETE FROM editions")
            assert await store.editions.get(DAY) == full()


async def test_a_locked_database_is_said_after_the_patience_asked_for(sqlite_url: str) -> None:
    async with Store(sqlite_url, patience_s=0.1) as store:
        await store.editions.save(full())
        with opened(file_of(sqlite_url)) as other:
            other.execute("BEGIN IMMEDIATE")
            started = asyncio.get_running_loop().time()
            with pytest.raises(StoreError, match="잠그고") as caught:
                await store.editions.save(replace(full(), built_at=BUILT + timedelta(hours=1)))
            assert asyncio.get_running_loop().time() - started < 2
        assert korean_sentence(caught.value)
        assert await store.editions.get(DAY) == full()
        assert await store.editions.save(full())  # and when the lock is gone, on it goes


async def test_a_full_disk_is_said_and_the_edition_before_stays(sqlite_url: str) -> None:
    async with Store(sqlite_url) as store:
        await store.editions.save(full(10))
        async with store._database.write() as connection:
            pages = await connection.scalar(text("PRAGMA page_count"))
            await connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(StoreError, match="디스크가 가득") as caught:
            await store.editions.save(replace(full(), index=papers(3_000)))
        assert korean_sentence(caught.value)
        with pytest.raises(StoreError, match="디스크가 가득"):
            await store.items.save(papers(3_000), DAY)
        assert await store.editions.get(DAY) == full(10)
        async with store._database.write() as connection:
            await connection.execute(text("PRAGMA max_page_count = 100000"))
        assert await store.editions.save(full())  # and when there is room again, on it goes


async def test_a_disk_that_takes_no_more_is_said_and_the_edition_before_stays(sqlite_url: str) -> None:
    async with Store(sqlite_url) as store:
        await store.editions.save(full(10))
        size = file_of(sqlite_url).with_name("aidaily.db-wal").stat().st_size
        with files_of_at_most(size + 20_000):
            with pytest.raises(StoreError, match="디스크") as caught:
                await store.editions.save(replace(full(), index=papers(3_000)))
            assert korean_sentence(caught.value)
            assert await store.editions.get(DAY) == full(10)
        assert await store.editions.save(full())


@pytest.mark.parametrize("content", [b"Dear diary, " * 500, b"xy"])
async def test_a_file_that_is_no_database_is_said_and_left_alone(sqlite_url: str, content: bytes) -> None:
    file = file_of(sqlite_url)
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(StoreError, match="데이터베이스가 아닙니다") as caught:
        await Store(sqlite_url).open()
    assert str(file) in str(caught.value)
    assert file.read_bytes() == content


async def test_a_damaged_database_is_said(sqlite_url: str) -> None:
    async with Store(sqlite_url) as store:
        await store.editions.save(full())
    file = file_of(sqlite_url)
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match=r"손상|아닙니다") as caught:
        await Store(sqlite_url).open()
    assert korean_sentence(caught.value)


async def test_stored_data_of_another_shape_is_said(store: Store) -> None:
    await store.editions.save(full())
    async with store._database.write() as connection:
        await connection.execute(text("UPDATE editions SET data = '{}'"))
    with pytest.raises(StoreError, match="모양") as caught:
        await store.editions.get(DAY)
    assert korean_sentence(caught.value)


async def test_a_place_where_nothing_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="만들 수 없습니다") as caught:
        await Store(f"sqlite:///{tmp_path}/file/aidaily.db").open()
    assert korean_sentence(caught.value)
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreError, match="열 수 없습니다"):
        await Store(f"sqlite:///{tmp_path}/folder.db").open()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_file_that_may_not_be_written_is_said(sqlite_url: str) -> None:
    async with Store(sqlite_url):
        pass
    file_of(sqlite_url).chmod(0o400)
    with pytest.raises(StoreError, match="쓸 수 없습니다"):
        async with Store(sqlite_url) as store:
            await store.editions.save(full())


async def test_a_store_that_could_not_be_opened_leaves_no_connection(sqlite_url: str) -> None:
    file_of(sqlite_url).parent.mkdir()
    file_of(sqlite_url).write_bytes(b"x" * 5000)
    store = Store(sqlite_url)
    for _ in range(3):
        with pytest.raises(StoreError):
            await store.open()
    await store.close()


async def test_a_caller_who_gives_up_leaves_the_store_usable(store: Store) -> None:
    await store.subscriptions.add(Subscription("slack", "C1", NOW))
    for pause in (0, 0.0005, 0.001, 0.002, 0.004):
        saving = [asyncio.create_task(store.usage.add(DAY, Usage(1, 1, 1, 0.0))) for _ in range(5)]
        saving.append(asyncio.create_task(store.items.save(papers(200), DAY)))
        await asyncio.sleep(pause)
        for task in saving:
            task.cancel()
        await asyncio.gather(*saving, return_exceptions=True)
    before = (await store.usage.spent(DAY)).calls
    await store.usage.add(DAY, Usage(1, 1, 1, 0.0))
    assert (await store.usage.spent(DAY)).calls == before + 1


async def test_a_postgres_that_drops_its_connections_is_asked_again(postgres_url: str) -> None:
    async with Store(postgres_url) as store:
        await store.editions.save(full())
        plain = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert await store.editions.get(DAY) == full()
        assert await store.editions.save(full())


# Backup


async def test_a_backup_is_a_whole_store(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "사본.db"
    async with Store(sqlite_url) as store:
        await store.editions.save(full())
        await store.backup(copy)
        await store.editions.save(replace(full(), built_at=BUILT + timedelta(hours=1)))
    async with Store(f"sqlite:///{copy}") as restored:
        assert await restored.editions.get(DAY) == full()
        assert await restored.editions.told(Profile(), DAY, DAY + timedelta(days=1))
    assert copy.stat().st_mode & 0o077 == 0


async def test_a_backup_replaces_nothing(sqlite_url: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("precious")
    async with Store(sqlite_url) as store:
        with pytest.raises(SettingsError, match="이미 있습니다"):
            await store.backup(copy)
        with pytest.raises(SettingsError, match="폴더"):
            await store.backup(tmp_path / "nowhere" / "copy.db")
    assert copy.read_text() == "precious"


async def test_a_backup_for_which_there_is_no_room_leaves_no_half_of_it(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    async with Store(sqlite_url) as store:
        await store.editions.save(full())
        with files_of_at_most(100_000), pytest.raises(StoreError, match="쓰지 못했습니다") as caught:
            await store.backup(folder / "copy.db")
        assert korean_sentence(caught.value)
        assert list(folder.iterdir()) == []
        with pytest.raises(StoreError, match="쓰지 못했습니다"):
            await store.backup(folder / ("n" * 300))
    assert list(folder.iterdir()) == []


async def test_postgres_is_backed_up_with_its_own_tools(postgres_url: str, tmp_path: Path) -> None:
    async with Store(postgres_url) as store:
        with pytest.raises(SettingsError, match="pg_dump"):
            await store.backup(tmp_path / "copy.db")
