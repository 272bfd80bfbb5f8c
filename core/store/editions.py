"""Editions: one row per (date, profile), and the rule which may replace which.

A draft gives way to anything; a final one only to a final one, and to none once a part of it may be out.
An edition becomes final and can be found in one commit; final ones are the ledger of what a profile has been told.
Whatever fails, the row before stays.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from core.model import Edition, Item, Paper, Profile, Story
from core.store.engine import Database, insert
from core.store.entries import edition_entries, forget_stories, index
from core.store.tables import deliveries, editions, subscriptions


@dataclass(frozen=True, slots=True)
class Final:
    """A final edition as far as the archive must know it. `revision`: how often it was corrected."""

    date: date
    profile: str
    built_at: datetime
    revision: int


class Editions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, edition: Edition) -> bool:
        """True when `edition` is now the stored one; False where one stands that it may not replace: for a draft a
        final one, for any edition one of which a part is posted, or may be."""
        key = {"date": edition.date, "profile": edition.profile}
        values = {
            "status": edition.status,
            "built_at": edition.built_at,
            "data": replace(edition, index=()),
            "revision": 0,
            "raw_index": edition.index,
        }
        final = edition.status == "final"
        entries = await asyncio.to_thread(edition_entries, edition) if final else ()
        async with self._database.write() as connection:
            if final and await _posted(connection, edition.date, edition.profile, lock=True):
                return False
            statement = insert(connection, editions).values(**key, **values)
            done = await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[*key],
                    set_=values,
                    where=or_(editions.c.status == "draft", statement.excluded.status == "final"),
                )
            )
            if done.rowcount and final:
                await forget_stories(connection, edition.date, edition.profile)
                await index(connection, entries)
        return bool(done.rowcount)

    async def get(self, date: date, profile: str = "default") -> Edition | None:
        query = select(editions.c.data, editions.c.raw_index)
        return await self._first(query.where(editions.c.date == date, editions.c.profile == profile))

    async def latest(self, before: date, profile: str = "default") -> Edition | None:
        """The newest final edition of a date earlier than `before`."""
        query = select(editions.c.data, editions.c.raw_index).order_by(editions.c.date.desc()).limit(1)
        return await self._first(
            query.where(editions.c.date < before, editions.c.profile == profile, editions.c.status == "final")
        )

    async def finals(self) -> tuple[Final, ...]:
        """Every final edition, newest first."""
        columns = editions.c
        query = select(columns.date, columns.profile, columns.built_at, columns.revision)
        query = query.where(columns.status == "final").order_by(columns.date.desc(), columns.profile)
        async with self._database.read() as connection:
            return tuple(Final(*row) for row in await connection.execute(query))

    async def dates(self, profile: str = "default") -> tuple[date, ...]:
        """Of all editions, drafts too, newest first."""
        query = select(editions.c.date).where(editions.c.profile == profile).order_by(editions.c.date.desc())
        async with self._database.read() as connection:
            return tuple(await connection.scalars(query))

    async def built(self, profile: str, first: date, last: date) -> tuple[tuple[date, datetime, int], ...]:
        """When each edition of these days was built and how often it was corrected, oldest first; drafts too."""
        c = editions.c
        query = select(c.date, c.built_at, c.revision).where(c.profile == profile, c.date >= first, c.date <= last)
        async with self._database.read() as connection:
            return tuple(
                (row.date, row.built_at, row.revision) for row in await connection.execute(query.order_by(c.date))
            )

    async def told(self, profile: Profile, since: date, before: date) -> tuple[tuple[date, Story], ...]:
        """The ledger: stories of final editions of `since` ≤ date < `before`, oldest first. On days when the profile
        had none of its own, what was posted to the channels that have it now: new settings forget nothing."""
        theirs = exists().where(
            deliveries.c.date == editions.c.date, deliveries.c.profile == editions.c.profile, deliveries.c.stage > 0,
            deliveries.c.subscription == subscriptions.c.id, subscriptions.c.profile == profile,
        )  # fmt: skip
        query = select(editions.c.date, editions.c.profile, editions.c.data).where(
            editions.c.date >= since, editions.c.date < before, editions.c.status == "final",
            or_(editions.c.profile == profile.key, theirs),
        )  # fmt: skip
        async with self._database.read() as connection:
            rows = (await connection.execute(query.order_by(editions.c.date, editions.c.profile))).all()
        own = {row.date for row in rows if row.profile == profile.key}
        return tuple(
            (row.date, story) for row in rows if row.profile == profile.key or row.date not in own
            for story in row.data.stories
        )  # fmt: skip

    async def papers(self, since: date, before: date) -> dict[str, Paper]:
        """By id, the papers that final editions of those days told to anybody, as they were told last. Read a day at
        a time: the editions of many profiles are much to read in one go."""
        told: dict[str, Paper] = {}
        for day in (since + timedelta(days=n) for n in range((before - since).days)):
            query = select(editions.c.data).where(editions.c.date == day, editions.c.status == "final")
            async with self._database.read() as connection:
                stories = [story for edition in await connection.scalars(query) for story in edition.stories]
            items = (item for story in stories for item in (story.item, *story.merged))
            told |= {item.id: item for item in items if isinstance(item, Paper)}
        return told

    async def posted(self, date: date, profile: str = "default") -> bool:
        """Whether a part of it is out in some channel, or may be."""
        async with self._database.read() as connection:
            return await _posted(connection, date, profile)

    async def _first(self, query: Select[Edition, tuple[Item, ...]]) -> Edition | None:
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        told: Edition = row.data
        posted = told.posted and replace(told.posted, index=row.raw_index)
        return replace(told, index=row.raw_index, posted=posted)


async def _posted(connection: AsyncConnection, date: date, profile: str, *, lock: bool = False) -> bool:
    """`lock` keeps deliveries from being claimed until the transaction ends."""
    columns = deliveries.c
    query = select(columns.stage, columns.look, columns.lease_owner).where(
        columns.date == date, columns.profile == profile
    )
    rows = await connection.execute(query.with_for_update() if lock else query)
    return any(row.stage > 0 or row.look or row.lease_owner is not None for row in rows)
