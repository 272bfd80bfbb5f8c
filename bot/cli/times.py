"""Dates and instants as people type them."""

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from core.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings

_SEOUL = ZoneInfo("Asia/Seoul")
_PAST_EDITIONS_AT = time(16, 40)


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
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def edition_time(settings: "Settings", on: date | None, now: str | None) -> tuple[date, datetime]:
    """The edition's date and the instant it is looked at (UTC): `--now`, or 16:40 KST of a past date, or the clock."""
    zone = ZoneInfo(settings.timezone)
    if now is not None:
        at = parse_instant(now, zone)
    else:
        at = datetime.now(UTC)
        if on is not None and on < at.astimezone(zone).date():
            at = datetime.combine(on, _PAST_EDITIONS_AT, _SEOUL).astimezone(UTC)
    return on or at.astimezone(zone).date(), at
