"""Acknowledgements of finished steps, written together: those that wait while one commit is under way share the
next. A disk that needs 5 ms to make a commit durable allows 200 alone; the platforms take more than that.

Each caller is still answered only when its own acknowledgement is durable.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from core.store.engine import Database, insert
from core.store.leases import Work
from core.store.tables import deliveries, steps


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """Step `seq` of the delivery is done under `ref`. The lease then lasts `until`; None gives it back, and the
    next step is due at `due_at`."""

    work: Work
    seq: int
    key: str
    ref: str
    at: datetime
    until: datetime | None
    due_at: datetime
    last: bool


class Acknowledging:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Acknowledgement, asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def add(self, done: Acknowledgement) -> bool:
        """True when it is durable, False when the lease was lost (then nothing was written)."""
        answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append((done, answer))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await answer

    async def settled(self) -> None:
        """When nothing is being written any more, not even for callers that have gone."""
        if self._writing is not None:
            await asyncio.wait([self._writing])

    async def _write_all(self) -> None:
        """A task of its own, so that a caller who gives up takes nobody's acknowledgement along."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            waiting = [answer for _, answer in batch]
            try:
                async with self._database.write() as connection:
                    written = await _write(connection, [done for done, _ in batch])
            except asyncio.CancelledError:
                for answer in waiting:
                    answer.cancel()
                raise
            except Exception as error:  # not swallowed: it is raised where each caller waits
                for answer in waiting:
                    if not answer.done():
                        answer.set_exception(error)
            else:
                for done, answer in batch:
                    if not answer.done():
                        answer.set_result(done.work.id in written)


_HELD = select(deliveries.c.id, deliveries.c.lease_owner, deliveries.c.attempts, deliveries.c.next_seq)
_ADVANCE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("work"))
    .values(
        {name: bindparam(name) for name in ("state", "lease_owner", "lease_until", "due_at", "next_seq")}
        | {"stage": 1, "look": False, "last_error": ""}
    )
)


async def _write(connection: AsyncConnection, batch: Sequence[Acknowledgement]) -> frozenset[int]:
    """The ids of the deliveries that were still held, and are advanced. One delivery is at most once in a batch,
    because its holder waits for the answer."""
    ids = sorted(done.work.id for done in batch)
    held = await connection.execute(_HELD.where(deliveries.c.id.in_(ids)).order_by(deliveries.c.id).with_for_update())
    leases = {row.id: (row.lease_owner, row.attempts, row.next_seq) for row in held}
    mine = [done for done in batch if leases.get(done.work.id) == (done.work.owner, done.work.attempts, done.seq)]
    if mine:
        await connection.execute(_ADVANCE, [_advance(done) for done in mine])
        await connection.execute(insert(connection, steps), [_step(done) for done in mine])
    return frozenset(done.work.id for done in mine)


def _advance(done: Acknowledgement) -> dict[str, Any]:
    free = done.last or done.until is None
    return {
        "work": done.work.id,
        "state": "done" if done.last else "pending",
        "lease_owner": None if free else done.work.owner,
        "lease_until": None if free else done.until,
        "due_at": done.due_at,
        "next_seq": done.seq + 1,
    }


def _step(done: Acknowledgement) -> dict[str, Any]:
    return {"delivery": done.work.id, "seq": done.seq, "key": done.key, "ref": done.ref, "at": done.at}
