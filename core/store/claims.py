"""Things that only one of many processes may do: answer an event, hold a lock for a while, tell something once."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from core.store.engine import Database, insert
from core.store.tables import events, locks, notices


class Events:
    """Incoming events, interactions and mentions, by their platform's id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, id: str, now: datetime, platform: str = "", workspace: str = "") -> bool:
        """True for the first who asks, whatever the process: answer only then. What is known of whose event it is
        goes with it."""
        async with self._database.write() as connection:
            values = {"id": id, "at": now, "platform": platform, "workspace": workspace}
            statement = insert(connection, events).values(**values).on_conflict_do_nothing()
            return bool((await connection.execute(statement)).rowcount)

    async def prune(self, before: datetime) -> int:
        """Forgets events claimed earlier; their number. Platforms repeat an event for hours, not for days."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(events).where(events.c.at < before))).rowcount


class Locks:
    """Leases by name, e.g. Discord's gateway. `owner` names one process for one life of it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def acquire(self, name: str, owner: str, seconds: float, now: datetime) -> bool:
        """True when `owner` holds the lock until `now + seconds`: it was free, ran out, or was its own."""
        until = now + timedelta(seconds=seconds)
        async with self._database.write() as connection:
            statement = insert(connection, locks).values(name=name, owner=owner, until=until)
            free = or_(locks.c.owner == owner, locks.c.until <= now)
            done = await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["name"], set_={"owner": owner, "until": until}, where=free
                )
            )
            return bool(done.rowcount)

    async def renew(self, name: str, owner: str, seconds: float, now: datetime) -> bool:
        """False when another has it: stop at once."""
        async with self._database.write() as connection:
            mine = update(locks).where(locks.c.name == name, locks.c.owner == owner)
            return bool((await connection.execute(mine.values(until=now + timedelta(seconds=seconds)))).rowcount)

    async def held(self, prefix: str, now: datetime) -> int:
        """How many locks whose name begins so are held."""
        query = select(func.count()).where(locks.c.name.startswith(prefix, autoescape=True), locks.c.until > now)
        async with self._database.read() as connection:
            return await connection.scalar(query) or 0

    async def release(self, name: str, owner: str) -> None:
        async with self._database.write() as connection:
            await connection.execute(delete(locks).where(locks.c.name == name, locks.c.owner == owner))


class Notices:
    """What is told to ADMIN_CHANNEL once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def once(self, key: str, now: datetime) -> bool:
        """True the first time. `key` says what and when it may be told again, e.g. `budget/2026-02-03`."""
        async with self._database.write() as connection:
            statement = insert(connection, notices).values(key=key, at=now).on_conflict_do_nothing()
            return bool((await connection.execute(statement)).rowcount)

    async def withdraw(self, key: str) -> None:
        """Makes `once` true again: the telling failed, or the trouble is over."""
        async with self._database.write() as connection:
            await connection.execute(delete(notices).where(notices.c.key == key))

    async def prune(self, before: datetime) -> int:
        async with self._database.write() as connection:
            return (await connection.execute(delete(notices).where(notices.c.at < before))).rowcount
