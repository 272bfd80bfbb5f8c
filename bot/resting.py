"""Days on which a channel rests: public holidays in Korea where it wants none, and a pause until a date.

Both are settings of the channel. The calendar is the package `holidays` (substitute holidays and election days are
in it); it takes 0.1 s and 15 MB to load, so it is loaded when the first channel asks for it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from core.store import Subscription

NO_HOLIDAYS = "no_holidays"
"""A channel's setting: true = nothing is posted on a public holiday in Korea."""
PAUSED_UNTIL = "paused_until"
"""A channel's setting: the last day without a post, e.g. `2026-02-20`."""


def rests(subscription: Subscription, on: date) -> str:
    """Why the channel gets no edition of that date, in Korean; "" when it gets one."""
    until = paused_until(subscription)
    if until and on <= until:
        return f"{until}까지 쉽니다."
    if subscription.settings.get(NO_HOLIDAYS) and (name := holiday(on)):
        return f"공휴일입니다({name})."
    return ""


def paused_until(subscription: Subscription) -> date | None:
    """The last day of the channel's pause, also of one that is over."""
    until = subscription.settings.get(PAUSED_UNTIL)
    return date.fromisoformat(until) if until else None


def paused(subscription: Subscription, until: date | None) -> Subscription:
    """With that pause; None = with none."""
    others = {name: value for name, value in subscription.settings.items() if name != PAUSED_UNTIL}
    if until:
        others[PAUSED_UNTIL] = until.isoformat()
    return replace(subscription, settings=others)


def holiday(on: date) -> str:
    """The name of the public holiday in Korea on that date, "" if there is none."""
    return _holidays(on.year).get(on, "")


@lru_cache(maxsize=8)
def _holidays(year: int) -> Mapping[date, str]:
    from holidays import country_holidays

    return dict(country_holidays("KR", years=year, language="ko"))
