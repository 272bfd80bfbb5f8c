"""Brings the database to this program's schema, once, however many processes start together.

All pending revisions run in one transaction under one lock (BEGIN IMMEDIATE, or an advisory lock on PostgreSQL):
either the whole step is made or none of it. A database that a newer program has migrated is refused, because
this program does not know what its columns mean.
"""

import logging
from importlib.resources import as_file, files

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import StoreError
from core.store.engine import Database
from core.store.migrations import REVISIONS

log = logging.getLogger(__name__)

_LOCK = 0x_A1_DA_11_7  # any number, the same in every process


async def migrate(database: Database) -> tuple[str | None, str]:
    """Revisions before (None = empty) and after. StoreError if the schema is newer than this program."""
    async with database.read() as connection:
        before = await _revision(connection)
    if before == REVISIONS[-1]:
        return before, before
    async with database.write() as connection:
        if database.path is None:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        before = await _revision(connection)  # another process may have been first
        if before != REVISIONS[-1]:
            await connection.run_sync(_upgrade)
            log.info("store.migrated before=%s after=%s", before, REVISIONS[-1])
    return before, REVISIONS[-1]


async def _revision(connection: AsyncConnection) -> str | None:
    if not await connection.run_sync(lambda sync: inspect(sync).has_table("alembic_version")):
        return None
    revision: str | None = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision is not None and revision not in REVISIONS:
        raise StoreError(
            f"데이터베이스의 구조({revision})가 이 프로그램({REVISIONS[-1]})보다 새것입니다. "
            "프로그램을 새 버전으로 올리세요."
        )
    return revision


def _upgrade(connection: Connection) -> None:
    from alembic import command  # loaded only when there is something to do
    from alembic.config import Config

    with as_file(files("core.store.migrations")) as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
