"""Everything collected: one row per item, with the first and the last day it was seen; findable by its words."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from core.model import Item
from core.store.engine import Database, insert
from core.store.entries import index, item_entry
from core.store.tables import items

_AT_ONCE = 500  # ids in one IN (…); older SQLite allows 999 variables


class Items:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, found: Iterable[Item], day: date) -> None:
        """Keeps the items as seen on `day`: newer data replaces older, the first day stays."""
        items_ = tuple(found)
        rows = [{"id": item.id, "first_seen": day, "last_seen": day, "data": item} for item in items_]
        if not rows:
            return
        entries = await asyncio.to_thread(lambda: [item_entry(item, day) for item in items_])
        async with self._database.write() as connection:
            statement = insert(connection, items)
            new = statement.excluded
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["id"],
                    set_={"last_seen": new.last_seen, "data": new.data},
                    where=items.c.last_seen <= new.last_seen,
                ),
                rows,
            )
            await index(connection, entries)

    async def get(self, id: str) -> Item | None:
        async with self._database.read() as connection:
            return await connection.scalar(select(items.c.data).where(items.c.id == id))

    async def many(self, ids: Iterable[str]) -> dict[str, Item]:
        """Those of `ids` that are kept."""
        wanted = sorted(set(ids))
        found: dict[str, Item] = {}
        async with self._database.read() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                query = select(items.c.id, items.c.data).where(items.c.id.in_(wanted[start : start + _AT_ONCE]))
                found |= {row.id: row.data for row in await connection.execute(query)}
        return found

    async def upvoted(self, upvotes: Mapping[str, int]) -> None:
        """Keeps the upvotes that items of earlier days got meanwhile; of items nobody knows, nothing."""
        async with self._database.write() as connection:
            for id_, item in (await self.many(upvotes)).items():
                votes = max(upvotes[id_], item.signals.hf_upvotes or 0)
                if votes != item.signals.hf_upvotes:
                    heard = replace(item, signals=replace(item.signals, hf_upvotes=votes))
                    await connection.execute(update(items).where(items.c.id == id_).values(data=heard))

    async def of(self, day: date) -> tuple[Item, ...]:
        """Those whose last day is `day`, by id."""
        query = select(items.c.data).where(items.c.last_seen == day).order_by(items.c.id)
        async with self._database.read() as connection:
            return tuple(await connection.scalars(query))

    async def ids(self, since: date, before: date) -> frozenset[str]:
        """Ids of all items first seen on `since` or later and before `before`."""
        query = select(items.c.id).where(items.c.first_seen >= since, items.c.first_seen < before)
        async with self._database.read() as connection:
            return frozenset(await connection.scalars(query))

    async def seen_before(self, ids: Iterable[str], day: date) -> dict[str, date]:
        """Of `ids`, those first seen on a day before `day`, with that first day."""
        wanted = sorted(set(ids))
        seen: dict[str, date] = {}
        async with self._database.read() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                some = wanted[start : start + _AT_ONCE]
                query = select(items.c.id, items.c.first_seen).where(items.c.id.in_(some), items.c.first_seen < day)
                seen |= {row.id: row.first_seen for row in await connection.execute(query)}
        return seen
