"""The database as the rest of core/store sees it: `read()` and `write()`, each one transaction.

SQLite has one writer connection and a read-only engine for look-ups, so a person's question never waits for a
commit. WAL with synchronous=FULL: NORMAL can undo a lease at power loss. Every write begins with BEGIN IMMEDIATE,
because a transaction that turns from reading to writing half-way cannot wait for a lock. PostgreSQL has one pool.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import URL, Connection, Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from core.errors import SettingsError, StoreError, StoreUnreadable
from core.particles import particle
from core.refusals import refusal
from core.store.faults import explained

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

_OPTIONS = {"preserve_rowcount": True}
"""Whether an INSERT … ON CONFLICT has inserted is asked everywhere; by default that number is thrown away."""


def parse_url(url: str) -> URL:
    """A DATABASE_URL with the driver we use. SettingsError if it is none, or names a database we do not speak."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SettingsError(
            "DATABASE_URL", "주소를 읽을 수 없습니다. 예: sqlite+aiosqlite:///var/aidaily.db"
        ) from error
    if parsed.drivername not in _DRIVERS:
        raise SettingsError(
            "DATABASE_URL",
            f"{parsed.drivername}{particle(parsed.drivername, '은/는')} 쓸 수 없습니다."
            " sqlite+aiosqlite나 postgresql+psycopg로 쓰세요.",
        )
    parsed = parsed.set(drivername=_DRIVERS[parsed.drivername])
    if parsed.get_backend_name() == "sqlite" and (parsed.database or ":memory:") == ":memory:":
        raise SettingsError("DATABASE_URL", "SQLite는 파일이 있어야 합니다. 예: sqlite+aiosqlite:///var/aidaily.db")
    return parsed


def insert(connection: AsyncConnection, table: Table[Any]) -> sqlite.Insert | postgresql.Insert:
    """INSERT with `on_conflict_do_…`, which both databases have and SQLAlchemy keeps in each one's dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


class Database:
    """One database. `patience_s` is how long to wait for another process's lock."""

    def __init__(self, url: str, *, patience_s: float = 10.0) -> None:
        self.url = parse_url(url)
        self._patience_s = patience_s
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._connections: list[aiosqlite.Connection] = []

    @property
    def path(self) -> Path | None:
        """The file, or None on PostgreSQL."""
        return Path(str(self.url.database)) if self.url.get_backend_name() == "sqlite" else None

    async def open(self) -> None:
        """Makes the engines; for SQLite also the folder and the file, in WAL mode."""
        if self.path is None:
            self._writer = self._reader = self._postgres()
            return
        with explained(self.url):
            _make_folder(self.path)
            self._writer = self._sqlite(read_only=False)
            self._reader = self._sqlite(read_only=True)
            await self._turn_to_wal()

    async def close(self) -> None:
        """Gives all connections back, those too that cancelled callers have left; may be called twice."""
        for engine in {self._writer, self._reader} - {None}:
            assert engine is not None
            await engine.dispose()
        self._writer = self._reader = None
        for connection in self._connections:
            if connection._connection is not None:
                connection.stop()
            if connection._thread.is_alive():
                await asyncio.to_thread(connection._thread.join, self._patience_s)
        self._connections = []

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is durable when the block is left, and never was when the block raises."""
        assert self._writer is not None, "the store is not open"
        with explained(self.url):
            async with self._writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for SELECTs."""
        assert self._reader is not None, "the store is not open"
        with explained(self.url):
            async with self._reader.connect() as connection:
                yield connection

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[AsyncConnection]:
        """The writer without a transaction, for the few statements that refuse one (VACUUM)."""
        assert self._writer is not None, "the store is not open"
        with explained(self.url):
            async with self._writer.connect() as connection:
                yield await connection.execution_options(alone=True)

    def _postgres(self) -> AsyncEngine:
        try:
            return create_async_engine(
                self.url,
                pool_size=8,
                max_overflow=0,
                pool_pre_ping=True,
                connect_args={"connect_timeout": 5},
                execution_options=_OPTIONS,
            )
        except ImportError as error:
            raise SettingsError(
                "DATABASE_URL", "PostgreSQL 드라이버가 없습니다. pip install 'psycopg[binary]'로 설치하세요."
            ) from error

    def _sqlite(self, *, read_only: bool) -> AsyncEngine:
        engine = create_async_engine(
            self.url,
            pool_size=4 if read_only else 1,
            max_overflow=0,
            async_creator=self._connect,
            execution_options=_OPTIONS,
        )

        @event.listens_for(engine.sync_engine, "connect")
        def _settle(connection: Any, _record: object) -> None:
            cursor = connection.cursor()
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA foreign_keys=ON")
            if read_only:
                cursor.execute("PRAGMA query_only=ON")
            cursor.close()

        if not read_only:

            @event.listens_for(engine.sync_engine, "begin")
            def _begin(connection: Connection) -> None:
                if "alone" not in connection.get_execution_options():
                    connection.exec_driver_sql("BEGIN IMMEDIATE")

        return engine

    def _connect(self) -> aiosqlite.Connection:
        """Each SQLite connection is a thread; one whose caller was cancelled while it worked still has to tell the
        event loop so, and must do it before the loop is gone."""
        connection = aiosqlite.connect(
            str(self.path), timeout=self._patience_s, isolation_level=None, factory=Releasing
        )
        connection._thread.daemon = True
        self._connections = [each for each in self._connections if each._thread.is_alive()] + [connection]
        return connection

    async def _turn_to_wal(self) -> None:
        """The mode stays in the file. Two processes turning it at once is the one lock for which SQLite does not
        wait by itself."""
        pauses = 0.02
        for left in range(int(self._patience_s / pauses), -1, -1):
            try:
                async with self.alone() as connection:
                    await connection.exec_driver_sql("PRAGMA journal_mode=WAL")
                return
            except StoreError as error:
                if left == 0 or not _locked(error):
                    raise
                await asyncio.sleep(pauses)


class Releasing(sqlite3.Connection):
    """Gives its lock back when it is closed. SQLite itself keeps a closed connection's transaction open while a cursor
    of a cancelled caller has not been collected (https://sqlite.org/c3ref/close.html)."""

    def close(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.rollback()
        super().close()


def _locked(error: StoreError) -> bool:
    cause = error.__cause__
    return (
        isinstance(cause, OperationalError)
        and isinstance(cause.orig, sqlite3.OperationalError)
        and cause.orig.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
    )


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnreadable(f"데이터베이스를 둘 폴더({path.parent})를 만들 수 없습니다: {refusal(error)}.") from error
