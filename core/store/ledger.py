"""What each profile has been told: written by Editions.save, read before choosing, so nothing is told twice."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from core.store.engine import Database
from core.store.tables import ledger


@dataclass(frozen=True, slots=True)
class Told:
    """Item `item` (or one merged into it) was story `n` of that date's edition."""

    item: str
    date: date
    n: int


class Ledger:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def told(self, profile: str, since: date, before: date | None = None) -> frozenset[str]:
        """Ids of the items that final editions of `since` ≤ date < `before` told. Give `before` the date being
        built, so that an edition built anew does not exclude itself."""
        return frozenset(entry.item for entry in await self.entries(profile, since, before))

    async def entries(self, profile: str, since: date, before: date | None = None) -> tuple[Told, ...]:
        """The same with where each was told, oldest first."""
        query = select(ledger.c.item, ledger.c.date, ledger.c.n).where(
            ledger.c.profile == profile, ledger.c.date >= since
        )
        if before is not None:
            query = query.where(ledger.c.date < before)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(ledger.c.date, ledger.c.n, ledger.c.item))
            return tuple(Told(row.item, row.date, row.n) for row in rows)
