"""arXiv's announcements as readers in Korea meet them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources.calendar import KST, announcement, day_at, newest

ANY_DAY = st.dates(date(2020, 1, 1), date(2035, 12, 31))
ANY_TIME = st.builds(
    lambda minutes: datetime(2020, 1, 8, tzinfo=UTC) + timedelta(minutes=minutes), st.integers(0, 8_000_000)
)


def kst(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KST)


@pytest.mark.parametrize(
    ("on", "at", "opens", "closes"),
    [
        ("2026-02-02", "2026-02-02T10:00", "2026-01-30T04:00", "2026-01-31T04:00"),  # Monday: Friday's
        ("2026-02-03", "2026-02-03T10:00", "2026-01-31T04:00", "2026-02-03T04:00"),  # Tuesday: three days
        ("2026-02-04", "2026-02-04T10:00", "2026-02-03T04:00", "2026-02-04T04:00"),
        ("2026-02-06", "2026-02-06T10:00", "2026-02-05T04:00", "2026-02-06T04:00"),
        ("2026-07-15", "2026-07-15T09:00", "2026-07-14T03:00", "2026-07-15T03:00"),  # US summer time: an hour earlier
        ("2026-03-09", "2026-03-09T09:00", "2026-03-06T04:00", "2026-03-07T04:00"),  # clocks changed on the 8th
        ("2026-03-10", "2026-03-10T09:00", "2026-03-07T04:00", "2026-03-10T03:00"),  # the window across the change
        ("2026-11-02", "2026-11-02T10:00", "2026-10-30T03:00", "2026-10-31T03:00"),  # and back on the 1st
    ],
)
def test_a_weekday_has_its_announcement_and_window(on: str, at: str, opens: str, closes: str) -> None:
    found = announcement(date.fromisoformat(on))
    assert found
    assert (found.at, found.opens, found.closes) == (kst(at), kst(opens), kst(closes))
    assert {found.at.tzinfo, found.opens.tzinfo, found.closes.tzinfo} == {UTC}


@pytest.mark.parametrize("on", ["2026-01-31", "2026-02-01"])
def test_a_weekend_has_none(on: str) -> None:
    assert announcement(date.fromisoformat(on)) is None
    assert day_at(kst(f"{on}T16:40"), ("cs.AI",)).expected is None


@pytest.mark.parametrize(
    ("now", "batch"),
    [
        ("2026-02-03T09:30", "2026-02-02"),
        ("2026-02-03T09:59:59", "2026-02-02"),
        ("2026-02-03T10:00", "2026-02-03"),
        ("2026-02-03T16:40", "2026-02-03"),
        ("2026-02-02T09:30", "2026-01-30"),  # Monday morning: still Friday's
        ("2026-02-01T16:40", "2026-01-30"),
        ("2026-07-15T09:30", "2026-07-15"),
    ],
)
def test_the_newest_batch_is_the_last_one_announced(now: str, batch: str) -> None:
    assert newest(kst(now)).date == date.fromisoformat(batch)


def test_a_day_is_that_of_korea_and_its_clock_is_utc() -> None:
    day = day_at(datetime(2026, 2, 2, 15, 30, tzinfo=UTC), ("cs.AI",))
    assert day.date == date(2026, 2, 3)
    assert day.now == datetime(2026, 2, 2, 15, 30, tzinfo=UTC)
    assert day.expected and day.expected.date == date(2026, 2, 2)


@given(ANY_DAY)
def test_windows_follow_each_other_without_gap_or_overlap(on: date) -> None:
    here = announcement(on)
    if here is None:
        return
    before = next(a for back in range(1, 5) if (a := announcement(on - timedelta(days=back))))
    assert here.opens == before.closes < here.closes < here.at
    assert here.at - here.closes >= timedelta(hours=6)


@given(ANY_TIME)
def test_the_newest_batch_is_public_and_none_is_newer(now: datetime) -> None:
    found = newest(now)
    assert found.at <= now
    after = next(a for ahead in range(1, 5) if (a := announcement(found.date + timedelta(days=ahead))))
    assert after.at > now
