"""pause and resume: a channel rests until a date, or goes on at once."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.days import read_day
from bot.commands.saying import NOT_ALLOWED, note
from bot.planning import last_post, next_post
from bot.resting import NO_HOLIDAYS, paused, paused_until
from core.render import phrases
from core.store import Subscription

_LONGEST = 366  # days
_HOW = "언제까지 쉴지 날짜로 적어 주세요. 예: /aidaily pause 2026-02-20"


async def pause(at: Counter) -> Reply:
    """`pause 날짜`: no post up to and including that day."""
    subscribed = await at.subscription()
    if subscribed is None:
        return note("이 채널은 구독하고 있지 않습니다.")
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    if not subscribed.active:
        return note(f"이미 멈춰 있습니다: {subscribed.paused_reason}")
    try:
        until = until_day(at.words, await at.day())
    except ValueError as error:
        return note(str(error))
    resting = paused(subscribed, until)
    await at.app.store.subscriptions.add(resting)
    return note(
        f"{phrases.day(until)}까지 쉽니다. 다음 글은 {next_words(resting, at.now)}에 올라옵니다.",
        "그 전에 다시 받으려면 /aidaily resume 를 쓰세요.",
        private=False,
    )


async def resume(at: Counter) -> Reply:
    subscribed = await at.subscription()
    if subscribed is None:
        return note("이 채널은 구독하고 있지 않습니다. /aidaily subscribe 로 구독하세요.")
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    if not subscribed.active:
        return note(f"이 채널은 멈춰 있습니다: {subscribed.paused_reason} /aidaily subscribe 로 다시 시작하세요.")
    if (until := paused_until(subscribed)) is None or until < await at.day():
        return note(f"쉬고 있지 않습니다. 다음 글은 {next_words(subscribed, at.now)}에 올라옵니다.")
    going = awake(subscribed, at.now)
    await at.app.store.subscriptions.add(going)
    return note(f"다시 시작합니다. 다음 글은 {next_words(going, at.now)}에 올라옵니다.", private=False)


def until_day(words: str, today: date) -> date:
    """The day that is meant: 2026-02-20, 2월 20일 or 2/20 (the next one). Raises ValueError with the sentence to
    show."""
    until = read_day(words, today, ahead=True)
    if until is None:
        raise ValueError(_HOW)
    if until < today:
        raise ValueError(f"{until}은 이미 지난 날짜입니다.")
    if (until - today).days > _LONGEST:
        raise ValueError("한 해 안의 날짜로 적어 주세요. 그보다 오래라면 /aidaily unsubscribe 가 맞습니다.")
    return until


def awake(resting: Subscription, now: datetime) -> Subscription:
    """With its pause over; what fell due while it rested is not for it."""
    until = paused_until(resting)
    missed = last_post(resting, now).date
    return paused(resting, missed if until and missed <= until else None)


def rest_words(one: Subscription, now: datetime) -> tuple[str, ...]:
    """How the settings say it, e.g. `공휴일제외`, `2026-02-20까지쉼`."""
    until = paused_until(one)
    pausing = until is not None and until >= now.astimezone(ZoneInfo(one.tz)).date()
    holidays = ("공휴일제외",) if one.settings.get(NO_HOLIDAYS) else ()
    return (*holidays, *((f"{until}까지쉼",) if pausing else ()))


def next_words(one: Subscription, now: datetime) -> str:
    """`2월 21일 (토) 16:40`"""
    post = next_post(one, now)
    return f"{phrases.day(post.date)} {one.post_at}"
