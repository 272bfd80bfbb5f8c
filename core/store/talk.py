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
    at: datetime


class Talk:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, thread: str, asked: str, paper: str, question: str, answer: str, now: datetime, workspace: str = ""
    ) -> None:
        """`thread` begins with its platform: `slack:C1/1.0`. `asked`: the reference of the message or the event that
        asked."""
        said = {"thread": thread, "asked": asked, "paper": paper, "question": question, "answer": answer, "at": now}
        values = said | {"platform": thread.partition(":")[0], "workspace": workspace}
        async with self._database.write() as connection:
            await connection.execute(insert(connection, turns).values(**values))

    async def last(self, thread: str, count: int) -> tuple[Exchange, ...]:
        """The newest `count` of that thread, oldest first."""
        query = select(turns).where(turns.c.thread == thread).order_by(turns.c.id.desc()).limit(count)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(Exchange(row.paper, row.question, row.answer, row.at) for row in reversed(rows))

    async def paper_of(self, asked: str) -> str | None:
        """The paper that was asked about there, None = not known."""
        query = select(turns.c.paper).where(turns.c.asked == asked).limit(1)
        async with self._database.read() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def prune(self, before: datetime) -> int:
        """Forgets earlier ones; their number."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(turns).where(turns.c.at < before))).rowcount
