"""What people see and do on Discord, in an in-process Discord with its permissions: commands, buttons, modals,
mentions, restarts, all answered by the real commands on a real store."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from discord.http import HTTPClient, Route
from pydantic import SecretStr

from bot.app import App
from bot.chat import Answer, Done, Place
from bot.commands import build_answer
from bot.delivery import Courier, key_of
from bot.discord import Discord, commands
from bot.discord.components import nested
from bot.operator import Operator
from bot.suggesting import Suggestions
from core.expanding import CitedAnswer
from core.expanding.answers import CitedClaim
from core.llm import Turn
from core.model import Paper, Profile
from core.readingroom import ReadingRoom, Tell
from core.store import Due, Store, Subscription
from tests.editions import DAY, full
from tests.fakes import FakeClock, made_app, seoul

NOW = seoul("2026-02-03 17:00")
MANAGER = discord.Permissions(
    view_channel=True, send_messages=True, manage_channels=True, use_application_commands=True,
    read_message_history=True, send_messages_in_threads=True,
)  # fmt: skip
MEMBER = discord.Permissions(MANAGER.value & ~discord.Permissions(manage_channels=True).value)


class Borrowed(HTTPClient):
    """The running bot's way to the simulated Discord."""

    def __init__(self) -> None:
        self.bot: discord.Client | None = None

    async def static_login(self, token: str) -> Any:
        assert self.bot is not None
        return await self.bot.http.static_login(token)

    async def request(self, route: Route, **how: Any) -> Any:
        assert self.bot is not None
        return await self.bot.http.request(route, **how)

    async def close(self) -> None:
        pass


