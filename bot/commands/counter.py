"""What a handler works with: the request, the app, the clock; who may change a channel; how often one may ask."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app import App
from bot.chat import Request, Say
from core.model import Edition, Profile
from core.store import Subscription

_WINDOW = timedelta(minutes=10)
_PER_PERSON, _PER_CHANNEL = 6, 20


@dataclass(slots=True)
class Rates:
    """Papers, questions and weeks asked for in the last ten minutes, per person and per channel: each costs arXiv or
    the model. Of this process alone, which the daily budget backs."""

    _asked: dict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))

    def refusal(self, request: Request, now: datetime) -> str | None:
        """None, and the question counts; or whose limit is reached and when the next one is welcome."""
        place = str(request.place)
        limits = (
            (f"{place}/{request.person.id}", "한 사람이", _PER_PERSON),
            (place, "한 채널에서", _PER_CHANNEL),
        )
        for key, whose, most in limits:
            asked = self._asked[key]
            while asked and asked[0] <= now - _WINDOW:
                asked.popleft()
            if len(asked) >= most:
                minutes = math.ceil((asked[0] + _WINDOW - now) / timedelta(minutes=1))
                return (
                    f"논문·질문·주간은 합쳐서 {_WINDOW // timedelta(minutes=1)}분 동안 {whose} {most}번까지 받습니다."
                    f" {minutes}분 뒤에 다시 해 주세요."
                )
        for key, _, _ in limits:
            self._asked[key].append(now)
        return None


@dataclass(frozen=True, slots=True)
class Counter:
    """One request being answered."""

    app: App
    request: Request
    say: Say
    now: datetime
    rates: Rates

    @property
    def words(self) -> str:
        return self.request.words.strip()

    async def subscription(self) -> Subscription | None:
        place = self.request.place
        return await self.app.store.subscriptions.get(place.platform, place.channel)

    async def profile(self) -> Profile:
        """The channel's, or what a channel gets that has none."""
        subscribed = await self.subscription()
        return subscribed.profile if subscribed else self.app.profile

    async def day(self) -> date:
        """Today where the channel is."""
        subscribed = await self.subscription()
        zone = ZoneInfo(subscribed.tz if subscribed else self.app.settings.timezone)
        return self.now.astimezone(zone).date()

    async def edition(self, on: date | None = None) -> Edition | None:
        """The stored edition of a day for this channel; without a day the newest there is."""
        profile = await self.profile()
        editions = self.app.store.editions
        if on is not None:
            return await editions.get(on, profile.key)
        today = await self.day()
        return await editions.get(today, profile.key) or await editions.latest(today, profile.key)

    def may_change(self, subscribed: Subscription | None) -> bool:
        """Members may change a channel, unless the platform says that this one may not, or the channel's setting
        leaves it to those who manage it."""
        allowed = self.request.person.may_manage
        if subscribed and subscribed.settings.get("admins_only"):
            return allowed is True
        return allowed is not False
