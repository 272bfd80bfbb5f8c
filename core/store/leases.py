"""Rows of work, each held by at most one process at a time through a lease.

The lease is the written intent. A row that still names a holder when its lease has run out was left by a dead
process, and what it was about to do may have been done: the next to claim it is told to `look` first, and so is
everyone after, until somebody writes down what is the case. Each claim counts the row's `attempts` up, so that
(owner, attempts) names this one lease: whoever has slept through it can change nothing, not even in the process
that has claimed the row again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, Update, and_, case, or_, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.engine import Database
from core.store.tables import WorkColumns


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A row as its holder sees it. `look`: something may have happened that was not written down."""

    id: int
    owner: str
    attempts: int
    look: bool
    due_at: datetime
    lease_until: datetime


class Leases:
    """What can be done with a row that one holds. Each answers False when the lease is another's by now: then
    leave the row alone."""

    def __init__(self, database: Database, table: Table[Any]) -> None:
        self._database = database
        self._table = table

    async def renew(self, work: Work, until: datetime) -> bool:
        """Holds it longer: for work that takes its time."""
        return await self._end(held(self._table, work).values(lease_until=until))

    async def give_back(self, work: Work, due_at: datetime, reason: str = "", *, doubt: bool = False) -> bool:
        """For anyone to claim from `due_at` on. Say `doubt` unless the next thing is surely not done: the next
        holder then looks first. A doubt that was there before stays."""
        values: dict[str, Any] = {"look": True} if doubt else {}
        return await self._end(held(self._table, work).values(**FREE, due_at=due_at, last_error=reason, **values))

    async def again(self, work: Work, at: datetime, reason: str, *, doubt: bool = False) -> bool:
        """Given back as by `give_back`, but it stays due since when it was (that is how old it is): nobody's before
        `at`."""
        values: dict[str, Any] = {"look": True} if doubt else {}
        statement = held(self._table, work).values(lease_owner=None, lease_until=at, last_error=reason, **values)
        return await self._end(statement)

    async def finish(self, work: Work) -> bool:
        return await self._end(held(self._table, work).values(state="done", **FREE, last_error=""))

    async def skip(self, work: Work, reason: str) -> bool:
        """There is nothing to do, and that is as it should be."""
        return await self._end(held(self._table, work).values(state="skipped", **FREE, last_error=reason))

    async def fail(self, work: Work, reason: str) -> bool:
        """For good: only an operator's word brings it back."""
        return await self._end(held(self._table, work).values(state="failed", **FREE, last_error=reason))

    async def _end(self, statement: Update) -> bool:
        async with self._database.write() as connection:
            return bool((await connection.execute(statement)).rowcount)


NEW: dict[str, Any] = {"state": "pending", "look": False, "attempts": 0, "last_error": ""}
"""How a row of work begins."""

FREE: dict[str, None] = {"lease_owner": None, "lease_until": None}
"""Held by nobody."""


def claimable(table: Table[WorkColumns], now: datetime) -> ColumnElement[bool]:
    """Due, and held by nobody or by somebody whose lease has run out."""
    free = or_(table.c.lease_until.is_(None), table.c.lease_until <= now)
    return and_(table.c.state == "pending", table.c.due_at <= now, free)


async def take(
    connection: AsyncConnection,
    table: Table[WorkColumns],
    wanted: Select[int],
    owner: str,
    now: datetime,
    lease: timedelta,
) -> list[int]:
    """Claims the rows that `wanted` selects by id; those another process is claiming at this moment are skipped
    (on SQLite the transaction is the only writer)."""
    query = wanted.with_for_update(skip_locked=True, of=table)
    ids = list(await connection.scalars(query))
    if ids:
        left = case((table.c.lease_owner.is_not(None), true()), else_=table.c.look)
        claim = {"look": left, "lease_owner": owner, "lease_until": now + lease, "attempts": table.c.attempts + 1}
        await connection.execute(update(table).where(table.c.id.in_(ids)).values(claim))
    return ids


def held(table: Table[WorkColumns], work: Work) -> Update:
    """An UPDATE that touches the row only while this lease is the row's."""
    return update(table).where(
        table.c.id == work.id, table.c.lease_owner == work.owner, table.c.attempts == work.attempts
    )
