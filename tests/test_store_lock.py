"""A connection whose caller was cancelled in the midst of a write keeps nobody waiting."""

import sqlite3
from pathlib import Path

from core.store.engine import Database, Releasing


def test_a_closed_connection_gives_its_lock_back_though_a_cursor_of_it_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    left = sqlite3.connect(path, isolation_level=None, factory=Releasing)
    left.execute("CREATE TABLE t (x)")
    left.execute("BEGIN IMMEDIATE")
    cursor = left.execute("SELECT 1 UNION SELECT 2")
    assert next(cursor) == (1,)
    left.close()
    other = sqlite3.connect(path, isolation_level=None, timeout=0)
    other.execute("BEGIN IMMEDIATE")
    other.close()


async def test_a_connection_that_its_caller_lost_is_closed_with_the_store(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    await database.open()
    lost = await database._connect()
    await database.close()
    assert lost._connection is None
