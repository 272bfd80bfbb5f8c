"""Building: the edition of a row of work, made final by whoever holds the row.

A build that fails is tried again, ever more slowly, until it is too late for its day; its finished steps are kept,
so a try pays only for what is missing.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.archive import Archive
from bot.clock import Clock
from bot.files import write_files
from bot.holding import while_held
from bot.operator import Operator
from bot.planning import TOO_LATE
from core.errors import AiDailyError, StoreError
from core.model import Edition, Profile
from core.newsroom import Newsroom
from core.store import Build, Store

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=30)
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 5))  # the last for ever after


class Builder:
    """`profile_of` gives the profile of a key, None when nobody has it any more; `too_late` says whether nobody would
    take the edition any more; `at` is the instant as of which an edition of a date is built; `folder` is where
    editions lie as files, `archive` what makes a site of them."""

    def __init__(
        self,
        newsroom: Newsroom,
        store: Store,
        clock: Clock,
        owner: str,
        operator: Operator,
        *,
        profile_of: Callable[[str], Awaitable[Profile | None]],
        too_late: Callable[[Build], Awaitable[bool]],
        at: Callable[[date], datetime],
        folder: Path,
        archive: Archive,
        max_age: timedelta,
        lease: timedelta = LEASE,
    ) -> None:
        self._newsroom = newsroom
        self._store = store
        self._clock = clock
        self._owner = owner
        self._operator = operator
        self._profile_of = profile_of
        self._too_late = too_late
        self._at = at
        self._folder = folder
        self._archive = archive
        self._lease = lease
        self._tries = round(max_age / _PAUSES[-1])

    async def build_due(self) -> bool:
        """Makes one edition if one is due; whether there was one. What fails is written down. Raises StoreError."""
        claimed = await self._store.builds.claim(self._clock.now(), self._owner, self._lease)
        for build in claimed:
            await self._build(build)
        return bool(claimed)

    async def _build(self, build: Build) -> None:
        profile = await self._profile_of(build.profile)
        if profile is None:
            await self._store.builds.skip(build, "이 프로필을 쓰는 채널이 없습니다.")
            return
        if await self._too_late(build):  # its stories would count as told, and nobody would have read them
            await self._store.builds.skip(build, TOO_LATE)
            return
        try:
            lease_s = self._lease.total_seconds()
            making = self._newsroom.edition(build.date, profile, self._at(build.date), final=True)
            edition = await while_held(making, lambda: self._renew(build), lease_s)
        except asyncio.CancelledError:  # we are to stop: the steps are kept, another goes on at once
            with contextlib.suppress(StoreError):
                await self._store.builds.give_back(build, build.due_at)
            raise
        except TimeoutError:  # the lease was lost
            log.warning("build.lost date=%s profile=%s", build.date, build.profile)
        except AiDailyError as error:
            await self._failed(build, error)
        else:
            await self._store.builds.finish(build)
            log.info("build.done date=%s profile=%s stories=%d", build.date, build.profile, len(edition.stories))
            await self._after(edition)

    async def _renew(self, build: Build) -> bool:
        return await self._store.builds.renew(build, self._clock.now() + self._lease)

    async def _failed(self, build: Build, error: AiDailyError) -> None:
        log.warning("build.failed date=%s profile=%s reason=%s", build.date, build.profile, error)
        if build.attempts >= self._tries:
            await self._store.builds.fail(build, str(error))
        else:
            pause = _PAUSES[min(build.attempts, len(_PAUSES)) - 1]
            await self._store.builds.again(build, self._clock.now() + pause, str(error))
        sentence = f"{build.date} 다이제스트를 만들지 못해 다시 시도하고 있습니다: {error}"
        await self._operator.tell(f"build/{build.date}/{build.profile}", sentence)

    async def _after(self, edition: Edition) -> None:
        try:
            await asyncio.to_thread(write_files, edition, self._folder, archived=True)
            await self._archive.keep(self._clock.now().astimezone(self._newsroom.house.zone).date())
        except StoreError as error:  # channels can do without the files
            await self._operator.tell(f"files/{edition.date}", str(error))
        if reached := await self._newsroom.budget_reached():
            await self._operator.tell(f"budget/{edition.date}", reached)
        elif edition.notes and all(story.extracted for story in edition.stories):
            await self._operator.tell(f"model/{edition.date}", f"{edition.date} 다이제스트: {' '.join(edition.notes)}")
