"""What an edition becomes on Discord, step by step, over TCP: the real client library against a local server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.chat import Absent, Closed, CouldNotLook, Done, NotSent, Outcome, Place, Rejected, Step, Unsure
from bot.delivery import key_of
from bot.discord import Discord
from bot.discord import components as parts
from bot.discord.markup import escaped, inline, utf16
from bot.discord.posting import IN_CHANNEL
from bot.discord.steps import steps as steps_of
from bot.settings import Settings
from core.errors import SettingsError
from core.model import Edition
from core.render.message import Span
from core.store import Store
from tests.editions import DAY, HOSTILE, full, hostile, nothing, quiet
from tests.fake_discord import GUILD, ME, TOKEN, FakeDiscord, Trouble, fake_discord

CHANNEL = Place("discord", "100", GUILD)
POST = r"/channels/\d+/messages"
THREAD = r"/channels/\d+/messages/\d+/threads"


async def nobody(place: Place, words: str) -> tuple[tuple[str, str], ...]:
    return ()


def settings_for(fake: FakeDiscord, token: str = TOKEN) -> Settings:
    return Settings(
        _env_file=None,
        discord_bot_token=SecretStr(token),
        discord_api_url=fake.url,
        discord_gateway_url=fake.gateway_url,
    )


@asynccontextmanager
async def discord_at(fake: FakeDiscord) -> AsyncIterator[Discord]:
    """The adapter; posting needs no store."""
    platform = Discord(settings_for(fake), Store("sqlite+aiosqlite:///never-opened.db"), nobody)
    await platform.open()
    try:
        yield platform
    finally:
        await platform.close()


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as server:
        yield server
        assert not server.over, server.over


@pytest.fixture
async def platform(fake: FakeDiscord) -> AsyncIterator[Discord]:
    async with discord_at(fake) as opened:
        yield opened


def planned(edition: Edition, place: Place = CHANNEL, **channel: Any) -> tuple[Step, ...]:
    made = steps_of(edition, channel)
    return tuple(replace(step, key=key_of(edition.date, place, step.seq)) for step in made)


async def post(platform: Discord, steps: tuple[Step, ...], place: Place = CHANNEL) -> tuple[str, ...]:
    refs: tuple[str, ...] = ()
    for step in steps:
        outcome = await platform.do(step, place, refs)
        assert isinstance(outcome, Done), outcome
        refs = (*refs, outcome.ref)
    return refs


async def test_an_edition_is_a_root_that_is_upgraded_and_a_thread_with_one_silent_message_per_story(
    platform: Discord, fake: FakeDiscord
) -> None:
    refs = await post(platform, planned(full()))
    (root,) = fake.messages["100"]
    assert root["id"] == refs[0] == refs[2], "a thread opened from a message has the message's id"
    assert root["flags"] == parts.V2
    assert fake.channels[refs[0]]["name"] == "AI Daily · 2월 3일 (화)"
    assert fake.channels[refs[0]]["thread_metadata"]["auto_archive_duration"] == 1440
    told = fake.messages[refs[0]]
    assert [message["id"] for message in told] == list(refs[3:])
    assert len(told) == 6
    assert all(message["flags"] == parts.V2 | parts.SILENT for message in told)
    assert "오늘의 실무 액션 3가지" in fake.texts(refs[0])[-1]
    assert fake.texts(refs[0])[-1].endswith("-# 2026-02-03 · 7/7")
    assert [len(m) for m in (fake.bodies("POST", POST), fake.bodies("PATCH", POST + r"/\d+"))] == [7, 1]


async def test_the_root_is_readable_by_itself_as_plain_content(platform: Discord, fake: FakeDiscord) -> None:
    await platform.do(planned(full())[0], CHANNEL, ())
    (body,) = fake.bodies("POST", POST)
    lines = body["content"].splitlines()
    assert lines[0] == "## AI Daily · 2월 3일 (화)"
    assert [line[:6] for line in lines[1:6]] == [f"**{n}.**" for n in range(1, 6)]
    assert all("](<https://" in line for line in lines[1:6]), "links without previews"
    assert body["flags"] == parts.SUPPRESS_EMBEDS
    assert body["enforce_nonce"] and body["nonce"] == key_of(DAY, CHANNEL, 0)
    assert sum(component["type"] == 2 for component in parts.nested(body["components"])) <= 3
    assert body["allowed_mentions"] == {"parse": []}


async def test_an_announcement_channel_keeps_the_plain_root(platform: Discord, fake: FakeDiscord) -> None:
    fake.channel("100", type=5)
    await post(platform, planned(full()))
    assert fake.messages["100"][0]["flags"] == parts.SUPPRESS_EMBEDS
    assert not fake.bodies("PATCH", ".*")


async def test_a_root_that_cannot_be_upgraded_is_complete_as_it_is(platform: Discord, fake: FakeDiscord) -> None:
    fake.troubles.append(Trouble("PATCH", ".*", 400, 50035))
    await post(platform, planned(full()))
    assert fake.texts("100")[0].startswith("## AI Daily")


async def test_root_only_is_one_message_and_promises_no_thread(platform: Discord, fake: FakeDiscord) -> None:
    await post(platform, planned(full(), root_only=True))
    assert len(fake.messages["100"]) == 1
    assert "스레드" not in fake.texts("100")[0]
    assert not fake.bodies("POST", THREAD)


async def test_in_a_forum_the_post_is_the_root_and_its_thread(platform: Discord, fake: FakeDiscord) -> None:
    fake.channel("100", type=15, flags=1 << 4, available_tags=[{"id": "77", "name": "AI"}, {"id": "78", "name": "x"}])
    refs = await post(platform, planned(full()))
    (thread,) = fake.threads("100")
    assert refs[0] == refs[2] == thread["id"]
    assert len(fake.messages[thread["id"]]) == 7
    assert fake.messages[thread["id"]][0]["flags"] == parts.V2
    assert fake.bodies("POST", r"/channels/100/threads")[0]["applied_tags"] == ["77"]


async def test_where_no_thread_can_be_opened_the_stories_follow_together(platform: Discord, fake: FakeDiscord) -> None:
    fake.most_threads = 0
    refs = await post(platform, planned(quiet()))
    assert refs[2] == IN_CHANNEL
    assert len(fake.messages["100"]) == 2, "all of it in one message"
    assert "CodeOCR" in fake.texts("100")[1] and "원문 목록" in fake.texts("100")[1]


async def test_in_the_channel_nothing_of_a_full_edition_is_left_out(platform: Discord, fake: FakeDiscord) -> None:
    fake.most_threads = 0
    await post(platform, planned(full()))
    everything = "\n".join(fake.texts("100"))
    assert len(fake.messages["100"]) < 7
    for story in full().stories:
        assert story.headline in everything and story.one_liner in everything


async def test_a_direct_message_has_no_threads(platform: Discord, fake: FakeDiscord) -> None:
    fake.channel("100", type=1)
    del fake.channels["100"]["guild_id"]
    refs = await post(platform, planned(quiet()))
    assert refs[2] == IN_CHANNEL and len(fake.messages["100"]) == 2


async def test_a_thread_that_is_there_already_is_a_success(platform: Discord, fake: FakeDiscord) -> None:
    root, upgrade, thread, *_ = planned(full())
    refs = await post(platform, (root, upgrade))
    first = await platform.do(thread, CHANNEL, refs)
    again = await platform.do(thread, CHANNEL, refs)
    assert first == again == Done(refs[0])
    assert len(fake.threads("100")) == 1


async def test_every_step_is_found_again_and_none_that_is_not_out(platform: Discord, fake: FakeDiscord) -> None:
    steps = planned(full())
    refs: tuple[str, ...] = ()
    for step in steps:
        assert await platform.find(step, CHANNEL, refs) == Absent(), step.kind
        outcome = await platform.do(step, CHANNEL, refs)
        assert isinstance(outcome, Done)
        assert await platform.find(step, CHANNEL, refs) == outcome, step.kind
        refs = (*refs, outcome.ref)


@pytest.mark.parametrize("kind", ["forum", "no thread"])
async def test_steps_are_found_in_forums_and_without_a_thread(platform: Discord, fake: FakeDiscord, kind: str) -> None:
    if kind == "forum":
        fake.channel("100", type=15)
    else:
        fake.most_threads = 0
    refs: tuple[str, ...] = ()
    for step in planned(full()):
        outcome = await platform.do(step, CHANNEL, refs)
        assert isinstance(outcome, Done)
        if outcome.ref not in (IN_CHANNEL, *refs):
            assert await platform.find(step, CHANNEL, refs) == outcome
        refs = (*refs, outcome.ref)


async def test_a_forum_post_of_the_same_name_by_somebody_else_is_not_ours(platform: Discord, fake: FakeDiscord) -> None:
    fake.channel("100", type=15)
    root = planned(full())[0]
    other = fake._open(fake.new_id(), "100", {"name": "AI Daily · 2월 3일 (화)", "auto_archive_duration": 60})
    fake.put(other["id"], {"content": "mine"}, author="702", id=other["id"])
    assert await platform.find(root, CHANNEL, ()) == Absent()


async def test_a_busy_channel_is_looked_through_in_several_looks(platform: Discord, fake: FakeDiscord) -> None:
    root = planned(full())[0]
    sent = await platform.do(root, CHANNEL, ())
    for n in range(620):
        fake.put("100", {"content": f"chat {n}"}, author="702")
    first = await platform.find(root, CHANNEL, ())
    assert isinstance(first, CouldNotLook) and first.retry_after_s
    assert await platform.find(root, CHANNEL, ()) == sent


async def test_somebody_who_repeats_our_words_is_not_us(platform: Discord, fake: FakeDiscord) -> None:
    root = planned(full())[0]
    fake.put("100", parts.plain(root.message, root.key) if root.message else {}, author="702")
    assert await platform.find(root, CHANNEL, ()) == Absent()


async def test_an_empty_history_without_the_permission_to_read_it_is_no_answer(
    platform: Discord, fake: FakeDiscord
) -> None:
    root = planned(full())[0]
    fake.roles = [{"id": GUILD, "permissions": str(int("309237763072") & ~(1 << 16)), "name": "@everyone"}]
    assert isinstance(await platform.find(root, CHANNEL, ()), CouldNotLook)
    fake.roles = [{"id": GUILD, "permissions": "309237763072", "name": "@everyone"}]
    assert await platform.find(root, CHANNEL, ()) == Absent()


ENDS: tuple[tuple[Trouble, type[Any]], ...] = (
    (Trouble("POST", POST, 429, retry_after=0.7), NotSent),
    (Trouble("POST", POST, 429, retry_after=400, scope="shared"), NotSent),
    (Trouble("POST", POST, 429, retry_after=0.0), NotSent),
    (Trouble("POST", POST, 429, retry_after=3, scope="global"), NotSent),
    (Trouble("POST", POST, 429, via=""), NotSent),
    (Trouble("POST", POST, 401), NotSent),
    (Trouble("POST", POST, 403, 50001), Closed),
    (Trouble("POST", POST, 403, 50013), Closed),
    (Trouble("POST", POST, 404, 10003), Closed),
    (Trouble("POST", POST, 403, 20009), Closed),
    (Trouble("POST", POST, 400, 50035), Rejected),
    (Trouble("POST", POST, 500, done=True), Unsure),
    (Trouble("POST", POST, 502, done=True), Unsure),
    (Trouble("POST", POST, 503), Unsure),
    (Trouble("POST", POST, 524), Unsure),
    (Trouble("POST", POST), Unsure),
    (Trouble("POST", POST, done=True), Unsure),
)


@pytest.mark.parametrize(
    ("trouble", "end"), ENDS, ids=lambda value: getattr(value, "__name__", "") or str(value.status)
)
async def test_how_a_write_ends_is_sorted_once_and_nothing_is_repeated(
    platform: Discord, fake: FakeDiscord, trouble: Trouble, end: type[Outcome]
) -> None:
    fake.troubles.append(trouble)
    outcome = await platform.do(planned(full())[0], CHANNEL, ())
    assert isinstance(outcome, end)
    assert len(fake.bodies("POST", POST)) == 1, "tried once"
    if isinstance(outcome, NotSent) and trouble.status == 429 and trouble.via:
        assert outcome.retry_after_s == trouble.retry_after
        assert outcome.everywhere == (trouble.scope == "global")


async def test_a_minute_long_limit_holds_no_connection(platform: Discord, fake: FakeDiscord) -> None:
    root, upgrade, thread, *_ = planned(full())
    refs = await post(platform, (root, upgrade))
    fake.troubles.append(Trouble("POST", THREAD, 429, retry_after=240, scope="shared"))
    async with asyncio.timeout(2):
        assert await platform.do(thread, CHANNEL, refs) == NotSent("Discord의 요청 제한에 걸렸습니다.", 240.0)


async def test_a_server_that_is_away_is_surely_not_sent(fake: FakeDiscord) -> None:
    async with fake_discord() as gone, discord_at(gone):
        pass
    assert gone.url
    away = Discord(settings_for(gone), Store("sqlite+aiosqlite:///never-opened.db"), nobody)
    await away.open()
    assert isinstance(await away.do(planned(full())[0], CHANNEL, ()), NotSent)
    await away.close()


async def test_a_lost_answer_sent_again_within_the_window_makes_no_second_message(
    platform: Discord, fake: FakeDiscord
) -> None:
    root = planned(full())[0]
    fake.troubles.append(Trouble("POST", POST, done=True))
    assert isinstance(await platform.do(root, CHANNEL, ()), Unsure)
    again = await platform.do(root, CHANNEL, ())
    assert isinstance(again, Done) and len(fake.messages["100"]) == 1


async def test_after_the_window_a_look_says_that_it_is_out(platform: Discord, fake: FakeDiscord) -> None:
    fake.nonce_window_s = 0.0
    root = planned(full())[0]
    fake.troubles.append(Trouble("POST", POST, done=True))
    assert isinstance(await platform.do(root, CHANNEL, ()), Unsure)
    assert await platform.find(root, CHANNEL, ()) == Done(fake.messages["100"][0]["id"])


async def test_a_thread_that_somebody_deleted_ends_the_delivery_not_the_subscription(
    platform: Discord, fake: FakeDiscord
) -> None:
    steps = planned(full())
    refs = await post(platform, steps[:4])
    del fake.channels[refs[2]]
    assert isinstance(await platform.do(steps[4], CHANNEL, refs), Rejected)


async def test_a_root_that_somebody_deleted_gets_no_thread(platform: Discord, fake: FakeDiscord) -> None:
    steps = planned(full())
    refs = await post(platform, steps[:1])
    fake.messages["100"].clear()
    upgraded = await platform.do(steps[1], CHANNEL, refs)
    assert upgraded == Done(refs[0])
    assert isinstance(await platform.do(steps[2], CHANNEL, (*refs, refs[0])), Rejected)


async def test_a_look_that_fails_never_says_absent(platform: Discord, fake: FakeDiscord) -> None:
    steps = planned(full())
    refs = await post(platform, steps[:4])
    for step in (steps[0], steps[2], steps[4]):
        fake.troubles.append(Trouble("GET", ".*", 502))
        assert isinstance(await platform.find(step, CHANNEL, refs[: step.seq]), CouldNotLook)
        fake.troubles.clear()
    fake.troubles.append(Trouble("GET", ".*", 429, retry_after=9))
    looked = await platform.find(steps[0], CHANNEL, ())
    assert isinstance(looked, CouldNotLook) and looked.retry_after_s == 9


async def test_a_refused_token_is_said_at_the_start(fake: FakeDiscord) -> None:
    platform = Discord(settings_for(fake, "wrong"), Store("sqlite+aiosqlite:///never-opened.db"), nobody)
    with pytest.raises(SettingsError, match="DISCORD_BOT_TOKEN"):
        await platform.open()
    await platform.close()


async def test_telling_the_operator_is_one_message(platform: Discord, fake: FakeDiscord) -> None:
    message = planned(full())[3].message
    assert message is not None
    assert isinstance(await platform.tell(CHANNEL, message), Done)
    assert len(fake.messages["100"]) == 1
    fake.troubles.append(Trouble("POST", POST, 403, 50013))
    assert isinstance(await platform.tell(CHANNEL, message), Closed)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_texts_stay_within_every_limit_and_are_found(
    platform: Discord, fake: FakeDiscord, text: str
) -> None:
    refs: tuple[str, ...] = ()
    for step in planned(hostile(text)):
        outcome = await platform.do(step, CHANNEL, refs)
        assert isinstance(outcome, Done)
        if step.kind != "upgrade":
            assert await platform.find(step, CHANNEL, refs) == outcome
        refs = (*refs, outcome.ref)
    assert fake.messages["100"][0]["author"]["id"] == ME


@pytest.mark.parametrize("edition", [full(), quiet(), nothing()], ids=["full", "quiet", "nothing"])
def test_steps_are_the_same_at_every_try_and_keys_differ(edition: Edition) -> None:
    assert steps_of(edition, {}) == steps_of(edition, {})
    keys = {
        key_of(edition.date, place, s.seq)
        for place in (CHANNEL, Place("discord", "101"))
        for s in steps_of(edition, {})
    }
    assert len(keys) == 2 * len(steps_of(edition, {}))
    assert all(len(key) <= 25 for key in keys)


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=6000))
def test_whatever_a_title_says_no_part_is_over_a_limit(text: str) -> None:
    server = FakeDiscord()
    for step in planned(hostile(text)):
        message = step.message
        assert message is not None
        server.held(parts.plain(message, step.key) if step.kind == "root" else parts.layout(message, step.key))
    assert not server.over, server.over


def test_length_is_the_longer_of_code_points_and_utf_16_units() -> None:
    assert utf16("각") == 1
    assert utf16("👩‍👩‍👧‍👦") == 11


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("1. 하나", "1\\. 하나"), ("2) 둘", "2\\) 둘"), ("12.5% 향상", "12.5% 향상"), ("# 제목", "\\# 제목"),
        ("> 인용", "\\> 인용"), ("- 항목", "\\- 항목"), ("*굵게* _기울임_ `c`", "\\*굵게\\* \\_기울임\\_ \\`c\\`"),
        ("~~취소~~ ||가림||", "\\~\\~취소\\~\\~ \\|\\|가림\\|\\|"), ("5~10", "5~10"), ("<@1> <#2>", "\\<@1> \\<#2>"),
        ("@everyone", "\\@everyone"), ("https://evil.example", "https\\://evil.example"), ("[a](b)", "\\[a\\](b)"),
    ],
)  # fmt: skip
def test_markup_in_a_text_is_what_a_reader_sees(text: str, markdown: str) -> None:
    assert escaped(text) == markdown


def test_a_title_that_would_break_its_link_keeps_the_link_beside_it() -> None:
    link = Span("a ](https://evil.example) b", url="https://example.com/")
    assert inline((link,)).endswith(" [↗](<https://example.com/>)")
    assert inline((Span("[Show HN] x", bold=True, url="https://e.x/"),)) == "**[\\[Show HN\\] x](<https://e.x/>)**"
