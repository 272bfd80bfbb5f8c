"""Dates and instants as people type them."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

_SEOUL = ZoneInfo("Asia/Seoul")
_PAST_EDITIONS_AT = time(16, 40)
_YEARS = range(1991, 2100)  # arXiv's; at either end of the calendar there is no day before, or no other zone


def parse_date(value: str | None, name: str) -> date | None:
    """A date typed as 2026-02-03. Raises SettingsError naming the option."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise SettingsError(name, f"2026-02-03 같은 날짜여야 합니다 (지금 값: {value!r}).") from error


def parse_instant(value: str, zone: ZoneInfo) -> datetime:
    """An ISO 8601 instant, in UTC; without an offset it is meant in `zone`. Raises SettingsError."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise SettingsError("--now", f"2026-02-03T16:40 같은 시각이어야 합니다 (지금 값: {value!r}).") from error
    _within_reach(at, "--now")
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def edition_time(settings: "Settings", on: date | None, now: str | None) -> tuple[date, datetime, bool]:
    """The edition's date, the instant as of which it is made (UTC): `--now`, or 16:40 KST of a past date, or the clock;
    and whether it is that past date's, which is over: the edition is final, also where it was not 16:40 yet then."""
    zone = ZoneInfo(settings.timezone)
    at = parse_instant(now, zone) if now is not None else datetime.now(UTC)
    today = at.astimezone(zone).date()
    if on is not None and on < today:
        _within_reach(on, "--date")
        if now is None:
            return on, datetime.combine(on, _PAST_EDITIONS_AT, _SEOUL).astimezone(UTC), True
    return on or today, at, False


def _within_reach(at: date, name: str) -> None:
    if at.year not in _YEARS:
        raise SettingsError(name, f"{_YEARS[0]}년부터 {_YEARS[-1]}년까지만 됩니다 (지금 값: {at}).")
