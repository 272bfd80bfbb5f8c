"""Corrections of what was told: the edition in its new form, and which deliveries still show an old one.

An edition's `revision` counts its corrections, a delivery's says which of them its finished steps show. The two meet
when every message is edited, so whoever corrects may be killed and begin again.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select, update

from core.model import Edition
from core.store.delivery import Step
from core.store.engine import Database
from core.store.entries import edition_entries, forget_stories, index
from core.store.tables import deliveries, editions, steps, subscriptions


@dataclass(frozen=True, slots=True)
class Behind:
    """A delivery whose finished `steps` do not all show `revision` of its edition. `over`: there will be no more of
    them; `held`: a process is about to write one, or may have."""

    id: int
    subscription: int
    platform: str
    workspace: str
    channel: str
    settings: Mapping[str, Any]
    steps: tuple[Step, ...]
    revision: int
    over: bool
    held: bool

    @property
    def name(self) -> str:
        return f"{self.platform}:{self.channel}"


class Corrections:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def revise(self, edition: Edition, revision: int) -> bool:
        """Puts a corrected edition in the place of the final one, and what can be found with it, in one commit.
        False when that is not at `revision` any more: read it again."""
        posted = edition.posted and replace(edition.posted, index=())
        entries = await asyncio.to_thread(edition_entries, edition)
        columns = editions.c
        mine = (columns.date == edition.date, columns.profile == edition.profile, columns.revision == revision)
        values = {"data": replace(edition, index=(), posted=posted), "revision": revision + 1}
        async with self._database.write() as connection:
            done = await connection.execute(update(editions).where(*mine, columns.status == "final").values(values))
            if done.rowcount:
                await forget_stories(connection, edition.date, edition.profile)
                await index(connection, entries)
        return bool(done.rowcount)

    async def revisions(self, date: date) -> dict[str, int]:
        """Of the final editions of that date, by profile, how often each was corrected."""
        wanted = select(editions.c.profile, editions.c.revision).order_by(editions.c.profile)
        query = wanted.where(editions.c.date == date, editions.c.status == "final")
        async with self._database.read() as connection:
            return {row.profile: row.revision for row in await connection.execute(query)}

    async def behind(self, date: date, profile: str) -> tuple[Behind, ...]:
        """The deliveries of that edition in which something is out that is not corrected yet."""
        same = and_(editions.c.date == deliveries.c.date, editions.c.profile == deliveries.c.profile)
        channel = subscriptions.c
        query = (
            select(deliveries, channel.platform, channel.workspace, channel.channel, channel.settings)
            .add_columns(editions.c.revision.label("wanted"))
            .join(subscriptions, channel.id == deliveries.c.subscription)
            .join(editions, same)
            .where(deliveries.c.date == date, deliveries.c.profile == profile)
            .where(deliveries.c.revision < editions.c.revision)
            .where(or_(deliveries.c.next_seq > 0, deliveries.c.look, deliveries.c.lease_owner.is_not(None)))
            .order_by(deliveries.c.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
            done: dict[int, list[Step]] = {row.id: [] for row in rows}
            finished = select(steps).join(deliveries, deliveries.c.id == steps.c.delivery)
            finished = finished.where(deliveries.c.date == date, deliveries.c.profile == profile)
            for step in await connection.execute(finished.order_by(steps.c.delivery, steps.c.seq)):
                if step.delivery in done:
                    done[step.delivery].append(Step(step.seq, step.key, step.ref))
        return tuple(
            Behind(
                row.id, row.subscription, row.platform, row.workspace, row.channel, row.settings,
                tuple(done[row.id]), row.wanted, row.state != "pending", row.look or row.lease_owner is not None,
            )
            for row in rows
        )  # fmt: skip

    async def caught_up(self, behind: Behind) -> bool:
        """Writes down that these steps show this revision. False when more was written meanwhile, or is just being
        written: look again."""
        columns = deliveries.c
        same = (columns.id == behind.id, columns.next_seq == len(behind.steps), columns.lease_owner.is_(None))
        query = update(deliveries).where(*same, ~columns.look).values(revision=behind.revision)
        async with self._database.write() as connection:
            return bool((await connection.execute(query)).rowcount)
