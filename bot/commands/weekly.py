"""weekly: what developed over the last seven days; the kept review at once, else a new one."""

from datetime import date

from bot.chat import Reply
from bot.commands.counter import Counter
from bot.commands.saying import note
from core.render.weekly import message
from core.week import days_of


async def weekly(at: Counter) -> Reply:
    """`weekly [날짜]`: the seven days up to that day, or to today."""
    today = await at.day()
    try:
        on = date.fromisoformat(at.words.split()[0]) if at.words else today
        days_of(on)
    except (ValueError, OverflowError):  # before the calendar's first week
        return note("날짜는 2026-02-07처럼 적어 주세요.")
    if on > today:
        return note(f"아직 오지 않은 날입니다 ({on}).")
    profile, room = await at.profile(), at.app.newsroom
    week = await room.kept_week(on, profile)
    if week is None:
        if at.app.model is not None and (refused := at.rates.refusal(at.request, at.now)):
            return note(refused)
        await at.say("한 주의 호를 읽고 흐름을 묶는 중입니다…")
        week = await room.week(on, profile, at.now)
    if week is None:
        first, last = days_of(on)
        return note(f"{first}부터 {last}까지 나온 호가 없습니다. 호는 /aidaily today 날짜 로 볼 수 있습니다.")
    return Reply((message(week),))
