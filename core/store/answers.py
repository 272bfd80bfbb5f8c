"""Private answers, kept for a while, so that their askers can still show them to all after a restart and whichever
process they reach."""

from datetime import datetime

from sqlalchemy import delete, select

from core.store.engine import Database, insert
from core.store.tables import answers


class Answers:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, id: str, platform: str, workspace: str, data: str, now: datetime) -> None:
        """`id` is the event's that asked, `data` the answer in its giver's own form. The first one stays."""
        values = {"id": id, "platform": platform, "workspace": workspace, "data": data, "at": now}
        async with self._database.write() as connection:
            await connection.execute(insert(connection, answers).values(**values).on_conflict_do_nothing())

    async def get(self, id: str) -> str | None:
        """What was kept, None = nothing, or not any more."""
        async with self._database.read() as connection:
            return await connection.scalar(select(answers.c.data).where(answers.c.id == id))

    async def prune(self, before: datetime) -> int:
        """Forgets earlier ones; their number."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(answers).where(answers.c.at < before))).rowcount
