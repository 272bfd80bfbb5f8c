"""A copy of the database in one file, taken while the bot runs.

To restore: stop the bot, put the copy where DATABASE_URL points, remove `…-wal` and `…-shm` beside it if they
are there, start the bot; it migrates the copy if the program has become newer since. On PostgreSQL its own tools
do this better: `pg_dump -Fc` and `pg_restore`.
"""

import os
from pathlib import Path

from sqlalchemy import text

from core.errors import SettingsError, StoreError
from core.store.engine import Database


async def backup(database: Database, path: Path) -> None:
    """Writes a consistent copy to `path`. SettingsError if something is there already, and on PostgreSQL; StoreError
    if the disk is full: then nothing is left at `path`."""
    if database.path is None:
        raise SettingsError("DATABASE_URL", "PostgreSQL은 pg_dump로 백업하세요. 예: pg_dump -Fc -f aidaily.dump DB")
    part = path.with_name(f".aidaily-{os.getpid()}.part")
    try:
        _refuse(path)
        await _copy(database, part)
        part.chmod(0o600)
        part.rename(path)
    except OSError as error:
        raise StoreError(f"백업 파일({path})을 쓰지 못했습니다. 빈 공간과 쓰기 권한을 확인하세요.") from error
    finally:
        part.unlink(missing_ok=True)


def _refuse(path: Path) -> None:
    if path.exists():
        raise SettingsError("파일", f"{path} 파일이 이미 있습니다. 다른 이름을 쓰세요.")
    if not path.parent.is_dir():
        raise SettingsError("파일", f"백업을 둘 폴더({path.parent})가 없습니다.")


async def _copy(database: Database, part: Path) -> None:
    try:
        async with database.alone() as connection:
            await connection.execute(text("VACUUM INTO :path"), {"path": str(part)})
    except StoreError as error:  # it speaks of the database, and the trouble is at the copy
        raise OSError(str(part)) from error
