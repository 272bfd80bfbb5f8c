"""Questions and answers about papers, per thread, so that a follow-up knows the last ones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from core.store.engine import Database, insert
from core.store.tables import turns


@dataclass(frozen=True, slots=True)
class Exchange:
    paper: str
    question: str
    answer: str


class Talk:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, thread: str, paper: str, question: str, answer: str, now: datetime, workspace: str = ""
    ) -> None:
        """`thread` begins with its platform: `slack:C1/1.0`."""
        whose = {"platform": thread.partition(":")[0], "workspace": workspace}
        values = whose | {"thread": thread, "paper": paper, "question": question, "answer": answer, "at": now}
        async with self._database.write() as connection:
            await connection.execute(insert(connection, turns).values(**values))

    async def last(self, thread: str, count: int) -> tuple[Exchange, ...]:
        """The newest `count` of that thread, oldest first."""
        query = select(turns).where(turns.c.thread == thread).order_by(turns.c.id.desc()).limit(count)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Exchange(row.paper, row.question, row.answer) for row in reversed(rows))

    async def prune(self, before: datetime) -> int:
        """Forgets earlier ones; their number."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(turns).where(turns.c.at < before))).rowcount
