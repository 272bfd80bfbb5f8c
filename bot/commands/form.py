"""A channel's settings as one form of five lines: shown, read back, and summed up.

Five, because that is what Discord's forms hold; so a line takes several values, told apart by what they look like.
"""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.chat import Field, Form
from bot.commands.resting import awake, next_words, rest_words, until_day
from bot.commands.saying import message
from bot.resting import NO_HOLIDAYS, paused
from core.model import Profile
from core.render.message import Message
from core.store import Subscription

CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_HOLIDAYS = re.compile(r"공휴일(?:은|에는|에)?\s*(?:제외|빼고|쉼|쉬기|쉽니다)")
_UNTIL = re.compile(r"(?:\d{4}-\d{1,2}-\d{1,2}|(?:\d{4}년\s*)?\d{1,2}월\s*\d{1,2}일)\s*까지\s*(?:쉼|쉬기|쉽니다|멈춤)?")
_CATEGORY = re.compile(r"([a-z]+(?:-[a-z]+)?)\.([a-z]{2}|[a-z]+(?:-[a-z]+)*)", re.I)
_DAYS = "월화수목금토일"
_FEWEST, _MOST = 3, 5


def shown(one: Subscription, now: datetime, *, known: bool) -> Form:
    profile = one.profile
    when = " ".join((one.post_at, _days(one.weekdays), one.tz, *rest_words(one, now)))
    return Form(
        "settings.save",
        "채널 설정" if known else "채널 설정 (새 구독)",
        (
            Field("when", "시각 · 요일 · 시간대 · 쉬는 날", when,
                  hint="예: 16:40 월화수목금 Asia/Seoul 공휴일제외 · 쉬려면 2026-02-20까지쉼"),
            Field("topics", "보고 싶은 주제 · @저자·연구실 (쉼표)", _wishes(profile),
                  hint="예: RAG, 에이전트, @DeepMind, @Kaiming He"),
            Field("excluded", "빼고 싶은 말 (쉼표)", ", ".join(profile.excluded), hint="예: EEG, 자율주행"),
            Field("form", "이슈 수 · 말투 · 방식 · arXiv 분류", _form_line(one),
                  hint="예: 5 합니다 스레드 · 3 음슴 루트만 cs.CL cs.CV (분류를 비우면 기본 분류)"),
            Field("team", "우리 팀 (다섯 줄 안)", profile.team, "lines", hint="스택, GPU, 제약: 아이디어에 씁니다"),
        ),
    )  # fmt: skip


def _form_line(one: Subscription) -> str:
    way = "루트만" if one.settings.get("root_only") else "스레드"
    who = " 관리자만" if one.settings.get("admins_only") else ""
    return " ".join([f"{one.profile.stories} {one.profile.tone} {way}{who}", *one.profile.categories])


def _wishes(profile: Profile) -> str:
    return ", ".join((*profile.topics, *(f"@{name}" for name in profile.authors)))


def filled(one: Subscription, fields: dict[str, str], now: datetime) -> Subscription:
    """The subscription with a form's values. Raises ValueError with the sentence to show."""
    profile: Profile = one.profile
    if "when" in fields:
        one = _timed(*_rested(one, fields["when"], now))
    if "form" in fields:
        words = fields["form"].split()
        numbers = [int(word) for word in words if word.isdecimal()]
        if numbers and not _FEWEST <= numbers[0] <= _MOST:
            raise ValueError("이슈 수는 3–5 가운데 하나입니다.")
        tones = [tone for tone in ("합니다", "음슴", "한다") if tone in words]
        profile = replace(profile, stories=numbers[0] if numbers else profile.stories)
        profile = replace(profile, tone=tones[0] if tones else profile.tone, categories=_categories(fields["form"]))
        chosen = {**one.settings, "root_only": "루트만" in words, "admins_only": "관리자만" in words}
        one = replace(one, settings={name: value for name, value in chosen.items() if value})
    if "topics" in fields:
        wishes = _listed(fields["topics"])
        followed = tuple(name for wish in wishes if wish.startswith("@") and (name := wish.lstrip("@ ")))
        topics = tuple(wish for wish in wishes if not wish.startswith("@"))
        profile = replace(profile, topics=topics, authors=followed)
    if "excluded" in fields:
        profile = replace(profile, excluded=_listed(fields["excluded"]))
    if "team" in fields:
        lines = [line.strip()[:120] for line in fields["team"].splitlines() if line.strip()]
        profile = replace(profile, team="\n".join(lines[:5]))
    return replace(one, profile=profile)


