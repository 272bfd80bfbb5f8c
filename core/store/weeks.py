"""Weeks: the review of a date for a profile, kept because a model may have been paid for it."""

from datetime import date

from sqlalchemy import select

from core.store.engine import Database, insert
from core.store.tables import weeks
from core.week import Week


class Weeks:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, on: date, profile: str) -> Week | None:
        query = select(weeks.c.data).where(weeks.c.date == on, weeks.c.profile == profile)
        async with self._database.read() as connection:
            return await connection.scalar(query)

    async def put(self, on: date, week: Week) -> None:
        """In place of an earlier one."""
        async with self._database.write() as connection:
            statement = insert(connection, weeks).values(date=on, profile=week.profile, data=week)
            await connection.execute(
                statement.on_conflict_do_update(index_elements=["date", "profile"], set_={"data": week})
            )