class Knowing(ReadingRoom):
    """A reading room that knows the answer without the paper, and keeps what it was told of the talk before."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.heard: list[tuple[str, ...]] = []

    async def ask(
        self, paper: Paper, question: str, turns: Sequence[Turn], tell: Tell, terms: object = ()
    ) -> CitedAnswer:
        self.heard.append(tuple(turn.content for turn in turns))
        said = f"{paper.id}: 실패한 시도의 증거를 넘깁니다."
        return CitedAnswer(paper.id, "html", 1, question, (CitedClaim(said, ("§3.1",)),), True, said)


@dataclass
class World:
    env: simcord.Env
    app: App
    platform: Discord
    http: Borrowed
    answer: Answer
    guild: Any
    channel: Any
    manager: Any
    member: Any

    @property
    def place(self) -> Place:
        return Place("discord", str(self.channel.id), str(self.guild.id))

    async def post(self, **settings: Any) -> tuple[str, ...]:
        """The full edition, delivered here and written down as delivery does."""
        refs: tuple[str, ...] = ()
        for step in self.platform.steps(full(), settings):
            step = replace(step, key=key_of(DAY, self.place, step.seq))
            done = await self.platform.do(step, self.place, refs)
            assert isinstance(done, Done), done
            refs = (*refs, done.ref)
        await self.env.settle()
        return refs

    async def deliver(self) -> None:
        """The same through the store, as `run` does it."""
        await self.app.store.subscriptions.add(
            Subscription("discord", self.place.channel, NOW - timedelta(1), self.place.workspace)
        )
        (one,) = await self.app.store.subscriptions.list()
        await self.app.store.deliveries.plan([Due(DAY, "default", one.id, NOW)])
        clock = FakeClock(NOW)
        for _ in self.platform.steps(full(), {}):
            courier = Courier(self.app.store, self.platform, clock, "a", Operator(self.app.store, {}, None, clock))
            await courier.run(until_idle=True)
            clock.at += timedelta(seconds=2)
        await self.env.settle()

    async def restart(self) -> None:
        bot = self.platform.bot(self.answer, shard_count=1)
        self.http.bot = bot
        await self.env.restart_bot(bot)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with Store(f"sqlite+aiosqlite:///{tmp_path}/a.db") as store:
        await store.editions.save(full())
        await store.items.save(full().index, DAY)
        token = {"discord_bot_token": SecretStr("fake.discord.token")}
        app = made_app(store, FakeClock(NOW), tmp_path)
        http = Borrowed()
        platform = Discord(app.settings.model_copy(update=token), store, Suggestions(store, Profile()), http)
        room = Knowing(app.newsroom.house, store, app.library, None, lambda: DAY)
        app = replace(app, platforms={"discord": platform}, reading=room)
        answer = build_answer(app, lambda: NOW)
        http.bot = bot = platform.bot(answer, shard_count=1)
        env = simcord.Env(bot, settle_timeout=10.0, approved_intents=discord.Intents.none())
        await env.start()
        try:
            await platform.open()
            guild = env.create_guild("server")
            channel = guild.create_text_channel("ai-daily")
            manage = guild.create_role("manager", permissions=MANAGER)
            normal = guild.create_role("member", permissions=MEMBER)
            manager = guild.add_member(env.create_user("manager"), roles=[manage])
            member = guild.add_member(env.create_user("member"), roles=[normal])
            yield World(env, app, platform, http, answer, guild, channel, manager, member)
        finally:
            await env.shutdown()
        env.raise_errors()


def said(channel: Any) -> list[Any]:
    """What was written in a channel, without what Discord itself notes."""
    noted = (discord.MessageType.thread_created, discord.MessageType.thread_starter_message)
    return [m for m in channel.history() if m.type not in noted]


def shown(message: Any) -> str:
    """All that can be read in it."""
    raw = message.components
    parts = [c if isinstance(c, dict) else c.to_dict() for c in raw]
    return "\n".join([message.content, *(c["content"] for c in nested(parts) if c["type"] == 10)])


async def test_an_edition_is_posted_into_the_channel_and_its_thread(world: World) -> None:
    refs = await world.post()
    (root,) = said(world.channel)
    assert root.id == int(refs[0]) and "오늘" not in root.content
    assert "CodeOCR" in shown(root)
    (thread,) = world.channel.threads
    assert thread.name == "AI Daily · 2월 3일 (화)"
    stories = said(thread)
    assert len(stories) == 6
    assert all(m.flags.suppress_notifications for m in stories)


async def test_today_is_answered_to_the_asker_alone_message_by_message(world: World) -> None:
    result = await world.member.slash(world.channel, "aidaily today", date="2026-02-03")
    assert result.ephemeral
    assert "CodeOCR" in shown(result.response)
    assert len(result.followups) == 6
    assert all(each.ephemeral for each in result.followups)
    assert not said(world.channel)


async def test_help_and_unknown_days_are_said_in_korean(world: World) -> None:
    result = await world.member.slash(world.channel, "aidaily help")
    assert "AI Daily 쓰는 법" in shown(result.response)
    result = await world.member.slash(world.channel, "aidaily today", date="2020-01-01")
    assert "그날은 호가 없습니다" in shown(result.response)


async def test_every_command_that_help_names_is_there_and_no_other(world: World) -> None:
    text = shown((await world.member.slash(world.channel, "aidaily help")).response)
    named = set(re.findall(r"/aidaily ([^\s:]+)", text)) | set(re.findall(r" / ([^\s:]+)", text))
    (group,) = await commands.registered()
    assert {option["name"] for option in group["options"]} == named | {"help"}


async def test_subscribing_tries_the_channel_for_real_and_leaves_nothing_behind(world: World) -> None:
    result = await world.manager.slash(world.channel, "aidaily subscribe", time="09:00")
    (public,) = said(world.channel)
    assert "09:00" in shown(public), "for everybody to see"
    assert result.ephemeral and "채널에 올렸습니다" in shown(result.response)
    (thread,) = world.channel.threads
    assert thread.name == "AI Daily 연결 확인"
    assert world.env.backend.get_channel(thread.id).thread_metadata.archived
    subscribed = await world.app.store.subscriptions.get("discord", world.place.channel)
    assert subscribed and subscribed.active and subscribed.post_at == "09:00"
    assert subscribed.workspace == str(world.guild.id)


async def test_missing_permissions_are_named_in_korean(world: World) -> None:
    everyone = world.guild.default_role
    closed = world.guild.create_text_channel(
        "closed", overwrites={everyone: discord.PermissionOverwrite(create_public_threads=False, embed_links=False)}
    )
    result = await world.manager.slash(closed, "aidaily subscribe")
    assert "'공개 스레드 만들기', '링크 첨부'" in shown(result.response)
    assert await world.app.store.subscriptions.get("discord", str(closed.id)) is None
    assert not said(closed)


@pytest.mark.parametrize("command", ["subscribe", "settings", "unsubscribe"])
async def test_who_does_not_manage_the_channel_does_not_change_it(world: World, command: str) -> None:
    await world.manager.slash(world.channel, "aidaily subscribe")
    result = await world.member.slash(world.channel, f"aidaily {command}")
    assert result.modal is None
    assert "관리하는 사람만" in shown(result.response)


async def test_settings_are_a_modal_that_works_after_a_restart(world: World) -> None:
    result = await world.manager.slash(world.channel, "aidaily settings")
    assert result.modal is not None and result.modal["title"].startswith("채널 설정")
    await world.restart()
    filled = {"when": "09:30 월수금 Asia/Seoul", "topics": "RAG, 서빙", "form": "3 음슴 루트만"}
    saved = await world.manager.submit_modal(result, filled)
    assert "설정을 저장했습니다" in shown(saved.response)
    subscribed = await world.app.store.subscriptions.get("discord", world.place.channel)
    assert subscribed and subscribed.post_at == "09:30" and subscribed.profile.topics == ("RAG", "서빙")
    assert subscribed.settings["root_only"] is True


async def test_a_storys_buttons_work_after_a_restart(world: World) -> None:
    await world.post()
    (thread,) = world.channel.threads
    story = said(thread)[0]
    await world.restart()
    result = await world.member.click(story, label="근거")
    assert result.ephemeral and "rendered as an image" in shown(result.response)
    result = await world.member.click(story, label="👍")
    assert "👍로 적었습니다" in shown(result.response)
    result = await world.member.click(story, label="👎")
    assert "👎로 바꿨습니다" in shown(result.response)


async def test_reporting_a_mistake_is_a_modal(world: World) -> None:
    await world.post()
    story = said(world.channel.threads[0])[1]
    result = await world.member.click(story, label="틀렸어요")
    assert result.modal is not None and result.modal["title"] == "틀린 곳 알리기"
    done = await world.member.submit_modal(result, {"what": "1.7배가 아닙니다"})
    assert "고맙습니다" in shown(done.response)


async def test_an_answer_can_be_shared_with_the_channel(world: World) -> None:
    result = await world.member.slash(world.channel, "aidaily preview")
    assert not said(world.channel)
    await world.restart()
    await world.member.click(result.response, label="채널에 공유")
    (shared,) = said(world.channel)
    assert "CodeOCR" in shown(shared) and "member 님이 공유했습니다" in shown(shared)
    labels = [c["label"] for c in nested([c.to_dict() for c in shared.components]) if c["type"] == 2]
    assert labels == ["설정"]


async def test_a_papers_name_is_completed_from_todays_and_past_papers(world: World) -> None:
    offered = await world.member.autocomplete(world.channel, "aidaily paper", "paper", "codeocr")
    assert offered == [{"name": "[2/3 1] 코드를 이미지로 읽혀 토큰을 최대 8배 아낀 CodeOCR", "value": "2602.01785"}]
    offered = await world.member.autocomplete(world.channel, "aidaily paper", "paper", "")
    assert [each["value"] for each in offered[:4]] == ["2602.01785", "2602.02486", "2602.02495", "2602.02493"]
    assert len(offered) == 25
    offered = await world.member.autocomplete(world.channel, "aidaily ask", "paper", "kimi visual", question="?")
    assert [each["value"] for each in offered] == ["2602.02276"]


async def test_no_suggestion_rather_than_a_failure(world: World) -> None:
    await world.app.store.close()
    assert await world.member.autocomplete(world.channel, "aidaily paper", "paper", "x") == []


async def test_a_mention_in_the_digests_thread_is_answered_there(world: World) -> None:
    await world.post()
    (thread,) = world.channel.threads
    me = world.env.bot.user
    await world.member.send(thread, f"<@{me.id}> 학습에 GPU가 얼마나 드나요?")
    answer = said(thread)[-1]
    assert answer.author.id == me.id and answer.reference is not None
    assert "번호나 arXiv id" in shown(answer)
    assert not world.env.bot.intents.message_content


async def test_a_reply_to_a_storys_message_asks_about_that_story(world: World) -> None:
    """The second message of the thread tells of news, the third of a paper."""
    await world.deliver()
    (thread,) = world.channel.threads
    mention = f"<@{world.env.bot.user.id}> 무엇을 넘기나요?"
    await world.member.send(thread, mention, reply_to=said(thread)[2])
    answer = said(thread)[-1]
    assert "2602.02486: 실패한 시도의 증거를 넘깁니다." in shown(answer) and "§3.1" in shown(answer)
    assert "찾는 중" not in shown(answer), "progress has become the answer"
    await world.member.send(thread, mention, reply_to=said(thread)[1])
    assert "번호나 arXiv id" in shown(said(thread)[-1]), "a piece of news has no full text to ask"


async def test_a_reply_to_an_answer_goes_on_about_that_answers_paper(world: World) -> None:
    await world.deliver()
    (thread,) = world.channel.threads
    me = world.env.bot.user.id
    await world.member.send(thread, f"<@{me}> 무엇을 넘기나요?", reply_to=said(thread)[2])
    answer = said(thread)[-1]
    await world.member.send(thread, f"<@{me}> 5 빠른가요?")
    assert "2602.02493" in shown(said(thread)[-1])
    await world.member.send(thread, f"<@{me}> 그건 왜요?", reply_to=answer)
    assert "2602.02486" in shown(said(thread)[-1]), "not the one asked about last"
    await world.member.send(thread, f"<@{me}> 그래서요?", reply_to=said(thread)[-1])
    assert "2602.02486" in shown(said(thread)[-1]), "and so on"
    await world.member.send(thread, f"<@{me}> 왜요?", reply_to=said(thread)[1])
    assert "번호나 arXiv id" in shown(said(thread)[-1]), "a piece of news is not the paper asked about last"


async def test_a_follow_up_in_a_thread_is_given_the_turns_before_it_and_no_other_threads(world: World) -> None:
    await world.deliver()
    (thread,) = world.channel.threads
    me, answer = world.env.bot.user.id, "2602.02493: 실패한 시도의 증거를 넘깁니다."
    await world.member.send(thread, f"<@{me}> 5 빠른가요?")
    await world.manager.send(thread, f"<@{me}> 그건 왜요?")
    await world.member.send(world.channel, f"<@{me}> 5 어디서요?")
    room = world.app.reading
    assert isinstance(room, Knowing)
    assert room.heard == [(), ("빠른가요?", answer), ()]


async def test_who_is_not_mentioned_is_not_answered(world: World) -> None:
    await world.member.send(world.channel, "AI Daily 어때요?")
    await world.member.send(world.channel, "@everyone 안녕하세요")
    assert [m.author.id for m in said(world.channel)] == [world.member.id, world.member.id]


async def test_commands_are_registered_only_when_they_have_changed(world: World) -> None:
    def registrations() -> int:
        return sum(r.method == "PUT" and r.path.endswith("/commands") for r in world.env.http_requests)

    assert registrations() == 1
    await world.restart()
    await world.restart()
    assert registrations() == 1
    result = await world.member.slash(world.channel, "aidaily help")
    assert result.response is not None


async def test_a_direct_message_is_answered_and_may_change_its_settings(world: World) -> None:
    user = world.env.create_user("alone")
    result = await user.slash("aidaily settings")
    assert result.modal is not None
    await user.send_dm("안녕")
    assert "어느 논문인지" in shown(user.dm_channel.history()[-1])
