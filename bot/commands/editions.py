"""today, preview, 근거, 왜: what is stored, shown at once and without any model."""

from datetime import date

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.days import read_day
from bot.commands.resting import next_words
from bot.commands.saying import message, note
from bot.linking import linked
from core.model import Edition, Story
from core.render import phrases
from core.render.message import Message
from core.render.messages import dereference, messages
from core.render.messages import evidence as evidence_of


async def today(at: Counter) -> Reply:
    """`today [날짜]`: the stored digest of that day."""
    now = await at.day()
    try:
        on = read_day(at.words, now, ahead=False) if at.words else now
    except ValueError as error:
        return note(str(error))
    if on is None:
        return note("날짜는 2026-02-03, 2월 3일, 어제처럼 적어 주세요.")
    edition = await at.edition(on)
    if edition is None:
        return note(await _none(at, on, now))
    parts = messages(edition)
    place, subscribed = at.request.place, await at.subscription()
    platform = at.app.platforms.get(place.platform)
    if subscribed is None or platform is None:
        return Reply(parts)
    store = at.app.store
    return Reply(tuple([await linked(part, store, platform, place, subscribed.id) for part in parts]))


async def preview(at: Counter) -> Reply:
    """What a subscription would bring: the newest edition's root message."""
    edition = await at.edition()
    if edition is None:
        return note("아직 보여 드릴 호가 없습니다. 첫 호가 만들어지면 여기에 보입니다.")
    subscribed = await at.subscription()
    if subscribed and subscribed.active:
        said = f"이 채널은 이미 받고 있습니다. 다음 글은 {next_words(subscribed, at.now)}에 올라옵니다."
    else:
        said = f"/aidaily subscribe 로 구독하면 매일 {at.app.settings.post_at}에 위와 같은 글과 스레드가 올라옵니다."
    return Reply((messages(edition)[0], message("", [said])))


async def evidence(at: Counter) -> Reply:
    """The original sentence behind each Korean one."""
    found = await story_at(at, at.words)
    if found is None:
        return note("그 꼭지를 찾지 못했습니다. 보관 기간이 지났을 수 있습니다.")
    return Reply((evidence_of(found[1]),))


async def why(at: Counter) -> Reply:
    found = await story_at(at, at.words)
    if found is None:
        return note("그 꼭지를 찾지 못했습니다. 보관 기간이 지났을 수 있습니다.")
    return Reply((why_message(*found),))


def why_message(edition: Edition, story: Story) -> Message:
    reasons = story.why or ("남은 기록이 없습니다.",)
    small = [words] if (words := phrases.chosen_by(edition, story)) else []
    return message(f"왜 뽑았나: {story.headline}", bullets=reasons, small=small)


async def story_at(at: Counter, value: str) -> tuple[Edition, Story] | None:
    """What a button's value refers to."""
    try:
        on, profile, n = dereference(value)
    except ValueError:
        return None
    edition = await at.app.store.editions.get(on, profile)
    story = next((s for s in edition.stories if s.n == n), None) if edition else None
    return (edition, story) if edition and story else None


async def _none(at: Counter, on: date, today: date) -> str:
    """Why there is none: it is still to come, or that day had none; then the days nearest to it that have one."""
    settings = at.app.settings
    if on < today:
        dates = await at.app.store.editions.dates((await at.profile()).key)
        near = (max((day for day in dates if day < on), default=None), min((d for d in dates if d > on), default=None))
        there = ", ".join(str(day) for day in near if day)
        return f"그날은 호가 없습니다({on}). {f'가까운 호: {there}' if there else '아직 나온 호가 없습니다.'}"
    return f"{on} 호는 아직 없습니다. 매일 {settings.post_at}({settings.timezone})에 올라옵니다."
