"""arXiv's announcement calendar: what "today's batch" is at a given instant.

Submissions close at 14:00 US Eastern and are announced at 20:00 Eastern, Sunday to Thursday: 10:00 in Korea (09:00
in US summer time), Monday to Friday. US holidays are not in here: they move from year to year and arXiv chooses
them, so a missing batch is seen (the listing keeps its old date) and said, not predicted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.model import Paper

KST = ZoneInfo("Asia/Seoul")
EASTERN = ZoneInfo("America/New_York")
_CUT_OFF = time(14, 0)
_PUBLIC = time(20, 0)


@dataclass(frozen=True, slots=True)
class Announcement:
    """`date`: the listing's own date, which is the day in Korea. `at`, `opens`, `closes`: UTC; what was first
    submitted from `opens` to `closes` belongs to it (papers held by moderation come from before)."""

    date: date
    at: datetime
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """One day to collect. `date` in Korea; `now` UTC: nothing later exists. `expected` is None on a weekend.
    `known` are paper ids collected on earlier days, where the caller remembers them: a batch made of them is old.
    `told` are the papers that readers were told lately, as they were then, by id."""

    date: date
    now: datetime
    categories: tuple[str, ...]
    expected: Announcement | None
    known: frozenset[str] = field(default=frozenset(), repr=False)
    told: Mapping[str, Paper] = field(default_factory=dict, repr=False)


def announcement(on: date) -> Announcement | None:
    """The announcement that the listing of that date shows; None on Saturday and Sunday."""
    if on.weekday() >= 5:
        return None
    closing = _weekday_before(on)
    return Announcement(
        date=on,
        at=_eastern(on - timedelta(days=1), _PUBLIC),
        opens=_eastern(_weekday_before(closing), _CUT_OFF),
        closes=_eastern(closing, _CUT_OFF),
    )


def newest(now: datetime) -> Announcement:
    """The last announcement that is public at `now`."""
    on = now.astimezone(KST).date()
    while (found := announcement(on)) is None or found.at > now:
        on -= timedelta(days=1)
    return found


def day_at(now: datetime, categories: tuple[str, ...], known: frozenset[str] = frozenset()) -> Day:
    """The day that an instant belongs to. On a weekday before the announcement `expected` is the batch before:
    what the listing shows at that instant."""
    now = now.astimezone(UTC)
    on = now.astimezone(KST).date()
    return Day(on, now, categories, newest(now) if on.weekday() < 5 else None, known)


def _weekday_before(on: date) -> date:
    on -= timedelta(days=1)
    while on.weekday() >= 5:
        on -= timedelta(days=1)
    return on


def _eastern(on: date, at: time) -> datetime:
    return datetime.combine(on, at, EASTERN).astimezone(UTC)
