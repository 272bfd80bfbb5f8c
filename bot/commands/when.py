"""When a channel posts, as people write it: 16:40 월–금 Asia/Seoul 공휴일제외 · 오후 4:40 KST · 09:00 매일 일요일 제외.

What is not understood is refused by its name, never left out: a channel that posts at another time than was written is
worse than one more question.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.commands.resting import until_day
from bot.commands.saying import unread
from bot.resting import NO_HOLIDAYS, paused
from core.store import Subscription

DAYS = "월화수목금토일"
EVERY_DAY = tuple(range(7))
_NAMED = {"매일": EVERY_DAY, "날마다": EVERY_DAY, "평일": (0, 1, 2, 3, 4), "주중": (0, 1, 2, 3, 4), "주말": (5, 6)}
_ZONES = {"KST": "Asia/Seoul", "UTC": "UTC"}
_EXAMPLE = "16:40 월–금 Asia/Seoul 공휴일제외"

_NAME, _DAY = "|".join(_NAMED), rf"[{DAYS}](?:요일)?"
_FREE = "(?:주말|공휴일|[토일](?:요일)?)"  # left out together, also with blanks between: 토 일 제외, 주말과 공휴일 제외
_UNTIL = re.compile(r"(?<!\S)((?:\d{4}년\s*)?\d{1,2}월\s*\d{1,2}일|\d[\d./-]+)\s*까지\s*(?:쉼|쉬기|쉽니다|멈춤)?(?!\S)")
_OFF = re.compile(
    rf"(?<!\S)((?:{_FREE}(?:\s*(?:과|와|및))?\s*)*(?:{_FREE}|{_NAME}|(?:{_DAY})+))(?:은|는|에는|에)?"
    r"\s*(?:제외|빼고|쉼|쉬기|쉽니다)(?!\S)"
)
_RANGE = re.compile(rf"(?<!\S)(?:매주\s*)?({_DAY})\s*(?:[-~–—]|부터)\s*({_DAY})(?:까지)?(?!\S)")
_ON = re.compile(rf"(?<!\S)(?:매주\s*)?(?:{_NAME}|(?:{_DAY})+)(?!\S)")
_CLOCK = re.compile(
    r"(?<!\S)(?:(오전|오후|am|pm)\s*)?(2[0-3]|[01]?\d)(?::([0-5]\d)|시(?:\s*([0-5]?\d)분)?|(?=\s*[ap]m))"
    r"(?:\s*(am|pm))?에?(?!\S)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class When:
    """What was said; empty = nothing. `clock` is HH:MM, `until` the last day of a pause as it was written."""

    clock: str
    days: tuple[int, ...]
    zone: str
    no_holidays: bool
    until: str

    def put(self, one: Subscription, now: datetime) -> Subscription:
        """The subscription with what was said; the rest stays. Raises ValueError with the sentence to show."""
        settings = {**one.settings, NO_HOLIDAYS: True} if self.no_holidays else one.settings
        one = replace(
            one, post_at=self.clock or one.post_at, weekdays=self.days or one.weekdays, tz=self.zone or one.tz,
            settings=settings,
        )  # fmt: skip
        if not self.until:
            return one
        return paused(one, until_day(self.until, now.astimezone(ZoneInfo(one.tz)).date()))


def read_when(words: str) -> When:
    """Raises ValueError with the sentence to show, which names what was not understood."""
    left = " ".join(re.sub(r"[,·()]", " ", words).split())
    until, left = _one(_UNTIL, left)
    off, left = _all(_OFF, left)
    ranges, left = _all(_RANGE, left)
    on, left = _all(_ON, left)
    clock, left = _one(_CLOCK, left)
    zone = ""
    for word in left.split():
        if zone or not (found := _zone(word)):
            raise ValueError(unread(word, _EXAMPLE))
        zone = found
    said = _days(each[0] for each in on).union(*map(_between, ranges))
    return When(
        _clock(clock) if clock else "",
        _posting(said, _days(each[1] for each in off)),
        zone,
        any("공휴일" in each[1] for each in off),
        until[1] if until else "",
    )


def _one(pattern: re.Pattern[str], words: str) -> tuple[re.Match[str] | None, str]:
    """The first, and the words without it."""
    return pattern.search(words), pattern.sub(" ", words, count=1)


def _all(pattern: re.Pattern[str], words: str) -> tuple[list[re.Match[str]], str]:
    return list(pattern.finditer(words)), pattern.sub(" ", words)


def _clock(said: re.Match[str]) -> str:
    """HH:MM; 오후 16:40 is 16:40 as well. Raises ValueError for 오전 16:40."""
    half, hour = (said[1] or said[5] or "").lower(), int(said[2])
    if (said[1] and said[5]) or (half in ("오전", "am") and hour > 12):
        raise ValueError(unread(said[0], _EXAMPLE))
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in ("오후", "pm") else 0)
    return f"{hour:02}:{int(said[3] or said[4] or 0):02}"


def _posting(said: set[int], off: set[int]) -> tuple[int, ...]:
    """The days that are left, () where none are said. Raises ValueError where what is left out was never in: 월 수 제외
    may mean either."""
    if said and not off <= said:
        raise ValueError("빼는 요일은 올리는 요일 가운데서 골라 붙여 적어 주세요 (예: 매일 토일제외).")
    if off and not (said := (said or set(EVERY_DAY)) - off):
        raise ValueError("올릴 요일이 하나도 남지 않습니다.")
    return tuple(sorted(said))


def _days(words: Iterable[str]) -> set[int]:
    named = re.findall(rf"{_NAME}|{_DAY}", " ".join(words).replace("공휴일", " "))
    return {day for each in named for day in _NAMED.get(each) or (DAYS.index(each[0]),)}


def _between(said: re.Match[str]) -> set[int]:
    """월–금, and 토–월 over the week's end."""
    first, last = DAYS.index(said[1][0]), DAYS.index(said[2][0])
    return {(first + n) % 7 for n in range((last - first) % 7 + 1)}


def _zone(word: str) -> str:
    """The IANA name of a zone, "" for another word."""
    try:
        return ZoneInfo(_ZONES.get(word.upper(), word)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
