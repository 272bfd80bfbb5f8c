"""What readers say of stories: votes, one a person and story, and reports of something wrong."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, case, delete, func, select

from core.store.engine import Database, insert
from core.store.tables import reports, votes

_KEY = ("platform", "channel", "person", "date", "profile", "n")


@dataclass(frozen=True, slots=True)
class Vote:
    platform: str
    channel: str
    person: str
    item: str
    value: int  # 1 or -1
    at: datetime


@dataclass(frozen=True, slots=True)
class Report:
    platform: str
    channel: str
    person: str
    date: date
    profile: str
    n: int
    words: str
    at: datetime


class Feedback:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def vote(
        self, platform: str, channel: str, person: str, date: date, profile: str, n: int, item: str, value: int,
        now: datetime, workspace: str = "",
    ) -> int | None:  # fmt: skip
        """Keeps this person's vote in place of an earlier one; the earlier value, None if there was none."""
        key = dict(zip(_KEY, (platform, channel, person, date, profile, n), strict=True))
        mine = [votes.c[name] == wanted for name, wanted in key.items()]
        changed = {"workspace": workspace, "item": item, "value": value, "at": now}
        async with self._database.write() as connection:
            before = await connection.scalar(select(votes.c.value).where(*mine))
            statement = insert(connection, votes).values(**key, **changed)
            await connection.execute(statement.on_conflict_do_update(index_elements=list(_KEY), set_=changed))
        return before

    async def votes(self, platform: str, channel: str, since: date) -> tuple[Vote, ...]:
        """The channel's votes on editions of `since` and later, oldest first."""
        query = (
            select(votes)
            .where(votes.c.platform == platform, votes.c.channel == channel, votes.c.date >= since)
            .order_by(votes.c.at, votes.c.person)
        )
        async with self._database.read() as connection:
            return tuple(_vote(row) for row in await connection.execute(query))

    async def everywhere(self, since: date) -> tuple[Vote, ...]:
        """All channels' votes on editions of `since` and later, oldest first."""
        query = select(votes).where(votes.c.date >= since).order_by(votes.c.at, votes.c.person)
        async with self._database.read() as connection:
            return tuple(_vote(row) for row in await connection.execute(query))

    async def take_back(self, platform: str, channel: str, person: str) -> str | None:
        """Forgets this person's newest vote in the channel; the item it was on, None if there was none."""
        mine = (votes.c.platform == platform, votes.c.channel == channel, votes.c.person == person)
        async with self._database.write() as connection:
            newest = (await connection.execute(select(votes).where(*mine).order_by(votes.c.at.desc()).limit(1))).first()
            if newest is None:
                return None
            key = [votes.c[name] == getattr(newest, name) for name in _KEY]
            await connection.execute(delete(votes).where(*key))
        return str(newest.item)

    async def forget(self, platform: str, channel: str) -> int:
        """Forgets all votes of a channel; their number."""
        query = delete(votes).where(votes.c.platform == platform, votes.c.channel == channel)
        async with self._database.write() as connection:
            return (await connection.execute(query)).rowcount

    async def tally(self, profile: str, first: date, last: date) -> tuple[tuple[date, int, int, int], ...]:
        """(date, story, 👍, 👎) over all channels that got the profile's editions of these days."""
        c = votes.c
        up, down = (func.sum(case((c.value == value, 1), else_=0)) for value in (1, -1))
        query = (
            select(c.date, c.n, up, down)
            .where(c.profile == profile, c.date >= first, c.date <= last)
            .group_by(c.date, c.n)
            .order_by(c.date, c.n)
        )
        async with self._database.read() as connection:
            return tuple((row[0], row[1], int(row[2]), int(row[3])) for row in await connection.execute(query))

    async def report(
        self, platform: str, channel: str, person: str, date: date, profile: str, n: int, words: str, now: datetime,
        workspace: str = "",
    ) -> None:  # fmt: skip
        key = dict(zip(_KEY, (platform, channel, person, date, profile, n), strict=True))
        async with self._database.write() as connection:
            values = key | {"workspace": workspace, "words": words, "at": now}
            await connection.execute(insert(connection, reports).values(**values))

    async def reports(self, since: date) -> tuple[Report, ...]:
        """Reports on editions of `since` and later, oldest first."""
        query = select(reports).where(reports.c.date >= since).order_by(reports.c.at, reports.c.id)
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Report(r.platform, r.channel, r.person, r.date, r.profile, r.n, r.words, r.at) for r in rows
        )  # fmt: skip


def _vote(row: Row[*tuple[Any, ...]]) -> Vote:
    return Vote(row.platform, row.channel, row.person, row.item, row.value, row.at)
