"""Time travel over days without a post: public holidays where a channel wants none, and a pause until a date."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.chat import Person, Place, Reply, Request
from bot.clock import Clock
from bot.commands import build_answer
from bot.posting import post
from bot.resting import NO_HOLIDAYS, PAUSED_UNTIL, holiday
from core.store import Store, Subscription
from tests.editions import full
from tests.fakes import FakeClock, FakePlatform, live, made_app, seoul


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/resting.db") as opened:
        yield opened


async def days_posted(store: Store, home: Path, begin: str, end: str, **settings: object) -> list[str]:
    """The days on which the channel got a root, as MM-DD."""
    clock = FakeClock(seoul(begin))
    slack = FakePlatform(clock)
    await store.subscriptions.add(Subscription("slack", "C1", clock.now(), settings=settings))
    await live(made_app(store, clock, home, slack), clock, seoul(end))
    return [f"{at.astimezone(seoul(begin).tzinfo):%m-%d}" for _, at in slack.times()]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2026-02-17", "설날"), ("2026-03-02", "삼일절 대체 휴일"), ("2026-05-25", "부처님오신날 대체 휴일"),
        ("2026-06-03", "지방선거일"), ("2026-07-17", "제헌절"), ("2026-09-25", "추석"), ("2026-12-25", "기독탄신일"),
        ("2026-02-03", ""), ("2026-12-24", ""),
    ],
)  # fmt: skip
def test_the_calendar_knows_lunar_days_substitutes_and_elections(on: str, name: str) -> None:
    assert holiday(date.fromisoformat(on)) == name


async def test_a_channel_that_wants_no_holidays_is_quiet_over_the_new_year(store: Store, tmp_path: Path) -> None:
    """설날 2026 is the 16th to the 18th of February, Monday to Wednesday."""
    told = await days_posted(store, tmp_path, "2026-02-12 12:00", "2026-02-20 20:00", **{NO_HOLIDAYS: True})
    assert told == ["02-12", "02-13", "02-14", "02-15", "02-19", "02-20"]
    assert {build.date.day for day in range(12, 21) for build in await store.builds.of(date(2026, 2, day))} == {
        12, 13, 14, 15, 19, 20,
    }, "what nobody wants is not built"  # fmt: skip


async def test_a_substitute_holiday_is_one(store: Store, tmp_path: Path) -> None:
    told = await days_posted(store, tmp_path, "2026-02-28 12:00", "2026-03-03 20:00", **{NO_HOLIDAYS: True})
    assert told == ["02-28", "03-03"]


async def test_who_has_not_asked_for_rest_is_told_on_holidays_too(store: Store, tmp_path: Path) -> None:
    assert await days_posted(store, tmp_path, "2026-02-16 12:00", "2026-02-18 20:00") == ["02-16", "02-17", "02-18"]


async def test_down_on_a_holiday_and_up_the_next_morning_nothing_is_caught_up(store: Store, tmp_path: Path) -> None:
    told = await days_posted(store, tmp_path, "2026-02-16 03:00", "2026-02-16 23:00", **{NO_HOLIDAYS: True})
    assert told == []
    clock = FakeClock(seoul("2026-02-19 03:00"))  # the holiday's post time is ten hours ago
    slack = FakePlatform(clock)
    await live(made_app(store, clock, tmp_path, slack), clock, seoul("2026-02-19 16:00"))
    assert slack.out == []


async def test_a_paused_channel_rests_up_to_that_day_and_goes_on_by_itself(store: Store, tmp_path: Path) -> None:
    told = await days_posted(store, tmp_path, "2026-02-03 12:00", "2026-02-07 20:00", **{PAUSED_UNTIL: "2026-02-05"})
    assert told == ["02-06", "02-07"]


class Room:
    """A person in a channel, and the bot living on."""

    def __init__(self, store: Store, home: Path, at: str) -> None:
        self.clock = FakeClock(seoul(at))
        self.slack = FakePlatform(self.clock)
        self.app = made_app(store, self.clock, home, self.slack)
        self.answer = build_answer(self.app, self.clock.now)
        self.asked = 0

    async def say(self, verb: str, words: str = "", person: str = "U1", **fields: str) -> str:
        reply = await self.reply(verb, words, person, **fields)
        return " ".join(message.summary for message in reply.messages)

    async def reply(self, verb: str, words: str = "", person: str = "U1", **fields: str) -> Reply:
        self.asked += 1

        async def silent(words: str) -> None: ...

        place = Place("slack", "C1", "T1")
        reply = await self.answer(Request(f"e{self.asked}", place, Person(person), verb, words, fields=fields), silent)
        assert reply is not None
        return reply

    async def until(self, at: str) -> list[str]:
        """Lives on; the roots so far, as MM-DD HH:MM."""
        await live(self.app, self.clock, seoul(at))
        return [f"{at.astimezone(self.app.newsroom.house.zone):%m-%d %H:%M}" for _, at in self.slack.times()]


@pytest.fixture
async def room(store: Store, tmp_path: Path) -> Room:
    made = Room(store, tmp_path, "2026-02-03 12:00")
    await made.say("subscribe")
    return made


async def test_pause_and_resume_as_people_say_them(room: Room) -> None:
    assert await room.until("2026-02-03 18:00") == ["02-03 16:40"]
    assert "2월 6일 (금)까지 쉽니다. 다음 글은 2월 7일 (토) 16:40에" in await room.say("쉼", "2월 6일")
    assert await room.until("2026-02-05 18:00") == ["02-03 16:40"]
    assert "2월 6일 (금) 16:40" in await room.say("재개")
    assert await room.until("2026-02-06 18:00") == ["02-03 16:40", "02-06 16:40"], "what fell due meanwhile stays away"
    assert "쉬고 있지 않습니다" in await room.say("resume")


async def test_resumed_in_the_morning_the_days_edition_comes_on_time(room: Room) -> None:
    await room.say("pause", "2026-02-10")
    await room.until("2026-02-05 02:00")  # yesterday's post time is nine hours ago
    await room.say("resume")
    assert await room.until("2026-02-05 18:00") == ["02-05 16:40"]


async def test_subscribing_again_ends_a_pause(room: Room) -> None:
    await room.say("pause", "2026-02-10")
    await room.say("subscribe", "17:00")
    assert await room.until("2026-02-03 18:00") == ["02-03 17:00"]


@pytest.mark.parametrize("verb", ["subscribe", "settings.save"])
async def test_a_channel_that_was_closed_and_subscribes_again_at_1700_waits_for_tomorrow(room: Room, verb: str) -> None:
    await room.app.store.subscriptions.pause("slack", "C1", "봇이 채널에서 나갔습니다.")
    assert await room.until("2026-02-03 17:00") == []
    await room.say(verb, when="16:40 매일")
    assert await room.until("2026-02-04 18:00") == ["02-04 16:40"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "언제까지 쉴지"), ("언젠가", "언제까지 쉴지"), ("내일", "2026-02-04까지"),
        ("2026-02-30", "없는 날짜"), ("2026-02-02", "지난 날짜"),
        ("2027-06-01", "한 해 안"), ("1/2", "2027-01-02까지"), ("2026년 2월 3일", "2026-02-03까지"),
    ],
)  # fmt: skip
async def test_dates_as_they_are_typed(room: Room, store: Store, words: str, says: str) -> None:
    said = await room.say("pause", words)
    kept = await store.subscriptions.get("slack", "C1")
    assert kept is not None
    if until := kept.settings.get(PAUSED_UNTIL):
        assert f"{until}까지" == says
    else:
        assert says in said


async def test_the_form_shows_and_takes_both(room: Room, store: Store) -> None:
    saved = await room.reply("settings.save", when="09:30 월화수목금 Asia/Seoul 공휴일제외 2026-02-06까지쉼")
    assert "다음 2월 9일 (월) 09:30" in str(saved.messages)
    kept = await store.subscriptions.get("slack", "C1")
    assert kept and kept.weekdays == (0, 1, 2, 3, 4)
    assert (kept.settings[NO_HOLIDAYS], kept.settings[PAUSED_UNTIL]) == (True, "2026-02-06")
    form = (await room.reply("settings")).form
    assert form and form.fields[0].value == "09:30 월화수목금 Asia/Seoul 공휴일제외 2026-02-06까지쉼"
    await room.say("settings.save", when="09:30 매일 Asia/Seoul")
    kept = await store.subscriptions.get("slack", "C1")
    assert kept and NO_HOLIDAYS not in kept.settings and kept.weekdays == tuple(range(7))
    assert await room.until("2026-02-04 12:00") == ["02-04 09:30"], "today's 09:30 had passed while it rested"


async def test_half_said_rest_is_not_taken_for_sundays(room: Room, store: Store) -> None:
    before = await store.subscriptions.get("slack", "C1")
    assert "공휴일제외" in await room.say("settings.save", when="16:40 월화수목금 공휴일")
    assert await store.subscriptions.get("slack", "C1") == before


async def test_who_may_not_change_a_channel_may_not_pause_it(room: Room, store: Store) -> None:
    kept = await store.subscriptions.get("slack", "C1")
    assert kept
    await store.subscriptions.add(replace(kept, settings={"admins_only": True}))
    for verb in ("pause", "resume"):
        assert "관리하는 사람만" in await room.say(verb, "2026-02-10")


async def test_post_leaves_a_resting_channel_alone_unless_it_is_named(room: Room, store: Store) -> None:
    await room.say("pause", "2026-02-10")
    clock: Clock = room.clock
    on, at = date(2026, 2, 3), seoul("2026-02-03 16:40")
    room.clock.at = at
    (one,) = await post(room.app, clock, on, at)
    assert (one.state, one.reason, room.slack.out) == ("skipped", "2026-02-10까지 쉽니다.", [])
    (one,) = await post(room.app, clock, on, at, "slack:C1")
    assert one.state == "done"


async def test_status_names_who_rests(room: Room) -> None:
    await room.say("pause", "2026-02-10")
    said = str((await room.reply("status")).messages)
    assert "쉬는 채널: slack:C1: 2026-02-10까지 쉽니다." in said
    assert "다음 게시: 2026-02-11 16:40" in said


async def test_a_channel_sees_what_it_would_get_before_it_subscribes(store: Store, tmp_path: Path) -> None:
    room = Room(store, tmp_path, "2026-02-03 18:00")
    await store.editions.save(full())
    said = await room.say("preview")
    assert "CodeOCR" in said and "구독하면 매일 16:40에" in said
    assert await store.subscriptions.list() == ()
    await room.say("subscribe", "09:00")
    await room.say("pause", "2026-02-05")
    assert "이미 받고 있습니다. 다음 글은 2월 6일 (금) 09:00에" in await room.say("미리보기")
