"""Forgetting: everything of a workspace that has uninstalled us, and what has become older than is wanted.

A workspace goes at once and whole, in one commit. What is old goes in small bites, each a commit of its own, so that
nothing that is due waits behind it.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Table, and_, delete, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.engine import Database
from core.store.entries import DAY_BITS
from core.store.tables import (
    answers,
    build_steps,
    builds,
    deliveries,
    editions,
    events,
    items,
    notices,
    reports,
    search,
    subscriptions,
    turns,
    usage,
    votes,
    weeks,
)

_BITE = 500  # rows, and the ids in one IN (…)


class Forgetting:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def workspace(self, platform: str, workspace: str, channels: Collection[str] = (), keep: str = "") -> int:
        """Deletes what there is of a workspace: subscriptions with their deliveries, votes, reports, exchanges,
        answers, claims (but for the event `keep`), notices. `channels` are known to be its own, whatever their rows
        say. The number of channels."""
        named = sorted(set(channels))
        own = and_(subscriptions.c.platform == platform, subscriptions.c.workspace == workspace)
        own = or_(own, and_(subscriptions.c.platform == platform, subscriptions.c.channel.in_(named)))
        async with self._database.write() as connection:
            gone = list(await connection.scalars(select(subscriptions.c.channel).where(own)))
            await connection.execute(delete(subscriptions).where(own))
            for table in (votes, reports):
                its = or_(table.c.workspace == workspace, table.c.channel.in_({*gone, *named}))
                await connection.execute(delete(table).where(table.c.platform == platform, its))
            for said in (turns, answers):
                asked = and_(said.c.platform == platform, said.c.workspace == workspace)
                await connection.execute(delete(said).where(asked))
            claimed = and_(events.c.platform == platform, events.c.workspace == workspace, events.c.id != keep)
            await connection.execute(delete(events).where(claimed))
            for channel in gone:
                told = notices.c.key.endswith(f"/{platform}:{channel}", autoescape=True)
                await connection.execute(delete(notices).where(told))
        return len(gone)

    async def older(self, before: date, items_before: date) -> int:
        """One bite of what is left: of editions of dates earlier than `before` with all that was made of and said
        about them, and of items last seen earlier than `items_before`, which can be found no more unless an edition
        shows them. The rows deleted; 0: nothing is left."""
        async with self._database.write() as connection:
            return await _bite(connection, before, items_before)


async def _bite(connection: AsyncConnection, before: date, items_before: date) -> int:
    """Up to _BITE rows, one table after the other."""
    left = _BITE
    for table, old in _old(before, items_before).items():
        if left > 0:
            left -= await _some(connection, table, old, left)
    if left > 0:
        left -= await _unfindable(connection, before, items_before, left)
    return _BITE - left


def _old(before: date, items_before: date) -> Mapping[Table[Any], ColumnElement[bool]]:
    """Deliveries first: an edition must not go while its delivery may still want it."""
    return {
        deliveries: and_(deliveries.c.date < before, deliveries.c.state != "pending"),
        builds: and_(builds.c.date < before, builds.c.state != "pending"),
        editions: editions.c.date < before,
        weeks: weeks.c.date < before,
        votes: votes.c.date < before,
        reports: reports.c.date < before,
        build_steps: build_steps.c.build < before.isoformat(),
        usage: usage.c.day < before,
        items: items.c.last_seen < items_before,
    }


async def _some(connection: AsyncConnection, table: Table[Any], old: ColumnElement[bool], most: int) -> int:
    """Deletes up to `most` of them."""
    key = list(table.primary_key.columns)
    chosen = (await connection.execute(select(*key).where(old).limit(most))).all()
    deleted = 0
    for row in chosen if len(key) > 1 else ():
        mine = [column == value for column, value in zip(key, row, strict=True)]
        deleted += (await connection.execute(delete(table).where(*mine))).rowcount
    if len(key) == 1 and chosen:
        deleted = _count(await connection.execute(delete(table).where(key[0].in_([row[0] for row in chosen]))))
    return deleted


async def _unfindable(connection: AsyncConnection, before: date, items_before: date, most: int) -> int:
    """Stories and shown items of editions that are gone, and items that are: out of the index."""
    shown = or_(search.c.kind == "story", search.c.kept)
    old = or_(search.c.id < _first(before), and_(search.c.id < _first(items_before), ~shown))
    ids = list(await connection.scalars(select(search.c.id).where(old).order_by(search.c.id).limit(most)))
    if not ids:
        return 0
    name = "rowid" if connection.dialect.name == "sqlite" else "id"
    await connection.execute(text(f"DELETE FROM search_words WHERE {name} = :id"), [{"id": each} for each in ids])
    return _count(await connection.execute(delete(search).where(search.c.id.in_(ids))))


def _first(day: date) -> int:
    """The number of the day's first entry."""
    return day.toordinal() << DAY_BITS


def _count(done: CursorResult[Any]) -> int:
    return done.rowcount
