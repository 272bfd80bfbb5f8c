"""subscribe, unsubscribe, settings: what a channel gets and when (in whose words: terms.py)."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.chat import Field, Form, Reply
from bot.commands.counter import Counter
from bot.commands.resting import awake, next_words, rest_words, until_day
from bot.commands.saying import NOT_ALLOWED, message, note
from bot.office import new_subscription
from bot.resting import NO_HOLIDAYS, paused
from core.model import Profile
from core.render.message import Message
from core.store import Subscription

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_HOLIDAYS = re.compile(r"공휴일(?:은|에는|에)?\s*(?:제외|빼고|쉼|쉬기|쉽니다)")
_UNTIL = re.compile(r"(?:\d{4}-\d{1,2}-\d{1,2}|(?:\d{4}년\s*)?\d{1,2}월\s*\d{1,2}일)\s*까지\s*(?:쉼|쉬기|쉽니다|멈춤)?")
_CATEGORY = re.compile(r"([a-z]+(?:-[a-z]+)?)\.([a-z]{2}|[a-z]+(?:-[a-z]+)*)", re.I)
_DAYS = "월화수목금토일"
_FEWEST, _MOST = 3, 5


async def subscribe(at: Counter) -> Reply:
    """`subscribe [HH:MM]`"""
    subscribed = await at.subscription()
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    wanted = awake(subscribed, at.now) if subscribed else _new(at)
    if clock := _CLOCK.search(at.words):
        wanted = replace(wanted, post_at=f"{int(clock[1]):02}:{clock[2]}")
    elif re.search(r"\d", re.sub(r"[CG][A-Z0-9]{8,}", "", at.words)):
        return note("시각은 16:40처럼 적어 주세요.")
    platform = at.app.platforms.get(at.request.place.platform)
    problem = await platform.welcome(at.request.place) if platform else None
    if problem:
        return note(problem)
    await at.app.store.subscriptions.add(replace(wanted, workspace=at.request.place.workspace))
    again = "이미 받고 있던 채널입니다. " if subscribed and subscribed.active else ""
    return note(
        f"{again}이 채널은 {_when(wanted)}에 AI Daily를 받습니다.",
        "오늘 것이 벌써 나왔다면 /aidaily today 로 바로 볼 수 있고, 시각·요일·주제는 /aidaily settings 에서 바꿉니다.",
        private=False,
    )


async def unsubscribe(at: Counter) -> Reply:
    subscribed = await at.subscription()
    if subscribed is None:
        return note("이 채널은 구독하고 있지 않습니다.")
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    await at.app.store.subscriptions.remove(at.request.place.platform, at.request.place.channel)
    return note("구독을 끊었습니다. 다시 받으려면 /aidaily subscribe 를 쓰세요.", private=False)


async def settings(at: Counter) -> Reply:
    """The form with what the channel has now."""
    subscribed = await at.subscription()
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    return Reply(form=_form(subscribed or _new(at), at.now, known=subscribed is not None))


async def settings_save(at: Counter) -> Reply:
    subscribed = await at.subscription()
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    try:
        changed = _filled(subscribed or _new(at), dict(at.request.fields), at.now)
        _keeps_a_way_back(at, subscribed, changed)
    except ValueError as error:
        return note(f"저장하지 않았습니다. {error}")
    await at.app.store.subscriptions.add(replace(changed, workspace=at.request.place.workspace))
    return Reply((_summary(changed, at.now),))


def _new(at: Counter) -> Subscription:
    place = at.request.place
    new = new_subscription(at.app.settings, place.platform, place.channel, at.now)
    return replace(new, workspace=place.workspace)


def _form(one: Subscription, now: datetime, *, known: bool) -> Form:
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


def _filled(one: Subscription, fields: dict[str, str], now: datetime) -> Subscription:
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


def _keeps_a_way_back(at: Counter, before: Subscription | None, after: Subscription) -> None:
    """Only those who will still be allowed in may shut the door. Raises ValueError with the sentence to show."""
    was, will = (bool(one and one.settings.get("admins_only")) for one in (before, after))
    if will and not was and at.request.person.may_manage is not True:
        raise ValueError("'관리자만'은 관리자로 확인된 사람만 켤 수 있습니다.")


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
    clock = _CLOCK.search(words)
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


def _when(one: Subscription) -> str:
    return f"{_days(one.weekdays)} {one.post_at}({one.tz})"


def _summary(one: Subscription, now: datetime) -> Message:
    profile = one.profile
    resting = "".join(f" · {words}" for words in rest_words(one, now))
    lines = [
        f"게시: {_when(one)}{resting} · 다음 {next_words(one, now)}",
        f"이슈 수·말투·방식·분류: {_form_line(one)}",
    ]
    lines += [f"주제: {', '.join(profile.topics)}"] if profile.topics else []
    lines += [f"따라 보는 저자·연구실: {', '.join(profile.authors)}"] if profile.authors else []
    lines += [f"제외: {', '.join(profile.excluded)}"] if profile.excluded else []
    lines += [f"팀: {profile.team.splitlines()[0]} …"] if profile.team else []
    return message("설정을 저장했습니다", bullets=lines, small=["다음 호부터 이 설정으로 만듭니다."])
