"""What the models cost, summed per day (a date in TIMEZONE), for the daily budget."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.llm import Spent, Usage
from core.store.engine import Database, insert
from core.store.tables import usage


class Spending:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, day: date, used: Usage) -> None:
        """Atomic: concurrent additions, also from other processes, are all counted."""
        async with self._database.write() as connection:
            await add_usage(connection, day, used)

    async def spent(self, day: date) -> Spent:
        async with self._database.read() as connection:
            row = (await connection.execute(select(usage).where(usage.c.day == day))).first()
        return Spent(row.calls, row.tokens_in, row.tokens_out, row.usd, row.unpriced) if row else Spent()


async def add_usage(connection: AsyncConnection, day: date, used: Usage) -> None:
    amounts = {
        "calls": used.calls,
        "tokens_in": used.tokens_in,
        "tokens_out": used.tokens_out,
        "usd": used.usd or 0.0,
        "unpriced": int(used.usd is None),
    }
    sums = {name: usage.c[name] + amount for name, amount in amounts.items()}
    statement = insert(connection, usage).values(day=day, **amounts)
    await connection.execute(statement.on_conflict_do_update(index_elements=["day"], set_=sums))
