"""Deliveries: one row of work per (date, subscription), its finished steps beside it.

A delivery can be claimed when it is due and its edition is final. Roots come before everything else, whatever
their due time. `advance` writes down that step k is done, under which reference it can be found, and the right to
do k+1, in one commit; (delivery, seq) is the primary key of a step, so a doubled one fails loudly.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Exists,
    Row,
    Select,
    Text,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)

from core.store.acknowledging import Acknowledgement, Acknowledging
from core.store.delivery import Delivery, DeliveryState, Due, Found, Queue, Step
from core.store.engine import Database, insert
from core.store.leases import NEW, Leases, claimable, take
from core.store.tables import deliveries, editions, steps, subscriptions


class Deliveries(Leases):
    def __init__(self, database: Database) -> None:
        super().__init__(database, deliveries)
        self._acknowledging = Acknowledging(database)

    async def plan(self, due: Iterable[Due]) -> int:
        """Rows for those that have none yet; their number. One that is not begun follows its channel to another
        profile, unless the edition it was to get stands already and the new one does not."""
        rows = [
            {
                "date": one.date,
                "profile": one.profile,
                "subscription": one.subscription,
                "due_at": one.due_at,
                "stage": 0,
                "next_seq": 0,
                "revision": 0,
                **NEW,
            }
            for one in due
        ]
        if not rows:
            return 0
        async with self._database.write() as connection:
            statement = insert(connection, deliveries).on_conflict_do_nothing()
            new = (await connection.execute(statement, rows)).rowcount
            if new < len(rows):
                moves = [{"on": row["date"], "to": row["profile"], "channel": row["subscription"]} for row in rows]
                await connection.execute(_move(), moves)
        return new

    async def claim(
        self,
        now: datetime,
        owner: str,
        lease: timedelta,
        limit: int,
        *,
        platforms: Collection[str],
        part: Literal["root", "rest", "any"] = "any",
        roots_first: timedelta | None = None,
    ) -> tuple[Delivery, ...]:
        """Up to `limit` deliveries on these platforms, roots first, then by due time, held until `now + lease`.
        `part` narrows it to those whose next step is the root, or is not. With `roots_first` no other step is
        given while a root falls due within that time or was claimed, by any process, less than that time ago."""
        wanted = (
            select(deliveries.c.id)
            .join(subscriptions, subscriptions.c.id == deliveries.c.subscription)
            .where(claimable(deliveries, now), subscriptions.c.platform.in_(sorted(platforms)), _built())
            .order_by(deliveries.c.stage, deliveries.c.due_at, deliveries.c.id)
            .limit(limit)
        )
        if part != "any":
            wanted = wanted.where(deliveries.c.stage == (0 if part == "root" else 1))
        if roots_first is not None:
            wanted = wanted.where(or_(deliveries.c.stage == 0, ~_root_before(now, lease, roots_first, platforms)))
        async with self._database.write() as connection:
            ids = await take(connection, deliveries, wanted, owner, now, lease)
            rows = (await connection.execute(_claimed(ids))).all() if ids else []
            query = select(steps).where(steps.c.delivery.in_(ids)).order_by(steps.c.delivery, steps.c.seq)
            done = (await connection.execute(query)).all() if ids else []
        finished: dict[int, list[Step]] = {id: [] for id in ids}
        for step in done:
            finished[step.delivery].append(Step(step.seq, step.key, step.ref))
        return tuple(_delivery(row, owner, now + lease, tuple(finished[row.id])) for row in rows)

    async def advance(
        self,
        delivery: Delivery,
        key: str,
        ref: str,
        now: datetime,
        until: datetime | None,
        *,
        last: bool = False,
        due_at: datetime | None = None,
    ) -> Delivery | None:
        """Writes down that the next step is done and where it is. Gives the delivery as it is then, held `until`
        that time; `until` None gives it back at once, the step after it due at `due_at` (None = as it was); `last`
        ends it. None: the lease was lost, and nothing was written."""
        seq, due = len(delivery.steps), due_at or delivery.due_at
        if not await self._acknowledging.add(Acknowledgement(delivery, seq, key, ref, now, until, due, last)):
            return None
        return replace(delivery, steps=(*delivery.steps, Step(seq, key, ref)), look=False, lease_until=until or now)

    async def settled(self) -> None:
        """When no acknowledgement is on its way to the disk any more."""
        await self._acknowledging.settled()

    async def expire(self, due_before: datetime, now: datetime, reason: str) -> int:
        """Skips deliveries that fell due earlier, were not begun and are held by nobody; their number."""
        query = update(deliveries).where(
            claimable(deliveries, now),
            deliveries.c.due_at < due_before,
            deliveries.c.stage == 0,
            deliveries.c.lease_owner.is_(None),
            ~deliveries.c.look,
        )
        return await self._count(query.values(state="skipped", last_error=reason))

    async def revive(self, date: date, subscriptions: Collection[int], now: datetime) -> int:
        """An operator's word: failed and skipped ones are due again, waiting ones at once, those too that a dead
        process has left (whoever claims one looks first all the same); their number."""
        query = update(deliveries).where(
            deliveries.c.date == date,
            deliveries.c.subscription.in_(sorted(subscriptions)),
            deliveries.c.state != "done",
            or_(deliveries.c.lease_owner.is_(None), deliveries.c.lease_until <= now),
        )
        return await self._count(query.values(state="pending", due_at=now, last_error=""))

    async def of(self, date: date) -> tuple[DeliveryState, ...]:
        """Every delivery of that date, in order of subscription."""
        return await self._states(deliveries.c.date == date)

    async def waiting(self) -> tuple[DeliveryState, ...]:
        """What is pending for subscriptions that are active, of all dates, oldest first."""
        return await self._states(deliveries.c.state == "pending", subscriptions.c.active)

    async def _states(self, *wanted: ColumnElement[bool]) -> tuple[DeliveryState, ...]:
        query = (
            select(deliveries, subscriptions.c.platform, subscriptions.c.channel)
            .join(subscriptions, subscriptions.c.id == deliveries.c.subscription)
            .where(*wanted)
            .order_by(deliveries.c.date, deliveries.c.subscription)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            DeliveryState(
                row.date,
                row.profile,
                row.platform,
                row.channel,
                row.state,
                row.next_seq,
                row.due_at,
                row.attempts,
                row.last_error,
            )
            for row in rows
        )

    async def queue(self, now: datetime) -> Queue:
        """Of all platforms, whether their edition is final or not, held or not."""
        pending = deliveries.c.state == "pending"
        due = deliveries.c.due_at <= now
        counts = select(func.count(), func.count().filter(deliveries.c.stage == 0)).where(pending, due)
        later = select(func.min(deliveries.c.due_at)).where(pending, ~due)
        async with self._database.read() as connection:
            all_due, roots = (await connection.execute(counts)).one()
            return Queue(all_due, roots, await connection.scalar(later))

    async def find(self, platform: str, channel: str, ref: str) -> Found | None:
        """What the message that the platform calls `ref` is, if it is one of ours."""
        query = (
            select(deliveries.c.date, deliveries.c.profile, deliveries.c.subscription, steps.c.seq, steps.c.key)
            .join(steps, steps.c.delivery == deliveries.c.id)
            .join(subscriptions, subscriptions.c.id == deliveries.c.subscription)
            .where(steps.c.ref == ref, subscriptions.c.platform == platform, subscriptions.c.channel == channel)
        )
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        return Found(row.date, row.profile, row.subscription, row.seq, row.key) if row else None

    async def steps_of(self, date: date, subscription: int) -> tuple[Step, ...]:
        """The finished steps of that delivery."""
        query = (
            select(steps)
            .join(deliveries, deliveries.c.id == steps.c.delivery)
            .where(deliveries.c.date == date, deliveries.c.subscription == subscription)
            .order_by(steps.c.seq)
        )
        async with self._database.read() as connection:
            return tuple(Step(row.seq, row.key, row.ref) for row in await connection.execute(query))

    async def _count(self, statement: Update) -> int:
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount


def _move() -> Update:
    columns, to = deliveries.c, bindparam("to", type_=Text)
    return (
        update(deliveries)
        .where(columns.date == bindparam("on"), columns.subscription == bindparam("channel"), columns.profile != to)
        .where(columns.state != "done", columns.stage == 0, columns.lease_owner.is_(None), ~columns.look)
        .where(or_(~_built(), _built(to)))
        .values(profile=to)
    )


def _built(profile: ColumnElement[str] = deliveries.c.profile) -> Exists:
    return exists().where(
        editions.c.date == deliveries.c.date, editions.c.profile == profile, editions.c.status == "final"
    )


def _root_before(now: datetime, lease: timedelta, within: timedelta, platforms: Collection[str]) -> Exists:
    """A root that is to go out before anything else does: due soon and free, or just claimed; not one in doubt."""
    roots, channels, built = deliveries.alias(), subscriptions.alias(), editions.alias()
    return exists().where(
        roots.c.state == "pending",
        roots.c.stage == 0,
        roots.c.due_at <= now + within,
        ~roots.c.look,
        or_(roots.c.lease_until.is_(None), roots.c.lease_until > now + lease - within),
        channels.c.id == roots.c.subscription,
        channels.c.platform.in_(sorted(platforms)),
        built.c.date == roots.c.date,
        built.c.profile == roots.c.profile,
        built.c.status == "final",
    )


def _claimed(ids: list[int]) -> Select[*tuple[Any, ...]]:
    channel, edition = subscriptions.c, editions.c
    same = and_(edition.date == deliveries.c.date, edition.profile == deliveries.c.profile)
    return (
        select(
            deliveries,
            channel.platform,
            channel.workspace,
            channel.channel,
            channel.settings,
            channel.active,
            edition.built_at,
            edition.revision.label("of_edition"),
        )
        .join(subscriptions, channel.id == deliveries.c.subscription)
        .join(editions, same)
        .where(deliveries.c.id.in_(ids))
        .order_by(deliveries.c.stage, deliveries.c.due_at, deliveries.c.id)
    )


def _delivery(row: Row[*tuple[Any, ...]], owner: str, until: datetime, finished: tuple[Step, ...]) -> Delivery:
    return Delivery(
        id=row.id,
        owner=owner,
        attempts=row.attempts,
        look=row.look,
        due_at=row.due_at,
        lease_until=until,
        date=row.date,
        profile=row.profile,
        built_at=row.built_at,
        revision=row.of_edition,
        subscription=row.subscription,
        platform=row.platform,
        workspace=row.workspace,
        channel=row.channel,
        settings=row.settings,
        active=row.active,
        steps=finished,
    )
