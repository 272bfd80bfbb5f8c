"""Hearing people through the gateway, over TCP: acknowledgements, dropped connections, the end."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat import Field, Form, Reply, Request, Say
from bot.commands import build_answer
from bot.commands.saying import note
from bot.discord import Discord
from bot.discord.components import nested
from core.errors import SettingsError, StoreError
from core.store import Store
from tests.fake_discord import APPLICATION, GUILD, ME, FakeDiscord, Trouble, fake_discord
from tests.fakes import FakeClock, made_app, seoul, until
from tests.test_discord_posting import nobody, settings_for

HELP = {"id": "1", "name": "aidaily", "type": 1, "options": [{"type": 1, "name": "help", "options": []}]}
SETTINGS = {"id": "1", "name": "aidaily", "type": 1, "options": [{"type": 1, "name": "settings", "options": []}]}
FORM = Form("settings.save", "채널 설정", (Field("when", "시각", "16:40"),))


class Someone:
    """Answers as it is told, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.replies: Callable[[Request, Say], Awaitable[Reply | None]] = self.plain

    async def __call__(self, request: Request, say: Say) -> Reply | None:
        self.asked.append(request)
        return await self.replies(request, say)

    @staticmethod
    async def plain(request: Request, say: Say) -> Reply | None:
        return note(f"답: {request.verb} {request.words}")


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with fake_discord() as server:
        yield server
        assert not server.over, server.over


@asynccontextmanager
async def hearing(fake: FakeDiscord, someone: Someone, home: Path) -> AsyncIterator[asyncio.Task[None]]:
    """The adapter, listening; cancelled at the end as a process does it."""
    async with Store(f"sqlite+aiosqlite:///{home}/a.db") as store:
        platform = Discord(settings_for(fake), store, nobody)
        await platform.open()
        before = len(fake.logins)
        task = asyncio.create_task(platform.listen(someone))
        try:
            await until(lambda: len(fake.logins) > before or task.done())
            await asyncio.sleep(0.1)
            yield task
        finally:
            task.cancel()
            await asyncio.wait({task})
            await platform.close()


def text(body: Any) -> str:
    """All that can be read in it."""
    parts = [each["content"] for each in nested(body.get("components", ())) if each["type"] == 10]
    return "\n".join([body.get("content") or "", *parts])


