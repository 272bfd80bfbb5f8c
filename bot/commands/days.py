"""A day as people write it: 2026-02-20, 2026/2/20, 20260220, 2월 20일, 2/20, 어제."""

import re
from datetime import date, timedelta

_WHOLE = re.compile(r"(?<![\d./-])(\d{4})(?:([-/.])\s?(\d{1,2})\2\s?(\d{1,2})|(\d\d)(\d\d))(?![\d/-])")
_KOREAN = re.compile(r"(?<![\d./-])(?:(\d{4})년\s*)?(\d{1,2})(?:월\s*|/)(\d{1,2})일?(?![\d/-])")
_NAMED = {"그저께": -2, "그제": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2}


def read_day(words: str, today: date, *, ahead: bool) -> date | None:
    """The day that is named, None = none is. One without its year is the next such day if `ahead`, else the last.
    Raises ValueError with the sentence to show for a day that there is not."""
    if whole := _WHOLE.search(words):
        year, month, day = (int(part) for part in whole.group(1, 3, 4, 5, 6) if part)
    elif korean := _KOREAN.search(words):
        month, day = int(korean[2]), int(korean[3])
        year = int(korean[1] or _year(month, day, today, ahead=ahead))
    else:
        return next((today + timedelta(days=off) for name, off in _NAMED.items() if name in words), None)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{year}년 {month}월 {day}일은 없는 날짜입니다.") from error


def _year(month: int, day: int, today: date, *, ahead: bool) -> int:
    if ahead:
        return today.year + ((month, day) < (today.month, today.day))
    return today.year - ((month, day) > (today.month, today.day))
