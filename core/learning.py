"""What operation teaches the ranking: a channel's taste from its votes, the authors' record from later picks.

Both are read anew for each build from what is stored, so a vote taken back or a deleted day is undone at once. The
record waits a week until a day's picks have come in, and leaves out days of which little was heard (Hugging Face
off or failing): their papers would look as if nobody had picked them. Days the shipped weights know are never
learnt twice.
"""

import asyncio
from datetime import date, timedelta

from core.model import Item, Paper, Profile
from core.ranking import Record, Taste, seen, shipped
from core.ranking.taste import MOST
from core.store import Store
from core.store.learnt import KEPT

__all__ = ["MOST", "learn", "record", "taste", "taste_of"]

_SETTLED = timedelta(days=8)  # the community picks within a week
_LOOKED_BACK = 14  # days not learnt yet
_HEARD = 0.02  # of a day's papers picked; usually six in a hundred are
_VOTES = timedelta(days=180)
_NEWEST = 300  # votes


async def learn(store: Store, on: date) -> None:
    """Keeps what the days that have settled by `on` teach."""
    last = on - _SETTLED
    days = [last - timedelta(days=n) for n in range(_LOOKED_BACK)]
    known = await store.learnt.days(days[-1])
    for day in days:
        if day not in known and day > _shipped_until():
            papers = [item for item in await store.items.of(day) if isinstance(item, Paper)]
            learnt = tuple(seen(paper) for paper in papers)
            picked = sum(votes is not None for _, votes in learnt)
            await store.learnt.put(day, learnt if picked >= _HEARD * len(papers) else ())


async def record(store: Store, on: date) -> Record | None:
    """The shipped record with what was learnt before `on`; None when nothing was."""
    after = max(_shipped_until() + timedelta(days=1), on - KEPT)
    papers = await store.learnt.papers(after, on)
    return await asyncio.to_thread(shipped().record.updated, papers) if papers else None


async def taste(store: Store, profile: Profile, on: date) -> Taste:
    """What the votes of the channels that share this profile speak of."""
    channels = {
        (each.platform, each.channel) for each in await store.subscriptions.list() if each.profile.key == profile.key
    }
    votes = [each for each in await store.feedback.everywhere(on - _VOTES) if (each.platform, each.channel) in channels]
    return await _taste(store, [(each.item, each.value) for each in votes])


async def taste_of(store: Store, platform: str, channel: str, on: date) -> Taste:
    """What one channel's votes speak of."""
    votes = await store.feedback.votes(platform, channel, on - _VOTES)
    return await _taste(store, [(each.item, each.value) for each in votes])


async def _taste(store: Store, votes: list[tuple[str, int]]) -> Taste:
    newest = votes[-_NEWEST:]
    items: dict[str, Item] = await store.items.many(item for item, _ in newest)
    return Taste.from_votes([(items[item], value) for item, value in newest if item in items])


def _shipped_until() -> date:
    return date.fromisoformat(shipped().until)
