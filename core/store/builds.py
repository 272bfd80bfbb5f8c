"""Builds to be made: one row of work per (date, profile)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select, update

from core.store.engine import Database, insert
from core.store.leases import FREE, NEW, Leases, Work, claimable, take
from core.store.tables import builds


@dataclass(frozen=True, slots=True, kw_only=True)
class Build(Work):
    date: date
    profile: str  # its key


@dataclass(frozen=True, slots=True)
class BuildState:
    """For status. `state`: pending, done, failed or skipped; `reason` is what went wrong last."""

    date: date
    profile: str
    state: str
    due_at: datetime
    attempts: int
    reason: str


class Builds(Leases):
    def __init__(self, database: Database) -> None:
        super().__init__(database, builds)

    async def plan(self, date: date, profile: str, due_at: datetime) -> bool:
        """True when it was not planned yet, or is to be made after all: channels that come back to a profile want the
        edition that nobody wanted meanwhile."""
        values = {"date": date, "profile": profile, "due_at": due_at, **NEW}
        async with self._database.write() as connection:
            statement = insert(connection, builds).values(**values)
            statement = statement.on_conflict_do_update(
                index_elements=["date", "profile"],
                set_={"state": "pending", "due_at": due_at, "last_error": ""},
                where=builds.c.state == "skipped",
            )
            return bool((await connection.execute(statement)).rowcount)

    async def claim(self, now: datetime, owner: str, lease: timedelta, limit: int = 1) -> tuple[Build, ...]:
        """Up to `limit` due builds, earliest first, held until `now + lease`. The steps say what is done of one
        that a dead process has left."""
        wanted = select(builds.c.id).where(claimable(builds, now)).order_by(builds.c.due_at, builds.c.id).limit(limit)
        async with self._database.write() as connection:
            ids = await take(connection, builds, wanted, owner, now, lease)
            query = select(builds).where(builds.c.id.in_(ids)).order_by(builds.c.due_at, builds.c.id)
            rows = (await connection.execute(query)).all() if ids else []
        return tuple(
            Build(
                id=row.id,
                owner=owner,
                attempts=row.attempts,
                look=row.look,
                due_at=row.due_at,
                lease_until=now + lease,
                date=row.date,
                profile=row.profile,
            )
            for row in rows
        )

    async def reopen(self, date: date, profile: str, now: datetime) -> bool:
        """An operator's word: due (again) `now`, whoever has left it. False when it is not planned or is being made."""
        left = or_(builds.c.lease_owner.is_(None), builds.c.lease_until <= now)
        query = update(builds).where(builds.c.date == date, builds.c.profile == profile, left)
        return await self._end(query.values(state="pending", due_at=now, **FREE, last_error=""))

    async def of(self, date: date) -> tuple[BuildState, ...]:
        query = select(builds).where(builds.c.date == date).order_by(builds.c.profile)
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return tuple(
                BuildState(row.date, row.profile, row.state, row.due_at, row.attempts, row.last_error) for row in rows
            )
