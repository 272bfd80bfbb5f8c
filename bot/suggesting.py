"""Papers to choose from while a person types: the channel's stories of the last weeks, then all of today's papers.

Read once from the store and kept, because a suggestion is worth nothing after a second; the newest edition is read
again every minute, it may still be a draft.
"""

import asyncio
import time
from datetime import date

from bot.chat import Place
from core.model import Edition, Paper, Profile
from core.store import Store
from core.text import readable, shorten

_DAYS = 21
_MOST = 25
_FRESH_S = 60.0
_LABEL = 96


class Suggestions:
    """`profile` is what a channel gets that has set nothing of its own. Called with a place and the words typed so
    far: (label, arXiv id) of at most 25 papers, best first. Raises StoreError."""

    def __init__(self, store: Store, profile: Profile) -> None:
        self._store = store
        self._profile = profile
        self._known: dict[tuple[date, str], tuple[tuple[str, str], ...]] = {}
        self._newest: dict[str, tuple[float, date]] = {}
        self._reading = asyncio.Lock()

    async def __call__(self, place: Place, words: str) -> tuple[tuple[str, str], ...]:
        subscribed = await self._store.subscriptions.get(place.platform, place.channel)
        profile = (subscribed.profile if subscribed else self._profile).key
        async with self._reading:
            papers = await self._papers(profile)
        wanted = words.casefold().split()
        fitting = ((label, id) for id, label in papers.items() if all(w in f"{label} {id}".casefold() for w in wanted))
        return tuple(each for each, _ in zip(fitting, range(_MOST), strict=False))

    async def _papers(self, profile: str) -> dict[str, str]:
        """id → label: stories newest first, then what else there was on the newest day."""
        dates = (await self._store.editions.dates(profile))[:_DAYS]
        if not dates:
            return {}
        at, newest = self._newest.get(profile, (0.0, date.min))
        if newest != dates[0] or time.monotonic() - at > _FRESH_S:
            self._known.pop((dates[0], profile), None)
            self._newest[profile] = (time.monotonic(), dates[0])
        for on in dates:
            if (on, profile) not in self._known:
                edition = await self._store.editions.get(on, profile)
                self._known[on, profile] = _listed(edition, whole=on == dates[0]) if edition else ()
        stories = {id: label for on in dates for id, label in self._known[on, profile]}
        return stories


def _listed(edition: Edition, *, whole: bool) -> tuple[tuple[str, str], ...]:
    day = f"{edition.date.month}/{edition.date.day}"
    told = {s.item.id: f"[{day} {s.n}] {s.headline}" for s in edition.stories if isinstance(s.item, Paper)}
    rest = {item.id: readable(item.title) for item in edition.index if isinstance(item, Paper) and item.id not in told}
    return tuple((id, shorten(label, _LABEL)) for id, label in (told | (rest if whole else {})).items())