async def test_a_command_is_acknowledged_at_once_and_answered_in_its_place(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def slow(request: Request, say: Say) -> Reply | None:
        await say("본문을 읽는 중입니다…")
        await asyncio.sleep(0.6)
        return note("다 읽었습니다.")

    someone.replies = slow
    async with hearing(fake, someone, tmp_path):
        begun = time.monotonic()
        token = await fake.interact(2, HELP, "100")
        await fake.answered(token, 1)
        assert time.monotonic() - begun < 0.5
        acknowledged, progress, answer = await fake.answered(token, 3)
    assert acknowledged == ("CALLBACK", {"type": 5, "data": {"flags": 64}})
    assert progress[0] == "PATCH" and progress[1]["content"] == "본문을 읽는 중입니다…"
    assert answer[0] == "PATCH" and answer[1]["content"] is None and "다 읽었습니다" in text(answer[1])
    (request,) = someone.asked
    assert (request.verb, request.place.channel, request.place.workspace) == ("help", "100", GUILD)
    assert request.person.may_manage is True


async def test_a_form_is_the_first_response(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def form(request: Request, say: Say) -> Reply | None:
        return Reply(form=FORM)

    someone.replies = form
    async with hearing(fake, someone, tmp_path):
        ((kind, body),) = await fake.answered(await fake.interact(2, SETTINGS, "100"), 1)
    assert kind == "CALLBACK" and body["type"] == 9
    assert body["data"]["custom_id"] == "aid:settings.save:"


async def test_a_form_that_comes_too_late_is_asked_for_again(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def late(request: Request, say: Say) -> Reply | None:
        await asyncio.sleep(2.3)
        return Reply(form=FORM)

    someone.replies = late
    async with hearing(fake, someone, tmp_path):
        acknowledged, sorry = await fake.answered(await fake.interact(2, SETTINGS, "100"), 2)
    assert acknowledged[1]["type"] == 5 and "한 번 더" in sorry[1]["content"]


@pytest.mark.parametrize(("data", "kind"), [(HELP, 5), (SETTINGS, 9)], ids=["answer", "form"])
async def test_an_acknowledgement_whose_receipt_is_lost_is_one(
    fake: FakeDiscord, tmp_path: Path, data: dict[str, Any], kind: int
) -> None:
    someone = Someone()

    async def answer(request: Request, say: Say) -> Reply | None:
        return note("답") if request.verb == "help" else Reply(form=FORM)

    someone.replies = answer
    fake.troubles.append(Trouble("POST", "/interactions/.*", 502, done=True))
    async with hearing(fake, someone, tmp_path):
        token = await fake.interact(2, data, "100")
        await fake.answered(token, 2 if kind == 5 else 1)
        await until(lambda: len(fake.bodies("POST", "/interactions/.*")) == 2)
        await asyncio.sleep(0.2)
    said = await fake.answered(token, 1)
    assert [body.get("type") for _, body in said] == ([5, None] if kind == 5 else [9])
    assert all("죄송합니다" not in text(body) for _, body in said)


async def test_an_answer_that_fails_is_not_silence(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def broken(request: Request, say: Say) -> Reply | None:
        raise StoreError("데이터베이스에 쓸 수 없습니다.")

    someone.replies = broken
    async with hearing(fake, someone, tmp_path):
        _, sorry = await fake.answered(await fake.interact(2, HELP, "100"), 2)
    assert "죄송합니다" in sorry[1]["content"] and someone.asked[0].id in sorry[1]["content"]


async def test_a_command_of_an_older_version_is_answered_with_its_number(fake: FakeDiscord, tmp_path: Path) -> None:
    gone = {"id": "1", "name": "aidaily", "type": 1, "options": [{"type": 1, "name": "dance", "options": []}]}
    async with hearing(fake, Someone(), tmp_path):
        token = await fake.interact(2, gone, "100")
        ((_, body),) = await fake.answered(token, 1)
    assert body["type"] == 4 and token.removeprefix("token-") in body["data"]["content"]


async def test_what_another_process_answers_is_left_to_it(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def not_mine(request: Request, say: Say) -> Reply | None:
        return None

    someone.replies = not_mine
    async with hearing(fake, someone, tmp_path):
        token = await fake.interact(2, HELP, "100")
        await until(lambda: someone.asked)
        await asyncio.sleep(0.1)
        assert len(await fake.answered(token, 1)) == 1, "the acknowledgement alone"


async def test_a_dropped_gateway_is_resumed_and_heard_again(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()
    async with hearing(fake, someone, tmp_path):
        await fake.sockets[-1].send_json({"op": 7, "d": None, "s": None, "t": None})
        await until(lambda: fake.logins == ["IDENTIFY", "RESUME"])
        await fake.answered(await fake.interact(2, HELP, "100"), 2)
        await fake.drop()
        await until(lambda: len(fake.logins) == 3, within_s=30)
        await asyncio.sleep(0.1)
        await fake.answered(await fake.interact(2, HELP, "100"), 2)
    assert len(someone.asked) == 2


async def test_a_payload_that_kills_the_client_does_not_end_the_hearing(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()
    async with hearing(fake, someone, tmp_path) as task:
        await fake.send("GUILD_CREATE", {"id": "not a number"})
        await until(lambda: fake.logins.count("IDENTIFY") == 2, within_s=10)
        await asyncio.sleep(0.1)
        await fake.answered(await fake.interact(2, HELP, "100"), 2)
        assert not task.done()


async def test_the_end_finishes_what_is_being_answered_and_closes_with_1000(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def slow(request: Request, say: Say) -> Reply | None:
        await asyncio.sleep(0.5)
        return note("끝까지 답했습니다.")

    someone.replies = slow
    async with hearing(fake, someone, tmp_path):
        token = await fake.interact(2, HELP, "100")
        await fake.answered(token, 1)
    said = await fake.answered(token, 2)
    assert "끝까지 답했습니다" in text(said[1][1])
    await until(lambda: fake.close_codes)
    assert fake.close_codes == [1000]


async def test_an_answer_too_long_for_the_end_is_called_off_in_words(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def endless(request: Request, say: Say) -> Reply | None:
        await asyncio.sleep(60)
        return None

    someone.replies = endless
    async with hearing(fake, someone, tmp_path):
        token = await fake.interact(2, HELP, "100")
        await fake.answered(token, 1)
    said = await fake.answered(token, 2)
    assert "다시 시작하는 중" in said[1][1]["content"]


async def test_a_mention_is_answered_under_it_and_progress_becomes_the_answer(
    fake: FakeDiscord, tmp_path: Path
) -> None:
    someone = Someone()

    async def speak(request: Request, say: Say) -> Reply | None:
        await say("본문에서 찾는 중입니다…")
        return note("§4.2에 있습니다.", private=False)

    someone.replies = speak
    async with hearing(fake, someone, tmp_path):
        await fake.send("MESSAGE_CREATE", mention("600", f"<@{ME}> GPU는 몇 장 썼나요?"))
        await until(lambda: fake.texts("100") and "§4.2" in fake.texts("100")[-1])
    (request,) = someone.asked
    assert (request.id, request.verb, request.words) == ("600", "mention", "GPU는 몇 장 썼나요?")
    assert len(fake.messages["100"]) == 1
    assert fake.bodies("POST", r"/channels/100/messages")[0]["message_reference"]["message_id"] == "600"


@pytest.mark.parametrize("status", [0, 403, 429, 502])
async def test_a_mention_is_answered_although_no_typing_can_be_shown(
    fake: FakeDiscord, tmp_path: Path, status: int
) -> None:
    fake.troubles.extend([Trouble("POST", r"/channels/100/typing", status, retry_after=20.0)] * 5)
    async with hearing(fake, Someone(), tmp_path):
        await fake.send("MESSAGE_CREATE", mention("605", f"<@{ME}> 왜요?"))
        await until(lambda: fake.texts("100"), within_s=2)
    assert fake.texts("100") == ["답: mention 왜요?"]
    assert len(fake.troubles) < 5


async def test_an_answer_whose_receipt_is_lost_is_not_given_twice(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()

    async def speak(request: Request, say: Say) -> Reply | None:
        return Reply((*note("하나").messages, *note("둘").messages), private=False)

    someone.replies = speak
    fake.troubles.append(Trouble("POST", r"/channels/100/messages", 502, done=True))
    async with hearing(fake, someone, tmp_path):
        await fake.send("MESSAGE_CREATE", mention("606", f"<@{ME}> 왜요?"))
        await until(lambda: len(fake.texts("100")) == 2)
    assert fake.texts("100") == ["하나", "둘"] and not fake.troubles
    assert len(fake.bodies("POST", r"/channels/100/messages")) == 3


async def test_a_reply_to_a_story_asks_about_that_story(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()
    async with hearing(fake, someone, tmp_path):
        reference = {"message_id": "555", "channel_id": "100", "guild_id": GUILD, "type": 0}
        await fake.send("MESSAGE_CREATE", mention("601", f"<@{ME}> 왜요?") | {"message_reference": reference})
        await until(lambda: someone.asked)
    assert someone.asked[0].replies_to == "555"


async def test_bots_and_messages_that_do_not_mention_us_are_not_heard(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()
    async with hearing(fake, someone, tmp_path):
        bot = mention("602", f"<@{ME}> hi")
        bot["author"]["bot"] = True
        await fake.send("MESSAGE_CREATE", bot)
        await fake.send("MESSAGE_CREATE", mention("603", "@everyone hi") | {"mentions": [], "mention_everyone": True})
        await fake.send("MESSAGE_CREATE", mention("604", f"<@{ME}> hi"))
        await until(lambda: someone.asked)
    assert [request.id for request in someone.asked] == ["604"]


async def test_what_happens_to_channels_is_reported_in_nobodys_name(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()
    fake.channel("102")
    async with hearing(fake, someone, tmp_path):
        await fake.send("CHANNEL_DELETE", fake.channels["100"])
        await fake.send("GUILD_DELETE", {"id": GUILD})
        await until(lambda: len(someone.asked) == 2)
    gone, left = someone.asked
    assert (gone.verb, gone.place.channel, gone.place.workspace, gone.person.id) == ("gone", "100", GUILD, "")
    assert (left.verb, left.place.workspace, left.person.id) == ("left", GUILD, "")
    assert left.words.split() == ["102"]


async def test_a_server_that_is_away_for_a_while_is_not_forgotten(fake: FakeDiscord, tmp_path: Path) -> None:
    someone = Someone()
    async with hearing(fake, someone, tmp_path):
        await fake.send("GUILD_DELETE", {"id": GUILD, "unavailable": True})
        await fake.answered(await fake.interact(2, HELP, "100"), 2)
    assert [request.verb for request in someone.asked] == ["help"]


async def test_commands_that_could_not_be_registered_are_tried_again_while_people_are_heard(
    fake: FakeDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot.discord.gateway")
    fake.troubles.append(Trouble("PUT", rf"/applications/{APPLICATION}/commands", 403, 50001))
    async with hearing(fake, Someone(), tmp_path):
        await until(lambda: not fake.troubles)
        await fake.answered(await fake.interact(2, HELP, "100"), 2)
        await until(lambda: "registered=True" in caplog.text)
    assert [command["name"] for command in fake.commands] == ["aidaily"] and fake.logins == ["IDENTIFY"]
    async with hearing(fake, Someone(), tmp_path):
        await until(lambda: "registered=False" in caplog.text)
    assert len(fake.bodies("PUT", ".*")) == 2, "the last start changes nothing"


async def test_commands_that_somebody_deleted_are_registered_again(fake: FakeDiscord, tmp_path: Path) -> None:
    async with hearing(fake, Someone(), tmp_path):
        await until(lambda: fake.commands)
    fake.commands = []
    async with hearing(fake, Someone(), tmp_path):
        await until(lambda: fake.commands)
    assert [command["name"] for command in fake.commands] == ["aidaily"]


@pytest.mark.parametrize(
    ("allowed", "hall", "count"), [("309237763072", "800", 1), ("1024", "800", 0), ("309237763072", None, 0)],
    ids=["greeted", "not writable", "no system channel"],
)  # fmt: skip
async def test_a_server_that_invites_the_bot_is_greeted_once_where_it_greets(
    fake: FakeDiscord, tmp_path: Path, allowed: str, hall: str | None, count: int
) -> None:
    someone = Someone()
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/b.db") as store:
        someone.replies = build_answer(made_app(store, FakeClock(seoul("2026-02-03 12:00")), tmp_path))
        async with hearing(fake, someone, tmp_path):
            assert not someone.asked, "a server that was there before is not greeted"
            fake.channel("800")
            fake.joined_at = datetime.now(UTC).isoformat()
            roles = [{**fake.guild()["roles"][0], "id": "501", "permissions": allowed}]
            joined = {"id": "501", "system_channel_id": hall, "channels": [fake.channels["800"]], "roles": roles}
            for again in ({}, {"unavailable": False}, {}):
                await fake.send("GUILD_CREATE", fake.guild() | joined | again)
            await fake.answered(await fake.interact(2, HELP, "100"), 2)
            await asyncio.sleep(0.2)
    assert len(fake.texts("800")) == count
    for body in fake.bodies("POST", r"/channels/800/messages"):
        assert "/aidaily subscribe" in text(body) and "message_reference" not in body


@pytest.mark.parametrize("away", ["api", "gateway"])
async def test_a_discord_that_is_away_is_one_line_at_every_try(
    fake: FakeDiscord, tmp_path: Path, caplog: pytest.LogCaptureFixture, away: str
) -> None:
    nobody_there = settings_for(fake)
    if away == "api":
        nobody_there = nobody_there.model_copy(update={"discord_api_url": "http://127.0.0.1:9/api/v10"})
    fake.gateway_url = "ws://127.0.0.1:9"
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/a.db") as store:
        platform = Discord(nobody_there, store, nobody)
        await platform.open()
        caplog.clear()
        task = asyncio.create_task(platform.listen(Someone()))
        await until(lambda: any("reason=Client" in each.getMessage() for each in caplog.records))
        task.cancel()
        await asyncio.wait({task})
        await platform.close()
    [told] = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert "ClientConnectorError" in told.getMessage() and told.exc_info is None


async def test_a_refused_token_is_not_tried_again_and_again(fake: FakeDiscord, tmp_path: Path) -> None:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/a.db") as store:
        platform = Discord(settings_for(fake, "wrong"), store, nobody)
        with pytest.raises(SettingsError):
            await platform.open()
        with pytest.raises(SettingsError):
            await platform.listen(Someone())
        await platform.close()
    assert len(fake.requests) == 2


def mention(id: str, content: str) -> dict[str, Any]:
    who = {"username": "minsu", "global_name": "민수", "discriminator": "0", "avatar": None}
    return {
        "id": id, "channel_id": "100", "guild_id": GUILD, "content": content,
        "author": {**who, "id": "701", "bot": False},
        "member": {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0, "deaf": False, "mute": False},
        "timestamp": "2026-02-03T08:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
        "mentions": [{**who, "id": ME, "bot": True}], "mention_roles": [], "attachments": [], "embeds": [],
        "pinned": False, "flags": 0, "components": [], "type": 0,
    }  # fmt: skip
