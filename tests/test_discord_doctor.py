"""What an operator is told of Discord, fault by fault, each with what to do about it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Place
from bot.discord import commands
from bot.discord.doctor import examine
from bot.examined import Examined
from bot.settings import Settings
from tests.fake_discord import GUILD, NEEDED, FakeDiscord, Trouble, fake_discord
from tests.test_discord_posting import discord_at, settings_for

NAMES = ("Discord 토큰", "Discord 인텐트", "Discord 게이트웨이", "Discord 명령", "Discord 채널 100")


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """A server in which all is well."""
    async with fake_discord() as server:
        server.commands = await commands.registered()
        server.roles = [{"id": GUILD, "permissions": NEEDED, "name": "@everyone"}]
        yield server
        assert not server.over, server.over


async def faults(fake: FakeDiscord, *channels: str, **settings: Any) -> list[Examined]:
    chosen: Settings = settings_for(fake).model_copy(update=settings)
    found = await examine(chosen, channels)
    for one in found:
        assert one.state == "ok" or one.remedy, "each fault with what to do about it"
    return [one for one in found if one.state == "fault"]


async def test_all_is_well(fake: FakeDiscord) -> None:
    found = await examine(settings_for(fake), ["100"])
    assert tuple(one.name for one in found) == NAMES
    assert {one.state for one in found} == {"ok"}
    assert "1,000/1,000" in found[2].detail and "#channel-100" in found[4].detail
    assert f"{len(fake.commands[0]['options'])}개" in found[3].detail
    assert not fake.logins, "nobody logs in: presses must go to the bot"


async def test_a_refused_token_is_the_only_thing_said(fake: FakeDiscord) -> None:
    (fault,) = await examine(settings_for(fake, "wrong"), ["100"])
    assert (fault.state, fault.name, fault.setting) == ("fault", "Discord 토큰", "DISCORD_BOT_TOKEN")


async def test_commands_that_are_not_registered_are_named(fake: FakeDiscord) -> None:
    options = fake.commands[0]["options"]
    fake.commands[0]["options"] = [each for each in options if each["name"] not in ("today", "용어")]
    (fault,) = await faults(fake)
    assert fault.detail == "등록되지 않은 명령: /aidaily today, /aidaily 용어"


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that something is the matter with, and the words it is told in."""

    said: str
    trouble: Trouble | None = None
    type: int = 0
    deny: int = 0
    id: str = "100"


CHANNELS = {
    "permissions": Channel("'공개 스레드 만들기', '메시지 기록 보기'", deny=1 << 35 | 1 << 16),
    "unseen": Channel("'채널 보기' 권한", Trouble("GET", "/channels/100", 403, 50001)),
    "gone": Channel("그런 채널이 없습니다", id="999"),
    "no number": Channel("채널 번호가 아닙니다", id="ai-daily"),
    "not in the server": Channel("봇이 그 서버에 없습니다", Trouble("GET", "/guilds/.*", 404, 10004)),
    "a category": Channel("글을 올릴 수 있는 채널이 아닙니다", type=4),
    "Discord is ill": Channel("HTTP 500", Trouble("GET", "/channels/100", 500)),
}


@pytest.mark.parametrize("kind", CHANNELS)
async def test_what_is_the_matter_with_a_channel_is_said_by_name(fake: FakeDiscord, kind: str) -> None:
    case = CHANNELS[kind]
    fake.channel("100", case.type)
    fake.channels["100"]["permission_overwrites"] = [{"id": GUILD, "type": 0, "deny": str(case.deny), "allow": "0"}]
    fake.troubles.extend([case.trouble] if case.trouble else [])
    (fault,) = await faults(fake, case.id)
    assert fault.name == f"Discord 채널 {case.id}" and case.said in fault.detail
    assert not fault.setting, "a subscription is no setting"
    fake.troubles.extend([case.trouble] if case.trouble else [])
    (fault,) = await faults(fake, discord_channels=(case.id,))
    ill = bool(case.trouble and case.trouble.status >= 500)
    assert fault.setting == ("" if case.deny or ill else "DISCORD_CHANNELS")
    assert ill is ("네트워크" in fault.remedy)


async def test_a_threads_permissions_are_those_of_its_channel(fake: FakeDiscord) -> None:
    fake.channels["100"]["permission_overwrites"] = [{"id": GUILD, "type": 0, "deny": "2048", "allow": "0"}]
    fake.channel("200", 11, parent_id="100")
    (fault,) = await faults(fake, "200")
    assert "'메시지 보내기'" in fault.detail


async def test_a_gateway_that_is_away_or_used_up_is_told(fake: FakeDiscord) -> None:
    (fault,) = await faults(fake, discord_gateway_url="ws://127.0.0.1:9")
    assert fault.name == "Discord 게이트웨이" and "DISCORD_GATEWAY_URL" in fault.remedy
    fake.logins_left = 0
    (fault,) = await faults(fake)
    assert "1,000번을 다 써서" in fault.detail and "시간 뒤" in fault.remedy


@pytest.mark.parametrize("path", ["/users/@me", "/oauth2/.*", "/gateway/bot", "/applications/.*"])
async def test_a_discord_that_answers_badly_is_a_fault_and_no_traceback(fake: FakeDiscord, path: str) -> None:
    fake.troubles.extend([Trouble("GET", path, 503)] * 3)
    assert await faults(fake)


async def test_a_discord_that_is_away_is_told_in_one_line(fake: FakeDiscord) -> None:
    (fault,) = await faults(fake, discord_api_url="http://127.0.0.1:9/api/v10")
    assert fault.name == "Discord 연결"


@pytest.mark.parametrize(("type", "threads"), [(0, 1), (5, 1), (15, 1), (2, 0), (13, 0)])
async def test_a_trial_leaves_no_message_and_an_archived_thread(fake: FakeDiscord, type: int, threads: int) -> None:
    fake.channel("100", type)
    async with discord_at(fake) as platform:
        assert await platform.welcome(Place("discord", "100", GUILD)) is None
    assert not fake.messages["100"] and not fake.threads("100")
    assert sum(each["type"] == 11 for each in fake.channels.values()) == threads


async def test_a_trial_that_fails_half_way_is_put_away_all_the_same(fake: FakeDiscord, tmp_path: Path) -> None:
    async with discord_at(fake) as platform:
        for skip, path in ((0, r"/channels/100/messages"), (0, r".*/threads"), (1, r"/channels/\d+/messages")):
            fake.troubles.append(Trouble("POST", path, 403, 50013, skip=skip))
            said = await platform.welcome(Place("discord", "100", GUILD))
            assert said and "권한" in said
            assert not fake.messages["100"] and not fake.threads("100")
