"""subscribe, unsubscribe, settings: what a channel gets and when (the form itself: form.py; its words: terms.py)."""

from dataclasses import replace

from bot.chat import Reply
from bot.commands import form
from bot.commands.counter import Counter
from bot.commands.resting import awake
from bot.commands.saying import NOT_ALLOWED, note
from bot.commands.when import read_when
from bot.office import new_subscription
from core.store import Subscription


async def subscribe(at: Counter) -> Reply:
    """`subscribe [시각 요일 시간대]`"""
    subscribed = await at.subscription()
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    try:
        wanted = read_when(at.words).put(awake(subscribed, at.now) if subscribed else _new(at), at.now)
    except ValueError as error:
        return note(str(error))
    platform = at.app.platforms.get(at.request.place.platform)
    problem = await platform.welcome(at.request.place) if platform else None
    if problem:
        return note(problem)
    await _keep(at, wanted)
    again = "이미 받고 있던 채널입니다. " if subscribed and subscribed.active else ""
    return note(
        f"{again}이 채널은 {form.when_words(wanted)}에 AI Daily를 받습니다.",
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
    return Reply(form=form.shown(subscribed or _new(at), at.now, known=subscribed is not None))


async def settings_save(at: Counter) -> Reply:
    subscribed = await at.subscription()
    if not at.may_change(subscribed):
        return note(NOT_ALLOWED)
    try:
        changed = form.filled(subscribed or _new(at), dict(at.request.fields), at.now)
        _keeps_a_way_back(at, subscribed, changed)
    except ValueError as error:
        return note(f"저장하지 않았습니다. {error}")
    await _keep(at, changed)
    return Reply((form.summary(changed, at.now),))


async def _keep(at: Counter, wanted: Subscription) -> None:
    await at.app.store.subscriptions.add(replace(wanted, workspace=at.request.place.workspace, created_at=at.now))


def _new(at: Counter) -> Subscription:
    place = at.request.place
    new = new_subscription(at.app.settings, place.platform, place.channel, at.now)
    return replace(new, workspace=place.workspace)


def _keeps_a_way_back(at: Counter, before: Subscription | None, after: Subscription) -> None:
    """Only those who will still be allowed in may shut the door. Raises ValueError with the sentence to show."""
    was, will = (bool(one and one.settings.get("admins_only")) for one in (before, after))
    if will and not was and at.request.person.may_manage is not True:
        raise ValueError("'관리자만'은 관리자로 확인된 사람만 켤 수 있습니다.")
