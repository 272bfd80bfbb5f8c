"""What the ranking learnt in operation: per day, its papers' authors and which of them the community picked.

A row a day and nothing summed up, so the newest days can be used, the oldest forgotten, and all of it undone by
deleting rows.
"""

from datetime import date, timedelta

from sqlalchemy import delete, select

from core.store.engine import Database, insert
from core.store.tables import learnt

KEPT = timedelta(days=180)
Seen = tuple[tuple[int, ...], int | None]
"""A paper: keys of its authors' names, its upvotes (None = not picked)."""


class Learnt:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, day: date, papers: tuple[Seen, ...]) -> None:
        """Keeps a day once (what is kept of it already stays), and forgets those half a year before it."""
        async with self._database.write() as connection:
            statement = insert(connection, learnt).values(day=day, papers=papers)
            await connection.execute(statement.on_conflict_do_nothing())
            await connection.execute(delete(learnt).where(learnt.c.day < day - KEPT))

    async def days(self, since: date) -> frozenset[date]:
        query = select(learnt.c.day).where(learnt.c.day >= since)
        async with self._database.read() as connection:
            return frozenset(await connection.scalars(query))

    async def papers(self, since: date, before: date) -> tuple[Seen, ...]:
        """Of days `since` ≤ day < `before`, oldest first."""
        query = select(learnt.c.papers).where(learnt.c.day >= since, learnt.c.day < before).order_by(learnt.c.day)
        async with self._database.read() as connection:
            return tuple(paper for day in await connection.scalars(query) for paper in day)
