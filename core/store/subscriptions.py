"""Which channels get the digest, when, and with which profile.

A channel has one row for ever: removing it only marks it, so that SLACK_CHANNELS at the next start does not bring
back what a person has removed, and a channel that returns on the same day is not told everything again. Only the
uninstalling of a workspace deletes rows (core/store/forgetting.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Select, case, select, update

from core.model import Profile
from core.particles import particle
from core.store.engine import Database, insert
from core.store.tables import subscriptions

_SEOUL = "Asia/Seoul"
_ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True)
class Subscription:
    """`post_at` is HH:MM in `tz` (an IANA name); weekdays count from Monday = 0. `settings` is what the bot keeps
    for the channel beside the profile. `id` is 0 until it is stored. Not active: paused, for the reason given; so is
    one whose stored zone nobody knows, until it is stored anew."""

    platform: str
    channel: str
    created_at: datetime
    workspace: str = ""
    post_at: str = "16:40"
    tz: str = _SEOUL
    weekdays: tuple[int, ...] = _ALL_DAYS
    profile: Profile = field(default_factory=Profile)
    settings: dict[str, Any] = field(default_factory=dict)
    active: bool = True
    paused_reason: str = ""
    id: int = 0

    @property
    def name(self) -> str:
        """As commands write it, e.g. `slack:C01GEN`."""
        return f"{self.platform}:{self.channel}"


class Subscriptions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, wanted: Subscription) -> Subscription:
        """Stores it as active, new or in place of what the channel had, then with its id and first day. A channel
        that had left or was paused comes anew: what fell due while it was away is not for it (paused by hand of its
        zone alone it keeps its first day)."""
        values = _values(wanted) | {"active": True, "removed": False, "paused_reason": ""}
        changed = {name: value for name, value in values.items() if name not in ("created_at", "platform", "channel")}
        async with self._database.write() as connection:
            statement = insert(connection, subscriptions).values(**values)
            since = case((subscriptions.c.active, subscriptions.c.created_at), else_=statement.excluded.created_at)
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["platform", "channel"], set_=changed | {"created_at": since}
                )
            )
            row = (await connection.execute(_of(wanted.platform, wanted.channel))).one()
        return _subscription(row)

    async def seed(self, wanted: Iterable[Subscription]) -> int:
        """Stores those whose channel was never known, leaves the others as people have made them; their number."""
        rows = [_values(one) for one in wanted]
        if not rows:
            return 0
        async with self._database.write() as connection:
            statement = insert(connection, subscriptions).on_conflict_do_nothing()
            return (await connection.execute(statement, rows)).rowcount

    async def remove(self, platform: str, channel: str) -> bool:
        """False when the channel had no subscription."""
        return await self._change(platform, channel, active=False, removed=True, paused_reason="")

    async def pause(self, platform: str, channel: str, reason: str) -> bool:
        """No more deliveries, for a reason in Korean, until `resume` or `add`. False when there is none."""
        return await self._change(platform, channel, active=False, paused_reason=reason)

    async def resume(self, platform: str, channel: str) -> bool:
        return await self._change(platform, channel, active=True, paused_reason="")

    async def get(self, platform: str, channel: str) -> Subscription | None:
        """None also for a removed one."""
        query = _of(platform, channel).where(~subscriptions.c.removed)
        async with self._database.read() as connection:
            row = (await connection.execute(query)).first()
        return _subscription(row) if row else None

    async def list(self, *, active: bool = True) -> tuple[Subscription, ...]:
        """The active ones, or with the paused ones; oldest first, without the removed."""
        query = select(subscriptions).where(~subscriptions.c.removed).order_by(subscriptions.c.id)
        if active:
            query = query.where(subscriptions.c.active)
        async with self._database.read() as connection:
            known = [_subscription(row) for row in await connection.execute(query)]
        return tuple(one for one in known if one.active or not active)

    async def _change(self, platform: str, channel: str, **values: Any) -> bool:
        columns = subscriptions.c
        query = update(subscriptions).where(columns.platform == platform, columns.channel == channel, ~columns.removed)
        async with self._database.write() as connection:
            return bool((await connection.execute(query.values(**values))).rowcount)


def _of(platform: str, channel: str) -> Select[*tuple[Any, ...]]:
    return select(subscriptions).where(subscriptions.c.platform == platform, subscriptions.c.channel == channel)


def _values(one: Subscription) -> dict[str, Any]:
    return {
        "platform": one.platform,
        "workspace": one.workspace,
        "channel": one.channel,
        "post_at": one.post_at,
        "tz": one.tz,
        "weekdays": "".join(str(day) for day in sorted(set(one.weekdays))),
        "profile": one.profile,
        "settings": one.settings,
        "active": one.active,
        "removed": False,
        "paused_reason": one.paused_reason,
        "created_at": one.created_at,
    }


def _subscription(row: Row[*tuple[Any, ...]]) -> Subscription:
    values = row._asdict()
    del values["removed"]
    one = Subscription(**values | {"weekdays": tuple(int(day) for day in row.weekdays)})
    try:
        ZoneInfo(one.tz)
    except (KeyError, ValueError, OSError):  # what cannot be, once the row was edited by hand
        reason = f"'{one.tz}'{particle(one.tz, '은/는')} 모르는 시간대입니다. 채널에서 다시 구독하세요."
        return replace(one, tz=_SEOUL, active=False, paused_reason=reason)
    return one
