"""Planning: which edition which channel is to get when, written down as rows of work.

"Down at 16:40" and "up at 16:40" are the same question: which post time of this channel was the last? So catching
up is no feature, and there is never a backlog: one edition, the latest, and none that is too old. Rows are made
half a minute before they fall due, so what a person changes until then still counts.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.resting import NO_HOLIDAYS, holiday, rests
from core.house import House
from core.model import Profile
from core.store import Build, Due, Store, Subscription

log = logging.getLogger(__name__)
AHEAD = timedelta(seconds=30)
HOUSE_TIME = "house_time"
"""A channel's setting: the house's time (POST_AT, TIMEZONE) when the channel came, e.g. `16:40 Asia/Seoul`. While the
channel's own time is still that, it posts when the house posts, also when the house changes its mind."""

TOO_LATE = "정한 시각에서 너무 늦어 건너뛰었습니다."


@dataclass(frozen=True, slots=True)
class Rules:
    """Of this installation. `profile` is what a channel gets that has set nothing of its own."""

    house: House
    profile: Profile
    max_age: timedelta = timedelta(hours=12)

    def resolved(self, subscription: Subscription) -> Subscription:
        """The subscription with the house's word where the channel has none of its own."""
        profile = subscription.profile
        if profile.categories == Profile().categories:
            profile = replace(profile, categories=self.profile.categories)
        if subscription.settings.get(HOUSE_TIME) != f"{subscription.post_at} {subscription.tz}":
            return replace(subscription, profile=profile)
        return replace(subscription, profile=profile, post_at=f"{self.house.post_at:%H:%M}", tz=self.house.zone.key)


@dataclass(frozen=True, slots=True)
class Post:
    """An edition's date in a channel's zone, and the instant it is due there (UTC)."""

    date: date
    at: datetime


def post_on(subscription: Subscription, on: date) -> Post:
    """The channel's post time on that date. A time that the clocks jump over is taken as if they had not."""
    local = datetime.combine(on, time.fromisoformat(subscription.post_at), ZoneInfo(subscription.tz))
    return Post(on, local.astimezone(UTC))


def last_post(subscription: Subscription, until: datetime) -> Post:
    """The latest due at or before `until`, on one of the channel's weekdays, whether it rests then or not."""
    return _search(subscription, until, -1)


def next_post(subscription: Subscription, after: datetime) -> Post:
    """The first due later than `after` on a day on which the channel does not rest."""
    post = _search(subscription, after, +1)
    while rests(subscription, post.date):
        post = _search(subscription, post.at, +1)
    return post


def _search(subscription: Subscription, at: datetime, step: int) -> Post:
    on = at.astimezone(ZoneInfo(subscription.tz)).date() - timedelta(days=step)
    while True:
        post = post_on(subscription, on)
        if on.weekday() in subscription.weekdays and (post.at > at if step > 0 else post.at <= at):
            return post
        on += timedelta(days=step)


class Planner:
    """`platforms`: the names of those that this process can speak to."""

    def __init__(self, store: Store, clock: Clock, rules: Rules, platforms: Iterable[str]) -> None:
        self._store = store
        self._clock = clock
        self._rules = rules
        self._platforms = frozenset(platforms)
        self._planned: dict[tuple[date, int], str] = {}  # with which profile

    async def plan(self) -> bool:
        """Makes the rows of what is due or soon will be; whether there are new ones. Raises StoreError."""
        now = self._clock.now()
        channels = await self.channels()
        if any(channel.settings.get(NO_HOLIDAYS) for channel in channels):
            await asyncio.to_thread(holiday, now.date())  # the first look loads the calendar
        await self._plan_builds(channels, now)
        due = [
            Due(post.date, channel.profile.key, channel.id, post.at)
            for channel, post in ((channel, last_post(channel, now + AHEAD)) for channel in channels)
            if self._wanted(channel, post, now) and self._planned.get((post.date, channel.id)) != channel.profile.key
        ]
        new = await self._store.deliveries.plan(due)
        self._planned |= {(one.date, one.subscription): one.profile for one in due}
        skipped = await self._store.deliveries.expire(now - self._rules.max_age, now, TOO_LATE)
        if new or skipped:
            log.info("plan.made deliveries=%d skipped=%d", new, skipped)
        return new > 0

    async def channels(self) -> tuple[Subscription, ...]:
        """The active ones of our platforms, resolved."""
        listed = await self._store.subscriptions.list()
        return tuple(self._rules.resolved(one) for one in listed if one.platform in self._platforms and one.weekdays)

    async def profile(self, key: str) -> Profile | None:
        """The profile with that key, while some channel has it."""
        profiles: Mapping[str, Profile] = {one.profile.key: one.profile for one in await self.channels()}
        return profiles.get(key)

    async def too_late(self, build: Build) -> bool:
        """Whether no channel would take the edition any more, and no operator has asked for it since."""
        oldest = self._clock.now() - self._rules.max_age
        if build.due_at >= oldest - self._rules.house.lead:
            return False
        theirs = [channel for channel in await self.channels() if channel.profile.key == build.profile]
        return all(post_on(channel, build.date).at < oldest for channel in theirs)

    async def _plan_builds(self, channels: Iterable[Subscription], now: datetime) -> None:
        """A build is due `lead` before the first channel that wants it."""
        lead = self._rules.house.lead
        first: dict[tuple[date, str], datetime] = {}
        for channel in channels:
            post = last_post(channel, now + lead + AHEAD)
            if self._wanted(channel, post, now):
                key = (post.date, channel.profile.key)
                first[key] = min(first.get(key, post.at), post.at)
        for (on, profile), at in sorted(first.items()):
            await self._store.builds.plan(on, profile, at - lead)

    def _wanted(self, channel: Subscription, post: Post, now: datetime) -> bool:
        """Not too old, the channel was there when it fell due, and does not rest that day."""
        in_time = post.at >= max(now - self._rules.max_age, channel.created_at)
        return in_time and not rests(channel, post.date)