def _rested(one: Subscription, words: str, now: datetime) -> tuple[Subscription, str]:
    """The subscription with the days on which it is to rest, and the words that do not speak of them. Raises
    ValueError with the sentence to show."""
    holidays, until = _HOLIDAYS.search(words), _UNTIL.search(words)
    rest = _UNTIL.sub(" ", _HOLIDAYS.sub(" ", words))
    if "휴일" in rest:
        raise ValueError("공휴일에 쉬려면 '공휴일제외'라고 적어 주세요.")
    chosen = {**one.settings, NO_HOLIDAYS: True}
    if not holidays:
        del chosen[NO_HOLIDAYS]
    one = replace(one, settings=chosen)
    if not until:
        return awake(one, now), rest
    today = now.astimezone(ZoneInfo(one.tz)).date()
    return paused(one, until_day(until[0], today)), rest


def _timed(one: Subscription, words: str) -> Subscription:
    clock = CLOCK.search(words)
    if not clock:
        raise ValueError("시각은 16:40처럼 적어 주세요.")
    rest = words.replace(clock[0], " ").split()
    zone = next((word for word in rest if "/" in word or word.upper() == "UTC"), one.tz)
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"'{zone}'은 모르는 시간대입니다. Asia/Seoul처럼 적어 주세요.") from error
    days = {_DAYS.index(letter) for word in rest if word != zone for letter in word if letter in _DAYS}
    if any(word in ("매일", "날마다") for word in rest) or not days:
        days = set(range(7))
    return replace(one, post_at=f"{int(clock[1]):02}:{clock[2]}", tz=zone, weekdays=tuple(sorted(days)))


def _categories(words: str) -> tuple[str, ...]:
    """The arXiv categories among these words, as arXiv writes them: cs.CL, stat.ML, cond-mat.soft."""
    found = (match for word in words.replace(",", " ").split() if (match := _CATEGORY.fullmatch(word)))
    return tuple(dict.fromkeys(f"{m[1].lower()}.{m[2].upper() if len(m[2]) == 2 else m[2].lower()}" for m in found))


def _listed(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip()[:40] for part in words.split(",") if part.strip()))[:20]


def _days(weekdays: tuple[int, ...]) -> str:
    return "매일" if len(weekdays) == 7 else "".join(_DAYS[day] for day in weekdays)


def when_words(one: Subscription) -> str:
    return f"{_days(one.weekdays)} {one.post_at}({one.tz})"


def summary(one: Subscription, now: datetime) -> Message:
    profile = one.profile
    resting = "".join(f" · {words}" for words in rest_words(one, now))
    lines = [
        f"게시: {when_words(one)}{resting} · 다음 {next_words(one, now)}",
        f"이슈 수·말투·방식·분류: {_form_line(one)}",
    ]
    lines += [f"주제: {', '.join(profile.topics)}"] if profile.topics else []
    lines += [f"따라 보는 저자·연구실: {', '.join(profile.authors)}"] if profile.authors else []
    lines += [f"제외: {', '.join(profile.excluded)}"] if profile.excluded else []
    lines += [f"팀: {profile.team.splitlines()[0]} …"] if profile.team else []
    return message("설정을 저장했습니다", bullets=lines, small=["다음 호부터 이 설정으로 만듭니다."])
