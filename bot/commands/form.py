"""A channel's settings as one form of five lines: shown, read back (its first line: when.py), and summed up.

Five, because that is what Discord's forms hold; so a line takes several values, told apart by what they look like.
"""

import re
from dataclasses import replace
from datetime import datetime

from bot.chat import Field, Form
from bot.commands.resting import awake, next_words, rest_words
from bot.commands.saying import message, unread
from bot.commands.when import DAYS, EVERY_DAY, read_when
from bot.resting import NO_HOLIDAYS
from core.model import Profile
from core.render.message import Message
from core.sources.taxonomy import CATEGORIES
from core.store import Subscription

_FEWEST, _MOST = 3, 5
_COUNT = re.compile(r"(\d+)개?")
_WAYS = ("스레드", "루트만", "관리자만")


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
        one = _timed(one, fields["when"], now)
    if "form" in fields:
        one, profile = _formed(one, fields["form"])
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


def _timed(one: Subscription, words: str, now: datetime) -> Subscription:
    """What the line no longer says is no longer wanted."""
    said = read_when(words)
    if not said.clock:
        raise ValueError("시각은 16:40처럼 적어 주세요.")
    settings = {name: value for name, value in one.settings.items() if name != NO_HOLIDAYS}
    one = awake(replace(one, settings=settings), now)
    return replace(said, days=said.days or EVERY_DAY).put(one, now)


def _formed(one: Subscription, line: str) -> tuple[Subscription, Profile]:
    """The subscription and its profile with the number of stories, tone, way and categories that the line says."""
    words = re.sub("[,·]", " ", line).split()
    counts = [int(count[1]) for word in words if (count := _COUNT.fullmatch(word))]
    if any(not _FEWEST <= count <= _MOST for count in counts):
        raise ValueError("이슈 수는 3–5 가운데 하나입니다.")
    tones = [tone for tone in ("합니다", "음슴", "한다") if tone in words]
    categories = {word: CATEGORIES[word.lower()] for word in words if word.lower() in CATEGORIES}
    for word in words:
        if not (_COUNT.fullmatch(word) or word in (*tones, *_WAYS, *categories)):
            raise ValueError(unread(word, "5 합니다 스레드 cs.CL"))
    profile: Profile = replace(
        one.profile, stories=counts[0] if counts else one.profile.stories, tone=tones[0] if tones else one.profile.tone,
        categories=tuple(dict.fromkeys(categories.values())),
    )  # fmt: skip
    chosen = {**one.settings, "root_only": "루트만" in words, "admins_only": "관리자만" in words}
    return replace(one, settings={name: value for name, value in chosen.items() if value}), profile


def _listed(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip()[:40] for part in words.split(",") if part.strip()))[:20]


def _days(weekdays: tuple[int, ...]) -> str:
    return "매일" if len(weekdays) == 7 else "".join(DAYS[day] for day in weekdays)


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
    first, *more = profile.team.splitlines() or [""]
    lines += [f"팀: {first}{' …' if more else ''}"] if first else []
    return message("설정을 저장했습니다", bullets=lines, small=["다음 호부터 이 설정으로 만듭니다."])
